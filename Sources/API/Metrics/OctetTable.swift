/// CSV (RFC 4180) taken apart line by line, on octets.
struct OctetTable {
    private let octets: [UInt8]
    private var position = 0
    private var line: Int
    /// Why it ended early.
    private(set) var fault: (line: Int, detail: String)?

    /// A table whose first line has a number.
    init(_ octets: [UInt8], line: Int) {
        self.octets = octets
        self.line = line
        if octets.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// The next line that is not empty; nil at the end, and after a fault.
    mutating func next() -> (line: Int, fields: [String])? {
        while position < octets.count, octets[position] == 10 || octets[position] == 13 {
            if octets[position] == 10 { line += 1 }
            position += 1
        }
        guard position < octets.count, fault == nil else { return nil }
        let number = line
        let start = position
        var fields: [String] = []
        while true {
            guard let (field, isLast) = field(number, start) else { return nil }
            fields.append(field)
            if isLast { return (number, fields) }
        }
    }

    /// One field of the line that begins at `start`, and whether the line ends after it.
    private mutating func field(_ number: Int, _ start: Int) -> (String, Bool)? {
        var content: [UInt8] = []
        var isQuoted = false
        while position < octets.count {
            guard position - start <= ReadingFile.lineOctetsMax else {
                fault = (number, ReadingFile.tooLong)
                return nil
            }
            let octet = octets[position]
            position += 1
            switch octet {
            case 34 where isQuoted && position < octets.count && octets[position] == 34:
                content.append(34)
                position += 1
            case 34: isQuoted.toggle()
            case 44 where !isQuoted: return text(content, number).map { ($0, false) }
            case 10:
                line += 1
                if !isQuoted { return text(content, number).map { ($0, true) } }
                content.append(octet)
            case 13 where !isQuoted: continue
            default: content.append(octet)
            }
        }
        guard !isQuoted else {
            fault = (number, "the file ends inside a quoted field that begins on this line")
            return nil
        }
        return text(content, number).map { ($0, true) }
    }

    private mutating func text(_ content: [UInt8], _ number: Int) -> String? {
        if let text = String(validating: content, as: UTF8.self) { return text }
        fault = (number, "the line is not UTF-8 text")
        return nil
    }
}
