import Inventory
import Testing

@testable import Alerting

/// What an alert keeps of the half hour before it.
@Suite struct RecentEventsTests {
    private let device = Device(name: "SW-1", address: "192.0.2.1", at: Timestamp(seconds: 0))
    private let start = Timestamp(seconds: 1_000)

    private func port(_ name: String) -> Interface {
        var facts = InterfaceFacts(ifIndex: Int64(abs(name.hashValue % 1_000)))
        facts.ifName = name
        return Interface(deviceID: device.id, facts: facts, at: start)
    }

    private func text(_ name: String, _ word: String) -> String { "\(name) of SW-1 went \(word)" }

    private func take(
        _ recent: inout RecentEvents, _ port: Interface, _ kind: RecentEvents.Kind, at seconds: Double
    ) {
        let words = text(port.displayName, kind == .down ? "down" : "up")
        let event = AlertEvent(
            at: start.advanced(bySeconds: seconds), deviceID: device.id, interfaceID: port.id, words)
        recent.add(event, kind, to: port, of: device)
    }

    private func told(_ recent: RecentEvents, at seconds: Double) -> [String] {
        recent.before(start.advanced(bySeconds: seconds), at: [device.id]).map(\.text)
    }

    @Test func oneInterfaceIsNamedAndSeveralAreCounted() {
        var recent = RecentEvents()
        let ports = (1...5).map { port("Gi0/\($0)") }
        take(&recent, ports[0], .down, at: 0)
        #expect(told(recent, at: 0) == ["Gi0/1 of SW-1 went down"])
        take(&recent, ports[1], .down, at: 1)
        #expect(told(recent, at: 1) == ["2 interfaces of SW-1 went down: Gi0/1, Gi0/2"])
        for place in 2...4 { take(&recent, ports[place], .down, at: 2) }
        #expect(told(recent, at: 2) == ["5 interfaces of SW-1 went down: Gi0/1, Gi0/2, Gi0/3 and 2 more"])
        let event = recent.before(start.advanced(bySeconds: 2), at: [device.id])[0]
        #expect(event.interfaceID == nil && event.deviceID == device.id && event.at == start.advanced(bySeconds: 2))
    }

    @Test func theSameInterfaceAgainAndWhatComesLaterAreToldApart() {
        var recent = RecentEvents()
        let (one, other) = (port("Gi0/1"), port("Gi0/2"))
        take(&recent, one, .down, at: 0)
        take(&recent, one, .up, at: 5)
        take(&recent, one, .down, at: 10)
        take(&recent, other, .down, at: 71)
        #expect(
            told(recent, at: 80) == [
                "Gi0/2 of SW-1 went down", "Gi0/1 of SW-1 went down", "Gi0/1 of SW-1 went up",
                "Gi0/1 of SW-1 went down",
            ])
    }

    @Test func aStormOfInterfacesDoesNotPushOutWhatCameBeforeIt() {
        var recent = RecentEvents()
        recent.add(AlertEvent(at: start, deviceID: device.id, "SW-1 restarted"))
        for number in 1...400 { take(&recent, port("Gi1/0/\(number)"), .down, at: 60 + Double(number) / 10) }
        #expect(
            told(recent, at: 120) == [
                "400 interfaces of SW-1 went down: Gi1/0/1, Gi1/0/2, Gi1/0/3 and 397 more", "SW-1 restarted",
            ])
    }

    @Test func whatIsOlderThanHalfAnHourOrYetToComeIsLeftOut() {
        var recent = RecentEvents()
        recent.add(AlertEvent(at: start, deviceID: device.id, "SW-1 restarted"))
        #expect(told(recent, at: 1_800) == ["SW-1 restarted"])
        #expect(told(recent, at: 1_800.001).isEmpty && told(recent, at: -1).isEmpty)
    }
}
