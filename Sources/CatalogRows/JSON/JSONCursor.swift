/// Reads a JSON text in one pass, value by value, without building what nobody asks for.
///
/// Lenient where it does no harm (a comma too many); texts that are cut off or of another shape throw `Malformed`.
package struct JSONCursor {
    /// The text is no JSON, or not of the shape that was asked for.
    package struct Malformed: Error {}

    private let octets: UnsafeBufferPointer<UInt8>
    private var position = 0

    package init(_ octets: UnsafeBufferPointer<UInt8>) {
        self.octets = octets
    }

    /// Reads a list; `element` reads each of its values.
    package mutating func array(_ element: (inout JSONCursor) throws -> Void) throws {
        try expect(UInt8(ascii: "["))
        while !take(UInt8(ascii: "]")) {
            try element(&self)
            if !take(UInt8(ascii: ",")), try next() != UInt8(ascii: "]") { throw Malformed() }
        }
    }

    /// Reads an object; `member` reads each value, or skips it.
    package mutating func object(_ member: (String, inout JSONCursor) throws -> Void) throws {
        try expect(UInt8(ascii: "{"))
        while !take(UInt8(ascii: "}")) {
            let name = try string()
            try expect(UInt8(ascii: ":"))
            try member(name, &self)
            if !take(UInt8(ascii: ",")), try next() != UInt8(ascii: "}") { throw Malformed() }
        }
    }

    /// Reads a list of texts.
    package mutating func strings() throws -> [String] {
        var texts: [String] = []
        try array { cursor in texts.append(try cursor.string()) }
        return texts
    }

    /// Reads a text.
    package mutating func string() throws -> String {
        try expect(UInt8(ascii: "\""))
        let start = position
        while position < octets.count {
            switch octets[position] {
            case UInt8(ascii: "\""):
                position += 1
                return String(decoding: octets[start..<position - 1], as: UTF8.self)
            case UInt8(ascii: "\\"): return try escapedString(from: start)
            default: position += 1
            }
        }
        throw Malformed()
    }

    /// Reads a whole number.
    package mutating func integer() throws -> Int64 {
        skipSpace()
        let start = position
        while position < octets.count, isPartOfNumber(octets[position]) { position += 1 }
        guard let number = Int64(String(decoding: octets[start..<position], as: UTF8.self)) else { throw Malformed() }
        return number
    }

    /// Reads a number, which is finite.
    package mutating func number() throws -> Double {
        let word = try word()
        // Swift reads words such as `nan` and `0x1p4` too, which are no JSON.
        guard word.utf8.allSatisfy({ isPartOfNumber($0) || "+.eE".utf8.contains($0) }),
            let number = Double(word), number.isFinite
        else { throw Malformed() }
        return number
    }

    /// Reads `true` or `false`.
    package mutating func boolean() throws -> Bool {
        switch try word() {
        case "true": return true
        case "false": return false
        default: throw Malformed()
        }
    }

    /// Passes over a `null`; false where there is something else, which stays to be read.
    package mutating func isNull() throws -> Bool {
        guard try next() == UInt8(ascii: "n") else { return false }
        guard try word() == "null" else { throw Malformed() }
        return true
    }

    /// Passes over a value of any kind.
    package mutating func skip() throws {
        switch try next() {
        case UInt8(ascii: "\""): _ = try string()
        case UInt8(ascii: "["): try skipNested()
        case UInt8(ascii: "{"): try skipNested()
        default: if try word().isEmpty { throw Malformed() }
        }
    }

    /// A number or a word as it is written; empty where something else comes.
    private mutating func word() throws -> String {
        skipSpace()
        let start = position
        while position < octets.count, isPartOfWord(octets[position]) { position += 1 }
        return String(decoding: octets[start..<position], as: UTF8.self)
    }

    /// Throws unless nothing but space follows.
    package mutating func end() throws {
        skipSpace()
        if position < octets.count { throw Malformed() }
    }

    /// Counts brackets instead of calling itself, so that no depth exhausts the stack.
    private mutating func skipNested() throws {
        var depth = 0
        repeat {
            switch try next() {
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                depth += 1
                position += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                depth -= 1
                position += 1
            case UInt8(ascii: "\""): _ = try string()
            default: position += 1
            }
        } while depth > 0
    }

    private mutating func escapedString(from start: Int) throws -> String {
        var units = Array(octets[start..<position])
        while position < octets.count {
            let octet = octets[position]
            position += 1
            switch octet {
            case UInt8(ascii: "\""): return String(decoding: units, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(into: &units)
            default: units.append(octet)
            }
        }
        throw Malformed()
    }

    private mutating func escape(into units: inout [UInt8]) throws {
        guard position < octets.count else { throw Malformed() }
        let octet = octets[position]
        position += 1
        switch octet {
        case UInt8(ascii: "n"): units.append(0x0A)
        case UInt8(ascii: "t"): units.append(0x09)
        case UInt8(ascii: "r"): units.append(0x0D)
        case UInt8(ascii: "b"): units.append(0x08)
        case UInt8(ascii: "f"): units.append(0x0C)
        case UInt8(ascii: "u"): units += Array(String(Character(try scalar())).utf8)
        default: units.append(octet)
        }
    }

    /// The character of `\u` and four digits, or of two such where it takes a surrogate pair.
    private mutating func scalar() throws -> Unicode.Scalar {
        let code = try codeUnit()
        guard (0xD800..<0xDC00).contains(code) else { return Unicode.Scalar(code) ?? "\u{FFFD}" }
        let mark = position
        if position + 1 < octets.count, octets[position] == UInt8(ascii: "\\"),
            octets[position + 1] == UInt8(ascii: "u")
        {
            position += 2
            let low = try codeUnit()
            if (0xDC00..<0xE000).contains(low) {
                return Unicode.Scalar(0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}"
            }
            position = mark
        }
        return "\u{FFFD}"
    }

    private mutating func codeUnit() throws -> UInt32 {
        guard position + 4 <= octets.count,
            let unit = UInt32(String(decoding: octets[position..<position + 4], as: UTF8.self), radix: 16)
        else { throw Malformed() }
        position += 4
        return unit
    }

    private mutating func skipSpace() {
        while position < octets.count, octets[position] <= 0x20 { position += 1 }
    }

    /// The first octet of what follows.
    private mutating func next() throws -> UInt8 {
        skipSpace()
        guard position < octets.count else { throw Malformed() }
        return octets[position]
    }

    private mutating func take(_ octet: UInt8) -> Bool {
        skipSpace()
        guard position < octets.count, octets[position] == octet else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ octet: UInt8) throws {
        if !take(octet) { throw Malformed() }
    }

    private func isPartOfNumber(_ octet: UInt8) -> Bool {
        octet == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet)
    }

    private func isPartOfWord(_ octet: UInt8) -> Bool {
        isPartOfNumber(octet) || octet == UInt8(ascii: "+") || octet == UInt8(ascii: ".")
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(octet | 0x20)
    }
}
