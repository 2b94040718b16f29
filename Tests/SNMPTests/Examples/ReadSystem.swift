import SNMP

struct ReadSystem {
    static func main() async throws {
        let text = CommandLine.arguments.dropFirst().first ?? "127.0.0.1:161"
        guard let address = TransportAddress(parsing: text) else { return print("\(text) is not an address") }
        let engine = try Engine()
        let agent = Target(address, .v2c(community: Community("public")))
        for line in try await describe(agent, engine) { print(line) }
        engine.shutdown()
    }

    /// What a device says of itself, a line for each value.
    static func describe(_ agent: Target, _ engine: Engine) async throws(SNMPError) -> [String] {
        let names: [ObjectIdentifier] = [
            "1.3.6.1.2.1.1.1.0",  // sysDescr.0
            "1.3.6.1.2.1.1.3.0",  // sysUpTime.0
            "1.3.6.1.2.1.1.5.0",  // sysName.0
        ]
        return try await engine.get(names, from: agent).map(\.description)
    }
}
