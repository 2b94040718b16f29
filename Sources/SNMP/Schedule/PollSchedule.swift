/// When each device of the recurring polls is due, and what was missed.
///
/// Pure: times in milliseconds of the engine's clock. A device is due once in each interval, at its own phase, counted
/// from the clock's zero: late polls do not shift the later ones. One that is still under way when it is due again is not
/// polled twice at once; that it was missed is counted, and told by the next poll's outcome.
struct PollSchedule: ~Copyable, Sendable {
    /// Coarse: the devices of one tick are sent to together, in few system calls.
    static let tickMilliseconds: UInt64 = 32

    /// Where a device stands.
    enum Phase: UInt8, Hashable, Sendable {
        /// Free to be used for another device.
        case vacant
        /// Waits for its time.
        case idle
        /// Its time came, and it was not started yet.
        case due
        /// Being polled.
        case underWay
    }

    /// One device of one subscription.
    struct Device: Hashable, Sendable {
        let key: UInt64
        /// The subscription's place among the loop's.
        let group: Int32
        /// The agent's number.
        let agent: Int32
        /// The place of what its target has in common with others.
        let profile: Int32
        let intervalMilliseconds: UInt32
        /// When it is due next; while it is due or under way, the time after this poll's.
        fileprivate(set) var nextAt: UInt64 = 0
        /// When the poll that is due or under way was due.
        fileprivate(set) var dueAt: UInt64 = 0
        /// Intervals without a poll since the last one began.
        fileprivate(set) var missed: UInt32 = 0
        fileprivate(set) var phase = Phase.idle
        /// Ends as soon as nothing of it is under way.
        fileprivate(set) var isRemoved = false
        /// Asked for by `pollNow`: polled in full, whatever the breaker says.
        fileprivate(set) var isAskedFor = false
        /// Silence is the subscription's and the credential's, not the address's: another may be answered.
        fileprivate(set) var breaker = PollBreaker()
        /// The place of the next device with the same agent; negative for none.
        fileprivate(set) var nextOfAgent: Int32 = -1

        init(key: UInt64, group: Int, agent: Int, profile: Int, intervalMilliseconds: UInt32) {
            self.key = key
            self.group = Int32(group)
            self.agent = Int32(agent)
            self.profile = Int32(profile)
            self.intervalMilliseconds = intervalMilliseconds
        }
    }

    private var devices: [Device] = []
    private var free: [Int32] = []
    private var wheel: TimerWheel
    private var fired: [Int] = []
    /// Places of devices that are due and not started, the longest waiting first.
    private var queue: [Int32] = []
    private var queueHead = 0

    init(now: UInt64) { wheel = TimerWheel(capacity: 0, now: now, tickMilliseconds: Self.tickMilliseconds) }

    /// Devices, those included that end when their poll does.
    var count: Int { devices.count - free.count }

    subscript(place: Int) -> Device { devices[place] }

    /// Whether the device of a place ends with its poll.
    func isRemoved(_ place: Int) -> Bool { devices[place].isRemoved }

    /// The device of each place in use.
    var places: [Int] { devices.indices.filter { devices[$0].phase != .vacant } }

    /// A phase that spreads the devices evenly over the interval, and is the same after each start.
    static func phase(of address: TransportAddress, intervalMilliseconds: UInt32) -> UInt32 {
        UInt32(((address.stableHash >> 32) * UInt64(intervalMilliseconds)) >> 32)
    }

    /// Adds a device; returns its place.
    mutating func add(_ device: Device, phase: UInt32, now: UInt64) -> Int {
        let place: Int
        if let vacant = free.popLast() {
            place = Int(vacant)
            devices[place] = device
        } else {
            place = devices.count
            devices.append(device)
            if place >= wheel.capacity { wheel.grow(to: max(64, place * 2)) }
        }
        let interval = UInt64(device.intervalMilliseconds)
        let phase = UInt64(phase) % interval
        let turn = now - now % interval + phase
        devices[place].nextAt = turn >= now ? turn : turn + interval
        wheel.schedule(place, at: devices[place].nextAt)
        return place
    }

    /// Takes a device out: at once, or when what is under way has ended.
    ///
    /// Returns whether its place is vacant now.
    mutating func remove(_ place: Int) -> Bool {
        wheel.cancel(place)
        devices[place].isRemoved = true
        guard devices[place].phase == .idle else { return false }
        vacate(place)
        return true
    }

    private mutating func vacate(_ place: Int) {
        devices[place].phase = .vacant
        free.append(Int32(place))
    }

    /// Asks for a poll at once, beside the regular ones; one that is under way or due already counts as that.
    mutating func pollNow(_ place: Int, now: UInt64) {
        guard devices[place].phase == .idle, !followsOneUnderWay(place) else { return }
        devices[place].isAskedFor = true
        devices[place].dueAt = now
        enqueue(place)
    }

    /// Whether the device was added again while its poll was under way, and that poll has not ended.
    private func followsOneUnderWay(_ place: Int) -> Bool {
        // A device stands before those of its agent that were added earlier.
        var earlier = devices[place].nextOfAgent
        while earlier >= 0 {
            let other = devices[Int(earlier)]
            if other.isRemoved, other.phase == .underWay, other.key == devices[place].key,
                other.group == devices[place].group
            {
                return true
            }
            earlier = other.nextOfAgent
        }
        return false
    }

    private mutating func enqueue(_ place: Int) {
        devices[place].phase = .due
        queue.append(Int32(place))
    }

    /// Time went by: what is due now waits to be started.
    ///
    /// Each device whose time it is and which is idle is offered to `skips`; where that says so, it is passed over once
    /// more. Returns how many were not polled because they were still under way, and how many were passed over.
    mutating func advance(to now: UInt64, skips: (Device) -> Bool) -> (missed: Int, skipped: Int) {
        fired.removeAll(keepingCapacity: true)
        wheel.advance(to: now, fired: &fired)
        var (missed, skipped) = (0, 0)
        for place in fired {
            let dueAt = devices[place].nextAt
            let interval = UInt64(devices[place].intervalMilliseconds)
            // After a standstill of the whole process all the times that went by are missed, but for the last.
            let behind = (max(now, dueAt) - dueAt) / interval
            devices[place].nextAt = dueAt + (behind + 1) * interval
            devices[place].missed &+= UInt32(truncatingIfNeeded: behind)
            missed += Int(behind)
            wheel.schedule(place, at: devices[place].nextAt)
            if devices[place].phase != .idle || followsOneUnderWay(place) {
                devices[place].missed &+= 1
                missed += 1
            } else if skips(devices[place]) {
                devices[place].missed &+= 1
                skipped += 1
            } else {
                devices[place].dueAt = dueAt + behind * interval
                enqueue(place)
            }
        }
        return (missed, skipped)
    }

    /// The device that waits longest to be started, nil if none does.
    mutating func nextDue() -> Int? {
        guard queueHead < queue.count else { return nil }
        let place = Int(queue[queueHead])
        queueHead += 1
        if queueHead == queue.count {
            queue.removeAll(keepingCapacity: true)
            queueHead = 0
        } else if queueHead > 8192 {
            queue.removeFirst(queueHead)
            queueHead = 0
        }
        return place
    }

    var hasDue: Bool { queueHead < queue.count }

    /// How long the device that waits longest to be started is overdue; 0 if none waits.
    func oldestOverdueMilliseconds(at now: UInt64) -> UInt64 {
        guard queueHead < queue.count else { return 0 }
        let dueAt = devices[Int(queue[queueHead])].dueAt
        return now - min(now, dueAt)
    }

    /// A device's poll begins; returns what was missed before it.
    mutating func started(_ place: Int) -> UInt32 {
        devices[place].phase = .underWay
        defer { devices[place].missed = 0 }
        return devices[place].missed
    }

    /// A device's poll ended, or was not begun.
    ///
    /// Returns whether its place is vacant now, since it had been removed.
    mutating func ended(_ place: Int) -> Bool {
        devices[place].phase = .idle
        devices[place].isAskedFor = false
        guard devices[place].isRemoved else { return false }
        vacate(place)
        return true
    }

    /// A device's poll or probe ended without any answer.
    mutating func pollFailed(_ place: Int, due: UInt64) {
        devices[place].breaker.pollFailed(due: due, interval: devices[place].intervalMilliseconds)
    }

    /// What answers to this device's polls answered.
    mutating func answered(_ place: Int) { devices[place].breaker.answered() }

    /// Makes a device the next one after another, among those with the same agent.
    mutating func link(_ place: Int, next: Int32) { devices[place].nextOfAgent = next }

    /// How long nothing can become due; nil if there is no device.
    func millisecondsToNext(from now: UInt64) -> UInt64? { wheel.millisecondsToNext(from: now) }
}
