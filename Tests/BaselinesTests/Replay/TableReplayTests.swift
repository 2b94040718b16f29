import Inventory
import Testing

@testable import Baselines

@Suite struct TableReplayTests {
    private static func options(guess: Bool = true, all: Bool = true) -> TableReplayOptions {
        var settings = ReplaySettings(zone: .utc)
        settings.everySample = all
        var options = TableReplayOptions(settings: settings)
        options.guessesInterval = guess
        return options
    }

    private static func run(
        _ text: String, _ options: TableReplayOptions = options(), pieces: Int = .max
    ) throws(TrafficTableError) -> (lines: [ReplayLine], times: [String], replay: TableReplay) {
        var replay = TableReplay(options)
        var lines: [ReplayLine] = []
        var times: [String] = []
        var rest = Array(text.utf8)[...]
        let sink: TableReplay.Sink = { line, time in
            lines.append(line)
            times.append(String(decoding: time, as: UTF8.self))
        }
        while !rest.isEmpty {
            try replay.take(Array(rest.prefix(pieces)), sink)
            rest = rest.dropFirst(pieces)
        }
        try replay.finish(sink)
        return (lines, times, replay)
    }

    private static func table(_ count: Int, step: Int, columns: Int = 1) -> String {
        var text = "t" + (0..<columns).map { ",c\($0)" }.joined() + "\n"
        for row in 0..<count {
            text += "\(row * step)" + String(repeating: ",\(1000 + row % 7)", count: columns) + "\n"
        }
        return text
    }

    @Test(arguments: [(10, 60), (3, 300), (500, 900), (150, 3600)])
    func `the interval is found from the rows`(count: Int, step: Int) throws {
        let (lines, times, replay) = try Self.run(Self.table(count, step: step), pieces: 97)
        #expect(replay.options.settings.intervalSeconds == step && replay.spacingSeconds == step)
        #expect(lines.count == count && replay.sampleCount == count)
        #expect(times == (0..<count).map { "\($0 * step)" })
    }

    @Test func `rows that are missing do not change the interval`() throws {
        let text = "t,v\n0,1\n300,1\n900,1\n1200,1\n1500,1\n9000,1\n9300,1\n"
        #expect(try Self.run(text).replay.options.settings.intervalSeconds == 300)
    }

    @Test(arguments: [1, 5, 7200, 86_400])
    func `an interval that is not judged is refused with what to do`(_ step: Int) {
        let error = #expect(throws: TrafficTableError.self) { try Self.run(Self.table(120, step: step)) }
        #expect(error?.message == "most rows are \(step) s apart; 10 to 3600 s are judged")
    }

    @Test func `rows less than a second apart are refused whatever is said of them`() {
        let days = (0..<200).map { "\(46_082 + Double($0) / 288),1\n" }.joined()
        let error = #expect(throws: TrafficTableError.self) { try Self.run("t,v\n" + days, Self.options(guess: false)) }
        #expect(error?.message == "most rows are 0 s apart; 10 to 3600 s are judged")
        #expect(error?.remedy.contains("no number of the row or of days") == true)
    }

    @Test(arguments: [20, 5000]) func `a table that begins with the newest is refused`(_ count: Int) {
        let rows = (0..<count).reversed().map { "\($0 * 300),1\n" }.joined()
        for guess in [true, false] {
            let error = #expect(throws: TrafficTableError.self) {
                try Self.run("t,v\n" + rows, Self.options(guess: guess), pieces: 1000)
            }
            #expect(error?.message == "most rows are earlier than those above them")
        }
    }

    @Test(arguments: [
        "t,series,v\n0,a,1\n0,b,2\n0,c,3\n300,a,1\n300,b,2\n300,c,3\n", String(repeating: "7,1\n", count: 500),
    ])
    func `series one below the other are refused`(_ text: String) {
        for guess in [true, false] {
            let error = #expect(throws: TrafficTableError.self) { try Self.run(text, Self.options(guess: guess)) }
            #expect(error?.message == "most rows have the time of the row above them")
            #expect(error?.remedy.contains("a column for each series") == true)
        }
    }

    @Test(arguments: [
        ("t,v\n0,\"1,234\"\n300,\"12,345\"\n", "no value is a number, the first is '1,234' in line 2"),
        ("t;v\n0;1234,5\n300;1234,5\n", "no value is a number, the first is '1234,5' in line 2"),
        ("t,v\n0,1.2 Mb/s\n300,1.3 Mb/s\n", "no value is a number, the first is '1.2 Mb/s' in line 2"),
        ("t,v\n0,nan\n300,\n", "no value is known"), ("t,v\n0,-1\n300,-2\n", "no value is known"),
    ])
    func `a table of which nothing can be judged is refused with its reason`(text: String, reason: String) {
        let error = #expect(throws: TrafficTableError.self) { try Self.run(text) }
        #expect(error?.message == reason)
    }

    @Test func `a column of words is told, and no series`() throws {
        let (lines, _, replay) = try Self.run("t,name,v\n0,Gi0/1,1\n300,Gi0/1,2\n")
        let known = lines.filter { !$0.value.isNaN }
        #expect(Set(known.map(\.series)) == ["v"] && replay.wordColumns == ["name"] && replay.faults.isIncomplete)
    }

    @Test func `a unit other than bit a second in a name is noticed`() throws {
        let names = [
            "In (Mbit/s)", "kbps out", "octets", "B/s", "Traffic [MB/s]", "bits per second", "Gi0/1", "10Gbps uplink",
            "Transit 100 Mbit/s", "bps", "Bytes", "ge-0/0/0 pps",
        ]
        let text = "t," + names.joined(separator: ",") + "\n0" + String(repeating: ",1", count: names.count) + "\n"
        let replay = try Self.run(text).replay
        #expect(
            replay.foreignUnits == [
                "In (Mbit/s)", "kbps out", "octets", "B/s", "Traffic [MB/s]", "Bytes", "ge-0/0/0 pps",
            ])
    }

    @Test func `columns are series of their own`() throws {
        let (lines, _, replay) = try Self.run("t,a,b\n0,1,2\n300,3,\n600,nan,4\n")
        #expect(lines.map(\.series) == ["a", "b", "a", "b", "a", "b"])
        #expect(lines.filter { $0.series == "a" }.map(\.value).prefix(2) == [1, 3])
        #expect(replay.sampleCount == 4 && replay.columns == ["a", "b"])
        var options = Self.options()
        options.columns = ["b"]
        #expect(try Self.run("t,a,b\n0,1,2\n300,3,\n", options).lines.map(\.series) == ["b", "b"])
    }

    @Test func `several columns say the same as each alone`() throws {
        var generator = SeededGenerator(seed: 8)
        let rows = (0..<288 * 9).map { row in
            (0..<3).map { column in
                let base = Double(100 + generator.next() % 20) * 1e6
                return row / 12 % 200 == 150 + column ? base * 5 : base
            }
        }
        func text(_ columns: [Int]) -> String {
            "t," + columns.map { "c\($0)" }.joined(separator: ",") + "\n"
                + rows.enumerated().map { place, row in
                    "\(place * 300)," + columns.map { "\(row[$0])" }.joined(separator: ",") + "\n"
                }.joined()
        }
        func json(_ lines: [ReplayLine]) -> String {
            var text: [UInt8] = []
            for line in lines { line.writeJSON(into: &text) }
            return String(decoding: text, as: UTF8.self)
        }
        let all = try Self.run(text([0, 1, 2]), Self.options(all: false)).lines
        #expect(Set(all.map(\.series)).count == 3)
        for column in 0..<3 {
            let alone = try Self.run(text([column]), Self.options(all: false)).lines
            #expect(!alone.isEmpty && json(all.filter { $0.series == "c\(column)" }) == json(alone))
        }
    }

    @Test func `values that no line carries are told by their line`() throws {
        var options = Self.options()
        options.capacities = ["a": 100]
        let (lines, _, replay) = try Self.run("t,a,b\n0,1,2\n300,-1,1e14\n600,106,106\n900,inf,104\n", options)
        #expect(replay.faults.negativeValues.count == 1 && replay.faults.negativeValues.firstLine == 3)
        #expect(replay.faults.absurdValues.count == 3 && replay.faults.absurdValues.firstLine == 3)
        #expect(lines.filter { $0.value.isNaN }.count == 4 && replay.sampleCount == 4)
        #expect(!replay.faults.isIncomplete && replay.faults.sentences.count == 2)
    }
}
