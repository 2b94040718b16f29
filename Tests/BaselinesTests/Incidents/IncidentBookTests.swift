import Inventory
import Testing

@testable import Baselines

@Suite("The book of incidents")
struct IncidentBookTests {
    let network: StoryNetwork = {
        var network = StoryNetwork(sites: 3, devicesPerSite: 3, interfacesPerDevice: 10)
        network.link(0, 30)
        return network
    }()

    @Test("an incident widens as members join, and keeps its identity")
    func widens() throws {
        var (book, store) = (IncidentBook(), StoryStore())
        let steps: [(Int, IncidentScope)] = [(0, .interface), (30, .link), (31, .device), (1, .common)]
        var id: IncidentID?
        for (number, step) in steps.enumerated() {
            let minute = Double(number) * 5
            store.save(book.take([network.member(step.0, minute: minute)], network, minute: minute))
            let incident = try #require(store.incidents.values.first)
            #expect(store.incidents.count == 1 && incident.scope == step.1)
            #expect(id == nil || incident.id == id)
            id = incident.id
        }
        #expect(store.incidents.values.first?.anomalyIDs.count == 4)
    }

    @Test("an incident is over when the last of its members is, and goes on when one comes back")
    func over() throws {
        var (book, store) = (IncidentBook(), StoryStore())
        store.save(book.take([network.member(0, minute: 0), network.member(1, minute: 0)], network, minute: 0))
        store.save(book.take([network.member(0, minute: 0, endMinute: 40)], network, minute: 40))
        #expect(store.incidents.values.first?.endedAt == nil)
        store.save(book.take([network.member(1, minute: 0, endMinute: 55)], network, minute: 55))
        #expect(store.incidents.values.first?.endedAt == StoryNetwork.at(55))
        store.save(book.take([network.member(0, minute: 0)], network, minute: 60))
        #expect(store.incidents.count == 1 && store.incidents.values.first?.endedAt == nil)
    }

    @Test("two incidents that turn out to be one become the older, and the other is left without members")
    func takesIn() throws {
        var book = IncidentBook()
        let device = StoryNetwork(sites: 1, devicesPerSite: 9, interfacesPerDevice: 1)
        let first = book.take([device.member(0, minute: 0)], device, minute: 0)
        let second = book.take([device.member(1, minute: 5)], device, minute: 5)
        let third = book.take([device.member(2, minute: 10)], device, minute: 10)
        let (older, younger) = (try #require(first.incidents.first), try #require(second.incidents.first))
        #expect(third.incidents.map(\.id) == [older.id, younger.id])
        #expect(third.incidents.map(\.anomalyIDs.count) == [3, 0])
        #expect(third.anomalies.map(\.incidentID) == [older.id, older.id])
        #expect(book.take([], device, minute: 15) == IncidentChanges())
    }

    @Test("what is passed again unchanged is not stored again")
    func unchangedIsSilent() {
        var book = IncidentBook()
        let member = network.member(0, minute: 0)
        #expect(book.take([member], network, minute: 0).anomalies.count == 1)
        #expect(book.take([member], network, minute: 5) == IncidentChanges())
    }

    @Test("a book made anew from what is stored goes on as the old one would", arguments: 0..<16)
    func restart(seed: Int) {
        var dice = StoryDice(seed: UInt64(seed) &+ 900)
        let (network, members) = IncidentGroupingTests.scene(&dice)
        let budget = AlarmBudget(perWeek: 1 + dice.below(6), groups: [.site("s0"): 1 + dice.below(3)])
        var (steady, kept) = (IncidentBook(budget: budget), StoryStore())
        var (restarted, again) = (IncidentBook(budget: budget), StoryStore())
        for minute in stride(from: 0.0, through: 480, by: 5) {
            let now = StoryNetwork.at(minute)
            let news = members.compactMap { member -> IncidentMember? in
                var member = member
                if member.anomaly.startedAt == now { return member }
                guard now.secondsSince(member.anomaly.startedAt) == 3000 else { return nil }
                member.anomaly.endedAt = now
                member.anomaly.severity = .high
                return member
            }
            kept.save(steady.take(news, network, minute: minute))
            restarted = IncidentBook(
                budget: budget, incidents: Array(again.incidents.values), members: again.members(network), at: now)
            again.save(restarted.take(news, network, minute: minute))
        }
        #expect(kept.anomalies == again.anomalies, "seed \(seed)")
        #expect(kept.incidents == again.incidents, "seed \(seed)")
        #expect(steady.standings(at: StoryNetwork.at(480)) == restarted.standings(at: StoryNetwork.at(480)))
    }

    @Test("a check that is repeated after a crash makes the same rows")
    func repeatedCheck() {
        let members = (0..<5).map { network.member($0, minute: 0) }
        var (one, other) = (IncidentBook(), IncidentBook())
        #expect(one.take(members, network, minute: 0) == other.take(members, network, minute: 0))
    }

    @Test("what is over is forgotten after a while")
    func forgets() {
        var book = IncidentBook()
        book.take([network.member(0, minute: 0, endMinute: 30)], network, minute: 30)
        #expect(book.members.count == 1)
        book.take([], network, minute: 91)
        #expect(book.members.isEmpty && book.incidents.isEmpty)
    }

    @Test("interfaces that are gone leave their incidents, and the last one takes it along")
    func goneInterfaces() {
        var book = IncidentBook()
        book.take([network.member(0, minute: 0), network.member(1, minute: 0)], network, minute: 0)
        book.forget(interfaces: [network.places[0].interfaceID])
        let changes = book.take([], network, minute: 5)
        #expect(changes.incidents.map(\.anomalyIDs.count) == [1])
        book.forget(interfaces: [network.places[1].interfaceID])
        #expect(book.incidents.isEmpty)
        #expect(book.take([], network, minute: 10) == IncidentChanges())
    }

    @Test("an incident has a bound; what comes on top begins another, and no member is lost")
    func memberLimit() {
        var settings = IncidentSettings()
        settings.memberLimit = 4
        let wide = StoryNetwork(sites: 1, devicesPerSite: 1, interfacesPerDevice: 11)
        var (book, store) = (IncidentBook(settings: settings), StoryStore())
        store.save(book.take((0..<5).map { wide.member($0, minute: 0) }, wide, minute: 0))
        store.save(book.take((5..<11).map { wide.member($0, minute: 5) }, wide, minute: 5))
        #expect(store.incidents.values.map(\.anomalyIDs.count).sorted() == [3, 4, 4])
        #expect(store.anomalies.values.allSatisfy { $0.incidentID != nil } && store.anomalies.count == 11)
    }

    @Test("events that touch several interfaces give far fewer incidents than anomalies")
    func ratio() {
        let wide = StoryNetwork(sites: 10, devicesPerSite: 5, interfacesPerDevice: 8)
        var (book, store) = (IncidentBook(), StoryStore())
        var dice = StoryDice(seed: 7)
        for event in 0..<40 {
            let minute = Double(event) * 60
            let device = dice.below(50) * 8
            let touched = (device..<device + 2 + dice.below(6)).flatMap { index in
                TrafficSide.all.prefix(2).map { side in
                    wide.member(index, minute: minute + Double(5 * dice.below(3)), side: side, endMinute: minute + 50)
                }
            }
            store.save(book.take(touched + [wide.member(dice.below(400), minute: minute + 20)], wide, minute: minute))
        }
        let ratio = Double(store.anomalies.count) / Double(store.incidents.count)
        #expect(ratio >= 2.5, "\(store.anomalies.count) anomalies in \(store.incidents.count) incidents")
    }
}
