import Inventory
import Testing

@testable import Alerting

/// Who is told again, and in which group.
@Suite struct AlertDispatcherRepeatingTests {
    private func escalating(_ route: inout AlertRoute) {
        (route.receivers, route.escalations) = (["noc"], [AlertEscalation(afterSeconds: 900, receivers: ["boss"])])
    }

    // MARK: - Escalation

    @Test func anEscalationCountsFromWhenSomebodyWasTold() throws {
        let desk = try DispatchScene(escalating)
        desk.raise(at: 0)
        desk.scene.hold(&desk.ledger, .verifying)
        #expect(desk.tell(at: 0) == [])
        desk.scene.hold(&desk.ledger, nil)
        #expect(desk.tell(at: 1_000) == ["noc: interface_down critical"])
        #expect(desk.dispatcher.nextDue == desk.scene.at(1_900))
        #expect(desk.tell(at: 1_899) == [])
        #expect(desk.tell(at: 1_900) == ["boss escalation: interface_down critical"])
    }

    @Test func aRouteThatTellsNobodyAtFirstEscalatesFromWhenTheAlertFired() throws {
        let desk = try DispatchScene {
            escalating(&$0)
            $0.receivers = []
        }
        desk.raise(at: 0)
        #expect(desk.tell(at: 0) == [])
        #expect(desk.dispatcher.nextDue == desk.scene.at(900))
        #expect(desk.tell(at: 900) == ["boss escalation: interface_down critical"])
    }

    @Test func whatIsAboutToBeOverIsNeitherEscalatedNorRemindedOf() throws {
        let desk = try DispatchScene {
            escalating(&$0)
            $0.repeatSeconds = 1_000
        }
        desk.raise(at: 0)
        #expect(desk.tell(at: 0) == ["noc: interface_down critical"])
        desk.clear(at: 600)
        #expect(desk.tell(at: 900) == [])
        #expect(desk.tell(at: 1_100) == [])
        desk.raise(at: 1_200)
        #expect(
            desk.tell(at: 1_200) == [
                "boss escalation: interface_down critical", "noc reminder: interface_down critical",
            ])
    }

    // MARK: - Acknowledgements

    @Test func whenTheTimeOfAnAcknowledgementIsOverWhoeverWasToldIsToldAgain() throws {
        let desk = try DispatchScene { $0.receivers = ["noc", "keeps"] }
        desk.raise(at: 0)
        #expect(desk.tell(at: 0).count == 2)
        desk.apply(.acknowledge, at: 100, until: 5_000)
        desk.ledger.advance(to: desk.scene.at(4_999))
        #expect(desk.tell(at: 4_999) == [])
        desk.ledger.advance(to: desk.scene.at(5_000))
        // A crash between is no reason to be silent.
        let stored = desk.ledger.takeNews().changed
        desk.ledger = AlertLedger(stored)
        #expect(desk.tell(at: 5_000) == ["noc reminder: interface_down critical"])
        #expect(desk.tell(at: 9_000) == [])
    }

    @Test func whoeverTakesAnAcknowledgementBackKnows() throws {
        let desk = try DispatchScene()
        desk.raise(at: 0)
        _ = desk.tell(at: 0)
        desk.apply(.acknowledge, at: 100)
        desk.apply(.unacknowledge, at: 200)
        #expect(desk.tell(at: 300) == [])
    }

    // MARK: - Groups

    /// Two routes to one receiver that group in different ways.
    private func twoGroupings(_ route: inout AlertRoute) {
        var first = AlertRoute()
        (first.groupBy, first.continues) = (["device"], true)
        var second = AlertRoute()
        second.groupBy = ["severity"]
        route.children = [first, second]
    }

    @Test func twoRoutesToOneReceiverTellItOnce() throws {
        let desk = try DispatchScene(twoGroupings)
        desk.raise(at: 0)
        #expect(desk.tell(at: 0) == ["noc: interface_down critical"])
        #expect(desk.latest.map(\.group) == [#"device="CORE-SW-01""#])
        desk.end(at: 300)
        #expect(desk.tell(at: 300) == ["noc: (interface_down)"])
        #expect(desk.latest.map(\.group) == [#"device="CORE-SW-01""#])
    }

    @Test func theEndIsToldInTheGroupInWhichTheAlertWas() throws {
        let desk = try DispatchScene { $0.groupBy = ["device"] }
        desk.raise(at: 0)
        _ = desk.tell(at: 0)
        let tree = try DispatchScene.tree { $0.groupBy = ["severity"] }
        desk.dispatcher.revise(tree, keepsState: [])
        desk.end(at: 300)
        #expect(desk.tell(at: 300) == ["noc: (interface_down)"])
        #expect(desk.latest.map(\.group) == [#"device="CORE-SW-01""#])
    }

    @Test func otherRoutesDoNotMakeAGroupForgetWhenItWasTold() throws {
        let desk = try DispatchScene()
        desk.raise(at: 0)
        _ = desk.tell(at: 0)
        desk.dispatcher.revise(try DispatchScene.tree { _ in }, keepsState: [])
        desk.end(at: 10)
        #expect(desk.tell(at: 10) == [])
        #expect(desk.tell(at: 60) == ["noc: (interface_down)"])
    }
}
