/// A moment in UTC, to the millisecond.
///
/// Stamped once, where the fact arrived, and carried with it. Written as RFC 3339 with three decimals and `Z`
/// (`2026-03-01T04:00:00.000Z`), a form that sorts as text in the order of time.
public struct Timestamp: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    /// Milliseconds since 1970-01-01T00:00:00Z, without leap seconds.
    public var milliseconds: Int64

    /// A moment from milliseconds since 1970.
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// A moment from whole seconds since 1970.
    public init(seconds: Int64) {
        milliseconds = seconds * 1000
    }

    /// Whole seconds since 1970, rounded down.
    public var seconds: Int64 {
        milliseconds / 1000 - (milliseconds % 1000 < 0 ? 1 : 0)
    }

    /// This moment moved by a number of seconds.
    public func advanced(bySeconds seconds: Double) -> Timestamp {
        Timestamp(milliseconds: milliseconds + Int64((seconds * 1000).rounded()))
    }

    /// Seconds from `earlier` to this moment; negative when `earlier` is later.
    public func secondsSince(_ earlier: Timestamp) -> Double {
        Double(milliseconds - earlier.milliseconds) / 1000
    }

    /// Orders by time.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// The RFC 3339 form.
    public var description: String {
        var isWritten = false
        let text = String(unsafeUninitializedCapacity: TextForms.timeLength) { buffer in
            isWritten = TextForms.write(self, to: buffer)
            return isWritten ? TextForms.timeLength : 0
        }
        return isWritten ? text : descriptionOfAnyYear
    }

    private var descriptionOfAnyYear: String {
        let civil = CivilTime(secondsSince1970: seconds)
        // Not milliseconds - seconds * 1000: that is beyond Int64 for the very first moment.
        let fraction = Int((milliseconds % 1000 + 1000) % 1000)
        return "\(civil.isoDate)T\(civil.isoTime).\(Self.padded(fraction, 3))Z"
    }

    /// Reads RFC 3339 with `Z` or an offset, any number of decimals, `T` or a space; nil for anything else.
    public init?(_ text: some StringProtocol) {
        guard let moment = Timestamp.parse(Array(text.utf8)) else { return nil }
        self = moment
    }

    /// Reads the RFC 3339 form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let moment = Timestamp(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(text)' is not an RFC 3339 time such as 2026-03-01T04:00:00Z")
        }
        self = moment
    }

    /// Writes the RFC 3339 form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func parse(_ bytes: [UInt8]) -> Timestamp? {
        func number(_ range: Range<Int>) -> Int64? {
            guard range.upperBound <= bytes.count else { return nil }
            var value: Int64 = 0
            for byte in bytes[range] {
                guard byte >= 48, byte <= 57 else { return nil }
                value = value * 10 + Int64(byte - 48)
            }
            return value
        }
        guard bytes.count >= 20, bytes[4] == 45, bytes[7] == 45, bytes[13] == 58, bytes[16] == 58,
            [84, 116, 32].contains(bytes[10]),
            let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
            let civil = CivilTime(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        else { return nil }
        var position = 19
        var milliseconds: Int64 = 0
        if bytes[position] == 46 {
            position += 1
            var scale: Int64 = 100
            let start = position
            while position < bytes.count, let digit = number(position..<position + 1) {
                milliseconds += digit * scale
                scale /= 10
                position += 1
            }
            guard position > start else { return nil }
        }
        guard let offset = parseOffset(Array(bytes[position...])) else { return nil }
        return Timestamp(milliseconds: (civil.secondsSince1970 - offset) * 1000 + milliseconds)
    }

    /// Seconds east of UTC of `Z` or `+hh:mm`; nil for anything else.
    private static func parseOffset(_ bytes: [UInt8]) -> Int64? {
        if bytes == [90] || bytes == [122] { return 0 }
        guard bytes.count == 6, bytes[3] == 58, bytes[0] == 43 || bytes[0] == 45 else { return nil }
        let digits = [bytes[1], bytes[2], bytes[4], bytes[5]]
        guard digits.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { return nil }
        let parts = digits.map { Int64($0 - 48) }
        let (hours, minutes) = (parts[0] * 10 + parts[1], parts[2] * 10 + parts[3])
        guard hours < 24, minutes < 60 else { return nil }
        return (bytes[0] == 43 ? 1 : -1) * (hours * 3600 + minutes * 60)
    }
}
