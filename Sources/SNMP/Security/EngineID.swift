/// An snmpEngineID in place: at most 32 octets, no heap storage (RFC 3411 section 5).
struct EngineID: Hashable, Sendable, CustomStringConvertible {
    static let countMax = 32

    private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    let count: Int

    /// Nil for more than 32 octets.
    init?(_ octets: UnsafeRawBufferPointer) {
        guard octets.count <= Self.countMax else { return nil }
        count = octets.count
        withUnsafeMutableBytes(of: &words) { $0.copyMemory(from: octets) }
    }

    /// Nil for more than 32 octets.
    init?(_ octets: [UInt8]) {
        guard let id = octets.withUnsafeBytes({ EngineID($0) }) else { return nil }
        self = id
    }

    /// What the first message to an unknown engine names.
    static let empty = EngineID()
    private init() { count = 0 }

    /// Whether an agent may have it.
    ///
    /// RFC 3411 asks for 5 to 32 octets, neither all zero nor all ones. Agents with fewer than 5 exist, and nothing
    /// depends on the length: one octet is enough here. Constant octets are refused, since keys made from them are
    /// those of any other engine that was never configured.
    var isUsable: Bool {
        count > 0 && withUnsafeBytes { octets in !octets.allSatisfy { $0 == 0 } && !octets.allSatisfy { $0 == 0xFF } }
    }

    @inline(__always)
    func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try Swift.withUnsafeBytes(of: words) { try body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }

    @inline(__always)
    func isEqual(_ octets: UnsafeRawBufferPointer) -> Bool {
        octets.count == count && withUnsafeBytes { $0.elementsEqual(octets) }
    }

    var octets: [UInt8] { withUnsafeBytes { Array($0) } }

    static func == (left: EngineID, right: EngineID) -> Bool {
        left.count == right.count && left.words.0 == right.words.0 && left.words.1 == right.words.1
            && left.words.2 == right.words.2 && left.words.3 == right.words.3
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(count)
        withUnsafeBytes { hasher.combine(bytes: $0) }
    }

    /// Hexadecimal digits.
    var description: String { octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
}
