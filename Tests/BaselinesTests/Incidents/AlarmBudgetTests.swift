import Inventory
import Testing

@testable import Baselines

@Suite("The budget of alarms")
struct AlarmBudgetTests {
    let network = StoryNetwork(sites: 20, devicesPerSite: 1, interfacesPerDevice: 2)

    /// Takes one anomaly a device, an hour apart, and says what became of each incident.
    private func states(
        _ severities: [AnomalySeverity], _ book: inout IncidentBook, from minute: Double = 0
    ) -> [AnomalyState] {
        severities.enumerated().flatMap { number, severity in
            let minute = minute + Double(number) * 60
            let member = network.member(number % 20 * 2, minute: minute, severity: severity, endMinute: minute)
            return book.take([member], network, minute: minute).incidents.map(\.state)
        }
    }

    @Test("the last quarter is kept for high and critical, and then nothing is told", arguments: [1, 3, 4, 8, 11])
    func lastQuarter(limit: Int) {
        var book = IncidentBook(budget: AlarmBudget(perWeek: limit))
        let ordinary = limit - limit / 4
        #expect(states(Array(repeating: .low, count: limit + 2), &book).count { $0 == .raised } == ordinary)
        let severe = states(Array(repeating: .critical, count: limit), &book, from: 1200)
        #expect(severe.count { $0 == .raised } == limit - ordinary)
        #expect(book.standings(at: StoryNetwork.at(2000)).map(\.told) == [limit])
        #expect(book.standings(at: StoryNetwork.at(2000)).map(\.heldBack) == [2 * limit + 2 - limit])
    }

    @Test("no number holds nothing back, none at all holds everything back")
    func extremes() {
        var free = IncidentBook()
        #expect(states(Array(repeating: .low, count: 20), &free).allSatisfy { $0 == .raised })
        for limit in [0, -3] {
            var mute = IncidentBook(budget: AlarmBudget(perWeek: limit))
            #expect(states([.low, .critical], &mute) == [.heldBack, .heldBack])
        }
    }

    @Test("what is held back is stored as such, its anomalies too, and another week has its own budget")
    func heldBack() {
        var book = IncidentBook(budget: AlarmBudget(perWeek: 1))
        book.take([network.member(0, minute: 0, endMinute: 30)], network, minute: 30)
        let second = book.take([network.member(2, minute: 60, endMinute: 90)], network, minute: 90)
        #expect(second.incidents.map(\.state) == [.heldBack] && second.anomalies.map(\.state) == [.heldBack])
        let week = 7.0 * 1440
        let before = book.take([network.member(4, minute: week - 1)], network, minute: week - 1)
        #expect(before.incidents.map(\.state) == [.heldBack])
        let after = book.take([network.member(6, minute: week)], network, minute: week)
        #expect(after.incidents.map(\.state) == [.raised])
    }

    @Test("the worst of one check is told first")
    func worstFirst() {
        var book = IncidentBook(budget: AlarmBudget(perWeek: 1))
        let members = [
            network.member(0, minute: 0, severity: .low), network.member(2, minute: 0, severity: .critical),
            network.member(4, minute: 0, severity: .medium),
        ]
        let told = book.take(members, network, minute: 0).incidents.filter { $0.state == .raised }
        #expect(told.map(\.severity) == [.critical])
    }

    @Test("what was told stays told, and its new members are told without being spent again")
    func staysTold() {
        var book = IncidentBook(budget: AlarmBudget(perWeek: 1))
        book.take([network.member(0, minute: 0)], network, minute: 0)
        let changes = book.take([network.member(1, minute: 5)], network, minute: 5)
        #expect(changes.incidents.map(\.state) == [.raised] && changes.anomalies.map(\.state) == [.raised])
        #expect(book.standings(at: StoryNetwork.at(5)).map(\.told) == [1])
    }

    @Test("what was held back is told when it becomes severe and there is room for that")
    func becomesSevere() {
        var book = IncidentBook(budget: AlarmBudget(perWeek: 4))
        for number in 0..<4 { book.take([network.member(number * 2, minute: 0)], network, minute: 0) }
        #expect(book.standings(at: StoryNetwork.at(0)).first?.heldBack == 1)
        let held = book.incidents.values.filter { $0.state == .heldBack }.flatMap(\.anomalyIDs)
        let index = (0..<4).first { held.contains(network.member($0 * 2, minute: 0).anomaly.id) } ?? 0
        let worse = book.take([network.member(index * 2, minute: 0, severity: .critical)], network, minute: 5)
        #expect(worse.incidents.map(\.state) == [.raised] && worse.anomalies.map(\.state) == [.raised])
    }

    @Test("a group has a budget of its own, and an incident needs room in each that it is under")
    func groups() {
        let groups: [AlarmGroup: Int] = [.site("s0"): 1, .type(.trunk): 3]
        var book = IncidentBook(budget: AlarmBudget(perWeek: 10, groups: groups))
        book.take([network.member(0, minute: 0)], network, minute: 0)
        #expect(book.take([network.member(0, minute: 60)], network, minute: 60).incidents.map(\.state) == [.heldBack])
        #expect(book.take([network.member(2, minute: 60)], network, minute: 60).incidents.map(\.state) == [.raised])
        #expect(book.take([network.member(4, minute: 60)], network, minute: 60).incidents.map(\.state) == [.raised])
        #expect(book.take([network.member(6, minute: 60)], network, minute: 60).incidents.map(\.state) == [.heldBack])
        let standings = book.standings(at: StoryNetwork.at(60))
        #expect(standings.map(\.group) == [nil, .site("s0"), .type(.trunk)])
        #expect(standings.map(\.told) == [3, 1, 3] && standings.map(\.heldBack) == [2, 1, 2])
    }

    @Test("one marked as expected stays spent once, one muted is not spent")
    func markedOnes() {
        for (kind, told) in [(AnomalyActionKind.expected, 1), (.mute, 0)] {
            var book = IncidentBook(budget: AlarmBudget(perWeek: 1))
            let first = network.member(0, minute: 0)
            book.take([first], network, minute: 0)
            var action = AnomalyAction(kind: kind, interfaceID: first.place.interfaceID, at: StoryNetwork.at(5))
            action.anomalyID = first.anomaly.id
            let actions = OperatorActions([action])
            let changes = book.take(
                [network.member(2, minute: 10)], census: network.census, actions: actions, at: StoryNetwork.at(10))
            #expect(
                changes.incidents.map(\.state) == [
                    kind == .expected ? .expected : .muted, told == 1 ? .heldBack : .raised,
                ])
            #expect(book.standings(at: StoryNetwork.at(10)).map(\.told) == [1])
        }
    }

    @Test(
        "groups are read from what they are written as",
        arguments: ["type:isp", "provider:magti", "tag:core", "site:tbilisi", "tag:site:x", "provider:a b"])
    func groupText(text: String) throws {
        #expect(try #require(AlarmGroup(text)).text == text)
    }

    @Test("anything else is no group", arguments: ["", "isp", "type:", "type:nothing", "Type:isp", "site:", ":x"])
    func noGroup(text: String) {
        #expect(AlarmGroup(text) == nil)
    }

    @Test("a group holds what it names")
    func holds() {
        var place = network.places[0]
        place.provider = "magti"
        for (group, isIn) in [
            (AlarmGroup.type(.trunk), true), (.type(.isp), false), (.provider("magti"), true), (.provider("x"), false),
            (.tag("core"), true), (.tag("edge"), false), (.site("s0"), true), (.site("s1"), false),
        ] { #expect(group.holds(place) == isIn, "\(group.text)") }
    }
}
