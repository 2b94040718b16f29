import Alerting
import AsyncHTTPClient
import Inventory
import Listing
import NIOCore
import Testing

@testable import Notifiers

@Suite(.serialized, .enabled(if: NotifierBed.areInstalled || NotifierBed.isRequired)) struct AlertmanagerTests {
    /// Alerts that Alertmanager has now, by its own API.
    private static func active(_ port: Int) async throws -> [JSONValue] {
        let request = HTTPClientRequest(url: "http://127.0.0.1:\(port)/api/v2/alerts")
        let answer = try await HTTPClient.shared.execute(request, timeout: .seconds(5))
        let body = try await answer.body.collect(upTo: 1 << 20)
        guard case .array(let alerts) = try JSONParser.parse(Array(body.readableBytesView)) else { return [] }
        return alerts
    }

    private static func make(_ urls: [String], warnings: Warnings = Warnings()) throws -> any Notifier {
        try Notifiers.make(.alertmanager(AlertmanagerSettings(urls: urls)), warnings.surroundings)
    }

    @Test func alertsAreThereWithLabelsUntilTheyAreOver() async throws {
        let receiver = try await Receiver.alertmanager()
        let notifier = try Self.make(["http://127.0.0.1:\(receiver.port)/"])
        let alert = Notices.alert()
        try await notifier.send(Notices.notice([alert, Notices.alert(number: 2)], labels: ["tag_site:hq": "x"]))
        let firing = try await Self.active(receiver.port)
        #expect(firing.count == 2)
        let mine = try #require(firing.first { $0["annotations"]?["alert_id"] == .string(alert.id.description) })
        #expect(mine["labels"]?["alertname"] == "InterfaceDown")
        #expect(mine["labels"]?["device"] == "CORE-SW-03")
        #expect(mine["labels"]?["tag_site_hq"] == "x")
        #expect(mine["annotations"]?["summary"] == .string(alert.message))
        #expect(mine["startsAt"] == "2026-03-01T04:00:00.000Z")
        #expect(mine["generatorURL"] == .string("https://wardflux.example.org/alerts/\(alert.id)"))
        let over = [Notices.alert(isOver: true), Notices.alert(number: 2, isOver: true)]
        try await notifier.send(Notices.notice(over, labels: ["tag_site:hq": "x"]))
        #expect(try await Self.active(receiver.port).isEmpty)
        await notifier.close()
    }

    @Test func refreshPostsWhatFiresAgain() async throws {
        let receiver = try await Receiver.alertmanager()
        let notifier = try Self.make(["http://127.0.0.1:\(receiver.port)"])
        let items = (0..<1100).map { Notices.item(Notices.alert(number: $0)) }
        try await notifier.refresh(Array(items.prefix(1)))
        let first = try #require(try await Self.active(receiver.port).first?["endsAt"])
        try await notifier.refresh(items)
        let all = try await Self.active(receiver.port)
        #expect(all.count == 1100)
        let again = all.first { $0["annotations"]?["alert_id"] == .string(items[0].alert.id.description) }
        #expect(Records.text(again?["endsAt"]) > Records.text(first))
        try await notifier.refresh([])
        await notifier.close()
    }

    @Test func aNoticeIsDeliveredWhenOneOfSeveralTookIt() async throws {
        let receiver = try await Receiver.http()
        let warnings = Warnings()
        let dead = "http://127.0.0.1:\(try PeerProcess.freePort())"
        let notifier = try Self.make([dead, "http://127.0.0.1:\(receiver.port)/prefix"], warnings: warnings)
        try await notifier.send(Notices.notice())
        #expect(try await receiver.wait(for: 1).count == 1)
        let told = warnings.all
        #expect(told.count == 1)
        #expect(told.first?.contains(dead) == true)
        await notifier.close()
    }

    @Test func whatGotWorseIsOneAlertAsBefore() async throws {
        let receiver = try await Receiver.alertmanager()
        let notifier = try Self.make(["http://127.0.0.1:\(receiver.port)"])
        var alert = Notices.alert(severity: .low)
        alert.tellings = [AlertTelling("noc", at: Notices.start, severity: .low)]
        try await notifier.send(Notices.notice([alert], labels: ["severity": "low"]))
        #expect(try await Self.active(receiver.port).map { $0["labels"]?["severity"] } == ["low"])
        alert.severity = .high
        alert.tellings[0].before = AlertTelling.Earlier(at: Notices.start, severity: .low)
        alert.tellings[0].severity = .high
        try await notifier.send(Notices.notice([alert], labels: ["severity": "high"]))
        #expect(try await Self.active(receiver.port).map { $0["labels"]?["severity"] } == ["high"])
        (alert.state, alert.severity, alert.resolvedAt) = (.resolved, .critical, Notices.start)
        alert.tellings[0].before = AlertTelling.Earlier(at: Notices.start, severity: .high)
        try await notifier.send(Notices.notice([alert], labels: ["severity": "critical"]))
        #expect(try await Self.active(receiver.port).isEmpty)
        await notifier.close()
    }

    @Test func aTrialIsOverByItself() throws {
        for (reason, end) in [(AlertDelivery.Reason.trial, "2026-03-01T04:01:00.000Z"), (.change, nil)] {
            let octets = AlertmanagerBody.octets(AlertmanagerBody.entries(Notices.notice(reason: reason)))
            guard case .array(let alerts) = try JSONParser.parse(octets) else {
                Issue.record("no list")
                return
            }
            #expect(alerts.map { $0["endsAt"] } == [end.map { JSONValue.string($0) }])
        }
    }

    @Test func aServerThatDoesNotAnswerHoldsUpNobody() async throws {
        let (receiver, peer) = (try await Receiver.http(), try PeerProcess("fault"))
        let silent = "http://127.0.0.1:\(try await peer.startPython("fault_peer.py", ["silent"]))"
        let warnings = Warnings()
        var settings = AlertmanagerSettings(urls: [silent, "http://127.0.0.1:\(receiver.port)"])
        settings.timeoutSeconds = 60
        let notifier = try Notifiers.make(.alertmanager(settings), warnings.surroundings)
        let began = ContinuousClock.now
        try await notifier.send(Notices.notice())
        #expect(ContinuousClock.now - began < .seconds(20))
        #expect(warnings.all.count == 1 && warnings.all.first?.contains("\(silent) is slow") == true)
        await notifier.close()
        peer.stop()
    }

    @Test func aRequestThatIsTooLongGoesInHalves() async throws {
        let process = try PeerProcess("http")
        let port = try await process.startPython(
            "http_receiver.py", ["\(process.folder)/record", "--most", "3000"])
        let notifier = try Self.make(["http://127.0.0.1:\(port)"])
        try await notifier.refresh((0..<16).map { Notices.item(Notices.alert(number: $0)) })
        let taken = try Records.all(process).map { Records.octets($0["body"]) }.filter { $0.count <= 3_000 }
        let text = taken.map { String(decoding: $0, as: UTF8.self) }.joined()
        #expect(taken.count > 1)
        for number in 0..<16 {
            let id = Notices.alert(number: number).id.description
            #expect(text.split(separator: "\"alert_id\":\"\(id)\"", omittingEmptySubsequences: false).count == 2)
        }
        await notifier.close()
    }

    @Test func alertmanagerIsToldWhoWeAre() async throws {
        let process = try PeerProcess("http")
        let port = try await process.startPython("http_receiver.py", ["\(process.folder)/record"])
        var settings = AlertmanagerSettings(urls: ["http://127.0.0.1:\(port)"])
        settings.authorization = .basic(user: "Aladdin", password: Secret("open sesame"))
        let notifier = try Notifiers.make(.alertmanager(settings), NotifierBed.surroundings)
        try await notifier.send(Notices.notice())
        let request = try #require(try Records.all(process).first)
        #expect(request["path"] == "/api/v2/alerts")
        // The example of RFC 7617 2.
        #expect(request["headers"]?["authorization"] == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")
        await notifier.close()
    }

    @Test func whereNoneTookItTheNoticeIsTriedAgainUnlessAllRefuse() async throws {
        let refusing = try await Receiver.http(["--status", "400"])
        let busy = try await Receiver.http(["--status", "503", "--header", "Retry-After=9"])
        let urls = [refusing, busy].map { "http://127.0.0.1:\($0.port)" }
        let both = try Self.make(urls)
        let error = try #require(await NotifierContract.failure(both))
        #expect(!error.isLasting)
        #expect(error.retryAfterSeconds == 9)
        #expect(urls.allSatisfy { error.reason.contains($0) })
        await both.close()
        let one = try Self.make([urls[0]])
        #expect(await NotifierContract.failure(one)?.isLasting == true)
        await one.close()
    }

    @Test(arguments: [
        ("device", "device"), ("tag_site:hq", "tag_site_hq"), ("1st", "_1st"), ("", "_"), ("მაგთი", "_____"),
        ("a b-c.d", "a_b_c_d"),
    ])
    func namesOfLabelsAreThoseThatAlertmanagerTakes(_ name: String, _ expected: String) {
        #expect(AlertmanagerBody.labelName(name) == expected)
    }

    @Test(arguments: [[], ["localhost:9093"], ["http://a:b@127.0.0.1"], ["http://127.0.0.1/?x"]])
    func whatIsNoAddressIsRefused(_ urls: [String]) {
        #expect(throws: NotifierError.self) { try Self.make(urls) }
    }
}
