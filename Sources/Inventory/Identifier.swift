public import FoundationEssentials

/// The identity of one entity of the inventory: a UUID that cannot be mistaken for another entity's.
///
/// Written everywhere (API, SQL, logs) as the lower-case hyphenated form of RFC 9562.
public struct Identifier<Entity>: Hashable, Sendable, Codable, CustomStringConvertible, Comparable {
    /// The identity itself.
    public let uuid: UUID

    /// Wraps a known UUID.
    public init(_ uuid: UUID) {
        self.uuid = uuid
    }

    /// Reads the hyphenated form, in either case; nil for anything else.
    public init?(_ text: some StringProtocol) {
        guard let uuid = UUID(uuidString: String(text)) else { return nil }
        self.uuid = uuid
    }

    /// A new random identity (UUID version 4).
    public static func random() -> Identifier {
        Identifier(UUID())
    }

    /// A random identity drawn from a given generator, so that a test or a simulation can repeat it.
    public static func random(using generator: inout some RandomNumberGenerator) -> Identifier {
        Identifier(UUID.random(using: &generator))
    }

    /// The lower-case hyphenated form.
    public var description: String {
        String(unsafeUninitializedCapacity: TextForms.uuidLength) { buffer in
            TextForms.write(uuid, to: buffer)
            return TextForms.uuidLength
        }
    }

    /// Orders as the written form does.
    public static func < (left: Identifier, right: Identifier) -> Bool {
        withUnsafeBytes(of: left.uuid.uuid) { leftBytes in
            withUnsafeBytes(of: right.uuid.uuid) { rightBytes in
                leftBytes.lexicographicallyPrecedes(rightBytes)
            }
        }
    }

    /// Reads the written form; throws `DecodingError` for anything else.
    public init(from decoder: any Decoder) throws {
        uuid = try decoder.singleValueContainer().decode(UUID.self)
    }

    /// Writes the lower-case form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension UUID {
    /// A version 4 UUID whose 122 random bits come from `generator`.
    static func random(using generator: inout some RandomNumberGenerator) -> UUID {
        var high = generator.next()
        var low = generator.next()
        high = (high & 0xFFFF_FFFF_FFFF_0FFF) | 0x0000_0000_0000_4000
        low = (low & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000
        func byte(_ word: UInt64, _ position: Int) -> UInt8 { UInt8(truncatingIfNeeded: word >> (56 - 8 * position)) }
        return UUID(
            uuid: (
                byte(high, 0), byte(high, 1), byte(high, 2), byte(high, 3),
                byte(high, 4), byte(high, 5), byte(high, 6), byte(high, 7),
                byte(low, 0), byte(low, 1), byte(low, 2), byte(low, 3),
                byte(low, 4), byte(low, 5), byte(low, 6), byte(low, 7)
            ))
    }
}

/// The identity of a device.
public typealias DeviceID = Identifier<Device>
/// The identity of an interface; it outlives renumbering, removal and return.
public typealias InterfaceID = Identifier<Interface>
/// The identity of one run of a job.
public typealias JobRunID = Identifier<JobRun>
/// The identity of an API access token, which is not the token.
public typealias AccessTokenID = Identifier<AccessToken>
