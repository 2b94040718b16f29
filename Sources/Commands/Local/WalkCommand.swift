import ArgumentParser
import SNMP

/// `wardflux walk`.
struct WalkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "walk",
        abstract: "Print everything a device has under an object identifier, as snmpwalk does.",
        discussion: "Ends with 0 where all was read, 2 where the walk broke off, 1 where the device did not answer.")

    @OptionGroup var agent: AgentOptions

    @Argument(help: "Where to begin: dotted, or a name such as system, ifTable, ifXTable, ifAlias, lldpRemTable.")
    var oid: SubtreeName = .mib2

    @Option(name: .long, help: "At most this many values.")
    var limit = 1_000_000

    @Flag(name: .long, help: "Print a JSON list of oid, type and value.")
    var json = false

    mutating func validate() throws {
        if limit < 1 { throw ValidationError("--limit is at least 1.") }
    }

    func run() async throws {
        let root = oid.root
        let limit = limit
        let walk = try await agent.ask { (engine, target) async throws(SNMPError) in
            try await engine.walk(root, of: target, limit: limit)
        }
        let console = Console.current
        if json {
            console.line(JSONWriter.pretty(.array(walk.varBinds.map(WalkLine.json))))
        } else if walk.varBinds.isEmpty {
            console.line(".\(root) = No Such Object available on this agent at this OID")
        } else {
            console.write(walk.varBinds.map { WalkLine.text($0) + "\n" }.joined())
        }
        switch walk.status {
        case .complete, .absent, .partial(.rowLimit): return
        case .partial(let fault):
            console.errorLine("warning: broke off after \(walk.varBinds.count) values: \(fault)")
            throw QuietExit(status: .partial)
        case .failed(let fault): throw CommandFailure("\(agent.address.text): \(fault)")
        }
    }
}

/// An object identifier, dotted or by one of the names network engineers type most.
struct SubtreeName: ExpressibleByArgument, Hashable, Sendable {
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

    /// Reads `1.3.6.1`, `.1.3.6.1` or a known name; nil for anything else.
    init?(argument: String) {
        guard let root = ObjectIdentifier(argument) ?? Self.known[argument] else { return nil }
        self.root = root
    }

    var defaultValueDescription: String { root.description }
}
