import Alerting
import FoundationEssentials
import Inventory
import Listing
import Testing

@testable import Notifiers

@Suite(.serialized, .enabled(if: NotifierBed.areInstalled || NotifierBed.isRequired)) struct WebhookTests {
    private static func request(
        _ arguments: [String] = [], notice: AlertNotice = Notices.notice(),
        _ change: (inout WebhookSettings) -> Void = { _ in }
    ) async throws -> (request: JSONValue, error: NotifierError?) {
        let process = try PeerProcess("webhook")
        let port = try await process.startPython("http_receiver.py", ["\(process.folder)/record"] + arguments)
        var settings = NotifierBed.webhookSettings(port, 5)
        change(&settings)
        let notifier = try Notifiers.make(.webhook(settings), NotifierBed.surroundings)
        let error = await NotifierContract.failure(notifier, notice)
        await notifier.close()
        let record = try await process.wait(for: "request") { try Records.all(process).first }
        #expect(try Records.all(process).count == 1)
        return (record, error)
    }

    @Test func aRequestIsSignedAndCarriesItsIdentity() async throws {
        let notice = Notices.notice(attempt: 3)
        let (request, error) = try await Self.request(notice: notice)
        #expect(error == nil)
        #expect(request["method"] == "POST")
        #expect(request["path"] == "/hook-token-4711?x=1")
        let headers = try #require(request["headers"])
        #expect(headers["wardflux-delivery"] == .string(notice.id.description))
        #expect(headers["wardflux-attempt"] == "3")
        #expect(headers["content-type"] == "application/json")
        #expect(headers["user-agent"] == "wardflux")
        #expect(headers["x-api-key"] == "pw-Zq7!xK2#secret")
        #expect(headers["authorization"] == "Bearer pw-Zq7!xK2#secret")
        let body = Records.octets(request["body"])
        let at = Notices.start.advanced(bySeconds: 60)
        let signature = WebhookSignature.value([Secret("key-0123456789abcdef")], at: at, body: body)
        #expect(headers["wardflux-signature"] == signature.map { .string($0) })
        #expect(try JSONParser.parse(body) == WebhookBody.json(notice))
    }

    /// Reckoned with Python's hmac.
    @Test func aSignatureIsTheHMACOfTimeAndBodyForEachKey() {
        let keys = [Secret("key-0123456789abcdef"), Secret("another-key-0123456789")]
        let value = WebhookSignature.value(
            keys, at: Timestamp(milliseconds: 1_772_337_600_999), body: Array(#"{"a":1}"#.utf8))
        #expect(
            value
                == "t=1772337600,v1=72fa8f71fed10993a12b4319884f15f6ed050bad22790e4d271d63ecf3e6c3a8"
                + ",v1=0ba1789af21120c2a7f3ccc982709f42942a84db289c1a0befec45eac1770ee4"
        )
        #expect(WebhookSignature.value([], at: Notices.start, body: []) == nil)
    }

    @Test func theBodyHasTheDocumentedFields() throws {
        var path = URL(filePath: #filePath)
        for _ in 0..<4 { path.deleteLastPathComponent() }
        let text = String(decoding: try Data(contentsOf: path.appending(path: "docs/webhook.md")), as: UTF8.self)
        let example = try #require(
            text.split(separator: "```json\n").dropFirst().first?.split(separator: "\n```").first)
        let documented = try JSONParser.parse(Array(example.utf8))
        let sample = try #require(TemplateSamples.notices.first)
        #expect(Self.names(documented) == Self.names(WebhookBody.json(sample)))
    }

    /// Names of the members, of the first alert and of what is in it; label names left out.
    private static func names(_ value: JSONValue, _ path: String = "") -> Set<String> {
        switch value {
        case .object(let members):
            ["labels", "annotations", "group_labels"].contains { path.hasSuffix($0) }
                ? [path]
                : members.reduce(into: []) { $0.formUnion(names($1.value, path + "." + $1.name)) }
        case .array(let elements): elements.first.map { names($0, path + "[]") } ?? [path]
        default: path.contains("cause") || path.contains("acknowledgement") ? [] : [path]
        }
    }

    @Test(arguments: [(429, false), (503, false), (404, false), (401, false), (302, false), (400, true), (413, true)])
    func anAnswerDecides(_ status: Int, _ isLasting: Bool) async throws {
        let arguments = [
            "--status", "\(status)", "--header", "Retry-After=7", "--header", "Location=http://127.0.0.1:9/",
        ]
        let (_, error) = try await Self.request(arguments)
        #expect(error?.isLasting == isLasting)
        #expect(error?.retryAfterSeconds == (isLasting ? nil : 7))
        #expect(error?.reason.contains("http://127.0.0.1:") == true)
    }

    /// Sends a notice twice to a receiver that takes bodies of so many octets, and answers what came with 2xx.
    private static func halves(_ notice: AlertNotice, most: Int, attempts: Int = 2) async throws -> [[JSONValue]] {
        let process = try PeerProcess("webhook")
        let port = try await process.startPython(
            "http_receiver.py", ["\(process.folder)/record", "--most", "\(most)"])
        let notifier = try Notifiers.make(.webhook(NotifierBed.webhookSettings(port, 10)), NotifierBed.surroundings)
        var found: [[JSONValue]] = []
        for attempt in 1...attempts {
            var notice = notice
            notice.attempt = attempt
            #expect(await NotifierContract.failure(notifier, notice) == nil)
            let taken = try Records.all(process).filter { Records.octets($0["body"]).count <= most }
            found.append(Array(taken.dropFirst(found.joined().count)))
        }
        await notifier.close()
        return found
    }

    private static func list(_ value: JSONValue?) -> [JSONValue] {
        if case .array(let elements)? = value { elements } else { [] }
    }

    @Test(arguments: [(8, 5_000, 5_000), (900, 1_000_000, 524_288)])
    func aNoticeThatIsTooLongGoesInHalves(_ count: Int, _ most: Int, _ bound: Int) async throws {
        let alerts = (0..<count).map { Notices.alert("Interface \($0) down", number: $0) }
        let attempts = try await Self.halves(Notices.notice(alerts, alertCount: count + 70), most: most)
        let (first, second) = (attempts[0], attempts[1])
        #expect(first.count > 1)
        #expect(first.allSatisfy { Records.octets($0["body"]).count <= bound })
        let ids = first.map { Records.text($0["headers"]?["wardflux-delivery"]) }
        #expect(Set(ids).count == first.count)
        #expect(second.map { Records.text($0["headers"]?["wardflux-delivery"]) } == ids)
        let bodies = try first.map { try JSONParser.parse(Records.octets($0["body"])) }
        #expect(bodies.map { Records.text($0["delivery_id"]) } == ids)
        let told = bodies.flatMap { Self.list($0["alerts"]) }.map { Records.text($0["id"]) }
        #expect(told == alerts.map(\.id.description))
        #expect(bodies.map { $0["left_out"] } == [.integer(70)] + bodies.dropFirst().map { _ in .integer(0) })
    }

    @Test func whereOneAlertIsTooLongTheOthersArriveAndTheNoticeIsRefused() async throws {
        let process = try PeerProcess("webhook")
        let port = try await process.startPython(
            "http_receiver.py", ["\(process.folder)/record", "--most", "3000"])
        let notifier = try Notifiers.make(.webhook(NotifierBed.webhookSettings(port, 10)), NotifierBed.surroundings)
        let texts = [String(repeating: "x", count: 4_000), "second", "third"]
        let alerts = texts.enumerated().map { Notices.alert($1, number: $0) }
        let error = try #require(await NotifierContract.failure(notifier, Notices.notice(alerts)))
        #expect(error.isLasting && error.reason.contains("413"))
        let taken = try Records.all(process).map { Records.octets($0["body"]) }.filter { $0.count <= 3_000 }
        let told = try taken.flatMap { Self.list(try JSONParser.parse($0)["alerts"]) }.map {
            Records.text($0["message"])
        }
        #expect(told == ["second", "third"])
        await notifier.close()
    }

    @Test func anAnswerThatRepeatsTheRequestShowsNoSecret() async throws {
        let (_, error) = try await Self.request(["--status", "400", "--echo"])
        let reason = try #require(error?.reason)
        #expect(reason.contains("400"))
        for secret in NotifierBed.webhook.secrets { #expect(!reason.contains(secret)) }
        let (_, other) = try await Self.request(["--status", "400", "--body", "no such channel"])
        #expect(other?.reason.contains("no such channel") == true)
    }

    @Test func aSlowAnswerWithinTheTimeIsAnAnswer() async throws {
        let (_, error) = try await Self.request(["--delay", "0.4"])
        #expect(error == nil)
    }

    @Test(arguments: ["taken_then_cut", "taken_then_silent"])
    func aNoticeIsTakenOnceTheHeadOfTheAnswerSaysSo(_ mode: String) async throws {
        let peer = try PeerProcess("fault")
        let port = try await peer.startPython("fault_peer.py", [mode])
        let notifier = try Notifiers.make(.webhook(NotifierBed.webhookSettings(port, 0.5)), NotifierBed.surroundings)
        #expect(await NotifierContract.failure(notifier) == nil)
        await notifier.close()
        peer.stop()
    }

    @Test func certificatesAreVerified() async throws {
        let certificate = try await TestCertificate()
        let other = try await TestCertificate()
        let process = try PeerProcess("webhook")
        let port = try await process.startPython(
            "http_receiver.py", ["\(process.folder)/record", "--tls", certificate.certificate, certificate.key])
        for (file, host, isTrusted) in [
            (certificate.authority, "localhost", true), (certificate.authority, "127.0.0.1", true),
            (other.authority, "localhost", false), (nil, "localhost", false),
            (certificate.authority, "127.0.0.2", false),
        ] {
            var settings = WebhookSettings(url: Secret("https://\(host):\(port)/"))
            settings.caFile = file
            let notifier = try Notifiers.make(.webhook(settings), NotifierBed.surroundings)
            let error = await NotifierContract.failure(notifier)
            #expect((error == nil) == isTrusted, "\(host): \(error?.reason ?? "")")
            await notifier.close()
        }
        #expect(try Records.all(process).count == 2)
    }
}
