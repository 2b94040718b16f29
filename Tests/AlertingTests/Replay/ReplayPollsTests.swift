import Inventory
import Testing
import Traffic

@testable import Alerting

@Suite("Polls that are missing among what was stored")
struct ReplayPollsTests {
    private let one = DeviceID.random()
    private let other = DeviceID.random()

    private func at(_ seconds: Double) -> Timestamp { ReplayScene.at(seconds) }

    @Test("A device is silent with the third poll that is missing, while others are read")
    func silent() {
        var polls = ReplayPolls(law: RateLaw())
        polls.read(one, at: at(0), intervalSeconds: 300)
        var found: [MissedPoll] = []
        for seconds in stride(from: 60.0, through: 1_500, by: 60) {
            polls.read(other, at: at(seconds), intervalSeconds: 300)
            found += polls.missed(by: at(seconds)).filter { $0.device == one }
        }
        #expect(found.map(\.isSilent) == [false, false, true, true])
        #expect(found.first == MissedPoll(device: one, askedAt: at(300), at: at(331), isSilent: false))
        polls.read(one, at: at(1_500), intervalSeconds: 300)
        polls.read(other, at: at(1_800), intervalSeconds: 300)
        #expect(polls.missed(by: at(1_830)).isEmpty)
        #expect(polls.missed(by: at(1_831)).map(\.isSilent) == [false])
    }

    @Test("A poll that comes late within a tenth of its interval is not missing")
    func late() {
        var polls = ReplayPolls(law: RateLaw())
        for seconds in stride(from: 0.0, through: 3_000, by: 330) {
            polls.read(one, at: at(seconds), intervalSeconds: 300)
            #expect(polls.missed(by: at(seconds + 329)).isEmpty)
        }
    }

    @Test(
        "Whether a device would have answered is known from when it is read next",
        arguments: [
            (0.0, true), (250, true), (301, false), (620, true), (880, true), (950, true), (1_250, false), (1_500, nil),
        ] as [(Double, Bool?)])
    func foresight(seconds: Double, answers: Bool?) {
        let port = InterfaceID.random()
        let facts = [300.0, 900, 1_200].map { AlertReplayFact.reading(port, CounterReading(at: at($0))) }
        let foresight = ReplayForesight(facts + [.heard(other, at: at(1_700))]) { _ in one }
        #expect(foresight.isRead(one, after: at(seconds), by: at(seconds + 300)) == answers)
    }

    @Test("A device that started anew shows it once, whatever interface is read first")
    func restarts() {
        var rates = ReplayRates(law: RateLaw())
        let ports = [InterfaceID.random(), .random()]
        func shows(_ seconds: Double, _ upFrom: Double) -> [Bool] {
            ports.map { port in
                let reading = ReplayScene.reading(at: seconds, upFrom: upFrom)
                return rates.next(port, reading).map { rates.showsRestart($0, of: one) } ?? false
            }
        }
        #expect(shows(0, -1e6) == [false, false] && shows(300, -1e6) == [false, false])
        #expect(shows(600, 400) == [true, false])
        #expect(shows(900, 400) == [false, false])
        #expect(shows(1_200, 1_100) == [true, false])
    }
}
