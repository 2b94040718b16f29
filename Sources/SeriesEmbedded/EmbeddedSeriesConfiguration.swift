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
    /// Whether the store is only read, beside a server that writes it: nothing is changed, sealed or removed.
    public var readOnly = false

    /// The defaults, in a folder.
    public init(directory: String, readOnly: Bool = false) {
        self.directory = directory
        self.readOnly = readOnly
    }

    /// What is wrong with it; nil where nothing is.
    var fault: String? {
        if directory.isEmpty { return "the folder of the time series has no name; name one" }
        if !(1...3650).contains(readingDays) {
            return "readings cannot be kept for \(readingDays) days; choose 1 to 3650"
        }
        if !(1...36_500).contains(rollupDays) {
            return "roll-ups cannot be kept for \(rollupDays) days; choose 1 to 36500"
        }
        return nil
    }
}
