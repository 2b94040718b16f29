import Inventory
import Traffic

/// A poll that is missing among what was stored.
struct MissedPoll: Hashable {
    var device: DeviceID
    var askedAt: Timestamp
    var at: Timestamp
    /// Whether it is one too many: the device counts as silent.
    var isSilent: Bool
}

/// When devices were read, and which polls are missing: what the past tells of devices that did not answer.
///
/// Where nothing of any device was read for longer than an interval, nobody polled, or nothing could be reached: what
/// is missing then proves nothing.
struct ReplayPolls {
    /// Polls in a row after which a device counts as silent, as it does live.
    static let missesMax = 3

    private struct Standing {
        var device: DeviceID
        /// The last reading, or the last poll that nobody made.
        var since: Timestamp
        var interval: Double
        var misses = 0
    }

    private let law: RateLaw
    private var places: [DeviceID: Int] = [:]
    private var standings: [Standing] = []
    private var lastRead: Timestamp?
    private var pauses: [Range<Timestamp>] = []
    /// When the next poll is missing at the earliest; nil while no device was read.
    private(set) var nextDue: Timestamp?

    init(law: RateLaw) { self.law = law }

    /// Seconds after which a poll that was due is missing.
    private func limit(_ interval: Double) -> Double {
        interval + law.gapSlackSeconds + law.gapSlackShare * interval
    }

    /// Until when a device is read again where nothing is amiss, and whether a poll before that is missing.
    ///
    /// Nil where it was never read.
    func next(of device: DeviceID) -> (until: Timestamp, isLate: Bool)? {
        places[device].map { place in
            let one = standings[place]
            return (one.since.advanced(bySeconds: limit(one.interval)), one.misses > 0)
        }
    }

    /// Times until `end` in which nothing at all was read.
    func pauses(until end: Timestamp) -> [Range<Timestamp>] {
        guard let last = lastRead, let longest = standings.map(\.interval).max(),
            end.secondsSince(last) > limit(longest)
        else { return pauses }
        return pauses + [last..<end]
    }

    mutating func read(_ device: DeviceID, at time: Timestamp, intervalSeconds: UInt16) {
        let interval = Double(max(1, intervalSeconds))
        if let last = lastRead, time.secondsSince(last) > limit(interval) { pauses.append(last..<time) }
        lastRead = max(lastRead ?? time, time)
        if let place = places[device] {
            standings[place].since = max(standings[place].since, time)
            (standings[place].interval, standings[place].misses) = (interval, 0)
            return
        }
        places[device] = standings.count
        standings.append(Standing(device: device, since: time, interval: interval))
        let due = time.advanced(bySeconds: limit(interval))
        nextDue = min(nextDue ?? due, due)
    }

    /// The polls that are missing by a time, in the order in which they would have been made.
    mutating func missed(by now: Timestamp) -> [MissedPoll] {
        var found: [MissedPoll] = []
        var next: Timestamp?
        for place in standings.indices {
            while standings[place].since.advanced(bySeconds: limit(standings[place].interval)) <= now {
                if let missed = miss(place) { found.append(missed) }
            }
            let due = standings[place].since.advanced(bySeconds: limit(standings[place].interval))
            next = min(next ?? due, due)
        }
        nextDue = next
        return found.sorted { ($0.at, $0.device) < ($1.at, $1.device) }
    }

    private mutating func miss(_ place: Int) -> MissedPoll? {
        let (device, interval) = (standings[place].device, standings[place].interval)
        let asked = standings[place].since.advanced(bySeconds: interval)
        let due = standings[place].since.advanced(bySeconds: limit(interval))
        standings[place].since = asked
        guard let last = lastRead, due.secondsSince(last) <= limit(interval) else { return nil }
        standings[place].misses += 1
        return MissedPoll(
            device: device, askedAt: asked, at: due, isSilent: standings[place].misses >= Self.missesMax)
    }
}

/// When devices will be read, as far as that is known: whether one would have answered when it was asked.
struct ReplayForesight {
    private var times: [DeviceID: [Timestamp]] = [:]
    private var end: Timestamp?

    /// Nothing is known.
    init() {}

    /// What is to come; ascending by time.
    init(_ facts: [AlertReplayFact], device: (InterfaceID) -> DeviceID?) {
        for fact in facts {
            switch fact {
            case .reading(let id, let reading):
                guard let device = device(id), times[device]?.last != reading.at else { continue }
                times[device, default: []].append(reading.at)
            case .heard(let device, let time): times[device, default: []].append(time)
            default: continue
            }
        }
        end = facts.last?.at
    }

    /// Whether a device is read after a time, and by another one; nil where that is not known.
    func isRead(_ device: DeviceID, after now: Timestamp, by until: Timestamp) -> Bool? {
        if let known = times[device], let next = Self.next(known, after: now) { return next <= until }
        return end.map { $0 >= until } == true ? false : nil
    }

    private static func next(_ times: [Timestamp], after now: Timestamp) -> Timestamp? {
        var (low, high) = (0, times.count)
        while low < high {
            let middle = (low + high) / 2
            if times[middle] > now { high = middle } else { low = middle + 1 }
        }
        return low < times.count ? times[low] : nil
    }
}
