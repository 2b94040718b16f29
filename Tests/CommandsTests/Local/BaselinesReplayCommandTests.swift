import Testing

@testable import Commands

@Suite struct BaselinesReplayCommandTests {
    /// A month of a link in bit/s that rests for an hour on its last day, every five minutes from 2026-03-01.
    private static let month: String = {
        var text = "timestamp,uplink\n"
        for place in 0..<30 * 288 {
            let hour = Double(place % 288) / 12
            let wave = Double((place * 7919) % 1000) / 1000 - 0.5
            let isOut = (29 * 288 + 120..<29 * 288 + 132).contains(place)
            let rate = isOut ? 0 : (300e6 + (hour > 8 && hour < 20 ? 200e6 : 0)) * (1 + 0.1 * wave)
            text += "\(1_772_323_200 + place * 300),\(rate)\n"
        }
        return text
    }()

    private static func replay(_ options: [String], _ input: String = month) async -> (Int32, [JSONValue], String) {
        let result = await run(["baselines", "replay", "-", "--zone", "UTC", "--json"] + options, input: input)
        let lines = result.output.split(separator: "\n").compactMap { try? JSONReader.read(String($0)) }
        return (result.status, lines, result.error)
    }

    @Test(arguments: ["adaptive", "classic"])
    func `a line of JSON tells each sample of an anomaly`(_ mode: String) async throws {
        let (status, lines, error) = await Self.replay(["--interval", "300", "--capacity", "1G", "--mode", mode])
        #expect(status == 0 && error.isEmpty)
        let names = [
            "series", "timestamp", "value", "expected", "low", "high", "score", "severity", "kind", "mode", "event",
            "confidence",
        ]
        #expect(!lines.isEmpty && lines.allSatisfy { $0.members?.map(\.name) == names })
        let outage = lines.filter { ($0["timestamp"]?.integer ?? 0) >= 1_772_323_200 + (29 * 288 + 100) * 300 }
        let first = try #require(outage.first)
        #expect(
            first["event"]?.string == "start" && first["timestamp"]?.integer == 1_772_323_200 + (29 * 288 + 120) * 300)
        #expect(first["kind"]?.string == "traffic_drop" && first["severity"]?.string == "critical")
        #expect(first["series"]?.string == "uplink" && first["mode"]?.string == mode)
        #expect(outage.last?["event"]?.string == "end")
    }

    @Test func `all samples are told where they are asked for`() async {
        let (status, lines, _) = await Self.replay(["--all"])
        #expect(status == 0 && lines.count == 30 * 288)
        #expect(lines.filter { $0["event"]?.isNull == true }.allSatisfy { $0["severity"]?.isNull == true })
    }

    @Test func `people are told the anomalies in a table`() async {
        let result = await run(
            ["baselines", "replay", "-", "--zone", "UTC", "--capacity", "1G"], input: Self.month)
        #expect(result.status == 0 && result.output.hasPrefix("START "))
        #expect(result.output.contains("2026-03-30 10:00:00"))
        #expect(result.output.contains("Traffic drop detected: 0 bps (expected "))
        #expect(result.error.contains("8,640 samples of 1 series, one every 300 s; hours of UTC"))
    }

    @Test func `what is wrong with a file is told by its line`() async {
        let (status, lines, error) = await Self.replay(
            ["--all"], "t,v\n0,1\n300,-4\n300,5\n600,word\nnever,1\n900,2\n")
        #expect(status == 2 && lines.count == 4)
        for text in [
            ": 'word')", ": 'never')", "negative", "line 3", "repeats", "line 4", "no number", "line 5", "no time",
            "line 6",
        ] {
            #expect(error.contains(text), "\(text)")
        }
    }

    @Test func `the table of classic tells one standard deviation, as the server's sentence does`() async {
        // Monday 14:00 to 14:55: mean 320, standard deviation 80; a week later 850.
        var text = "time,link\n"
        for place in 0..<12 { text += "\(1_772_460_000 + place * 300),\(place % 2 == 0 ? 240 : 400)e6\n" }
        for place in 0..<8 { text += "\(1_773_064_800 + place * 300),\(place == 0 ? 850 : 320)e6\n" }
        let options = ["baselines", "replay", "-", "--zone", "UTC", "--mode", "classic", "--interval", "300"]
        let result = await run(options, input: text)
        #expect(result.output.contains("Traffic spike detected: 850 Mbps (expected 320 ± 80 Mbps)"), "\(result.output)")
    }

    @Test func `columns that are no traffic in bit a second are told`() async {
        let (status, _, error) = await Self.replay([], "t,name,In (Mbit/s)\n0,Gi0/1,1\n300,Gi0/1,2\n")
        #expect(status == 2)
        #expect(error.contains("column 'name' holds words and no number; no traffic is seen in it"))
        #expect(error.contains("column 'In (Mbit/s)' names another unit; values are taken as bit/s, as they are"))
        let (whole, _, said) = await Self.replay(["--interval", "300"], "t,a kbps,b kbps\n0,1,2\n300,1,2\n")
        #expect(whole == 0 && said.contains("2 columns name another unit; values are taken as bit/s, as they are"))
    }

    @Test func `an interval that is not the file's is told`() async {
        let (status, _, error) = await Self.replay(["--interval", "60"], "t,v\n0,1\n300,4\n600,5\n")
        #expect(status == 0 && error.contains("most rows are 300 s apart, not 60 s as --interval says"))
    }

    @Test(arguments: [
        ([], "", "no samples"), ([], "t,v\n", "below the names"), ([], "\u{0}\u{0}", "octets 0"),
        (["--column", "x"], "t,v\n0,1\n300,1\n", "no column 'x'"),
        (["--capacity", "x=1G"], "t,v\n0,1\n300,1\n", "'x'"),
        ([], "t,v\n0,1\n1,1\n", "1 s apart"),
        ([], "t,v\n3/1/2026 12:05:00 AM,1\n", "day and month could be either"),
        ([], "t,v\n0,\"1,234\"\n300,\"1,234\"\n", "without units, thousands separators and decimal commas"),
        ([], "itemid,clock,value\n23296,1772323200,1\n23296,1772323500,2\n", "Put the time first"),
        ([], "time,series,value\n0,a,1\n0,b,1\n0,c,1\n", "series one below the other are not read"),
        ([], "t,v\n0,\n300,nan\n", "no value is known"),
    ])
    func `a file that cannot be replayed fails with its reason`(options: [String], input: String, reason: String) async
    {
        let (status, _, error) = await Self.replay(options, input)
        #expect(status == 1 && error.contains(reason), "\(error)")
    }

    @Test(arguments: [
        [], ["a.csv", "--interface", "x"], ["a.csv", "--from", "-7d"], ["a.csv", "--interval", "5"],
        ["a.csv", "--interval", "7200"], ["a.csv", "--mode", "magic"], ["a.csv", "--all"],
        ["--interface", "x", "--zone", "UTC"],
    ])
    func `a wrong option is an error of the command line`(_ options: [String]) async {
        let result = await run(["baselines", "replay"] + options)
        #expect(result.status == 64 && result.asked.isEmpty)
    }

    @Test(arguments: [
        (["--capacity", "fast"], "line speed"), (["--capacity", "0"], "line speed"),
        (["--zone", "Nowhere/None"], "zone"),
        (["--exclude", "2026-03-02/2026-03-01"], "FROM/TO"), (["--exclude", "2026-03-02"], "FROM/TO"),
    ])
    func `a value that cannot be used is told with what to write`(options: [String], reason: String) async {
        let (status, _, error) = await Self.replay(options)
        #expect(status == 64 && error.contains(reason), "\(error)")
    }

    @Test func `an excluded time is not told`() async {
        let (status, lines, _) = await Self.replay(["--exclude", "2026-03-30T09:00/2026-03-30 13:00"])
        let from: Int64 = 1_774_861_200
        #expect(
            status == 0 && lines.allSatisfy { !(from..<from + 4 * 3600).contains($0["timestamp"]?.integer ?? from) })
    }

    @Test(arguments: [
        ("10G", 10e9), ("155e6", 155e6), ("100M", 100e6), ("64k", 64e3), ("1.5T", 1.5e12), ("300", 300),
    ])
    func `a capacity is read with its unit`(text: String, speed: Double) {
        #expect(CapacityArguments.bitsPerSecond(text) == speed)
    }

    @Test(arguments: ["", "G", "-1", "inf", "nan", "0x10", "10 G", "1e999", "10GG", "١٠"])
    func `anything else is no capacity`(_ text: String) {
        #expect(CapacityArguments.bitsPerSecond(text) == nil)
    }
}
