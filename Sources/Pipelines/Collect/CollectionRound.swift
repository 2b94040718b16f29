/// Polls of devices at once that are waited for.
struct CollectionRound: Sendable {
    /// Keys of devices that did not end yet.
    var pending: Set<UInt64>
    let ended: AsyncStream<Void>.Continuation
    private(set) var cycle = CollectionCycle()
    /// Keys of devices whose poll failed.
    private(set) var failed: Set<UInt64> = []
    /// Keys of devices whose readings were held back.
    private(set) var held: Set<UInt64> = []
    private var first: UInt64?
    private var last: UInt64 = 0

    init(pending: Set<UInt64>, ended: AsyncStream<Void>.Continuation) {
        self.pending = pending
        self.ended = ended
        cycle.devices = pending.count
    }

    /// A poll of a device ended.
    mutating func ended(_ key: UInt64, from: UInt64, to: UInt64, _ result: PollConsequences, isFailed: Bool) {
        guard pending.remove(key) != nil else { return }
        first = min(first ?? from, from)
        last = max(last, to)
        cycle.seconds = Double(last - (first ?? last)) / 1000
        cycle.interfaces += result.readings.count
        cycle.readings += result.readings.count
        cycle.dataPoints += result.dataPoints
        if result.heldBack > 0 { held.insert(key) }
        guard isFailed else { return }
        cycle.failedPolls += 1
        failed.insert(key)
    }
}
