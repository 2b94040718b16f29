import FoundationEssentials
public import Inventory

/// The identity of a row as two numbers, so that comparing and writing it costs nothing; orders as the UUID does.
public struct RowID: Hashable, Sendable, Comparable {
    /// The first eight octets.
    public let high: UInt64
    /// The last eight octets.
    public let low: UInt64

    /// An identity from its halves.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The identity of an entity.
    public init<Entity>(_ identifier: Identifier<Entity>) {
        (high, low) = withUnsafeBytes(of: identifier.uuid.uuid) { bytes in
            (
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
    }

    /// Reads the hyphenated form; nil for anything else.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count == 36, let identifier = Identifier<RowID>(text) else { return nil }
        self.init(identifier)
    }

    /// Orders as the written form does.
    public static func < (left: RowID, right: RowID) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }

    /// Appends the lower-case hyphenated form.
    func write(to bytes: inout [UInt8]) {
        for position in 0..<16 {
            if position == 4 || position == 6 || position == 8 || position == 10 { bytes.append(45) }
            let word = position < 8 ? high : low
            let octet = UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * (position & 7)))
            bytes.append(Self.digit(octet >> 4))
            bytes.append(Self.digit(octet & 15))
        }
    }

    private static func digit(_ nibble: UInt8) -> UInt8 {
        nibble < 10 ? 48 + nibble : 87 + nibble
    }
}

extension RowID: CustomStringConvertible {
    /// The lower-case hyphenated form.
    public var description: String {
        var bytes: [UInt8] = []
        write(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
