/// Why a text is not a JSON document, and where.
public struct JSONParseError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Octets before the place.
    public var offset: Int
    /// Line of the place, from 1.
    public var line: Int
    /// Column of the place in octets, from 1.
    public var column: Int
    /// What is wrong there.
    public var reason: String

    init(_ reason: String, at offset: Int, in bytes: [UInt8]) {
        let before = bytes[..<min(offset, bytes.count)]
        self.offset = offset
        self.reason = reason
        line = before.count { $0 == 10 } + 1
        column = offset - (before.lastIndex(of: 10).map { $0 + 1 } ?? 0) + 1
    }

    /// `line 1, column 17: the document ends inside an object`.
    public var description: String { "line \(line), column \(column): \(reason)" }
}
