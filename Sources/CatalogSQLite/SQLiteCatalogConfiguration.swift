/// How a SQLite catalog works; every setting has a default that suits one machine.
public struct SQLiteCatalogConfiguration: Sendable, Hashable {
    /// Seconds a call waits for another writer before it throws `busy`; 0 to 60.
    public var busyTimeoutSeconds: Double = 5
    /// Connections that read at the same time, besides the one that writes; 1 to 64.
    public var maximumReaders: Int = 4
    /// Pages of 4 KiB the write-ahead log grows to before it is folded into the file.
    public var checkpointPages: Int = 4000

    /// The defaults.
    public init() {}
}
