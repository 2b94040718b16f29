import Inventory
import Testing
import Traffic

@testable import Alerting

/// An engine that is run as the desk runs it: looked at when news comes, every minute, and when time alone asks for it.
private struct LiveEngine {
    private var engine = AlertEngine()
    private var rates = ReplayRates(law: RateLaw())
    private var checkAt: Timestamp
    private var dueAt: Timestamp?
    private var unjudged: Set<AlertKey> = []
    private(set) var alerts: [AlertID: Alert] = [:]
    private(set) var sent: [String: Int] = [:]

    init(_ law: AlertReplayLaw, _ scene: ReplayScene, _ quiet: QuietBook) {
        checkAt = ReplayScene.start
        engine.revise(scene.inventory, rules: law.rules, at: ReplayScene.start)
        engine.revise(law.routes, keepsState: law.keepsState)
        engine.revise(quiet)
    }

    /// Takes facts of one time, and looks at once.
    mutating func take(_ facts: [AlertReplayFact], at time: Timestamp) {
        while min(checkAt, dueAt ?? checkAt) < time {
            let next = min(checkAt, dueAt ?? checkAt)
            evaluate(at: next, isFull: next == checkAt)
        }
        for fact in facts { apply(fact) }
        evaluate(at: time, isFull: time == checkAt)
    }

    mutating func finish(at end: Timestamp) {
        take([], at: end)
        evaluate(at: end, isFull: true)
    }

    private mutating func apply(_ fact: AlertReplayFact) {
        switch fact {
        case .reading(let id, let reading):
            if let new = rates.next(id, reading) { engine.take([new]) }
        case .status(let id, let admin, let oper, let time):
            engine.take(status: id, admin: admin, oper: oper, at: time)
        case .heard(let device, let time): engine.heard(device, at: time)
        case .failed(let device, let askedAt, let time): engine.failed(device, askedAt: askedAt, at: time)
        case .silent(let device, let time): engine.silent(device, at: time)
        case .occurrence(let one): take(one)
        case .event(let event): engine.note(event)
        case .wiring(let graph, _): engine.revise(graph, waitSeconds: 60)
        case .findings: break
        }
    }

    private mutating func take(_ one: AlertOccurrence) {
        guard one.holds || engine.ledger.open[one.key] != nil || unjudged.contains(one.key) else { return }
        unjudged.insert(one.key)
        engine.take(one)
    }

    private mutating func evaluate(at now: Timestamp, isFull: Bool) {
        let outcome = engine.evaluate(at: now, isFull: isFull)
        unjudged = []
        if isFull { checkAt = now.advanced(bySeconds: 60) }
        dueAt = outcome.nextAt.map { $0 > now ? $0 : now.advanced(bySeconds: 0.25) }
        for alert in outcome.news.resolved + outcome.news.changed { alerts[alert.id] = alert }
        for id in outcome.news.removed { alerts[id] = nil }
        for delivery in outcome.deliveries { sent[delivery.receiver, default: 0] += 1 }
    }
}

@Suite("A replay of live facts")
struct AlertReplayPropertyTests {
    private static let seconds = 2_400.0

    /// A number from a seed and a place, the same each time.
    private static func draw(_ seed: UInt64, _ place: Int) -> Int {
        Int(SplitMix.mixed(seed &* 1_000_003 &+ UInt64(place)) % 1_000_000)
    }

    /// Everything that may happen to a network, one to three things at a time, in an order that a seed gives.
    private static func facts(_ scene: ReplayScene, _ seed: UInt64) -> [(at: Timestamp, facts: [AlertReplayFact])] {
        let start = ReplayScene.start
        var groups: [(at: Timestamp, facts: [AlertReplayFact])] = [(start, [.wiring(scene.graph, at: start)])]
        var (second, number) = (1.0, 0)
        var isUp = [Bool](repeating: true, count: scene.ports.count)
        while second < seconds {
            number += 1
            var facts: [AlertReplayFact] = []
            for one in 0...draw(seed, 40 * number) % 3 {
                facts += fact(scene, seed, 40 * number + 10 * one, second, &isUp)
            }
            groups.append((ReplayScene.at(second), facts))
            second += Double(1 + draw(seed, 40 * number + 9) % 23)
        }
        return groups
    }

    private static func fact(
        _ scene: ReplayScene, _ seed: UInt64, _ number: Int, _ second: Double, _ isUp: inout [Bool]
    ) -> [AlertReplayFact] {
        func draw(_ place: Int, below limit: Int) -> Int { Self.draw(seed, number + place) % limit }
        let (what, time) = (draw(1, below: 100), ReplayScene.at(second))
        let place = draw(2, below: scene.ports.count)
        let (port, row) = (scene.ports[place], draw(3, below: scene.devices.count))
        let device = scene.devices[row].id
        switch what {
        case 0..<40: return poll(scene, seed, row, second, isUp) + (what < 20 ? [.heard(device, at: time)] : [])
        case 40..<54:
            // A cable that fails takes both of its ports along.
            let ends = what < 47 ? [place] : [place, place ^ 1]
            for end in ends { isUp[end].toggle() }
            return ends.map { .status(scene.ports[$0].id, admin: 1, oper: isUp[$0] ? 1 : 2, at: time) }
        case 54..<64: return [.heard(device, at: time)]
        case 64..<74: return [.failed(device, askedAt: time, at: time)]
        case 74..<80: return [.failed(device, askedAt: time, at: time), .silent(device, at: time)]
        case 80..<84: return scene.devices.map { .heard($0.id, at: time) }
        case 84..<92:
            let key = AlertKey(entity: .system("disk"), condition: .diskSpace)
            return [.occurrence(AlertOccurrence(key, at: time, value: Double(draw(4, below: 20))))]
        default:
            let key = AlertKey(entity: .interface(port.id, of: port.deviceID), condition: .anomaly)
            let severity = AlertSeverity.allCases[draw(5, below: 4)]
            let one = AlertOccurrence(key, holds: what > 95, at: time, message: "Traffic drop", severity: severity)
            return [.occurrence(one)]
        }
    }

    /// All ports of a device, read at once.
    private static func poll(
        _ scene: ReplayScene, _ seed: UInt64, _ device: Int, _ second: Double, _ isUp: [Bool]
    ) -> [AlertReplayFact] {
        scene.ports.indices.filter { scene.ports[$0].deviceID == scene.devices[device].id }.map { place in
            // Long stretches of one kind, so that durations and hysteresis are met.
            let megabits = [10.0, 780, 820, 950][draw(seed, Int(second / 600) + place) % 4]
            return .reading(
                scene.ports[place].id,
                ReplayScene.reading(at: second, megabits: megabits, isUp: isUp[place], interval: 60))
        }
    }

    /// Rules with durations and thresholds that clear later, and routes that group, repeat and escalate.
    private static func law() throws -> AlertReplayLaw {
        var busy = AlertRule(id: "busy", condition: .highUtilization, severity: .high)
        (busy.threshold, busy.clear, busy.forSeconds, busy.clearSeconds) = (80, 75, 300, 120)
        var route = AlertRoute()
        (route.receivers, route.groupBy) = (["noc"], ["device"])
        (route.waitSeconds, route.intervalSeconds, route.repeatSeconds) = (20, 90, 900)
        route.escalations = [AlertEscalation(afterSeconds: 600, receivers: ["boss"])]
        var child = AlertRoute()
        (child.matchers, child.receivers, child.continues) = ([AlertMatcher("severity", "critical")], ["manager"], true)
        route.children = [child]
        return AlertReplayLaw(
            rules: AlertRuleBook([busy] + AlertFile.shipped), routes: try RouteTree(route), keepsState: ["manager"])
    }

    private static func text(_ time: Timestamp?) -> String { time.map { "\($0)" } ?? "-" }

    private static func line(_ alert: Alert) -> String {
        let hold = alert.isOpen ? alert.hold?.rawValue ?? "-" : "over"
        let times = [alert.startedAt, alert.firedAt, alert.resolvedAt, alert.notifiedAt].map(Self.text)
        let told = alert.tellings.map { "\($0.receiver) \($0.severity.rawValue) \($0.isOver) \($0.at)" }.sorted()
        let rest = "\(alert.severity.rawValue) \(hold) \(alert.context.relapses)"
        return "\(alert.message) \(alert.id) \(alert.rule) \(times) \(told) \(rest)"
    }

    @Test("It makes the alerts the live engine made, told to the same receivers as often", arguments: 0..<40)
    func same(seed: UInt64) throws {
        let (scene, law) = (ReplayScene(seed: seed), try Self.law())
        var window = MaintenanceWindow(
            name: "works", begins: .at(ReplayScene.at(1_000)), durationSeconds: 900, zone: "UTC",
            at: ReplayScene.start)
        window.matchers = [AlertMatcher("device", "BR-1")]
        let quiet = QuietBook(windows: [window])
        let groups = Self.facts(scene, seed)
        let end = ReplayScene.at(Self.seconds)

        var live = LiveEngine(law, scene, quiet)
        for group in groups { live.take(group.facts, at: group.at) }
        live.finish(at: end)

        var settings = AlertReplaySettings(from: ReplayScene.start, to: end)
        (settings.settleMilliseconds, settings.infersSilence) = (0, false)
        var replay = AlertReplay(
            law, inventory: scene.inventory, quiet: quiet, start: ReplayScene.start, settings: settings)
        for group in groups { replay.take(group.facts) }
        let result = replay.finish()

        let expected = live.alerts.values.filter { $0.firedAt != nil }.map { Self.line($0) }.sorted()
        let found = result.alerts.map { Self.line($0.alert) }.sorted()
        #expect(found == expected, "seed \(seed)")
        #expect(result.totals.receivers.mapValues(\.deliveries) == live.sent, "seed \(seed)")
        #expect(!expected.isEmpty, "seed \(seed)")
    }
}
