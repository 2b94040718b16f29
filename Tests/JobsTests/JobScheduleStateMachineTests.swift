import Inventory
import Testing

@testable import Jobs

struct JobScheduleStateMachineTests {
    typealias Action = JobScheduleStateMachine.Action

    static func job(_ name: String, _ schedule: Schedule?, rank: Int? = nil) -> JobDefinition {
        JobDefinition(name: name, schedule: schedule, firstStartRank: rank) { _ in JobOutcome(.succeeded) }
    }

    static let discover = job("discover", .hourly(minute: 0), rank: 0)
    static let collect = job("collect", .every(seconds: 300), rank: 10)
    static let summarise = job("summarise", .every(seconds: 900), rank: 10)
    static let topology = job("topology", .daily(hour: 5, minute: 0), rank: 20)
    static let cleanUp = job("cleanup", .daily(hour: 4, minute: 0))

    let start: Timestamp

    init() throws {
        start = try at("2026-11-22T13:30:00Z")
    }

    func machine(_ jobs: [JobDefinition], activeRunsMax: Int = 10) -> JobScheduleStateMachine {
        JobScheduleStateMachine(definitions: jobs, zone: .utc, retrySeconds: 5, activeRunsMax: activeRunsMax)
    }

    func started(_ actions: [Action]) -> [JobRun] {
        actions.compactMap { if case .startRun(let run) = $0 { run } else { nil } }
    }

    func timers(_ actions: [Action]) -> [String] {
        actions.compactMap { if case .scheduleTimer(let moment) = $0 { moment.description } else { nil } }
    }

    func past(_ job: String, _ scheduled: String, state: JobState = .succeeded) throws -> JobRun {
        var run = JobRun(job: job, trigger: .schedule, scheduledAt: try at(scheduled))
        run.startedAt = run.scheduledAt
        run.state = state
        return run
    }

    @Test("At the very first start jobs run rank by rank, each rank after the one before has ended")
    func firstStart() {
        var machine = machine([Self.topology, Self.collect, Self.cleanUp, Self.summarise, Self.discover])
        let first = machine.started(at: start, lastCounted: [:])
        #expect(started(first).map(\.job) == ["discover"])
        #expect(started(first).map(\.trigger) == [.startup])
        #expect(timers(first) == ["2026-11-22T13:35:00.000Z"])
        let second = machine.runEnded(started(first)[0], at: start)
        #expect(started(second).map(\.job) == ["collect", "summarise"])
        #expect(started(machine.runEnded(started(second)[0], at: start)).isEmpty)
        #expect(started(machine.runEnded(started(second)[1], at: start)).map(\.job) == ["topology"])
    }

    @Test("A job that waits its turn at start is not started by its schedule as well")
    func waitingIsNotStartedTwice() {
        var machine = machine([Self.discover, Self.collect])
        let first = started(machine.started(at: start, lastCounted: [:]))
        let later = start.advanced(bySeconds: 300)
        #expect(started(machine.timerFired(at: later)).isEmpty)
        #expect(started(machine.runEnded(first[0], at: later)).map(\.job) == ["collect"])
    }

    @Test("Only what was due while the process was away runs at start, once, for the first time missed")
    func catchUp() throws {
        var machine = machine([Self.discover, Self.collect, Self.topology, Self.cleanUp])
        let actions = machine.started(
            at: start,
            lastCounted: [
                "discover": try past("discover", "2026-11-22T09:00:00Z"),
                "collect": try past("collect", "2026-11-22T13:30:00Z"),
                "topology": try past("topology", "2026-11-22T05:00:00Z", state: .failed),
                "cleanup": try past("cleanup", "2026-11-20T04:00:00Z"),
            ])
        let runs = started(actions)
        #expect(runs.map(\.job) == ["discover"])
        #expect(runs[0].scheduledAt == (try at("2026-11-22T10:00:00Z")))
        #expect(started(machine.runEnded(runs[0], at: start)).map(\.job) == ["cleanup"])
    }

    @Test("A manual run counts for the time it was made at")
    func manualRunCounts() throws {
        var manual = JobRun(job: "discover", trigger: .manual, scheduledAt: try at("2026-11-22T13:05:00Z"))
        manual.state = .partial
        var machine = machine([Self.discover])
        #expect(started(machine.started(at: start, lastCounted: ["discover": manual])).isEmpty)
    }

    @Test("A job that is due again while it runs is left out, and said so")
    func noOverlap() throws {
        var machine = machine([Self.job("collect", .every(seconds: 300))])
        _ = machine.started(at: start, lastCounted: [:])
        let due = start.advanced(bySeconds: 300)
        let run = started(machine.timerFired(at: due))[0]
        #expect(run.scheduledAt == due)
        #expect(run.trigger == .schedule)
        let again = machine.timerFired(at: due.advanced(bySeconds: 300))
        #expect(
            again.first
                == .reportSkipped(job: "collect", due: due.advanced(bySeconds: 300), active: run))
        _ = machine.runEnded(run, at: due.advanced(bySeconds: 400))
        #expect(started(machine.timerFired(at: due.advanced(bySeconds: 600))).count == 1)
    }

    @Test("After a long sleep of the machine a job runs once, not once for each time missed")
    func suspended() throws {
        var machine = machine([Self.job("collect", .every(seconds: 300))])
        _ = machine.started(at: start, lastCounted: [:])
        let actions = machine.timerFired(at: start.advanced(bySeconds: 7000))
        #expect(started(actions).count == 1)
        #expect(timers(actions) == [start.advanced(bySeconds: 7200).description])
    }

    @Test("A due run whose lock another process holds is tried again, for the newest due time")
    func blocked() throws {
        var machine = machine([Self.job("collect", .every(seconds: 300))])
        _ = machine.started(at: start, lastCounted: [:])
        let due = start.advanced(bySeconds: 300)
        let run = started(machine.timerFired(at: due))[0]
        #expect(timers(machine.lockRefused(run, at: due)) == [due.advanced(bySeconds: 5).description])
        let retried = started(machine.timerFired(at: due.advanced(bySeconds: 5)))
        #expect(retried.map(\.id) == [run.id])
        _ = machine.lockRefused(run, at: due.advanced(bySeconds: 296))
        #expect(started(machine.timerFired(at: due.advanced(bySeconds: 300))).isEmpty)
        let last = started(machine.timerFired(at: due.advanced(bySeconds: 301)))
        #expect(last.map(\.scheduledAt) == [due.advanced(bySeconds: 300)])
    }

    @Test("A request is answered with the run that is active, or refused beyond the limit and when stopping")
    func requests() {
        var machine = machine([Self.discover], activeRunsMax: 2)
        let request = JobRun(job: "device", subject: "a", trigger: .manual, scheduledAt: start)
        #expect(machine.manualRequested(request) == .notRunning)
        _ = machine.started(at: start, lastCounted: [:])
        #expect(machine.manualRequested(request) == .start)
        #expect(machine.manualRequested(request) == .alreadyActive(request))
        let other = JobRun(job: "device", subject: "b", trigger: .manual, scheduledAt: start)
        #expect(machine.manualRequested(other) == .tooMany)
        _ = machine.runEnded(request, at: start)
        #expect(machine.manualRequested(other) == .start)
        #expect(machine.cancelRequested(other.id) == [.cancelRun(other.id)])
        #expect(machine.cancelRequested(request.id) == [])
        #expect(machine.stopRequested().contains(.cancelRun(other.id)))
        #expect(machine.manualRequested(request) == .notRunning)
        #expect(machine.timerFired(at: start.advanced(bySeconds: 86_400)) == [])
    }

    @Test("A due run is dropped where another process did it meanwhile")
    func dueness() throws {
        let dueness = JobDueness(schedule: .hourly(minute: 0), firstStartRank: 0, zone: .utc)
        let due = try past("discover", "2026-11-22T13:00:00Z")
        #expect(dueness.isStillDue(due, lastCounted: nil, now: start))
        #expect(dueness.isStillDue(due, lastCounted: try past("discover", "2026-11-22T12:59:59Z"), now: start))
        #expect(!dueness.isStillDue(due, lastCounted: try past("discover", "2026-11-22T13:00:00Z"), now: start))
        var atStart = due
        atStart.trigger = .startup
        #expect(!dueness.isStillDue(atStart, lastCounted: try past("discover", "2026-11-22T13:10:00Z"), now: start))
        #expect(dueness.isStillDue(atStart, lastCounted: try past("discover", "2026-11-22T12:10:00Z"), now: start))
        #expect(dueness.isStillDue(atStart, lastCounted: nil, now: start))
    }
}
