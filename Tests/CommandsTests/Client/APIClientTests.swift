import API
import Testing

@testable import Commands

@Suite struct APIClientTests {
    @Test func `a list is read page by page until its cursor ends`() async throws {
        let transport = FakeTransport([
            "GET /api/v1/devices": [
                .json(200, #"{"items":[{"name":"a"},{"name":"b"}],"total":3,"next_cursor":"x/1"}"#),
                .json(200, #"{"items":[{"name":"c"}],"total":3,"next_cursor":null}"#),
            ]
        ])
        let listed = try await APIClient(transport: transport).list("/devices", [(name: "q", value: "a b")])
        #expect(listed.items.compactMap { $0["name"]?.string } == ["a", "b", "c"])
        #expect(listed.total == 3)
        #expect(transport.asked.map(\.query) == ["q=a%20b&limit=1000", "q=a%20b&limit=1000&cursor=x%2F1"])
    }

    @Test func `a limit ends a list early`() async throws {
        let transport = FakeTransport([
            "GET /api/v1/devices": [.json(200, #"{"items":[1,2],"total":9,"next_cursor":"x"}"#)]
        ])
        let listed = try await APIClient(transport: transport).list("/devices", limit: 2)
        #expect(listed.items.count == 2)
        #expect(listed.total == 9)
        #expect(transport.asked.map(\.query) == ["limit=2"])
    }

    @Test func `a problem document becomes a failure with its errors and remedy`() async throws {
        let problem = #"""
            {"type":"about:blank","title":"Import refused","status":422,"detail":"2 rows are wrong",
            "errors":[{"field":"ip","value":"10.0.0","line":3,"column":5,"detail":"'10.0.0' is no address"},
            {"field":"sort","value":"x","detail":"no column 'x'"}]}
            """#
        let transport = FakeTransport(["POST /api/v1/devices/import": [.json(422, problem)]])
        let failure = await #expect(throws: CommandFailure.self) {
            _ = try await APIClient(transport: transport).send("POST", "/devices/import")
        }
        #expect(failure?.message == "2 rows are wrong")
        #expect(failure?.details == ["line 3, column 5, ip: '10.0.0' is no address", "sort: no column 'x'"])
    }

    @Test func `an answer that is no JSON names the server`() async {
        let transport = FakeTransport(["GET /api/v1/health": [.json(200, "<html>")]])
        let failure = await #expect(throws: CommandFailure.self) {
            _ = try await APIClient(transport: transport, peer: "http://proxy").get("/health")
        }
        #expect(failure?.message.contains("http://proxy") == true)
    }

    @Test func `missing rights name the way to a token`() async {
        let transport = FakeTransport(["GET /api/v1/health": [.json(401, #"{"title":"Unauthorized"}"#)]])
        let failure = await #expect(throws: CommandFailure.self) {
            _ = try await APIClient(transport: transport).get("/health")
        }
        #expect(failure?.remedy?.contains("WARDFLUX_TOKEN") == true)
    }

    @Test(arguments: ["localhost:5001", "ftp://x", "http://", ""])
    func `an address that is none is refused`(address: String) {
        #expect(throws: CommandFailure.self) { try HTTPTransport(server: address, token: nil) }
    }

    @Test func `a server that is not there is named with what to do`() async throws {
        let transport = try HTTPTransport(server: "http://127.0.0.1:9/", token: nil, timeoutSeconds: 5)
        #expect(transport.peer == "http://127.0.0.1:9")
        let failure = await #expect(throws: CommandFailure.self) {
            _ = try await transport.send(APIRequest("GET", "/api/v1/health"))
        }
        #expect(failure?.message.contains("http://127.0.0.1:9") == true)
        #expect(failure?.remedy?.contains("--server") == true)
    }
}
