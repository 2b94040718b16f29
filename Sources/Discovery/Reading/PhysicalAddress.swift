/// ifPhysAddress and its ways of being written.
///
/// Most agents send 6 octets, none where there is no address; 1, 8, 16 and 20 octets occur (InfiniBand, tunnels), and
/// a few agents send text: `ac:a3:1e:00:00:01`, `0:e:83:f6:12:0`, `AC A3 1E 00 00 01`, `aca3.1e00.0001`.
public enum PhysicalAddress {
    /// Lower-case hex octets with colons; empty where there is no address, nil where the value is none.
    public static func text(of value: MIBValue) -> String? {
        guard case .octets(let octets) = value else { return nil }
        return written(address(inText: octets) ?? octets)
    }

    /// Whether an agent sent an address as text.
    static func isText(_ value: MIBValue) -> Bool {
        guard case .octets(let octets) = value else { return false }
        return address(inText: octets) != nil
    }

    /// Whether an address can tell one interface from another: at least six octets, not all zero, not all one.
    static func identifies(_ written: String?) -> Bool {
        guard let written, written.utf8.count >= 17 else { return false }
        return !written.utf8.allSatisfy { $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: ":") }
            && !written.utf8.allSatisfy { $0 == UInt8(ascii: "f") || $0 == UInt8(ascii: ":") }
    }

    private static let hexDigits = Array("0123456789abcdef".utf8)

    private static func written(_ octets: [UInt8]) -> String {
        guard !octets.isEmpty else { return "" }
        return String(unsafeUninitializedCapacity: octets.count * 3 - 1) { buffer in
            var position = 0
            for (number, octet) in octets.enumerated() {
                if number > 0 {
                    buffer[position] = UInt8(ascii: ":")
                    position += 1
                }
                buffer[position] = hexDigits[Int(octet >> 4)]
                buffer[position + 1] = hexDigits[Int(octet & 15)]
                position += 2
            }
            return position
        }
    }

    /// The octets that a text names; nil where it is not the text of an address of 6, 8 or 20 octets.
    private static func address(inText octets: [UInt8]) -> [UInt8]? {
        guard octets.count >= 11, octets.count <= 64 else { return nil }
        var text = octets[...]
        while let last = text.last, last == 0 || MIBText.isWhiteSpace(last) { text.removeLast() }
        let separators = text.filter { hexValue($0) == nil }
        guard let separator = separators.first else {
            return text.count == 12 ? joined(text) : nil
        }
        guard [58, 45, 32, 46].contains(separator), separators.allSatisfy({ $0 == separator }) else { return nil }
        let groups = text.split(separator: separator, omittingEmptySubsequences: false)
        if groups.count == 3, groups.allSatisfy({ $0.count == 4 }) {
            return joined(groups.joined())
        }
        guard [6, 8, 20].contains(groups.count), groups.allSatisfy({ $0.count == 1 || $0.count == 2 }) else {
            return nil
        }
        return groups.map { group in group.reduce(0) { $0 << 4 | (hexValue($1) ?? 0) } }
    }

    private static func joined(_ digits: some Sequence<UInt8>) -> [UInt8] {
        var octets: [UInt8] = []
        var high: UInt8?
        for digit in digits {
            let value = hexValue(digit) ?? 0
            if let upper = high {
                octets.append(upper << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return octets
    }

    private static func hexValue(_ octet: UInt8) -> UInt8? {
        switch octet {
        case 48...57: return octet - 48
        case 65...70: return octet - 55
        case 97...102: return octet - 87
        default: return nil
        }
    }
}
