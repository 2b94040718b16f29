import Baselines
import Catalog
import FoundationEssentials
import Inventory
import Jobs
import Pipelines
import Series
import Synchronization

/// Interfaces with traffic that follows the day, a store of their readings, and a watch over them.
final class WatchScene: Sendable {
    /// By what traffic is multiplied at a moment.
    typealias Event = @Sendable (InterfaceID, Timestamp) -> Double

    /// A Monday, 00:00 UTC.
    static let start = Timestamp(seconds: 1_795_996_800)

    let clock: ManualWallClock
    let catalog: AnomalyMemory
    let series = HistorySeries()
    let states = MemoryStates()
    let log = LogRecorder()
    let started = Mutex<[String]>([])
    let ids: [InterfaceID]
    let settings: AnomalySettings
    /// Seconds between two polls.
    let interval: Double
    private let counters = Mutex<[InterfaceID: CounterReading]>([:])
    private let event = Mutex<Event>({ _, _ in 1 })

    /// Interfaces of one device, the first of them critical uplinks.
    init(_ count: Int = 3, critical: Int = 2, settings: AnomalySettings = AnomalySettings(), interval: Double = 900) {
        let clock = ManualWallClock(now: Self.start)
        self.clock = clock
        self.settings = settings
        self.interval = interval
        var seed = Seeded(0)
        let device = Device(id: .random(using: &seed), name: "CORE-1", address: "127.0.0.9", at: Self.start)
        let inventory = MemoryCatalog(devices: [device])
        catalog = AnomalyMemory(inventory)
        let rows = (0..<count).map { index in
            var facts = InterfaceFacts(ifIndex: Int64(index + 1))
            facts.ifName = "Gi0/\(index + 1)"
            facts.ifAlias = "line \(index + 1)"
            facts.ifSpeed = 1_000_000_000
            var generator = Seeded(UInt64(index + 1))
            var row = Interface(
                id: .random(using: &generator), deviceID: device.id, facts: facts, at: Self.start)
            row.interfaceType = index < critical ? .isp : .access
            row.isCritical = index < critical
            return row
        }
        ids = rows.map(\.id)
        inventory.state.withLock { state in for row in rows { state.live[row.id] = row } }
    }

    /// Another process on the same stores.
    func watch(_ states: (any DetectionStateStore)? = nil) throws -> AnomalyWatch {
        let (catalog, started) = (catalog, self)
        let parts = AnomalyWatch.Parts(
            catalog: catalog, revision: { catalog.revision() }, series: series, states: states ?? self.states,
            zone: .utc, intervalSeconds: Int(interval),
            startJob: { job, subject in
                started.started.withLock { $0.append(subject.map { "\(job) \($0)" } ?? job) }
            }, clock: clock, logger: log.logger)
        return try AnomalyWatch(parts, settings: settings)
    }

    func context(_ job: String = PipelineJobs.checkAnomalies, subject: String? = nil) -> JobContext {
        let run = JobRun(job: job, subject: subject, trigger: .manual, scheduledAt: clock.now)
        return JobContext(run: run, clock: clock, logger: log.logger)
    }

    /// From now on traffic is multiplied so.
    func happen(_ event: @escaping Event) { self.event.withLock { $0 = event } }

    /// Polls all interfaces, or some, so many times.
    func poll(_ count: Int = 1, _ only: [InterfaceID]? = nil) async throws {
        for _ in 0..<count {
            clock.advance(bySeconds: interval)
            _ = try await series.append((only ?? ids).map { SeriesReading($0, reading(of: $0)) })
        }
    }

    /// Days of history in one go, up to where the clock then is.
    func history(days: Double) async throws {
        let polls = Int(days * 86_400 / interval)
        var readings: [SeriesReading] = []
        for _ in 0..<polls {
            clock.advance(bySeconds: interval)
            readings += ids.map { SeriesReading($0, reading(of: $0)) }
        }
        for start in stride(from: 0, to: readings.count, by: ids.count) {
            _ = try await series.append(Array(readings[start..<start + ids.count]))
        }
    }

    /// 40 to 200 Mbit/s by the hour of the day, a tenth of noise that only the time decides.
    private func reading(of id: InterfaceID) -> CounterReading {
        let now = clock.now
        let seconds = Double(now.seconds)
        let day = 120 + 80 * sine(2 * .pi * (seconds / 86_400 - 0.4))
        var noise = Seeded(UInt64(bitPattern: now.seconds) ^ UInt64(truncatingIfNeeded: id.uuid.uuid.0) << 40)
        let share = Double(noise.next() >> 11) / Double(UInt64(1) << 53)
        let factor = event.withLock { $0 }(id, now)
        let bits = max(0, day * 1e6 * (0.95 + 0.1 * share) * factor)
        return counters.withLock { counters in
            var reading = counters[id] ?? empty(at: now)
            if counters[id] != nil { advance(&reading, bits, to: now) }
            counters[id] = reading
            return reading
        }
    }

    private func empty(at now: Timestamp) -> CounterReading {
        var reading = CounterReading(at: now, intervalSeconds: UInt16(interval))
        reading.ifSpeed = 1_000_000_000
        reading.sysUpTime = 1_000_000
        reading.operStatus = 1
        for kind in CounterKind.allCases { reading[kind] = 0 }
        return reading
    }

    private func advance(_ reading: inout CounterReading, _ bits: Double, to now: Timestamp) {
        let seconds = now.secondsSince(reading.at)
        let octets = UInt64(bits * seconds / 8)
        reading.at = now
        reading.sysUpTime = (reading.sysUpTime ?? 0) &+ UInt32(seconds * 100)
        reading[.inOctets] = (reading[.inOctets] ?? 0) + octets
        reading[.outOctets] = (reading[.outOctets] ?? 0) + octets / 2
        reading[.inUnicastPackets] = (reading[.inUnicastPackets] ?? 0) + octets / 800
        reading[.outUnicastPackets] = (reading[.outUnicastPackets] ?? 0) + octets / 1600
    }

    /// Bhaskara's approximation: the shape of a day without the library.
    private func sine(_ angle: Double) -> Double {
        let turn = angle.truncatingRemainder(dividingBy: 2 * .pi)
        let x = turn < 0 ? turn + 2 * .pi : turn
        let half = x > .pi ? x - .pi : x
        let value = 16 * half * (.pi - half) / (5 * .pi * .pi - 4 * half * (.pi - half))
        return x > .pi ? -value : value
    }
}

/// SplitMix64.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}

/// Keeps states in memory; what was committed survives a watch.
final class MemoryStates: DetectionStateStore {
    private let kept = Mutex<[UInt8]?>(nil)

    var octets: [UInt8]? {
        get { kept.withLock { $0 } }
        set { kept.withLock { $0 = newValue } }
    }

    func reader() throws -> (any DetectionStateReader)? { octets.map { Reader($0) } }

    func writer() throws -> (any DetectionStateWriter)? { Writer(self) }

    private final class Reader: DetectionStateReader {
        private let rest: Mutex<ArraySlice<UInt8>>

        init(_ octets: [UInt8]) { rest = Mutex(octets[...]) }

        func next(_ count: Int) throws -> [UInt8] {
            rest.withLock { rest in
                defer { rest = rest.dropFirst(count) }
                return Array(rest.prefix(count))
            }
        }
    }

    private final class Writer: DetectionStateWriter {
        private let store: MemoryStates
        private let made = Mutex<[UInt8]>([])

        init(_ store: MemoryStates) { self.store = store }

        func append(_ octets: [UInt8]) throws { made.withLock { $0 += octets } }
        func commit() throws { store.octets = made.withLock { $0 } }
        func abandon() {}
    }
}
