import API
import Alerting
import Inventory
import Notifiers
import Pipelines
import Synchronization
import Testing

@testable import Server

@Suite struct ReceiverTrialTests {
    private static let now = Timestamp(seconds: 1_795_354_200)

    /// A notifier that does what it is told to.
    private struct Scripted: Notifier {
        let answer: NotifierError?

        func send(_ notice: AlertNotice) async throws(NotifierError) {
            if let answer { throw answer }
        }

        func refresh(_ firing: [AlertNotice.Item]) async throws(NotifierError) {
            if let answer { throw answer }
        }
    }

    private final class Sent: Sendable {
        let all = Mutex<[AlertNotice]>([])
    }

    @Test func whatANotifierAnswersReachesTheCourier() async {
        let notice = AlertWords.notice(ReceiverTrial.delivery(to: "noc", at: Self.now))
        let good = AlertSender(Scripted(answer: nil), keepsState: false)
        #expect(await good.send(notice) == .taken && good.refresh == nil)
        let error = NotifierError("http://h answered 429", isLasting: false, retryAfterSeconds: 30)
        let bad = AlertSender(Scripted(answer: error), keepsState: true)
        let wanted = SendingOutcome.refused("http://h answered 429", isLasting: false, retryAfterSeconds: 30)
        #expect(await bad.send(notice) == wanted)
        #expect(await bad.refresh?([]) == wanted)
    }

    @Test func aTrialSaysThatItIsOneAndTellsWhatBecameOfIt() async {
        let sent = Sent()
        let senders = [
            "noc": AlertSender(send: { notice in
                sent.all.withLock { $0.append(notice) }
                return .taken
            }),
            "deaf": AlertSender(send: { _ in .refused("nobody listens; start it") }),
        ]
        let arrived = Mutex<[AlertDelivery]>([])
        var trial = ReceiverTrial(senders: { senders }, externalURL: "https://w.example.org", now: { Self.now })
        trial.arrived = { delivery in arrived.withLock { $0.append(delivery) } }
        #expect(await trial.tell("noc") == AlertTrialOutcome(seconds: 0))
        let notice = sent.all.withLock { $0.first }
        #expect(notice?.reason == .trial && notice?.receiver == "noc" && notice?.attempt == 1)
        #expect(notice?.alerts.first?.alert.message == "Trial of the receiver noc: nothing is wrong")
        #expect(notice?.isFiring == true && notice?.alerts.first?.link?.hasPrefix("https://w.example.org/") == true)
        #expect(await trial.tell("deaf").refusal == "nobody listens; start it")
        #expect(await trial.tell("gone").refusal?.contains("no receiver 'gone'") == true)
        let told = arrived.withLock { $0 }
        #expect(told.map(\.receiver) == ["noc"])
        #expect(told.first?.reason == .trial && told.first?.state == .delivered && told.first?.endedAt == Self.now)
    }
}
