import Inventory
import Testing

@testable import Alerting

@Suite("The past run through the engine")
struct AlertReplayTests {
    private let scene = ReplayScene()
    private static let hour = 3_600.0

    private func lines(_ result: AlertReplayResult) -> [String] {
        result.alerts.map { "\($0.alert.message) [\($0.standing.rawValue)]" }
    }

    @Test("A network in which nothing happens makes no alert")
    func quiet() throws {
        let facts = scene.polls(from: 0, to: 4 * Self.hour) { ReplayScene.reading(at: $2) }
        let result = try scene.replay(facts)
        #expect(result.alerts.isEmpty && result.totals == AlertReplayTotals() && result.pauses.isEmpty)
    }

    @Test("A port that polls found down is an alert from that poll to the one that found it up, told to its receiver")
    func portDown() throws {
        let port = scene.ports(of: 1)[1]
        let facts = scene.polls(from: 0, to: 4 * Self.hour) { _, one, seconds in
            let isDown = one.id == port.id && (7_000..<8_000).contains(seconds)
            return ReplayScene.reading(at: seconds, isUp: !isDown)
        }
        let result = try scene.replay(facts)
        #expect(lines(result) == ["Interface to BR-1 down on CORE (CRITICAL) [told]"])
        let one = try #require(result.alerts.first)
        let alert = one.alert
        // The far end answers its next poll, so the port is the news; it is asked at once.
        #expect(alert.startedAt.secondsSince(ReplayScene.at(7_260)).magnitude < 2)
        #expect(try #require(alert.notifiedAt).secondsSince(alert.startedAt) < 5)
        #expect(try #require(alert.resolvedAt).secondsSince(ReplayScene.at(8_160)).magnitude < 2)
        #expect(one.receivers == ["noc"] && one.tellings == 2 && alert.rule == "interface-down")
        #expect(alert.context.device?.name == "CORE" && alert.context.interface?.name == "to BR-1")
        #expect(result.totals.receivers["noc"]?.deliveries == 2 && result.totals.deliveries == 2)
        #expect(result.totals.standings == [.told: 1] && result.totals.severities == [.critical: 1])
    }

    @Test("A core of which three polls are missing is told once by its name; what is behind it is explained by it")
    func deadCore() throws {
        let facts = scene.polls(from: 0, to: 4 * Self.hour) { device, port, seconds in
            let isOut = (7_000..<10_600).contains(seconds)
            if device > 0, isOut { return nil }
            return ReplayScene.reading(at: seconds, isUp: !(isOut && port.id == scene.ports[0].id))
        }
        let result = try scene.replay(facts)
        #expect(
            lines(result) == [
                "Interface to CORE down on ADM (CRITICAL) [explained]", "Device CORE unreachable (CRITICAL) [told]",
                "Device BR-1 unreachable (CRITICAL) [explained]", "Device BR-2 unreachable (CRITICAL) [explained]",
            ])
        let core = try #require(result.alerts.first { $0.alert.message.hasPrefix("Device CORE") })
        #expect(result.alerts.filter { $0.alert.causeID == core.id }.count == 3)
        #expect(result.totals.deliveries == 2 && result.totals.standings == [.told: 1, .explained: 3])
        for one in result.alerts { #expect(!one.alert.isOpen, "\(one.alert.message)") }
        let branch = try #require(result.alerts.first { $0.alert.context.device?.name == "BR-1" })
        // Read last at 6,720: three polls are missing at 7,620 and a moment.
        #expect(branch.alert.startedAt >= ReplayScene.at(7_620) && branch.alert.startedAt < ReplayScene.at(7_700))
        #expect(branch.holds.contains { $0.hold == .explained && $0.reason.contains("CORE") })
    }

    @Test("Where nothing at all was read nobody polled: no device is silent for that, and the pause is told")
    func pause() throws {
        let facts = scene.polls(from: 0, to: 4 * Self.hour) { _, _, seconds in
            (7_000..<10_600).contains(seconds) ? nil : ReplayScene.reading(at: seconds)
        }
        let result = try scene.replay(facts)
        #expect(lines(result) == [])
        #expect(result.pauses == [ReplayScene.at(6_960)..<ReplayScene.at(10_620)])
    }

    @Test("A device that started anew is an event, once for all of its interfaces")
    func restart() throws {
        let facts = scene.polls(from: 0, to: 4 * Self.hour) { device, _, seconds in
            ReplayScene.reading(at: seconds, upFrom: device == 1 && seconds > 9_000 ? 9_000 : -1e6)
        }
        let result = try scene.replay(facts)
        #expect(result.alerts.map(\.alert.message) == ["Device CORE restarted"])
    }

    @Test("What held before the range is told as that; what was over by then is not")
    func before() throws {
        let (long, short) = (scene.ports(of: 1)[1], scene.ports(of: 1)[2])
        let facts = scene.polls(from: 0, to: 4 * Self.hour) { _, one, seconds in
            let isLong = one.id == long.id && seconds > 1_000
            let isShort = one.id == short.id && (900..<1_500).contains(seconds)
            return ReplayScene.reading(at: seconds, isUp: !isLong && !isShort)
        }
        let result = try scene.replay(facts)
        #expect(lines(result) == ["Interface to BR-1 down on CORE (CRITICAL) [told]"])
        let one = try #require(result.alerts.first)
        #expect(one.alert.startedAt < result.from && one.alert.isOpen)
        // They were told before the range.
        #expect(one.tellings == 0 && result.totals.deliveries == 0)
    }

    @Test("Maintenance, silences and rules that only record hold back, each by its name")
    func held() throws {
        let port = scene.ports(of: 1)[1]
        let facts = scene.polls(from: 0, to: 4 * Self.hour) { _, one, seconds in
            let isDown = one.id == port.id && (7_000..<8_000).contains(seconds)
            return ReplayScene.reading(at: seconds, isUp: !isDown)
        }
        let matchers = [AlertMatcher("device", "CORE")]
        var window = MaintenanceWindow(
            name: "upgrade", begins: .at(ReplayScene.at(5_000)), durationSeconds: 36_000, zone: "UTC",
            at: ReplayScene.start)
        window.matchers = matchers
        let silence = Silence(
            matchers: matchers, from: ReplayScene.at(0), to: ReplayScene.at(20_000), comment: "known",
            at: ReplayScene.start)
        var recorded = AlertRule(id: "own", condition: .interfaceDown, severity: .low)
        recorded.isSent = false
        let cases: [(QuietBook, AlertReplayLaw, ReplayedAlert.Standing)] = [
            (QuietBook(windows: [window]), try ReplayScene.law(), .maintenance),
            (QuietBook(silences: [silence]), try ReplayScene.law(), .silenced),
            (QuietBook(), try ReplayScene.law([recorded]), .recorded),
        ]
        for (quiet, law, standing) in cases {
            let result = try scene.replay(facts, law: law, quiet: quiet)
            #expect(result.alerts.map(\.standing) == [standing] && result.totals.deliveries == 0)
            #expect(result.totals.standings == [standing: 1])
        }
    }

    @Test("Alerts beyond the most that are told one by one are counted all the same")
    func tooMany() throws {
        let facts = scene.polls(from: 0, to: 4 * Self.hour) { _, _, seconds in
            let phase = Int(seconds / 3_000)
            return ReplayScene.reading(at: seconds, isUp: phase % 2 == 0)
        }
        let all = try scene.replay(facts)
        let few = try scene.replay(facts) { $0.alertsMax = 2 }
        #expect(all.isComplete && !few.isComplete && few.alerts.count == 2)
        #expect(few.totals == all.totals && few.leftOut == all.alerts.count - 2)
    }

    @Test("The size of the pieces in which facts are given changes nothing, but for who is asked at their ends")
    func pieces() throws {
        let port = scene.ports(of: 2)[0]
        let facts = scene.polls(from: 0, to: 4 * Self.hour) { _, one, seconds in
            let isBusy = one.id == port.id && (6_000..<9_000).contains(seconds)
            return ReplayScene.reading(at: seconds, megabits: isBusy ? 900 : 10)
        }
        let whole = try scene.replay(facts)
        var settings = AlertReplaySettings(from: whole.from, to: whole.to)
        settings.waitSeconds = 360
        var replay = AlertReplay(
            try ReplayScene.law(), inventory: scene.inventory, start: ReplayScene.start, settings: settings)
        replay.take([.wiring(scene.graph, at: ReplayScene.start)])
        for start in stride(from: 0, to: facts.count, by: 17) {
            replay.take(Array(facts[start..<min(start + 17, facts.count)]))
        }
        #expect(replay.finish() == whole)
    }

    @Test("A replay that is told to stop stops")
    func stops() throws {
        let facts = scene.polls(from: 0, to: Self.hour) { ReplayScene.reading(at: $2) }
        var replay = AlertReplay(
            try ReplayScene.law(), inventory: scene.inventory, start: ReplayScene.start,
            settings: AlertReplaySettings(from: ReplayScene.start, to: ReplayScene.at(Self.hour)))
        #expect(replay.take(facts) && !replay.take(facts) { false })
    }
}
