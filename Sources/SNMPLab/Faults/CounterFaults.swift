/// Something to go wrong with what a device counts, or to be put right.
public enum LabCounterFault: Sendable, Equatable {
    /// The device has no 64-bit counters: ifXTable without its columns 6 to 13.
    case narrow(Bool)
    /// Counters of one interface, or of all, begin again at 0; if announced, ifCounterDiscontinuityTime says so.
    case reset(interface: String?, isAnnounced: Bool)
    /// sysUpTime wraps in so many seconds; nothing else begins anew.
    case upTimeWraps(inSeconds: Int)
    /// ifSpeed and ifHighSpeed say another speed, 0 for none; nil ends it.
    case speed(interface: String, bitsPerSecond: UInt64?)
    /// Counters stand still for so many seconds, then are what they would be, as of an agent that keeps old answers;
    /// 0 ends it.
    case frozen(seconds: Int)

    /// The commands `parse` knows, one a line.
    static let usage = """
        narrow DEVICE [off]                  no 64-bit counters
        reset-counters DEVICE INTERFACE|all [announced]
                                             counters to 0, uptime goes on; announced by ifCounterDiscontinuityTime
        uptime-wrap DEVICE SECONDS           sysUpTime wraps in so many seconds
        speed DEVICE INTERFACE MBPS|off      another ifSpeed and ifHighSpeed, 0 for none
        freeze DEVICE SECONDS                counters stand still, then catch up; 0 ends it
        """

    /// Reads a command without its device; nil where the verb, or the number of words, is none of these.
    static func parse(_ verb: String, _ rest: [String]) throws(LabError) -> LabCounterFault? {
        switch (verb, rest.count) {
        case ("narrow", 0...1): return .narrow(try !LabFault.flag(rest, "off"))
        case ("reset-counters", 1...2):
            let isAnnounced = try LabFault.flag(Array(rest.dropFirst()), "announced")
            return .reset(interface: rest[0] == "all" ? nil : rest[0], isAnnounced: isAnnounced)
        case ("uptime-wrap", 1): return .upTimeWraps(inSeconds: try LabFault.number(rest[0], "seconds", 0...86_400))
        case ("speed", 2):
            if rest[1] == "off" { return .speed(interface: rest[0], bitsPerSecond: nil) }
            let megabits = try LabFault.number(rest[1], "a speed in Mbit/s", 0...4_000_000)
            return .speed(interface: rest[0], bitsPerSecond: UInt64(megabits) * 1_000_000)
        case ("freeze", 1): return .frozen(seconds: try LabFault.number(rest[0], "seconds", 0...86_400))
        default: return nil
        }
    }

    /// The interface it names; nil where it is of the whole device.
    var interface: String? {
        switch self {
        case .reset(let interface, _): interface
        case .speed(let interface, _): interface
        case .narrow, .upTimeWraps, .frozen: nil
        }
    }
}

/// What is wrong with the counters of one device as a whole.
struct CounterFaults: Sendable, Equatable {
    /// Whether there are no 64-bit counters.
    var isNarrow = false
    /// Added to sysUpTime, milliseconds.
    var upTimeShiftMilliseconds: Int64 = 0
    /// When counters stand still, Unix time in milliseconds.
    var frozen: DeviceFaults.Span?
}

extension DeviceFaults {
    /// sysUpTime wraps after as many hundredths of a second, here in milliseconds.
    private static let upTimeWrapMilliseconds: Int64 = 10 << 32

    /// Applies a fault of counters; `position` is that of the interface it names.
    mutating func apply(_ fault: LabCounterFault, position: Int?, of device: SimulatedDevice, at now: Int64) {
        switch fault {
        case .narrow(let isOn): counters.isNarrow = isOn
        case .upTimeWraps(let seconds):
            let plain = now - (agentStartedAtMilliseconds ?? device.startedAtMilliseconds)
            counters.upTimeShiftMilliseconds = Self.upTimeWrapMilliseconds - Int64(seconds) * 1000 - plain
        case .speed(_, let bitsPerSecond):
            guard let position else { return }
            interfaces[position, default: .init()].speedBitsPerSecond = bitsPerSecond
        case .frozen(let seconds):
            counters.frozen = seconds == 0 ? nil : Span(from: now, to: now + Int64(seconds) * 1000)
        case .reset(_, let isAnnounced):
            let upTime = upTime(of: device, at: now)
            let positions = position.map { $0..<$0 + 1 } ?? device.interfaces.indices
            for each in positions {
                interfaces[each, default: .init()].zero(at: now, announcedAt: isAnnounced ? upTime : nil)
            }
        }
    }

    /// Loads at which flows stand still, and until when: links that are down, and counters that are frozen.
    func frozenLoads(_ meter: TrafficMeter) -> [Int: TrafficMeter.FrozenLoad] {
        var frozen: [Int: TrafficMeter.FrozenLoad] = [:]
        if let span = counters.frozen {
            for (flow, load) in meter.loads(at: span.from).enumerated() {
                frozen[flow] = TrafficMeter.FrozenLoad(load: load, untilMilliseconds: span.to)
            }
        }
        for (position, fault) in interfaces {
            guard let stopped = fault.stoppedAtMilliseconds else { continue }
            let loads = meter.loads(at: stopped)
            for flow in [position * 2, position * 2 + 1] {
                frozen[flow] = TrafficMeter.FrozenLoad(load: loads[flow], untilMilliseconds: .max)
            }
        }
        return frozen
    }

    /// Loads at which the counters stood at 0, moved by the spans in which nothing flowed since.
    func startLoads(_ meter: TrafficMeter, of device: SimulatedDevice) -> [Double] {
        var starts = meter.loads(at: startedAt(device))
        for (position, fault) in interfaces {
            let flows = [position * 2, position * 2 + 1]
            if let zeroed = fault.zeroedAtMilliseconds {
                let loads = meter.loads(at: zeroed)
                for flow in flows { starts[flow] = loads[flow] }
            }
            for span in fault.stillSpans {
                let (from, to) = (meter.loads(at: span.from), meter.loads(at: span.to))
                for flow in flows { starts[flow] += to[flow] - from[flow] }
            }
        }
        return starts
    }
}

extension DeviceFaults.InterfaceFaults {
    /// Counters stand at 0; what stood still before does not count any more.
    fileprivate mutating func zero(at now: Int64, announcedAt upTime: UInt32?) {
        zeroedAtMilliseconds = now
        stillSpans = []
        if isDown { stoppedAtMilliseconds = now }
        if let upTime { discontinuityTime = upTime }
    }
}
