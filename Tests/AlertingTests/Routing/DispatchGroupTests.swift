import Inventory
import Testing

@testable import Alerting

@Suite struct DispatchGroupTests {
    /// A route of low alerts that waits for five minutes, and one of critical ones that does not, to one receiver.
    private func twoRoutes(_ route: inout AlertRoute) {
        (route.waitSeconds, route.intervalSeconds) = (300, 900)
        var critical = AlertRoute()
        critical.matchers = [AlertMatcher("severity", "critical")]
        (critical.waitSeconds, critical.intervalSeconds) = (0, 30)
        route.children = [critical]
    }

    @Test(arguments: 0..<8)
    func whatIsUrgentDoesNotWaitForWhatIsNot(number: Int) throws {
        // Alerts are met in an order of their own in each run: the answer may not hang on it.
        let desk = try DispatchScene(twoRoutes)
        desk.raise(.highErrorRate, at: 0, .low)
        desk.raise(.highUtilization, at: 0, .low)
        #expect(desk.tell(at: 0) == [])
        #expect(desk.dispatcher.nextDue == desk.scene.at(300))
        desk.raise(.interfaceDown, at: 10, .critical)
        #expect(desk.tell(at: 10).map { $0.prefix(28) } == ["noc: interface_down critical"])
        desk.end(at: 15)
        #expect(desk.tell(at: 15) == [])
        desk.end(.highErrorRate, at: 20)
        #expect(desk.tell(at: 20) == [])
        #expect(desk.dispatcher.nextDue == desk.scene.at(40))
        #expect(desk.tell(at: 40) == ["noc: (interface_down), (high_error_rate)"])
    }

    @Test func whatIsNewDoesNotWaitForTheIntervalAndWhatIsOverDoes() throws {
        let desk = try DispatchScene()
        desk.raise(.interfaceDown, at: 0)
        #expect(desk.tell(at: 0) == ["noc: interface_down critical"])
        desk.raise(.anomaly, at: 5, .medium)
        #expect(desk.tell(at: 5) == ["noc: anomaly medium"])
        desk.raise(.anomaly, at: 6, .high)
        #expect(desk.tell(at: 6) == ["noc: anomaly high"])
        desk.end(.interfaceDown, at: 8)
        #expect(desk.tell(at: 8) == [])
        #expect(desk.dispatcher.nextDue == desk.scene.at(66))
        #expect(desk.tell(at: 66) == ["noc: (interface_down)"])
    }

    @Test func aStormThatTricklesInIsGatheredAfterAFewMessages() throws {
        let desk = try DispatchScene()
        let scenes = (0..<120).map { Scene(device: "SW-\($0)") }
        var messages: [Int: Int] = [:]
        for (second, scene) in scenes.enumerated() {
            scene.raise(&desk.ledger, at: Double(second))
            messages[second / 60, default: 0] += desk.tell(at: Double(second)).count
        }
        #expect(messages == [0: 5, 1: 5])
        #expect(desk.ledger.open.values.count { $0.tellings.isEmpty } == 0 || desk.dispatcher.nextDue != nil)
        _ = desk.tell(at: 200)
        #expect(desk.ledger.open.values.allSatisfy { $0.tellings.count == 1 })
    }

    @Test func whatIsNewWaitsForItsGroupAllTheSame() throws {
        let desk = try DispatchScene { $0.waitSeconds = 10 }
        desk.raise(.interfaceDown, at: 0)
        #expect(desk.tell(at: 0) == [])
        #expect(desk.tell(at: 10) == ["noc: interface_down critical"])
        desk.end(.interfaceDown, at: 12)
        #expect(desk.tell(at: 12) == [])
        desk.raise(.highErrorRate, at: 40, .medium)
        #expect(desk.tell(at: 40) == [])
        #expect(desk.dispatcher.nextDue == desk.scene.at(50))
        #expect(desk.tell(at: 50) == ["noc: high_error_rate medium, (interface_down)"])
    }
}
