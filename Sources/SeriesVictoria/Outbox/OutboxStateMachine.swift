/// What is to be sent, what may be forgotten, and what has to be dropped: pure, with the time as an argument.
///
/// A server has taken a batch when it answered 2xx and had not started anew before and after; it is safe there once the
/// server was seen alive for the settling time after that. Until then a restart brings the batch back. Times are
/// milliseconds of a clock that never steps.
struct OutboxStateMachine: Sendable {
    /// The bounds.
    struct Settings: Sendable {
        /// Octets of batches that are kept at most.
        var octetsMax: Int64
        /// How long the server must have been alive after it took a batch.
        var settleMilliseconds: Int64
        /// The pause after a first failure; doubled with each one that follows.
        var pauseMilliseconds: Int64 = 1000
        /// The longest pause.
        var pauseMillisecondsMax: Int64 = 60_000
        /// Of a time in which the server was not looked at, this much counts as alive: it may have been frozen.
        var quietMillisecondsMax: Int64 = 10_000
        /// How many times longer it takes to settle where the server does not say when it started.
        var unwatchedFactor: Int64 = 10
    }

    /// A batch on disk.
    struct Item: Sendable, Hashable {
        /// Its number; ascending.
        var sequence: Int64
        /// Its size on disk.
        var octets: Int64
        /// Readings in it.
        var readings: Int
        /// Whether a server took it before.
        var wasTaken = false
        /// The server's time alive when it took it.
        var takenAt: Int64 = 0
    }

    /// What only grows.
    struct Counts: Sendable, Hashable {
        var delivered: Int64 = 0
        var resent: Int64 = 0
        var dropped: Int64 = 0
        var restarts: Int64 = 0
        var ignoredRows: Int64 = 0
        var invalidRows: Int64 = 0
    }

    let settings: Settings
    private(set) var counts = Counts()
    /// Oldest first; the first `takenCount` are with the server and not safe there yet.
    private(set) var items: [Item] = []
    private(set) var takenCount = 0
    private(set) var octets: Int64 = 0
    private(set) var failures = 0
    private(set) var report: ServerReport?
    private var retryAt: Int64?
    private var aliveMilliseconds: Int64 = 0
    private var seenAt: Int64?

    init(_ settings: Settings) {
        self.settings = settings
    }

    /// Readings that wait to be sent.
    var waitingReadings: Int { items[takenCount...].reduce(0) { $0 + $1.readings } }
    /// Readings in all batches.
    var readings: Int { items.reduce(0) { $0 + $1.readings } }

    /// The batches that must go so that `octets` more find room, oldest first.
    func excess(adding octets: Int64) -> [Int64] {
        var over = self.octets + octets - settings.octetsMax
        return items.prefix { item in
            defer { over -= item.octets }
            return over > 0
        }.map(\.sequence)
    }

    /// A batch is on disk now.
    mutating func add(_ item: Item) {
        items.append(item)
        octets += item.octets
    }

    /// Batches were dropped for want of room; those that wait are lost, or may be where a server took them before.
    mutating func drop(_ sequences: [Int64]) {
        let gone = Set(sequences)
        for (index, item) in items.enumerated() where index >= takenCount && gone.contains(item.sequence) {
            counts.dropped += Int64(item.readings)
        }
        remove(sequences)
    }

    /// Batches are no longer on disk.
    mutating func remove(_ sequences: [Int64]) {
        let gone = Set(sequences)
        takenCount -= items[..<takenCount].count { gone.contains($0.sequence) }
        items.removeAll { gone.contains($0.sequence) }
        octets = items.reduce(0) { $0 + $1.octets }
    }

    /// A batch was written anew with fewer readings.
    mutating func resize(_ sequence: Int64, octets: Int64, readings: Int) {
        guard let index = items.firstIndex(where: { $0.sequence == sequence }) else { return }
        self.octets += octets - items[index].octets
        items[index].octets = octets
        items[index].readings = readings
    }

    /// Whether the server is to be tried at this time.
    func isDue(at now: Int64) -> Bool {
        retryAt.map { now >= $0 } ?? true
    }

    /// The next batches to send after one that was sent just now: as many as `readingsMax` allows, at least one.
    ///
    /// Batches may have been dropped since, so the last one sent is named and not how many were.
    func next(after sent: Int64?, readingsMax: Int) -> [Int64] {
        var room = readingsMax
        let rest = items[takenCount...].drop { item in sent.map { item.sequence <= $0 } ?? false }
        return rest.prefix { item in
            defer { room -= item.readings }
            return room >= item.readings || room == readingsMax
        }.map(\.sequence)
    }

    /// The server was looked at; true where it is not the one that was seen before.
    ///
    /// Everything it took and that is not safe yet is then to be sent again.
    @discardableResult
    mutating func observe(_ seen: ServerReport, at now: Int64) -> Bool {
        defer { (report, seenAt) = (seen, now) }
        if let seenAt { aliveMilliseconds += min(max(0, now - seenAt), settings.quietMillisecondsMax) }
        guard let before = report else { return false }
        if seen.startSeconds != before.startSeconds || seen.insertedRows < before.insertedRows {
            counts.restarts += 1
            takenCount = 0
            return true
        }
        counts.ignoredRows += max(0, seen.ignoredRows - before.ignoredRows)
        counts.invalidRows += max(0, seen.invalidRows - before.invalidRows)
        return false
    }

    /// The server took batches, and is the same as before; those are the first ones that wait.
    mutating func take(_ sequences: [Int64]) {
        let taken = Set(sequences)
        while takenCount < items.count, taken.contains(items[takenCount].sequence) {
            let readings = Int64(items[takenCount].readings)
            if items[takenCount].wasTaken { counts.resent += readings } else { counts.delivered += readings }
            items[takenCount].wasTaken = true
            items[takenCount].takenAt = aliveMilliseconds
            takenCount += 1
        }
    }

    /// The server did its part.
    mutating func succeed() {
        (failures, retryAt) = (0, nil)
    }

    /// The server did not answer or refused: it is left alone for a while, longer each time.
    mutating func fail(at now: Int64) {
        failures += 1
        let pause = settings.pauseMilliseconds << Int64(min(failures - 1, 20))
        retryAt = now + min(pause, settings.pauseMillisecondsMax)
    }

    /// The batches that are safe with the server, oldest first.
    func settled() -> [Int64] {
        let factor = report?.startSeconds == nil ? settings.unwatchedFactor : 1
        let due = aliveMilliseconds - settings.settleMilliseconds * factor
        return items[..<takenCount].prefix { $0.takenAt <= due }.map(\.sequence)
    }
}
