/// Reads one JSON document (RFC 8259) strictly: no comments, no trailing commas, no name twice in an object.
///
/// Depth is bounded, text must be UTF-8 without NUL, and every refusal names its place.
public struct JSONParser {
    private let bytes: [UInt8]
    private var position = 0
    private static let depthMax = 64

    /// Reads a document that fills all of `bytes`.
    public static func parse(_ bytes: [UInt8]) throws(JSONParseError) -> JSONValue {
        var parser = JSONParser(bytes: bytes)
        parser.skipSpace()
        let value = try parser.value(depth: 0)
        parser.skipSpace()
        if parser.position < bytes.count { throw parser.failure("the document ends before this") }
        return value
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private mutating func value(depth: Int) throws(JSONParseError) -> JSONValue {
        guard depth < Self.depthMax else { throw failure("nested deeper than \(Self.depthMax) levels") }
        switch peek() {
        case nil: throw failure("the document ends where a value is expected")
        case 123: return try object(depth: depth)
        case 91: return try array(depth: depth)
        case 34: return .string(try string())
        case 45, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57: return try number()
        case 116: return try literal("true", .boolean(true))
        case 102: return try literal("false", .boolean(false))
        case 110: return try literal("null", .null)
        default: throw failure("a value is expected here")
        }
    }

    private mutating func object(depth: Int) throws(JSONParseError) -> JSONValue {
        position += 1
        var members: [JSONMember] = []
        var names: Set<String> = []
        skipSpace()
        if take(125) { return .object([]) }
        while true {
            skipSpace()
            let start = position
            guard peek() == 34 else { throw failure("a member's name in double quotes is expected here") }
            let name = try string()
            guard names.insert(name).inserted else { throw failure("the name \"\(name)\" occurs twice", at: start) }
            skipSpace()
            guard take(58) else { throw failure("a colon is expected after the name \"\(name)\"") }
            skipSpace()
            members.append(JSONMember(name, try value(depth: depth + 1)))
            skipSpace()
            if take(125) { return .object(members) }
            guard take(44) else { throw failure(unfinished("an object", "a comma or }")) }
        }
    }

    private mutating func array(depth: Int) throws(JSONParseError) -> JSONValue {
        position += 1
        var elements: [JSONValue] = []
        skipSpace()
        if take(93) { return .array([]) }
        while true {
            skipSpace()
            elements.append(try value(depth: depth + 1))
            skipSpace()
            if take(93) { return .array(elements) }
            guard take(44) else { throw failure(unfinished("an array", "a comma or ]")) }
        }
    }

    private mutating func literal(_ text: StaticString, _ value: JSONValue) throws(JSONParseError) -> JSONValue {
        let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        guard bytes[position...].starts(with: wanted) else { throw failure("only \(text) may begin like this") }
        position += wanted.count
        return value
    }

    private mutating func number() throws(JSONParseError) -> JSONValue {
        let start = position
        _ = take(45)
        guard let first = peek(), isDigit(first) else { throw failure("a digit is expected after the sign") }
        if take(48) {
            if let next = peek(), isDigit(next) { throw failure("a number has no leading zero") }
        } else {
            skipDigits()
        }
        var isWhole = true
        if take(46) {
            isWhole = false
            guard skipDigits() > 0 else { throw failure("a digit is expected after the point") }
        }
        if take(101) || take(69) {
            isWhole = false
            if !take(43) { _ = take(45) }
            guard skipDigits() > 0 else { throw failure("a digit is expected in the exponent") }
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isWhole, let number = Int64(text) { return .integer(number) }
        guard let number = Double(text), number.isFinite else { throw failure("the number is too large", at: start) }
        return .real(number)
    }
}

// Texts.
extension JSONParser {
    private mutating func string() throws(JSONParseError) -> String {
        let start = position
        position += 1
        var text: [UInt8] = []
        while let byte = peek() {
            position += 1
            switch byte {
            case 34:
                guard let result = String(validating: text, as: UTF8.self) else {
                    throw failure("the text is not UTF-8", at: start)
                }
                return result
            case 92: try escape(into: &text)
            case 0..<32: throw failure("a control character must be escaped", at: position - 1)
            default: text.append(byte)
            }
        }
        throw failure("the document ends inside a text")
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONParseError) {
        guard let byte = peek() else { throw failure("the document ends inside a text") }
        position += 1
        switch byte {
        case 34, 92, 47: text.append(byte)
        case 98: text.append(8)
        case 102: text.append(12)
        case 110: text.append(10)
        case 114: text.append(13)
        case 116: text.append(9)
        case 117: text.append(contentsOf: String(try scalar()).utf8)
        default: throw failure("no such escape", at: position - 1)
        }
    }

    private mutating func scalar() throws(JSONParseError) -> Unicode.Scalar {
        let start = position - 2
        var code = UInt32(try codeUnit())
        if (0xD800..<0xDC00).contains(code), take(92), take(117) {
            let low = UInt32(try codeUnit())
            guard (0xDC00..<0xE000).contains(low) else { throw failure("half a surrogate pair", at: start) }
            code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code) else { throw failure("half a surrogate pair", at: start) }
        guard code != 0 else { throw failure("a text must not hold the character U+0000", at: start) }
        return scalar
    }

    private mutating func codeUnit() throws(JSONParseError) -> UInt16 {
        guard position + 4 <= bytes.count else { throw failure("the document ends inside a text") }
        let digits = bytes[position..<position + 4]
        guard digits.allSatisfy({ isDigit($0) || (65...70).contains($0 & 0xDF) }),
            let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw failure("four hexadecimal digits are expected here") }
        position += 4
        return unit
    }
}

// Steps.
extension JSONParser {
    private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek(), byte == 32 || byte == 9 || byte == 10 || byte == 13 { position += 1 }
    }

    @discardableResult
    private mutating func skipDigits() -> Int {
        let start = position
        while let byte = peek(), isDigit(byte) { position += 1 }
        return position - start
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }

    private func unfinished(_ container: String, _ wanted: String) -> String {
        position >= bytes.count ? "the document ends inside \(container)" : "\(wanted) is expected here"
    }

    private func failure(_ reason: String, at offset: Int? = nil) -> JSONParseError {
        JSONParseError(reason, at: offset ?? position, in: bytes)
    }
}
