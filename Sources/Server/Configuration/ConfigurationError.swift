/// Why a configuration cannot be used: everything that is wrong with it.
public struct ConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// One thing that is wrong.
    public struct Fault: Sendable, Hashable, CustomStringConvertible {
        /// The key, such as `http.port`; empty where it is the file as a whole.
        public var key: String
        /// What was given; nil where that does not help.
        public var value: String?
        /// What is wrong, and what to do.
        public var detail: String

        /// A thing that is wrong.
        public init(key: String, value: String? = nil, detail: String) {
            self.key = key
            self.value = value
            self.detail = detail
        }

        /// `http.port: '0': give a whole number from 1 to 65535`.
        public var description: String {
            [key.isEmpty ? nil : key, value.map { "'\($0)'" }, detail].compactMap { $0 }.joined(separator: ": ")
        }
    }

    /// All that is wrong; never empty.
    public var faults: [Fault]

    /// A configuration that cannot be used.
    public init(_ faults: [Fault]) {
        self.faults = faults
    }

    /// One line for each fault.
    public var description: String {
        faults.map(\.description).joined(separator: "\n")
    }
}
