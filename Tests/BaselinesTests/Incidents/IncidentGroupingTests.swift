import Inventory
import Testing

@testable import Baselines

@Suite("Which anomalies are one story")
struct IncidentGroupingTests {
    /// The rules as they are written, by comparing everything with everything.
    static func oracle(_ members: [IncidentMember], _ census: InterfaceCensus, _ settings: IncidentSettings)
        -> Set<Set<AnomalyID>>
    {
        var groups = members.map { Set([$0.anomaly.id]) }
        func unite(_ ids: [AnomalyID]) {
            let touched = groups.filter { !$0.isDisjoint(with: ids) }
            groups.removeAll { !$0.isDisjoint(with: ids) }
            groups.append(touched.reduce(into: Set()) { $0.formUnion($1) })
        }
        func near(_ left: IncidentMember, _ right: IncidentMember) -> Bool {
            abs(left.anomaly.startedAt.secondsSince(right.anomaly.startedAt)) <= Double(settings.chainSeconds)
        }
        for left in members {
            for right in members where near(left, right) {
                let isLink = left.place.peer == right.place.interfaceID || right.place.peer == left.place.interfaceID
                let isInterface = left.place.interfaceID == right.place.interfaceID
                if isLink || isInterface || left.place.deviceID == right.place.deviceID {
                    unite([left.anomaly.id, right.anomaly.id])
                }
            }
        }
        for first in members {
            let window = members.filter {
                let after = $0.anomaly.startedAt.secondsSince(first.anomaly.startedAt)
                return after >= 0 && after <= Double(settings.chainSeconds) && $0.isFall == first.isFall
            }
            func crowd(_ crowd: [IncidentMember], _ share: Double, of count: Int) {
                let interfaces = Set(crowd.map(\.place.interfaceID)).count
                guard interfaces >= settings.crowdMinimum, Double(interfaces) > share * Double(count) else { return }
                unite(crowd.map(\.anomaly.id))
            }
            if census.total > 0 { crowd(window, settings.commonShare, of: census.total) }
            for (site, count) in census.bySite {
                crowd(window.filter { $0.place.site == site }, settings.siteShare, of: count)
            }
            for device in Set(window.compactMap(\.place.peerDevice)) {
                crowd(window.filter { $0.place.peerDevice == device }, 0, of: 0)
            }
        }
        return Set(groups)
    }

    /// A network and anomalies in it, some in bursts.
    static func scene(_ dice: inout StoryDice) -> (StoryNetwork, [IncidentMember]) {
        var network = StoryNetwork(
            sites: 1 + dice.below(5), devicesPerSite: 1 + dice.below(4), interfacesPerDevice: 1 + dice.below(4),
            seed: dice.next())
        for _ in 0..<dice.below(network.places.count) {
            network.link(dice.below(network.places.count), dice.below(network.places.count))
        }
        if dice.below(4) == 0 { for index in network.places.indices { network.places[index].tags = [] } }
        var members: [AnomalyID: IncidentMember] = [:]
        let busy = 1 + dice.below(25)
        for _ in 0..<busy {
            let minute = Double(5 * dice.below(dice.below(2) == 0 ? 12 : 60))
            let member = network.member(
                dice.below(network.places.count), minute: minute, side: TrafficSide.all[dice.below(4)],
                score: dice.below(3) == 0 ? 4 : -6)
            members[member.anomaly.id] = member
        }
        return (network, members.values.sorted { IncidentBook.isBefore($0.anomaly, $1.anomaly) })
    }

    @Test("streamed check by check, groups are those the written rules give", arguments: 0..<100)
    func streamedEqualsOracle(seed: Int) {
        var dice = StoryDice(seed: UInt64(seed))
        let (network, members) = Self.scene(&dice)
        var (book, store) = (IncidentBook(), StoryStore())
        for minute in stride(from: 0.0, through: 300, by: 5) {
            let now = StoryNetwork.at(minute)
            let begun = members.filter { $0.anomaly.startedAt == now }.shuffled(using: &dice)
            store.save(book.take(begun, network, minute: minute))
        }
        #expect(
            store.partition == Self.oracle(members, network.census, IncidentSettings()), "seed \(seed)")
        for incident in store.incidents.values {
            let told = Set(store.anomalies.values.filter { $0.incidentID == incident.id }.map(\.id))
            #expect(Set(incident.anomalyIDs) == told, "seed \(seed)")
        }
    }

    @Test("the order within one check changes nothing, not even an identity", arguments: 0..<50)
    func orderWithinACheckIsNothing(seed: Int) {
        var dice = StoryDice(seed: UInt64(seed) &+ 5000)
        let (network, members) = Self.scene(&dice)
        var (one, other) = (IncidentBook(), IncidentBook())
        let first = one.take(members, network, minute: 300)
        let second = other.take(members.shuffled(using: &dice), network, minute: 300)
        #expect(first == second, "seed \(seed)")
    }

    @Test("single anomalies of different sites in one quarter of an hour stay apart")
    func strangersStayApart() {
        let network = StoryNetwork(sites: 12, devicesPerSite: 2, interfacesPerDevice: 6)
        var (book, store) = (IncidentBook(), StoryStore())
        let singles = (0..<12).map { network.member($0 * 12, minute: Double($0 % 3) * 5) }
        store.save(book.take(singles, network, minute: 10))
        #expect(store.incidents.count == 12)
        #expect(store.incidents.values.allSatisfy { $0.scope == .interface })
    }

    @Test("two devices of one site with one anomaly each stay apart, three interfaces the same way do not")
    func aSiteNeedsACrowd() {
        let network = StoryNetwork(sites: 2, devicesPerSite: 10, interfacesPerDevice: 2)
        var (book, store) = (IncidentBook(), StoryStore())
        store.save(book.take([network.member(0, minute: 0), network.member(2, minute: 0)], network, minute: 0))
        #expect(store.incidents.count == 2)
        store.save(book.take([network.member(4, minute: 5, score: 4)], network, minute: 5))
        #expect(store.incidents.count == 3)
        store.save(book.take([network.member(6, minute: 10)], network, minute: 10))
        #expect(store.incidents.count == 2)
        #expect(Set(store.incidents.values.map(\.scope)) == [.site, .interface])
    }

    @Test(
        "of all interfaces more than three in ten the same way are a common mode, fewer are not",
        arguments: [(30, false), (31, true)])
    func commonMode(falling: Int, isCommon: Bool) {
        let network = StoryNetwork(sites: 50, devicesPerSite: 1, interfacesPerDevice: 2)
        var (book, store) = (IncidentBook(), StoryStore())
        let falls = (0..<falling).map { network.member($0 * 2 % 100 + $0 / 50, minute: 0) }
        store.save(book.take(falls, network, minute: 0))
        #expect(store.incidents.count == (isCommon ? 1 : falling))
        if isCommon { #expect(store.incidents.values.first?.scope == .common) }
    }

    @Test("a chain reaches a quarter of an hour and not a second more")
    func chainReach() {
        let network = StoryNetwork(sites: 1, devicesPerSite: 1, interfacesPerDevice: 3)
        for (minute, count) in [(15.0, 1), (15.02, 2)] {
            var (book, store) = (IncidentBook(), StoryStore())
            store.save(book.take([network.member(0, minute: 0)], network, minute: 0))
            store.save(book.take([network.member(1, minute: minute)], network, minute: 20))
            #expect(store.incidents.count == count)
        }
    }

    @Test("neighbours that lose the device they lead to are one story, though it says nothing itself")
    func hub() throws {
        var network = StoryNetwork(sites: 5, devicesPerSite: 1, interfacesPerDevice: 4)
        for site in 1..<5 { network.link(site * 4, site - 1) }
        var (book, store) = (IncidentBook(), StoryStore())
        store.save(book.take((1..<5).map { network.member($0 * 4, minute: 0) }, network, minute: 0))
        let incident = try #require(store.incidents.values.first)
        #expect(store.incidents.count == 1)
        #expect(incident.scope == .device && incident.deviceID == nil)
        #expect(incident.title == "Traffic drop on 4 interfaces of or to SW-0-0")
    }
}
