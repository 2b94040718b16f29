/// Informs that were delivered, so that a repetition is acknowledged again and not delivered twice; pure and bounded.
///
/// A sender repeats an inform, with the same request-id and contents, when its acknowledgement was lost. Two generations
/// are kept: an inform is known for at least one period after it was last seen, or until the table is full.
struct InformHistory: Sendable {
    /// What makes two informs the same.
    struct Key: Hashable, Sendable {
        var source: TransportAddress
        var requestID: Int32
        /// Hash of the variable bindings: request-ids begin anew when an agent restarts.
        var contents: Int

        init(_ pdu: PDU, from source: TransportAddress) {
            self.source = source
            requestID = pdu.requestID
            contents = pdu.varBinds.hashValue
        }
    }

    private let entriesMax: Int
    private let periodMilliseconds: UInt64
    private var young: Set<Key> = []
    private var old: Set<Key> = []
    private var youngSinceMilliseconds: UInt64 = 0

    /// A history of at most `entriesMax` entries.
    init(entriesMax: Int, periodMilliseconds: UInt64) {
        self.entriesMax = max(1, entriesMax / 2)
        self.periodMilliseconds = periodMilliseconds
    }

    /// The informs remembered.
    var count: Int { young.count + old.count }

    /// Whether this one was delivered already.
    mutating func contains(_ key: Key, at now: UInt64) -> Bool {
        age(now)
        return young.contains(key) || old.contains(key)
    }

    /// This one was delivered.
    mutating func insert(_ key: Key, at now: UInt64) {
        age(now)
        if young.count >= entriesMax { turn(now) }
        young.insert(key)
    }

    private mutating func age(_ now: UInt64) {
        guard now >= youngSinceMilliseconds + periodMilliseconds else { return }
        if now >= youngSinceMilliseconds + 2 * periodMilliseconds { young = [] }
        turn(now)
    }

    private mutating func turn(_ now: UInt64) {
        old = young
        young = []
        youngSinceMilliseconds = now
    }
}
