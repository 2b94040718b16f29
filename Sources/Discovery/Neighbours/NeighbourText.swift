/// Text of neighbours, cleaned and bounded: it comes from devices nobody vouches for.
enum NeighbourText {
    /// The most octets of a name or an id that are kept; LLDP allows 255, CDP's are shorter in practice.
    static let nameOctetsMax = 512
    /// The most octets of a description that are kept.
    static let descriptionOctetsMax = 4096

    /// The value as cleaned text (`MIBText`), cut at a character's border; nil where it says nothing.
    ///
    /// Text that a NUL ends, as some agents send it with whatever their buffer held behind, ends there.
    static func clean(_ value: MIBValue?, octetsMax: Int = nameOctetsMax) -> String? {
        guard let value else { return nil }
        guard case .octets(let octets) = value else { return value.text.map { String($0.prefix(octetsMax)) } }
        let text = MIBText.clean(endedByNUL(bounded(octets, octetsMax)))
        return text.isEmpty ? nil : text
    }

    /// The octets before the first NUL where they are text of two characters or more; else all of them.
    private static func endedByNUL(_ octets: [UInt8]) -> [UInt8] {
        guard let end = octets.firstIndex(of: 0), end >= 2, isText(Array(octets[..<end])) else { return octets }
        return Array(octets[..<end])
    }

    /// The first octets, without the beginning of a UTF-8 sequence that the cut would leave.
    static func bounded(_ octets: [UInt8], _ octetsMax: Int) -> [UInt8] {
        guard octets.count > octetsMax else { return octets }
        var end = octetsMax
        while end > octetsMax - 4, end > 0, octets[end] & 0xC0 == 0x80 { end -= 1 }
        return Array(octets[..<end])
    }

    /// Whether the octets are text: no control character but NULs at the end, and valid UTF-8.
    static func isText(_ octets: [UInt8]) -> Bool {
        let end = (octets.lastIndex { $0 != 0 } ?? -1) + 1
        guard end > 0 else { return false }
        let text = octets[..<end]
        return text.allSatisfy { $0 >= 32 && $0 != 127 } && String(validating: text, as: UTF8.self) != nil
    }
}
