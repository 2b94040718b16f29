import Inventory
import Jobs
import Logging
import Series
import Synchronization

/// Hands readings to the time-series store in the order they were taken, whatever the store does.
final class SeriesWriter: Sendable {
    struct Standing: Sendable {
        var buffered = 0
        var dropped = 0
        var stored = 0
        var refused = 0
        var oldest: Timestamp?
        var fault: String?
    }

    private struct State {
        var backlog: WriteBacklog
        var stored = 0
        var refused = 0
        var maintenanceFault: String?
    }

    private let series: any SeriesStore
    private let clock: any WallClock
    private let logger: Logger
    private let state: Mutex<State>

    init(_ series: any SeriesStore, readingsMax: Int, clock: any WallClock, logger: Logger) {
        self.series = series
        self.clock = clock
        self.logger = logger
        state = Mutex(State(backlog: WriteBacklog(readingsMax: readingsMax)))
    }

    var standing: Standing {
        state.withLock { state in
            Standing(
                buffered: state.backlog.count, dropped: state.backlog.dropped, stored: state.stored,
                refused: state.refused, oldest: state.backlog.oldest, fault: state.backlog.fault)
        }
    }

    /// Adds readings, and stores what waits unless a pause is on; one call at a time.
    func write(_ readings: [SeriesReading]) async {
        if !readings.isEmpty { state.withLock { $0.backlog.add(readings) } }
        while let batch = state.withLock({ $0.backlog.next(at: clock.now) }) {
            do throws(SeriesError) {
                stored(batch.count, try await series.append(batch))
            } catch {
                return failed(error)
            }
        }
    }

    /// Stores what waits before the end: each failure is followed by another attempt at once, three at most.
    func writeLast(_ readings: [SeriesReading]) async {
        await write(readings)
        for _ in 0..<2 where standing.buffered > 0 {
            guard let batch = state.withLock({ $0.backlog.next(at: $0.backlog.retryTime(clock.now)) }) else { break }
            do throws(SeriesError) {
                stored(batch.count, try await series.append(batch))
                await write([])
            } catch {
                failed(error)
            }
        }
        let lost = standing.buffered
        if lost > 0 { logger.error("\(Wording.count(lost, "reading")) could not be stored and are lost") }
    }

    private func stored(_ count: Int, _ outcome: AppendOutcome) {
        let (isNews, dropped) = state.withLock { state in
            state.stored += outcome.accepted
            state.refused += outcome.outOfOrder + outcome.outOfRange
            return (state.backlog.stored(count), state.backlog.dropped)
        }
        guard isNews else { return }
        let loss = dropped == 0 ? "nothing was lost" : "\(Wording.count(dropped, "reading")) were dropped so far"
        logger.notice("the time-series store takes readings again; \(loss)")
    }

    private func failed(_ error: SeriesError) {
        let isFirst = state.withLock { $0.backlog.failed(error, at: clock.now) }
        guard isFirst else { return }
        logger.error("readings cannot be stored and are kept in memory meanwhile: \(error)")
    }

    /// Lets the store do what is due, every few seconds, until the task is cancelled.
    func maintain() async {
        while !Task.isCancelled {
            var isMoreDue = false
            do throws(SeriesError) {
                isMoreDue = try await series.maintain(now: clock.now).isMoreDue
                state.withLock { $0.maintenanceFault = nil }
            } catch {
                tellMaintenance(error)
            }
            let seconds = isMoreDue ? Self.busyPauseSeconds : Self.maintenanceSeconds
            guard (try? await clock.sleep(seconds: seconds)) != nil else { return }
        }
    }

    private static let maintenanceSeconds = 5.0
    private static let busyPauseSeconds = 0.02

    private func tellMaintenance(_ error: SeriesError) {
        guard error.code != .cancelled else { return }
        let isNews = state.withLock { state in
            defer { state.maintenanceFault = error.message }
            return state.maintenanceFault != error.message
        }
        if isNews { logger.error("the time-series store cannot be kept in order: \(error)") }
    }
}
