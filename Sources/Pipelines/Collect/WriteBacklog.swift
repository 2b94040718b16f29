import Inventory
import Series

/// Readings that are not stored yet, in the order they were taken; pure.
///
/// Bounded: where the store takes nothing for too long, the oldest are dropped and counted.
struct WriteBacklog: Sendable {
    /// Readings of one call.
    static let batchMax = 8192
    /// The longest pause after failures in a row, seconds.
    static let pauseSecondsMax = 60.0

    private let readingsMax: Int
    private var waiting: [SeriesReading] = []
    /// Readings at the beginning of `waiting` that are done with.
    private var done = 0
    private var pauseSeconds = 0.0
    private var retryAt: Timestamp?
    /// Readings dropped.
    private(set) var dropped = 0
    /// Why the store takes nothing; nil where it does.
    private(set) var fault: String?

    init(readingsMax: Int) {
        self.readingsMax = readingsMax
    }

    /// Readings that wait.
    var count: Int { waiting.count - done }

    /// When the oldest of them was taken.
    var oldest: Timestamp? { count > 0 ? waiting[done].reading.at : nil }

    mutating func add(_ readings: [SeriesReading]) {
        if count == 0 {
            waiting = readings
            done = 0
        } else {
            waiting.removeSubrange(..<done)
            done = 0
            waiting.append(contentsOf: readings)
        }
        guard count > readingsMax else { return }
        dropped += count - readingsMax
        done = waiting.count - readingsMax
    }

    /// The next readings to store; nil where there are none, or a pause is on.
    func next(at now: Timestamp) -> [SeriesReading]? {
        guard count > 0 else { return nil }
        if let retryAt, now < retryAt, now > retryAt.advanced(bySeconds: -Self.pauseSecondsMax - 1) { return nil }
        return Array(waiting[done..<min(done + Self.batchMax, waiting.count)])
    }

    /// A time at which no pause is on.
    func retryTime(_ now: Timestamp) -> Timestamp { retryAt ?? now }

    /// The store took a batch; true where it took nothing before.
    mutating func stored(_ count: Int) -> Bool {
        done += count
        if done == waiting.count {
            waiting = []
            done = 0
        }
        pauseSeconds = 0
        retryAt = nil
        defer { fault = nil }
        return fault != nil
    }

    /// The store took nothing, or it is not known: the same readings come next, after a pause that doubles.
    ///
    /// - Returns: Whether this is the first failure in a row.
    mutating func failed(_ error: SeriesError, at now: Timestamp) -> Bool {
        pauseSeconds = min(max(1, pauseSeconds * 2), Self.pauseSecondsMax)
        retryAt = now.advanced(bySeconds: pauseSeconds)
        defer { fault = error.message }
        return fault == nil
    }
}
