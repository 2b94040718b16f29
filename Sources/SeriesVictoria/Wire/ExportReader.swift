/// A cursor over a line of JSON of the few shapes that an export has.
struct ExportReader {
    private let line: ArraySlice<UInt8>
    private var position: Int

    init(_ line: ArraySlice<UInt8>) {
        self.line = line
        position = line.startIndex
    }

    /// Goes past a character; false where there is another.
    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard position < line.endIndex, line[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    /// A string; what stands behind a backslash is kept as it is, which no name of ours has.
    mutating func string() -> String? {
        guard skip("\"") else { return nil }
        let start = position
        while position < line.endIndex {
            switch line[position] {
            case UInt8(ascii: "\""):
                position += 1
                return String(decoding: line[start..<(position - 1)], as: UTF8.self)
            case UInt8(ascii: "\\"): position += 2
            default: position += 1
            }
        }
        return nil
    }

    /// A list of numbers; nil in it for what is no number of a counter, such as `null`.
    mutating func numbers() -> [UInt64?]? {
        guard skip("[") else { return nil }
        var list: [UInt64?] = []
        if skip("]") { return list }
        repeat {
            list.append(number())
        } while skip(",")
        return skip("]") ? list : nil
    }

    /// Digits; else a double beyond 2^53 as the server writes it.
    private mutating func number() -> UInt64? {
        let start = position
        var value: UInt64 = 0
        var isWhole = true
        while position < line.endIndex {
            let octet = line[position]
            if octet == UInt8(ascii: ",") || octet == UInt8(ascii: "]") { break }
            let digit = octet &- UInt8(ascii: "0")
            let (times, over) = value.multipliedReportingOverflow(by: 10)
            let (sum, over2) = times.addingReportingOverflow(UInt64(digit))
            isWhole = isWhole && digit < 10 && !over && !over2
            value = sum
            position += 1
        }
        guard !isWhole else { return position > start ? value : nil }
        guard let number = Double(String(decoding: line[start..<position], as: UTF8.self)), number >= 0 else {
            return nil
        }
        return number >= 0x1p64 ? .max : UInt64(number)
    }
}
