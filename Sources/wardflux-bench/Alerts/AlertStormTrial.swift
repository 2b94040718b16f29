import Alerting
import Catalog
import CatalogSQLite
import Inventory
import Jobs
import Logging
import Notifiers
import Pipelines
import Synchronization

/// Everything goes down at once: desk, catalog file, courier and webhook as a server has them.
struct AlertStormTrial: Sendable {
    var folder: String
    var url: String
    var conditions: Int

    private static let secondsMax = 300.0
    private static let receiver = "noc"
    private static let devicesAtOnce = 64

    func result() async throws -> JSONLine {
        let catalog = try SQLiteCatalog.open(path: folder + "/catalog.sqlite")
        let fleet = AlertFleet(ports: conditions, at: SystemWallClock().now, kinds: [.trunk])
        try await Self.fill(catalog, fleet)
        let told = ToldAlerts()
        let notifier = try Self.notifier(url)
        let senders = [Self.receiver: Self.sender(notifier, told)]
        let courier = try AlertCourier(
            AlertCourier.Parts(
                alerts: catalog, senders: { senders }, clock: SystemWallClock(), logger: Self.silent))
        let desk = try AlertDesk(try Self.parts(catalog, courier))
        let line = try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await desk.run(AlertFeeds()) }
            group.addTask { await courier.run() }
            let line = try await storm(fleet, desk, catalog, told)
            group.cancelAll()
            return line
        }
        await notifier.close()
        return line
    }

    // MARK: - The storm

    private func storm(
        _ fleet: AlertFleet, _ desk: AlertDesk, _ catalog: SQLiteCatalog, _ told: ToldAlerts
    ) async throws -> JSONLine {
        let count = fleet.ports.count
        try await Self.wait("the desk to know all interfaces") { await desk.statistics().interfaces == count }
        let updates = desk.updates()
        let now = SystemWallClock().now
        let news = fleet.ports.map { AlertFleet.rates(of: $0.id, at: now, isDown: true) }
        let resident = ResidentMemory.octets
        let (begun, cpu) = (MonotonicTime.seconds, ProcessorTime.seconds)
        await desk.take(news)
        try await Self.untilWritten(count, updates)
        let written = MonotonicTime.seconds
        try await Self.wait("all alerts to be told") { told.count >= count }
        let delivered = MonotonicTime.seconds
        try await Self.wait("all deliveries to be entered") { try await Self.waiting(catalog, since: now) == 0 }
        var line = JSONLine()
        line.add("written_seconds", written - begun)
        line.add("delivered_seconds", delivered - begun)
        line.add("entered_seconds", MonotonicTime.seconds - begun)
        line.add("cpu_seconds", ProcessorTime.seconds - cpu)
        line.add("evaluation_seconds", await desk.statistics().lastSeconds)
        line.add("resident_before", resident)
        line.add("alerts", told.count)
        line.add("notices", told.notices)
        return line
    }

    /// Until as many alerts fired, as the catalog has them.
    private static func untilWritten(_ count: Int, _ updates: AsyncStream<AlertNews>) async throws {
        var fired = 0
        for await one in updates {
            fired += one.changes.count { $0.kind == .fired }
            if fired >= count { return }
        }
        throw DriverError("the desk ended after \(fired) of \(count) alerts")
    }

    private static func waiting(_ catalog: SQLiteCatalog, since time: Timestamp) async throws -> Int {
        try await catalog.deliveryCounts(since: time).values.reduce(0) { $0 + $1.waiting }
    }

    private static func wait(_ what: String, until isMet: () async throws -> Bool) async throws {
        let deadline = MonotonicTime.seconds + secondsMax
        while try await !isMet() {
            guard MonotonicTime.seconds < deadline else { throw DriverError("waited too long for \(what)") }
            try await Task.sleep(nanoseconds: 5_000_000)
        }
    }

    // MARK: - Parts

    private static let silent = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }

    private static func parts(_ catalog: SQLiteCatalog, _ courier: AlertCourier) throws -> AlertDesk.Parts {
        let laws = AlertLaws(
            rules: AlertRuleBook(AlertFile.shipped), routes: try AlertEvaluationTrial.routes(), revision: 1)
        var parts = AlertDesk.Parts(
            catalog: catalog, alerts: catalog, revision: { try await catalog.revision() }, laws: { laws },
            probe: { _ in true }, clock: SystemWallClock(), logger: silent)
        parts.deliveriesWritten = { courier.nudge() }
        return parts
    }

    private static func notifier(_ url: String) throws -> any Notifier {
        let surroundings = NotifierSurroundings(
            hostName: "localhost", now: { SystemWallClock().now }, warn: { _ in })
        return try Notifiers.make(.webhook(WebhookSettings(url: Secret(url))), surroundings)
    }

    private static func sender(_ notifier: any Notifier, _ told: ToldAlerts) -> AlertSender {
        AlertSender(send: { notice in
            do throws(NotifierError) { try await notifier.send(notice) } catch {
                return .refused(error.reason, isLasting: error.isLasting)
            }
            told.add(notice.alerts.count)
            return .taken
        })
    }

    private static func fill(_ catalog: SQLiteCatalog, _ fleet: AlertFleet) async throws {
        let devices = fleet.devices
        _ = try await catalog.reviseDevices(.all) { _ in
            var revision = DeviceRevision()
            revision.inserted = devices
            return (revision, 0)
        }
        let ports = Dictionary(grouping: fleet.ports, by: \.deviceID)
        for first in stride(from: 0, to: devices.count, by: devicesAtOnce) {
            let chunk = devices[first..<min(first + devicesAtOnce, devices.count)].map(\.id)
            _ = try await catalog.reviseInterfaces(of: chunk) { _ in
                let revisions = chunk.map { id in
                    var revision = InterfaceRevision(deviceID: id)
                    revision.inserted = ports[id] ?? []
                    return revision
                }
                return (revisions, 0)
            }
        }
    }
}

/// What a receiver took so far.
private final class ToldAlerts: Sendable {
    private let alerts = Atomic<Int>(0)
    private let messages = Atomic<Int>(0)

    var count: Int { alerts.load(ordering: .relaxed) }
    var notices: Int { messages.load(ordering: .relaxed) }

    func add(_ count: Int) {
        messages.wrappingAdd(1, ordering: .relaxed)
        alerts.wrappingAdd(count, ordering: .relaxed)
    }
}
