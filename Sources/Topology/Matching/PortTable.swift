import Catalog
import Inventory

/// The interfaces of one device by all that neighbours may call them; made for a device when first asked for.
struct PortTable {
    /// The interface of a key: one, or more than can be told apart.
    private enum Slot {
        case one(Int32, isMissing: Bool)
        case several(isMissing: Bool)
    }

    private typealias Slots = [String: Slot]

    private let range: Range<Int>
    private var names: Slots = [:]
    private var descrs: Slots = [:]
    private var indexes: [Int64: Slot] = [:]
    /// Filled when an exact writing was not found.
    private var nameKeys: Slots?
    private var descrKeys: Slots?
    private var aliases: Slots?
    private var addresses: Slots?

    /// The table of the interfaces in a part of all ports.
    init(_ range: Range<Int>, of ports: [PortRecord]) {
        self.range = range
        for number in range {
            let facts = ports[number].facts
            Self.enter(facts.ifName, number, ports[number].isMissing, in: &names)
            Self.enter(facts.ifDescr, number, ports[number].isMissing, in: &descrs)
            Self.enter(facts.ifIndex, number, ports[number].isMissing, in: &indexes)
        }
    }

    /// An interface that the device still has goes before one that is gone; two alike are none.
    private static func enter<Key: Hashable>(
        _ key: Key?, _ number: Int, _ isMissing: Bool, in slots: inout [Key: Slot]
    ) {
        guard let key else { return }
        switch slots[key] {
        case nil: slots[key] = .one(Int32(number), isMissing: isMissing)
        case .one(_, true) where !isMissing, .several(true) where !isMissing:
            slots[key] = .one(Int32(number), isMissing: false)
        case .one(_, false) where isMissing, .several(false) where isMissing: break
        case .one, .several: slots[key] = .several(isMissing: isMissing)
        }
    }

    private static func only<Key: Hashable>(_ key: Key, in slots: [Key: Slot]) -> Int? {
        guard case .one(let number, _)? = slots[key] else { return nil }
        return Int(number)
    }

    /// The only interface that a text names: exactly, else in another writing of its ifName or ifDescr, else by its ifAlias.
    mutating func called(_ text: String, _ ports: [PortRecord]) -> (port: Int, rule: MatchRule)? {
        if let port = Self.only(text, in: names) { return (port, .portName) }
        if let port = Self.only(text, in: descrs) { return (port, .portDescr) }
        let key = PortName.key(text)
        if names[text] == nil, let port = Self.only(key, in: keyed(\.ifName, \.nameKeys, ports)) {
            return (port, .portName)
        }
        if descrs[text] == nil, let port = Self.only(key, in: keyed(\.ifDescr, \.descrKeys, ports)) {
            return (port, .portDescr)
        }
        let slots = aliases ?? filled(ports) { $0.ifAlias?.lowercased() }
        aliases = slots
        return Self.only(text.lowercased(), in: slots).map { ($0, .portAlias) }
    }

    /// The only interface with exactly this ifName, or else this ifDescr.
    func exactly(ifName: String?, ifDescr: String?) -> Int? {
        ifName.flatMap { Self.only($0, in: names) } ?? ifDescr.flatMap { Self.only($0, in: descrs) }
    }

    /// The only interface with this ifPhysAddress: many have that of their chassis.
    mutating func addressed(_ text: String, _ ports: [PortRecord]) -> Int? {
        let slots = addresses ?? filled(ports) { $0.ifPhysAddress }
        addresses = slots
        return Self.only(text, in: slots)
    }

    /// The only interface with this ifIndex in the catalog.
    func numbered(_ ifIndex: Int64) -> Int? {
        Self.only(ifIndex, in: indexes)
    }

    private mutating func keyed(
        _ text: KeyPath<InterfaceFacts, String?>, _ store: WritableKeyPath<PortTable, Slots?>, _ ports: [PortRecord]
    ) -> Slots {
        if let slots = self[keyPath: store] { return slots }
        let slots = filled(ports) { $0[keyPath: text].map(PortName.key) }
        self[keyPath: store] = slots
        return slots
    }

    private func filled(_ ports: [PortRecord], _ text: (InterfaceFacts) -> String?) -> Slots {
        var slots: Slots = [:]
        for number in range {
            guard let key = text(ports[number].facts), !key.isEmpty else { continue }
            Self.enter(key, number, ports[number].isMissing, in: &slots)
        }
        return slots
    }
}
