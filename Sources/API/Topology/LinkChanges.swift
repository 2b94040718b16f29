import Inventory
import Listing

/// One change of the wiring.
struct LinkChange: Sendable, Hashable {
    /// What happened to a cable.
    enum Kind: String, CaseIterable, Sendable, Hashable {
        /// It is there.
        case appeared
        /// It is gone.
        case vanished
        /// It left a port and is at another one; its other end stayed, or both devices did.
        case moved
    }

    /// What happened.
    var kind: Kind
    /// The first revision that tells it.
    var revision: Int64
    /// When that was.
    var at: Timestamp
    /// The cable: as it is, or was.
    var record: LinkRecord
    /// The cable as it was before it moved; nil where it did not.
    var before: LinkRecord?
}

/// What appeared, vanished and moved in a time: pure.
enum LinkChanges {
    /// The same of the first `limit` records, whole revisions only: the one that is cut is left out.
    ///
    /// Where the latest revision alone has more, it is cut. The records are the catalog's, the latest first.
    static func list(_ records: [LinkRecord], limit: Int, after: Timestamp, until: Timestamp) -> [LinkChange] {
        let changes = list(Array(records.prefix(limit)), after: after, until: until)
        guard records.count > limit else { return changes }
        let next = records[limit]
        let cut = next.vanishedAt.map { $0 <= until } == true ? next.vanishedRevision : next.appearedRevision
        let whole = changes.filter { $0.revision > cut ?? 0 }
        return whole.isEmpty ? changes.filter { $0.revision == cut } : whole
    }

    /// The changes after a time and not after another that records tell of, the latest first; of one revision those
    /// that moved, then those that vanished, then those that appeared, each by the names of their ends.
    static func list(_ records: [LinkRecord], after: Timestamp, until: Timestamp) -> [LinkChange] {
        var appeared: [Int64: [LinkRecord]] = [:]
        var vanished: [Int64: [LinkRecord]] = [:]
        for record in records {
            if record.appearedAt > after, record.appearedAt <= until {
                appeared[record.appearedRevision, default: []].append(record)
            }
            if let revision = record.vanishedRevision, let at = record.vanishedAt, at > after, at <= until {
                vanished[revision, default: []].append(record)
            }
        }
        return Set(appeared.keys).union(vanished.keys).sorted(by: >).flatMap {
            changes(of: $0, appeared: appeared[$0] ?? [], vanished: vanished[$0] ?? [])
        }
    }

    private static func changes(
        of revision: Int64, appeared: [LinkRecord], vanished: [LinkRecord]
    ) -> [LinkChange] {
        let appeared = appeared.sorted(by: precedes)
        let vanished = vanished.sorted(by: precedes)
        let moves = moves(appeared, vanished)
        let arrived = Set(moves.map(\.to))
        let left = Set(moves.map(\.from))
        let moved = moves.map { move in
            let (to, from) = (appeared[move.to], vanished[move.from])
            return LinkChange(kind: .moved, revision: revision, at: to.appearedAt, record: to, before: from)
        }
        let gone = vanished.indices.filter { !left.contains($0) }.map { place in
            let record = vanished[place]
            return LinkChange(
                kind: .vanished, revision: revision, at: record.vanishedAt ?? record.appearedAt, record: record)
        }
        let new = appeared.indices.filter { !arrived.contains($0) }.map { place in
            LinkChange(
                kind: .appeared, revision: revision, at: appeared[place].appearedAt, record: appeared[place])
        }
        return moved + gone + new
    }

    /// Which new cable is which old one: those first that kept a port and both devices, then those between devices of the
    /// inventory that kept one end's port, then those that kept both devices.
    private static func moves(
        _ appeared: [LinkRecord], _ vanished: [LinkRecord]
    ) -> [(from: Int, to: Int)] {
        var sources = Sources(vanished)
        var moves: [Int: Int] = [:]
        for isPairKept in [true, false] {
            for (to, record) in appeared.enumerated() where isPairKept || !record.link.isOrphan {
                for port in ports(record.link) where moves[to] == nil {
                    moves[to] = sources.take(isPairKept ? Pair(record.link) : nil, port: port)
                }
            }
        }
        for (to, record) in appeared.enumerated() where moves[to] == nil {
            moves[to] = sources.take(Pair(record.link), port: nil)
        }
        return moves.sorted { $0.key < $1.key }.map { (from: $0.value, to: $0.key) }
    }

    /// Cables that are gone, by what a new one has in common with them; each is taken once.
    private struct Sources {
        private struct Key: Hashable {
            var pair: Pair?
            var port: String?
        }

        /// Places of cables, the first one last.
        private var places: [Key: [Int]] = [:]
        private var taken: Set<Int> = []

        init(_ records: [LinkRecord]) {
            for (place, record) in records.enumerated().reversed() {
                let pair = Pair(record.link)
                places[Key(pair: pair, port: nil), default: []].append(place)
                for port in ports(record.link) {
                    places[Key(pair: pair, port: port), default: []].append(place)
                    if !record.link.isOrphan { places[Key(pair: nil, port: port), default: []].append(place) }
                }
            }
        }

        mutating func take(_ pair: Pair?, port: String?) -> Int? {
            while let place = places[Key(pair: pair, port: port)]?.popLast() {
                if taken.insert(place).inserted { return place }
            }
            return nil
        }
    }

    /// The two ends' devices, in one order.
    private struct Pair: Hashable {
        var low: String
        var high: String

        init(_ link: Link) {
            let (a, b) = (Self.name(link.a), Self.name(link.b))
            (low, high) = a <= b ? (a, b) : (b, a)
        }

        private static func name(_ end: LinkEnd) -> String {
            end.deviceID.map(\.description) ?? end.deviceName.lowercased()
        }
    }

    /// The ports of its ends that are known, with their devices.
    private static func ports(_ link: Link) -> [String] {
        [link.a, link.b].compactMap { end in
            if let id = end.interfaceID { return id.description }
            guard let port = end.port else { return nil }
            return "\(end.deviceID.map(\.description) ?? end.deviceName.lowercased()) \(port.lowercased())"
        }
    }

    private static func precedes(_ left: LinkRecord, _ right: LinkRecord) -> Bool {
        let (a, b) = (words(left.link), words(right.link))
        for (one, other) in zip(a, b) where one != other { return Cell.text(one) < Cell.text(other) }
        return left.id < right.id
    }

    private static func words(_ link: Link) -> [String] {
        [link.a.deviceName, link.a.port ?? "", link.b.deviceName, link.b.port ?? ""]
    }
}
