import Catalog
import CatalogSQLite
import Inventory
import Jobs
import Logging
import Pipelines
import Series
import SeriesEmbedded

/// What something took, in seconds, and what it counted.
struct WatchCost: Sendable {
    var wall: Double
    var cpu: Double
    var results: [String: Int]
    /// Whether the states were kept meanwhile.
    var hasKept: Bool
}

/// A watch with what it works on, poll by poll.
struct WatchScene {
    let states: KeptStates
    private let folder: String
    private let store: EmbeddedSeriesStore
    private let clock: ManualWallClock
    private var polls: CollectData
    private var cycle: Int
    private var catalogs = 0
    private var watch: AnomalyWatch?

    init(folder: String, store: EmbeddedSeriesStore, clock: ManualWallClock, polls: CollectData, cycle: Int) {
        (self.folder, self.store, self.clock, self.polls, self.cycle) = (folder, store, clock, polls, cycle)
        states = KeptStates(path: folder + "/baselines.state")
    }

    /// Another watch on a catalog of its own, as in a process that was started anew.
    mutating func freshWatch(isCritical: Bool = true) async throws -> AnomalyWatch {
        catalogs += 1
        let catalog = try SQLiteCatalog.open(path: "\(folder)/catalog-\(catalogs).sqlite")
        try await fill(catalog, isCritical)
        let fresh = try AnomalyWatch(
            .init(
                catalog: catalog, revision: { try await catalog.revision() }, series: store,
                states: isCritical ? states : nil, zone: .utc, intervalSeconds: CollectData.intervalSeconds,
                clock: clock, logger: Self.silent))
        if isCritical { watch = fresh }
        return fresh
    }

    /// Goes on with a new watch, which reads the states that were kept.
    mutating func restart() async throws {
        try await watch?.save()
        let fresh = try await freshWatch()
        _ = try await cost(of: fresh) { try await $0.check($1) }
    }

    /// The cost of a job's work after the next poll; of the watch in use where none is named.
    mutating func cost(
        of other: AnomalyWatch? = nil, subject: String? = nil,
        _ work: (AnomalyWatch, JobContext) async throws -> JobOutcome
    ) async throws -> WatchCost {
        guard let watch = other ?? watch else { throw DriverError("there is no watch") }
        clock.advance(bySeconds: Double(CollectData.intervalSeconds))
        _ = try await store.append(polls.next(cycle))
        cycle += 1
        let report = JobReport()
        let run = JobRun(job: "bench", subject: subject, trigger: .manual, scheduledAt: clock.now)
        let context = JobContext(run: run, clock: clock, logger: Self.silent, report: report)
        let (wall, cpu, kept) = (MonotonicTime.seconds, ProcessorTime.seconds, states.count)
        _ = try await work(watch, context)
        return WatchCost(
            wall: MonotonicTime.seconds - wall, cpu: ProcessorTime.seconds - cpu,
            results: report.content.results.mapValues { Int($0) }, hasKept: states.count > kept)
    }

    mutating func costs(
        _ count: Int, _ work: (AnomalyWatch, JobContext) async throws -> JobOutcome
    ) async throws -> [WatchCost] {
        var costs: [WatchCost] = []
        for _ in 0..<count { costs.append(try await cost(work)) }
        return costs
    }

    private static let silent = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }

    private func fill(_ catalog: SQLiteCatalog, _ isCritical: Bool) async throws {
        let (ids, now) = (polls.interfaces, clock.now)
        for first in stride(from: 0, to: ids.count, by: 48) {
            let number = first / 48
            let device = Device(name: "CORE-\(number)", address: "127.1.\(number / 250).\(number % 250 + 1)", at: now)
            let rows = ids[first..<min(first + 48, ids.count)].enumerated().map { place, id in
                var facts = InterfaceFacts(ifIndex: Int64(place + 1))
                (facts.ifName, facts.ifSpeed) = ("Te1/0/\(place + 1)", 1_000_000_000)
                var row = Interface(id: id, deviceID: device.id, facts: facts, at: now)
                row.isCritical = isCritical
                return row
            }
            _ = try await catalog.reviseDevices(.all) { _ in
                var revision = DeviceRevision()
                revision.inserted = [device]
                return (revision, 0)
            }
            _ = try await catalog.reviseInterfaces(of: [device.id]) { _ in
                var revision = InterfaceRevision(deviceID: device.id)
                revision.inserted = rows
                return ([revision], 0)
            }
        }
    }
}

extension JSONLine {
    /// Adds seconds by the clock on the wall and of the processors.
    mutating func add(_ name: String, _ costs: [WatchCost]) {
        var pair = JSONLine()
        pair.add("wall", costs.map(\.wall))
        pair.add("cpu", costs.map(\.cpu))
        add(name, pair)
    }
}
