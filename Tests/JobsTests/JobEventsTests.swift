import Inventory
import Testing

@testable import Jobs

struct JobEventsTests {
    let run: JobRun

    init() throws {
        run = JobRun(job: "all", trigger: .manual, scheduledAt: try at("2026-11-22T13:30:00Z"))
    }

    @Test("A slow watcher loses the oldest updates and keeps the newest")
    func slowWatcher() async {
        let events = JobEvents()
        let updates = events.updates()
        for done in 1...500 {
            var update = run
            update.done = done
            events.publish(update)
        }
        events.finish()
        var seen: [Int] = []
        for await update in updates { seen.append(update.done) }
        #expect(seen == Array(437...500))
    }

    @Test("Watching one run shows only that run and ends with it")
    func oneRun() async {
        let events = JobEvents()
        let updates = events.updates(of: run.id)
        events.publish(JobRun(job: "other", trigger: .manual, scheduledAt: run.scheduledAt))
        var ended = run
        ended.state = .failed
        events.publish(run)
        events.publish(ended)
        var seen: [JobState] = []
        for await update in updates { seen.append(update.state) }
        #expect(seen == [.queued, .failed])
    }

    @Test("Watchers beyond the limit get a stream that ends at once")
    func limit() async {
        let events = JobEvents()
        let watchers = (0..<JobEvents.watchersMax).map { _ in events.updates() }
        var count = 0
        for await _ in events.updates() { count += 1 }
        #expect(count == 0)
        #expect(watchers.count == JobEvents.watchersMax)
        events.finish()
    }
}
