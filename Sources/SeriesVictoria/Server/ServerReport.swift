/// What a server tells of itself at `/metrics`.
struct ServerReport: Sendable, Hashable {
    /// When it started, seconds since 1970; nil where it does not say.
    var startSeconds: Int64?
    /// Rows it took since then: falls when it started anew within the same second.
    var insertedRows: Int64 = 0
    /// Rows it took and threw away, because their time is out of range.
    var ignoredRows: Int64 = 0
    /// Rows it could not read.
    var invalidRows: Int64 = 0
    /// How long it keeps samples; nil where it does not say.
    var retentionSeconds: Int64?
    /// Its flag `-dedup.minScrapeInterval` as written; nil where it does not say.
    var deduplication: String?

    /// Nothing is known.
    init() {}

    /// Reads the text of `/metrics`; lines that are not looked for are passed over.
    init(metrics text: [UInt8]) {
        for line in text.split(separator: UInt8(ascii: "\n")) where line.first != UInt8(ascii: "#") {
            guard let space = line.lastIndex(of: 0x20) else { continue }
            read(
                String(decoding: line[..<space], as: UTF8.self),
                String(decoding: line[line.index(after: space)...], as: UTF8.self))
        }
    }

    private mutating func read(_ name: String, _ value: String) {
        if name == "vm_app_start_timestamp" || (startSeconds == nil && name == "process_start_time_seconds") {
            startSeconds = Self.whole(value)
        } else if name.hasPrefix("vm_rows_inserted_total") {
            insertedRows += Self.whole(value) ?? 0
        } else if name.hasPrefix("vm_rows_ignored_total") {
            ignoredRows += Self.whole(value) ?? 0
        } else if name.hasPrefix("vm_rows_invalid_total") {
            invalidRows += Self.whole(value) ?? 0
        } else if name.hasPrefix("flag{name=\"retentionPeriod\"") {
            retentionSeconds = Self.flag(name).flatMap(Self.duration)
        } else if name.hasPrefix("flag{name=\"dedup.minScrapeInterval\"") {
            deduplication = Self.flag(name)
        }
    }

    private static func whole(_ text: String) -> Int64? {
        guard let number = Double(text), number.isFinite, abs(number) < 1e18 else { return nil }
        return Int64(number)
    }

    private static func flag(_ name: String) -> String? {
        guard let start = name.firstRange(of: "value=\"") else { return nil }
        return String(name[start.upperBound...].prefix { $0 != "\"" })
    }

    /// `1` is a month of 31 days; else a number with h, d, w or y.
    private static func duration(_ text: String) -> Int64? {
        let units: [Character: Int64] = ["h": 3600, "d": 86400, "w": 7 * 86400, "y": 365 * 86400]
        guard let last = text.last else { return nil }
        let unit = units[last]
        guard let number = Double(unit == nil ? text[...] : text.dropLast()), number > 0, number < 1e6 else {
            return nil
        }
        return Int64(number * Double(unit ?? 31 * 86400))
    }
}
