import Inventory
import Testing
import Traffic

@testable import Alerting

@Suite struct AlertEngineTests {
    private let net = SmallNetwork()

    private func told(_ outcome: AlertOutcome) -> [String] { net.told(outcome) }
    private func open(_ engine: AlertEngine) -> [String] { net.open(engine) }

    @Test func anOrdinaryPortThatMattersIsToldAtOnceAndAnotherIsRecorded() throws {
        var engine = try net.engine()
        #expect(told(engine.evaluate(at: net.at(0))) == [])
        var port = try #require(net.ports["user"])
        engine.take(status: port.id, admin: 1, oper: 2, at: net.at(1))
        #expect(told(engine.evaluate(at: net.at(1), isFull: false)) == [])
        #expect(open(engine) == ["Interface user down on ADM (LOW) [record_only]"])
        port.isCritical = true
        var inventory = net.inventory
        inventory.interfaces[port.id] = port
        engine.revise(inventory, rules: AlertRuleBook(AlertFile.shipped), at: net.at(2))
        #expect(told(engine.evaluate(at: net.at(60))) == ["Interface user down on ADM (CRITICAL)"])
        engine.take(status: port.id, admin: 1, oper: 1, at: net.at(90))
        #expect(told(engine.evaluate(at: net.at(90), isFull: false)) == ["over: Interface user down on ADM (CRITICAL)"])
        #expect(engine.ledger.open.isEmpty)
    }

    /// The port towards the core goes down; the core is asked and does not answer; the branches are found silent later.
    @Test func aDeadCoreIsToldOnceByItsOwnName() throws {
        var engine = try net.engine()
        var all: [String] = []
        engine.take(status: try net.port("ADM>CORE"), admin: 1, oper: 2, at: net.at(1))
        let first = engine.evaluate(at: net.at(1), isFull: false)
        all += told(first)
        #expect(first.probes == [try net.device("CORE")])
        engine.failed(try net.device("CORE"), askedAt: net.at(1), at: net.at(1.6))
        all += told(engine.evaluate(at: net.at(1.7), isFull: false))
        #expect(all == ["Device CORE unreachable (CRITICAL)"])
        for branch in ["BR-1", "BR-2"] {
            engine.failed(try net.device(branch), askedAt: net.at(150), at: net.at(160))
            engine.silent(try net.device(branch), at: net.at(160))
        }
        for second in stride(from: 180.0, to: 900, by: 60) {
            engine.heard(try net.device("ADM"), at: net.at(second - 10))
            all += told(engine.evaluate(at: net.at(second)))
        }
        #expect(all == ["Device CORE unreachable (CRITICAL)"])
        #expect(
            open(engine) == [
                "Device BR-1 unreachable (CRITICAL) [explained]", "Device BR-2 unreachable (CRITICAL) [explained]",
                "Device CORE unreachable (CRITICAL)", "Interface to CORE down on ADM (CRITICAL) [explained]",
            ])
        let branch = try #require(engine.ledger.open.values.first { $0.message.contains("BR-1") })
        let core = try #require(engine.ledger.open.values.first { $0.message.contains("CORE unreach") })
        #expect(branch.causeID == core.id && branch.context.cause?.path == ["ADM", "CORE", "BR-1"])

        engine.take(status: try net.port("ADM>CORE"), admin: 1, oper: 1, at: net.at(1_000))
        for name in ["ADM", "CORE"] { engine.heard(try net.device(name), at: net.at(1_001)) }
        all = told(engine.evaluate(at: net.at(1_001)))
        for name in ["BR-1", "BR-2"] { engine.heard(try net.device(name), at: net.at(1_030)) }
        for second in [1_030.0, 1_090, 1_150, 1_300] { all += told(engine.evaluate(at: net.at(second))) }
        #expect(all == ["over: Device CORE unreachable (CRITICAL)"])
        #expect(engine.ledger.open.isEmpty && engine.ledger.owing.isEmpty)
    }

    @Test func whatIsKnownOfASilentDevicesInterfacesStaysAsItWas() throws {
        var engine = try net.engine()
        let busy = AlertKey(
            entity: .interface(try net.port("BR-1>CORE"), of: try net.device("BR-1")), condition: .highUtilization)
        engine.take(AlertOccurrence(busy, at: net.at(1), value: 95))
        #expect(told(engine.evaluate(at: net.at(1))) == ["High utilization on BR-1 to CORE (95%)"])
        engine.failed(try net.device("BR-1"), askedAt: net.at(240), at: net.at(250))
        engine.silent(try net.device("BR-1"), at: net.at(250))
        for name in ["ADM", "CORE", "BR-2"] { engine.heard(try net.device(name), at: net.at(280)) }
        // Neighbours answer: it is asked once more before it is told.
        let asked = engine.evaluate(at: net.at(300))
        let branch = try net.device("BR-1")
        #expect(told(asked) == [] && asked.probes == [branch])
        engine.failed(branch, askedAt: net.at(300), at: net.at(301))
        #expect(told(engine.evaluate(at: net.at(301), isFull: false)) == ["Device BR-1 unreachable (CRITICAL)"])
        #expect(
            open(engine) == [
                "Device BR-1 unreachable (CRITICAL)", "High utilization on BR-1 to CORE (95%) [explained]",
            ])
    }

    /// A poll waits for an answer while the device comes back and answers another question: its end is old news.
    @Test func aQuestionOfBeforeTheReturnDoesNotMakeADeviceSilentAgain() throws {
        var engine = try net.engine()
        let branch = try net.device("BR-1")
        engine.failed(branch, askedAt: net.at(240), at: net.at(250))
        engine.silent(branch, askedAt: net.at(240), at: net.at(250))
        for name in ["ADM", "CORE", "BR-2"] { engine.heard(try net.device(name), at: net.at(280)) }
        _ = engine.evaluate(at: net.at(300))
        engine.failed(branch, askedAt: net.at(300), at: net.at(301))
        #expect(told(engine.evaluate(at: net.at(301), isFull: false)) == ["Device BR-1 unreachable (CRITICAL)"])
        engine.heard(branch, at: net.at(310.3))
        #expect(told(engine.evaluate(at: net.at(310.4))) == ["over: Device BR-1 unreachable (CRITICAL)"])
        for name in ["ADM", "CORE", "BR-2"] { engine.heard(try net.device(name), at: net.at(311)) }
        engine.failed(branch, askedAt: net.at(309.7), at: net.at(311.2))
        engine.silent(branch, askedAt: net.at(309.7), at: net.at(311.2))
        for second in [311.2, 330, 390] { #expect(told(engine.evaluate(at: net.at(second))) == []) }
        #expect(open(engine) == [])
        // One that was asked since is another matter.
        engine.failed(branch, askedAt: net.at(400), at: net.at(401.5))
        engine.silent(branch, askedAt: net.at(400), at: net.at(401.5))
        _ = engine.evaluate(at: net.at(401.5))
        #expect(open(engine).contains { $0.hasPrefix("Device BR-1 unreachable") })
    }

    @Test func aRestartGoesOnWhereItWasAndTellsNothingTwice() throws {
        var engine = try net.engine()
        engine.take(status: try net.port("ADM>CORE"), admin: 1, oper: 2, at: net.at(1))
        _ = engine.evaluate(at: net.at(1), isFull: false)
        engine.failed(try net.device("CORE"), askedAt: net.at(1), at: net.at(1.6))
        _ = engine.evaluate(at: net.at(2))
        let before = engine.ledger.open
        var again = try net.engine(Array(before.values))
        for name in ["CORE", "BR-1", "BR-2"] {
            again.failed(try net.device(name), askedAt: net.at(60), at: net.at(62))
        }
        again.take(status: try net.port("ADM>CORE"), admin: 1, oper: 2, at: net.at(65))
        #expect(told(again.evaluate(at: net.at(70))) == [])
        #expect(Set(again.ledger.open.values.map(\.id)).isSuperset(of: before.values.map(\.id)))
    }

    /// What lies behind the dead core is explained before the restart, and must stay so when nothing was heard since.
    @Test func aRestartDuringAnOutageTellsNothingOfWhatWasExplained() throws {
        var engine = try net.engine()
        engine.take(status: try net.port("ADM>CORE"), admin: 1, oper: 2, at: net.at(1))
        _ = engine.evaluate(at: net.at(1), isFull: false)
        for (name, second) in [("CORE", 1.6), ("BR-1", 100), ("BR-2", 100)] {
            engine.failed(try net.device(name), askedAt: net.at(second - 0.6), at: net.at(second))
            if name != "CORE" { engine.silent(try net.device(name), at: net.at(second)) }
            _ = engine.evaluate(at: net.at(second))
        }
        var again = AlertEngine(Array(engine.ledger.open.values))
        // The catalog has the port down by now.
        var inventory = net.inventory
        inventory.interfaces[try net.port("ADM>CORE")]?.facts.operStatus = 2
        again.revise(inventory, rules: AlertRuleBook(AlertFile.shipped), at: net.at(200))
        again.revise(net.graph, waitSeconds: 60)
        var route = AlertRoute()
        route.receivers = ["noc"]
        again.revise(try RouteTree(route), keepsState: [])
        var all: [String] = []
        for second in stride(from: 200.0, through: 1_000, by: 20) {
            again.heard(try net.device("ADM"), at: net.at(second - 1))
            for name in ["CORE", "BR-1", "BR-2"] {
                again.failed(try net.device(name), askedAt: net.at(second - 2), at: net.at(second - 1))
            }
            all += told(again.evaluate(at: net.at(second)))
        }
        #expect(all == [])
        #expect(open(again).count { $0.hasSuffix("[explained]") } == 3)
    }

    /// Both ends of a cable are down; the nearer one is recorded only, so the other must be told.
    @Test func whatIsOnlyRecordedExplainsNothingAway() throws {
        var engine = try net.engine()
        var port = try #require(net.ports["ADM>CORE"])
        port.interfaceType = .management
        var inventory = net.inventory
        inventory.interfaces[port.id] = port
        engine.revise(inventory, rules: AlertRuleBook(AlertFile.shipped), at: net.at(0))
        engine.take(status: port.id, admin: 1, oper: 2, at: net.at(1))
        engine.take(status: try net.port("CORE>ADM"), admin: 1, oper: 2, at: net.at(1))
        var all = told(engine.evaluate(at: net.at(1)))
        for second in [3.0, 60, 120, 180] {
            for device in net.devices.values { engine.heard(device.id, at: net.at(second)) }
            all += told(engine.evaluate(at: net.at(second)))
        }
        #expect(all == ["Interface to ADM down on CORE (CRITICAL)"])
    }

    @Test func maintenanceHoldsBackWhatBeginsInItAndTellsWhatOutlastsIt() throws {
        var engine = try net.engine()
        var window = MaintenanceWindow(
            name: "upgrade", begins: .at(net.at(0)), durationSeconds: 3_600, zone: "UTC", at: net.start)
        window.matchers = [AlertMatcher("device", "ADM")]
        engine.revise(QuietBook(windows: [window]))
        var port = try #require(net.ports["user"])
        port.isCritical = true
        var inventory = net.inventory
        inventory.interfaces[port.id] = port
        engine.revise(inventory, rules: AlertRuleBook(AlertFile.shipped), at: net.at(0))
        engine.take(status: port.id, admin: 1, oper: 2, at: net.at(10))
        let held = engine.evaluate(at: net.at(10))
        #expect(told(held) == [] && held.nextAt == net.at(3_600))
        #expect(open(engine) == ["Interface user down on ADM (CRITICAL) [maintenance]"])
        #expect(told(engine.evaluate(at: net.at(3_600))) == ["Interface user down on ADM (CRITICAL)"])
    }

    @Test func occurrencesFollowTheirRules() throws {
        var engine = try net.engine()
        let disk = AlertKey(entity: .system("disk"), condition: .diskSpace)
        for (second, free, expected) in [
            (0.0, 15.0, []), (60, 9, ["Disk of the data directory 9% free"]), (120, 11, []),
            (180, 13, ["over: Disk of the data directory 9% free"]),
        ] {
            engine.take(AlertOccurrence(disk, at: net.at(second), value: free))
            #expect(told(engine.evaluate(at: net.at(second))) == expected, "\(free)")
        }
        let anomaly = AlertKey(
            entity: .interface(try net.port("ADM>CORE"), of: try net.device("ADM")), condition: .anomaly)
        engine.take(AlertOccurrence(anomaly, at: net.at(200), message: "Traffic drop", severity: .high))
        let outcome = engine.evaluate(at: net.at(200))
        #expect(outcome.deliveries.flatMap(\.alerts).map(\.severity) == [.high])
        #expect(told(outcome) == ["Traffic drop"])
    }

    @Test func anotherSpeedIsAnEventWithItsEvidence() throws {
        var engine = try net.engine()
        var reading = CounterReading(at: net.at(10))
        (reading.ifSpeed, reading.adminStatus, reading.operStatus) = (100_000_000, 1, 1)
        engine.take([InterfaceRates(try net.port("ADM>CORE"), reading)])
        let outcome = engine.evaluate(at: net.at(10))
        #expect(told(outcome) == ["Speed of to CORE on ADM changed from 1 Gbps to 100 Mbps"])
        #expect(outcome.nextAt == net.at(10 + 3_600))
        #expect(told(engine.evaluate(at: net.at(10 + 3_600))).count == 1)
    }

    @Test func anAlertKeepsWhatHappenedBeforeIt() throws {
        var engine = try net.engine()
        engine.note(AlertEvent(at: net.at(-4_000), deviceID: try net.device("CORE"), "too old"))
        engine.note(AlertEvent(at: net.at(-600), deviceID: try net.device("CORE"), "CORE restarted"))
        engine.note(AlertEvent(at: net.at(-500), deviceID: try net.device("BR-2"), "elsewhere"))
        engine.take(status: try net.port("ADM>CORE"), admin: 1, oper: 2, at: net.at(0))
        _ = engine.evaluate(at: net.at(0))
        let alert = try #require(engine.ledger.open.values.first)
        #expect(alert.context.before.map(\.text) == ["to CORE of ADM went down", "CORE restarted"])
        #expect(alert.context.facts.contains(AlertFact("neighbor", "CORE")))
        #expect(alert.context.device?.name == "ADM" && alert.context.interface?.name == "to CORE")
    }
}
