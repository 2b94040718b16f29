public import Inventory

/// A port as the device numbers and names it in LLDP: a row of lldpLocPortTable.
struct LocalPort: Sendable, Hashable {
    /// lldpLocPortNum.
    var number: UInt32
    /// lldpLocPortId; nil where it says nothing.
    var id: NeighbourID?
    /// lldpLocPortDesc, cleaned; nil where it is empty.
    var portDescription: String?
}

/// Puts the port numbers and port names of neighbour tables on the device's interfaces.
///
/// LLDP's port numbers are the device's own: on some devices they are ifIndexes, on others the numbers of the bridge's
/// ports, on others the places in the panel. `LocalPortRule` orders the evidence. Words count only where they point to
/// exactly one interface from exactly one port; a rule that better rules contradict on more of the device's ports than
/// they confirm it on is not used on that device at all; and no rule gives a port an interface that a better rule gave
/// to another port.
public struct LocalPorts: Sendable {
    /// The interface a port stands on, and the evidence for it.
    public typealias Place = (ifIndex: Int64, rule: LocalPortRule)

    private let interfaces: LocalInterfaceNames
    private let ports: [UInt32: LocalPort]
    private let bridgePorts: [UInt32: Int64]
    private let repeatedIDs: Set<String>
    private let repeatedDescriptions: Set<String>
    private var dismissed: Set<LocalPortRule> = []
    private var places: [UInt32: Place] = [:]
    private var taken: Set<Int64> = []

    /// The ports of a device: its interfaces, lldpLocPortTable and dot1dBasePortIfIndex, each empty where it has none.
    ///
    /// `heardOn` are the port numbers that LLDP's remote systems are heard on: rules are weighed on LLDP's ports only,
    /// as a bridge may number its ports otherwise.
    init(interfaces: [LocalInterface], ports: [LocalPort], bridgePorts: [UInt32: Int64], heardOn: Set<UInt32> = []) {
        self.interfaces = LocalInterfaceNames(interfaces)
        self.ports = Dictionary(ports.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
        self.bridgePorts = bridgePorts
        repeatedIDs = Self.repeated(self.ports.values.compactMap { $0.id?.text })
        repeatedDescriptions = Self.repeated(self.ports.values.compactMap(\.portDescription))
        let numbers = heardOn.union(self.ports.keys)
        let evidence = Dictionary(uniqueKeysWithValues: numbers.map { ($0, candidates($0)) })
        dismissed = Self.contradicted(evidence.values)
        assign(evidence)
    }

    /// The interface of a port number (lldpRemLocalPortNum); nil where no rule decides.
    public func resolve(portNumber: UInt32) -> Place? {
        if let place = places[portNumber] { return place }
        return candidates(portNumber).first { !dismissed.contains($0.rule) && !taken.contains($0.ifIndex) }
    }

    /// The interface of a port that a vendor's table names by text: a name, an address, a description or a number.
    public func resolve(portText: String) -> Place? {
        if let found = interfaces.named(portText) { return (found, .portIDIsName) }
        if let found = interfaces.addressed(portText.lowercased()) { return (found, .portIDIsAddress) }
        if let found = interfaces.described(portText) { return (found, .portIDIsDescr) }
        if let found = interfaces.aliased(portText) { return (found, .portDescription) }
        if let number = UInt32(portText) { return resolve(portNumber: number) }
        return nil
    }

    /// The interface a bridge's port stands on, as forwarding tables number them; nil where the device does not say.
    ///
    /// A device without dot1dBasePortTable numbers them by ifIndex.
    public func resolve(bridgePort: UInt32) -> Int64? {
        let ifIndex = bridgePorts.isEmpty ? Int64(bridgePort) : bridgePorts[bridgePort]
        return ifIndex.flatMap { interfaces.has($0) ? $0 : nil }
    }

    /// The device's own word for a port: its id in LLDP, unless another port has the same one, else its number.
    public func name(ofPort number: UInt32) -> String {
        guard let id = ports[number]?.id?.text, !repeatedIDs.contains(id) else { return String(number) }
        return id
    }

    /// Whether the device lists this port number in LLDP or among its bridge's ports.
    public func isKnown(portNumber: UInt32) -> Bool {
        ports[portNumber] != nil || bridgePorts[portNumber] != nil
    }

    /// Whether one of the device's interfaces has this ifIndex.
    func isInterface(ifIndex: UInt32) -> Bool { interfaces.has(Int64(ifIndex)) }

    /// All that the rules say of a port number, the most trusted first.
    private func candidates(_ number: UInt32) -> [Place] {
        var found: [Place] = []
        func add(_ ifIndex: Int64?, _ rule: LocalPortRule) {
            if let ifIndex { found.append((ifIndex, rule)) }
        }
        let port = ports[number]
        let id = port?.id.flatMap { repeatedIDs.contains($0.text) ? nil : $0 }
        let words = port?.portDescription.flatMap { repeatedDescriptions.contains($0) ? nil : $0 }
        add(id.flatMap { interfaces.named($0.text) }, .portIDIsName)
        add(bridgePorts[number].flatMap { interfaces.mayHave($0) ? $0 : nil }, .bridgePort)
        add(id.flatMap { $0.kind == .mac ? interfaces.addressed($0.text) : nil }, .portIDIsAddress)
        add(id.flatMap { interfaces.described($0.text) }, .portIDIsDescr)
        add(
            words.flatMap { interfaces.described($0) ?? interfaces.named($0) ?? interfaces.aliased($0) },
            .portDescription)
        if let id, id.subtype == Self.aliasSubtype { add(interfaces.aliased(id.text), .portDescription) }
        if let id, id.subtype ?? Self.localSubtype == Self.localSubtype, let index = Int64(id.text),
            interfaces.has(index)
        {
            add(index, .portIDIsIndex)
        }
        if number > 0, interfaces.has(Int64(number)) { add(Int64(number), .portNumberIsIndex) }
        return found
    }

    private static let aliasSubtype = 1
    private static let localSubtype = 7

    /// Rules that the best evidence of a port contradicts on more ports than it confirms them on.
    ///
    /// An address that one port and one interface have is better evidence here than the bridge's number: lldpd numbers
    /// ports by ifIndex, and those are other ports' numbers in the bridge.
    private static func contradicted(_ evidence: some Sequence<[Place]>) -> Set<LocalPortRule> {
        var balance: [LocalPortRule: Int] = [:]
        for places in evidence {
            let exact = places.first { $0.rule == .portIDIsName || $0.rule == .portIDIsAddress }
            guard let best = exact ?? places.first else { continue }
            for place in places where place.rule != best.rule {
                balance[place.rule, default: 0] += place.ifIndex == best.ifIndex ? 1 : -1
            }
        }
        return Set(balance.filter { $0.value < 0 }.keys)
    }

    /// Gives the ports their interfaces, rule by rule in the order of trust.
    private mutating func assign(_ evidence: [UInt32: [Place]]) {
        var open = evidence
        for rule in LocalPortRule.allCases where !dismissed.contains(rule) {
            var given: Set<Int64> = []
            for (number, candidates) in open {
                guard let place = candidates.first(where: { $0.rule == rule }), !taken.contains(place.ifIndex) else {
                    continue
                }
                places[number] = place
                given.insert(place.ifIndex)
                open[number] = nil
            }
            taken.formUnion(given)
        }
    }

    private static func repeated(_ texts: some Sequence<String>) -> Set<String> {
        var seen: Set<String> = []
        return texts.reduce(into: []) { repeated, text in
            if !seen.insert(text).inserted { repeated.insert(text) }
        }
    }
}
