import Inventory

/// Phase 3: topology daily, baselines weekly, anomalies checked and few.
struct LearningChecks {
    private let answers: DoctorAnswers
    private let isPromised: Bool
    private static let topology = "discover-topology"
    private static let learn = "learn-baselines"
    private static let check = "check-anomalies"
    private static let daySeconds = 86_400.0
    private static let checkSecondsMax = 900.0
    /// Incidents a week, for each thousand interfaces that are watched, above which people stop reading.
    private static let noisyPerThousand = 20.0

    init(_ answers: DoctorAnswers, isPromised: Bool) {
        (self.answers, self.isPromised) = (answers, isPromised)
    }

    var findings: [Finding] {
        let job = JobCheck(answers: answers, isPromised: isPromised)
        let topology =
            job.off("topology", Self.topology, "what a failure cuts off is not known")
            ?? job.lastRun("topology", Self.topology, withinSeconds: 1.5 * Self.daySeconds)
        let baselines = job.off("baselines", Self.learn, "nothing is learnt") ?? learnt
        let checks = job.off("anomalies", Self.check, "deviations are not found") ?? checked
        return [topology, connected, baselines, checks, noise].compactMap(\.self)
    }

    private var trouble: Finding.Verdict { isPromised ? .failed : .warning }

    private var connected: Finding? {
        guard let total = answers.topology["total_devices"]?.integer, total > 1,
            let connected = answers.topology["connected_devices"]?.integer, connected < total
        else { return nil }
        return .note(
            "topology", "\(total - connected) of \(total) devices have no known cable",
            "switch LLDP on there: lldp run; what the others see: wardflux topology orphans")
    }

    /// Why no baselines are learnt yet.
    private var learnt: Finding? {
        guard !answers.baselines.isNull else { return nil }
        let total = answers.baselines["total"]?.integer ?? 0
        guard total > 0 else {
            let age = answers.seconds(since: answers.series["oldest"])
            let days = answers.baselines["look_back_days"]?.integer ?? 14
            let next = answers.baselines["next_learning_at"]?.string.map { "; they are learnt next at \($0)" } ?? ""
            let have = age.map { "readings go back \(Ages.text($0))" } ?? "nothing was recorded yet"
            return Finding(
                verdict: trouble, check: "baselines", text: "none are learnt yet: \(have)\(next)",
                remedies: [
                    "learn from what there is: wardflux jobs run learn-baselines",
                    "they become reliable with \(days) days of readings; a critical, ISP or trunk interface is learnt first",
                ])
        }
        let age = answers.seconds(since: answers.baselines["last_updated"]) ?? 0
        let word = answers.baselines["confidence_word"]?.string ?? "unknown"
        let text = "\(Units.count(total, "baseline")), confidence \(word), learnt \(Ages.text(age)) ago"
        guard age <= 8 * Self.daySeconds else {
            return Finding(
                verdict: trouble, check: "baselines", text: text, remedies: ["wardflux jobs run learn-baselines"])
        }
        guard word != "insufficient data" else {
            let days = answers.baselines["look_back_days"]?.integer ?? 14
            return .note("baselines", text, "nothing to do: they become reliable with \(days) days of readings")
        }
        return .good("baselines", text)
    }

    private var checked: Finding? {
        guard !answers.anomalies.isNull else { return nil }
        guard let age = answers.seconds(since: answers.anomalies["checked_at"]) else {
            return Finding(
                verdict: trouble, check: "anomalies",
                text: "nothing was checked yet: no server runs here, or it began just now")
        }
        return Finding(
            verdict: age > Self.checkSecondsMax ? trouble : .good, check: "anomalies",
            text: "checked \(Ages.text(age)) ago")
    }

    /// How to quiet false positives.
    private var noise: Finding? {
        guard let told = answers.anomalies["incidents_last_week"]?["raised"]?.integer,
            let watched = answers.anomalies["watched_interfaces"]?.integer, watched > 0
        else { return nil }
        guard Double(told) > max(20, Self.noisyPerThousand * Double(watched) / 1_000) else { return nil }
        return .note(
            "anomalies", "\(Units.count(told, "incident")) in a week is more than people read",
            "say of one that it is expected, or mute its interface: wardflux anomalies act ID expected, … mute --scope interface --until 7d",
            "leave a time out of what is learnt: wardflux baselines exclusions add",
            "raise anomalies.adaptive_threshold, or set anomalies.budget_per_week")
    }
}
