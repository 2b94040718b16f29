import Alerting
import Inventory
import Testing

@Suite struct AlertLedgerTests {
    private let start = Timestamp(seconds: 1_772_000_000)
    private let key: AlertKey
    private var rule = AlertRule(id: "down", condition: .interfaceDown, severity: .critical)

    init() throws {
        let device = try #require(DeviceID("11111111-1111-4111-8111-111111111111"))
        let interface = try #require(InterfaceID("22222222-2222-4222-8222-222222222222"))
        key = AlertKey(entity: .interface(interface, of: device), condition: .interfaceDown)
    }

    private func at(_ seconds: Double) -> Timestamp { start.advanced(bySeconds: seconds) }

    private func holds(_ seconds: Double, _ rule: AlertRule? = nil, value: Double? = nil) -> AlertSignal {
        AlertSignal(key, by: rule ?? self.rule, at: at(seconds), message: "down", value: value)
    }

    private func clear(_ seconds: Double, _ rule: AlertRule? = nil) -> AlertSignal {
        .clear(key, by: rule ?? self.rule, at: at(seconds))
    }

    private func kinds(_ news: AlertLedgerNews) -> [AlertChange.Kind] { news.changes.map(\.kind) }

    @Test func aConditionWithoutADelayFiresAtOnceAndIsOverWhenItEnds() throws {
        var ledger = AlertLedger()
        ledger.take(holds(0)) { _ in
            var context = AlertContext()
            context.facts = [AlertFact("oper status", "down")]
            return context
        }
        var news = ledger.takeNews()
        let alert = try #require(news.changed.first)
        #expect(alert.state == .firing && alert.startedAt == start && alert.firedAt == start)
        #expect(alert.severity == .critical && alert.message == "down" && alert.rule == "down")
        #expect(alert.context.facts.map(\.text) == ["down"])
        #expect(kinds(news) == [.began, .fired])
        ledger.take(clear(90))
        news = ledger.takeNews()
        #expect(news.resolved.map(\.id) == [alert.id])
        #expect(news.resolved.first?.resolvedAt == at(90) && news.resolved.first?.state == .resolved)
        #expect(kinds(news) == [.resolved])
        #expect(ledger.open.isEmpty && ledger.takeNews().isEmpty)
    }

    @Test func thereIsOneAlertHoweverOftenTheConditionIsSeen() {
        var ledger = AlertLedger()
        for minute in 0..<60 { ledger.take(holds(Double(minute) * 60)) }
        #expect(ledger.open.count == 1)
        #expect(kinds(ledger.takeNews()) == [.began, .fired])
        #expect(ledger.open[key]?.lastSeenAt == at(59 * 60))
    }

    @Test func aConditionThatMustHoldForAWhileIsPendingUntilThen() {
        var rule = rule
        rule.forSeconds = 120
        var ledger = AlertLedger()
        ledger.take(holds(0, rule))
        #expect(ledger.open[key]?.state == .pending)
        #expect(ledger.nextDue(after: start) == at(120))
        ledger.take(holds(119, rule))
        ledger.advance(to: at(119))
        #expect(ledger.open[key]?.state == .pending)
        ledger.take(holds(120, rule))
        ledger.advance(to: at(120))
        #expect(ledger.open[key]?.state == .firing && ledger.open[key]?.firedAt == at(120))
        #expect(ledger.open[key]?.startedAt == start)
    }

    @Test func aPendingAlertThatEndsLeavesNothingBehind() {
        var rule = rule
        rule.forSeconds = 120
        var ledger = AlertLedger()
        ledger.take(holds(0, rule))
        let stored = ledger.takeNews().changed
        ledger.take(clear(60, rule))
        let news = ledger.takeNews()
        #expect(news.removed == stored.map(\.id))
        #expect(news.changed.isEmpty && news.resolved.isEmpty && news.changes.isEmpty)
        ledger.advance(to: at(1_000))
        #expect(ledger.takeNews().isEmpty)
    }

    @Test func anAlertIsOverOnlyWhenItsConditionStaysAway() {
        var rule = rule
        rule.clearSeconds = 300
        var ledger = AlertLedger()
        ledger.take(holds(0, rule))
        _ = ledger.takeNews()
        ledger.take(clear(60, rule))
        #expect(ledger.open[key]?.isOpen == true && ledger.nextDue(after: at(60)) == at(360))
        ledger.take(holds(200, rule))
        #expect(ledger.open[key]?.context.relapses == 1)
        ledger.advance(to: at(500))
        #expect(ledger.open.count == 1)
        ledger.take(clear(600, rule))
        ledger.advance(to: at(900))
        let news = ledger.takeNews()
        #expect(news.resolved.map(\.resolvedAt) == [at(600)])
        #expect(kinds(news) == [.relapsed, .resolved])
    }

    /// An interface that goes down and up every two minutes for an hour: a handful of alerts, not thirty.
    @Test func whatComesAndGoesIsToldAFewTimesAndThenStaysOpenUntilItIsCalm() throws {
        var ledger = AlertLedger()
        var ids: Set<AlertID> = []
        for round in 0..<30 {
            ledger.take(holds(Double(round) * 240))
            if let id = ledger.open[key]?.id { ids.insert(id) }
            ledger.take(clear(Double(round) * 240 + 120))
        }
        #expect((2...4).contains(ids.count), "\(ids.count)")
        let due = try #require(ledger.nextDue(after: at(29 * 240 + 120)))
        let quiet = due.secondsSince(at(29 * 240 + 120))
        #expect((600...3_600).contains(quiet), "\(quiet)")
        ledger.advance(to: due)
        #expect(ledger.open.isEmpty)
        #expect(ledger.takeNews().resolved.last?.resolvedAt == at(29 * 240 + 120))
    }

    @Test func restlessnessIsKnownAfterARestart() {
        var first = AlertLedger()
        var stored: [AlertID: Alert] = [:]
        for round in 0..<3 {
            first.take(holds(Double(round) * 240))
            first.take(clear(Double(round) * 240 + 120))
            let news = first.takeNews()
            for alert in news.changed + news.resolved { stored[alert.id] = alert }
        }
        var second = AlertLedger(stored.values.sorted { $0.startedAt < $1.startedAt }) { _ in rule }
        first.take(holds(800))
        second.take(holds(800))
        first.take(clear(860))
        second.take(clear(860))
        #expect(first.open == second.open)
        #expect(first.nextDue(after: at(860)) == second.nextDue(after: at(860)))
        #expect(second.open.count == 1, "it is restless")
    }

    @Test func severityRisesAndDoesNotFall() {
        var worse = rule
        worse.severity = .low
        var ledger = AlertLedger()
        ledger.take(holds(0, worse))
        ledger.take(holds(60, rule))
        ledger.take(holds(120, worse))
        #expect(ledger.open[key]?.severity == .critical)
        #expect(kinds(ledger.takeNews()) == [.began, .fired, .worsened])
    }

    @Test func theWorstValueIsKept() {
        var ledger = AlertLedger()
        for (minute, value) in [81.0, 97, 84].enumerated() { ledger.take(holds(Double(minute) * 60, value: value)) }
        #expect(ledger.open[key]?.value == 84 && ledger.open[key]?.context.worst == 97)
    }

    @Test func anEventIsOverWhenItDidNotHappenAgain() {
        let event = AlertKey(entity: key.entity, condition: .speedChanged)
        var rule = AlertRule(id: "speed", condition: .speedChanged, severity: .medium)
        rule.clearSeconds = 900
        var ledger = AlertLedger()
        ledger.take(AlertSignal(event, by: rule, at: at(0)))
        ledger.take(AlertSignal(event, by: rule, at: at(600)))
        ledger.advance(to: at(1_499))
        #expect(ledger.open.count == 1)
        ledger.advance(to: at(1_500))
        #expect(ledger.takeNews().resolved.map(\.resolvedAt) == [at(1_500)])
    }

    @Test func whatNobodyLooksAtAnyMoreIsOverAndSaysWhy() {
        var ledger = AlertLedger()
        ledger.take(holds(0))
        ledger.take(.unwatched(key, by: rule, at: at(60), because: "Gi0/1 is not monitored any more"))
        let news = ledger.takeNews()
        #expect(news.resolved.count == 1)
        #expect(news.changes.last?.text == "Gi0/1 is not monitored any more")
    }

    @Test func anAcknowledgementEndsWithItsTimeOrWithTheAlert() throws {
        var ledger = AlertLedger()
        ledger.take(holds(0))
        let alert = try #require(ledger.open[key])
        var action = AlertAction(alertID: alert.id, kind: .acknowledge, at: at(30))
        (action.until, action.author, action.note) = (at(3_600), "nino", "cable is on its way")
        let isApplied = ledger.apply(action, to: key, at: at(31))
        #expect(isApplied)
        #expect(ledger.open[key]?.state == .acknowledged && ledger.open[key]?.acknowledgement?.by == "nino")
        #expect(ledger.nextDue(after: at(31)) == at(3_600))
        ledger.advance(to: at(3_600))
        #expect(ledger.open[key]?.state == .firing && ledger.open[key]?.acknowledgement == nil)
        #expect(kinds(ledger.takeNews()).suffix(2) == [.acknowledged, .unacknowledged])
        let ofAnother = ledger.apply(AlertAction(alertID: .random(), kind: .acknowledge, at: at(0)), to: key, at: at(9))
        #expect(!ofAnother)
    }

    @Test func aRecoveryIsOwedToWhoeverWasToldAndToNobodyElse() throws {
        var ledger = AlertLedger()
        ledger.take(holds(0))
        let id = try #require(ledger.open[key]?.id)
        ledger.edit(id, of: key) { [start] in
            $0.tellings = [AlertTelling("noc", at: start, severity: .critical)]
        }
        ledger.take(clear(60))
        #expect(ledger.owing.keys.map { $0 } == [id])
        ledger.edit(id, of: key) { $0.tellings[0].isOver = true }
        #expect(ledger.owing.isEmpty)
        #expect(ledger.takeNews().resolved.map(\.owesRecovery) == [false])

        var silent = AlertLedger()
        silent.take(holds(0))
        silent.take(clear(60))
        #expect(silent.owing.isEmpty)
    }

    @Test func theSameConditionFoundByTwoProcessesIsTheSameAlert() {
        var (first, second) = (AlertLedger(), AlertLedger())
        first.take(holds(0))
        second.take(holds(0))
        #expect(first.open[key]?.id == second.open[key]?.id)
        var third = AlertLedger()
        third.take(holds(1))
        #expect(third.open[key]?.id != first.open[key]?.id)
    }

    @Test func newsThatCouldNotBeWrittenAreNotLost() {
        var ledger = AlertLedger()
        ledger.take(holds(0))
        let lost = ledger.takeNews()
        ledger.take(clear(60))
        ledger.putBack(lost)
        let news = ledger.takeNews()
        #expect(news.resolved.count == 1 && news.changed.isEmpty)
        #expect(kinds(news) == [.began, .fired, .resolved])
    }

    @Test func aTimeThatPassesWithoutNewsIsWrittenSeldom() {
        var ledger = AlertLedger()
        ledger.take(holds(0))
        _ = ledger.takeNews()
        ledger.take(holds(60))
        #expect(ledger.takeNews().isEmpty)
        ledger.take(holds(310))
        #expect(ledger.takeNews().changed.map(\.lastSeenAt) == [at(310)])
    }

    /// Polls every five minutes: what one of them found is no five minutes of it.
    @Test(arguments: [(0.0, 300.0), (0, 299.2), (17, 318)])
    func whatIsReadHoldsOnlyUpToItsLastReading(first: Double, second: Double) {
        var rule = AlertRule(id: "busy", condition: .highUtilization, severity: .high)
        rule.forSeconds = 300
        let busy = AlertKey(entity: key.entity, condition: .highUtilization)
        var ledger = AlertLedger()
        for now in stride(from: first, to: second, by: 60) {
            ledger.take(AlertSignal(busy, by: rule, at: at(first)))
            ledger.advance(to: at(now))
            #expect(ledger.open[busy]?.firedAt == nil)
        }
        ledger.advance(to: at(first + 10_000))
        #expect(ledger.open[busy]?.firedAt == nil, "its device is silent since")
        #expect(ledger.nextDue(after: at(first)) == nil, "time alone tells nothing")
        ledger.take(AlertSignal(busy, by: rule, at: at(second)))
        #expect(ledger.open[busy]?.firedAt == at(second))
    }

    @Test func whatIsFoundOnceFiresWhenItsTimeHasCome() {
        var rule = AlertRule(id: "store", condition: .storeTrouble, severity: .high)
        rule.forSeconds = 120
        let store = AlertKey(entity: .system("catalog"), condition: .storeTrouble)
        var ledger = AlertLedger()
        ledger.take(AlertSignal(store, by: rule, at: at(0)))
        ledger.advance(to: at(120))
        #expect(ledger.open[store]?.firedAt == at(120))
    }

    @Test func whatBeginsAnewInTheSameReadingIsAnotherAlert() throws {
        var ledger = AlertLedger()
        ledger.take(holds(0))
        let first = try #require(ledger.open[key]?.id)
        ledger.take(.unwatched(key, by: rule, at: at(10), because: "no rule asks for it any more"))
        ledger.take(holds(0))
        #expect(ledger.open[key]?.id != first)
    }

    @Test func anOpenAlertIsFoundByItsIdentityUntilItIsOver() throws {
        var ledger = AlertLedger()
        ledger.take(holds(0))
        let id = try #require(ledger.open[key]?.id)
        #expect(ledger.key(of: id) == key)
        #expect(AlertLedger(Array(ledger.open.values)).key(of: id) == key)
        ledger.take(clear(1))
        #expect(ledger.key(of: id) == nil)
    }
}
