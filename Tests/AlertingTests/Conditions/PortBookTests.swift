import Inventory
import Testing
import Traffic

@testable import Alerting

@Suite struct PortBookTests {
    private let start = Timestamp(seconds: 1_772_000_000)
    private var device = Device(name: "CORE-SW-03", address: "127.1.0.3", at: Timestamp(seconds: 0))
    private var port: Interface
    private let rules = AlertRuleBook([
        PortBookTests.rule("down", .interfaceDown, .critical),
        PortBookTests.rule("busy", .highUtilization, .high, threshold: 80, clear: 75),
        PortBookTests.rule("errors", .highErrorRate, .medium, threshold: 0.1, minimumCount: 10),
        PortBookTests.rule("flaps", .interfaceFlapping, .high, changes: 6),
    ])

    init() {
        var facts = InterfaceFacts(ifIndex: 1)
        (facts.ifName, facts.ifSpeed, facts.adminStatus, facts.operStatus) = ("Gi0/0/1", 1_000_000_000, 1, 1)
        port = Interface(deviceID: device.id, facts: facts, at: Timestamp(seconds: 0))
        port.interfaceType = .trunk
    }

    private static func rule(
        _ id: String, _ condition: AlertCondition, _ severity: AlertSeverity, threshold: Double? = nil,
        clear: Double? = nil, minimumCount: Int? = nil, changes: Int? = nil
    ) -> AlertRule {
        var rule = AlertRule(id: id, condition: condition, severity: severity)
        (rule.threshold, rule.clear, rule.minimumCount, rule.changes) = (threshold, clear, minimumCount, changes)
        rule.withinSeconds = changes.map { _ in 600 }
        return rule
    }

    private func at(_ seconds: Double) -> Timestamp { start.advanced(bySeconds: seconds) }

    private func book(_ port: Interface? = nil) -> PortBook {
        var book = PortBook()
        _ = book.revise(AlertInventory(devices: [device], interfaces: [port ?? self.port]), rules, at: start)
        return book
    }

    /// What 300 s of traffic read at a time look like.
    private func rates(
        _ seconds: Double, percent: Double, errors: UInt64 = 0, packets: UInt64 = 1_000_000, speed: Int64? = nil,
        oper: UInt8 = 1
    ) -> InterfaceRates {
        var reading = CounterReading(at: at(seconds))
        reading.ifSpeed = speed ?? port.facts.ifSpeed
        (reading.adminStatus, reading.operStatus, reading.intervalSeconds) = (1, oper, 300)
        var step = CounterStep(from: at(seconds - 300), to: at(seconds))
        step.seconds = 300
        step.known = [CounterSet(.inOctets), CounterSet(.inErrors), CounterSet(.inUnicastPackets)]
        step.rated = step.known
        step.increases[Int(CounterKind.inOctets.rawValue)] = UInt64(percent / 100 * 1e9 / 8 * 300)
        step.increases[Int(CounterKind.inErrors.rawValue)] = errors
        step.increases[Int(CounterKind.inUnicastPackets.rawValue)] = packets
        return InterfaceRates(port.id, reading, step: step)
    }

    private func told(_ signals: [AlertSignal]) -> [String] {
        signals.map { signal in
            switch signal.state {
            case .holds: signal.message
            case .clear: "\(signal.key.condition.rawValue) is over"
            case .unwatched(let why): "\(signal.key.condition.rawValue): \(why)"
            }
        }
    }

    @Test func anInterfaceThatGoesDownIsToldInTheWordsOfTheContract() {
        var book = book()
        #expect(told(book.signals(at: at(0))) == [])
        book.take(status: port.id, admin: 0, oper: 2, at: at(10))
        #expect(told(book.signalsOfNews(at: at(10))) == ["Interface Gi0/0/1 down on CORE-SW-03 (CRITICAL)"])
        #expect(told(book.signals(at: at(60))).count == 1)
        book.take(status: port.id, admin: 0, oper: 1, at: at(90))
        #expect(told(book.signalsOfNews(at: at(90))) == ["interface_down is over"])
        #expect(told(book.signals(at: at(120))) == [])
    }

    @Test(arguments: [
        (1, 2, true, true, true), (1, 7, true, true, true), (1, 3, true, true, true),
        // Switched off by an operator of the device, never up, not monitored, not known.
        (2, 2, true, true, false), (1, 2, false, true, false), (1, 2, true, false, false), (1, 0, true, true, false),
        (0, 2, true, true, false),
    ])
    func onlyWhatShouldBeUpIsDown(admin: Int, oper: Int, wasUp: Bool, isMonitored: Bool, isDown: Bool) {
        var port = port
        (port.facts.adminStatus, port.facts.operStatus) = (admin, oper)
        (port.wasUp, port.monitoringEnabled) = (wasUp, isMonitored)
        var book = book(port)
        #expect(book.signals(at: at(0)).isEmpty == !isDown)
    }

    @Test func aDuplexIsNewsWhereItWasKnownAndIsAnotherOne() {
        var book = PortBook()
        var port = port
        func revise(_ duplex: Duplex?, monitored: Bool = true) -> [PortChange.Kind] {
            (port.facts.duplex, port.monitoringEnabled) = (duplex, monitored)
            _ = book.revise(AlertInventory(devices: [device], interfaces: [port]), rules, at: start)
            // Looking at the inventory again loses nothing that was not asked for yet.
            _ = book.revise(AlertInventory(devices: [device], interfaces: [port]), rules, at: start)
            return book.takeChanges().map(\.kind)
        }
        // Half at first sight is no change, however fast the port.
        #expect(revise(nil) == [] && revise(.half) == [] && revise(.half) == [])
        #expect(revise(.full) == [.duplex(before: .half, after: .full)])
        #expect(revise(nil) == [] && revise(.full) == [])
        #expect(revise(nil) == [] && revise(.half) == [.duplex(before: .full, after: .half)])
        #expect(revise(.full, monitored: false) == [] && revise(.full) == [])
    }

    @Test func utilizationHoldsUntilItIsBelowWhereItClears() {
        var book = book()
        for (minute, (percent, expected)) in [
            (79.9, []), (80.2, ["High utilization on CORE-SW-03 Gi0/0/1 (80%)"]),
            (76, ["High utilization on CORE-SW-03 Gi0/0/1 (76%)"]), (74.9, ["high_utilization is over"]), (79, []),
        ].enumerated() {
            book.take([rates(Double(minute) * 300, percent: percent)])
            #expect(told(book.signalsOfNews(at: at(Double(minute) * 300))) == expected, "\(percent)")
        }
    }

    @Test func ratesThatHaveGrownOldSayNothing() {
        var book = book()
        book.take([rates(0, percent: 90)])
        #expect(book.signals(at: at(0)).count == 1)
        #expect(book.signals(at: at(700)).count == 1)
        #expect(book.signals(at: at(800)) == [], "neither on nor off")
        book.take([rates(900, percent: 10)])
        #expect(told(book.signals(at: at(900))) == ["high_utilization is over"])
    }

    @Test func aFewErrorsAreNoRate() {
        var book = book()
        book.take([rates(0, percent: 1, errors: 9, packets: 100)])
        #expect(book.signals(at: at(0)) == [])
        book.take([rates(300, percent: 1, errors: 12, packets: 4_788)])
        #expect(told(book.signals(at: at(300))) == ["High error rate on CORE-SW-03 Gi0/0/1 (0.25%)"])
    }

    @Test func nothingIsSaidOfTheInterfacesOfADeviceThatIsSilent() {
        var book = book()
        book.take([rates(0, percent: 90)])
        _ = book.signals(at: at(0))
        book.setSilent(device.id, true)
        book.take(status: port.id, admin: 1, oper: 2, at: at(60))
        #expect(book.signals(at: at(60)) == [])
        #expect(book.signalsOfNews(at: at(60)) == [])
        book.setSilent(device.id, false)
        #expect(told(book.signals(at: at(120))).count == 2)
    }

    @Test func anInterfaceThatChangesOftenFlapsUntilItIsCalm() {
        var book = book()
        var seen: [String] = []
        for change in 1...7 {
            let time = at(Double(change) * 30)
            book.take(status: port.id, admin: 0, oper: change % 2 == 1 ? 2 : 1, at: time)
            seen += told(book.signalsOfNews(at: time)).filter { $0.contains("flap") }
        }
        #expect(
            seen == [
                "Interface Gi0/0/1 flapping on CORE-SW-03 (6 changes in 10m)",
                "Interface Gi0/0/1 flapping on CORE-SW-03 (7 changes in 10m)",
            ])
        book.take(status: port.id, admin: 0, oper: 1, at: at(240))
        #expect(told(book.signals(at: at(640))).filter { $0.contains("flap") }.count == 1)
        #expect(told(book.signals(at: at(760))) == ["interface_flapping is over"])
    }

    @Test func anotherSpeedIsTold() {
        var book = book()
        book.take([rates(0, percent: 1)])
        book.take([rates(300, percent: 1, speed: 100_000_000)])
        let changes = book.takeChanges().map(\.kind)
        #expect(changes == [.speed(before: 1_000_000_000, after: 100_000_000)])
    }

    @Test func whatIsNotLookedAtAnyMoreSaysWhy() {
        var book = book()
        book.take(status: port.id, admin: 1, oper: 2, at: at(0))
        _ = book.signals(at: at(0))
        var unmonitored = port
        unmonitored.monitoringEnabled = false
        for (interfaces, rules, reason) in [
            ([unmonitored], rules, "the interface is not monitored any more"),
            ([], rules, "the interface is gone"),
            ([port], AlertRuleBook([]), "no rule asks for it any more"),
        ] {
            var next = book
            let ended = next.revise(AlertInventory(devices: [device], interfaces: interfaces), rules, at: at(60))
            #expect(told(ended) == ["interface_down: \(reason)"])
        }
    }

    @Test func whatIsKnownStaysWithAnInterfaceWhenTheInventoryChanges() {
        var book = book()
        book.take([rates(0, percent: 90)])
        book.take(status: port.id, admin: 1, oper: 2, at: at(1))
        _ = book.signals(at: at(1))
        var renamed = port
        renamed.facts.ifAlias = "to the branch"
        let other = Interface(deviceID: device.id, facts: InterfaceFacts(ifIndex: 2), at: start)
        #expect(book.revise(AlertInventory(devices: [device], interfaces: [other, renamed]), rules, at: at(2)) == [])
        #expect(told(book.signals(at: at(2))).count == 2)
        var discovered = renamed
        (discovered.facts.operStatus, discovered.lastDiscoveredAt) = (2, at(3))
        _ = book.revise(AlertInventory(devices: [device], interfaces: [discovered]), rules, at: at(3))
        (discovered.facts.operStatus, discovered.lastDiscoveredAt) = (1, at(4))
        _ = book.revise(AlertInventory(devices: [device], interfaces: [discovered]), rules, at: at(4))
        #expect(told(book.signals(at: at(4))).contains("interface_down is over"), "a discovery read it")
    }

    @Test func alertsThatWereOpenAtTheStartGoOnAndEnd() {
        var book = book()
        let key = AlertKey(entity: .interface(port.id, of: device.id), condition: .highUtilization)
        book.adopt([key], at: start)
        #expect(book.signals(at: at(0)) == [], "no rate is known yet")
        book.take([rates(300, percent: 76)])
        #expect(book.signals(at: at(300)).map(\.state) == [.holds])
        book.take([rates(600, percent: 10)])
        #expect(book.signals(at: at(600)).map(\.state) == [.clear])
    }

    /// A counter poll that is written late, and a row that an operator edits, know of a time before the trap.
    @Test func whatWasReadBeforeDoesNotUndoWhatATrapSaid() {
        var book = book()
        book.take(status: port.id, admin: 0, oper: 2, at: at(10))
        #expect(told(book.signalsOfNews(at: at(10))).count == 1)
        book.take([rates(0, percent: 1, speed: 100_000_000)])
        book.take(status: port.id, admin: 1, oper: 1, at: at(9.9))
        var edited = port
        (edited.notes, edited.updatedAt) = ("to be looked at", at(20))
        edited.facts.operStatus = 7
        _ = book.revise(AlertInventory(devices: [device], interfaces: [edited]), rules, at: at(20))
        edited.facts.operStatus = 1
        _ = book.revise(AlertInventory(devices: [device], interfaces: [edited]), rules, at: at(21))
        #expect(told(book.signals(at: at(21))) == ["Interface Gi0/0/1 down on CORE-SW-03 (CRITICAL)"])
        book.take(status: port.id, admin: 0, oper: 1, at: at(22))
        #expect(told(book.signalsOfNews(at: at(22))) == ["interface_down is over"])
    }

    @Test func ratesThatComeLateAreNotThoseOfNow() {
        var book = book()
        book.take([rates(300, percent: 90)])
        book.take([rates(0, percent: 10)])
        #expect(told(book.signals(at: at(310))) == ["High utilization on CORE-SW-03 Gi0/0/1 (90%)"])
    }

    @Test func whenTheClockIsSetBackByAnHourWhatIsReadCounts() {
        var book = book()
        book.take(status: port.id, admin: 1, oper: 1, at: at(3_700))
        book.take(status: port.id, admin: 1, oper: 2, at: at(100))
        #expect(told(book.signals(at: at(100))).count == 1)
    }

    @Test func aRateIsOfWhenItWasRead() {
        var book = book()
        book.take([rates(300, percent: 90)])
        #expect(book.signalsOfNews(at: at(320)).map(\.at) == [at(300)])
        #expect(book.signals(at: at(360)).map(\.at) == [at(300)])
    }

    @Test func aPortWithoutALinkHasNoSpeed() {
        var book = book()
        book.take([rates(0, percent: 1)])
        book.take([rates(300, percent: 0, speed: 10_000_000, oper: 2)])
        book.take([rates(600, percent: 1)])
        #expect(book.takeChanges().filter { if case .speed = $0.kind { true } else { false } } == [])
        book.take([rates(900, percent: 1, speed: 100_000_000)])
        #expect(book.takeChanges().map(\.kind) == [.speed(before: 1_000_000_000, after: 100_000_000)])
    }

    @Test func whatWasNotToldYetOutlivesANewInventory() {
        var book = book()
        book.take([rates(0, percent: 1)])
        book.take([rates(300, percent: 9, speed: 100_000_000)])
        var renamed = port
        renamed.facts.ifAlias = "to the branch"
        _ = book.revise(AlertInventory(devices: [device], interfaces: [renamed]), rules, at: at(301))
        #expect(book.takeChanges().count == 1)
        #expect(book.signalsOfNews(at: at(301)).count == 1)
    }

    /// What changed before a start is not known: an alert goes on until it is certain that it is over.
    @Test func flappingOfBeforeAStartIsOverWhenItStayedCalm() {
        var book = book()
        book.adopt([AlertKey(entity: .interface(port.id, of: device.id), condition: .interfaceFlapping)], at: at(0))
        #expect(book.signals(at: at(0)) == [])
        #expect(book.signals(at: at(599)) == [])
        #expect(told(book.signals(at: at(600))) == ["interface_flapping is over"])
        #expect(book.signals(at: at(660)) == [])
    }
}
