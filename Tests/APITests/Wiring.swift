import API
import Catalog
import Discovery
import Inventory
import Listing
import Topology

/// A small network, wired as its devices tell it.
///
/// `CORE` and `DIST` by two cables, `ACC` behind `DIST` with a telephone that is no device, `LONE` without a cable.
struct Wiring: Sendable {
    let api: Fixture
    let core: DeviceID
    let dist: DeviceID
    let acc: DeviceID
    let lone: DeviceID
    static let phone = "SEP001122334455"

    init(
        settings: APISettings = Fixture.exact, metrics: MetricsSource = MetricsSource(),
        topology: TopologySource = TopologySource(), isRead: Bool = true
    ) async throws {
        api = try Fixture(settings: settings, metrics: metrics, topology: topology)
        core = try await api.add("CORE", [.trunk, .trunk, .isp], address: "10.0.0.1").0.id
        dist = try await api.add("DIST", [.trunk, .trunk, .access], address: "10.0.0.2").0.id
        acc = try await api.add("ACC", [.access, .access], address: "10.0.0.3").0.id
        lone = try await api.add("LONE", [.access], address: "10.0.0.4").0.id
        try await api.catalog.reviseDevices(.all) { devices in
            var revision = DeviceRevision()
            revision.updated = devices.map { device in
                var device = device
                device.deviceType = device.name == "CORE" ? .router : .switch
                device.tags = device.name == "LONE" ? [] : ["hq"]
                return device
            }
            return (revision, ())
        }
        if isRead { try await read(Self.tables()) }
    }

    /// What one neighbour says on a port.
    static func heard(
        _ port: Int64, _ name: String, _ farPort: String?, by source: NeighbourProtocol = .lldp,
        capabilities: Set<NeighbourCapability> = [.bridge], address: String? = nil, platform: String? = nil
    ) -> NeighbourReading {
        var reading = NeighbourReading(heardBy: source, localPort: "Gi0/\(port)")
        reading.localIfIndex = port
        reading.localPortRule = .portIDIsName
        reading.systemName = name
        reading.port = farPort.map { NeighbourID(subtype: 5, kind: .text, text: $0) }
        reading.capabilities = capabilities
        reading.managementAddresses = address.map { [$0] } ?? []
        reading.platform = platform
        return reading
    }

    /// What each device hears; `moved` is the port of `DIST` to which the cable of `ACC` goes.
    static func tables(orphan: NeighbourReading? = nil, parallel: Bool = true) -> [String: [NeighbourReading]] {
        let second = parallel ? [heard(2, "DIST", "Gi0/2")] : []
        let telephone = heard(
            2, phone, "Port 1", by: .cdp, capabilities: [.telephone], address: "10.0.9.9", platform: "IP Phone")
        return [
            "CORE": [heard(1, "DIST", "Gi0/1")] + second,
            "DIST": [heard(1, "CORE", "Gi0/1"), heard(3, "ACC", "Gi0/1")]
                + (parallel ? [heard(2, "CORE", "Gi0/2")] : []),
            "ACC": [heard(1, "DIST", "Gi0/3"), orphan ?? telephone],
        ]
    }

    /// A run of topology discovery that read these tables.
    func read(_ tables: [String: [NeighbourReading]], at time: Timestamp = Fixture.now) async throws {
        try await api.catalog.reviseTopology { book in
            var arrivals: [DeviceID: DeviceNeighbours] = [:]
            for device in book.devices {
                guard let neighbours = tables[device.name] else { continue }
                var answer = DeviceNeighbours()
                answer.neighbours = neighbours
                answer.local.systemNames = [device.name]
                answer.local.protocols = [.lldp, .cdp]
                arrivals[device.id] = answer
            }
            return (TopologyReconciler.reconcile(book: book, arrivals: arrivals, failed: [], at: time).change, ())
        }
    }

    /// A document of the API.
    func get(_ path: String) async throws -> JSONValue {
        try await api.send("GET", path).document
    }

    /// The edges of a graph in a few words, such as `CORE Gi0/1 - DIST Gi0/1`, ordered.
    static func cables(_ graph: JSONValue) -> [String] {
        graph.list("edges").map { edge in
            ["source", "target"].map { "\(edge.text("\($0)_name")) \(edge.text("\($0)_interface"))" }.sorted()
                .joined(separator: " - ")
        }.sorted()
    }
}

extension JSONValue {
    /// The elements of a member that is an array; none where it is none.
    func list(_ name: String) -> [JSONValue] {
        if case .array(let elements) = self[name] { elements } else { [] }
    }

    /// The text of a member; empty where it has none.
    func text(_ name: String) -> String {
        if case .string(let text) = self[name] { text } else { "" }
    }
}
