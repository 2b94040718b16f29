import Alerting
import Inventory
import Testing

@testable import Pipelines

@Suite("What a new topology means for neighbours")
struct NeighbourNewsTests {
    private let now = Timestamp(seconds: 1_795_354_200)
    private let scene = AlertScene(3)

    private func end(_ place: Int, port: String = "Gi0/1") -> LinkEnd {
        LinkEnd(
            deviceID: scene.devices[place].id, interfaceID: scene.ports[place].id,
            deviceName: scene.devices[place].name,
            port: port)
    }

    private func record(_ a: LinkEnd, _ b: LinkEnd, vanished: Bool, revision: Int64 = 5) -> LinkRecord {
        var record = LinkRecord(link: Link(a: a, b: b, confidence: 1), revision: vanished ? 1 : revision, at: now)
        if vanished { (record.vanishedRevision, record.vanishedAt) = (revision, now) }
        return record
    }

    private func news(_ links: [Link], open: Set<AlertKey> = []) -> NeighbourNews {
        NeighbourNews(links, AlertInventory(devices: scene.devices, interfaces: scene.ports), open: open)
    }

    private func key(_ place: Int, _ condition: AlertCondition) -> AlertKey {
        AlertKey(entity: .interface(scene.ports[place].id, of: scene.devices[place].id), condition: condition)
    }

    @Test("A link that is gone at both ends is a neighbor lost at each")
    func lost() {
        let found = news([]).occurrences([record(end(0), end(1), vanished: true)], after: 4)
        #expect(Set(found.map(\.key)) == [key(0, .neighborLost), key(1, .neighborLost)])
        #expect(found.map(\.message).contains("Neighbor SW-2 Gi0/1 of Gi0/1 on SW-1 is not heard any more"))
    }

    @Test("Another neighbor at the port is a change there, and a loss at the end that hears nobody")
    func changed() {
        let new = record(end(0), end(2), vanished: false)
        let found = news([new.link]).occurrences([record(end(0), end(1), vanished: true), new], after: 4)
        #expect(Set(found.map(\.key)) == [key(0, .neighborChanged), key(1, .neighborLost)])
        #expect(found.map(\.message).contains("Neighbor of Gi0/1 on SW-1 changed from SW-2 Gi0/1 to SW-3 Gi0/1"))
    }

    @Test("The same ends under another record, older revisions, and dead ports or devices are no news")
    func noNews() {
        let gone = record(end(0), end(1), vanished: true)
        #expect(news([Link(a: end(0), b: end(1), confidence: 0.5)]).occurrences([gone], after: 4).isEmpty)
        #expect(news([]).occurrences([gone], after: 5).isEmpty)
        let dead: Set = [
            key(0, .interfaceDown), AlertKey(entity: .device(scene.devices[1].id), condition: .deviceUnreachable),
        ]
        #expect(news([], open: dead).occurrences([gone], after: 4).isEmpty)
    }

    @Test("A neighbor that is heard again ends the loss where one is open")
    func returned() {
        let back = record(end(0), end(1), vanished: false)
        let found = news([back.link], open: [key(0, .neighborLost)]).occurrences([back], after: 4)
        #expect(found.map(\.key) == [key(0, .neighborLost)] && found.allSatisfy { !$0.holds })
    }
}
