/// Who takes the outcomes of recurring polls.
public protocol PollReceiver: AnyObject, Sendable {
    /// One poll of one device ended.
    ///
    /// Called on an I/O thread, for one device after the other: it must return quickly and not block. `outcome` is lent
    /// for the call only.
    func pollEnded(_ outcome: borrowing PollOutcome)
}

/// How one recurring poll of one device ended.
///
/// Lent to a `PollReceiver` for the call. Times in milliseconds are those of the engine's clock, which counts from the
/// start of this machine and never jumps.
public struct PollOutcome: ~Copyable {
    /// The device, as it was added to the subscription.
    public let key: UInt64
    /// The address that was asked.
    public let address: TransportAddress
    /// When the poll was to begin.
    public let dueMilliseconds: UInt64
    /// When its first request was sent.
    public let startedMilliseconds: UInt64
    /// When it ended.
    public let endedMilliseconds: UInt64
    /// When its first request was sent, in milliseconds since 1970.
    public let startedAtUnixMilliseconds: Int64
    /// The intervals that passed without a poll since the one before.
    ///
    /// Either that one was still under way, or the device is only probed because it does not answer.
    public let missed: UInt32
    /// What was read; nil where the agent did not answer at all.
    ///
    /// Its columns say whether they are complete. Its storage is used again after the call: keeping it costs a copy.
    public let table: Table?
    /// Why nothing was read; nil where there is a table.
    public let error: SNMPError?
}
