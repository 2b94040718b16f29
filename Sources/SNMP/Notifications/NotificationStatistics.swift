/// What a listener for notifications did since it was started; all numbers only grow.
public struct NotificationStatistics: Hashable, Sendable {
    /// Datagrams received, of any kind.
    public var received: UInt64 = 0
    /// Notifications handed over.
    public var delivered: UInt64 = 0
    /// Datagrams that are not an SNMP message, or a trap without its name.
    public var undecodable: UInt64 = 0
    /// Messages of another kind, such as requests.
    public var wrongType: UInt64 = 0
    /// Messages of version 1 or 2c with a community that is not accepted.
    public var wrongCommunity: UInt64 = 0
    /// Messages of version 3 whose user is not known.
    public var unknownUser: UInt64 = 0
    /// Messages of version 3 to another engine; senders of informs look for the listener's in this way.
    public var unknownEngine: UInt64 = 0
    /// Messages of version 3 that do not prove to be of their user: digest, level, time or encryption is wrong.
    public var unauthenticated: UInt64 = 0
    /// Reports sent: how senders of version 3 informs find the listener's engine and its time.
    public var reports: UInt64 = 0
    /// Datagrams and notifications above the rate of their source, or of all together.
    public var rateLimited: UInt64 = 0
    /// Notifications dropped because too many wait to be taken.
    public var dropped: UInt64 = 0
    /// Notifications with more than 512 variable bindings, which are not taken.
    public var tooLong: UInt64 = 0
    /// Informs acknowledged, repetitions included.
    public var informsAcknowledged: UInt64 = 0
    /// Informs that came again after they were delivered.
    public var duplicates: UInt64 = 0
    /// Acknowledgements and reports this host refused to send.
    public var sendFailures: UInt64 = 0
    /// Datagrams larger than any buffer, cut by the kernel.
    public var truncated: UInt64 = 0
    /// Datagrams the kernel dropped because the receive buffer was full.
    public var kernelDrops: UInt64 = 0
    /// The receive buffer granted, per socket, in octets of kernel memory.
    public var receiveBufferOctets = 0

    /// Nothing was done yet.
    public init() {}
}
