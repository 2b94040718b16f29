import Series
import Alerting
import Catalog
import CatalogSQLite
import Inventory
import Synchronization
import Testing
import Traffic

@testable import Pipelines

/// Rules over what a catalog and a time-series store hold.
@Suite("Rules run over stored history", .timeLimit(.minutes(5)))
struct AlertHistoryTests {
    private static let interval = 300.0

    private func catalog(_ scene: AlertScene) async throws -> SQLiteCatalog {
        let catalog = try SQLiteCatalog.inMemory()
        let (devices, ports) = (scene.devices, scene.ports)
        try await catalog.reviseDevices(.all) { _ in
            var revision = DeviceRevision()
            revision.inserted = devices
            return (revision, ())
        }
        try await catalog.reviseInterfaces(of: devices.map(\.id)) { _ in
            let revisions = ports.map { port in
                var revision = InterfaceRevision(deviceID: port.deviceID)
                revision.inserted = [port]
                return revision
            }
            return (revisions, ())
        }
        return catalog
    }

    private func at(_ seconds: Double) -> Timestamp { AlertScene.start.advanced(bySeconds: seconds) }

    /// Polls of all ports for some hours; `read` changes each, by place and seconds, or leaves it out.
    private func series(
        _ scene: AlertScene, hours: Double, _ read: (Int, Double, inout CounterReading) -> Bool = { _, _, _ in true }
    ) async throws -> HistorySeries {
        let series = HistorySeries()
        for (place, port) in scene.ports.enumerated() {
            for seconds in stride(from: Double(place), to: hours * 3_600, by: Self.interval) {
                var reading = CounterReading(at: at(seconds), intervalSeconds: 300)
                for kind in CounterKind.allCases { reading[kind] = 0 }
                for kind in [CounterKind.inOctets, .outOctets] { reading[kind] = UInt64(seconds) * 100_000 }
                for kind in [CounterKind.inUnicastPackets, .outUnicastPackets] { reading[kind] = UInt64(seconds) * 100 }
                (reading.ifSpeed, reading.sysUpTime) = (1_000_000_000, UInt32(1e8 + seconds * 100))
                (reading.adminStatus, reading.operStatus) = (1, 1)
                guard read(place, seconds, &reading) else { continue }
                _ = try await series.append([SeriesReading(port.id, reading)])
            }
        }
        return series
    }

    private func question(_ scene: AlertScene, hours: Double) -> AlertHistory.Question {
        AlertHistory.Question(from: at(3_600), to: at(hours * 3_600), laws: scene.laws)
    }

    private func messages(_ found: AlertReplayResult) -> [String] { found.alerts.map(\.message) }

    @Test("A port that polls found down, and a device that was not read, are alerts; what is quiet is none")
    func polls() async throws {
        let scene = AlertScene()
        let series = try await series(scene, hours: 5) { place, seconds, reading in
            if place == 1, seconds > 10_000, seconds < 13_000 { return false }
            if place == 0, seconds > 7_000, seconds < 8_000 { reading.operStatus = 2 }
            return true
        }
        let history = AlertHistory(AlertHistory.Parts(catalog: try await catalog(scene), series: series))
        let answer = try await history.replay(question(scene, hours: 5))
        #expect(
            messages(answer.tried) == ["Interface Gi0/1 down on SW-1 (CRITICAL)", "Device SW-2 unreachable (CRITICAL)"])
        let times = answer.tried.alerts.map { $0.startedAt.secondsSince(AlertScene.start) }
        #expect(abs(times[0] - 7_200) < 2 && times[1] > 10_500 && times[1] < 11_100)
        #expect(answer.tried.alerts.allSatisfy { !$0.alert.isOpen && $0.receivers == ["noc"] })
        #expect(answer.readings == 3 * 60 - 10 && answer.tried.pauses.isEmpty)
        #expect(answer.inForce == nil && answer.comparison == nil)
    }

    @Test("What happened between two polls is known from the alert of that time")
    func betweenPolls() async throws {
        let scene = AlertScene()
        let catalog = try await catalog(scene)
        let key = AlertEntity.interface(scene.ports[0].id, of: scene.devices[0].id)
        var alert = Alert(entity: key, condition: .interfaceDown, rule: "r", severity: .critical, at: at(7_210))
        (alert.state, alert.firedAt, alert.resolvedAt) = (.resolved, at(7_210), at(7_300))
        var disk = Alert(
            entity: .system("disk"), condition: .diskSpace, rule: "disk-space", severity: .high, at: at(9_000))
        (disk.state, disk.firedAt, disk.context.worst) = (.firing, at(9_000), 4)
        var batch = AlertBatch()
        batch.alerts = [alert, disk]
        try await catalog.saveAlerts(batch)
        let series = try await series(scene, hours: 4)
        let history = AlertHistory(AlertHistory.Parts(catalog: catalog, series: series))
        let answer = try await history.replay(question(scene, hours: 4))
        #expect(messages(answer.tried).first == "Interface Gi0/1 down on SW-1 (CRITICAL)")
        let port = try #require(answer.tried.alerts.first?.alert)
        #expect(port.startedAt.secondsSince(at(7_210)) < 1)
        #expect(try #require(port.resolvedAt).secondsSince(at(7_300)) < 1)
        #expect(messages(answer.tried).last == "Disk of the data directory 4% free")
        #expect(answer.tried.alerts.last?.alert.isOpen == true)
    }

    @Test("A raised anomaly is an alert while it lasts")
    func anomaly() async throws {
        let scene = AlertScene()
        let catalog = try await catalog(scene)
        var anomaly = Anomaly(
            interfaceID: scene.ports[2].id, side: TrafficSide(.inbound, .traffic), mode: .adaptive, at: at(6_000))
        (anomaly.severity, anomaly.message) = (.high, "Traffic drop detected")
        (anomaly.lastAt, anomaly.endedAt) = (at(7_500), at(7_800))
        var muted = anomaly
        (muted.id, muted.interfaceID, muted.state) = (.random(), scene.ports[1].id, .muted)
        try await catalog.saveAnomalies([anomaly, muted], incidents: [])
        let history = AlertHistory(
            AlertHistory.Parts(catalog: catalog, series: try await series(scene, hours: 4)))
        let answer = try await history.replay(question(scene, hours: 4))
        #expect(messages(answer.tried) == ["Traffic drop detected on SW-3 Gi0/1"])
        let alert = try #require(answer.tried.alerts.first?.alert)
        #expect(alert.severity == .high && alert.startedAt.secondsSince(at(6_000)) < 1 && !alert.isOpen)
    }

    @Test("Other rules are compared with those in force")
    func comparison() async throws {
        let scene = AlertScene()
        let series = try await series(scene, hours: 4) { place, seconds, reading in
            if place == 0, seconds > 7_000, seconds < 8_000 { reading.operStatus = 2 }
            return true
        }
        var rule = AlertRule(id: "own", condition: .interfaceDown, severity: .low)
        rule.isSent = false
        var question = question(scene, hours: 4)
        question.inForce = scene.laws
        question.laws = AlertLaws(rules: AlertRuleBook([rule]), routes: scene.laws.routes)
        let history = AlertHistory(AlertHistory.Parts(catalog: try await catalog(scene), series: series))
        let comparison = try #require(try await history.replay(question).comparison)
        #expect(comparison.new.isEmpty && comparison.gone.isEmpty && comparison.same == 0)
        #expect(
            comparison.changed.map(\.differences) == [
                ["severity low instead of critical", "only recorded instead of told"]
            ])
    }

    @Test("A long time is read in pieces, all of it, and the share that is done is told")
    func pieces() async throws {
        let scene = AlertScene()
        let series = try await series(scene, hours: 2)
        let history = AlertHistory(AlertHistory.Parts(catalog: try await catalog(scene), series: series))
        var question = question(scene, hours: 24 * 7)
        question.alertsMax = 10
        let shares = Mutex<[Double]>([])
        let answer = try await history.replay(question) { share in shares.withLock { $0.append(share) } }
        let queries = series.takeQueries()
        #expect(queries.count >= 28 && queries.allSatisfy { $0.to.secondsSince($0.from) <= 21_600 })
        #expect(zip(queries, queries.dropFirst()).allSatisfy { $0.to == $1.from })
        #expect(queries.first?.from == at(0) && queries.last?.to == question.to)
        #expect(shares.withLock { $0 == $0.sorted() && $0.last == 1 && $0.count == queries.count })
        // Nothing at all was read after two hours: nobody polled, and no device is silent for that.
        #expect(messages(answer.tried) == [] && answer.readings == 3 * 24)
        #expect(answer.tried.pauses.map(\.upperBound) == [question.to])
    }

    @Test("It ends when its task is cancelled, and passes on what the store refuses")
    func ends() async throws {
        let scene = AlertScene()
        let series = try await series(scene, hours: 2)
        let history = AlertHistory(AlertHistory.Parts(catalog: try await catalog(scene), series: series))
        let asked = question(scene, hours: 2)
        let work = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await history.replay(asked)
        }
        await #expect(throws: (any Error).self) { _ = try await work.value }
        series.fail(1)
        await #expect(throws: (any Error).self) { _ = try await history.replay(asked) }
        series.damage(2)
        #expect(try await history.replay(asked).damagedBlocks == 2)
    }
}
