#if canImport(Glibc)
    import Glibc
#endif

/// An OBJECT IDENTIFIER, kept as its BER content octets.
///
/// It has 2 to 128 sub-identifiers of 32 bits (RFC 2578 section 3.5). Order is lexicographic by sub-identifier,
/// the order in which GETNEXT walks.
public struct ObjectIdentifier: Hashable, Sendable {
    /// The content octets of the BER encoding, without tag and length (X.690 section 8.19).
    public let encoded: [UInt8]

    init(unchecked encoded: [UInt8]) { self.encoded = encoded }

    /// Makes an object identifier from 2 to 128 sub-identifiers that are known to be valid.
    ///
    /// Traps on a first one above 2, a second one above 39 under 0 or 1, and on any other count: for input that
    /// comes from outside use `init(validating:)`.
    public init(_ subIdentifiers: some Collection<UInt32>) {
        guard let valid = ObjectIdentifier(validating: subIdentifiers) else {
            preconditionFailure("\(Array(subIdentifiers)) is not an object identifier")
        }
        self = valid
    }

    /// Makes an object identifier, or nil where the sub-identifiers cannot be one.
    public init?(validating subIdentifiers: some Collection<UInt32>) {
        guard subIdentifiers.count >= 2, subIdentifiers.count <= Self.subIdentifierCountMax else { return nil }
        var rest = subIdentifiers.makeIterator()
        guard let first = rest.next(), let second = rest.next(), first <= 2, first == 2 || second < 40 else {
            return nil
        }
        var octets: [UInt8] = []
        octets.reserveCapacity(subIdentifiers.count + 4)
        let joined = UInt64(first) * 40 + UInt64(second)
        guard joined <= UInt64(UInt32.max) else { return nil }
        Self.append(UInt32(joined), to: &octets)
        while let next = rest.next() { Self.append(next, to: &octets) }
        self.encoded = octets
    }

    /// Makes an object identifier from BER content octets, or nil where they are not valid.
    public init?(encoded: [UInt8]) {
        let fault = encoded.withUnsafeBytes { Self.fault(in: $0) }
        guard fault == nil else { return nil }
        self.encoded = encoded.isEmpty ? [0] : encoded
    }

    /// The most sub-identifiers one may have (RFC 2578 section 3.5).
    public static let subIdentifierCountMax = 128

    /// The sub-identifiers, at least two.
    public var subIdentifiers: [UInt32] {
        var all = encoded.withUnsafeBytes { Self.decodeSubIdentifiers($0) }
        guard let joined = all.first else { return [0, 0] }
        let first = min(joined / 40, 2)
        all[0] = first
        all.insert(joined - first * 40, at: 1)
        return all
    }

    /// The number of sub-identifiers.
    public var count: Int { encoded.reduce(1) { $0 + ($1 < 0x80 ? 1 : 0) } }

    /// This object identifier with sub-identifiers added at its end; more than 128 in all trap.
    public func appending(_ subIdentifiers: some Collection<UInt32>) -> ObjectIdentifier {
        precondition(count + subIdentifiers.count <= Self.subIdentifierCountMax, "more than 128 sub-identifiers")
        var octets = encoded
        for each in subIdentifiers { Self.append(each, to: &octets) }
        return ObjectIdentifier(unchecked: octets)
    }

    /// This object identifier with sub-identifiers added at its end; more than 128 in all trap.
    public func appending(_ subIdentifiers: UInt32...) -> ObjectIdentifier { appending(subIdentifiers) }

    /// This object identifier without its last sub-identifier, nil where only two are left.
    public var parent: ObjectIdentifier? {
        guard count > 2 else { return nil }
        var end = encoded.count - 1
        while end > 0, encoded[end - 1] >= 0x80 { end -= 1 }
        return ObjectIdentifier(unchecked: Array(encoded[..<end]))
    }

    /// Whether the other one is an ancestor of this one, or this one itself.
    public func hasPrefix(_ prefix: ObjectIdentifier) -> Bool { encoded.starts(with: prefix.encoded) }

    /// The sub-identifiers that follow the prefix: an index.
    ///
    /// Nil where the prefix is not one.
    public func suffix(after prefix: ObjectIdentifier) -> [UInt32]? {
        guard hasPrefix(prefix) else { return nil }
        return encoded.withUnsafeBytes {
            Self.decodeSubIdentifiers(UnsafeRawBufferPointer(rebasing: $0[prefix.encoded.count...]))
        }
    }
}

extension ObjectIdentifier: Comparable {
    /// Lexicographic order by sub-identifiers.
    public static func < (left: ObjectIdentifier, right: ObjectIdentifier) -> Bool {
        left.encoded.withUnsafeBytes { one in
            right.encoded.withUnsafeBytes { other in compare(one, other) < 0 }
        }
    }
}

extension ObjectIdentifier: LosslessStringConvertible, ExpressibleByStringLiteral {
    /// Reads dotted decimal, with or without a leading dot: `1.3.6.1` or `.1.3.6.1`.
    ///
    /// Nil for anything else.
    public init?(_ dotted: String) {
        var numbers: [UInt32] = []
        var current: UInt64?
        for (position, octet) in dotted.utf8.enumerated() {
            if octet == UInt8(ascii: ".") {
                if let number = current {
                    numbers.append(UInt32(truncatingIfNeeded: number))
                } else if position != 0 {
                    return nil
                }
                current = nil
            } else {
                guard octet >= UInt8(ascii: "0"), octet <= UInt8(ascii: "9") else { return nil }
                let number = (current ?? 0) * 10 + UInt64(octet - UInt8(ascii: "0"))
                guard number <= UInt64(UInt32.max) else { return nil }
                current = number
            }
        }
        guard let last = current else { return nil }
        numbers.append(UInt32(truncatingIfNeeded: last))
        self.init(validating: numbers)
    }

    /// A literal in dotted decimal; one that is not valid traps.
    public init(stringLiteral dotted: String) {
        guard let valid = ObjectIdentifier(dotted) else {
            preconditionFailure("\"\(dotted)\" is not an object identifier")
        }
        self = valid
    }

    /// Dotted decimal without a leading dot.
    public var description: String { subIdentifiers.map(String.init).joined(separator: ".") }
}
