import Discovery
import Inventory
import Jobs
import Logging

/// What a discovery did so far: told to the log, the run's record and its outcome.
struct DiscoverySummary: Sendable {
    let deviceCount: Int
    let warningsMax: Int
    let startedAt: Timestamp
    let context: JobContext
    private(set) var total = BatchOutcome()
    private var warnings = 0
    private var seconds = 0.0

    init(deviceCount: Int, warningsMax: Int, startedAt: Timestamp, context: JobContext) {
        self.deviceCount = deviceCount
        self.warningsMax = warningsMax
        self.startedAt = startedAt
        self.context = context
    }

    func logStart() {
        context.logger.info("Starting interface discovery for \(Wording.count(deviceCount, "device"))")
    }

    /// Adds what a batch did, once it is committed.
    mutating func add(_ outcome: BatchOutcome) {
        total.add(outcome)
        for failed in outcome.failed where failed.isNew && warnings < warningsMax {
            warnings += 1
            context.logger.warning("\(failed.name) (\(failed.place)) fails: \(failed.failure.message)")
        }
        report(outcome)
        context.progress(done: total.handled, total: deviceCount)
    }

    private func report(_ outcome: BatchOutcome) {
        let counts = outcome.counts
        for (name, amount) in [
            ("devices_discovered", outcome.devicesRead), ("devices_partial", outcome.devicesPartial),
            ("devices_failed", outcome.failed.count), ("interfaces_discovered", counts.discovered),
            ("interfaces_new", counts.inserted), ("interfaces_returned", counts.returned),
            ("interfaces_changed", counts.updated), ("interfaces_unchanged", counts.unchanged),
            ("interfaces_missing", counts.newlyMissing + counts.stillMissing),
            ("interfaces_undecided", counts.undecided), ("isp_interfaces", counts.isp),
            ("trunk_interfaces", counts.trunk), ("critical_interfaces", counts.critical),
            ("monitored_interfaces", counts.monitored),
        ] { context.count(name, by: Int64(amount)) }
    }

    /// The lines operators grep, and the failures in two lines at most.
    mutating func logEnd(at now: Timestamp) {
        seconds = now.secondsSince(startedAt)
        context.count("duration_milliseconds", by: Int64((seconds * 1000).rounded()))
        context.logger.info("Discovered \(Wording.count(total.counts.discovered, "interface"))")
        context.logger.info("Classified \(Wording.count(total.counts.isp)) as ISP interfaces")
        for line in failureLines { context.logger.warning("\(line)") }
        if isFailure {
            context.logger.error("Discovery failed after \(Wording.seconds(seconds)): \(noneRead)")
        } else {
            context.logger.info("Discovery completed in \(Wording.seconds(seconds))")
        }
    }

    /// Tells how far a discovery came that ends before its time.
    func logCancelled() {
        let devices = Wording.count(deviceCount, "device")
        context.logger.info("Discovery cancelled after \(Wording.count(total.handled)) of \(devices)")
    }

    /// Whether there were devices and not one could be read.
    var isFailure: Bool {
        total.devicesRead == 0 && !total.failed.isEmpty
    }

    private var noneRead: String {
        "none of \(Wording.count(deviceCount, "device")) could be read"
    }

    /// `12 devices did not answer: A, B, C, D, E and 7 more`.
    private var failureLines: [String] {
        let kinds: [(DeviceFailure.Kind, String)] = [
            (.unreachable, "did not answer"), (.unusable, "could not be read"),
        ]
        return kinds.compactMap { kind, what in
            let names = total.failed.filter { $0.failure.kind == kind }.map(\.name).sorted()
            guard !names.isEmpty else { return nil }
            return "\(Wording.count(names.count, "device")) \(what): \(Wording.names(names))"
        }
    }

    /// How the run ended: partial where a device failed or was read in part.
    var outcome: JobOutcome {
        let isWhole = total.failed.isEmpty && total.devicesPartial == 0
        return JobOutcome(isWhole ? .succeeded : .partial, message: message)
    }

    /// How the run ended, in a sentence.
    var message: String {
        let read =
            "\(Wording.count(total.counts.discovered, "interface")) of "
            + "\(Wording.count(total.devicesRead, "device")) in \(Wording.seconds(seconds))"
        var message = isFailure ? "\(noneRead) in \(Wording.seconds(seconds))" : read
        if total.devicesPartial > 0 { message += "; \(Wording.count(total.devicesPartial, "device")) read in part" }
        if !failureLines.isEmpty { message += "; " + failureLines.joined(separator: "; ") }
        return message
    }
}
