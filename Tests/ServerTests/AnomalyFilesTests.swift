import Baselines
import FoundationEssentials
import Inventory
import Pipelines
import Testing

@testable import Server

@Suite struct AnomalyFilesTests {
    private func withDirectory(_ body: (String) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "wardflux-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(path)
    }

    private func write(_ text: String, _ path: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path))
    }

    @Test func statesAreReplacedAsAWhole() throws {
        try withDirectory { directory in
            let file = DetectionStateFile(path: directory + "/baselines.state", isKept: true)
            #expect(try file.reader() == nil)
            let first = try file.writer()
            try first.append([1, 2, 3])
            try first.append([4])
            #expect(try file.reader() == nil, "nothing is there before it is whole")
            try first.commit()
            let second = try file.writer()
            try second.append([9])
            second.abandon()
            let reader = try #require(try file.reader())
            #expect(try reader.next(3) == [1, 2, 3] && reader.next(3) == [4] && reader.next(1) == [])
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["baselines.state"])
        }
    }

    @Test func statesThatCannotBeWrittenNameTheirFile() throws {
        let error = #expect(throws: DetectionStateFileError.self) {
            try DetectionStateFile(path: "/nowhere/baselines.state", isKept: true).writer()
        }
        #expect(error?.description.contains("/nowhere/baselines.state") == true)
    }

    @Test func holidaysAreReadAgainWhenTheirFileChanged() throws {
        try withDirectory { directory in
            let path = directory + "/holidays.ics"
            func calendar(_ day: String) -> String {
                "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:\(day)\r\nSUMMARY:A\r\nEND:VEVENT\r\n"
                    + "END:VCALENDAR\r\n"
            }
            try write(calendar("20261225"), path)
            var settings = HolidaySettings()
            settings.dates = ["2026-01-01"]
            settings.file = path
            let file = try HolidayFile(settings)
            #expect(try file.calendar().dates == ["2026-01-01", "2026-12-25"])
            try write(calendar("20260501") + "\r\n", path)
            #expect(try file.calendar().dates == ["2026-01-01", "2026-05-01"])
            try write("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:2026\r\n", path)
            let error = #expect(throws: HolidayFileError.self) { try file.calendar() }
            #expect(error?.description.hasPrefix(path) == true)
        }
    }

    @Test func aHolidayFileThatIsNotThereEndsTheStart() {
        var settings = HolidaySettings()
        settings.file = "/nowhere/holidays.ics"
        let error = #expect(throws: ConfigurationError.self) { try HolidayFile(settings) }
        #expect(error?.faults.map(\.key) == ["anomalies.holiday_file"])
        #expect(error?.description.contains("name another file") == true)
    }
}
