import Inventory
import Listing
import Testing

@testable import API

@Suite struct EventTests {
    private func text(_ bytes: [UInt8]?) -> String? {
        bytes.map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func aStreamCarriesWhatComesWithIdsThatRise() async throws {
        let hub = EventHub(epoch: 7, streamsMax: 2)
        var reader = try #require(hub.open(lastID: nil)).makeAsyncIterator()
        hub.publish("job", Array("{}".utf8))
        hub.beat()
        #expect(text(await reader.next()) == "retry: 3000\n\n")
        #expect(text(await reader.next()) == "id: 7-1\nevent: job\ndata: {}\n\n")
        #expect(text(await reader.next()) == ": beat\n\n")
    }

    @Test func whoComesBackGetsWhatItMissed() async throws {
        let hub = EventHub(epoch: 7, streamsMax: 2)
        for number in 1...3 { hub.publish("n", Array("\(number)".utf8)) }
        var reader = try #require(hub.open(lastID: "7-1")).makeAsyncIterator()
        _ = await reader.next()
        #expect(text(await reader.next())?.hasSuffix("data: 2\n\n") == true)
        #expect(text(await reader.next())?.hasSuffix("data: 3\n\n") == true)
    }

    @Test(arguments: ["6-1", "7-9999", "7-x", "x", "7-0-1", "7-1"])
    func whoMissedTooMuchIsToldToReadAgain(_ lastID: String) async throws {
        let hub = EventHub(epoch: 7, streamsMax: 2)
        for _ in 0...EventHub.recentMax + 1 { hub.publish("n", Array("1".utf8)) }
        var reader = try #require(hub.open(lastID: lastID)).makeAsyncIterator()
        _ = await reader.next()
        #expect(text(await reader.next()) == "event: resync\ndata: {}\n\n")
    }

    @Test func aStreamThatDoesNotKeepUpEndsWithResync() async throws {
        let hub = EventHub(epoch: 7, streamsMax: 2)
        let stream = try #require(hub.open(lastID: nil))
        for _ in 0..<2 * (EventHub.recentMax + EventHub.waitingMax) { hub.publish("n", Array("1".utf8)) }
        #expect(hub.openCount == 0)
        var last: [UInt8]?
        for await bytes in stream { last = bytes }
        #expect(text(last) == "event: resync\ndata: {}\n\n")
    }

    @Test func streamsAreBoundedInNumberAndEndWithTheServer() async throws {
        let hub = EventHub(epoch: 7, streamsMax: 1)
        let stream = try #require(hub.open(lastID: nil))
        #expect(hub.open(lastID: nil) == nil)
        hub.finish()
        var count = 0
        for await _ in stream { count += 1 }
        #expect(count == 1)
        #expect(hub.open(lastID: nil) == nil)
    }

    @Test func theRouteOpensAStream() async throws {
        let answer = await (try Fixture()).send("GET", "/events")
        #expect(answer.status == 200 && answer.header("Content-Type") == "text/event-stream")
        guard case .stream = answer.body else {
            Issue.record("no stream")
            return
        }
    }

    @Test func aStreamEndsWhenItsTokenIsRevoked() async throws {
        let hub = EventHub(epoch: 7, streamsMax: 3)
        let revoked = try #require(hub.open(lastID: nil, token: "gone"))
        let others = [try #require(hub.open(lastID: nil, token: "good")), try #require(hub.open(lastID: nil))]
        #expect(hub.hasTokens)
        hub.endStreams(exceptOf: ["good"])
        var count = 0
        for await _ in revoked { count += 1 }
        #expect(count == 1)
        withExtendedLifetime(others) { #expect(hub.openCount == 2) }
    }
}
