import Inventory
import Testing

@testable import Alerting

@Suite struct AlertDispatcherDeliveriesTests {
    // MARK: - More than a message holds

    private func storm(_ desk: DispatchScene, _ count: Int, at seconds: Double) -> [Scene] {
        let scenes = (0..<count).map { Scene(device: "SW-\($0)") }
        for scene in scenes { scene.raise(&desk.ledger, at: seconds) }
        return scenes
    }

    @Test func whatWasSpelledOutIsSoWhenItIsOverHoweverMuchEndsAtOnce() throws {
        let desk = try DispatchScene { $0.intervalSeconds = 0 }
        var scenes: [Scene] = []
        var spelled: Set<AlertID> = []
        for minute in 0..<3 {
            scenes += storm(desk, 250, at: Double(minute * 60))
            _ = desk.tell(at: Double(minute * 60))
            #expect(desk.latest.map(\.alerts.count) == [200])
            #expect(desk.latest.map(\.alertCount) == [250])
            spelled.formUnion(desk.latest.flatMap(\.alerts).map(\.id))
        }
        for scene in scenes { scene.end(&desk.ledger, at: 1_000) }
        _ = desk.tell(at: 1_000)
        let over = Set(desk.latest.flatMap(\.alerts).map(\.id))
        #expect(spelled.count == 600)
        #expect(spelled.isSubset(of: over))
        #expect(desk.latest.allSatisfy { $0.alerts.count <= AlertDispatcher.alertsMax })
        #expect(desk.latest.map(\.alertCount).reduce(0, +) == 750)
        #expect(Set(desk.latest.map(\.id)).count == desk.latest.count)
        #expect(desk.ledger.owing.isEmpty)
    }

    @Test func endsThatComeWithAStormAreNotLeftOut() throws {
        let desk = try DispatchScene { $0.intervalSeconds = 0 }
        desk.raise(.highErrorRate, at: 0)
        _ = desk.tell(at: 0)
        desk.end(.highErrorRate, at: 60)
        _ = storm(desk, 300, at: 60)
        _ = desk.tell(at: 60)
        #expect(desk.latest.flatMap(\.alerts).count { !$0.isOpen } == 1)
        #expect(desk.latest.map(\.alertCount) == [300, 1])
    }

    // MARK: - In order

    @Test func nobodyIsToldMoreOfAnAlertBeforeWhatWasSaidHasArrived() throws {
        let desk = try DispatchScene(awaiting: true) { ($0.groupBy, $0.intervalSeconds) = (["severity"], 0) }
        desk.raise(.anomaly, at: 0, .high)
        #expect(desk.tell(at: 0) == ["noc: anomaly high"])
        let first = desk.latest.first
        desk.raise(.anomaly, at: 10, .critical)
        #expect(desk.tell(at: 10) == [])
        desk.end(.anomaly, at: 20)
        #expect(desk.tell(at: 20) == [])
        desk.raise(.interfaceDown, at: 30)
        #expect(desk.tell(at: 30) == ["noc: interface_down critical"])
        #expect(desk.arrives(first, at: 40))
        #expect(desk.tell(at: 40) == ["noc: (anomaly)"])
    }

    @Test func whereNothingIsHeldBackAnArrivalIsNoReasonToLook() throws {
        let desk = try DispatchScene(awaiting: true)
        desk.raise(at: 0)
        _ = desk.tell(at: 0)
        #expect(!desk.arrives(desk.latest.first, at: 1))
    }

    @Test func noReminderIsSentWhileAMessageOfItsPlaceWaits() throws {
        let desk = try DispatchScene(awaiting: true) { $0.repeatSeconds = 300 }
        desk.raise(.interfaceDown, at: 0)
        _ = desk.tell(at: 0)
        var written = desk.latest
        desk.raise(.highErrorRate, at: 10)
        _ = desk.tell(at: 10)
        written += desk.latest
        desk.arrives(written.first, at: 11)
        // The second waits for a day: the first is not reminded of behind it.
        for seconds in stride(from: 300.0, to: 86_400, by: 300) { #expect(desk.tell(at: seconds) == []) }
        #expect(desk.arrives(written.last, at: 86_400))
        #expect(desk.tell(at: 86_401).map { $0.prefix(12) } == ["noc reminder"])
    }

    @Test func afterARestartWhatWaitsIsKnown() throws {
        let desk = try DispatchScene(awaiting: true)
        let scenes = storm(desk, 250, at: 0)
        _ = desk.tell(at: 0)
        let next = try desk.restarted(waiting: desk.latest)
        for scene in scenes { scene.end(&next.ledger, at: 100) }
        #expect(next.tell(at: 100) == [])
        next.arrives(desk.latest.first, at: 200)
        _ = next.tell(at: 200)
        #expect(next.latest.map(\.alertCount) == [250])
        #expect(next.latest.flatMap(\.alerts).count == AlertDispatcher.alertsMax)
    }

    // MARK: - What did not arrive

    @Test func whatWasGivenUpIsToldOnceTheReceiverCanBe() throws {
        let desk = try DispatchScene(awaiting: true)
        desk.raise(at: 0)
        _ = desk.tell(at: 0)
        #expect(desk.fails(desk.latest.first, at: 1))
        #expect(desk.ledger.open[desk.scene.key()]?.tellings == [])
        #expect(desk.tell(at: 2) == [])
        #expect(desk.dispatcher.nextDue == desk.scene.at(301))
        #expect(desk.trial(at: 100))
        #expect(desk.tell(at: 100) == ["noc: interface_down critical"])
        desk.arrives(desk.latest.first, at: 101)
        #expect(desk.tell(at: 10_000) == [])
        desk.end(at: 20_000)
        #expect(desk.tell(at: 20_000) == ["noc: (interface_down)"])
        let steps = desk.ledger.takeNews().changes.map(\.text)
        #expect(steps.contains("noc could not be told: HTTP 401"))
    }

    @Test func whoeverNeverHeardOfAnAlertDoesNotHearItsEnd() throws {
        let desk = try DispatchScene(awaiting: true) { $0.receivers = ["noc", "duty"] }
        desk.raise(at: 0)
        _ = desk.tell(at: 0)
        let first = desk.latest
        desk.end(at: 100)
        #expect(desk.tell(at: 100) == [])
        desk.fails(first.first { $0.receiver == "noc" }, at: 86_400)
        desk.arrives(first.first { $0.receiver == "duty" }, at: 86_400)
        #expect(desk.tell(at: 86_400) == ["duty: (interface_down)"])
        desk.trial(at: 90_000)
        #expect(desk.tell(at: 90_000) == [])
    }

    @Test func whoeverWasToldTheFirstAndNotTheWorseHearsTheEnd() throws {
        let desk = try DispatchScene(awaiting: true)
        desk.raise(.anomaly, at: 0, .medium)
        _ = desk.tell(at: 0)
        desk.arrives(desk.latest.first, at: 1)
        desk.raise(.anomaly, at: 100, .high)
        #expect(desk.tell(at: 100) == ["noc: anomaly high"])
        desk.fails(desk.latest.first, at: 101)
        #expect(desk.tell(at: 102) == [])
        desk.raise(.anomaly, at: 110, .critical)
        #expect(desk.tell(at: 110) == ["noc: anomaly critical"])
        desk.fails(desk.latest.first, at: 111)
        desk.end(.anomaly, at: 200)
        #expect(desk.tell(at: 200) == ["noc: (anomaly)"])
    }

    @Test func whoeverWasToldHearsTheEndThoughItWasGivenUpAtFirst() throws {
        let desk = try DispatchScene(awaiting: true) { $0.receivers = ["duty", "noc"] }
        desk.raise(at: 0)
        _ = desk.tell(at: 0)
        for one in desk.latest { desk.arrives(one, at: 1) }
        desk.end(at: 100)
        #expect(desk.tell(at: 100) == ["duty: (interface_down)", "noc: (interface_down)"])
        desk.arrives(desk.latest.first, at: 101)
        desk.fails(desk.latest.last, at: 102)
        #expect(desk.ledger.takeNews().resolved.last?.owesRecovery == true)
        #expect(desk.tell(at: 103) == [])
        #expect(desk.tell(at: 402) == ["noc: (interface_down)"])
        desk.arrives(desk.latest.first, at: 403)
        #expect(desk.tell(at: 9_000) == [])
        #expect(desk.ledger.owing.isEmpty)
    }

    @Test func whatIsRefusedAgainAndAgainIsTriedMoreSeldomAndOnItsOwn() throws {
        let desk = try DispatchScene(awaiting: true)
        desk.raise(.anomaly, at: 0)
        var (now, pauses): (Double, [Double]) = (0, [])
        for _ in 0..<7 {
            #expect(desk.tell(at: now) == ["noc: anomaly critical"])
            desk.fails(desk.latest.first, at: now)
            #expect(desk.tell(at: now) == [])
            let next = try #require(desk.dispatcher.nextDue).secondsSince(desk.scene.at(now))
            pauses.append(next)
            now += next
        }
        #expect(pauses == [300, 1_200, 4_800, 19_200, 76_800, 86_400, 86_400])
        desk.raise(.interfaceDown, at: now)
        #expect(desk.tell(at: now) == ["noc: interface_down critical", "noc: anomaly critical"])
        let (fresh, refused) = (desk.latest.first, desk.latest.last)
        desk.fails(refused, at: now + 1)
        desk.arrives(fresh, at: now + 2)
        #expect(desk.tell(at: now + 2) == [])
        desk.trial(at: now + 3)
        #expect(desk.tell(at: now + 3) == ["noc: anomaly critical"])
    }

    @Test func otherRoutesAreAReasonToTryAgain() throws {
        let desk = try DispatchScene(awaiting: true)
        desk.raise(at: 0)
        _ = desk.tell(at: 0)
        desk.fails(desk.latest.first, at: 1)
        desk.dispatcher.revise(try DispatchScene.tree { _ in }, keepsState: [])
        #expect(desk.tell(at: 2) == ["noc: interface_down critical"])
    }

    @Test func aReminderThatWasGivenUpIsMadeUpFor() throws {
        let desk = try DispatchScene(awaiting: true) { $0.repeatSeconds = 3_600 }
        desk.raise(at: 0)
        _ = desk.tell(at: 0)
        desk.arrives(desk.latest.first, at: 1)
        #expect(desk.tell(at: 3_600) == ["noc reminder: interface_down critical"])
        desk.fails(desk.latest.first, at: 3_601)
        #expect(desk.tell(at: 3_602) == [])
        desk.trial(at: 3_700)
        #expect(desk.tell(at: 3_700) == ["noc reminder: interface_down critical"])
    }

    @Test func whatAStoreSaysWasGivenUpIsTakenBackOnce() throws {
        let desk = try DispatchScene(awaiting: true)
        desk.raise(at: 0)
        _ = desk.tell(at: 0)
        let first = desk.latest.first
        let next = try desk.restarted(waiting: [])
        #expect(next.fails(first, at: 100))
        next.trial(at: 110)
        #expect(next.tell(at: 110) == ["noc: interface_down critical"])
        let second = next.latest.first
        next.fails(first, at: 120)
        next.arrives(second, at: 130)
        next.end(at: 140)
        #expect(next.tell(at: 200) == ["noc: (interface_down)"])
    }

    @Test func aReceiverThatIsGoneIsOwedNothing() throws {
        let desk = try DispatchScene()
        desk.raise(at: 0)
        _ = desk.tell(at: 0)
        desk.dispatcher.revise(try DispatchScene.tree { $0.receivers = ["new"] }, keepsState: [], receivers: ["new"])
        desk.end(at: 100)
        #expect(desk.tell(at: 100) == [])
        #expect(desk.ledger.owing.isEmpty)
        #expect(desk.ledger.takeNews().resolved.map(\.owesRecovery) == [false])
    }
}
