/// The part of a subscription that one I/O thread carries out.
final class PollGroup: @unchecked Sendable {
    // Proof for `@unchecked Sendable`: it is made by the caller, handed over, and from then on used by that one
    // thread.
    let id: UInt64
    let request: TableRequest
    let knowledgeKey: UInt64
    let intervalMilliseconds: UInt32
    let receiver: any PollReceiver
    /// The places of the devices in the loop's schedule, by key.
    var places: [UInt64: Int32] = [:]
    /// Devices, those included that end when their poll does.
    var deviceCount = 0
    /// Nothing is reported any more.
    private(set) var isClosed = false
    private static let spareMax = 512
    /// The most memory a poll that is kept may hold: those of large devices give theirs back.
    private static let spareOctetsMax = 256 << 10
    /// Polls to be used again, with the memory of their tables.
    private var spare: [ScheduledPoll] = []

    init(id: UInt64, _ request: TableRequest, _ intervalMilliseconds: UInt32, _ receiver: any PollReceiver) {
        self.id = id
        self.request = request
        self.intervalMilliseconds = intervalMilliseconds
        self.receiver = receiver
        knowledgeKey = request.knowledgeKey
    }

    /// A poll that is not in use, nil if there is none.
    func takeSpare() -> ScheduledPoll? { spare.popLast() }

    /// Takes back a poll that is in no queue any more; keeps as many as answering devices have under way at one time.
    func recycle(_ poll: ScheduledPoll) {
        guard !isClosed, spare.count < Self.spareMax, poll.storedOctets <= Self.spareOctetsMax else { return }
        spare.append(poll)
    }

    func close() {
        isClosed = true
        // They hold the group.
        spare = []
    }
}
