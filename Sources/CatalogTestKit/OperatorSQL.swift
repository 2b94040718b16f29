public import Catalog
import Inventory

/// The SQL that operators run on a live catalog, which must work on every relational backend.
///
/// A backend hands in a way to run plain SQL beside the catalog; the rows come back as text, NULL as nil.
public enum OperatorSQL {
    /// Runs one statement on the store of the catalog and gives its rows.
    public typealias Query = @Sendable (_ sql: String) async throws -> [[String?]]

    /// Fills a fresh catalog with a small network and checks what each statement answers.
    public static func check(catalog: any Catalog, query: Query) async throws {
        let network = try await fill(catalog)
        for interface in network.critical {
            for hour in 0..<4 {
                _ = try await query(baselineInsert(interface, hour: hour, confidence: hour == 0 ? "0.9" : "0.5"))
            }
        }
        try await checkTotals(query)
        try await checkTypes(query)
        try await checkUplinks(query)
        try await checkBaselines(query)
        try await checkLinks(query)
        try await checkNeighbours(query)
        try await checkHistory(query)
        try await checkAnomalies(query)
    }

    /// Total interfaces, count by type, five critical rows, baselines counted.
    private static func checkTotals(_ query: Query) async throws {
        try expectEqual(
            try await query("SELECT COUNT(*) FROM device_interfaces"), [["6"]], "total interfaces")
        let byType = try await query(
            "SELECT interface_type, COUNT(*) FROM device_interfaces GROUP BY interface_type ORDER BY interface_type")
        try expectEqual(byType, [["access", "2"], ["isp", "2"], ["trunk", "2"]], "count by interface_type")
        let critical = try await query("SELECT if_name FROM device_interfaces WHERE is_critical LIMIT 5")
        try expectEqual(critical.count, 3, "rows where is_critical")
        try expectEqual(try await query("SELECT COUNT(*) FROM interface_baselines"), [["12"]], "baselines")
    }

    private static func checkTypes(_ query: Query) async throws {
        let rows = try await query(
            """
            SELECT interface_type, COUNT(*) AS count,
              SUM(CASE WHEN is_critical THEN 1 ELSE 0 END) AS critical_count,
              SUM(CASE WHEN monitoring_enabled THEN 1 ELSE 0 END) AS monitored_count
            FROM device_interfaces GROUP BY interface_type ORDER BY count DESC, interface_type
            """)
        let expected: [[String?]] = [["access", "2", "0", "1"], ["isp", "2", "2", "2"], ["trunk", "2", "1", "2"]]
        try expectEqual(rows, expected, "counts per interface_type")
    }

    private static func checkUplinks(_ query: Query) async throws {
        let rows = try await query(
            """
            SELECT sd.name, di.if_name, di.isp_provider, di.if_speed, di.if_oper_status, di.last_discovered_at
            FROM device_interfaces di JOIN standalone_devices sd ON sd.id = di.device_id
            WHERE di.interface_type = 'isp' ORDER BY di.isp_provider, sd.name
            """)
        try expectEqual(
            rows.map { Array($0.prefix(5)) },
            [
                ["BRANCH-SW-12", "Gi1", "magti", "100000000", "2"],
                ["CORE-SW-03", "Gi1", "silknet", "1000000000", "1"],
            ], "ISP uplinks by provider and device")
        try expect(rows.allSatisfy { $0.count == 6 && $0[5] != nil }, "each uplink tells when it was last discovered")
    }

    private static func checkBaselines(_ query: Query) async throws {
        let rows = try await query(
            """
            SELECT COUNT(*), ROUND(AVG(confidence) * 10) = 6, COUNT(CASE WHEN confidence > 0.8 THEN 1 END),
              COUNT(DISTINCT interface_id) FROM interface_baselines
            """)
        try expectEqual(rows.count, 1, "rows of the figures of baselines")
        try expectEqual(rows.first?[0], "12", "baselines in all")
        try expect(["1", "t", "true"].contains(rows.first?[1] ?? ""), "the average confidence is 0.6")
        try expectEqual(rows.first?[2], "3", "baselines with confidence above 0.8")
        try expectEqual(rows.first?[3], "3", "interfaces with baselines")
        let known = try await query("SELECT COUNT(*) FROM interface_baselines WHERE sample_count_in IS NOT NULL")
        try expectEqual(known, [["0"]], "baselines of operators, which tell no samples by direction")
    }

    /// Open anomalies with where they are, incidents with their members, what was said and excluded.
    private static func checkAnomalies(_ query: Query) async throws {
        let rows = try await query(
            """
            SELECT sd.name, di.if_name, a.direction, a.kind, a.severity, a.message, i.title
            FROM anomalies a
            JOIN device_interfaces di ON di.id = a.interface_id
            JOIN standalone_devices sd ON sd.id = di.device_id
            LEFT JOIN incidents i ON i.id = a.incident_id
            WHERE a.ended_at IS NULL ORDER BY a.started_at DESC
            """)
        let drop: [String?] = ["BRANCH-SW-12", "Gi1", "in", "traffic_drop", "critical", "drop", "Uplinks"]
        try expectEqual(rows, [drop], "open anomalies")
        let incidents = try await query(
            """
            SELECT i.title, i.state, COUNT(*) FROM incidents i JOIN anomalies a ON a.incident_id = i.id
            GROUP BY i.id, i.title, i.state
            """)
        try expectEqual(incidents, [["Uplinks", "raised", "2"]], "incidents and their members")
        let said = try await query("SELECT kind, direction, note FROM anomaly_actions")
        try expectEqual(said, [["expected", nil, "planned"]], "what operators said")
        let excluded = try await query(
            "SELECT scope, tag, reason FROM baseline_exclusions WHERE starts_at < '2030-01-01T00:00:00.000Z'")
        try expectEqual(excluded, [["tag", "site:Tbilisi", nil]], "excluded times")
    }

    private static func checkLinks(_ query: Query) async throws {
        let rows = try await query(
            """
            SELECT source.name, di.if_name, target.name, di.lldp_neighbor_port
            FROM device_interfaces di
            JOIN standalone_devices source ON source.id = di.device_id
            JOIN standalone_devices target ON target.id = di.connected_to_device_id
            ORDER BY source.name
            """)
        let expected: [[String?]] = [
            ["BRANCH-SW-12", "Gi2", "CORE-SW-03", "Gi2"], ["CORE-SW-03", "Gi2", "BRANCH-SW-12", "Gi2"],
        ]
        try expectEqual(rows, expected, "links between devices")
    }

    /// Neighbours with what they are, and those that match no device.
    private static func checkNeighbours(_ query: Query) async throws {
        let rows = try await query(
            """
            SELECT source.name, di.if_name, n.protocol, n.neighbor_name, n.management_address, target.name
            FROM interface_neighbours n
            JOIN standalone_devices source ON source.id = n.device_id
            JOIN device_interfaces di ON di.id = n.interface_id
            LEFT JOIN standalone_devices target ON target.id = n.connected_to_device_id
            ORDER BY source.name, di.if_name
            """)
        let expected: [[String?]] = [
            ["BRANCH-SW-12", "Gi2", "lldp", "CORE-SW-03.bank.example", "192.0.2.1", "CORE-SW-03"],
            ["BRANCH-SW-12", "Gi3", "cdp", "SEP001B54AA0001", nil, nil],
            ["CORE-SW-03", "Gi2", "lldp", "BRANCH-SW-12.bank.example", "192.0.2.2", "BRANCH-SW-12"],
        ]
        try expectEqual(rows, expected, "neighbours")
        let orphans = try await query(
            """
            SELECT neighbor_name, platform, COUNT(*) FROM interface_neighbours
            WHERE connected_to_device_id IS NULL GROUP BY neighbor_name, platform
            """)
        try expectEqual(orphans, [["SEP001B54AA0001", "Cisco IP Phone", "1"]], "neighbours that match no device")
        let phones = "SELECT neighbor_name FROM interface_neighbours WHERE capabilities LIKE '%telephone%'"
        try expectEqual(try await query(phones), [["SEP001B54AA0001"]], "telephones")
    }

    /// Cables that are there, and what changed when.
    private static func checkHistory(_ query: Query) async throws {
        let links = try await query(
            """
            SELECT a_device_name, a_port, b_device_name, b_port, confidence > 0.8, appeared_revision
            FROM topology_links WHERE vanished_at IS NULL
            """)
        try expectEqual(links.map { Array($0.prefix(4)) }, [["CORE-SW-03", "Gi2", "BRANCH-SW-12", "Gi2"]], "cables")
        try expectEqual(links.first?.last, "1", "the revision it appeared with")
        let revisions = try await query(
            "SELECT number, connections, mapped, links, appeared, vanished FROM topology_revisions ORDER BY number")
        try expectEqual(revisions, [["1", "3", "2", "1", "1", "0"]], "revisions")
    }

    /// Two devices with an uplink, a trunk to each other and an access port each.
    private static func fill(_ catalog: any Catalog) async throws -> (devices: [Device], critical: [Interface]) {
        let devices = [
            Specimens.device("CORE-SW-03", "192.0.2.1"), Specimens.device("BRANCH-SW-12", "192.0.2.2"),
        ]
        try await catalog.add(devices[0], devices[1])
        var (critical, ports): ([Interface], [[Interface]]) = ([], [])
        for (number, device) in devices.enumerated() {
            var uplink = Specimens.interface(of: device, 1, name: "Gi1")
            uplink.interfaceType = .isp
            uplink.isCritical = true
            uplink.ispProvider = number == 0 ? "silknet" : "magti"
            uplink.facts.ifSpeed = number == 0 ? 1_000_000_000 : 100_000_000
            uplink.facts.operStatus = number + 1
            var trunk = Specimens.interface(of: device, 2, name: "Gi2")
            trunk.interfaceType = .trunk
            trunk.isCritical = number == 0
            var access = Specimens.interface(of: device, 3, name: "Gi3")
            access.monitoringEnabled = number == 0
            let all = [uplink, trunk, access]
            try await catalog.revise(device) { $0.inserted = all }
            critical += all.filter(\.isCritical)
            ports.append(all)
        }
        try await wire(catalog, devices, ports)
        try await disturb(catalog, ports.map { $0[0] })
        return (devices, critical)
    }

    /// Each trunk hears the other, and the branch's access port a telephone.
    private static func wire(_ catalog: any Catalog, _ devices: [Device], _ ports: [[Interface]]) async throws {
        try await catalog.reviseTopology { change in
            (change.revision.connections, change.revision.mapped) = (3, 2)
            (change.revision.links, change.revision.appeared) = (1, 1)
            for (number, device) in devices.enumerated() {
                let (far, port) = (devices[1 - number], ports[number][1])
                var heard = Specimens.neighbour(of: device, at: port, "Gi2", name: "\(far.name).bank.example")
                heard.reading.managementAddresses = [far.address]
                heard.match.deviceID = far.id
                change.insertedNeighbours.append(heard)
                var connection = InterfaceConnection()
                connection.deviceID = far.id
                connection.neighbourName = far.name
                connection.neighbourPort = "Gi2"
                change.connections[port.id] = connection
            }
            let name = "SEP001B54AA0001"
            var phone = Specimens.neighbour(of: devices[1], at: ports[1][2], "Gi3", by: .cdp, name: name)
            phone.reading.platform = "Cisco IP Phone"
            phone.reading.capabilities = [.telephone]
            change.insertedNeighbours.append(phone)
            var link = Specimens.link(devices[0], devices[1], port: "Gi2", at: 60)
            link.link.b.port = "Gi2"
            change.savedLinks = [link]
        }
    }

    /// Both uplinks lose their traffic together; one has it back, as an operator had planned.
    private static func disturb(_ catalog: any Catalog, _ uplinks: [Interface]) async throws {
        var found = uplinks.enumerated().map { Specimens.anomaly($1, at: Double($0), lasting: $0 == 0 ? 600 : nil) }
        (found[1].kind, found[1].severity, found[1].message) = (.trafficDrop, .critical, "drop")
        var incident = Specimens.incident(found)
        incident.title = "Uplinks"
        try await catalog.saveAnomalies(found, incidents: [incident])
        var said = AnomalyAction(kind: .expected, interfaceID: uplinks[0].id, at: Specimens.noon)
        (said.anomalyID, said.note) = (found[0].id, "planned")
        try await catalog.saveAnomalyAction(said)
        let (begin, end) = (Specimens.noon, Specimens.time(3_600))
        try await catalog.saveBaselineExclusion(
            BaselineExclusion(scope: .tag("site:Tbilisi"), from: begin, to: end, at: begin))
    }

    private static func baselineInsert(_ interface: Interface, hour: Int, confidence: String) -> String {
        """
        INSERT INTO interface_baselines (id, interface_id, hour_of_day, day_of_week,
          avg_in_mbps, std_dev_in_mbps, min_in_mbps, max_in_mbps,
          avg_out_mbps, std_dev_out_mbps, min_out_mbps, max_out_mbps, sample_count, confidence, last_updated)
        VALUES ('\(InterfaceID.random())', '\(interface.id)', \(hour), 1,
          320.0, 80.0, 100.0, 500.0, 20.0, 8.0, 1.0, 50.0, 24, \(confidence), '2026-03-01T04:00:00.000Z')
        """
    }
}
