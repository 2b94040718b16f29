import Baselines
import Inventory
import Jobs

/// What `--capacity` says: of all columns, or of those it names.
struct CapacityArguments {
    /// Bit/s of columns that are not named; nil where it is not known.
    private(set) var all: Double?
    /// Bit/s of those that are.
    private(set) var ofColumns: [String: Double] = [:]

    /// Reads `10G`, `155000000`, `uplink-1=1G`.
    init(_ arguments: [String]) throws(CommandFailure) {
        for text in arguments {
            let equals = text.lastIndex(of: "=")
            let number = equals.map { String(text[text.index(after: $0)...]) } ?? text
            guard let speed = Self.bitsPerSecond(number) else {
                throw CommandFailure(
                    "--capacity: '\(text)' is no line speed", remedy: "Write bit/s, such as 155000000, 100M or 10G.",
                    status: .usage)
            }
            if let equals { ofColumns[String(text[..<equals])] = speed } else { all = speed }
        }
    }

    /// A number of bit/s, also with `k`, `M`, `G` or `T` behind it; nil for anything else and for nothing.
    static func bitsPerSecond(_ text: String) -> Double? {
        let units: [Character: Double] = ["k": 1e3, "K": 1e3, "M": 1e6, "G": 1e9, "T": 1e12]
        let unit = text.last.flatMap { units[$0] }
        let digits = unit == nil ? text : String(text.dropLast())
        guard digits.first != "-", digits.allSatisfy({ "0123456789.eE+-".contains($0) }), let number = Double(digits),
            number.isFinite, number > 0
        else { return nil }
        return number * (unit ?? 1)
    }
}

/// What `--exclude` says.
enum ExclusionArgument {
    /// Reads `2004-03-01T08:00/2004-03-01T12:00`; times without a zone are those of `zone`.
    static func read(_ text: String, _ zone: ZoneRules) throws(CommandFailure) -> Range<Timestamp> {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let from = TrafficTableReader.time(String(parts[0]), zone: zone),
            let to = TrafficTableReader.time(String(parts[1]), zone: zone), from < to
        else {
            throw CommandFailure(
                "--exclude: '\(text)' is no time",
                remedy: "Write FROM/TO, such as 2026-03-01T08:00/2026-03-01T12:00, the earlier time first.",
                status: .usage)
        }
        return from..<to
    }
}

/// What `--zone` says.
enum ZoneArgument {
    /// A zone of the IANA database.
    static func read(_ name: String) throws(CommandFailure) -> ZoneRules {
        do {
            // Under the name that was typed: Foundation calls UTC by another.
            return ZoneRules(name: name, utcOffsetSeconds: try ZoneRules.named(name).utcOffsetSeconds)
        } catch {
            throw CommandFailure("--zone: \(CommandWords.withoutCode(error.message))", status: .usage)
        }
    }
}

/// What `--holidays` says.
enum HolidayFile {
    /// The days of an iCalendar file.
    static func read(_ path: String) throws -> HolidayCalendar {
        do {
            return try ICalendar.parse(FileText.readArgument(path))
        } catch let error as CalendarError {
            let place = error.line.map { " line \($0)" } ?? ""
            throw CommandFailure(
                "\(path)\(place): \(error.property): \(error.reason)", remedy: error.remedy, status: .usage)
        }
    }
}
