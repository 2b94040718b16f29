import Inventory
import Testing

@testable import Baselines

@Suite("What operators said")
struct OperatorActionsTests {
    let network = StoryNetwork(sites: 2, devicesPerSite: 1, interfacesPerDevice: 2)

    private func action(
        _ kind: AnomalyActionKind, on anomaly: Anomaly? = nil, side: TrafficSide? = nil, at minute: Double,
        until: Double? = nil
    ) -> AnomalyAction {
        var action = AnomalyAction(
            kind: kind, interfaceID: network.places[0].interfaceID, at: StoryNetwork.at(minute))
        action.anomalyID = anomaly?.id
        action.side = side
        action.until = until.map { StoryNetwork.at($0) }
        return action
    }

    @Test("a mute holds from its creation until its end, for the sides it names")
    func mute() {
        let anomaly = network.member(0, minute: 0).anomaly
        let inbound = TrafficSide(.inbound, .traffic)
        let rows: [(AnomalyAction, Double, AnomalyState?)] = [
            (action(.mute, at: 10, until: 60), 5, nil), (action(.mute, at: 10, until: 60), 10, .muted),
            (action(.mute, at: 10, until: 60), 59, .muted), (action(.mute, at: 10, until: 60), 60, nil),
            (action(.mute, at: 10), 10_000, .muted), (action(.mute, side: inbound, at: 10, until: 60), 30, .muted),
            (action(.mute, side: TrafficSide(.outbound, .traffic), at: 10, until: 60), 30, nil),
            (action(.mute, on: anomaly, at: 10, until: 60), 30, .muted),
            (action(.mute, on: network.member(0, minute: 5).anomaly, at: 10, until: 60), 30, nil),
            (action(.newNormal, on: anomaly, at: 10), 30, nil),
        ]
        for (number, row) in rows.enumerated() {
            #expect(OperatorActions([row.0]).state(of: anomaly, at: StoryNetwork.at(row.1)) == row.2, "row \(number)")
        }
    }

    @Test("expected holds for the anomaly it was said of, or for what happens in its time")
    func expected() {
        let open = network.member(0, minute: 0).anomaly
        let over = network.member(0, minute: 0, endMinute: 40).anomaly
        let later = network.member(0, minute: 100).anomaly
        let rows: [(AnomalyAction, Anomaly, AnomalyState?)] = [
            (action(.expected, on: open, at: 10), open, .expected), (action(.expected, on: open, at: 10), later, nil),
            (action(.expected, on: over, at: 60), over, .expected), (action(.expected, at: 30), open, .expected),
            (action(.expected, at: 60), over, nil), (action(.expected, at: 60), later, nil),
            (action(.expected, at: 60, until: 120), later, .expected),
            (action(.expected, at: 60, until: 90), later, nil),
        ]
        for (number, row) in rows.enumerated() {
            #expect(OperatorActions([row.0]).state(of: row.1, at: StoryNetwork.at(130)) == row.2, "row \(number)")
        }
    }

    @Test("of both, expected wins; another interface is none of it")
    func both() {
        let anomaly = network.member(0, minute: 0).anomaly
        let actions = OperatorActions([action(.mute, at: 5, until: 90), action(.expected, on: anomaly, at: 6)])
        #expect(actions.state(of: anomaly, at: StoryNetwork.at(10)) == .expected)
        #expect(actions.state(of: network.member(1, minute: 0).anomaly, at: StoryNetwork.at(10)) == nil)
    }

    @Test("muted anomalies are told again when the mute is over, and an incident speaks while one member does")
    func inTheBook() {
        var book = IncidentBook()
        let actions = OperatorActions([action(.mute, at: 5, until: 60)])
        func check(_ members: [IncidentMember], _ minute: Double, _ actions: OperatorActions) -> IncidentChanges {
            book.take(members, census: network.census, actions: actions, at: StoryNetwork.at(minute))
        }
        #expect(check([network.member(0, minute: 0)], 0, actions).incidents.map(\.state) == [.raised])
        let muted = check([], 5, actions)
        #expect(muted.incidents.map(\.state) == [.muted] && muted.anomalies.map(\.state) == [.muted])
        let joined = check([network.member(1, minute: 10)], 10, actions)
        #expect(joined.incidents.map(\.state) == [.raised] && joined.anomalies.map(\.state) == [.raised])
        #expect(check([], 60, actions).anomalies.map(\.state) == [.raised])
    }

    @Test("what is taken back no longer holds")
    func takenBack() {
        var book = IncidentBook(budget: AlarmBudget(perWeek: 1))
        let member = network.member(0, minute: 0)
        let marked = OperatorActions([action(.expected, on: member.anomaly, at: 0)])
        let first = book.take([member], census: network.census, actions: marked, at: StoryNetwork.at(0))
        #expect(first.incidents.map(\.state) == [.expected])
        #expect(book.take([], network, minute: 5).incidents.map(\.state) == [.raised])
    }

    @Test("what was told before it was marked is told again, and not at the cost of what begins then")
    func takenBackBesideNews() {
        var book = IncidentBook(budget: AlarmBudget(perWeek: 1))
        let member = network.member(0, minute: 0)
        book.take([member], network, minute: 0)
        let marked = OperatorActions([action(.expected, on: member.anomaly, at: 5)])
        _ = book.take([], census: network.census, actions: marked, at: StoryNetwork.at(5))
        let changes = book.take([network.member(2, minute: 30, severity: .critical)], network, minute: 30)
        #expect(changes.incidents.map(\.state) == [.raised, .heldBack])
    }
}
