/// Writes the tables of a simulated device: system, IF-MIB, EtherLike-MIB's duplex, BRIDGE-MIB's port map, LLDP-MIB or
/// CISCO-CDP-MIB.
struct DeviceImage {
    private(set) var rows: [MIBRow] = []
    let device: SimulatedDevice
    /// Names and MAC addresses are left to be filled in by the device that answers: the image is shared.
    let isShared: Bool
    /// What stands in the tables now, in ifIndex order, and which of the device's interfaces each is.
    let present: [PresentInterface]
    /// ifTableLastChange in hundredths of a second.
    let tableLastChange: UInt32

    /// An interface as it stands in the tables now.
    struct PresentInterface {
        var position: Int
        var interface: SimulatedInterface
        /// ifCounterDiscontinuityTime.
        var discontinuityTime: UInt32 = 0
        /// Whether it has no 64-bit counters.
        var isNarrow = false
        /// Whether it sends and receives one at a time only.
        var isHalfDuplex = false
    }

    /// The image of a device as it is described.
    static func image(of device: SimulatedDevice, isShared: Bool = false) -> MIBImage {
        let present = device.interfaces.enumerated().map { PresentInterface(position: $0, interface: $1) }
        return image(of: device, present: present, tableLastChange: 0, isShared: isShared)
    }

    /// The image of a device with given interfaces.
    static func image(
        of device: SimulatedDevice, present: [PresentInterface], tableLastChange: UInt32, isShared: Bool
    ) -> MIBImage {
        let ordered = present.sorted { $0.interface.index < $1.interface.index }
        var tables = DeviceImage(
            device: device, isShared: isShared, present: ordered, tableLastChange: tableLastChange)
        tables.addLLDP()
        tables.addSystem()
        tables.addInterfaces()
        tables.addDuplex()
        tables.addBasePorts()
        tables.addInterfaceExtensions()
        tables.addCDP()
        return MIBImage.make(from: tables.rows).image
    }

    private init(device: SimulatedDevice, isShared: Bool, present: [PresentInterface], tableLastChange: UInt32) {
        self.device = device
        self.isShared = isShared
        self.present = present
        self.tableLastChange = tableLastChange
    }

    // MARK: rows

    mutating func add(_ name: [UInt8], _ value: [UInt8], _ kind: RowKind = .still, slot: Int = 0) {
        rows.append(MIBRow(name: name, value: value, kind: kind, slot: UInt16(truncatingIfNeeded: slot)))
    }

    /// A name below a prefix of content octets.
    func name(_ prefix: [UInt8], _ arcs: UInt32...) -> [UInt8] {
        arcs.reduce(into: prefix) { ObjectName.append(UInt64($1), to: &$0) }
    }

    static func text(_ text: String) -> [UInt8] {
        BER.element(BER.octetString, Array(text.utf8))
    }

    static func prefix(_ arcs: [UInt32]) -> [UInt8] {
        ObjectName.encode(arcs) ?? []
    }

    // MARK: SNMPv2-MIB system

    private mutating func addSystem() {
        let system = Self.prefix([1, 3, 6, 1, 2, 1, 1])
        add(name(system, 1, 0), Self.text(device.systemDescr))
        add(name(system, 2, 0), BER.element(BER.objectIdentifier, Self.prefix(device.systemObjectID)))
        add(name(system, 3, 0), BER.unsigned(BER.timeTicks, 0), .upTime)
        add(name(system, 4, 0), Self.text("noc@bank.example"))
        add(name(system, 5, 0), Self.text(isShared ? "" : device.systemName), isShared ? .systemName : .still)
        add(name(system, 6, 0), Self.text(device.location))
        add(name(system, 7, 0), BER.signed(device.type == .switch ? 6 : (device.type == .server ? 72 : 78)))
    }

    // MARK: BRIDGE-MIB

    private mutating func addBasePorts() {
        guard device.manner.hasBasePorts, !isShared else { return }
        let bridge = Self.prefix([1, 3, 6, 1, 2, 1, 17, 1])
        let ports = present.filter { $0.interface.portNumber != nil }
        add(name(bridge, 1, 0), BER.element(BER.octetString, device.physicalAddress(offset: 0)))
        add(name(bridge, 2, 0), BER.signed(Int64(ports.count)))
        add(name(bridge, 3, 0), BER.signed(2))
        for port in ports {
            guard let number = port.interface.portNumber else { continue }
            add(name(bridge, 4, 1, 1, number), BER.signed(Int64(number)))
            add(name(bridge, 4, 1, 2, number), BER.signed(Int64(port.interface.index)))
        }
    }
}
