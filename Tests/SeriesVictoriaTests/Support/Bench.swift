import Inventory
import Logging
import Series
import Synchronization

@testable import SeriesVictoria

/// Clocks that a test moves.
final class TestClocks: Sendable {
    private let state = Mutex((wall: Timestamp(milliseconds: 0), steady: Int64(1_000_000)))

    init(_ wall: Timestamp) { state.withLock { $0.wall = wall } }

    var now: Timestamp { state.withLock { $0.wall } }
    var steady: Int64 { state.withLock { $0.steady } }

    func advance(seconds: Int64) {
        state.withLock { state in
            state.wall.milliseconds += seconds * 1000
            state.steady += seconds * 1000
        }
    }
}

/// Interfaces with labels, and readings of them that follow from their number and the time alone.
enum Bench {
    static func id(_ number: Int) -> InterfaceID {
        var generator = Numbers(seed: UInt64(number) &* 0x9E37_79B9_7F4A_7C15)
        return InterfaceID.random(using: &generator)
    }

    struct Numbers: RandomNumberGenerator {
        var seed: UInt64
        mutating func next() -> UInt64 {
            seed &+= 0x9E37_79B9_7F4A_7C15
            var word = (seed ^ (seed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
            return word ^ (word >> 31)
        }
    }

    static func labels(_ number: Int, deviceName: String? = nil, type: InterfaceType = .isp) -> SeriesLabels {
        let facts = InterfaceFacts(ifIndex: Int64(number))
        var interface = Interface(
            id: id(number), deviceID: DeviceID(id(number % 7 + 9000).uuid), facts: facts, at: Timestamp(seconds: 0))
        interface.interfaceType = type
        interface.ispProvider = type == .isp ? "მაგთი" : nil
        return SeriesLabels(interface, deviceName: deviceName ?? "branch-\(number % 7)")
    }

    static func source(_ count: Int) -> VictoriaSeriesStore.LabelSource {
        let known = Dictionary(uniqueKeysWithValues: (0..<count).map { (id($0), labels($0)) })
        return { ids in known.filter { ids.contains($0.key) } }
    }

    static func reading(_ number: Int, at: Timestamp) -> CounterReading {
        var reading = CounterReading(at: at)
        let seconds = UInt64(at.milliseconds / 1000 % 100_000_000)
        for kind in CounterKind.allCases {
            reading[kind] = seconds * UInt64(number % 50 + 1) * (kind.rawValue < 2 ? 125_000 : 3) + UInt64(number)
        }
        reading.sysUpTime = UInt32(truncatingIfNeeded: seconds * 100)
        reading.discontinuityTime = number.isMultiple(of: 3) ? nil : 77
        reading.ifSpeed = number.isMultiple(of: 5) ? nil : 10_000_000_000
        reading.operStatus = UInt8(number % 2 + 1)
        reading.adminStatus = 1
        if number.isMultiple(of: 4) { reading.narrow = [CounterSet(.inErrors), CounterSet(.outErrors)] }
        if number.isMultiple(of: 11) { reading[.outDiscards] = nil }
        reading.clockWasSet = number == 13
        return reading
    }

    static func cycle(_ count: Int, at: Timestamp) -> [SeriesReading] {
        (0..<count).map { number in
            SeriesReading(
                id(number), reading(number, at: Timestamp(milliseconds: at.milliseconds + Int64(number % 1000))))
        }
    }

    static func store(
        _ configuration: VictoriaConfiguration, transport: (any VictoriaTransport)? = nil, clocks: TestClocks,
        interfaces: Int = 2000
    ) async throws -> VictoriaSeriesStore {
        let way: any VictoriaTransport = try transport ?? HTTPTransport(VictoriaAddress(configuration.url))
        return try await VictoriaSeriesStore.open(
            configuration, transport: way, labels: source(interfaces), now: { clocks.now },
            steadyMilliseconds: { clocks.steady }, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// What a scan of everything answers.
    static func all(
        _ store: VictoriaSeriesStore, from: Timestamp = Timestamp(milliseconds: 0), to: Timestamp
    ) async throws -> [InterfaceID: [CounterReading]] {
        try await scan(store, SeriesQuery(.all, from: from, to: to))
    }

    static func scan(
        _ store: VictoriaSeriesStore, _ query: SeriesQuery
    ) async throws -> [InterfaceID: [CounterReading]] {
        let found = Mutex<[InterfaceID: [CounterReading]]>([:])
        _ = try await store.scan(query) { run in found.withLock { $0[run.interface, default: []] += run.readings } }
        return found.withLock { $0 }
    }

    static func number(_ name: String, _ store: VictoriaSeriesStore) async -> Int64? {
        let statistics = await store.statistics()
        return (statistics.counters + statistics.gauges).first { $0.name == name }?.value
    }
}
