import Inventory
import Jobs
import Pipelines
import Series
import Testing

@testable import Server

@Suite struct SystemLookTests {
    @Test func theRoomOfADiskIsAShareOfIt() throws {
        let free = try #require(SystemLook.freePercent("/"))
        #expect((0...100).contains(free))
        #expect(SystemLook.freePercent("/nowhere/at/all") == nil)
    }

    @Test func aStoreThatFailsOrLosesIsInTrouble() {
        var store = SeriesStatistics(kind: "embedded")
        var collection = CollectionStatistics()
        #expect(SystemLook.seriesTrouble(store, collection) == nil)
        (collection.storeFault, collection.buffered) = ("it takes none", 12)
        #expect(SystemLook.seriesTrouble(store, collection) == "12 readings wait for it: it takes none")
        store.state = .degraded("3 damaged blocks")
        #expect(SystemLook.seriesTrouble(store, collection) == "3 damaged blocks")
        store.state = .failing("disk full")
        #expect(SystemLook.seriesTrouble(store, collection) == "disk full")
    }
}

@Suite struct JobStandingTests {
    private static let noon = Timestamp(seconds: 1_795_348_800)

    private func run(_ state: JobState, minutesAgo minutes: Double) -> JobRun {
        let at = Self.noon.advanced(bySeconds: -60 * minutes)
        var run = JobRun(job: "collect-interface-metrics", trigger: .schedule, scheduledAt: at)
        (run.state, run.startedAt) = (state, at)
        if state.isFinal { run.endedAt = at.advanced(bySeconds: 1) }
        run.message = state == .failed ? "no device answered" : nil
        return run
    }

    private func trouble(_ runs: [JobRun], startedMinutesAgo: Double = 600, every seconds: Int = 300) -> String? {
        let standing = JobStanding(since: Self.noon.advanced(bySeconds: -60 * startedMinutesAgo), zone: .utc)
        return standing.trouble(of: .every(seconds: seconds), runs, at: Self.noon)
    }

    @Test func aJobThatEndsIsInNoTrouble() {
        #expect(trouble([run(.succeeded, minutesAgo: 5)]) == nil)
        #expect(trouble([run(.partial, minutesAgo: 5), run(.failed, minutesAgo: 10)]) == nil)
        #expect(trouble([run(.running, minutesAgo: 5), run(.succeeded, minutesAgo: 10)]) == nil)
    }

    @Test func aJobThatFailedStaysInTroubleUntilItSucceeds() {
        let failed = run(.failed, minutesAgo: 10)
        #expect(trouble([run(.running, minutesAgo: 5), failed])?.contains("no device answered") == true)
        #expect(trouble([run(.succeeded, minutesAgo: 5), failed]) == nil)
    }

    @Test func aJobIsOverdueWhenItIsLateByItsIntervalAndTenMinutes() {
        #expect(trouble([run(.succeeded, minutesAgo: 15)]) == nil)
        #expect(trouble([run(.succeeded, minutesAgo: 20)])?.contains("has not run since") == true)
        #expect(trouble([run(.running, minutesAgo: 20)])?.contains("at work since") == true)
        #expect(trouble([run(.succeeded, minutesAgo: 119)], every: 3_600) == nil)
        #expect(trouble([run(.succeeded, minutesAgo: 190)], every: 3_600) != nil)
    }

    @Test func whatWasDueWhileTheProcessWasDownIsNotLateAtItsStart() {
        #expect(trouble([run(.succeeded, minutesAgo: 3_000)], startedMinutesAgo: 9) == nil)
        #expect(trouble([run(.succeeded, minutesAgo: 3_000)], startedMinutesAgo: 11) != nil)
        #expect(trouble([], startedMinutesAgo: 9) == nil)
        #expect(trouble([], startedMinutesAgo: 30)?.contains("has not run") == true)
    }

    @Test func aJobWithoutAScheduleIsNeverLate() {
        let standing = JobStanding(since: Self.noon, zone: .utc)
        #expect(standing.trouble(of: nil, [run(.failed, minutesAgo: 900)], at: Self.noon) == nil)
    }
}
