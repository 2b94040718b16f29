import Inventory

/// Compares the links of a run with those of the catalog.
struct LinkComparison {
    /// Records to write: new ones, changed ones and vanished ones, in that order.
    private(set) var saved: [LinkRecord] = []
    /// The records that are there after the run, in the order of the links.
    private(set) var current: [LinkRecord] = []
    /// How many links are new.
    private(set) var appeared = 0
    /// How many are gone.
    private(set) var vanished = 0
    /// Whether a cable between devices of the inventory came or went.
    private(set) var changesCabling = false

    /// One end as far as it makes a link the same.
    private struct EndKey: Hashable {
        let interface: InterfaceID?
        let device: DeviceID?
        let text: String

        init(_ end: LinkEnd) {
            interface = end.interfaceID
            device = end.interfaceID == nil ? end.deviceID : nil
            let name = end.deviceID == nil ? end.deviceName.lowercased() : ""
            text = end.interfaceID == nil ? "\(name)/\(end.port?.lowercased() ?? "")" : ""
        }
    }

    private struct Key: Hashable {
        let a: EndKey
        let b: EndKey
    }

    /// Compares; `revision` is the number that a change gets.
    init(
        old: [LinkRecord], new: [Link], revision: Int64, at now: Timestamp, domains: [String],
        makeID: () -> LinkRecordID
    ) {
        var partners = [Int?](repeating: nil, count: new.count)
        var isTaken = [Bool](repeating: false, count: old.count)
        Self.pairExactly(old, new, &partners, &isTaken)
        Self.pairAlike(old, new, domains, &partners, &isTaken)
        var changed: [LinkRecord] = []
        for (place, link) in new.enumerated() {
            if let partner = partners[place] {
                var record = old[partner]
                if record.link != link {
                    record.link = link
                    changed.append(record)
                }
                current.append(record)
            } else {
                appear(LinkRecord(id: makeID(), link: link, revision: revision, at: now))
            }
        }
        saved += changed
        for place in old.indices where !isTaken[place] { vanish(old[place], revision, now) }
    }

    private mutating func appear(_ record: LinkRecord) {
        appeared += 1
        if !record.link.isOrphan { changesCabling = true }
        current.append(record)
        saved.append(record)
    }

    private mutating func vanish(_ record: LinkRecord, _ revision: Int64, _ now: Timestamp) {
        var record = record
        record.vanishedRevision = revision
        record.vanishedAt = now
        vanished += 1
        if !record.link.isOrphan { changesCabling = true }
        saved.append(record)
    }

    private static func pairExactly(
        _ old: [LinkRecord], _ new: [Link], _ partners: inout [Int?], _ isTaken: inout [Bool]
    ) {
        var known: [Key: [Int]] = [:]
        known.reserveCapacity(old.count)
        for place in old.indices.reversed() { known[key(old[place].link), default: []].append(place) }
        for place in new.indices {
            guard let partner = known[key(new[place])]?.popLast() else { continue }
            partners[place] = partner
            isTaken[partner] = true
        }
    }

    private static func key(_ link: Link) -> Key {
        Key(a: EndKey(link.a), b: EndKey(link.b))
    }

    /// An interface at which more links than this ended is not looked into: which is which would be a guess.
    private static let choicesMax = 64

    /// A cable of which one knows more or less than before is the same.
    ///
    /// Such are a port that was found, and a stranger that was
    /// adopted. One that leads to another port is another.
    private static func pairAlike(
        _ old: [LinkRecord], _ new: [Link], _ domains: [String], _ partners: inout [Int?], _ isTaken: inout [Bool]
    ) {
        guard isTaken.contains(false), partners.contains(nil) else { return }
        var byInterface: [InterfaceID: [Int]] = [:]
        for place in old.indices where !isTaken[place] {
            for end in [old[place].link.a, old[place].link.b] {
                if let interface = end.interfaceID { byInterface[interface, default: []].append(place) }
            }
        }
        for place in new.indices where partners[place] == nil {
            let near = [new[place].a, new[place].b].compactMap(\.interfaceID).compactMap { byInterface[$0] }
                .filter { $0.count <= choicesMax }
            let choices = Set(near.joined())
                .filter { !isTaken[$0] && isAlike(old[$0].link, new[place], domains) }
            guard choices.count == 1, let partner = choices.first else { continue }
            partners[place] = partner
            isTaken[partner] = true
        }
    }

    private static func isAlike(_ old: Link, _ new: Link, _ domains: [String]) -> Bool {
        (fits(old.a, new.a, domains) && fits(old.b, new.b, domains))
            || (fits(old.a, new.b, domains) && fits(old.b, new.a, domains))
    }

    private static func fits(_ old: LinkEnd, _ new: LinkEnd, _ domains: [String]) -> Bool {
        if let before = old.interfaceID, let after = new.interfaceID { return before == after }
        if let before = old.deviceID, let after = new.deviceID { return before == after }
        guard let before = DeviceName(old.deviceName, domains: domains),
            let after = DeviceName(new.deviceName, domains: domains)
        else { return old.deviceName == new.deviceName }
        return before.base == after.base || (before.short ?? before.base) == (after.short ?? after.base)
    }
}
