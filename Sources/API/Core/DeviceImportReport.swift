/// A file of devices to import.
public struct DeviceImportRequest: Sendable {
    /// The forms a file may have.
    public enum Format: String, Sendable, Hashable, CaseIterable {
        /// `name,ip,port,version,community,profile,device_type,location,tags`.
        case csv
        /// Devices of NetBox, exported as CSV.
        case netboxCSV = "netbox-csv"
        /// Devices of NetBox, exported as JSON.
        case netboxJSON = "netbox-json"
    }

    /// Form of the file.
    public var format: Format
    /// Whether the good rows of a file with errors are kept; else none is.
    public var keepsGoodRows: Bool
    /// Whether it is only checked what would happen.
    public var isDryRun: Bool
    /// The file; it may hold communities, so it is never logged.
    public var bytes: [UInt8]

    /// A file to import.
    public init(format: Format, keepsGoodRows: Bool, isDryRun: Bool, bytes: [UInt8]) {
        self.format = format
        self.keepsGoodRows = keepsGoodRows
        self.isDryRun = isDryRun
        self.bytes = bytes
    }
}

/// What an import did, or would do.
public struct DeviceImportReport: Sendable, Hashable {
    /// One thing wrong with a file.
    public struct Failure: Sendable, Hashable {
        /// Line of the file, from 1; nil where none applies.
        public var line: Int?
        /// Column of the line, from 1; nil where none applies.
        public var column: Int?
        /// Field, such as `ip`.
        public var field: String
        /// What was given; nil where there was nothing, and always for a community.
        public var value: String?
        /// What is wrong, and what would be right.
        public var detail: String

        /// A thing that is wrong.
        public init(line: Int?, column: Int?, field: String, value: String?, detail: String) {
            self.line = line
            self.column = column
            self.field = field
            self.value = value
            self.detail = detail
        }
    }

    /// Devices that are new.
    public var added: Int
    /// Devices of which something changed.
    public var changed: Int
    /// Devices that are as the file says.
    public var unchanged: Int
    /// Rows that are right and cannot be devices here, and why; they are left out.
    public var skipped: [Failure]
    /// All that is wrong with the file, by line and column.
    public var failures: [Failure]

    /// What an import did.
    public init(
        added: Int, changed: Int, unchanged: Int, skipped: [Failure] = [], failures: [Failure] = []
    ) {
        self.added = added
        self.changed = changed
        self.unchanged = unchanged
        self.skipped = skipped
        self.failures = failures
    }
}
