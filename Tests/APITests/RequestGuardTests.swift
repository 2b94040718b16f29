import API
import Catalog
import Inventory
import Listing
import Testing

@Suite struct RequestGuardTests {
    private static let local = [APIHeader("Host", "127.0.0.1:5001")]

    private func status(
        _ api: Fixture, _ method: String, _ path: String, _ headers: [APIHeader], body: String? = nil
    ) async -> Int {
        await api.send(method, path, body, headers: headers, origin: .network).status
    }

    @Test(arguments: [
        ("127.0.0.1:5001", 200), ("localhost", 200), ("LOCALHOST:80", 200), ("[::1]:5001", 200), ("127.1.2.3", 200),
        ("evil.example", 421), ("127.0.0.1.evil.example", 421), ("10.0.0.1:5001", 421), ("", 421),
    ])
    func aLoopbackServerAnswersOnlyForLoopback(_ host: String, _ expected: Int) async throws {
        #expect(await status(try Fixture(), "GET", "/interfaces/summary", [APIHeader("Host", host)]) == expected)
    }

    @Test func pagesOfOtherSitesMayNotChangeAnything() async throws {
        let api = try Fixture()
        let foreign = Self.local + [APIHeader("Origin", "https://evil.example")]
        let own = Self.local + [APIHeader("Origin", "http://127.0.0.1:5001")]
        #expect(await status(api, "POST", "/interfaces/discover/all", foreign) == 403)
        #expect(await status(api, "POST", "/interfaces/discover/all", own) == 202)
    }

    @Test(
        arguments: [
            (nil, 401), ("Bearer good", 200), ("bearer good", 200), ("Bearer gone", 401), ("Bearer other", 401),
            ("Basic good", 401), ("Bearer", 401),
        ] as [(String?, Int)])
    func aServerOthersReachWantsAGoodToken(_ field: String?, _ expected: Int) async throws {
        var settings = Fixture.exact
        settings.requiresToken = true
        settings.isLoopbackOnly = false
        let api = try Fixture(settings: settings)
        try await api.catalog.saveAccessToken(
            AccessToken(name: "a", hash: "hash of good", createdAt: Fixture.now))
        try await api.catalog.saveAccessToken(
            AccessToken(name: "b", hash: "hash of gone", createdAt: Fixture.now, revokedAt: Fixture.now))
        let headers = [APIHeader("Host", "nms.example")] + (field.map { [APIHeader("Authorization", $0)] } ?? [])
        let answer = await api.send("GET", "/interfaces/summary", headers: headers, origin: .network)
        #expect(answer.status == expected)
        #expect((answer.header("WWW-Authenticate") != nil) == (expected == 401))
        #expect(!answer.text.contains("good"))
    }

    @Test func aBodyThatIsTooLongIsRefused() async throws {
        var settings = Fixture.exact
        settings.bodyBytesMax = 100
        let api = try Fixture(settings: settings)
        let body = #"{"name":"\#(String(repeating: "a", count: 100))","ip":"x"}"#
        #expect(await api.send("POST", "/devices", body).status == 413)
    }

    @Test func aBodyWithoutOrOfAnotherTypeIsRefused() async throws {
        let api = try Fixture()
        #expect(await api.send("POST", "/devices", "{}", type: "text/plain").status == 415)
        #expect(await api.send("POST", "/devices").status == 415)
        #expect(await api.send("POST", "/jobs/discover-all-interfaces/run").status == 202)
    }

    @Test(arguments: [
        ("limt=1", "did you mean 'limit'?"), ("limit=1&limit=2", "give it once"), ("limit=%zz", "percent-encoded"),
        ("q=%00", "U+0000"), ("q=%ff", "percent-encoded UTF-8"), ("interface_type=wan", "one of isp, trunk"),
    ])
    func aBadQueryNamesTheParameter(_ query: String, _ part: String) async throws {
        let answer = await (try Fixture()).send("GET", "/interfaces/list?\(query)")
        #expect(answer.status == 400 && answer.text.contains(part), "\(answer.text)")
    }

    @Test func aRouteWithoutParametersTakesNone() async throws {
        #expect(await (try Fixture()).send("GET", "/health?x=1").status == 400)
    }

    @Test(arguments: ["/nothing", "/interfaces", "/interfaces/list/", "//", "/devices/%zz", "/devices/%00"])
    func anUnknownPathIsNotFound(_ path: String) async throws {
        let answer = await (try Fixture()).send("GET", path)
        #expect(answer.status == 404)
        #expect(try answer.document["status"] == 404)
    }

    @Test func anotherMethodIsAnsweredWithThoseAllowed() async throws {
        let answer = await (try Fixture()).send("DELETE", "/devices")
        #expect(answer.status == 405 && answer.header("Allow") == "GET, HEAD, POST")
    }

    @Test func headIsGetWithoutItsBody() async throws {
        let api = try Fixture()
        let (head, get) = (await api.send("HEAD", "/devices"), await api.send("GET", "/devices"))
        #expect(
            head.status == 200 && head.bytes.isEmpty && head.header("Content-Length") == get.header("Content-Length"))
    }

    @Test func everyAnswerIsGuardedAgainstSniffingAndFraming() async throws {
        let answer = await (try Fixture()).send("GET", "/nothing")
        #expect(answer.header("X-Content-Type-Options") == "nosniff" && answer.header("X-Frame-Options") == "DENY")
        #expect(answer.header("Access-Control-Allow-Origin") == nil)
    }

    @Test func allThatIsWrongWithAQueryIsToldAtOnce() async throws {
        let answer = await (try Fixture()).send("GET", "/interfaces/list?limt=1&limit=0&sort=nam&format=xml&if_mtu=x")
        #expect(answer.status == 400)
        guard case .array(let errors) = try answer.document["errors"] else { return }
        let fields = errors.compactMap { if case .string(let field) = $0["field"] { field } else { nil } }
        #expect(Set(fields) == ["limt", "limit", "sort", "format", "if_mtu"], "\(answer.text)")
    }

    @Test func ofAGreatManyErrorsTheFirstAreListedAndAllCounted() async throws {
        let fields = (0..<2500).map { #""x\#($0)":1"# }.joined(separator: ",")
        let answer = await (try Fixture()).send("POST", "/jobs/discover-all-interfaces/run", "{\(fields)}")
        guard case .array(let errors) = try answer.document["errors"] else { return }
        #expect(answer.status == 400 && errors.count == 1000)
        #expect(try answer.document["errors_total"] == 2500)
        #expect(answer.bytes.count < 500_000)
    }
}
