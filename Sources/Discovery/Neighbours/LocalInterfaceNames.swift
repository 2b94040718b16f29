import Inventory

/// A device's interfaces by what they are called; a word that two of them share finds neither.
struct LocalInterfaceNames: Sendable {
    private var indexes: Set<Int64> = []
    private var names: [String: Int64?] = [:]
    private var nameKeys: [String: Int64?] = [:]
    private var descriptions: [String: Int64?] = [:]
    private var descriptionKeys: [String: Int64?] = [:]
    private var aliases: [String: Int64?] = [:]
    private var addresses: [String: Int64?] = [:]

    init(_ interfaces: [LocalInterface]) {
        for interface in interfaces {
            let index = interface.ifIndex
            indexes.insert(index)
            if let name = interface.ifName, !name.isEmpty {
                Self.add(name, index, to: &names)
                Self.add(PortName.key(name), index, to: &nameKeys)
            }
            if let description = interface.ifDescr, !description.isEmpty {
                Self.add(description, index, to: &descriptions)
                Self.add(PortName.key(description), index, to: &descriptionKeys)
            }
            if let alias = interface.ifAlias, !alias.isEmpty { Self.add(alias, index, to: &aliases) }
            if let address = interface.ifPhysAddress, PhysicalAddress.identifies(address) {
                Self.add(address, index, to: &addresses)
            }
        }
    }

    /// Whether an ifIndex is one of the device's.
    func has(_ ifIndex: Int64) -> Bool { indexes.contains(ifIndex) }

    /// Whether an ifIndex can be one of the device's: any can where its interfaces are unknown.
    func mayHave(_ ifIndex: Int64) -> Bool { indexes.isEmpty || indexes.contains(ifIndex) }

    /// The one interface of this ifName, also in its long or short form.
    func named(_ text: String) -> Int64? { Self.find(text, names, nameKeys) }

    /// The one interface of this ifDescr, also in its long or short form.
    func described(_ text: String) -> Int64? { Self.find(text, descriptions, descriptionKeys) }

    /// The one interface of this ifAlias.
    func aliased(_ text: String) -> Int64? { aliases[text] ?? nil }

    /// The one interface of this ifPhysAddress, lower-case hex with colons.
    func addressed(_ text: String) -> Int64? { addresses[text] ?? nil }

    /// An exact match, or nothing where two are exact; else the one whose name is only written otherwise.
    private static func find(_ text: String, _ exact: [String: Int64?], _ keys: [String: Int64?]) -> Int64? {
        if let found = exact[text] { return found }
        return keys[PortName.key(text)] ?? nil
    }

    private static func add(_ word: String, _ index: Int64, to words: inout [String: Int64?]) {
        if let known = words[word], known != index {
            words[word] = .some(nil)
        } else {
            words[word] = index
        }
    }
}
