/// Cuts a line of a table into its fields.
struct FieldSplitter: Sendable {
    /// What stands between fields.
    var separator: UInt8 = 44
    /// Where the fields of the last line are, without blanks and quotes around them.
    var fields: [Range<Int>] = []

    /// What separates the fields of a line: a tab, else a semicolon, else a comma, outside quotes.
    static func separator(_ bytes: [UInt8], _ range: Range<Int>) -> UInt8 {
        var isQuoted = false
        var found: UInt8 = 44
        for byte in bytes[range] {
            if byte == 34 { isQuoted.toggle() }
            guard !isQuoted else { continue }
            if byte == 9 { return 9 }
            if byte == 59 { found = 59 }
        }
        return found
    }

    /// Finds the fields of a line; a quote that is not closed ends with it.
    mutating func split(_ bytes: [UInt8], _ range: Range<Int>) {
        fields.removeAll(keepingCapacity: true)
        var isQuoted = false
        var start = range.lowerBound
        for place in range {
            let byte = bytes[place]
            if byte == 34 {
                isQuoted.toggle()
            } else if byte == separator, !isQuoted {
                fields.append(Self.trimmed(bytes, start..<place))
                start = place + 1
            }
        }
        fields.append(Self.trimmed(bytes, start..<range.upperBound))
    }

    /// A field as text, doubled quotes made one.
    func text(_ bytes: [UInt8], _ field: Range<Int>) -> String {
        String(decoding: bytes[field], as: UTF8.self).replacing("\"\"", with: "\"")
    }

    private static func trimmed(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, bytes[start] == 32 || bytes[start] == 9 { start += 1 }
        while start < end, bytes[end - 1] == 32 || bytes[end - 1] == 9 { end -= 1 }
        if end - start >= 2, bytes[start] == 34, bytes[end - 1] == 34 { (start, end) = (start + 1, end - 1) }
        return start..<end
    }
}

/// Names of columns as they are used.
enum ColumnNames {
    /// The names, each different: `value` or `value_2` where there is none, `x_2` where `x` stands there already.
    static func distinct(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        var numbers: [String: Int] = [:]
        return names.enumerated().map { place, name in
            let plain = name.isEmpty ? (names.count == 1 ? "value" : "value_\(place + 1)") : name
            var unique = plain
            while !seen.insert(unique).inserted {
                let number = numbers[plain, default: 2]
                numbers[plain] = number + 1
                unique = "\(plain)_\(number)"
            }
            return unique
        }
    }
}
