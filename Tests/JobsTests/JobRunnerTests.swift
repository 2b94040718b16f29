import Catalog
import Inventory
import Synchronization
import Testing

@testable import Jobs

@Suite(.timeLimit(.minutes(5)))
struct JobRunnerTests {
    @Test("A first start runs the jobs in order and logs the schedules with their next run")
    func firstStart() async throws {
        let bench = try Bench()
        let order = Mutex<[String]>([])
        func job(_ name: String, _ schedule: String, rank: Int?) throws -> JobDefinition {
            JobDefinition(name: name, schedule: try Schedule(parsing: schedule), firstStartRank: rank) { context in
                order.withLock { $0.append("\(context.job) by \(context.trigger.rawValue)") }
                context.progress(done: 3, total: 3)
                context.count("things", by: 3)
                return JobOutcome(.succeeded, message: "done", results: ["more": 1])
            }
        }
        let runner = bench.runner([
            try job("cleanup-old-interfaces", "0 4 * * *", rank: nil),
            try job("discover-topology", "0 5 * * *", rank: 20),
            try job("discover-all-interfaces", "0 * * * *", rank: 0),
            try job("learn-baselines", "0 6 * * 0", rank: nil),
        ])
        let updates = runner.events.updates()
        try await bench.whileRunning(runner) { _ in
            _ = await first(updates) { $0.job == "discover-topology" && $0.state.isFinal }
        }
        #expect(order.withLock { $0 } == ["discover-all-interfaces by startup", "discover-topology by startup"])
        let run = try #require(bench.catalog.runs.first { $0.job == "discover-all-interfaces" })
        #expect(run.state == .succeeded)
        #expect(run.message == "done")
        #expect(run.results == ["things": 3, "more": 1])
        #expect([run.done, run.total] == [3, 3])
        #expect(run.owner == "this")
        #expect(run.startedAt == bench.clock.now && run.endedAt == bench.clock.now)
        #expect(
            bench.log.recorded.filter { $0.hasPrefix("info") } == [
                "info discover-all-interfaces   hourly at :00     next 2026-11-22 14:00:00",
                "info discover-topology         daily at 05:00    next 2026-11-23 05:00:00",
                "info cleanup-old-interfaces    daily at 04:00    next 2026-11-23 04:00:00",
                "info learn-baselines           Sunday at 06:00   next 2026-11-29 06:00:00",
            ])
    }

    @Test("Where schedules wait nothing is due, but what is asked for runs; what was due is made up once they begin")
    func schedulesThatWait() async throws {
        var bench = try Bench()
        bench.settings.schedulesWait = true
        let runner = bench.runner([
            JobDefinition(name: "hourly", schedule: .hourly(minute: 0), firstStartRank: 0) { _ in
                JobOutcome(.succeeded)
            }, JobDefinition(name: "asked") { _ in JobOutcome(.succeeded) },
        ])
        let (clock, updates) = (bench.clock, runner.events.updates())
        let late = try at("2026-11-22T14:10:00Z")
        try await bench.whileRunning(runner) { runner in
            clock.advance(to: late)
            _ = try await runner.start(job: "asked")
            _ = await first(updates) { $0.job == "asked" && $0.state.isFinal }
            // Whoever starts it: when it is due is the same everywhere.
            #expect(runner.schedule().map(\.next) == [try at("2026-11-22T15:00:00Z"), nil])
            try await runner.startSchedules()
            let run = await first(updates) { $0.job == "hourly" && $0.state.isFinal }
            #expect(run?.trigger == .startup)
        }
        #expect(bench.catalog.runs.map(\.job).sorted() == ["asked", "hourly"])
    }

    @Test("A job runs when its time comes, and again the next time")
    func scheduled() async throws {
        let bench = try Bench()
        let runner = bench.runner([
            JobDefinition(name: "hourly", schedule: .hourly(minute: 0)) { _ in JobOutcome(.succeeded) }
        ])
        let updates = runner.events.updates()
        try await bench.whileRunning(runner) { _ in
            for hour in ["14", "15"] {
                let due = try at("2026-11-22T\(hour):00:00Z")
                await bench.clock.untilSleeping(until: due)
                bench.clock.advance(to: due)
                let run = await first(updates) { $0.state.isFinal }
                #expect(run?.scheduledAt == due)
                #expect(run?.trigger == .schedule)
            }
        }
        #expect(bench.catalog.runs.count == 2)
    }

    @Test("Two runners on one catalog do what is due once")
    func twoRunners() async throws {
        let bench = try Bench()
        let began = Mutex(0)
        let job = JobDefinition(name: "hourly", schedule: .hourly(minute: 0), firstStartRank: 0) { _ in
            began.withLock { $0 += 1 }
            return JobOutcome(.succeeded)
        }
        let (one, other) = (bench.runner([job], owner: "one"), bench.runner([job], owner: "other"))
        let (oneUpdates, otherUpdates) = (one.events.updates(), other.events.updates())
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await one.run() }
            group.addTask { try await other.run() }
            let due = try at("2026-11-22T14:00:00Z")
            let both = merge(oneUpdates, otherUpdates)
            _ = await first(both) { $0.state.isFinal && $0.trigger == .startup }
            await bench.clock.untilSleeping(until: due)
            bench.clock.advance(to: due)
            _ = await first(both) { $0.state.isFinal && $0.trigger == .schedule }
            // A loser tries again after a while and finds it done.
            for _ in 0..<3 { bench.clock.advance(bySeconds: 5) }
            one.stop()
            other.stop()
            try await group.waitForAll()
        }
        #expect(began.withLock { $0 } == 2)
        #expect(bench.catalog.runs.map(\.trigger) == [.startup, .schedule])
    }

    @Test("A request is answered at once; a second one on the same subject is told which run is at work")
    func manualStart() async throws {
        let bench = try Bench()
        let gate = Gate()
        let device = DeviceID.random().description
        let runner = bench.runner([
            JobDefinition(name: "device", subjectKinds: [.device]) { context in
                try await gate.pass()
                return JobOutcome(.partial, message: "\(context.subject ?? "") \(context.parameters["depth"] ?? "")")
            }
        ])
        try await bench.whileRunning(runner) { runner in
            let started = try await runner.start(
                job: "device", subject: device.uppercased(), parameters: ["depth": "2"])
            guard case .started(let run) = started else { throw JobError(.unknownRun, message: "\(started)") }
            #expect(run.state == .queued && run.trigger == .manual && run.subject == device)
            let updates = runner.events.updates(of: run.id)
            await gate.untilEntered()
            guard case .alreadyRunning(let same) = try await runner.start(job: "device", subject: device) else {
                throw JobError(.unknownRun, message: "it overlapped itself")
            }
            #expect(same.id == run.id)
            guard case .started = try await runner.start(job: "device", subject: DeviceID.random().description) else {
                throw JobError(.unknownRun, message: "another device must not wait")
            }
            await gate.untilEntered(2)
            #expect(runner.activeRuns().count == 2)
            gate.open()
            gate.open()
            let ended = await first(updates) { $0.state.isFinal }
            #expect(ended?.state == .partial)
            #expect(ended?.message == "\(device) 2")
        }
    }

    @Test("What cannot be started is refused with the reason")
    func refusals() async throws {
        let bench = try Bench()
        let runner = bench.runner([
            JobDefinition(name: "device", subjectKinds: [.device]) { _ in JobOutcome(.succeeded) },
            JobDefinition(name: "all") { _ in JobOutcome(.succeeded) },
        ])
        await #expect(throws: JobError.self) { try await runner.start(job: "all") }
        try await bench.whileRunning(runner) { runner in
            for (job, subject, code, word) in [
                ("nothing", nil, JobError.Code.unknownJob, "all, device"), ("device", nil, .invalidSubject, "id of a"),
                ("device", "CORE", .invalidSubject, "'CORE'"), ("all", "x", .invalidSubject, "no subject"),
            ] as [(String, String?, JobError.Code, String)] {
                let error = await #expect(throws: JobError.self) {
                    try await runner.start(job: job, subject: subject)
                }
                #expect(error?.code == code)
                #expect(error?.message.contains(word) == true, "\(error?.message ?? "")")
            }
            bench.catalog.setUnavailable(true)
            let error = await #expect(throws: JobError.self) { try await runner.start(job: "all") }
            #expect(error?.code == .catalog)
            bench.catalog.setUnavailable(false)
            guard case .started = try await runner.start(job: "all") else {
                throw JobError(.unknownRun, message: "the failed request must leave nothing behind")
            }
        }
    }

    @Test("A job that fails is recorded with its error, and the runner goes on")
    func failure() async throws {
        let bench = try Bench()
        let runner = bench.runner([
            JobDefinition(name: "all") { _ in throw JobError(.invalidZone, message: "no such zone") }
        ])
        let updates = runner.events.updates()
        try await bench.whileRunning(runner) { runner in
            for _ in 0..<2 {
                _ = try await runner.start(job: "all")
                let run = await first(updates) { $0.state.isFinal }
                #expect(run?.state == .failed)
                #expect(run?.message == "no such zone (invalidZone)")
                // Its place is free once the end is recorded and the lock given back.
                while !runner.activeRuns().isEmpty, !Task.isCancelled { await Task.yield() }
            }
        }
        #expect(bench.log.recorded.contains { $0.hasPrefix("error") && $0.contains("no such zone") })
    }

    @Test("A setting out of its range is refused by its name")
    func settings() {
        var settings = JobRunnerSettings()
        #expect(throws: Never.self) { try settings.check() }
        settings.leaseSeconds = 1
        var error = #expect(throws: JobError.self) { try settings.check() }
        #expect(error?.message == "leaseSeconds is 1.0; set it to 5.0 to 3600.0")
        settings.leaseSeconds = 60
        settings.progressSeconds = 30
        error = #expect(throws: JobError.self) { try settings.check() }
        #expect(error?.code == .invalidSetting)
    }

    private func merge(_ one: AsyncStream<JobRun>, _ other: AsyncStream<JobRun>) -> AsyncStream<JobRun> {
        let (stream, continuation) = AsyncStream.makeStream(of: JobRun.self)
        for source in [one, other] {
            Task { for await run in source { continuation.yield(run) } }
        }
        return stream
    }
}
