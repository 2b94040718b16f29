import Inventory
import Testing

@testable import Alerting

@Suite("Rules tried on the past, against those in force")
struct AlertReplayComparisonTests {
    private let scene = ReplayScene()

    private func busy(_ percent: Double, _ severity: AlertSeverity = .high, isSent: Bool = true) -> AlertRule {
        var rule = AlertRule(id: "busy", condition: .highUtilization, severity: severity)
        (rule.threshold, rule.clear, rule.isSent) = (percent, percent, isSent)
        return rule
    }

    /// One port is at 85 % for a while, another at 95 %, a third at 60 %.
    private func result(_ rules: [AlertRule]) throws -> AlertReplayResult {
        let loads: [InterfaceID: Double] = [
            scene.ports[0].id: 850, scene.ports[1].id: 950, scene.ports[2].id: 600,
        ]
        let facts = scene.polls(from: 0, to: 4 * 3_600) { _, port, seconds in
            let isBusy = (6_000..<9_000).contains(seconds)
            return ReplayScene.reading(at: seconds, megabits: isBusy ? loads[port.id] ?? 10 : 10)
        }
        return try scene.replay(facts, law: try ReplayScene.law(rules))
    }

    private func ports(_ alerts: [ReplayedAlert]) -> [InterfaceID?] { alerts.map(\.alert.entity.interfaceID) }

    @Test("The same rules make the same alerts")
    func same() throws {
        let comparison = AlertReplayComparison(before: try result([busy(80)]), after: try result([busy(80)]))
        #expect(comparison.new.isEmpty && comparison.gone.isEmpty && comparison.changed.isEmpty)
        #expect(comparison.same == 2 && comparison.isComplete)
    }

    @Test("A higher threshold takes alerts away, a lower one makes new ones")
    func thresholds() throws {
        let (low, usual, high) = (try result([busy(50)]), try result([busy(80)]), try result([busy(90)]))
        let higher = AlertReplayComparison(before: usual, after: high)
        #expect(ports(higher.gone) == [scene.ports[0].id] && higher.new.isEmpty && higher.same == 1)
        let lower = AlertReplayComparison(before: usual, after: low)
        #expect(ports(lower.new) == [scene.ports[2].id] && lower.gone.isEmpty && lower.same == 2)
    }

    @Test("Another severity, and being recorded in place of told, are changes of the same alert")
    func changes() throws {
        let comparison = AlertReplayComparison(
            before: try result([busy(80)]), after: try result([busy(80, .critical, isSent: false)]))
        #expect(comparison.same == 0 && comparison.new.isEmpty && comparison.gone.isEmpty)
        #expect(
            comparison.changed.map(\.differences) == [
                ["severity critical instead of high", "only recorded instead of told"],
                ["severity critical instead of high", "only recorded instead of told"],
            ])
    }

    @Test("What is not told one by one is not compared, and that is said")
    func incomplete() throws {
        var few = try result([busy(80)])
        few.leftOut = 1
        #expect(!AlertReplayComparison(before: few, after: try result([busy(80)])).isComplete)
    }
}
