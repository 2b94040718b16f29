import Inventory
import Traffic

@testable import Alerting

/// A poller's switch, a core behind it and two branches behind that, each cable with a port at both ends; and what
/// polls read of them.
struct ReplayScene {
    static let start = Timestamp(seconds: 1_772_000_000)
    static let interval: UInt16 = 300
    let devices: [Device]
    let ports: [Interface]
    let graph: ReachabilityGraph

    /// The scene; seeds differ in identities alone, and so in what comes first of equals.
    init(seed: UInt64 = 0) {
        let names = ["ADM", "CORE", "BR-1", "BR-2"]
        devices = names.enumerated().map { place, name in
            Device(
                id: .derived(at: Timestamp(seconds: 0), from: [seed, UInt64(place)]), name: name,
                address: "127.1.0.\(place + 1)", at: Timestamp(seconds: 0))
        }
        var (ports, cables): ([Interface], [ReachabilityGraph.Cable]) = ([], [])
        for (near, far) in [(0, 1), (1, 2), (1, 3)] {
            let one = Self.port("to \(names[far])", devices[near], devices[far])
            let other = Self.port("to \(names[near])", devices[far], devices[near])
            ports += [one, other]
            cables.append(
                .init(
                    .init(devices[near].id, one.id, port: "to \(names[far])"),
                    .init(devices[far].id, other.id, port: "to \(names[near])")))
        }
        self.ports = ports
        graph = ReachabilityGraph(
            devices: devices.map { .init(id: $0.id, name: $0.name) }, cables: cables, place: devices[0].id)
    }

    private static func port(_ name: String, _ on: Device, _ far: Device) -> Interface {
        var facts = InterfaceFacts(ifIndex: 1)
        facts.ifName = name
        var port = Interface(
            id: .derived(at: Timestamp(seconds: 0), from: on.id.words + far.id.words), deviceID: on.id, facts: facts,
            at: Timestamp(seconds: 0))
        (port.interfaceType, port.connectedToDeviceID, port.monitoringEnabled) = (.trunk, far.id, true)
        return port
    }

    var inventory: AlertInventory { AlertInventory(devices: devices, interfaces: ports) }

    static func at(_ seconds: Double) -> Timestamp { start.advanced(bySeconds: seconds) }

    /// The ports of a device, by its place.
    func ports(of device: Int) -> [Interface] { ports.filter { $0.deviceID == devices[device].id } }

    /// A reading of a port of 1 Gbit/s that carried `megabits` all the time until then.
    static func reading(
        at seconds: Double, megabits: Double = 10, isUp: Bool = true, upFrom: Double = -1e6, interval: UInt16 = interval
    ) -> CounterReading {
        var reading = CounterReading(at: at(seconds), intervalSeconds: interval)
        let octets = UInt64((seconds + 1e6) * megabits * 125_000)
        for kind in CounterKind.allCases { reading[kind] = 0 }
        for kind in [CounterKind.inOctets, .outOctets] { reading[kind] = octets }
        for kind in [CounterKind.inUnicastPackets, .outUnicastPackets] { reading[kind] = octets / 1_000 }
        (reading.ifSpeed, reading.sysUpTime) = (1_000_000_000, UInt32((seconds - upFrom) * 100))
        (reading.adminStatus, reading.operStatus) = (1, isUp ? 1 : 2)
        return reading
    }

    /// The polls of some devices, each at its own time within the interval, as `read` makes them; nil for none.
    func polls(
        from: Double, to: Double, _ read: (_ device: Int, _ port: Interface, _ seconds: Double) -> CounterReading?
    ) -> [AlertReplayFact] {
        var facts: [AlertReplayFact] = []
        for place in devices.indices {
            let phase = 60.0 * Double(place)
            for seconds in stride(from: from + phase, to: to, by: Double(Self.interval)) {
                for port in ports(of: place) {
                    if let reading = read(place, port, seconds) { facts.append(.reading(port.id, reading)) }
                }
            }
        }
        return facts.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }

    /// Everything is told to `noc` at once.
    static func law(_ rules: [AlertRule] = AlertFile.shipped) throws -> AlertReplayLaw {
        var route = AlertRoute()
        (route.receivers, route.intervalSeconds) = (["noc"], 0)
        return AlertReplayLaw(rules: AlertRuleBook(rules), routes: try RouteTree(route))
    }

    /// Runs polls of 4 hours, of which the first hour only tells how things stood.
    func replay(
        _ facts: [AlertReplayFact], law: AlertReplayLaw? = nil, quiet: QuietBook = QuietBook(), hours: Double = 4,
        _ change: (inout AlertReplaySettings) -> Void = { _ in }
    ) throws -> AlertReplayResult {
        var settings = AlertReplaySettings(from: Self.at(3_600), to: Self.at(hours * 3_600))
        settings.waitSeconds = Int(Self.interval) + 60
        change(&settings)
        var replay = AlertReplay(
            try law ?? Self.law(), inventory: inventory, quiet: quiet, start: Self.start, settings: settings)
        replay.take([.wiring(graph, at: Self.start)] + facts)
        return replay.finish()
    }
}
