import Baselines
import Inventory

/// What judging and learning cost: as they run in the watch, and for compute alone.
enum AnomalySpeedDriver {
    static let options: Set<String> = ["interfaces", "folder", "what", "rounds", "days"]

    static func run(_ options: DriverOptions) throws -> String {
        let count = try options.number("interfaces", default: 200_000)
        let rounds = max(1, try options.number("rounds", default: 5))
        switch options.word("what", default: "judge") {
        case "judge": return judge(count, rounds).text
        case "learn": return learn(count, rounds).text
        case "watch":
            let trial = WatchTrial(
                folder: options.word("folder", default: ""), interfaces: try options.number("interfaces", default: 187),
                days: try options.number("days", default: 14), rounds: rounds)
            return try WardfluxBench.waiting { try await trial.result() }.text
        case let other: throw DriverError("what '\(other)' is not known here")
        }
    }

    private static func line(_ name: String, _ seconds: [Double]) -> JSONLine {
        var line = JSONLine()
        line.add(name, seconds)
        return line
    }

    /// A sample of two directions for each of so many interfaces that are known for 40 samples.
    private static func judge(_ count: Int, _ rounds: Int) -> JSONLine {
        let detector = Detector(intervalSeconds: 300)
        let before = ResidentMemory.octets
        var states = [InterfaceState](repeating: InterfaceState(), count: count)
        let start = Timestamp(seconds: 1_704_585_600)
        var clock = HourClock(zone: .utc)
        var findings: [SideFinding] = []
        var seconds: [Double] = []
        for round in 0..<(40 + rounds) {
            let at = start.advanced(bySeconds: Double(round * 300))
            let context = SampleContext(place: clock.place(at: at))
            let begun = ProcessorTime.seconds
            for index in states.indices {
                let rate = 1e6 * Double(1 + index % 997) * (1 + 0.02 * Double((index &* 31 &+ round &* 17) % 7))
                let sample = InterfaceSample(at: at, rates: SIMD4(rate, 0.6 * rate, .nan, .nan), capacity: 1e10)
                detector.step(&states[index], sample, context, findings: &findings)
            }
            if round >= 40 { seconds.append(ProcessorTime.seconds - begun) }
        }
        var line = line("seconds", seconds)
        line.add("octets_per_direction", Double(ResidentMemory.octets - before) / Double(2 * count))
        line.add("findings", findings.count)
        return line
    }

    /// 168 baselines of each of so many interfaces from what was gathered as 14 days of samples came.
    private static func learn(_ count: Int, _ rounds: Int) -> JSONLine {
        var clock = HourClock(zone: .utc)
        let start = Timestamp(seconds: 1_704_585_600)
        var states = [ClassicState](repeating: ClassicState(), count: count)
        for sample in 0..<4032 {
            let at = start.advanced(bySeconds: Double(sample * 300))
            let place = clock.place(at: at)
            for index in states.indices {
                let rate = 1e6 * Double(1 + (index + sample) % 97)
                states[index].add(inbound: rate, outbound: rate / 2, at: at, place: place)
            }
        }
        let end = start.advanced(bySeconds: 4032 * 300)
        let place = clock.place(at: end)
        let interface = InterfaceID.random()
        var (seconds, rows) = ([Double](), 0)
        for _ in 0..<rounds {
            rows = 0
            let begun = MonotonicTime.seconds
            for index in states.indices {
                let baselines = states[index].baselines(of: interface, at: end, place: place)
                states[index].adopt(baselines)
                rows += baselines.count
            }
            seconds.append(MonotonicTime.seconds - begun)
        }
        var line = line("seconds", seconds)
        line.add("baselines", rows)
        return line
    }
}
