import Inventory

/// Phase 2: metrics arrive every interval, summaries are current.
struct MetricsChecks {
    private let answers: DoctorAnswers
    private let isPromised: Bool
    private static let collect = "collect-interface-metrics"
    private static let summaries = "update-interface-summaries"
    private static let summarySecondsMax = 3_600.0
    /// Intervals after which readings are missing.
    private static let intervalsMax = 2.5

    init(_ answers: DoctorAnswers, isPromised: Bool) {
        (self.answers, self.isPromised) = (answers, isPromised)
    }

    var findings: [Finding] {
        let check = JobCheck(answers: answers, isPromised: isPromised)
        if let off = check.off("metrics", Self.collect, "no traffic is recorded") { return [off] }
        let summary =
            check.off("summaries", Self.summaries, "24 h averages grow old")
            ?? check.lastRun("summaries", Self.summaries, withinSeconds: Self.summarySecondsMax)
        return [readings, missed, summary].compactMap(\.self)
    }

    private var trouble: Finding.Verdict { isPromised ? .failed : .warning }

    /// Why no metrics appear.
    private var readings: Finding? {
        guard !answers.series.isNull else { return nil }
        let interval = Double(answers.series["interval_seconds"]?.integer ?? 300)
        guard let age = answers.seconds(since: answers.series["newest"]) else {
            return Finding(
                verdict: trouble, check: "metrics", text: "nothing was recorded yet: \(reason)",
                remedies: ["the first rates appear after two polls, \(Ages.text(2 * interval)) after the start"])
        }
        guard age <= Self.intervalsMax * interval else {
            return Finding(
                verdict: trouble, check: "metrics",
                text:
                    "the newest reading is \(Ages.text(age)) old, and one is due every \(Ages.text(interval)): \(reason)",
                remedies: ["wardflux jobs list --job \(Self.collect)", "wardflux series status"])
        }
        return .good("metrics", "the newest reading is \(Ages.text(age)) old, one is due every \(Ages.text(interval))")
    }

    private var reason: String {
        let enabled = answers.devices.filter { $0["enabled"]?.bool == true }
        if enabled.isEmpty { return "there are no devices" }
        if answers.summary["total_interfaces"]?.integer == 0 { return "no interface was discovered" }
        if answers.summary["monitoring_enabled"]?.integer == 0 { return "no interface is monitored" }
        if enabled.allSatisfy({ $0["status"]?.string == "down" }) { return "no device answers" }
        if answers.schedule(of: Self.collect)?["next_run_at"]?.string == nil { return "no server polls here" }
        return "the polls began a short while ago, or fail; the log of the server says which"
    }

    private var missed: Finding? {
        let counts = answers.series["collection"]
        let (missed, dropped) = (counts?["missed_polls"]?.integer ?? 0, counts?["dropped_readings"]?.integer ?? 0)
        guard missed + dropped > 0 else { return nil }
        return .note(
            "metrics",
            "since the start \(Units.count(missed, "poll")) came too late and "
                + "\(Units.count(dropped, "reading")) were dropped",
            "raise snmp.window or snmp.threads where polls are late; wardflux series status tells why readings are dropped"
        )
    }
}

/// Phase 2: thresholds are checked, and somebody is told.
struct AlertChecks {
    private let answers: DoctorAnswers
    private let isPromised: Bool
    private static let job = "check-interface-thresholds"
    private static let secondsMax = 180.0

    init(_ answers: DoctorAnswers, isPromised: Bool) {
        (self.answers, self.isPromised) = (answers, isPromised)
    }

    var findings: [Finding] {
        let check = JobCheck(answers: answers, isPromised: isPromised)
        if let off = check.off("alerts", Self.job, "nothing is found to be wrong") { return [off] }
        return [checked, told].compactMap(\.self) + refused
    }

    private var checked: Finding? {
        guard !answers.alerts.isNull else { return nil }
        if let fault = answers.alerts["store_fault"]?.string {
            return .failed("alerts", "alerts are not written: \(fault)")
        }
        let trouble: Finding.Verdict = isPromised ? .failed : .warning
        guard let age = answers.seconds(since: answers.alerts["checked_at"]) else {
            return Finding(
                verdict: trouble, check: "alerts",
                text: "nothing was checked yet: no server runs here, or it began just now")
        }
        let interfaces = Units.count(answers.alerts["watched_interfaces"]?.integer ?? 0, "interface")
        let text = "\(interfaces) checked \(Ages.text(age)) ago"
        return Finding(verdict: age > Self.secondsMax ? trouble : .good, check: "alerts", text: text)
    }

    private var told: Finding? {
        guard answers.faults["receivers"] == nil, !answers.receivers.contains(where: { $0["is_used"]?.bool == true })
        else { return nil }
        return .note(
            "receivers", "nobody is told of alerts: no route leads to a receiver",
            "name receivers and routes in the alert file: docs/alerts.md")
    }

    private var refused: [Finding] {
        answers.receivers.compactMap { receiver in
            guard let name = receiver["name"]?.string, receiver["is_used"]?.bool == true else { return nil }
            let waiting = receiver["waiting"]?.integer ?? 0
            let age = answers.seconds(since: receiver["oldest_waiting_at"]) ?? 0
            guard let reason = receiver["last_error"]?.string, waiting > 0 else {
                return .good("receivers", "\(name): nothing waits that could not be delivered")
            }
            return .warning(
                "receivers", "\(name): \(Units.count(waiting, "message")) waiting for \(Ages.text(age)): \(reason)",
                "try it: wardflux alerts receivers try \(name)")
        }
    }
}
