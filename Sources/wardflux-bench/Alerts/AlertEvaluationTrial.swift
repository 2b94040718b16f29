import Alerting
import Inventory

/// What looking at all interfaces costs: the shipped rules, most of it in order, some ports down, some full.
struct AlertEvaluationTrial {
    var interfaces: Int
    var rounds: Int

    private static let start = Timestamp(seconds: 1_772_323_200)
    private static let roundSeconds = 60.0

    /// Processor seconds of each kind of work, a round each.
    private struct Costs {
        var taking: [Double] = []
        var evaluating: [Double] = []
        var revising: [Double] = []
    }

    func result() throws -> JSONLine {
        let fleet = AlertFleet(ports: interfaces, at: Self.start)
        var inventory = AlertInventory(devices: fleet.devices, interfaces: fleet.ports)
        let rules = AlertRuleBook(AlertFile.shipped)
        let before = ResidentMemory.octets
        var engine = AlertEngine()
        engine.revise(try Self.routes(), keepsState: [])
        engine.revise(fleet.graph, waitSeconds: 60)
        var first = JSONLine()
        first.add("first_revision", Self.cost { engine.revise(inventory, rules: rules, at: Self.start) })
        first.add("octets_per_interface", Double(ResidentMemory.octets - before) / Double(max(1, interfaces)))
        var (costs, deliveries) = (Costs(), 0)
        for round in 0...rounds {
            let now = Self.start.advanced(bySeconds: Double(round + 1) * Self.roundSeconds)
            deliveries += play(round, at: now, fleet, &engine, &costs)
            Self.touch(&inventory, fleet, round, at: now)
            costs.revising.append(Self.cost { engine.revise(inventory, rules: rules, at: now) })
        }
        return line(first, costs, engine, deliveries)
    }

    /// A poll of everything, then a look at everything; how much is to be delivered.
    private func play(
        _ round: Int, at now: Timestamp, _ fleet: AlertFleet, _ engine: inout AlertEngine, _ costs: inout Costs
    ) -> Int {
        let rates = fleet.rates(at: now, round: round)
        for device in fleet.devices { engine.heard(device.id, at: now) }
        costs.taking.append(Self.cost { engine.take(rates) })
        var count = 0
        costs.evaluating.append(
            Self.cost { count = engine.evaluate(at: now.advanced(bySeconds: 1)).deliveries.count })
        return count
    }

    /// One interface is another than before, as after a discovery.
    private static func touch(_ inventory: inout AlertInventory, _ fleet: AlertFleet, _ round: Int, at now: Timestamp) {
        guard let id = fleet.ports.first?.id else { return }
        inventory.interfaces[id]?.facts.ifAlias = "round \(round)"
        inventory.interfaces[id]?.updatedAt = now
    }

    /// The first round opens what is down and full: it is left out.
    private func line(_ first: JSONLine, _ costs: Costs, _ engine: AlertEngine, _ deliveries: Int) -> JSONLine {
        var line = first
        line.add("first_evaluation", costs.evaluating.first ?? .nan)
        line.add("take", Array(costs.taking.dropFirst()))
        line.add("evaluate", Array(costs.evaluating.dropFirst()))
        line.add("revise", Array(costs.revising.dropFirst()))
        line.add("open", engine.ledger.open.count)
        line.add("deliveries", deliveries)
        return line
    }

    /// Everything to one receiver, by device.
    static func routes() throws -> RouteTree {
        var route = AlertRoute()
        (route.receivers, route.groupBy) = (["noc"], ["device"])
        return try RouteTree(route)
    }

    private static func cost(_ work: () -> Void) -> Double {
        let begun = ProcessorTime.seconds
        work()
        return ProcessorTime.seconds - begun
    }
}
