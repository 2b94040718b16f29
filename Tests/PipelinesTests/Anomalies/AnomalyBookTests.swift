import Inventory
import Testing

@testable import Pipelines

@Suite("The book of open anomalies")
struct AnomalyBookTests {
    private let interface = InterfaceID.random()
    private let side = TrafficSide(.inbound, .traffic)

    private func time(_ minute: Double) -> Timestamp { WatchScene.start.advanced(bySeconds: minute * 60) }

    private func anomaly(from start: Double, to last: Double, isOver: Bool = false) -> Anomaly {
        var anomaly = Anomaly(interfaceID: interface, side: side, mode: .adaptive, at: time(start))
        anomaly.lastAt = time(last)
        anomaly.endedAt = isOver ? time(last) : nil
        return anomaly
    }

    @Test("What is seen to begin elsewhere than at first is the one that goes on; what began after it is another")
    func stored() {
        let open = anomaly(from: 0, to: 30)
        let book = AnomalyBook([open])
        let place = AnomalyBook.Side(open)
        for (start, isSame) in [(-60.0, true), (5, true), (30, true), (30.1, false), (600, false)] {
            let found = book.stored(.random(), on: place, startedAt: time(start))
            #expect(found?.id == (isSame ? open.id : nil), "\(start)")
        }
        #expect(book.stored(open.id, on: place, startedAt: time(600)) == open)
        let other = AnomalyBook.Side(interface, TrafficSide(.outbound, .traffic))
        #expect(book.stored(.random(), on: other, startedAt: time(5)) == nil)
        let over = AnomalyBook([anomaly(from: 0, to: 30, isOver: true)])
        #expect(over.stored(.random(), on: place, startedAt: time(5)) == nil)
    }

    @Test("A side has one anomaly at a time: the one before is over with its last sample")
    func displaced() {
        let (old, new) = (anomaly(from: 0, to: 30), anomaly(from: 60, to: 90))
        var book = AnomalyBook()
        #expect(book.put(old) == nil)
        var ended = old
        ended.endedAt = time(30)
        #expect(book.put(new) == ended)
        #expect(book.known[old.id] == ended && book.openAnomalies == [new])
        #expect(book.put(new) == nil)
        #expect(book.put(anomaly(from: 10, to: 20, isOver: true)) == nil)
        #expect(book.openAnomalies == [new] && book.openCount == 1)
    }

    @Test("What does not go on is over with its last sample")
    func over() {
        let open = anomaly(from: 0, to: 30)
        let book = AnomalyBook([open])
        #expect(book.over { _ in true }.isEmpty)
        var ended = open
        ended.endedAt = time(30)
        #expect(book.over { _ in false } == [ended])
    }

    @Test("What waits to be told is told once, as it is last, and as something that began if it did")
    func news() {
        func told(_ change: AnomalyNews.Change, _ anomaly: Anomaly) -> AnomalyNews {
            var news = AnomalyNews(at: anomaly.lastAt)
            news.anomalies = [.init(change: change, anomaly: anomaly)]
            var incident = Incident(id: IncidentID(anomaly.id.uuid), scope: .interface, at: anomaly.startedAt)
            incident.endedAt = anomaly.endedAt
            news.incidents = [.init(change: change, incident: incident)]
            return news
        }
        var begun = anomaly(from: 10, to: 15)
        var (waiting, older) = (AnomalyNews(at: time(0)), anomaly(from: 0, to: 5))
        waiting.add(told(.started, begun))
        begun.lastAt = time(20)
        waiting.add(told(.changed, begun))
        waiting.add(told(.changed, older))
        #expect(waiting.anomalies.map(\.anomaly) == [older, begun] && waiting.at == time(5))
        #expect(waiting.anomalies.map(\.change) == [.changed, .started])
        #expect(waiting.incidents.map(\.change) == [.changed, .started])
        (older.endedAt, begun.endedAt) = (time(25), time(25))
        for ended in [older, begun] { waiting.add(told(.ended, ended)) }
        #expect(waiting.anomalies.map(\.change) == [.ended, .ended] && waiting.incidents.count == 2)
        #expect(waiting.incidents.allSatisfy { $0.incident.endedAt == time(25) })
    }
}
