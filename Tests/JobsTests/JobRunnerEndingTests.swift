import Catalog
import Inventory
import Synchronization
import Testing

@testable import Jobs

/// How runs end that do not end by themselves, and what is kept while they run.
@Suite(.timeLimit(.minutes(5)))
struct JobRunnerEndingTests {
    func waiting(_ gate: Gate, name: String = "all", heedsCancellation: Bool = true) -> JobDefinition {
        JobDefinition(name: name) { context in
            context.progress(done: 1, total: 4)
            try await gate.pass(heedsCancellation: heedsCancellation)
            return JobOutcome(.succeeded)
        }
    }

    func start(_ runner: JobRunner, _ job: String = "all") async throws -> JobRun {
        guard case .started(let run) = try await runner.start(job: job) else {
            throw JobError(.runsElsewhere, message: "\(job) was at work already")
        }
        return run
    }

    func deadRun(_ job: String = "all", owner: String = "dead") throws -> JobRun {
        var run = JobRun(job: job, trigger: .schedule, scheduledAt: try at("2026-11-22T13:00:00Z"))
        run.startedAt = run.scheduledAt
        run.state = .running
        run.owner = owner
        return run
    }

    @Test("A run that is cancelled ends and is recorded with how far it came")
    func cancel() async throws {
        let bench = try Bench()
        let gate = Gate()
        let runner = bench.runner([waiting(gate)])
        let updates = runner.events.updates()
        try await bench.whileRunning(runner) { runner in
            let run = try await start(runner)
            await gate.untilEntered()
            #expect(try await runner.cancel(run.id).id == run.id)
            let ended = await first(updates) { $0.state.isFinal }
            #expect(ended?.state == .cancelled)
            #expect(ended?.message == "cancelled on request")
            #expect(ended?.done == 1 && ended?.total == 4)
            while !runner.activeRuns().isEmpty, !Task.isCancelled { await Task.yield() }
            var error = await #expect(throws: JobError.self) { try await runner.cancel(run.id) }
            #expect(error?.code == .runEnded)
            error = await #expect(throws: JobError.self) { try await runner.cancel(.random()) }
            #expect(error?.code == .unknownRun)
        }
    }

    @Test("Stopping cancels what is at work and records it")
    func stop() async throws {
        let bench = try Bench()
        let gate = Gate()
        let runner = bench.runner([waiting(gate, name: "a"), waiting(gate, name: "b")])
        try await bench.whileRunning(runner) { runner in
            _ = try await start(runner, "a")
            _ = try await start(runner, "b")
            await gate.untilEntered(2)
        }
        #expect(bench.catalog.runs.map(\.state) == [.cancelled, .cancelled])
        #expect(bench.catalog.runs[0].message == "cancelled because the process was shut down")
        #expect(bench.catalog.state.withLock { $0.locks.isEmpty })
        let run = bench.catalog.runs[0]
        #expect(
            bench.log.recorded.contains(
                "info Run \(run.id) of \(run.job) ended: cancelled: cancelled because the process was shut down"))
    }

    @Test("Cancelling the task of run() stops as well, and the records are still written")
    func cancelledTask() async throws {
        let bench = try Bench()
        let gate = Gate()
        let runner = bench.runner([waiting(gate)])
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await runner.run() }
            await bench.clock.untilSleeping(count: 1)
            _ = try await start(runner)
            await gate.untilEntered()
            group.cancelAll()
            try await group.waitForAll()
        }
        #expect(bench.catalog.runs.map(\.state) == [.cancelled])
    }

    @Test("Work that does not heed its cancellation does not keep the process from ending")
    func deafWork() async throws {
        var bench = try Bench()
        bench.settings.stopSecondsMax = 2
        let gate = Gate()
        let runner = bench.runner([waiting(gate, heedsCancellation: false)])
        let (clock, catalog) = (bench.clock, bench.catalog)
        try await bench.whileRunning(runner) { runner in
            _ = try await start(runner)
            await gate.untilEntered()
            runner.stop()
            while !catalog.runs[0].state.isFinal {
                clock.advance(bySeconds: 1)
                await Task.yield()
            }
        }
        gate.open()
        let run = bench.catalog.runs[0]
        #expect(run.state == .cancelled)
        #expect(
            run.message
                == "cancelled because the process was shut down; its work had not ended 2 seconds later")
    }

    @Test("A run of a dead process is marked abandoned at start and its job runs again")
    func abandonedAtStart() async throws {
        let bench = try Bench(catalog: MemoryJobCatalog(runs: [try deadRun()]))
        bench.catalog.holdLock("all", holder: "dead", until: try at("2026-11-22T13:29:59Z"))
        let runner = bench.runner([
            JobDefinition(name: "all", schedule: .hourly(minute: 0), firstStartRank: 0) { _ in JobOutcome(.succeeded) }
        ])
        let updates = runner.events.updates()
        try await bench.whileRunning(runner) { _ in
            _ = await first(updates) { $0.state == .succeeded }
        }
        #expect(Set(bench.catalog.runs.map(\.state)) == [.abandoned, .succeeded])
        let abandoned = try #require(bench.catalog.runs.first { $0.state == .abandoned })
        #expect(abandoned.endedAt == (try at("2026-11-22T13:30:00Z")))
        #expect(abandoned.message == "the process that ran it (dead) ended without recording how")
    }

    @Test("A run whose lock is still held is left alone until the lock has run out")
    func abandonedLater() async throws {
        let bench = try Bench(catalog: MemoryJobCatalog(runs: [try deadRun()]))
        bench.catalog.holdLock("all", holder: "dead", until: try at("2026-11-22T13:30:30Z"))
        let runner = bench.runner([
            JobDefinition(name: "all") { _ in JobOutcome(.succeeded) }
        ])
        let updates = runner.events.updates()
        try await bench.whileRunning(runner) { runner in
            #expect(bench.catalog.runs.map(\.state) == [.running])
            guard case .alreadyRunning(let other) = try await runner.start(job: "all") else {
                throw JobError(.runsElsewhere, message: "the lock of another process must hold")
            }
            #expect(other.owner == "dead")
            let error = await #expect(throws: JobError.self) { try await runner.cancel(other.id) }
            #expect(error?.code == .runsElsewhere)
            bench.clock.advance(bySeconds: 60)
            _ = await first(updates) { $0.state == .abandoned }
        }
        #expect(bench.catalog.runs.map(\.state) == [.abandoned])
    }

    @Test("A run of this host's dead process is abandoned at start whatever its lock says, and its job runs at once")
    func abandonedAtOnce() async throws {
        var bench = try Bench(catalog: MemoryJobCatalog(runs: [try deadRun()]))
        bench.dead = ["dead"]
        let run = bench.catalog.runs[0]
        bench.catalog.holdLock("all", holder: "dead/\(run.id)", until: try at("2026-11-22T13:30:30Z"))
        let runner = bench.runner([
            JobDefinition(name: "all", schedule: .hourly(minute: 0), firstStartRank: 0) { _ in JobOutcome(.succeeded) }
        ])
        let updates = runner.events.updates()
        let began = bench.clock.now
        try await bench.whileRunning(runner) { _ in
            let ended = await first(updates) { $0.state == .succeeded }
            #expect(ended?.trigger == .startup && ended?.endedAt == began)
        }
        #expect(bench.catalog.runs.filter { $0.id == run.id }.map(\.state) == [.abandoned])
        #expect(bench.catalog.state.withLock { $0.locks.isEmpty })
    }

    @Test("A request that finds its lock with a dead process of this host is not refused")
    func requestAfterDeath() async throws {
        for isOnce in [false, true] {
            var bench = try Bench()
            bench.dead = ["dead"]
            let (catalog, ghost) = (bench.catalog, try deadRun())
            let runner = bench.runner([JobDefinition(name: "all") { _ in JobOutcome(.succeeded) }])
            let die: @Sendable () throws -> Void = {
                catalog.state.withLock { $0.runs[ghost.id] = ghost }
                catalog.holdLock("all", holder: "dead/\(ghost.id)", until: try at("2026-11-22T13:30:30Z"))
            }
            if isOnce {
                try die()
                #expect(try await runner.runOnce(job: "all").state == .succeeded)
            } else {
                let updates = runner.events.updates()
                try await bench.whileRunning(runner) { runner in
                    try die()
                    _ = try await start(runner)
                    _ = await first(updates) { $0.state == .succeeded }
                }
            }
            #expect(catalog.runs.first { $0.id == ghost.id }?.state == .abandoned)
        }
    }

    @Test("Cancelling a run whose process died marks it abandoned; its lock is free")
    func cancelTheDead() async throws {
        var bench = try Bench()
        bench.dead = ["dead"]
        let (catalog, ghost, now) = (bench.catalog, try deadRun(), bench.clock.now)
        let runner = bench.runner([JobDefinition(name: "all") { _ in JobOutcome(.succeeded) }])
        try await bench.whileRunning(runner) { runner in
            catalog.state.withLock { $0.runs[ghost.id] = ghost }
            catalog.holdLock("all", holder: "dead/\(ghost.id)", until: try at("2026-11-22T13:30:30Z"))
            let ended = try await runner.cancel(ghost.id)
            #expect(ended.state == .abandoned && ended.endedAt == now)
            let error = await #expect(throws: JobError.self) { try await runner.cancel(ghost.id) }
            #expect(error?.code == .runEnded)
        }
        #expect(catalog.runs.map(\.state) == [.abandoned])
        #expect(catalog.state.withLock { $0.locks.isEmpty })
    }

    @Test("Progress is recorded at most once a second, the last of it with the end")
    func progress() async throws {
        let bench = try Bench()
        let gate = Gate()
        let runner = bench.runner([
            JobDefinition(name: "all") { context in
                for done in 1...1000 { context.progress(done: done, total: 2000) }
                try await gate.pass()
                for done in 1001...2000 { context.progress(done: done, total: 2000) }
                return JobOutcome(.succeeded)
            }
        ])
        let updates = runner.events.updates()
        try await bench.whileRunning(runner) { runner in
            _ = try await start(runner)
            await gate.untilEntered()
            let beat = try at("2026-11-22T13:30:01Z")
            await bench.clock.untilSleeping(until: beat)
            bench.clock.advance(to: beat)
            _ = await first(updates) { $0.done == 1000 }
            gate.open()
            _ = await first(updates) { $0.state.isFinal }
        }
        #expect(bench.catalog.saves.map(\.state) == [.queued, .running, .running, .succeeded])
        #expect(bench.catalog.saves.map(\.done) == [0, 0, 1000, 2000])
    }

    @Test("A long run keeps its lock; a run that lost it is cancelled")
    func leases() async throws {
        let bench = try Bench()
        let gate = Gate()
        let runner = bench.runner([waiting(gate)])
        let updates = runner.events.updates()
        let began = try at("2026-11-22T13:30:00Z")
        try await bench.whileRunning(runner) { runner in
            _ = try await start(runner)
            await gate.untilEntered()
            for second in 1...150 {
                let next = began.advanced(bySeconds: Double(second))
                await bench.clock.untilSleeping(until: next)
                bench.clock.advance(to: next)
                let least = next.advanced(bySeconds: JobRunnerSettings().leaseSeconds / 2)
                while bench.catalog.state.withLock({ ($0.locks["all"]?.until ?? least) < least }), !Task.isCancelled {
                    await Task.yield()
                }
            }
            let until = bench.catalog.state.withLock { $0.locks["all"]?.until }
            #expect((until ?? began) > began.advanced(bySeconds: 150 + JobRunnerSettings().leaseSeconds / 2))
            bench.catalog.holdLock("all", holder: "thief", until: began.advanced(bySeconds: 9999))
            while !bench.log.recorded.contains(where: { $0.hasPrefix("error") }), !Task.isCancelled {
                bench.clock.advance(bySeconds: 1)
                await Task.yield()
            }
            let ended = await first(updates) { $0.state.isFinal }
            #expect(ended?.message == "cancelled because another process took its lock")
        }
    }

    @Test("A program that does one thing gets the final record, and is refused while the job is at work elsewhere")
    func runOnce() async throws {
        let bench = try Bench()
        let runner = bench.runner([
            JobDefinition(name: "all") { context in
                context.count("things", by: 2)
                return JobOutcome(.succeeded)
            }
        ])
        let run = try await runner.runOnce(job: "all")
        #expect(run.state == .succeeded && run.results == ["things": 2])
        #expect(bench.catalog.runs == [run])
        bench.catalog.state.withLock { state in
            state.runs[run.id]?.state = .running
            state.runs[run.id]?.owner = "server"
        }
        bench.catalog.holdLock("all", holder: "server", until: try at("2026-11-22T13:31:00Z"))
        let error = await #expect(throws: JobError.self) { try await runner.runOnce(job: "all") }
        #expect(error?.code == .runsElsewhere)
        #expect(error?.message.contains("server") == true)
    }

    @Test("Two requests of one process that know nothing of each other do not overlap either")
    func runOnceTwice() async throws {
        let bench = try Bench()
        let gate = Gate()
        let runner = bench.runner([waiting(gate)])
        async let first = runner.runOnce(job: "all")
        await gate.untilEntered()
        let error = await #expect(throws: JobError.self) { try await runner.runOnce(job: "all") }
        #expect(error?.code == .runsElsewhere)
        gate.open()
        #expect(try await first.state == .succeeded)
    }

    @Test("Old records are removed while the runner works")
    func pruning() async throws {
        var old = try deadRun()
        old.state = .succeeded
        old.endedAt = try at("2026-10-01T00:00:00Z")
        let bench = try Bench(catalog: MemoryJobCatalog(runs: [old]))
        let runner = bench.runner([])
        try await bench.whileRunning(runner) { _ in
            bench.clock.advance(bySeconds: 60)
            await bench.clock.untilSleeping(until: try at("2026-11-22T13:32:00Z"))
        }
        #expect(bench.catalog.runs.isEmpty)
    }

    @Test("A runner that cannot read the past does not start")
    func unavailable() async throws {
        let bench = try Bench()
        bench.catalog.setUnavailable(true)
        let runner = bench.runner([])
        let error = await #expect(throws: JobError.self) { try await runner.run() }
        #expect(error?.code == .catalog)
        #expect(error?.message.contains("the disk is gone") == true)
    }
}
