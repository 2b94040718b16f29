import Inventory
import Testing

@testable import Alerting

/// A poller's switch, a core behind it, two branches behind that; every cable has a port at both ends.
struct SmallNetwork {
    let start = Timestamp(seconds: 1_772_000_000)
    var devices: [String: Device] = [:]
    var ports: [String: Interface] = [:]
    let inventory: AlertInventory
    let graph: ReachabilityGraph

    init() {
        for name in ["ADM", "CORE", "BR-1", "BR-2"] {
            devices[name] = Device(name: name, address: "127.1.0.\(devices.count + 1)", at: Timestamp(seconds: 0))
        }
        var cables: [ReachabilityGraph.Cable] = []
        for (near, far) in [("ADM", "CORE"), ("CORE", "BR-1"), ("CORE", "BR-2")] {
            guard let a = devices[near], let b = devices[far] else { continue }
            let (one, other) = (Self.port("to \(far)", a, b), Self.port("to \(near)", b, a))
            (ports["\(near)>\(far)"], ports["\(far)>\(near)"]) = (one, other)
            cables.append(.init(.init(a.id, one.id, port: "to \(far)"), .init(b.id, other.id, port: "to \(near)")))
        }
        if let adm = devices["ADM"] { ports["user"] = Self.port("user", adm, nil, .access) }
        inventory = AlertInventory(devices: Array(devices.values), interfaces: Array(ports.values))
        graph = ReachabilityGraph(
            devices: devices.values.map { .init(id: $0.id, name: $0.name) }, cables: cables, place: devices["ADM"]?.id)
    }

    private static func port(_ name: String, _ on: Device, _ far: Device?, _ type: InterfaceType = .trunk) -> Interface
    {
        var facts = InterfaceFacts(ifIndex: 1)
        (facts.ifName, facts.adminStatus, facts.operStatus, facts.ifSpeed) = (name, 1, 1, 1_000_000_000)
        var port = Interface(deviceID: on.id, facts: facts, at: Timestamp(seconds: 0))
        (port.interfaceType, port.connectedToDeviceID, port.lldpNeighborName) = (type, far?.id, far?.name)
        return port
    }

    func at(_ seconds: Double) -> Timestamp { start.advanced(bySeconds: seconds) }
    func device(_ name: String) throws -> DeviceID { try #require(devices[name]).id }
    func port(_ name: String) throws -> InterfaceID { try #require(ports[name]).id }

    /// An engine that heard all devices half a minute before; or, where it goes on after a restart, none yet.
    func engine(
        _ stored: [Alert] = [], _ inventory: AlertInventory? = nil, rules: [AlertRule] = AlertFile.shipped,
        at seconds: Double = 0, hasHeard: Bool = true
    ) throws -> AlertEngine {
        var engine = AlertEngine(stored)
        engine.revise(inventory ?? self.inventory, rules: AlertRuleBook(rules), at: at(seconds))
        engine.revise(graph, waitSeconds: 60)
        var route = AlertRoute()
        (route.receivers, route.intervalSeconds) = (["noc"], 0)
        engine.revise(try RouteTree(route), keepsState: [])
        guard hasHeard else { return engine }
        for device in devices.values { engine.heard(device.id, at: at(-30)) }
        return engine
    }

    /// What is told, in words.
    func told(_ outcome: AlertOutcome) -> [String] {
        outcome.deliveries.flatMap(\.alerts).map { $0.isOpen ? $0.message : "over: \($0.message)" }
    }

    /// What is open, and why it is not told.
    func open(_ engine: AlertEngine) -> [String] {
        engine.ledger.open.values.map { alert in
            alert.message + (alert.hold.map { " [\($0.rawValue)]" } ?? "")
        }.sorted()
    }
}
