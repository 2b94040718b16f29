public import Inventory

/// Finds the failures that explain silent devices and dead ports, seen from the poller's place.
///
/// A silent device is a failure of its own only where something proves it: a device next to it answers after it was
/// found silent, or sees its port to it down. What lies behind such failures is explained by them. While neither is
/// known it is waited for, and the devices that decide are asked at once; so the order in which polls notice a failure
/// does not matter. Pure; one evaluation takes near linear time in devices and cables.
public struct CauseFinder: Sendable {
    /// The most devices to be asked at once.
    public static let probesMax = 64

    /// How devices are wired.
    public let graph: ReachabilityGraph
    /// How long a verdict waits for devices that were not heard yet, in seconds: about the interval of status polls.
    public let waitSeconds: Int

    /// A finder for one revision of the topology.
    public init(graph: ReachabilityGraph, waitSeconds: Int = 60) {
        self.graph = graph
        self.waitSeconds = max(0, waitSeconds)
    }

    /// What follows from the facts now, and from what was said last.
    public func judge(_ facts: NetworkFacts, after state: CauseState = CauseState(), at now: Timestamp) -> CauseReport {
        let ports = PortJudgement.ports(facts, graph)
        let evidence = CauseEvidence(
            facts, graph: graph, state: state, now: now, waitMilliseconds: Int64(waitSeconds) * 1000)
        let places = ports.compactMap { port in
            port.owner.map { DeadPortPlace(owner: $0, since: port.since, ends: port.ends) }
        }
        let judgement = DeviceJudgement(evidence, state: state, ports: places)
        let strangers = Set(judgement.evidence.strangers.map(\.id))
        let portJudgement = PortJudgement(ports, judgement, state, silentStrangers: strangers)
        var writer = CauseWriting(judgement, portJudgement, state)
        writer.writeDevices()
        writer.writeStrangers()
        writer.writePorts()
        return writer.report(deadPorts: facts.deadPorts, at: now)
    }
}
