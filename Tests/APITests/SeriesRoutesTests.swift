import API
import Inventory
import Listing
import Series
import SeriesTestKit
import Testing

@Suite struct SeriesRoutesTests {
    /// Readings with everything in them that a reading can have, and with nothing.
    private func specimens(_ ids: [InterfaceID]) -> [SeriesReading] {
        var full = CounterReading.sample(secondsAgo: 600, inOctets: .max, outOctets: 1)
        for kind in CounterKind.allCases where kind != .inOctets { full[kind] = UInt64(kind.rawValue) + 1 }
        full.narrow = [CounterSet(.inErrors), CounterSet(.outErrors)]
        full.discontinuityTime = .max
        full.sysUpTime = .max
        full.ifSpeed = .max
        full.clockWasSet = true
        full.intervalSeconds = .max
        full.operStatus = 255
        full.adminStatus = 2
        full.at = Timestamp(milliseconds: full.at.milliseconds + 7)
        let bare = CounterReading(at: Timestamp(seconds: Fixture.now.seconds - 300), intervalSeconds: 1)
        return ids.flatMap { [SeriesReading($0, full), SeriesReading($0, bare)] }
    }

    private func fixture(_ names: [String] = ["SW", "=CMD,\"x\"\n2"]) async throws -> (
        api: Fixture, store: MemorySeriesStore, ids: [InterfaceID]
    ) {
        let store = MemorySeriesStore(now: { Fixture.now })
        let api = try Fixture(metrics: MetricsSource(series: store, statistics: { [.init("polls", 3)] }))
        var ids: [InterfaceID] = []
        for (place, name) in names.enumerated() {
            ids += try await api.add(name, [.isp, .access], address: "10.0.0.\(place + 1)").1.map(\.id)
        }
        return (api, store, ids)
    }

    @Test(arguments: [("csv", "text/csv"), ("jsonl", "application/x-ndjson")])
    func whatIsExportedAndImportedIsTheVerySame(_ format: String, _ type: String) async throws {
        let (api, store, ids) = try await fixture()
        let wanted = specimens(ids)
        _ = try await store.append(wanted)
        let export = await api.send("GET", "/series/export?format=\(format)")
        #expect(export.status == 200 && export.header("Content-Type")?.hasPrefix(type) == true)
        let text = try await export.wholeText
        try await store.remove(ids)
        let report = await api.send("POST", "/series/import", text, type: type)
        #expect(report.status == 200, "\(report.text)")
        #expect(try report.document["accepted"] == 8)
        for id in ids {
            #expect(
                try await store.readings(id)
                    == wanted.filter { $0.interface == id }.map(\.reading).sorted { $0.at < $1.at })
        }
        let again = try await api.send("POST", "/series/import", text, type: type).document
        #expect(again["accepted"] == 0 && again["repeated"] == 8)
    }

    @Test func readingsOfAnotherInstallationFindTheirInterfacesByName() async throws {
        let (api, store, ids) = try await fixture()
        _ = try await store.append(specimens(ids))
        let text = try await api.send("GET", "/series/export?format=csv").wholeText
        let (other, kept, others) = try await fixture()
        let report = try await other.send("POST", "/series/import", text, type: "text/csv").document
        #expect(report["accepted"] == 8 && report["unknown_readings"] == 0)
        for id in others { #expect(try await kept.readings(id).count == 2) }
    }

    @Test func readingsOfUnknownInterfacesAreLeftOutAndNamed() async throws {
        let (api, store, ids) = try await fixture()
        _ = try await store.append(specimens(ids))
        let text = try await api.send("GET", "/series/export?format=jsonl").wholeText
        let (other, _, _) = try await fixture(["SW"])
        let report = try await other.send("POST", "/series/import", text, type: "application/x-ndjson").document
        #expect(report["accepted"] == 4 && report["unknown_readings"] == 4 && report["unknown_interfaces_total"] == 2)
    }

    @Test(arguments: [
        (#"{"at":"2026-03-01T04:00:00Z","interval_seconds":300}"#, "interface_id", "device_name"),
        (#"{"interface_id":"ID","interval_seconds":300}"#, "at", "2026-03-01"),
        (#"{"interface_id":"ID","at":"today","interval_seconds":300}"#, "at", "RFC 3339"),
        (#"{"interface_id":"x","at":"2026-03-01T04:00:00Z","interval_seconds":300}"#, "interface_id", "UUID"),
        (#"{"interface_id":"ID","at":"2026-03-01T04:00:00Z","interval_seconds":70000}"#, "interval_seconds", "65535"),
        (#"{"interface_id":"ID","at":"2026-03-01T04:00:00Z"}"#, "interval_seconds", "65535"),
        (
            #"{"interface_id":"ID","at":"2026-03-01T04:00:00Z","interval_seconds":300,"interface_if_in_errors":-1}"#,
            "interface_if_in_errors", "whole number"
        ),
        (
            #"{"interface_id":"ID","at":"2026-03-01T04:00:00Z","interval_seconds":300,"interface_if_in_errors":1.5}"#,
            "interface_if_in_errors", "texts"
        ),
        (
            #"{"interface_id":"ID","at":"2026-03-01T04:00:00Z","interval_seconds":300,"counters_32bit":["x"]}"#,
            "counters_32bit", "no such counter"
        ),
        ("[1]", "body", "object"), ("{", "body", "expected here"),
    ])
    func aWrongLineIsNamedAndNothingIsKept(_ line: String, _ field: String, _ hint: String) async throws {
        let (api, store, ids) = try await fixture(["SW"])
        let good = #"{"interface_id":"\#(ids[0])","at":"2026-03-01T04:00:00Z","interval_seconds":300}"#
        let body = good + "\n\n" + line.replacing("ID", with: "\(ids[0])") + "\n"
        let answer = await api.send("POST", "/series/import?first_line=11", body, type: "application/x-ndjson")
        #expect(answer.status == 422)
        guard case .array(let errors) = try answer.document["errors"], let error = errors.first else {
            Issue.record("\(answer.text)")
            return
        }
        #expect(error["field"] == .string(field) && error["line"] == 13 && errors.count == 1)
        #expect(answer.text.contains(hint), "\(answer.text)")
        #expect(try await store.readings(ids[0]).isEmpty)
    }

    @Test(arguments: [
        ("interface,at\n", "no such column"), ("at\n", "the column is missing"), ("", "no header line"),
        ("interface_id,at\nx\n", "1 fields and the header 2"), ("interface_id,at\n\"x,y\n", "inside a quoted field"),
    ])
    func aTableThatCannotBeReadSaysWhy(_ body: String, _ hint: String) async throws {
        let (api, _, _) = try await fixture(["SW"])
        let answer = await api.send("POST", "/series/import", body.isEmpty ? "\n" : body, type: "text/csv")
        #expect(answer.status == 422 && answer.text.contains(hint), "\(answer.text)")
    }

    @Test func anExportOfSomeInterfacesHasThoseAlone() async throws {
        let (api, store, ids) = try await fixture()
        _ = try await store.append(specimens(ids))
        let text = try await api.send("GET", "/series/export?interface=\(ids[1])").wholeText
        #expect(text.split(separator: "\n").count == 2 && text.contains("\(ids[1])") && !text.contains("\(ids[0])"))
        #expect(await api.send("GET", "/series/export?interface=\(InterfaceID.random())").status == 404)
        #expect(await api.send("GET", "/series/export?interface=x").status == 400)
        #expect(await api.send("GET", "/series/export?format=xlsx").status == 400)
        #expect(try await api.send("GET", "/series/export?from=-10s").wholeText.isEmpty)
    }

    @Test func anInterfaceNamedTwiceIsExportedOnce() async throws {
        let (api, store, ids) = try await fixture()
        _ = try await store.append(specimens(ids))
        let text = try await api.send("GET", "/series/export?interface=\(ids[1]),\(ids[0]),\(ids[1])").wholeText
        #expect(text.split(separator: "\n").count == 4)
    }

    @Test(arguments: ["jsonl", "csv", "prometheus"])
    func aSlowReaderHoldsAPieceAndNotAllOfAnInterface(_ format: String) async throws {
        let (api, store, ids) = try await fixture(["SW"])
        _ = try await store.append(
            (1...10_000).reversed().map { second in
                SeriesReading(ids[0], .sample(secondsAgo: second, inOctets: UInt64(10_001 - second), outOctets: nil))
            })
        guard case .pull(let next) = await api.send("GET", "/series/export?format=\(format)").body else {
            Issue.record("an export is made piece by piece")
            return
        }
        var counts: [Int] = []
        while let piece = try await next() { counts.append(piece.count { $0 == 10 }) }
        let lines = format == "prometheus" ? 30_000 : format == "csv" ? 10_001 : 10_000
        #expect(counts.reduce(0, +) == lines)
        #expect(counts.allSatisfy { $0 <= lines / 2 }, "\(counts)")
    }

    @Test(arguments: ["application/x-ndjson", "text/csv"])
    func aLineThatNoReadingHasIsRefusedByItsNumber(_ type: String) async throws {
        let (api, store, ids) = try await fixture(["SW"])
        let (at, name) = ("2026-03-01T04:00:00Z", String(repeating: "x", count: 70_000))
        let body =
            type == "text/csv"
            ? "interface_id,at,interval_seconds,if_name\n\(ids[0]),\(at),300,\(name)\n"
            : "\n" + #"{"interface_id":"\#(ids[0])","at":"\#(at)","interval_seconds":300,"if_name":"\#(name)"}"#
        let answer = await api.send("POST", "/series/import", body, type: type)
        #expect(answer.status == 422 && answer.text.contains("longer than 65536 octets"), "\(answer.text.prefix(300))")
        #expect(answer.text.contains(#""line":2"#) && answer.bytes.count < 10_000)
        #expect(try await store.readings(ids[0]).isEmpty)
    }

    @Test func ofAGreatManyWrongLinesAllAreCounted() async throws {
        let (api, _, _) = try await fixture(["SW"])
        let body = String(repeating: "{}\n", count: 20_000)
        let answer = try await api.send("POST", "/series/import", body, type: "application/x-ndjson").document
        guard case .array(let errors) = answer["errors"] else { return }
        #expect(answer["errors_total"] == 40_000 && errors.count == 1_000)
    }

    @Test func thePrometheusFormHasOneSampleForEachCounter() async throws {
        let (api, store, ids) = try await fixture(["SW"])
        _ = try await store.append(specimens([ids[0]]))
        let text = try await api.send("GET", "/series/export?format=prometheus").wholeText
        let lines = text.split(separator: "\n")
        #expect(lines.count == 8)
        #expect(
            lines.first?.hasPrefix("interface_if_hc_in_octets{device_id=") == true
                && lines.first?.hasSuffix("} 18446744073709551615 \((Fixture.now.seconds - 600) * 1000 + 7)") == true)
    }

    @Test func theStoreAndTheCollectionTellTheirNumbers() async throws {
        let (api, store, ids) = try await fixture(["SW"])
        _ = try await store.append(specimens([ids[0]]))
        let answer = try await api.send("GET", "/series/statistics").document
        #expect(answer["state"] == "working" && answer["counters"]?["accepted_readings"] == 2)
        #expect(answer["collection"] == ["polls": 3] && answer["interval_seconds"] == 300)
        await store.close()
        let closed = try await api.send("GET", "/series/statistics").document
        #expect(closed["state"] == "failing" && closed["detail"] == "the store was closed; open it again")
        #expect(await api.send("GET", "/series/export").status == 503)
    }

    @Test func longFilesAreTakenWhereOtherBodiesAreRefused() async throws {
        var settings = Fixture.exact
        settings.bodyBytesMax = 100
        let api = try Fixture(
            settings: settings, metrics: MetricsSource(series: MemorySeriesStore(now: { Fixture.now })))
        let body = String(repeating: "\n", count: 200)
        #expect(await api.send("POST", "/series/import", body, type: "application/x-ndjson").status == 200)
        #expect(await api.send("POST", "/devices/sweep", body).status == 413)
    }
}
