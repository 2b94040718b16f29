/// What is wrong at one device.
struct DeviceFaults: Sendable, Equatable {
    var condition = AnswerCondition()
    /// When it was last restarted by a fault, Unix time in milliseconds.
    var rebootedAtMilliseconds: Int64?
    /// When its agent was last restarted by a fault, with or without the device.
    var agentStartedAtMilliseconds: Int64?
    /// How often faults restarted it.
    var restarts = 0
    /// How often restarts gave other ifIndex values.
    var renumberings = 0
    /// When rows last came or went, Unix time in milliseconds.
    var tableChangedAtMilliseconds: Int64?
    /// What is wrong with its counters.
    var counters = CounterFaults()
    /// By position.
    var interfaces: [Int: InterfaceFaults] = [:]
    /// What is heard, by position, where it is not what the network was built with; nil for nothing.
    var heard: [Int: SimulatedNeighbour?] = [:]

    /// What is wrong at one interface.
    struct InterfaceFaults: Sendable, Equatable {
        var isDown = false
        var isRemoved = false
        var alias: String?
        /// Whether it sends and receives one at a time only.
        var isHalfDuplex = false
        /// The speed it says it has; nil for its own.
        var speedBitsPerSecond: UInt64?
        /// When its counters last stood at 0, if not at the device's start; Unix time in milliseconds.
        var zeroedAtMilliseconds: Int64?
        /// ifCounterDiscontinuityTime, hundredths of a second of sysUpTime.
        var discontinuityTime: UInt32 = 0
        /// When its status last changed, Unix time in milliseconds.
        var changedAtMilliseconds: Int64?
        /// When its traffic stopped; nil while it flows.
        var stoppedAtMilliseconds: Int64?
        /// Spans without traffic that are over, since the counters stood at 0.
        var stillSpans: [Span] = []
    }

    /// From and to, Unix time in milliseconds.
    struct Span: Sendable, Equatable {
        var from: Int64
        var to: Int64
    }

    /// Answers whether that changes anything.
    mutating func setLink(_ position: Int, isDown: Bool, at now: Int64) -> Bool {
        var interface = interfaces[position] ?? .init()
        guard interface.isDown != isDown else { return false }
        interface.isDown = isDown
        interface.changedAtMilliseconds = now
        if isDown {
            interface.stoppedAtMilliseconds = now
        } else if let from = interface.stoppedAtMilliseconds {
            interface.stillSpans.append(Span(from: from, to: now))
            interface.stoppedAtMilliseconds = nil
        }
        interfaces[position] = interface
        return true
    }

    mutating func setRemoved(_ position: Int, _ isRemoved: Bool, at now: Int64) {
        guard (interfaces[position] ?? .init()).isRemoved != isRemoved else { return }
        interfaces[position, default: .init()].isRemoved = isRemoved
        tableChangedAtMilliseconds = now
    }

    /// Counters and uptime begin again; links that are down stay down, what was removed stays away.
    mutating func reboot(renumber: Bool, at now: Int64) {
        rebootedAtMilliseconds = now
        warmStart(at: now)
        tableChangedAtMilliseconds = nil
        counters.frozen = nil
        if renumber { renumberings += 1 }
        for (position, old) in interfaces {
            var interface = old
            interface.stillSpans = []
            interface.zeroedAtMilliseconds = nil
            interface.discontinuityTime = 0
            interface.changedAtMilliseconds = nil
            if interface.isDown { interface.stoppedAtMilliseconds = now }
            interfaces[position] = interface
        }
    }

    /// The agent begins again: uptime, boots and engine time; counters go on.
    mutating func warmStart(at now: Int64) {
        agentStartedAtMilliseconds = now
        counters.upTimeShiftMilliseconds = 0
        restarts += 1
    }

    /// sysUpTime in hundredths of a second.
    func upTime(of device: SimulatedDevice, at now: Int64) -> UInt32 {
        let started = agentStartedAtMilliseconds ?? device.startedAtMilliseconds
        return ticks(now - started + counters.upTimeShiftMilliseconds)
    }

    /// Who the device is in version 3.
    func engine(of device: SimulatedDevice, at now: Int64) -> EngineIdentity {
        let boots = EngineIdentity.boots(ofDevice: device.ordinal) + UInt32(clamping: restarts)
        let id = EngineIdentity.id(ofAddress: LabAddress.number(ofDevice: device.ordinal))
        let elapsed = now - (agentStartedAtMilliseconds ?? device.startedAtMilliseconds)
        let time = UInt32(clamping: max(elapsed, 0) / 1000)
        return EngineIdentity(id: id, boots: boots, time: time, device: device.ordinal).with(condition.security)
    }

    /// Whether its tables are as they were made.
    var leavesTables: Bool {
        interfaces.isEmpty && rebootedAtMilliseconds == nil && tableChangedAtMilliseconds == nil && renumberings == 0
            && counters == CounterFaults() && heard.isEmpty
    }

    /// When the device last started.
    func startedAt(_ device: SimulatedDevice) -> Int64 {
        rebootedAtMilliseconds ?? device.startedAtMilliseconds
    }

    /// The interfaces in the device's tables now, with what faults made of them.
    ///
    /// A renumbering hands every ifIndex on to the next interface, the worst a restart can do: each number is reused
    /// by another port.
    func present(in device: SimulatedDevice) -> [DeviceImage.PresentInterface] {
        let indexes = device.interfaces.map(\.index)
        let started = startedAt(device)
        return device.interfaces.indices.compactMap { position in
            let fault = interfaces[position] ?? .init()
            if fault.isRemoved { return nil }
            var interface = device.interfaces[position]
            if renumberings > 0 {
                let single = indexes.count == 1 ? UInt32(renumberings) : 0
                interface.index = indexes[(position + renumberings) % indexes.count] + single
            }
            if let alias = fault.alias { interface.alias = alias }
            if rebootedAtMilliseconds != nil, interface.lastChange != 0 {
                interface.lastChange = UInt32(1_500 + position * 13)
            }
            if let changed = fault.changedAtMilliseconds { interface.lastChange = ticks(changed - started) }
            if fault.isDown { interface.operStatus = 2 }
            if let speed = fault.speedBitsPerSecond { interface.speedBitsPerSecond = speed }
            return DeviceImage.PresentInterface(
                position: position, interface: interface, discontinuityTime: fault.discontinuityTime,
                isNarrow: counters.isNarrow, isHalfDuplex: fault.isHalfDuplex)
        }
    }

    /// ifTableLastChange.
    func tableLastChange(_ device: SimulatedDevice) -> UInt32 {
        tableChangedAtMilliseconds.map { ticks($0 - startedAt(device)) } ?? 0
    }

    private func ticks(_ milliseconds: Int64) -> UInt32 {
        UInt32(truncatingIfNeeded: max(milliseconds, 0) / 10)
    }
}
