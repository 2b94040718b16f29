import Testing

@testable import Commands

@Suite struct ProgressAndUnitsTests {
    @Test func `a bar fills with what is done`() {
        let line = ProgressLine(label: "discover", done: 50, total: 100, elapsedSeconds: 2.7)
        let text = line.render(width: 100)
        #expect(text.hasPrefix("discover  █"))
        #expect(text.hasSuffix("50/100  50 %  2 s"))
        #expect(text.count { $0 == "█" } == text.count { $0 == "░" })
    }

    @Test func `without a total there is a count and no bar`() {
        let line = ProgressLine(label: "sweep", done: 7, total: 0, elapsedSeconds: 0)
        #expect(line.render(width: 80) == "sweep  7 done  0 s")
    }

    @Test(arguments: [0, 1, 20, 40, 79, 200])
    func `a line is never wider than the terminal`(width: Int) {
        for total in [0, 1, 876] {
            for done in [0, 1, 900] {
                let line = ProgressLine(label: "discover-all-interfaces", done: done, total: total, elapsedSeconds: 1e6)
                #expect(TextWidth.columns(of: line.render(width: width)) <= width)
            }
        }
    }

    @Test(
        arguments: [
            (Int64(1_000_000_000), "1 G"), (100_000_000, "100 M"), (2_500_000_000, "2.5 G"), (64_000, "64 k"),
            (0, "0"), (400_000_000_000, "400 G"), (999, "999"), (1_536_000, "1.5 M"),
        ] as [(Int64, String)])
    func `speeds are short`(speed: Int64, text: String) {
        #expect(Units.speed(speed) == text)
    }

    @Test(
        arguments: [(Int64(0), "0"), (999, "999"), (3247, "3,247"), (1_234_567, "1,234,567"), (-1234, "-1,234")]
            as [(Int64, String)])
    func `thousands are parted by commas`(number: Int64, text: String) {
        #expect(Units.count(number) == text)
    }

    @Test(arguments: [(0, "00:00:00"), (3_661, "01:01:01"), (1_051_259, "12d 04:00:59")] as [(Int64, String)])
    func `spans of time have days and a clock`(seconds: Int64, text: String) {
        #expect(Units.uptime(seconds) == text)
    }

    @Test func `times of the API lose their fraction, other text stays`() {
        #expect(Units.time("2026-03-01T04:05:06.789Z") == "2026-03-01 04:05:06")
        #expect(Units.time("soon") == "soon")
    }
}
