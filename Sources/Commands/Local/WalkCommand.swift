import ArgumentParser
import Listing
import SNMP

/// `wardflux walk`.
struct WalkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "walk",
        abstract: "Print everything a device has under an object identifier, as snmpwalk does.",
        discussion: "Ends with 0 where all was read, 2 where the walk broke off, 1 where the device did not answer.")

    @OptionGroup var agent: AgentOptions

    @Argument(
        help: "Where to begin: dotted, or a name such as system, ifTable, ifXTable, ifAlias, lldpRemTable.",
        transform: SubtreeName.parse)
    var oid: SubtreeName = .mib2

    @Option(name: .long, help: "At most this many values; without it, more than 1,000,000 end the walk as broken off.")
    var limit: Int?

    private static let limitMax = 1_000_000

    @Flag(name: .long, help: "Print a JSON list of oid, type and value.")
    var json = false

    mutating func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit is at least 1.") }
    }

    func run() async throws {
        let root = oid.root
        let limit = limit ?? Self.limitMax
        let (walk, itself) = try await agent.ask { (engine, target) async throws(SNMPError) in
            let walk = try await engine.walk(root, of: target, limit: limit)
            // Nothing below it: the name may be an instance, as snmpwalk tries too.
            let itself =
                walk.varBinds.isEmpty && walk.status == .absent ? try await engine.get([root], from: target) : []
            return (walk, itself)
        }
        let console = Console.current
        let found = walk.varBinds + itself.filter { !json || !$0.value.isException }
        if json {
            console.line(JSONWriter.pretty(.array(found.map(WalkLine.json))))
        } else if found.isEmpty {
            console.line(".\(root) = No Such Object available on this agent at this OID")
        } else {
            console.write(found.map { WalkLine.text($0) + "\n" }.joined())
        }
        switch walk.status {
        case .complete, .absent: return
        case .partial(.rowLimit) where self.limit != nil: return
        case .partial(let fault):
            console.errorLine("warning: broke off after \(Units.count(Int64(walk.varBinds.count), "value")): \(fault)")
            throw QuietExit(status: .partial)
        case .failed(let fault): throw CommandFailure("\(agent.address.text): \(fault)")
        }
    }
}

/// An object identifier, dotted or by one of the names network engineers type most.
struct SubtreeName: Hashable, Sendable, CustomStringConvertible {
    /// Where the subtree begins.
    let root: ObjectIdentifier

    /// mib-2, where `snmpwalk` begins.
    static let mib2 = SubtreeName(root: "1.3.6.1.2.1")

    /// The names, of SNMPv2-MIB, IF-MIB, BRIDGE-MIB, ENTITY-MIB, LLDP-MIB and CISCO-CDP-MIB.
    static let known: [String: ObjectIdentifier] = [
        "mib-2": "1.3.6.1.2.1", "system": "1.3.6.1.2.1.1", "sysDescr": "1.3.6.1.2.1.1.1",
        "sysObjectID": "1.3.6.1.2.1.1.2", "sysUpTime": "1.3.6.1.2.1.1.3", "sysName": "1.3.6.1.2.1.1.5",
        "interfaces": "1.3.6.1.2.1.2", "ifNumber": "1.3.6.1.2.1.2.1", "ifTable": "1.3.6.1.2.1.2.2",
        "ifDescr": "1.3.6.1.2.1.2.2.1.2", "ifType": "1.3.6.1.2.1.2.2.1.3", "ifAdminStatus": "1.3.6.1.2.1.2.2.1.7",
        "ifOperStatus": "1.3.6.1.2.1.2.2.1.8", "ifXTable": "1.3.6.1.2.1.31.1.1", "ifName": "1.3.6.1.2.1.31.1.1.1.1",
        "ifHCInOctets": "1.3.6.1.2.1.31.1.1.1.6", "ifHCOutOctets": "1.3.6.1.2.1.31.1.1.1.10",
        "ifHighSpeed": "1.3.6.1.2.1.31.1.1.1.15", "ifAlias": "1.3.6.1.2.1.31.1.1.1.18",
        "dot1dBasePortTable": "1.3.6.1.2.1.17.1.4", "entPhysicalTable": "1.3.6.1.2.1.47.1.1.1",
        "lldpRemTable": "1.0.8802.1.1.2.1.4.1", "lldpLocPortTable": "1.0.8802.1.1.2.1.3.7",
        "cdpCacheTable": "1.3.6.1.4.1.9.9.23.1.2.1",
    ]

    init(root: ObjectIdentifier) {
        self.root = root
    }

    /// Reads `1.3.6.1`, `.1.3.6.1` or a known name.
    static func parse(_ text: String) throws(ValidationError) -> SubtreeName {
        if let root = ObjectIdentifier(text) ?? known[text] { return SubtreeName(root: root) }
        let dotted = text.first == "." ? text.dropFirst() : text[...]
        if !dotted.isEmpty, dotted.allSatisfy({ ("0"..."9").contains($0) }) {
            throw ValidationError("'\(text)' is one sub-identifier; give at least two, such as 1.3")
        }
        if let near = NearestName.of(text, among: known.keys.sorted()) {
            throw ValidationError("'\(text)' is no object identifier and no name known here; did you mean \(near)?")
        }
        throw ValidationError(
            "'\(text)' is no object identifier and no name known here; write it dotted, such as 1.3.6.1.2.1.1")
    }

    var description: String { root.description }
}
