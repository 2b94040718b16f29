import Inventory
import Testing

@testable import Alerting

@Suite struct AlertDispatcherTests {
    private let scene = Scene()

    private func tree(_ edit: (inout AlertRoute) -> Void = { _ in }) throws -> RouteTree {
        var route = AlertRoute()
        (route.receivers, route.intervalSeconds) = (["noc"], 60)
        edit(&route)
        return try RouteTree(route)
    }

    private func told(_ deliveries: [AlertDelivery]) -> [String] { deliveries.map(\.words) }

    @Test func anAlertIsToldOnceAndItsEndOnce() throws {
        var (ledger, dispatcher) = (AlertLedger(), AlertDispatcher(try tree()))
        scene.raise(&ledger, at: 0)
        #expect(told(dispatcher.dispatch(&ledger, at: scene.at(0))) == ["noc: interface_down critical"])
        #expect(dispatcher.dispatch(&ledger, at: scene.at(30)) == [])
        #expect(dispatcher.dispatch(&ledger, at: scene.at(3_000)) == [])
        scene.end(&ledger, at: 3_100)
        #expect(told(dispatcher.dispatch(&ledger, at: scene.at(3_100))) == ["noc: (interface_down)"])
        #expect(dispatcher.dispatch(&ledger, at: scene.at(9_000)) == [])
        #expect(ledger.owing.isEmpty)
    }

    @Test func whatNobodyWasToldOfHasNoRecovery() throws {
        var (ledger, dispatcher) = (AlertLedger(), AlertDispatcher(try tree()))
        scene.raise(&ledger, at: 0)
        scene.hold(&ledger, .recordOnly)
        #expect(dispatcher.dispatch(&ledger, at: scene.at(0)) == [])
        scene.end(&ledger, at: 100)
        #expect(dispatcher.dispatch(&ledger, at: scene.at(100)) == [])
    }

    @Test func whoWasToldIsToldThatItIsOverEvenWhenItIsSilencedSince() throws {
        var (ledger, dispatcher) = (AlertLedger(), AlertDispatcher(try tree()))
        scene.raise(&ledger, at: 0)
        _ = dispatcher.dispatch(&ledger, at: scene.at(0))
        scene.hold(&ledger, .silenced)
        scene.end(&ledger, at: 300)
        #expect(told(dispatcher.dispatch(&ledger, at: scene.at(300))) == ["noc: (interface_down)"])
    }

    @Test func whatIsReleasedIsTold() throws {
        var (ledger, dispatcher) = (AlertLedger(), AlertDispatcher(try tree()))
        scene.raise(&ledger, at: 0)
        scene.hold(&ledger, .maintenance)
        #expect(dispatcher.dispatch(&ledger, at: scene.at(0)) == [])
        scene.hold(&ledger, nil)
        #expect(told(dispatcher.dispatch(&ledger, at: scene.at(600))) == ["noc: interface_down critical"])
    }

    @Test func whatGetsWorseIsToldAgainAndWhatGetsBetterIsNot() throws {
        var (ledger, dispatcher) = (AlertLedger(), AlertDispatcher(try tree()))
        scene.raise(&ledger, .anomaly, at: 0, .medium)
        _ = dispatcher.dispatch(&ledger, at: scene.at(0))
        scene.raise(&ledger, .anomaly, at: 300, .critical)
        #expect(told(dispatcher.dispatch(&ledger, at: scene.at(300))) == ["noc: anomaly critical"])
        scene.raise(&ledger, .anomaly, at: 600, .low)
        #expect(dispatcher.dispatch(&ledger, at: scene.at(600)) == [])
    }

    @Test func alertsOfAGroupAreToldTogetherAndNotMoreOftenThanItsInterval() throws {
        let tree = try tree { ($0.groupBy, $0.waitSeconds) = (["device"], 5) }
        var (ledger, dispatcher) = (AlertLedger(), AlertDispatcher(tree))
        scene.raise(&ledger, .interfaceDown, at: 0)
        #expect(dispatcher.dispatch(&ledger, at: scene.at(0)) == [])
        #expect(dispatcher.nextDue == scene.at(5))
        scene.raise(&ledger, .highErrorRate, at: 3, .medium)
        let first = dispatcher.dispatch(&ledger, at: scene.at(5))
        #expect(told(first) == ["noc: interface_down critical, high_error_rate medium"])
        #expect(first.first?.group == #"device="CORE-SW-01""#)
        scene.end(&ledger, .highErrorRate, at: 20)
        #expect(dispatcher.dispatch(&ledger, at: scene.at(20)) == [])
        #expect(dispatcher.nextDue == scene.at(65))
        #expect(told(dispatcher.dispatch(&ledger, at: scene.at(65))) == ["noc: (high_error_rate)"])
    }

    @Test func aTransientThatEndsBeforeItsGroupIsToldIsNotTold() throws {
        var (ledger, dispatcher) = (AlertLedger(), AlertDispatcher(try tree { $0.waitSeconds = 10 }))
        scene.raise(&ledger, at: 0)
        _ = dispatcher.dispatch(&ledger, at: scene.at(0))
        scene.end(&ledger, at: 4)
        #expect(dispatcher.dispatch(&ledger, at: scene.at(10)) == [])
        #expect(dispatcher.dispatch(&ledger, at: scene.at(100)) == [])
    }

    @Test func whatNobodyAcknowledgesIsEscalatedAndEscalationsHearTheEnd() throws {
        let tree = try tree {
            $0.escalations = [
                AlertEscalation(afterSeconds: 1_800, receivers: ["boss"]),
                AlertEscalation(afterSeconds: 900, receivers: ["second"]),
            ]
        }
        var (ledger, dispatcher) = (AlertLedger(), AlertDispatcher(tree))
        scene.raise(&ledger, at: 0)
        _ = dispatcher.dispatch(&ledger, at: scene.at(0))
        #expect(dispatcher.nextDue == scene.at(900))
        #expect(told(dispatcher.dispatch(&ledger, at: scene.at(900))) == ["second escalation: interface_down critical"])
        let id = try #require(ledger.open[scene.key()]?.id)
        ledger.apply(
            AlertAction(alertID: id, kind: .acknowledge, at: scene.at(1_000)), to: scene.key(), at: scene.at(1_000))
        #expect(dispatcher.dispatch(&ledger, at: scene.at(1_800)) == [])
        ledger.apply(
            AlertAction(alertID: id, kind: .unacknowledge, at: scene.at(2_000)), to: scene.key(), at: scene.at(2_000))
        #expect(told(dispatcher.dispatch(&ledger, at: scene.at(2_000))) == ["boss escalation: interface_down critical"])
        scene.end(&ledger, at: 2_100)
        #expect(
            told(dispatcher.dispatch(&ledger, at: scene.at(2_100))) == [
                "boss: (interface_down)", "noc: (interface_down)", "second: (interface_down)",
            ])
    }

    @Test func whatStillFiresIsRemindedOfUntilSomebodySeesToIt() throws {
        var (ledger, dispatcher) = (AlertLedger(), AlertDispatcher(try tree { $0.repeatSeconds = 3_600 }))
        scene.raise(&ledger, at: 0)
        _ = dispatcher.dispatch(&ledger, at: scene.at(0))
        #expect(dispatcher.dispatch(&ledger, at: scene.at(3_599)) == [])
        #expect(told(dispatcher.dispatch(&ledger, at: scene.at(3_600))) == ["noc reminder: interface_down critical"])
        #expect(dispatcher.dispatch(&ledger, at: scene.at(3_660)) == [])
        let id = try #require(ledger.open[scene.key()]?.id)
        ledger.apply(
            AlertAction(alertID: id, kind: .acknowledge, at: scene.at(4_000)), to: scene.key(), at: scene.at(4_000))
        #expect(dispatcher.dispatch(&ledger, at: scene.at(9_000)) == [])
    }

    @Test func aReceiverWithAMemoryOfItsOwnIsToldOfEachAtOnce() throws {
        let tree = try tree { ($0.waitSeconds, $0.groupBy) = (30, ["device"]) }
        var (ledger, dispatcher) = (AlertLedger(), AlertDispatcher(tree, keepsState: ["noc"]))
        scene.raise(&ledger, at: 0)
        #expect(dispatcher.dispatch(&ledger, at: scene.at(0)).map(\.group) == [""])
        scene.raise(&ledger, .highErrorRate, at: 1, .medium)
        #expect(told(dispatcher.dispatch(&ledger, at: scene.at(1))) == ["noc: high_error_rate medium"])
    }

    @Test func aStormIsOneMessageThatCounts() throws {
        var (ledger, dispatcher) = (AlertLedger(), AlertDispatcher(try tree(), keepsState: ["am"]))
        let scenes = (0..<500).map { Scene(device: "SW-\($0)") }
        for scene in scenes { scene.raise(&ledger, at: 0) }
        let deliveries = dispatcher.dispatch(&ledger, at: scene.at(0))
        #expect(deliveries.map(\.alerts.count) == [AlertDispatcher.alertsMax])
        #expect(deliveries.map(\.alertCount) == [500])
        #expect(ledger.open.values.allSatisfy { $0.tellings.count == 1 })
        var stateful = AlertDispatcher(try tree { $0.receivers = ["am"] }, keepsState: ["am"])
        for scene in scenes { scene.raise(&ledger, .highErrorRate, at: 1) }
        let all = stateful.dispatch(&ledger, at: scene.at(1))
        #expect(Set(all.flatMap { $0.alerts.map(\.id) }).count == 1_000)
        #expect(Set(all.map(\.id)).count == all.count)
    }

    @Test func afterARestartNothingIsToldAgainAndNothingIsForgotten() throws {
        var (ledger, dispatcher) = (AlertLedger(), AlertDispatcher(try tree()))
        scene.raise(&ledger, at: 0)
        let first = dispatcher.dispatch(&ledger, at: scene.at(0))
        scene.raise(&ledger, .highErrorRate, at: 10)
        var stored = ledger.takeNews().changed
        var again = AlertLedger(stored)
        var second = AlertDispatcher(try tree())
        #expect(told(second.dispatch(&again, at: scene.at(20))) == ["noc: high_error_rate critical"])
        scene.end(&again, .interfaceDown, at: 30)
        stored = again.takeNews().resolved
        var third = AlertLedger(stored)
        var last = AlertDispatcher(try tree())
        #expect(told(last.dispatch(&third, at: scene.at(40))) == ["noc: (interface_down)"])
        #expect(first.count == 1)
    }

    @Test func theNarrowestRouteThatFitsTells() throws {
        var isp = AlertRoute()
        (isp.matchers, isp.receivers, isp.continues) = ([AlertMatcher("type", "isp")], ["uplinks"], true)
        var magti = AlertRoute()
        (magti.matchers, magti.receivers) = ([AlertMatcher("provider", .matches, "mag.*")], ["magti"])
        isp.children = [magti]
        var site = AlertRoute()
        (site.matchers, site.receivers) = ([AlertMatcher("tag_site", "tbilisi")], ["tbilisi"])
        let tree = try tree { $0.children = [isp, site] }
        let labels = ["type": "isp", "provider": "magti", "tag_site": "tbilisi"]
        #expect(tree.ways(for: labels).flatMap(\.receivers) == ["magti", "tbilisi"])
        #expect(tree.ways(for: ["type": "isp"]).flatMap(\.receivers) == ["uplinks"])
        #expect(tree.ways(for: ["type": "access"]).flatMap(\.receivers) == ["noc"])
        #expect(tree.ways(for: labels).map(\.intervalSeconds) == [60, 60])
    }
}
