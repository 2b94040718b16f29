import Baselines
import Catalog
import CatalogSQLite
import Inventory
import Testing

@testable import Pipelines

@Suite("Incidents read from the catalog")
struct IncidentReaderTests {
    private static let monday = WatchScene.start

    /// Twenty ports of four devices at two sites, in a catalog of their own.
    private struct Network {
        let catalog: SQLiteCatalog
        let devices: [Device]
        let ports: [InterfaceID: WatchedPort]
        let ids: [InterfaceID]

        init() async throws {
            var dice = Seeded(20)
            let devices = (0..<4).map { number in
                var device = Device(
                    id: .random(using: &dice), name: "SW-\(number)", address: "127.0.0.\(number + 9)", at: monday)
                device.tags = ["site:s\(number / 2)"]
                return device
            }
            let rows = (0..<20).map { number in
                var facts = InterfaceFacts(ifIndex: Int64(number + 1))
                facts.ifName = "Gi0/\(number)"
                var row = Interface(
                    id: .random(using: &dice), deviceID: devices[number % 4].id, facts: facts, at: monday)
                row.interfaceType = number < 8 ? .isp : .access
                return row
            }
            catalog = try SQLiteCatalog.inMemory()
            try await catalog.reviseDevices(.all) { _ in
                var revision = DeviceRevision()
                revision.inserted = devices
                return (revision, ())
            }
            try await catalog.reviseInterfaces(of: devices.map(\.id)) { _ in
                let revisions = devices.map { device in
                    var revision = InterfaceRevision(deviceID: device.id)
                    revision.inserted = rows.filter { $0.deviceID == device.id }
                    return revision
                }
                return (revisions, ())
            }
            self.devices = devices
            ids = rows.map(\.id)
            let watched = rows.enumerated().map { WatchedPort($1, devices[$0 % 4], peerDeviceName: nil) }
            ports = Dictionary(watched.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        }

        var reader: IncidentReader { IncidentReader(catalog: catalog, ports: ports) }
        var census: InterfaceCensus { InterfaceCensus(ports.values.map(\.place)) }
        var stored: Stored {
            get async throws {
                Stored(
                    anomalies: try await catalog.anomalies(AnomalyQuery(limit: 10_000)),
                    incidents: try await catalog.incidents(IncidentQuery(limit: 10_000)))
            }
        }
    }

    private struct Stored: Equatable {
        var anomalies: [Anomaly]
        var incidents: [Incident]

        /// Those that are spent of the budget of seven days.
        func told(_ ports: Set<InterfaceID>?, at now: Timestamp) -> Int {
            let own = Set(anomalies.filter { ports?.contains($0.interfaceID) ?? true }.compactMap(\.incidentID))
            return incidents.count { incident in
                own.contains(incident.id) && incident.state == .raised
                    && now.secondsSince(incident.startedAt) < 7 * 86_400
            }
        }
    }

    /// A book over a catalog, as the watch keeps it.
    private struct Keeper {
        let network: Network
        var book: IncidentBook

        mutating func check(_ rows: [Anomaly], at now: Timestamp) async throws {
            let known = try await network.reader.anomalies(rows.map(\.id))
            let changed = rows.map { row in
                var row = row
                if let stored = known[row.id] { (row.state, row.incidentID) = (stored.state, stored.incidentID) }
                return row
            }
            let recalled = try await network.reader.incidents(book.missing(for: changed))
            let changes = book.take(
                try await network.reader.members(changed), recalled: recalled, census: network.census,
                actions: OperatorActions(), at: now)
            try await network.catalog.saveAnomalies(changes.anomalies, incidents: changes.incidents)
        }
    }

    /// Sides that fall, come back, are silent and go on, alone or many at once.
    private struct Life {
        private var open: [AnomalyBook.Side: Anomaly] = [:]
        /// Those that were over, and when they go on.
        private var resting: [(Anomaly, Timestamp)] = []
        private let ids: [InterfaceID]
        var dice: Seeded

        init(_ ids: [InterfaceID], seed: UInt64) {
            self.ids = ids
            dice = Seeded(seed)
        }

        private mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &dice) }

        /// What a check at a time finds.
        mutating func step(at now: Timestamp) -> [Anomaly] {
            var found: [Anomaly] = []
            for anomaly in open.values.sorted(by: { $0.id < $1.id }) where below(16) == 0 {
                var anomaly = anomaly
                // Some are ended as nothing was heard of them for an hour, and go on later.
                let isSilent = below(3) == 0 && now.secondsSince(anomaly.startedAt) > 3900
                let end = now.advanced(bySeconds: isSilent ? -3900 : 0)
                (anomaly.lastAt, anomaly.endedAt) = (end, end)
                if below(6) == 0 { anomaly.severity = .critical }
                open[AnomalyBook.Side(anomaly)] = nil
                if isSilent || below(3) == 0 {
                    resting.append((anomaly, now.advanced(bySeconds: Double(300 * (1 + below(40))))))
                }
                found.append(anomaly)
            }
            for (anomaly, at) in resting where at == now && open[AnomalyBook.Side(anomaly)] == nil {
                var anomaly = anomaly
                (anomaly.lastAt, anomaly.endedAt) = (now, nil)
                open[AnomalyBook.Side(anomaly)] = anomaly
                found.append(anomaly)
            }
            let count = below(4) == 0 ? 1 : below(25) == 0 ? 4 + below(8) : 0
            for _ in 0..<count { begin(at: now, &found) }
            return found
        }

        private mutating func begin(at now: Timestamp, _ found: inout [Anomaly]) {
            let side = AnomalyBook.Side(ids[below(ids.count)], TrafficSide.all[below(4)])
            guard open[side] == nil, !resting.contains(where: { AnomalyBook.Side($0.0) == side && $0.1 > now }),
                !found.contains(where: { AnomalyBook.Side($0) == side })
            else { return }
            let id = AnomalyWriter.identity(of: side.interface, side.side, startedAt: now)
            var anomaly = Anomaly(id: id, interfaceID: side.interface, side: side.side, mode: .adaptive, at: now)
            anomaly.score = below(4) == 0 ? 5 : -5
            anomaly.severity = below(3) == 0 ? .high : .medium
            open[side] = anomaly
            found.append(anomaly)
        }
    }

    @Test(
        "A book read anew at any moment stores what one that forgets nothing would, and spends once", arguments: 0..<3)
    func readAnew(seed: UInt64) async throws {
        let (forgetting, again, keeping) = (try await Network(), try await Network(), try await Network())
        var life = Life(forgetting.ids, seed: seed)
        let budget = AlarmBudget(perWeek: 16, groups: [.type(.isp): 6, .site("s1"): 9])
        var settings = IncidentSettings()
        settings.memorySeconds = .max
        var steady = Keeper(network: forgetting, book: IncidentBook(budget: budget))
        var restarted = Keeper(network: again, book: IncidentBook(budget: budget))
        var unforgetting = Keeper(network: keeping, book: IncidentBook(settings: settings, budget: budget))
        var now = Self.monday
        for _ in 0..<240 {
            now = now.advanced(bySeconds: 300)
            let found = life.step(at: now)
            try await steady.check(found, at: now)
            if UInt64.random(in: 0..<3, using: &life.dice) > 0 {
                restarted.book = try await again.reader.book(budget, at: now).book
            }
            try await restarted.check(found.shuffled(using: &life.dice), at: now)
            try await unforgetting.check(found, at: now)
        }
        let expected = try await keeping.stored
        #expect(expected.incidents.count > 20 && expected.incidents.contains { $0.state == .heldBack })
        #expect(expected.incidents.contains { $0.anomalyIDs.count > 5 })
        #expect(try await forgetting.stored == expected, "seed \(seed)")
        #expect(try await again.stored == expected, "seed \(seed)")
        let standings = unforgetting.book.standings(at: now)
        #expect(restarted.book.standings(at: now) == standings && steady.book.standings(at: now) == standings)
        let isps = Set(again.ids[0..<8])
        #expect(standings.first?.told == expected.told(nil, at: now))
        #expect(standings.first { $0.group == .type(.isp) }?.told == expected.told(isps, at: now))
    }

    @Test("Members are where the inventory has them, watched or not, and gone with it")
    func members() async throws {
        let network = try await Network()
        let rows = network.ids.map {
            Anomaly(interfaceID: $0, side: TrafficSide.all[0], mode: .classic, at: Self.monday)
        }
        let none = IncidentReader(catalog: network.catalog, ports: [:])
        #expect(try await none.members(rows) == (try await network.reader.members(rows)))
        let stranger = Anomaly(interfaceID: .random(), side: TrafficSide.all[0], mode: .classic, at: Self.monday)
        #expect(try await none.members([stranger, rows[0]]).map(\.anomaly) == [rows[0]])
    }

    @Test("Of what was over long ago no anomaly is read where no group has a budget")
    func readsLittle() async throws {
        let network = try await Network()
        let rows = network.ids.enumerated().map { place, id in
            var row = Anomaly(interfaceID: id, side: TrafficSide.all[0], mode: .adaptive, at: Self.monday)
            row.endedAt = place < 18 ? Self.monday.advanced(bySeconds: 600) : nil
            return row
        }
        let incidents = rows.map { row in
            var incident = Incident(scope: .interface, at: Self.monday)
            (incident.anomalyIDs, incident.endedAt) = ([row.id], row.endedAt)
            return incident
        }
        try await network.catalog.saveAnomalies(rows, incidents: incidents)
        let now = Self.monday.advanced(bySeconds: 6 * 86_400)
        for groups in [[:], [AlarmGroup.type(.isp): 3]] {
            let read = try await network.reader.book(AlarmBudget(perWeek: 50, groups: groups), at: now)
            #expect(rows.map { read.book.holds($0.id) } == rows.map { !$0.isOver })
            #expect(read.incidents.count == 20)
            #expect(read.book.standings(at: now).map(\.told) == (groups.isEmpty ? [20] : [20, 8]))
        }
        let late = now.advanced(bySeconds: 2 * 86_400)
        #expect(try await network.reader.book(AlarmBudget(perWeek: 50), at: late).incidents.count == 2)
    }
}
