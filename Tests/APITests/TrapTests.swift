import Inventory
import Listing
import Testing

@testable import API

@Suite struct TrapTests {
    private func record(_ kind: String, device: DeviceID? = nil) -> TrapRecord {
        var record = TrapRecord(
            receivedAt: Fixture.now, kind: kind, trapOID: "1.3.6.1.6.3.1.1.5.3", source: "192.0.2.1", version: "2c",
            isInform: false, isTrusted: true, varBinds: ["1.3.6.1.2.1.2.2.1.1.7 = INTEGER 7"])
        record.deviceID = device
        record.deviceName = device == nil ? nil : "core-1"
        return record
    }

    private func numbers(_ api: Fixture, _ query: String = "") async throws -> [Int] {
        let answer = await api.send("GET", "/traps" + query)
        #expect(answer.status == 200)
        guard case .array(let items) = try answer.document["items"] else { return [] }
        return items.compactMap { if case .integer(let number) = $0["number"] { Int(number) } else { nil } }
    }

    @Test func theNewestComesFirstAndFiltersChoose() async throws {
        let api = try Fixture()
        let (one, two) = (DeviceID.random(), DeviceID.random())
        api.application.receive([record("linkDown", device: one), record("linkUp", device: one)])
        api.application.receive([record("linkDown", device: two), record("coldStart")])
        #expect(try await numbers(api) == [4, 3, 2, 1])
        #expect(try await numbers(api, "?limit=2") == [4, 3])
        #expect(try await numbers(api, "?kind=linkDown") == [3, 1])
        #expect(try await numbers(api, "?device_id=\(one)") == [2, 1])
        #expect(try await numbers(api, "?device_id=\(one)&kind=linkUp") == [2])
        #expect(try await numbers(api, "?device_id__isnull=true") == [4])
        #expect(try await numbers(api, "?sort=number") == [1, 2, 3, 4])
    }

    @Test func anEmptyListIsAnAnswer() async throws {
        #expect(try await numbers(try Fixture()).isEmpty)
    }

    @Test func theListIsBoundedAndKeepsTheLatest() async throws {
        let api = try Fixture()
        for _ in 0..<5 { api.application.receive(Array(repeating: record("linkDown"), count: 1000)) }
        let answer = await api.send("GET", "/traps?limit=1")
        #expect(try answer.document["total"] == .integer(Int64(TrapJournal.keptMax)))
        #expect(try await numbers(api, "?limit=1") == [5000])
    }

    @Test func aTrapIsAnEvent() async throws {
        let api = try Fixture()
        let answer = await api.send("GET", "/events")
        guard case .stream(let stream) = answer.body else {
            Issue.record("no stream")
            return
        }
        var reader = stream.makeAsyncIterator()
        _ = await reader.next()
        api.application.receive([record("linkDown", device: .random())])
        let text = String(decoding: try #require(await reader.next()), as: UTF8.self)
        #expect(text.contains("event: trap\n") && text.contains("\"kind\":\"linkDown\""))
        #expect(text.contains("\"device_name\":\"core-1\""))
    }

    @Test func aStormIsToldByItsNumber() {
        let journal = TrapJournal()
        let told = journal.append(Array(repeating: record("linkDown"), count: 500), at: Fixture.now)
        #expect(told.map(\.number) == Array(1...100))
        #expect(journal.takeOmitted() == 400 && journal.takeOmitted() == 0)
        let later = Fixture.now.advanced(bySeconds: 1)
        #expect(journal.append(Array(repeating: record("linkDown"), count: 50), at: later).count == 20)
        #expect(journal.takeOmitted() == 30)
    }
}
