import API
import Foundation
import Testing

@testable import Dashboard

/// What browsers get of the pages, and what is left to the API.
@Suite struct DashboardTests {
    private let dashboard: Dashboard

    init() throws { dashboard = try Dashboard() }

    private static let web = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../web").standardized

    private func get(_ path: String, _ headers: [String: String] = [:], method: String = "GET") -> APIResponse? {
        let fields = headers.map { APIHeader($0.key, $0.value) }
        return dashboard.answer(APIRequest(method, path, headers: fields, origin: .network))
    }

    private static let page = ["Accept": "text/html,application/xhtml+xml"]

    private func script() throws -> (path: String, text: String) {
        let shell = String(decoding: try #require(get("/")).bytes, as: UTF8.self)
        let path = try #require(shell.firstMatch(of: /\/assets\/[0-9a-f]+\/app\.js/)?.output)
        return (String(path), String(decoding: try #require(get(String(path))).bytes, as: UTF8.self))
    }

    @Test(
        "Every page's path gets the shell, which no cache keeps",
        arguments: ["/", "/interfaces", "/devices/1", "/nothing"])
    func shell(path: String) throws {
        let answer = try #require(get(path, Self.page))
        #expect(answer.status == 200 && answer.header("Content-Type") == "text/html; charset=utf-8")
        #expect(answer.header("Cache-Control") == "no-cache")
        #expect(String(decoding: answer.bytes, as: UTF8.self).contains("<!doctype html>"))
    }

    @Test(
        "Nothing of another origin is allowed, no inline script, no frame",
        arguments: [
            "default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'",
            "frame-ancestors 'none'",
        ])
    func policy(rule: String) throws {
        let policy = try #require(get("/")?.header("Content-Security-Policy"))
        #expect(policy.contains(rule) && !policy.contains("unsafe"))
    }

    @Test("What the shell names is there for ever, and is what gzip holds")
    func assets() throws {
        let (path, text) = try script()
        let answer = try #require(get(path, ["Accept-Encoding": "gzip, br"]))
        #expect(answer.header("Cache-Control") == "public, max-age=31536000, immutable")
        #expect(answer.header("Content-Encoding") == "gzip" && answer.bytes.prefix(2) == [0x1f, 0x8b])
        #expect(answer.bytes.count * 2 < text.utf8.count)
        #expect(get(path, ["Accept-Encoding": "gzip;q=0"])?.header("Content-Encoding") == nil)
    }

    @Test("A page that is open across an update gets what is, and does not keep it")
    func updates() throws {
        let answer = try #require(get("/assets/0123456789abcdef0123/app.js"))
        #expect(answer.status == 200 && answer.header("Cache-Control") == "no-store")
    }

    @Test("What a browser has it is not sent again")
    func unchanged() throws {
        let tag = try #require(get("/")?.header("ETag"))
        let answer = try #require(get("/", ["If-None-Match": tag]))
        #expect(answer.status == 304 && answer.bytes.isEmpty)
    }

    @Test("HEAD tells the length and sends nothing")
    func head() throws {
        let (whole, head) = (try #require(get("/")), try #require(get("/", method: "HEAD")))
        #expect(head.bytes.isEmpty && head.header("Content-Length") == "\(whole.bytes.count)")
    }

    @Test(
        "The API answers for itself",
        arguments: [
            ("GET", "/api/v1/health", page), ("GET", "/metrics/interfaces", page), ("POST", "/", page),
            ("GET", "/devices", ["Accept": "*/*"]), ("GET", "/assets/1/gone.js", page),
        ])
    func others(method: String, path: String, headers: [String: String]) {
        #expect(get(path, headers, method: method) == nil)
    }

    @Test("From a folder, every module that a module imports is served beside it, under the same tag")
    func modules() throws {
        let folder = try Dashboard(.folder(Self.web.path))
        let get = { (path: String) in folder.answer(APIRequest("GET", path, headers: [], origin: .network)) }
        let shell = String(decoding: try #require(get("/")).bytes, as: UTF8.self)
        var waiting = [String(try #require(shell.firstMatch(of: /\/assets\/[0-9a-f]+\/app\.js/)?.output))]
        var seen = Set(waiting)
        while let path = waiting.popLast() {
            let answer = try #require(get(path), "\(path) is not served")
            #expect(answer.header("Content-Type") == "text/javascript; charset=utf-8")
            let base = try #require(URL(string: "http://127.0.0.1\(path)"))
            for found in String(decoding: answer.bytes, as: UTF8.self).matches(of: /from '(\.[^']+)';/) {
                let next = try #require(URL(string: String(found.1), relativeTo: base)).absoluteURL.path
                if seen.insert(next).inserted { waiting.append(next) }
            }
        }
        #expect(seen.count > 200)
    }

    @Test("From a folder, the page needs the same names as embedded")
    func names() throws {
        let (inside, outside) = (try WebSource.embedded.files(), try WebSource.folder(Self.web.path).files())
        #expect(Set(inside.map(\.path)).isSubset(of: outside.map(\.path)))
        let page = { (files: [WebFile]) in files.first { $0.path == "index.html" } }
        #expect(page(inside) == page(outside), "run script/embed-web")
    }

    @Test("A folder that holds no pages is refused with its name")
    func folders() {
        let error = #expect(throws: DashboardError.self) { _ = try Dashboard(.folder("/usr/share/doc")) }
        #expect(error?.description.contains("/usr/share/doc") == true)
    }

    /// The aim is 120 KiB; this holds what is reached, and is lowered with it.
    @Test("All of it together does not grow")
    func size() throws {
        let (path, _) = try script()
        let folder = path.dropLast("app.js".count)
        let names = ["app.js", "style.css", "stream.js", "icon.svg"]
        let sizes = try names.map { try #require(get(folder + $0, ["Accept-Encoding": "gzip"])).bytes.count }
        let shell = try #require(get("/", ["Accept-Encoding": "gzip"])).bytes.count
        #expect(sizes.reduce(shell, +) <= 133 * 1024)
    }
}
