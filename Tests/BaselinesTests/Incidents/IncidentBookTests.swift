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

    @Test("a book made anew from what is stored goes on as the old one would", arguments: 0..<24)
    func restart(seed: Int) {
        var dice = StoryDice(seed: UInt64(seed) &+ 900)
        let (network, members) = IncidentGroupingTests.scene(&dice)
        let budget = AlarmBudget(perWeek: 1 + dice.below(6), groups: [.site("s0"): 1 + dice.below(3)])
        // When each is over, when it goes on, and when it is over again; some were silent for hours in between.
        let turns = members.map { _ in
            let (first, pause) = (30 + 5 * dice.below(20), 5 + 5 * dice.below(50))
            return [first, first + pause, first + pause + 5 * dice.below(30)]
        }
        var (steady, kept) = (IncidentBook(budget: budget), StoryStore())
        var (restarted, again) = (IncidentBook(budget: budget), StoryStore())
        for minute in stride(from: 0.0, through: 960, by: 5) {
            let now = StoryNetwork.at(minute)
            let news = zip(members, turns).compactMap { member, turns -> IncidentMember? in
                var member = member
                let age = Int(now.secondsSince(member.anomaly.startedAt) / 60)
                guard age == 0 || turns.contains(age) else { return nil }
                if turns.first == age || turns.last == age { member.anomaly.endedAt = now }
                if turns.last == age { member.anomaly.severity = .high }
                return member
            }
            steady.check(news, &kept, network, minute: minute)
            if dice.below(3) > 0 { restarted = IncidentBook(budget: budget, again, network, minute: minute) }
            restarted.check(news, &again, network, minute: minute)
        }
        #expect(kept == again, "seed \(seed)")
        #expect(steady.standings(at: StoryNetwork.at(960)) == restarted.standings(at: StoryNetwork.at(960)))
        #expect(kept.anomalies.values.allSatisfy { $0.incidentID != nil }, "seed \(seed)")
        #expect(Set(kept.incidents.values.flatMap(\.anomalyIDs)) == Set(kept.anomalies.keys), "seed \(seed)")
    }

    @Test("what was over for hours stays a member of an incident that goes on, after a restart too")
    func longOverMembers() throws {
        var (book, store) = (IncidentBook(), StoryStore())
        book.check((0..<10).map { network.member($0, minute: 0) }, &store, network, minute: 0)
        book.check((1..<10).map { network.member($0, minute: 0, endMinute: 60) }, &store, network, minute: 60)
        let before = store
        book.check([], &store, network, minute: 240)
        #expect(store == before)
        book = IncidentBook(store, network, minute: 240)
        book.check([network.member(0, minute: 0, severity: .critical)], &store, network, minute: 240)
        #expect(store.incidents.count == 1)
        #expect(store.incidents.values.first?.anomalyIDs.count == 10)
        #expect(store.incidents.values.first?.severity == .critical)
    }

    @Test("an incident that was forgotten comes back with the first member that goes on, and is not told again")
    func comesBack() throws {
        let budget = AlarmBudget(perWeek: 1)
        var (book, store) = (IncidentBook(budget: budget), StoryStore())
        book.check((0..<10).map { network.member($0, minute: 0) }, &store, network, minute: 0)
        let ended = (0..<10).map { network.member($0, minute: 0, endMinute: $0 < 5 ? 20 : 30) }
        book.check(Array(ended[0..<5]), &store, network, minute: 20)
        // Nothing was heard of the others until now.
        book.check(Array(ended[5..<10]), &store, network, minute: 100)
        #expect(book.incidents.isEmpty)
        let id = try #require(store.incidents.keys.first)
        book.check((5..<10).map { network.member($0, minute: 0) }, &store, network, minute: 105)
        #expect(store.incidents.keys.map(\.self) == [id])
        let incident = try #require(store.incidents[id])
        #expect(incident.anomalyIDs.count == 10 && incident.endedAt == nil && incident.state == .raised)
        #expect(book.standings(at: StoryNetwork.at(105)).map(\.told) == [1])
        #expect(store.anomalies.values.allSatisfy { $0.incidentID == id && $0.state == .raised })
    }

    @Test("what is found late joins by the time of the check, whenever the check before was", arguments: [0, 1, 2])
    func foundLate(restarts: Int) {
        var (book, store) = (IncidentBook(), StoryStore())
        book.check([network.member(0, minute: 0)], &store, network, minute: 0)
        book.check([network.member(0, minute: 0, endMinute: 10)], &store, network, minute: 10)
        if restarts == 1 { book = IncidentBook(store, network, minute: 69) }
        book.check([network.member(1, minute: 5)], &store, network, minute: 69)
        #expect(store.incidents.count == 1, "an hour has not passed since its end")
        let last = network.member(1, minute: 5, endMinute: 70)
        book.check([last], &store, network, minute: 70)
        book.check([], &store, network, minute: 129)
        if restarts == 2 { book = IncidentBook(store, network, minute: 131) }
        book.check([network.member(2, minute: 10)], &store, network, minute: 131)
        #expect(store.incidents.count == 2, "more than an hour has")
    }

    @Test("an incident is over if the member that went on was removed while nobody watched")
    func removedMember() {
        var (book, store) = (IncidentBook(), StoryStore())
        book.check((0..<3).map { network.member($0, minute: 0) }, &store, network, minute: 0)
        book.check((1..<3).map { network.member($0, minute: 0, endMinute: 40) }, &store, network, minute: 40)
        let removed = network.member(0, minute: 0).anomaly.id
        store.anomalies[removed] = nil
        for id in store.incidents.keys { store.incidents[id]?.anomalyIDs.removeAll { $0 == removed } }
        book = IncidentBook(store, network, minute: 50)
        book.check([], &store, network, minute: 50)
        #expect(store.incidents.values.map(\.endedAt) == [StoryNetwork.at(40)])
    }

    @Test("what is stored otherwise than it is known is stored again, with its incident")
    func storedOtherwise() throws {
        var book = IncidentBook(budget: AlarmBudget(perWeek: 1))
        let rows = book.take([network.member(0, minute: 0), network.member(50, minute: 0)], network, minute: 0)
        #expect(rows.incidents.map(\.state).sorted { $0.rawValue < $1.rawValue } == [.heldBack, .raised])
        let held = try #require(rows.anomalies.first { $0.state == .heldBack })
        let told = try #require(rows.anomalies.first { $0.state == .raised })
        func changes(_ states: [AnomalyID: AnomalyState]) -> IncidentChanges {
            book.take([], states: states, census: network.census, actions: OperatorActions(), at: StoryNetwork.at(5))
        }
        #expect(changes([held.id: .heldBack, told.id: .raised]) == IncidentChanges())
        let again = changes([held.id: .raised, told.id: .raised, .random(): .raised])
        #expect(again.anomalies == [held])
        #expect(again.incidents.map(\.id) == [held.incidentID])
        let index = told.interfaceID == network.places[0].interfaceID ? 0 : 50
        book.take([network.member(index, minute: 0, endMinute: 10)], network, minute: 10)
        #expect(changes([told.id: .raised]).anomalies.map(\.id) == [told.id], "it is over, and stored as if it went on")
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
