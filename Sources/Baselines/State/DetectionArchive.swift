import CChecksum
import FoundationEssentials
public import Inventory

/// The states of interfaces as octets, to be written to a file and read after a restart.
///
/// Little-endian: `WFLUXDET`, version u32, fingerprint u64, count u32; for each interface its identity (16 octets), the
/// length of its state u32, and the state; at last the CRC32C of all before, u32. Equal states give equal octets.
public struct DetectionArchive {
    private static let magic = Array("WFLUXDET".utf8)
    private static let version: UInt32 = 1
    private static let headCount = 8 + 4 + 8 + 4
    private static let checksumCount = 4

    /// Writes states; `fingerprint` names the settings they were made with.
    public static func encode(_ states: [(InterfaceID, InterfaceState)], fingerprint: UInt64) -> [UInt8] {
        var writer = LittleEndianWriter(octets: magic)
        writer.octets.reserveCapacity(headCount + states.count * 3_000)
        writer.write(version)
        writer.write(fingerprint)
        writer.write(UInt32(states.count))
        for (id, state) in states {
            withUnsafeBytes(of: id.uuid.uuid) { writer.octets.append(contentsOf: $0) }
            let place = writer.octets.count
            writer.write(UInt32(0))
            writer.write(state)
            writer.put(UInt32(writer.octets.count - place - 4), at: place)
        }
        writer.write(checksum(writer.octets[...]))
        return writer.octets
    }

    /// Reads states that were written with the same settings.
    ///
    /// - Throws: `ArchiveError` where the octets are damaged, of another version, or made with other settings.
    public static func decode(
        _ octets: [UInt8], fingerprint: UInt64
    ) throws(ArchiveError) -> [(InterfaceID, InterfaceState)] {
        guard octets.count >= headCount + checksumCount else { throw .damaged(reason: "it is cut short") }
        guard octets.starts(with: magic) else { throw .damaged(reason: "it does not begin as such a file does") }
        let body = octets.dropLast(checksumCount)
        do {
            var reader = LittleEndianReader(octets: octets.dropFirst(magic.count))
            let found = try reader.read(UInt32.self, "version")
            guard found == version else { throw ArchiveError.unknownVersion(found) }
            var end = LittleEndianReader(octets: octets.suffix(checksumCount))
            guard try end.read(UInt32.self, "checksum") == checksum(body) else {
                throw ArchiveError.damaged(reason: "its checksum does not match")
            }
            guard try reader.read(UInt64.self, "fingerprint") == fingerprint else { throw ArchiveError.otherSettings }
            return try states(body.dropFirst(headCount), count: try reader.read(UInt32.self, "count"))
        } catch let error as ArchiveError {
            throw error
        } catch {
            throw .damaged(reason: "\(error)")
        }
    }

    private static func states(
        _ octets: ArraySlice<UInt8>, count: UInt32
    ) throws -> [(InterfaceID, InterfaceState)] {
        var reader = LittleEndianReader(octets: octets)
        var states: [(InterfaceID, InterfaceState)] = []
        // No more room is claimed than the octets could fill.
        states.reserveCapacity(min(Int(count), octets.count / 1_000 + 1))
        for _ in 0..<count {
            let id = InterfaceID(try reader.readIdentity())
            let length = Int(try reader.read(UInt32.self, "length"))
            guard length <= reader.rest.count else { throw reader.refusal("length", "\(length)") }
            let left = reader.rest.count - length
            states.append((id, try reader.readState()))
            guard reader.rest.count == left else { throw reader.refusal("length", "\(length)") }
        }
        guard reader.rest.isEmpty else { throw reader.refusal("end", "not where it should be") }
        return states
    }

    private static func checksum(_ octets: ArraySlice<UInt8>) -> UInt32 {
        octets.withUnsafeBytes { wardflux_crc32c(0, $0.baseAddress, $0.count) }
    }
}

/// Why an archive cannot be read.
public enum ArchiveError: Error, Sendable, Hashable {
    /// Its octets are not those that were written.
    case damaged(reason: String)
    /// Another version of the program wrote it.
    case unknownVersion(UInt32)
    /// It was made with other settings: what it says would not be what these settings say.
    case otherSettings
}

extension ArchiveError: CustomStringConvertible {
    /// What is wrong, and what becomes of it.
    public var description: String {
        let reason =
            switch self {
            case .damaged(let reason): "is damaged: \(reason)"
            case .unknownVersion(let version): "has version \(version), known is 1"
            case .otherSettings: "was made with other settings"
            }
        return "the stored state of anomaly detection \(reason); it is learnt again from stored readings"
    }
}
