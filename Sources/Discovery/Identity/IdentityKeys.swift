import Inventory

/// A value, or a pair of values, by which rows of both sides are brought together.
enum IdentityKey: Hashable {
    case index(Int64)
    case name(String)
    case descr(String)
    case physAddress(String)
    case alias(String)
    case namePhysAddress(String, String)
    case nameAlias(String, String)
    case descrPhysAddress(String, String)
    case descrAlias(String, String)
}

/// The fields of one row that tell interfaces apart; nil where the device says nothing.
struct IdentitySigns {
    let index: Int64
    let name: String?
    let descr: String?
    let alias: String?
    let physAddress: String?
    let type: Int?
    var nameIsUnique = false
    var descrIsUnique = false
    var aliasIsUnique = false
    var physAddressIsUnique = false

    init(_ facts: InterfaceFacts) {
        func filled(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }
        index = facts.ifIndex
        name = filled(facts.ifName)
        descr = filled(facts.ifDescr)
        alias = filled(facts.ifAlias)
        physAddress = PhysicalAddress.identifies(facts.ifPhysAddress) ? facts.ifPhysAddress : nil
        type = facts.ifType
    }

    /// The keys under which the row is looked for: two fields together tell apart what neither does alone.
    var keys: [IdentityKey] {
        var keys: [IdentityKey] = [.index(index)]
        if let physAddress { keys.append(.physAddress(physAddress)) }
        if let alias { keys.append(.alias(alias)) }
        if let name {
            keys.append(.name(name))
            if let physAddress { keys.append(.namePhysAddress(name, physAddress)) }
            if let alias { keys.append(.nameAlias(name, alias)) }
        }
        if let descr {
            keys.append(.descr(descr))
            if let physAddress { keys.append(.descrPhysAddress(descr, physAddress)) }
            if let alias { keys.append(.descrAlias(descr, alias)) }
        }
        return keys
    }

    /// The signs for and against `self`, a stored row, and `other`, a new one, being one interface.
    func evidence(with other: IdentitySigns) -> [IdentityEvidence] {
        var found: [IdentityEvidence] = []
        if let name, let otherName = other.name {
            let unique = nameIsUnique && other.nameIsUnique
            found.append(name != otherName ? .otherName : unique ? .uniqueName : .sharedName)
        }
        if let sign = physAddressEvidence(with: other) { found.append(sign) }
        if let sign = descrEvidence(with: other) { found.append(sign) }
        if let alias, alias == other.alias {
            found.append(aliasIsUnique && other.aliasIsUnique ? .uniqueAlias : .sharedAlias)
        }
        if index == other.index { found.append(.sameIndex) }
        if let type, let otherType = other.type { found.append(type == otherType ? .sameType : .otherType) }
        return found
    }

    /// VLAN interfaces and bundles have no hardware of their own (IANAifType propVirtual, l2vlan, l3ipvlan,
    /// ieee8023adLag).
    private static let borrowingTypes: Set<Int> = [53, 135, 136, 161]

    /// An equal address tells the hardware, unless it is lent.
    ///
    /// The chassis gives it to the next VLAN interface, a member to another bundle. Of those it says little, unless the
    /// name or the ifIndex stayed as well.
    private func physAddressEvidence(with other: IdentitySigns) -> IdentityEvidence? {
        guard let physAddress, let otherAddress = other.physAddress else { return nil }
        guard physAddress == otherAddress else { return .otherPhysAddress }
        let isBorrowed = [type, other.type].contains { $0.map(Self.borrowingTypes.contains) ?? false }
        let stayed = index == other.index || (name != nil && name == other.name)
        let unique = physAddressIsUnique && other.physAddressIsUnique
        return unique && (stayed || !isBorrowed) ? .uniquePhysAddress : .sharedPhysAddress
    }

    /// ifDescr mostly repeats ifName: it adds little beside an equal one, and beside another only a unique one counts.
    private func descrEvidence(with other: IdentitySigns) -> IdentityEvidence? {
        guard let descr, let otherDescr = other.descr else { return nil }
        if descr != otherDescr { return .otherDescr }
        let bothNamed = name != nil && other.name != nil
        if bothNamed, name == other.name { return .sharedDescr }
        if descrIsUnique, other.descrIsUnique { return .uniqueDescr }
        return bothNamed ? nil : .sharedDescr
    }

    /// Notes which fields occur once among the rows of one side.
    static func markUnique(_ rows: inout [IdentitySigns], among members: [Int]) {
        var counts: [IdentityKey: Int] = [:]
        counts.reserveCapacity(members.count * 4)
        for member in members {
            for key in rows[member].singleKeys { counts[key, default: 0] += 1 }
        }
        for member in members {
            let row = rows[member]
            rows[member].nameIsUnique = row.name.map { counts[.name($0)] == 1 } ?? false
            rows[member].descrIsUnique = row.descr.map { counts[.descr($0)] == 1 } ?? false
            rows[member].aliasIsUnique = row.alias.map { counts[.alias($0)] == 1 } ?? false
            rows[member].physAddressIsUnique = row.physAddress.map { counts[.physAddress($0)] == 1 } ?? false
        }
    }

    private var singleKeys: [IdentityKey] {
        var keys: [IdentityKey] = []
        if let name { keys.append(.name(name)) }
        if let descr { keys.append(.descr(descr)) }
        if let alias { keys.append(.alias(alias)) }
        if let physAddress { keys.append(.physAddress(physAddress)) }
        return keys
    }
}
