import Alerting
import Catalog
import CatalogSQLite
import Inventory
import Jobs
import Synchronization
import Testing

@testable import Pipelines

/// With the catalog operators use.
@Suite("Alerts in SQLite", .timeLimit(.minutes(5)))
struct StoredAlertTests {
    private func desk(_ scene: AlertScene, _ catalog: SQLiteCatalog, _ courier: AlertCourier) throws -> AlertDesk {
        var parts = AlertDesk.Parts(
            catalog: catalog, alerts: catalog, revision: { try await catalog.revision() },
            laws: { [laws = scene.laws] in laws }, probe: { _ in false }, clock: scene.clock, logger: scene.log.logger)
        parts.deliveriesWritten = { courier.nudge() }
        return try AlertDesk(parts)
    }

    private func courier(_ scene: AlertScene, _ catalog: SQLiteCatalog) throws -> AlertCourier {
        let sender = scene.receiver.sender()
        return try AlertCourier(
            AlertCourier.Parts(
                alerts: catalog, senders: { ["noc": sender] }, clock: scene.clock, logger: scene.log.logger))
    }

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

    @Test("An alert begins in one process, is acknowledged, and ends in another; each is told once")
    func acrossProcesses() async throws {
        let scene = AlertScene()
        let catalog = try await catalog(scene)
        let down = "Interface Gi0/1 down on SW-1 (CRITICAL)"
        for isDown in [true, false] {
            let courier = try courier(scene, catalog)
            let desk = try desk(scene, catalog, courier)
            #expect(await desk.look() == nil)
            scene.clock.advance(bySeconds: 30)
            await desk.take([try scene.trap(0, isDown: isDown)])
            _ = try await desk.check(scene.context())
            let count = isDown ? 1 : 2
            let work = Task { await courier.run() }
            #expect(await scene.pass { scene.receiver.sent.count == count })
            work.cancel()
            await work.value
            let later = DueDeliveryQuery(by: scene.clock.now.advanced(bySeconds: 900), limit: 10)
            #expect(try await catalog.dueDeliveries(later).isEmpty)
            guard isDown, let alert = try await catalog.alerts(AlertQuery(limit: 10)).first else { continue }
            _ = try await catalog.addAlertAction(
                AlertAction(alertID: alert.id, kind: .acknowledge, at: scene.clock.now))
        }
        #expect(scene.receiver.messages == [down, "over: " + down])
        let alert = try #require(try await catalog.alerts(AlertQuery(limit: 10)).first)
        #expect(alert.state == .resolved && alert.acknowledgement != nil)
        let steps = try await catalog.alertChanges(of: alert.id).map(\.kind)
        #expect(steps == [.began, .fired, .notified, .acknowledged, .resolved, .notified])
        #expect(try await catalog.appliedAlertAction() == 1)
    }
}
