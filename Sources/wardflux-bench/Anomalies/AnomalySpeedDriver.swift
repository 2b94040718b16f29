import Baselines
import Inventory
import Series
import SeriesEmbedded
import Synchronization
import Traffic

/// What judging and learning cost: compute alone for many interfaces, and with what an embedded store that
/// `collect-insert` filled reads.
enum AnomalySpeedDriver {
    static let options: Set<String> = ["interfaces", "folder", "start", "hours", "what", "rounds"]

    static func run(_ options: DriverOptions) throws -> String {
        let count = try options.number("interfaces", default: 200_000)
        let rounds = max(1, try options.number("rounds", default: 5))
        switch options.word("what", default: "judge") {
        case "judge": return judge(count, rounds).text
        case "learn": return learn(count, rounds).text
        case "store":
            let start = Timestamp(seconds: Int64(try options.number("start")))
            let end = start.advanced(bySeconds: Double(try options.number("hours", default: 336)) * 3600)
            let folder = options.word("folder", default: "")
            let stores = StoreTrial(folder: folder, start: start, end: end, rounds: rounds)
            return try WardfluxBench.waiting { try await stores.result() }.text
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

/// Learning and checking with what a store reads.
private struct StoreTrial: Sendable {
    var folder: String
    var start: Timestamp
    var end: Timestamp
    var rounds: Int

    func result() async throws -> JSONLine {
        let end = end
        let store = try await EmbeddedSeriesStore.open(
            .init(directory: folder), now: { end.advanced(bySeconds: 8 * 3600) })
        var (scans, checks) = ([Double](), [Double]())
        var rows = 0
        for _ in 0..<rounds {
            let begun = MonotonicTime.seconds
            rows = try await learnt(store)
            scans.append(MonotonicTime.seconds - begun)
        }
        let states = try await states(store)
        var readings = 0
        for _ in 0..<rounds {
            let begun = MonotonicTime.seconds
            readings = try await check(store, states)
            checks.append(MonotonicTime.seconds - begun)
        }
        await store.close()
        var line = JSONLine()
        line.add("learn_scan_seconds", scans)
        line.add("check_seconds", checks)
        line.add("baselines", rows)
        line.add("interfaces", states.count)
        line.add("readings_checked", readings)
        return line
    }

    /// Baselines of all interfaces by reading all of the look-back.
    private func learnt(_ store: EmbeddedSeriesStore) async throws -> Int {
        let rows = Mutex(0)
        let query = SeriesQuery(.all, from: start, to: end, counters: .octets, leadSeconds: 600)
        _ = try await store.scan(query) { run in
            var clock = HourClock(zone: .utc)
            var state = ClassicState()
            let law = RateLaw()
            for (earlier, later) in zip(run.readings, run.readings.dropFirst()) {
                let step = law.step(from: earlier, to: later)
                let inbound = step.rate(.inOctets).map { $0 * 8 } ?? .nan
                let outbound = step.rate(.outOctets).map { $0 * 8 } ?? .nan
                state.add(inbound: inbound, outbound: outbound, at: later.at, place: clock.place(at: later.at))
            }
            let made = state.baselines(of: run.interface, at: end, place: clock.place(at: end)).count
            rows.withLock { $0 += made }
        }
        return rows.withLock { $0 }
    }

    /// The states of all interfaces after all readings but the last ones.
    private func states(_ store: EmbeddedSeriesStore) async throws -> [InterfaceID: InterfaceState] {
        let states = Mutex<[InterfaceID: InterfaceState]>([:])
        let query = SeriesQuery(.all, from: start, to: end.advanced(bySeconds: -300))
        _ = try await store.scan(query) { run in
            let state = taken(run.readings, InterfaceState()).state
            states.withLock { $0[run.interface] = state }
        }
        return states.withLock { $0 }
    }

    /// One check: what came since, read, judged; how many readings that were.
    private func check(_ store: EmbeddedSeriesStore, _ states: [InterfaceID: InterfaceState]) async throws -> Int {
        let count = Mutex(0)
        _ = try await store.scan(SeriesQuery(.all, from: end.advanced(bySeconds: -300), to: end)) { run in
            guard let before = states[run.interface] else { return }
            let after = taken(run.readings, before)
            if after.state.cursor != before.cursor { count.withLock { $0 += run.readings.count } }
        }
        return count.withLock { $0 }
    }

    private func taken(
        _ readings: [CounterReading], _ state: InterfaceState
    ) -> (state: InterfaceState, findings: [SideFinding]) {
        let detector = Detector(intervalSeconds: 300)
        var (state, findings) = (state, [SideFinding]())
        var clock = HourClock(zone: .utc)
        detector.take(
            readings, into: &state, context: { SampleContext(place: clock.place(at: $0)) }, findings: &findings)
        return (state, findings)
    }
}
