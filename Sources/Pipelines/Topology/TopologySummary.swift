import Discovery
import Inventory
import Jobs
import Logging
import Topology

/// What a discovery of topology did so far: told to the log, the run's record and its outcome.
struct TopologySummary: Sendable {
    /// A device that failed, or was read in part.
    struct Flawed: Sendable, Hashable {
        var name: String
        var failure: DeviceFailure
    }

    let deviceCount: Int
    /// Whether the run is about all devices: then the sums are the network's, else those of the devices read.
    let isWhole: Bool
    let startedAt: Timestamp
    let context: JobContext
    private(set) var failed: [Flawed] = []
    private var partial: [String] = []
    private var devicesRead = 0
    private var commit: TopologyCommit?
    private var interfacesReclassified = 0
    private var seconds = 0.0

    init(deviceCount: Int, isWhole: Bool, startedAt: Timestamp, context: JobContext) {
        self.deviceCount = deviceCount
        self.isWhole = isWhole
        self.startedAt = startedAt
        self.context = context
    }

    func logStart() {
        context.logger.info("Starting topology discovery for \(Wording.count(deviceCount, "device"))")
        context.progress(done: 0, total: deviceCount)
    }

    /// Adds devices that were read, or failed.
    mutating func add(_ batch: [TopologyArrival]) {
        for arrival in batch {
            switch arrival.result {
            case .success(let neighbours):
                devicesRead += 1
                if !neighbours.failed.isEmpty { partial.append(arrival.device.name) }
            case .failure(let reason):
                failed.append(Flawed(name: arrival.device.name, failure: reason.failure))
            }
        }
        context.progress(done: devicesRead + failed.count, total: deviceCount)
    }

    /// Takes what was written.
    mutating func committed(_ commit: TopologyCommit) {
        self.commit = commit
    }

    /// Takes how many interfaces were classified otherwise than before.
    mutating func reclassified(_ count: Int) {
        interfacesReclassified = count
    }

    /// The lines operators grep, and the flaws in three lines at most.
    mutating func logEnd(at now: Timestamp) {
        seconds = now.secondsSince(startedAt)
        report()
        context.logger.info("Discovered \(Wording.count(connections, "connection"))")
        context.logger.info("Mapped \(Wording.count(mapped, "connection")) to database devices")
        context.logger.info("Found \(Wording.count(connections - mapped, "orphan device"))")
        for line in flawLines { context.logger.warning("\(line)") }
        context.logger.info("Topology discovery completed in \(Wording.seconds(seconds))")
    }

    /// Tells of a run in which no device could be read; nothing was written.
    mutating func logFailure(at now: Timestamp) {
        seconds = now.secondsSince(startedAt)
        report()
        for line in flawLines { context.logger.warning("\(line)") }
        context.logger.error("Topology discovery failed after \(Wording.seconds(seconds)): \(noneRead)")
    }

    /// Tells how far a run came that ends before its time.
    func logCancelled() {
        let devices = Wording.count(deviceCount, "device")
        let kept = commit == nil ? "; nothing was changed" : ""
        let done = Wording.count(devicesRead + failed.count)
        context.logger.info("Topology discovery cancelled after \(done) of \(devices)\(kept)")
    }

    /// Whether there were devices and not one could be read.
    var isFailure: Bool {
        devicesRead == 0 && !failed.isEmpty
    }

    /// How the run ended: partial where a device failed or was read in part.
    var outcome: JobOutcome {
        JobOutcome(failed.isEmpty && partial.isEmpty ? .succeeded : .partial, message: message)
    }

    /// How the run ended, in a sentence.
    var message: String {
        guard !isFailure else {
            return ([noneRead + " in \(Wording.seconds(seconds))"] + flawLines).joined(separator: "; ")
        }
        let sums =
            "\(Wording.count(connections, "connection")) of \(Wording.count(devicesRead, "device")), "
            + "\(Wording.count(mapped)) mapped, in \(Wording.seconds(seconds))"
        return ([sums] + changeWords + flawLines).joined(separator: "; ")
    }

    // MARK: - Inside

    private var connections: Int { (isWhole ? commit?.counts.connections : commit?.ownRows.connections) ?? 0 }
    private var mapped: Int { (isWhole ? commit?.counts.mapped : commit?.ownRows.mapped) ?? 0 }
    private var noneRead: String { "none of \(Wording.count(deviceCount, "device")) could be read" }

    /// `3 links appeared, 1 vanished`.
    private var changeWords: [String] {
        guard let counts = commit?.counts, counts.appeared + counts.vanished > 0 else { return [] }
        return ["\(Wording.count(counts.appeared, "link")) appeared, \(Wording.count(counts.vanished)) vanished"]
    }

    /// `12 devices did not answer: A, B, C, D, E and 7 more`.
    private var flawLines: [String] {
        func names(_ kind: DeviceFailure.Kind) -> [String] { failed.filter { $0.failure.kind == kind }.map(\.name) }
        return [
            (names(.unreachable), "did not answer"), (names(.unusable), "could not be read"),
            (partial, "read in part"),
        ].compactMap { names, what in
            guard !names.isEmpty else { return nil }
            return "\(Wording.count(names.count, "device")) \(what): \(Wording.names(names.sorted()))"
        }
    }

    private func report() {
        let counts = commit?.counts ?? TopologyCounts()
        for (name, amount) in [
            ("devices_read", devicesRead), ("devices_partial", partial.count), ("devices_failed", failed.count),
            ("connections", connections), ("connections_mapped", mapped), ("orphan_devices", connections - mapped),
            ("rows_changed", counts.rowsChanged), ("rows_ambiguous", counts.ambiguousRows),
            ("rows_without_interface", counts.rowsWithoutPort), ("links", counts.links),
            ("links_appeared", counts.appeared), ("links_vanished", counts.vanished),
            ("contradictions", counts.contradictions), ("interfaces_reclassified", interfacesReclassified),
            ("revision", Int(commit?.revision ?? 0)), ("duration_milliseconds", Int((seconds * 1000).rounded())),
        ] { context.count(name, by: Int64(amount)) }
    }
}
