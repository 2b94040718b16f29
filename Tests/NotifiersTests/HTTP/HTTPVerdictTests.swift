import Inventory
import Testing

@testable import Notifiers

struct HTTPVerdictTests {
    private static let now = Timestamp(seconds: 784_111_777)  // Sun, 06 Nov 1994 08:49:37 GMT

    private static func error(_ status: Int, _ retryAfter: String? = nil) -> NotifierError? {
        HTTPVerdict.error(
            status: status, retryAfter: retryAfter, excerpt: "", origin: "https://example.org", now: now)
    }

    @Test(arguments: [200, 201, 202, 204, 299]) func successIsTaken(_ status: Int) {
        #expect(Self.error(status) == nil)
    }

    @Test(arguments: [400, 413, 422]) func whatIsAboutTheNoticeLasts(_ status: Int) {
        #expect(Self.error(status)?.isLasting == true)
        #expect(Self.error(status)?.isTooLong == (status == 413))
    }

    /// A token is renewed, an address is mended, a backend comes back: nobody is to miss an alert for that.
    @Test(arguments: [
        300, 301, 302, 307, 401, 403, 404, 405, 407, 408, 409, 410, 425, 429, 451, 500, 501, 502, 503, 504, 599, 100, 0,
        999,
    ])
    func whatIsAboutTheReceiverIsTriedAgain(_ status: Int) {
        #expect(Self.error(status)?.isLasting == false)
        #expect(Self.error(status)?.isTooLong == false)
    }

    @Test(arguments: [
        ("120", 120.0), (" 5", 5), ("0", 0), ("999999999999999999999999", 86_400), ("86401", 86_400),
        ("Sun, 06 Nov 1994 08:50:07 GMT", 30), ("Sun, 06 Nov 1994 08:00:00 GMT", 0),
        ("Sat, 01 Jan 2050 00:00:00 GMT", 86_400),
    ])
    func aReceiverSaysHowLongToWait(_ value: String, _ seconds: Double) {
        #expect(Self.error(429, value)?.retryAfterSeconds == seconds)
        #expect(Self.error(503, value)?.retryAfterSeconds == seconds)
    }

    @Test(arguments: [
        "", "soon", "-5", "1.5", "Sun, 31 Feb 1994 08:50:07 GMT", "1994-11-06", "06 Nov 1994 08:50:07 GMT",
    ])
    func whatIsNoTimeIsIgnored(_ value: String) {
        #expect(Self.error(429, value)?.retryAfterSeconds == nil)
    }

    @Test(arguments: [
        ("https://hooks.example.org/a?b=c", "https://hooks.example.org", "hooks.example.org"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080", "127.0.0.1"), ("HTTP://[::1]:9/x", "http://[::1]:9", "::1"),
    ])
    func addressesAreReadAndOnlyTheirOriginIsShown(_ url: String, _ origin: String, _ host: String) throws {
        let address = try WebAddress(Secret(url), field: "url")
        #expect(address.origin == origin)
        #expect(address.host == host)
    }

    @Test(arguments: [
        "", "example.org/x", "ftp://example.org/", "http://", "http:///x", "https://user:pw-secret@example.org/",
        "https://example.org/pw-secret\r\nX: y", "https://example.org/pw secret", "https://example.org/#pw-secret",
        "https://example.org:0/", "https://example.org:65536/", "https://example.org:x/", "https://exämple.org/",
        "https://[::1/", "https://example.org/<pw-secret>",
    ])
    func whatIsNoAddressIsRefusedWithoutShowingIt(_ url: String) {
        #expect {
            try WebAddress(Secret(url), field: "url")
        } throws: { error in
            let reason = "\(error)"
            return reason.hasPrefix("url: ") && !reason.contains("secret")
        }
    }

    @Test(arguments: ["", "javascript:alert(1)", "https://a/\"onclick", "https://a/<b>", "https://a/ b", "//a"])
    func aLinkThatCouldDoHarmIsLeftOut(_ text: String) {
        #expect(WebAddress.link(text) == nil)
    }

    @Test func partsOfSecretsAreKeptOutOfExcerpts() {
        let filter = SecretFilter([Secret("Tok3n-ABCDEF-42"), Secret("")])
        #expect(filter.excerpt(Array("bad  request\r\n\u{1B}[31m".utf8)) == "bad request [31m")
        #expect(filter.excerpt(Array("you sent n-abcd".utf8)) == "")
        #expect(filter.excerpt(Array("you sent Tok3n-ABCDEF-42".utf8)) == "")
        #expect(filter.excerpt([0xFF, 0xFE]).utf8.count < 20)
        #expect(SecretFilter([Secret("abc")]).excerpt(Array("x abc".utf8)) == "")
    }

    @Test(arguments: [
        ["Host": "x"], ["content-length": "1"], ["Transfer-Encoding": "chunked"], ["WardFlux-Delivery": "x"],
        ["a b": "x"], ["": "x"], ["X:": "x"], ["X-A": "a\r\nX-B: b"], ["X-A": "a\u{0}"],
    ])
    func headersThatWouldChangeARequestAreRefused(_ headers: [String: String]) {
        let secret = headers.mapValues { Secret($0) }
        #expect(throws: NotifierError.self) { try HeaderFields.checked(secret) }
    }
}
