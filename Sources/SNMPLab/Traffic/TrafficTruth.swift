/// What a poll of one interface reads at a moment while nothing is wrong.
public struct SimulatedPoll: Sendable, Equatable {
    /// When, Unix time in milliseconds.
    public var atMilliseconds: Int64
    /// sysUpTime, hundredths of a second.
    public var upTime: UInt32
    /// The counters in full width.
    ///
    /// Of errors and discards IF-MIB has only the lower 32 bits.
    public var counters: InterfaceCounters
}

extension DirectionCounters {
    /// What was counted since an earlier moment.
    func since(_ earlier: DirectionCounters) -> DirectionCounters {
        var carried = DirectionCounters()
        carried.octets = octets &- earlier.octets
        carried.unicast = unicast &- earlier.unicast
        carried.multicast = multicast &- earlier.multicast
        carried.broadcast = broadcast &- earlier.broadcast
        carried.discards = discards &- earlier.discards
        carried.errors = errors &- earlier.errors
        return carried
    }
}

extension SimulatedNetwork {
    /// What an interface carries between two moments, past or to come: the differences of its counters, by the very
    /// functions the agent answers from.
    ///
    /// - Parameters:
    ///   - position: of the interface in its device.
    ///   - device: position of the device.
    ///   - from: Unix time in milliseconds.
    ///   - to: Unix time in milliseconds, not before `from`.
    public func traffic(
        interface position: Int, ofDevice device: Int, from: Int64, to: Int64
    ) -> InterfaceCounters {
        let before = counters(interface: position, ofDevice: device, at: from)
        let after = counters(interface: position, ofDevice: device, at: to)
        return InterfaceCounters(
            inbound: after.inbound.since(before.inbound), outbound: after.outbound.since(before.outbound))
    }

    /// Moments at which a collector polls a device: one an interval, at the device's own place in it, give or take some
    /// milliseconds; always the same ones.
    ///
    /// - Parameters:
    ///   - device: position of the device.
    ///   - from: Unix time in milliseconds; moments before it, and before the device's start, are left out.
    ///   - to: Unix time in milliseconds; moments from it on are left out.
    ///   - seconds: the interval, at least 1.
    public func pollMoments(ofDevice device: Int, from: Int64, to: Int64, everySeconds seconds: Int) -> [Int64] {
        let interval = Int64(max(seconds, 1)) * 1000
        let first = max(from, devices[device].startedAtMilliseconds + 1)
        guard first < to else { return [] }
        let place = Int64(SeededRandom.mix(UInt64(device)) % UInt64(interval))
        var moments: [Int64] = []
        moments.reserveCapacity(Int((to - first) / interval) + 1)
        var slot = first / interval - 1
        while slot * interval < to {
            let jitter = Int64(SeededRandom.mix(UInt64(device) << 40 ^ UInt64(bitPattern: slot)) % 41) - 20
            let moment = slot * interval + place + jitter
            if moment >= first, moment < to { moments.append(moment) }
            slot += 1
        }
        return moments
    }

    /// What polls of an interface at some moments read.
    ///
    /// About 0.3 µs a poll.
    ///
    /// - Parameters:
    ///   - position: of the interface in its device.
    ///   - device: position of the device.
    ///   - moments: Unix time in milliseconds, such as `pollMoments` gives.
    public func polls(interface position: Int, ofDevice device: Int, at moments: [Int64]) -> [SimulatedPoll] {
        let started = devices[device].startedAtMilliseconds
        let scale = devices[device].trafficScale
        let traffic = devices[device].interfaces[position].traffic
        let start = TrafficTime.localSeconds(started, offsetSeconds: zoneOffsetSeconds)
        let starts = (inbound: traffic.inbound.load(at: start), outbound: traffic.outbound.load(at: start))
        return moments.map { moment in
            let now = TrafficTime.localSeconds(moment, offsetSeconds: zoneOffsetSeconds)
            let loads = (inbound: traffic.inbound.load(at: now), outbound: traffic.outbound.load(at: now))
            let counters = InterfaceCounters(
                inbound: DirectionCounters(
                    traffic.inbound, loadSeconds: loads.inbound - starts.inbound, scale: scale),
                outbound: DirectionCounters(
                    traffic.outbound, loadSeconds: loads.outbound - starts.outbound, scale: scale))
            let upTime = UInt32(truncatingIfNeeded: max(moment - started, 0) / 10)
            return SimulatedPoll(
                atMilliseconds: moment, upTime: upTime, counters: moment > started ? counters : InterfaceCounters())
        }
    }
}
