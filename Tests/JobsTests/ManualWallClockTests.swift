import Inventory
import Jobs
import Testing

@Suite struct ManualWallClockTests {
    @Test("Who waits for a sleeper that never comes is let go when cancelled", .timeLimit(.minutes(5)))
    func cancelledWatcher() async {
        let clock = ManualWallClock(now: Timestamp(seconds: 1_800_000_000))
        let waiting = Task { await clock.untilSleeping(count: 1) }
        waiting.cancel()
        await waiting.value
        let early = Task { await clock.untilSleeping(until: clock.now.advanced(bySeconds: 1)) }
        await Task.yield()
        early.cancel()
        await early.value
    }
}
