import SNMP

struct WalkSubtree {
    static func main() async throws {
        let engine = try Engine()
        let agent = Target(TransportAddress(127, 0, 0, 1), .v2c(community: Community("public")))
        for line in try await lines(of: agent, under: "1.3.6.1.2.1.1", engine) { print(line) }
        engine.shutdown()
    }

    /// Everything under a name, and a last line that says how the walk ended.
    static func lines(
        of agent: Target, under root: ObjectIdentifier, _ engine: Engine
    ) async throws(SNMPError) -> [String] {
        let walk = try await engine.walk(root, of: agent)
        let end =
            switch walk.status {
            case .complete: "\(walk.varBinds.count) variable bindings, all there are"
            case .absent: "the agent has nothing there"
            case .partial(let fault): "\(walk.varBinds.count) variable bindings, then \(fault)"
            case .failed(let fault): "nothing could be read: \(fault)"
            }
        return walk.varBinds.map(\.description) + [end]
    }
}
