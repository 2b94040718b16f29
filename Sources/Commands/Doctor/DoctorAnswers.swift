import Inventory

/// What a server said to all that the doctor asks it; what it did not answer is null, with the reason in `faults`.
struct DoctorAnswers: Sendable {
    var health = JSONValue.null
    var schedules: [JSONValue] = []
    /// The last run that ended of each job, by its name.
    var lastRuns: [String: JSONValue] = [:]
    var devices: [JSONValue] = []
    var summary = JSONValue.null
    var series = JSONValue.null
    var alerts = JSONValue.null
    var receivers: [JSONValue] = []
    var topology = JSONValue.null
    var baselines = JSONValue.null
    var anomalies = JSONValue.null
    /// What could not be asked, and why.
    var faults: [String: String] = [:]

    /// The time of the server; of this host where it tells none.
    var now = Timestamp(milliseconds: 0)

    /// Jobs whose last run is looked at.
    static let jobs = [
        "discover-all-interfaces", "update-interface-summaries", "discover-topology", "learn-baselines",
    ]

    static func read(_ client: APIClient) async -> DoctorAnswers {
        var answers = DoctorAnswers()
        answers.now = .hostTime
        answers.health = await answers.ask("health") { try await client.get(Routes.health) }
        if let time = answers.health["time"]?.string.flatMap({ Timestamp($0) }) { answers.now = time }
        answers.schedules =
            await answers.ask("schedules") { try await client.get(Routes.schedules) }["items"]?.items ?? []
        answers.devices =
            await answers.ask("devices") {
                .array(try await client.list(Routes.devices).items)
            }.items ?? []
        answers.summary = await answers.ask("interfaces") { try await client.get(Routes.interfaceSummary) }
        answers.series = await answers.ask("series") { try await client.get(Routes.seriesStatistics) }
        answers.alerts = await answers.ask("alerts") { try await client.get("/alerts/statistics") }
        answers.receivers = await answers.ask("receivers") { try await client.get("/receivers") }["items"]?.items ?? []
        answers.topology = await answers.ask("topology") { try await client.get("/topology/statistics") }
        answers.baselines = await answers.ask("baselines") { try await client.get("/baselines/statistics") }
        answers.anomalies = await answers.ask("anomalies") { try await client.get("/anomalies/statistics") }
        for job in jobs { await answers.readLastRun(of: job, client) }
        return answers
    }

    private mutating func readLastRun(of job: String, _ client: APIClient) async {
        let query = [(name: "job", value: job), (name: "state", value: "succeeded,partial,failed")]
        let runs = await ask("jobs") { .array(try await client.list(Routes.jobRuns, query, limit: 1).items) }
        lastRuns[job] = runs.items?.first
    }

    private mutating func ask(_ what: String, _ question: () async throws -> JSONValue) async -> JSONValue {
        do { return try await question() } catch {
            faults[what] = (error as? CommandFailure)?.message ?? "\(error)"
            return .null
        }
    }

    // MARK: - What several checks ask

    /// A job's line among the schedules.
    func schedule(of job: String) -> JSONValue? { schedules.first { $0["job"]?.string == job } }

    /// Whether a job runs by itself.
    func isOn(_ job: String) -> Bool {
        schedule(of: job).map { $0["enabled"]?.bool == true && $0["schedule"]?.string != nil } ?? false
    }

    /// Whether nothing runs by itself there: no server works on the data directory.
    var isAtRest: Bool {
        !schedules.isEmpty && schedules.allSatisfy { $0["next_run_at"]?.string == nil && $0["enabled"]?.bool != true }
    }

    /// Seconds between now and a time of an answer; nil where there is none.
    func seconds(since text: JSONValue?) -> Double? {
        text?.string.flatMap { Timestamp($0) }.map { now.secondsSince($0) }
    }
}

/// Whether a job runs by itself, and did of late.
struct JobCheck {
    let answers: DoctorAnswers
    let isPromised: Bool

    /// A finding where the job is off; nil where it is on.
    func off(_ check: String, _ job: String, _ consequence: String) -> Finding? {
        guard !answers.schedules.isEmpty, !answers.isAtRest, !answers.isOn(job) else { return nil }
        let remedy = "set jobs.\(job).enabled: true and start the server again"
        return Finding(
            verdict: isPromised ? .failed : .note, check: check, text: "\(job) is switched off: \(consequence)",
            remedies: [remedy])
    }

    /// How the last run went, and whether it is longer ago than it should be.
    func lastRun(_ check: String, _ job: String, withinSeconds most: Double) -> Finding {
        guard let run = answers.lastRuns[job] else {
            let next = answers.schedule(of: job)?["next_run_at"]?.string
            let when = next.map { "it runs next at \($0)" } ?? "no server runs"
            return Finding(
                verdict: isPromised ? .failed : .note, check: check, text: "\(job) has not run yet; \(when)",
                remedies: ["wardflux jobs run \(job)"])
        }
        let message = run["message"]?.string.map { ": \($0)" } ?? ""
        guard run["state"]?.string != "failed" else {
            return .failed(
                check, "the last \(job) failed\(message)", "wardflux jobs show \(run["id"]?.string ?? "ID")")
        }
        let age = answers.seconds(since: run["ended_at"]) ?? 0
        guard age <= most else {
            return Finding(
                verdict: isPromised ? .failed : .warning, check: check,
                text: "the last \(job) ended \(Ages.text(age)) ago",
                remedies: ["check that a server is running: wardflux jobs schedules --server URL"])
        }
        return .good(check, "\(job) ended \(Ages.text(age)) ago\(message)")
    }
}

/// Spans of time in words.
enum Ages {
    /// `3 h 20 min`, `2 days`.
    static func text(_ seconds: Double) -> String {
        let whole = Int64(max(0, seconds.isFinite ? seconds : 0))
        switch whole {
        case ..<120: return "\(whole) s"
        case ..<7_200: return "\(whole / 60) min"
        case ..<172_800: return "\(whole / 3_600) h\(whole % 3_600 >= 60 ? " \(whole % 3_600 / 60) min" : "")"
        default: return "\(whole / 86_400) days"
        }
    }
}
