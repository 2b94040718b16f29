import Baselines
import FoundationEssentials
import Inventory

/// What the watch keeps besides the states of interfaces, so that it goes on after a start as if there had been none.
struct WatchMemory: Codable, Sendable, Hashable {
    /// What operators said that was taken in.
    var actions: Set<AnomalyActionID> = []
    /// Excluded times that were taken in.
    var exclusions: Set<BaselineExclusionID> = []
    /// Subjects that are to be learnt anew since a time of the past was excluded.
    var relearning: Set<String> = []
    /// When the baselines were learnt by which the states judge; nil for none.
    var adoptedAt: Timestamp?

    private enum CodingKeys: String, CodingKey { case actions, exclusions, relearning, adoptedAt }

    /// Sets in order: equal memories give equal octets.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(actions.sorted(), forKey: .actions)
        try container.encode(exclusions.sorted(), forKey: .exclusions)
        try container.encode(relearning.sorted(), forKey: .relearning)
        try container.encodeIfPresent(adoptedAt, forKey: .adoptedAt)
    }
}

/// The kept state: pieces of a thousand interfaces at most, then what else is kept; each piece has its checksum.
struct WatchArchive {
    static let mark = Array("WARDFLUX detection 2\n".utf8)
    /// Interfaces in a piece.
    static let pieceCount = 1000
    /// The longest piece that is believed, octets.
    private static let pieceOctetsMax = 1 << 28
    /// An identity, two numbers and a time.
    private static let meaningOctets = 40

    private enum Piece: UInt32 {
        case states = 1
        case meanings = 2
        case memory = 3
    }

    let fingerprint: UInt64

    // MARK: - Writing

    func statesPiece(_ states: [(InterfaceID, InterfaceState)]) -> [UInt8] {
        Self.framed(.states, DetectionArchive.encode(states, fingerprint: fingerprint))
    }

    func meaningsPiece(_ meanings: [(InterfaceID, PortMeaning, restartedAt: Timestamp?)]) -> [UInt8] {
        var octets: [UInt8] = []
        octets.reserveCapacity(meanings.count * Self.meaningOctets + 8)
        for (id, meaning, restartedAt) in meanings {
            withUnsafeBytes(of: id.uuid.uuid) { octets += $0 }
            Self.put(meaning.role, &octets)
            Self.put(meaning.words, &octets)
            Self.put(UInt64(bitPattern: restartedAt?.milliseconds ?? .min), &octets)
        }
        return Self.framed(.meanings, Self.sealed(octets))
    }

    func memoryPiece(_ memory: WatchMemory) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return Self.framed(.memory, Self.sealed(Array(try encoder.encode(memory))))
    }

    private static func framed(_ piece: Piece, _ content: [UInt8]) -> [UInt8] {
        var octets: [UInt8] = []
        octets.reserveCapacity(content.count + 8)
        put(UInt64(piece.rawValue) << 32 | UInt64(content.count), &octets)
        return octets + content
    }

    private static func sealed(_ octets: [UInt8]) -> [UInt8] {
        var octets = octets
        put(StableNumber.of(octets), &octets)
        return octets
    }

    private static func put(_ number: UInt64, _ octets: inout [UInt8]) {
        withUnsafeBytes(of: number.littleEndian) { octets += $0 }
    }

    // MARK: - Reading

    /// All that was kept; throws what is wrong with it.
    func read(_ reader: any DetectionStateReader) throws -> (
        entries: [InterfaceID: WatchedInterface.Entry], WatchMemory
    ) {
        guard try reader.next(Self.mark.count) == Self.mark else {
            throw DetectionStateError("it is not a state of this version of WARD FLUX")
        }
        var entries: [InterfaceID: WatchedInterface.Entry] = [:]
        while true {
            let (piece, content) = try Self.piece(reader)
            switch piece {
            case .states:
                for (id, state) in try DetectionArchive.decode(content, fingerprint: fingerprint) {
                    entries[id, default: WatchedInterface.Entry()].state = state
                }
            case .meanings:
                for (id, meaning, restartedAt) in Self.meanings(try Self.opened(content)) {
                    entries[id]?.meaning = meaning
                    entries[id]?.restartedAt = restartedAt
                }
            case .memory:
                guard try reader.next(1).isEmpty else { throw DetectionStateError("there is more behind its end") }
                let memory = try JSONDecoder().decode(WatchMemory.self, from: Data(try Self.opened(content)))
                return (entries, memory)
            }
        }
    }

    private static func piece(_ reader: any DetectionStateReader) throws -> (Piece, [UInt8]) {
        let head = try reader.next(8)
        guard head.count == 8 else { throw DetectionStateError("it ends too early") }
        let number = number(head[...])
        let count = Int(number & 0xffff_ffff)
        guard let piece = Piece(rawValue: UInt32(number >> 32)), count <= pieceOctetsMax else {
            throw DetectionStateError("it is damaged")
        }
        let content = try reader.next(count)
        guard content.count == count else { throw DetectionStateError("it ends too early") }
        return (piece, content)
    }

    private static func opened(_ octets: [UInt8]) throws -> ArraySlice<UInt8> {
        guard octets.count >= 8, number(octets.suffix(8)) == StableNumber.of(octets.dropLast(8)) else {
            throw DetectionStateError("it is damaged")
        }
        return octets.dropLast(8)
    }

    private static func meanings(_ octets: ArraySlice<UInt8>) -> [(InterfaceID, PortMeaning, Timestamp?)] {
        stride(from: octets.startIndex, to: octets.endIndex - meaningOctets + 1, by: meaningOctets).map { place in
            let id = octets[place..<place + 16].withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
            let meaning = PortMeaning(
                role: number(octets[place + 16..<place + 24]), words: number(octets[place + 24..<place + 32]))
            let at = Int64(bitPattern: number(octets[place + 32..<place + 40]))
            return (InterfaceID(id), meaning, at == .min ? nil : Timestamp(milliseconds: at))
        }
    }

    private static func number(_ octets: ArraySlice<UInt8>) -> UInt64 {
        octets.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
