import Baselines
import Catalog
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
    private let counters = PolledCounters()
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

    private func reading(of id: InterfaceID) -> CounterReading {
        let now = clock.now
        return counters.reading(of: id, at: now, factor: event.withLock { $0 }(id, now), interval: interval)
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
    let isKept = true
    private let kept = Mutex<[UInt8]?>(nil)

    var octets: [UInt8]? {
        get { kept.withLock { $0 } }
        set { kept.withLock { $0 = newValue } }
    }

    func reader() throws -> (any DetectionStateReader)? { octets.map { Reader($0) } }

    func writer() throws -> any DetectionStateWriter { Writer(self) }

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
