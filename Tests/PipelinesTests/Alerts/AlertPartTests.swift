import Alerting
import Inventory
import Testing

@testable import Pipelines

/// How what an evaluation found is divided into transactions.
@Suite("Parts of an evaluation")
struct AlertPartTests {
    private static let start = Timestamp(seconds: 1_795_354_200)

    private func alert(_ seconds: Double = 0, of entity: AlertEntity = .device(.random())) -> Alert {
        var alert = Alert(
            entity: entity, condition: .deviceUnreachable, rule: "r", severity: .high,
            at: Self.start.advanced(bySeconds: seconds))
        (alert.state, alert.firedAt) = (.firing, alert.startedAt)
        return alert
    }

    private func delivery(_ alerts: [Alert], counting more: Int = 0, to receiver: String = "noc", _ group: String = "")
        -> AlertDelivery
    {
        AlertDelivery(
            id: .random(), receiver: receiver, group: group, reason: .change, alerts: alerts,
            alertCount: alerts.count + more, at: Self.start)
    }

    private func news(_ changed: [Alert], resolved: [Alert] = []) -> AlertLedgerNews {
        var news = AlertLedgerNews()
        (news.changed, news.resolved) = (changed, resolved)
        news.changes = (resolved + changed).flatMap { alert in
            [
                AlertChange(alert.id, .began, at: alert.startedAt, "a"),
                AlertChange(alert.id, .fired, at: alert.startedAt, "b"),
            ]
        }
        return news
    }

    private func ids(_ part: AlertPart) -> Set<AlertID> { Set((part.news.resolved + part.news.changed).map(\.id)) }

    @Test("What is little is one part")
    func little() {
        let alerts = (0..<4).map { _ in alert() }
        let deliveries = alerts.map { delivery([$0]) }
        let parts = AlertPart.parts(news(alerts), deliveries, most: 4)
        #expect(parts.count == 1 && parts[0].news == news(alerts) && parts[0].deliveries == deliveries)
        #expect(AlertPart.parts(AlertLedgerNews(), [], most: 1).count == 1)
    }

    @Test("Each alert is with the deliveries that tell of it, and what is told comes first")
    func together() {
        let (held, told) = ((0..<3).map { _ in alert() }, (0..<6).map { _ in alert() })
        let deliveries = stride(from: 0, to: 6, by: 2).map { delivery(Array(told[$0...($0 + 1)])) }
        let parts = AlertPart.parts(news(held + told), deliveries, most: 2)
        #expect(parts.prefix(3).map(\.deliveries) == deliveries.map { [$0] })
        #expect(parts.prefix(3).map(ids) == deliveries.map { Set($0.alerts.map(\.id)) })
        #expect(parts.dropFirst(3).allSatisfy { $0.deliveries.isEmpty })
        let rest = parts.dropFirst(3).flatMap { Array(ids($0)) }
        #expect(rest.count == held.count && Set(rest) == Set(held.map(\.id)))
    }

    @Test("An alert that two receivers are told of keeps their messages together")
    func shared() {
        let alerts = (0..<3).map { _ in alert() }
        let deliveries = [delivery([alerts[0], alerts[1]]), delivery([alerts[1], alerts[2]], to: "boss")]
        let parts = AlertPart.parts(news(alerts), deliveries, most: 1)
        #expect(parts.count == 1 && parts[0].deliveries == deliveries)
    }

    @Test("Alerts that a message only counts are with it")
    func counted() {
        var alerts = (0..<5).map { _ in alert() }
        for place in 1...3 {
            var telling = AlertTelling("noc", at: Self.start, severity: .high, group: "g")
            telling.isCounted = true
            alerts[place].tellings = [telling]
        }
        let parts = AlertPart.parts(news(alerts), [delivery([alerts[0]], counting: 3, "g")], most: 1)
        #expect(parts.map { ids($0).count } == [4, 1])
        #expect(ids(parts[1]) == [alerts[4].id])
    }

    @Test("What is over is with the alert that began anew in its place")
    func sameKey() {
        let entity = AlertEntity.device(.random())
        var over = alert(of: entity)
        (over.state, over.resolvedAt) = (.resolved, over.startedAt)
        let (next, other) = (alert(10, of: entity), alert())
        let parts = AlertPart.parts(news([other, next], resolved: [over]), [], most: 1)
        #expect(parts.map(ids) == [[over.id, next.id], [other.id]])
    }

    @Test("Nothing is lost, and steps stay in their order beside their alert", arguments: 1...40 as ClosedRange<UInt64>)
    func nothingIsLost(seed: UInt64) {
        var random = Seeded(seed)
        let alerts = (0..<Int.random(in: 1...60, using: &random)).map { alert(Double($0)) }
        let deliveries = (0..<Int.random(in: 0...12, using: &random)).map { number in
            let told = alerts.shuffled(using: &random).prefix(Int.random(in: 1...4, using: &random))
            return delivery(Array(told), to: "receiver-\(number % 3)")
        }
        var all = news(alerts)
        all.removed = [.random()]
        let parts = AlertPart.parts(all, deliveries, most: Int.random(in: 1...10, using: &random))
        let whole = AlertPart.joined(parts)
        #expect(Set(whole.news.changed) == Set(alerts) && whole.news.changed.count == alerts.count, "seed \(seed)")
        #expect(Set(whole.deliveries.map(\.id)) == Set(deliveries.map(\.id)) && whole.news.removed == all.removed)
        for part in parts {
            let own = ids(part)
            #expect(part.news.changes.map(\.alertID).allSatisfy(own.contains), "seed \(seed)")
            #expect(part.deliveries.allSatisfy { $0.alerts.allSatisfy { own.contains($0.id) } }, "seed \(seed)")
            for id in own { #expect(part.news.changes.filter { $0.alertID == id }.map(\.kind) == [.began, .fired]) }
        }
    }
}
