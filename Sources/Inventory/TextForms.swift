package import FoundationEssentials

/// The written forms of ids and times, made and read by hand.
///
/// A discovery of tens of thousands of interfaces, and a storm of alerts, read and write hundreds of thousands of them.
package enum TextForms {
    /// Octets of a written UUID.
    package static let uuidLength = 36
    /// Octets of a written time between the years 0 and 9999.
    package static let timeLength = 24

    /// Writes the lower-case hyphenated form into a buffer of `uuidLength`.
    package static func write(_ uuid: UUID, to buffer: UnsafeMutableBufferPointer<UInt8>) {
        withUnsafeBytes(of: uuid.uuid) { octets in
            var position = 0
            for (number, octet) in octets.enumerated() {
                if number == 4 || number == 6 || number == 8 || number == 10 {
                    buffer[position] = UInt8(ascii: "-")
                    position += 1
                }
                buffer[position] = hexDigit(octet >> 4)
                buffer[position + 1] = hexDigit(octet & 15)
                position += 2
            }
        }
    }

    /// Reads the hyphenated form in either case; nil for anything else.
    package static func uuid(_ text: UnsafeBufferPointer<UInt8>) -> UUID? {
        guard text.count == uuidLength else { return nil }
        var octets: uuid_t = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
        let isGood = withUnsafeMutableBytes(of: &octets) { octets in
            var position = 0
            for number in 0..<16 {
                if number == 4 || number == 6 || number == 8 || number == 10 {
                    guard text[position] == UInt8(ascii: "-") else { return false }
                    position += 1
                }
                guard let high = hexValue(text[position]), let low = hexValue(text[position + 1]) else { return false }
                octets[number] = high << 4 | low
                position += 2
            }
            return true
        }
        return isGood ? UUID(uuid: octets) : nil
    }

    /// Writes the RFC 3339 form into a buffer of `timeLength`; false for years that do not fit it.
    package static func write(_ time: Timestamp, to buffer: UnsafeMutableBufferPointer<UInt8>) -> Bool {
        let seconds = time.seconds
        let civil = CivilTime(secondsSince1970: seconds)
        guard (0...9999).contains(civil.year) else { return false }
        func digits(_ number: Int64, _ count: Int, at position: Int) {
            var rest = number
            for place in stride(from: position + count - 1, through: position, by: -1) {
                buffer[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            }
        }
        digits(civil.year, 4, at: 0)
        digits(civil.month, 2, at: 5)
        digits(civil.day, 2, at: 8)
        digits(civil.hour, 2, at: 11)
        digits(civil.minute, 2, at: 14)
        digits(civil.second, 2, at: 17)
        digits(time.milliseconds - seconds * 1000, 3, at: 20)
        for (position, mark) in separators { buffer[position] = mark }
        return true
    }

    /// Reads the RFC 3339 form with three decimals and `Z`; nil for anything else.
    package static func time(_ text: UnsafeBufferPointer<UInt8>) -> Timestamp? {
        guard text.count == timeLength, separators.allSatisfy({ text[$0.0] == $0.1 }) else { return nil }
        var isGood = true
        func number(_ start: Int, _ count: Int) -> Int64 {
            var value: Int64 = 0
            for position in start..<start + count {
                let digit = text[position] &- UInt8(ascii: "0")
                if digit > 9 { isGood = false }
                value = value &* 10 &+ Int64(digit)
            }
            return value
        }
        let (year, month, day) = (number(0, 4), number(5, 2), number(8, 2))
        let (hour, minute, second) = (number(11, 2), number(14, 2), number(17, 2))
        let milliseconds = number(20, 3)
        guard isGood,
            let civil = CivilTime(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        else { return nil }
        return Timestamp(milliseconds: civil.secondsSince1970 * 1000 + milliseconds)
    }

    private static let separators: [(Int, UInt8)] = [
        (4, UInt8(ascii: "-")), (7, UInt8(ascii: "-")), (10, UInt8(ascii: "T")), (13, UInt8(ascii: ":")),
        (16, UInt8(ascii: ":")), (19, UInt8(ascii: ".")), (23, UInt8(ascii: "Z")),
    ]

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    private static func hexValue(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): return digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): return digit - UInt8(ascii: "A") + 10
        default: return nil
        }
    }
}
