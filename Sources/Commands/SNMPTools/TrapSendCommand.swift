import ArgumentParser
import Inventory
import ObjectNames
import SNMP

/// `wardflux trap send`.
struct TrapSendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send",
        abstract: "Send a trap or an inform, as snmptrap does.",
        discussion: """
            Variable bindings are triples of name, type and value: ifAlias.3 s "Magti uplink". Types are those of \
            snmptrap: i INTEGER, u Gauge32, c Counter32, C Counter64, t TimeTicks, s text, x hexadecimal octets, \
            o object identifier, a IpAddress, n NULL; = takes the type of a known name. Put -- before values that \
            begin with a minus sign. Ends with 4 where an inform is not acknowledged.
            """)

    @Argument(help: "Address or host name of the receiver, with the port where it is not 162.")
    var address: AgentAddress

    @Argument(help: "What happened: linkDown, coldStart, another name, or dotted.", transform: ObjectArgument.parse)
    var trap: ObjectArgument

    @Argument(help: ArgumentHelp("Variable bindings: name, type and value.", valueName: "name type value"))
    var varbinds: [String] = []

    @OptionGroup var credential: CredentialOptions

    @Option(name: .long, help: "Add ifIndex, ifAdminStatus and ifOperStatus of this interface (linkDown, linkUp).")
    var ifIndex: UInt32?

    @Flag(name: .long, help: "Send an inform and wait until it is acknowledged.")
    var inform = false

    @Option(name: .long, help: ArgumentHelp("sysUpTime to send. (default: this host's)", valueName: "hundredths"))
    var upTime: UInt32?

    @Option(
        name: .long,
        help: ArgumentHelp("agent-addr of a trap of version 1. (default: 0.0.0.0)", valueName: "ipv4"))
    var agentAddress: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Engine ID that traps of version 3 are from; the receiver knows the user under it. (default: one of this host)",
            valueName: "hex"))
    var engineId: String?

    @Option(name: .long, help: ArgumentHelp("How long the first attempt of an inform waits.", valueName: "seconds"))
    var timeout = 1.5

    @Option(name: .long, help: "Attempts of an inform after the first one.")
    var retries = 2

    mutating func validate() throws {
        guard (0.001...600).contains(timeout) else { throw ValidationError("--timeout is 0.001 to 600 seconds.") }
        guard (0...16).contains(retries) else { throw ValidationError("--retries is 0 to 16.") }
        if inform && credential.effectiveVersion == .v1 { throw ValidationError("version 1 has no informs.") }
        _ = try VarBindArguments.parse(varbinds)
        _ = try agentOctets()
        _ = try engineID()
    }

    func run() async throws {
        let credential = try credential.required()
        var sent = OutgoingNotification(trapOID: trap.oid, upTime: upTime ?? UpTime.hundredths())
        sent.varBinds = try links() + VarBindArguments.parse(varbinds)
        sent.agentAddress = try agentOctets()
        let target = try receiver(credential)
        var post = NotificationPost(target: target, notification: sent)
        if let engineID = try engineID() { post.engineID = engineID }
        do {
            try await post.send(isInform: inform)
        } catch {
            throw AgentFailure(address: address, credential: credential).notSent(error)
        }
    }

    private func receiver(_ credential: Credential) throws -> Target {
        let port = UInt16(address.givenPort ?? Int(TransportAddress.notificationPort))
        do {
            var target = Target(try TransportAddress.resolve(host: address.host, port: port)[0], credential)
            target.timeoutMilliseconds = UInt32(timeout * 1000)
            target.retries = retries
            return target
        } catch {
            throw AgentFailure(address: address, credential: credential).failure(error)
        }
    }

    /// What linkDown and linkUp tell of their interface (RFC 2863).
    private func links() -> [VarBind] {
        guard let ifIndex else { return [] }
        let entry: ObjectIdentifier = "1.3.6.1.2.1.2.2.1"
        let isDown = trap.oid == "1.3.6.1.6.3.1.1.5.3"
        return [
            VarBind(entry.appending(1, ifIndex), .integer(Int32(truncatingIfNeeded: ifIndex))),
            VarBind(entry.appending(7, ifIndex), .integer(1)),
            VarBind(entry.appending(8, ifIndex), .integer(isDown ? 2 : 1)),
        ]
    }

    private func engineID() throws(ValidationError) -> [UInt8]? {
        guard let engineId else { return nil }
        guard let octets = VarBindArguments.octets(engineId), (5...32).contains(octets.count) else {
            throw ValidationError("--engine-id is 5 to 32 octets in hexadecimal, such as 8000000001020304.")
        }
        return octets
    }

    private func agentOctets() throws(ValidationError) -> [UInt8] {
        guard let agentAddress else { return [0, 0, 0, 0] }
        guard let octets = VarBindArguments.ipAddress(agentAddress) else {
            throw ValidationError("--agent-address is an IPv4 address such as 10.0.0.1.")
        }
        return octets
    }
}
