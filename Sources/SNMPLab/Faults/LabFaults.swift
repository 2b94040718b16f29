/// Everything that is wrong in a simulated network at a moment: a value, changed by faults, read by whoever serves.
public struct LabFaults: Sendable, Equatable {
    /// By position of the device; devices without an entry are as they were made.
    private(set) var devices: [Int: DeviceFaults] = [:]
    /// What is wrong with a share of all devices.
    var network = NetworkFaults()
    /// Where cables run now.
    var cabling = CablingFaults()
    /// What has no power, and from where the network is looked at.
    var power = PowerFaults()

    /// Nothing is wrong.
    public init() {}

    /// Positions of the devices that are not as they were made.
    public var affectedDevices: [Int] {
        devices.keys.sorted()
    }

    /// Applies a fault at a moment.
    ///
    /// - Parameters:
    ///   - fault: what happens.
    ///   - ordinal: position of the device.
    ///   - network: whose device it is.
    ///   - milliseconds: when, in Unix time; not before an earlier fault.
    /// - Returns: positions of the devices that changed: the one named, the far ends of its cables, what is cut off.
    /// - Throws: `LabError` with code `badFault` where the device or the interface does not exist.
    @discardableResult
    public mutating func apply(
        _ fault: LabFault, toDevice ordinal: Int, of network: SimulatedNetwork, at milliseconds: Int64
    ) throws(LabError) -> [Int] {
        try change(by: fault, toDevice: ordinal, of: network, at: milliseconds).map(\.device)
    }

    /// A device a fault changed, and where.
    struct Change: Sendable, Equatable {
        var device: Int
        /// The interface whose status changed.
        var position: Int?
        /// Whether it starts anew because its power is back.
        var isStart = false
    }

    /// The same as `apply`, with the interfaces whose status changed.
    mutating func change(
        by fault: LabFault, toDevice ordinal: Int, of network: SimulatedNetwork, at milliseconds: Int64
    ) throws(LabError) -> [Change] {
        guard network.devices.indices.contains(ordinal) else {
            throw LabError(.badFault, "\(network.name) has no device \(ordinal): it has \(network.devices.count)")
        }
        let device = network.devices[ordinal]
        switch fault {
        case .linkDown(let interface, let alone), .linkUp(let interface, let alone):
            let position = try position(interface, device)
            let isDown = if case .linkDown = fault { true } else { false }
            let port = LabPort(device: ordinal, position: position)
            var changed = [plug(port, isDown: isDown, in: network, at: milliseconds)]
            if !alone, let far = cabling.farEnd(of: port, in: network) {
                changed.append(plug(far, isDown: isDown, in: network, at: milliseconds))
            }
            return changed + reach(in: network)
        case .rewire(let interface, let other, let otherInterface):
            let near = LabPort(device: ordinal, position: try position(interface, device))
            let far = try self.ordinal(of: other, in: network)
            let place = try position(otherInterface, network.devices[far])
            return try rewire(near, LabPort(device: far, position: place), in: network, at: milliseconds)
                + reach(in: network)
        case .power(let isOn):
            return setPower(isOn, ofDevice: ordinal, in: network, at: milliseconds) + reach(in: network)
        case .vantage(let isHere):
            power.vantage = isHere ? ordinal : nil
            return reach(in: network)
        default:
            try changeDevice(by: fault, device, of: network, at: milliseconds)
            return [Change(device: ordinal)]
        }
    }

    /// Faults that concern one device alone.
    private mutating func changeDevice(
        by fault: LabFault, _ device: SimulatedDevice, of network: SimulatedNetwork, at milliseconds: Int64
    ) throws(LabError) {
        let ordinal = device.ordinal
        switch fault {
        case .interfaceRemoved(let interface):
            let position = try position(interface, device)
            devices[ordinal, default: .init()].setRemoved(position, true, at: milliseconds)
        case .interfaceReturned(let interface):
            let position = try position(interface, device)
            devices[ordinal, default: .init()].setRemoved(position, false, at: milliseconds)
        case .alias(let interface, let text):
            let position = try position(interface, device)
            devices[ordinal, default: .init()].interfaces[position, default: .init()].alias = text
        case .duplex(let interface, let isHalf):
            let position = try position(interface, device)
            guard device.hasDuplex(position) else {
                throw LabError(
                    .badFault,
                    "\(device.name) tells no duplex of '\(interface)': name an Ethernet port, of any device "
                        + "but those of MikroTik")
            }
            devices[ordinal, default: .init()].interfaces[position, default: .init()].isHalfDuplex = isHalf
        case .reboot(let renumber):
            devices[ordinal, default: .init()].reboot(renumber: renumber, at: milliseconds)
        case .warmStart:
            devices[ordinal, default: .init()].warmStart(at: milliseconds)
        case .counters(let fault):
            let position: Int? = if let name = fault.interface { try position(name, device) } else { nil }
            devices[ordinal, default: .init()].apply(fault, position: position, of: device, at: milliseconds)
        case .security(.engineOf(let other)):
            let far = try self.ordinal(of: other, in: network)
            let id = EngineIdentity.id(ofAddress: LabAddress.number(ofDevice: far))
            devices[ordinal, default: .init()].condition.security.apply(.engineID(id))
        default:
            devices[ordinal, default: .init()].condition.apply(fault)
        }
    }

    /// Changes how a device answers; what is as it was made has no entry.
    mutating func condition(ofDevice ordinal: Int, _ change: (inout AnswerCondition) -> Void) {
        change(&devices[ordinal, default: .init()].condition)
    }

    /// A device starts again, with the interfaces it had.
    mutating func restart(_ ordinal: Int, at milliseconds: Int64) {
        devices[ordinal, default: .init()].reboot(renumber: false, at: milliseconds)
    }

    private func ordinal(of device: String, in network: SimulatedNetwork) throws(LabError) -> Int {
        if let ordinal = network.ordinal(of: device) { return ordinal }
        throw LabError(
            .badFault, "\(network.name) has no device '\(device)': use an address or a name of its CSV")
    }

    /// A port's link goes down or up; the answer names the interface only where that is a change.
    mutating func setLink(_ port: LabPort, isDown: Bool, at milliseconds: Int64) -> Change {
        let isChange = devices[port.device, default: .init()].setLink(port.position, isDown: isDown, at: milliseconds)
        return Change(device: port.device, position: isChange ? port.position : nil)
    }

    /// What is heard at a port from now on.
    mutating func hear(_ neighbour: SimulatedNeighbour?, at port: LabPort) {
        devices[port.device, default: .init()].heard.updateValue(neighbour, forKey: port.position)
    }

    /// An interface by its name, else by the ifIndex it shows now, else by the one it was made with.
    private func position(_ text: String, _ device: SimulatedDevice) throws(LabError) -> Int {
        if let named = device.interfaces.firstIndex(where: { $0.name == text || $0.descr == text }) { return named }
        if let index = UInt32(text) {
            let present = (devices[device.ordinal] ?? .init()).present(in: device)
            if let found = present.first(where: { $0.interface.index == index }) { return found.position }
            if let made = device.interfaces.firstIndex(where: { $0.index == index }) { return made }
        }
        throw LabError(
            .badFault, "\(device.name) has no interface '\(text)': use an ifName, ifDescr or ifIndex of that device")
    }
}

extension AnswerCondition {
    mutating func apply(_ fault: LabFault) {
        switch fault {
        case .dead: isDead = true
        case .revived:
            // Power and cables are other people's work.
            let (isUnpowered, isCutOff) = (isUnpowered, isCutOff)
            self = AnswerCondition()
            (self.isUnpowered, self.isCutOff) = (isUnpowered, isCutOff)
        case .slow(let milliseconds): delayMilliseconds = milliseconds
        case .lossy(let probability): lossProbability = probability
        case .refusesCommunity(let refuses): refusesCommunity = refuses
        case .garbage(let isOn): answersGarbage = isOn
        case .tooBig(let above): tooBigAbove = above
        case .security(let fault): security.apply(fault)
        case .reboot, .warmStart, .counters, .linkDown, .linkUp, .rewire, .interfaceRemoved, .interfaceReturned,
            .alias, .duplex, .deadShare, .lossShare, .power, .vantage:
            break
        }
    }
}
