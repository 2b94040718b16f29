import Inventory
import Testing

@testable import Alerting

/// A distribution with lines to two cores, the first of which sees its port to it down.
@Suite("Far ends of dead ports")
struct FarEndsTests {
    private static let start = Timestamp(seconds: 1_780_000_000)
    private let dist = CauseWorld.device(3)
    private let port = AlertEntity.interface(CauseWorld.port(2, far: false), of: CauseWorld.device(1))

    private func at(_ seconds: Double) -> Timestamp { Self.start.advanced(bySeconds: seconds) }

    /// Asks as often as the finder wants it, once a second, until the far end answers; says when it is told what.
    private func firstTold(cables: [(a: Int, b: Int)], answersAfter: Double) -> (
        entity: AlertEntity, at: Double, asked: Int
    )? {
        var world = CauseWorld(4)
        world.cables = cables
        let finder = CauseFinder(graph: world.graph)
        var facts = NetworkFacts()
        for node in 0..<4 { facts.devices[CauseWorld.device(node)] = DeviceFacts(heardAt: at(-10)) }
        facts.deadPorts[CauseWorld.port(2, far: false)] = DeadPort(
            of: CauseWorld.device(1), name: "Te1/1", since: at(0))
        var (state, asked) = (CauseState(), 0)
        for second in 0...120 {
            let now = Double(second)
            facts.devices[CauseWorld.device(1)]?.heard(at: at(now))
            let report = finder.judge(facts, after: state, at: at(now))
            state = report.state
            for id in report.presumedSilent { facts.devices[id]?.silentAt = at(now) }
            if let root = report.roots.first { return (root.entity, now, asked) }
            guard report.probes.contains(dist) else { continue }
            asked += 1
            if now >= answersAfter {
                facts.devices[dist]?.heard(at: at(now + 0.1))
            } else {
                facts.devices[dist]?.failed(askedAt: at(now), at: at(now + 0.6))
            }
        }
        return nil
    }

    private static let ring = [(a: 0, b: 1), (a: 0, b: 2), (a: 1, b: 3), (a: 2, b: 3)]

    /// The network needs some seconds to take the other way: the cable is the news, not the device.
    @Test(arguments: [(0.0, 2.0), (3, 7), (18, 22), (39, 42)])
    func aDeviceWithAnotherWayHasTimeToTakeIt(answersAfter: Double, toldBy: Double) throws {
        let told = try #require(firstTold(cables: Self.ring, answersAfter: answersAfter))
        #expect(told.entity == port && told.at <= toldBy, "\(told)")
    }

    @Test func aDeviceWithAnotherWayThatNeverAnswersIsToldBeforeTheWaitIsOver() throws {
        let told = try #require(firstTold(cables: Self.ring, answersAfter: .infinity))
        #expect(told.entity == .device(dist) && (40...45).contains(told.at) && told.asked == 4, "\(told)")
    }

    @Test func aDeviceWithoutAnotherWayIsToldWithTheFirstQuestion() throws {
        let told = try #require(firstTold(cables: [(0, 1), (0, 2), (1, 3)], answersAfter: .infinity))
        #expect(told.entity == .device(dist) && told.at <= 2 && told.asked == 1, "\(told)")
    }
}
