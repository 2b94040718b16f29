/// How the embedded time-series store is set up.
public struct EmbeddedSeriesConfiguration: Sendable, Hashable {
    /// The folder of its files; made where there is none.
    public var directory: String
    /// Days for which readings are kept; 1 to 3650.
    public var readingDays = 35
    /// Days for which hourly roll-ups are kept, 13 months by default; 1 to 36,500.
    public var rollupDays = 400
    /// Octets that must stay free on the file system: below them nothing is appended, and what is there can be read.
    public var reserveOctets: Int64 = 64 << 20

    /// The defaults, in a folder.
    public init(directory: String) {
        self.directory = directory
    }
}
