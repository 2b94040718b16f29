/// Reads numbers as tables of measurements write them, rounded as IEEE 754 wants it.
enum TableNumber {
    /// A field of a table as a number.
    enum Field: Equatable {
        /// A number; infinite where the table says so.
        case number(Double)
        /// The table says that the value is not known: an empty field, `nan`, `null`, `none`, `na`, `n/a`, `u`, `-`.
        case unknown
        /// Something else.
        case unreadable
    }

    /// Reads a field without blanks or quotes around it.
    static func field(_ bytes: [UInt8], _ range: Range<Int>) -> Field {
        if range.isEmpty { return .unknown }
        if let number = number(bytes, range) { return .number(number) }
        guard range.count <= 9 else { return .unreadable }
        switch String(decoding: bytes[range], as: UTF8.self).lowercased() {
        case "nan", "-nan", "+nan", "null", "none", "na", "n/a", "-", "nil", "u", "undefined", "unknown":
            return .unknown
        case "inf", "+inf", "infinity", "+infinity": return .number(.infinity)
        case "-inf", "-infinity": return .number(-.infinity)
        default: return .unreadable
        }
    }

    /// A decimal number with an optional sign, fraction and exponent; nil for anything else.
    static func number(_ bytes: [UInt8], _ range: Range<Int>) -> Double? {
        guard !range.isEmpty else { return nil }
        var scan = Scan(place: range.lowerBound)
        guard scan.run(bytes, range.upperBound) else { return nil }
        guard scan.digits <= 19, scan.mantissa <= 1 << 53, scan.power.magnitude <= 22 else {
            // Correctly rounded by the C library; the grammar was checked above, so nothing else gets through.
            return Double(String(decoding: bytes[range], as: UTF8.self))
        }
        // Both factors are exact, so one rounding remains (Clinger 1990).
        let mantissa = Double(scan.mantissa)
        let size = scan.power < 0 ? mantissa / powers[-scan.power] : mantissa * powers[scan.power]
        return scan.isNegative ? -size : size
    }

    private static let powers: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    /// A decimal number taken apart.
    private struct Scan {
        var place: Int
        var isNegative = false
        var mantissa: UInt64 = 0
        /// Digits of the mantissa, leading zeros aside; from 20 on they are counted only.
        var digits = 0
        var power = 0
        private var hasDigits = false

        init(place: Int) { self.place = place }

        /// Reads up to `end`; false where that is no number.
        mutating func run(_ bytes: [UInt8], _ end: Int) -> Bool {
            if bytes[place] == 45 || bytes[place] == 43 {
                isNegative = bytes[place] == 45
                place += 1
            }
            takeDigits(bytes, end, scale: 0)
            if place < end, bytes[place] == 46 {
                place += 1
                takeDigits(bytes, end, scale: -1)
            }
            guard hasDigits else { return false }
            if place < end, bytes[place] | 32 == 101 {
                place += 1
                guard takeExponent(bytes, end) else { return false }
            }
            return place == end
        }

        private mutating func takeDigits(_ bytes: [UInt8], _ end: Int, scale: Int) {
            while place < end, bytes[place] &- 48 <= 9 {
                let digit = UInt64(bytes[place] &- 48)
                hasDigits = true
                place += 1
                if digits < 19 {
                    mantissa = mantissa &* 10 &+ digit
                    power += scale
                }
                if mantissa > 0 { digits += 1 }
            }
        }

        private mutating func takeExponent(_ bytes: [UInt8], _ end: Int) -> Bool {
            guard place < end else { return false }
            let sign = bytes[place] == 45 ? -1 : 1
            if bytes[place] == 45 || bytes[place] == 43 { place += 1 }
            let first = place
            var exponent = 0
            while place < end, bytes[place] &- 48 <= 9 {
                exponent = min(100_000, exponent * 10 + Int(bytes[place] &- 48))
                place += 1
            }
            power += sign * exponent
            return place > first
        }
    }
}
