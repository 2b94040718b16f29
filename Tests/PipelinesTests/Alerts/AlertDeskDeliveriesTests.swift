import Catalog
import Inventory
import Jobs
import Testing

@testable import Pipelines

@Suite struct AlertDeskDeliveriesTests {
    private func desk(_ scene: AlertScene) throws -> AlertDesk {
        var parts = AlertDesk.Parts(
            catalog: scene.inventory, alerts: scene.handle(), revision: { CatalogRevision(1) },
            laws: { scene.laws }, probe: { _ in false }, clock: scene.clock, logger: scene.log.logger)
        parts.awaitsDeliveries = true
        return try AlertDesk(parts, settings: scene.settings)
    }

    private func ended(_ delivery: AlertDelivery?, _ state: AlertDelivery.State, _ scene: AlertScene) throws
        -> AlertDelivery
    {
        var delivery = try #require(delivery)
        (delivery.state, delivery.endedAt) = (state, scene.clock.now)
        return delivery
    }

    @Test("What was given up before the catalog was read is told once a trial arrives, and its end after that")
    func givenUp() async throws {
        let scene = AlertScene()
        let first = try desk(scene)
        #expect(await first.look() == nil)
        await first.take([try scene.trap(0, isDown: true)])
        try await first.evaluate(isFull: false)
        #expect(scene.memory.deliveries.count == 1)
        let second = try desk(scene)
        await second.take(try ended(scene.memory.deliveries.first, .failed, scene))
        #expect(await second.look() == nil)
        try await second.evaluate(isFull: true)
        #expect(scene.memory.alerts.map { $0.tellings.count } == [0])
        let trial = AlertDelivery(receiver: "noc", group: "", reason: .trial, alerts: [], at: scene.clock.now)
        await second.take(try ended(trial, .delivered, scene))
        scene.clock.advance(bySeconds: 5)
        try await second.evaluate(isFull: false)
        #expect(scene.memory.deliveries.count == 2)
        await second.take([try scene.trap(0, isDown: false)])
        try await second.evaluate(isFull: false)
        #expect(scene.memory.deliveries.count == 2)
        await second.take(try ended(scene.memory.deliveries.last, .delivered, scene))
        try await second.evaluate(isFull: false)
        #expect(scene.memory.deliveries.map { $0.alerts.map(\.isOpen) } == [[true], [true], [false]])
    }
}
