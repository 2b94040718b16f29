import Inventory
import Series
import Testing

@testable import SeriesVictoria

@Suite struct WireTests {
    private static let at = Timestamp(milliseconds: 1_772_006_400_123)

    private func labels(_ name: String) -> LabelSet { LabelSet(Bench.labels(3, deviceName: name)) }

    private func text(_ requests: [VictoriaRequest]) -> [String] {
        requests.flatMap { String(decoding: $0.body ?? [], as: UTF8.self).split(separator: "\n").map(String.init) }
    }

    @Test func aReadingBecomesEightCountersWithTheEightLabelsInOrder() {
        let entry = ReadingBatch.Entry(number: 1, reading: Bench.reading(3, at: Self.at))
        let lines = text(PrometheusLines.request([entry], [1: labels("core")], context: false))
        #expect(lines.count == 8)
        let label = Bench.labels(3, deviceName: "core").pairs.map { "\($0.name)=\"\($0.value)\"" }
        #expect(
            lines[0] == "interface_if_hc_in_octets{\(label.joined(separator: ","))} "
                + "\(entry.reading[.inOctets] ?? 0) 1772006400123")
    }

    @Test(arguments: ["a\"} 1 2\nforged{x=\"", "back\\slash\\", "\n\n", "\\\"", "მაგთი, \"x\""])
    func noLabelValueCanBecomeALineOfItsOwn(_ name: String) {
        let entry = ReadingBatch.Entry(number: 1, reading: Bench.reading(3, at: Self.at))
        for lines in [
            text(PrometheusLines.request([entry], [1: labels(name)], context: true)),
            text(CSVLines.request([entry], [1: labels(name)], context: true)),
        ] {
            #expect(lines.count == 1 || lines.count == 13)
            #expect(lines.allSatisfy { !$0.hasPrefix("forged") })
        }
    }

    @Test func labelsComeBackFromTheFileAsTheyWere() {
        let set = labels("a\u{0}\u{1F}b\nc=\"d\"")
        #expect(LabelSet(stored: set.stored) == set)
        #expect(set.values[1] == "ab\nc=\"d\"")
    }

    @Test func linesOfAnExportAreReadWithEscapesBigNumbersAndNulls() throws {
        let id = Bench.id(4)
        let line =
            #"{"metric":{"__name__":"interface_if_speed","device_name":"a\"b\\","interface_id":"\#(id)"},"#
            + #""values":[5,null,18446744073709548000,1e+3,9007199254740991],"timestamps":[1,2,3,4,5]}"#
        let read = try #require(ExportLine(Array(line.utf8)[...]))
        #expect(read.column == 10)
        #expect(read.interface == id)
        #expect(read.values == [5, nil, 18_446_744_073_709_548_000, 1000, 9_007_199_254_740_991])
        #expect(read.times == [1, 2, 3, 4, 5])
        for count in 0..<line.utf8.count { #expect(ExportLine(Array(line.utf8.prefix(count))[...]) == nil) }
    }

    @Test func anExportCutAnywhereGivesTheSameReadings() {
        let id = Bench.id(4)
        let lines = [(0, "7,8"), (14, "10,10")].map { column, values in
            #"{"metric":{"__name__":"\#(SeriesColumn.names[column])","interface_id":"\#(id)"},"values":[\#(values)],"#
                + #""timestamps":[1000,2000]}"# + "\n"
        }.joined()
        for cut in 0...lines.utf8.count {
            var assembly = ReadingAssembly()
            assembly.add(Array(lines.utf8.prefix(cut))[...])
            assembly.add(Array(lines.utf8.dropFirst(cut))[...])
            assembly.finish()
            let readings = assembly.readings(of: id, kept: [])
            #expect(readings.map { $0[.inOctets] } == [7, 8])
            #expect(readings.map(\.intervalSeconds) == [10, 10])
            #expect(assembly.damagedLines == 0)
        }
    }

    @Test func theAddressNeverShowsItsPassword() throws {
        let address = try VictoriaAddress("http://reader:s%3Acret@db.example:8428/insert/")
        #expect("\(address)" == "http://db.example:8428/insert")
        #expect(address.authorization == "Basic cmVhZGVyOnM6Y3JldA==")
        for wrong in ["", "localhost:8428", "http://", "http://a b", "http://u:%zz@h"] {
            #expect(throws: SeriesError.self) { try VictoriaAddress(wrong) }
        }
    }

    @Test func theServersReportIsRead() {
        let text = """
            # comment
            vm_app_start_timestamp 1795380120
            process_start_time_seconds 1
            vm_rows_ignored_total{reason="big_timestamp"} 2
            vm_rows_ignored_total{reason="small_timestamp"} 3
            vm_rows_inserted_total{type="prometheus"} 1.5e+3
            flag{name="retentionPeriod", value="90d", is_set="true"} 1
            flag{name="dedup.minScrapeInterval", value="1ms", is_set="true"} 1
            """
        let report = ServerReport(metrics: Array(text.utf8))
        #expect(report.startSeconds == 1_795_380_120)
        #expect(report.ignoredRows == 5)
        #expect(report.insertedRows == 1500)
        #expect(report.retentionSeconds == Int64(7_776_000))
        #expect(report.deduplication == "1ms")
    }
}
