import Catalog
import Inventory

/// How each device of the inventory can be recognised, and its interfaces found.
///
/// Devices and ports are numbered by their place in the book; every key of the inventory is entered once.
struct InventoryIndex {
    let devices: [Device]
    let ports: [PortRecord]
    private let deviceNumbers: [DeviceID: Int32]
    private let portNumbers: [InterfaceID: Int32]
    /// The ports of a device: the book has them together.
    private let portRanges: [Range<Int>]
    private(set) var chassis = Owners<HardwareAddress>()
    private(set) var textChassis = Owners<String>()
    private(set) var interfaceAddresses = Owners<HardwareAddress>()
    private(set) var managedAddresses = Owners<String>()
    private(set) var otherAddresses = Owners<String>()
    private(set) var names = Owners<String>()
    /// First labels of names with a domain.
    private(set) var shortNames = Owners<String>()
    /// Names without a domain, of devices that give no domain of their own: they fit any domain.
    private(set) var openNames = Owners<String>()
    /// Whether anything tells which MAC addresses are the device's.
    private(set) var knowsOwnAddress: [Bool]
    /// Whether the device itself tells its chassis id.
    private(set) var givesChassis: [Bool]
    /// Whether the device itself told a name.
    private(set) var toldName: [Bool]
    let domains: [String]

    /// Enters a whole inventory: devices with what they say of themselves.
    init(devices: [Device], ports: [PortRecord], descriptions: [DeviceID: LocalSystem], domains: [String] = []) {
        self.devices = devices
        self.domains = domains.map { $0.lowercased().trimmingPrefix(".") }.filter { !$0.isEmpty }.map(String.init)
        deviceNumbers = Dictionary(
            devices.enumerated().map { ($1.id, Int32($0)) }, uniquingKeysWith: { first, _ in first })
        (self.ports, portRanges) = Self.arranged(ports, deviceNumbers, count: devices.count)
        portNumbers = Dictionary(
            self.ports.enumerated().map { ($1.id, Int32($0)) }, uniquingKeysWith: { first, _ in first })
        knowsOwnAddress = [Bool](repeating: false, count: devices.count)
        toldName = knowsOwnAddress
        givesChassis = knowsOwnAddress
        reserve()
        for number in devices.indices { enter(number, descriptions[devices[number].id]) }
    }

    /// Ports in the order of devices; those of unknown devices are left out.
    private static func arranged(
        _ ports: [PortRecord], _ devices: [DeviceID: Int32], count: Int
    ) -> ([PortRecord], [Range<Int>]) {
        let owners = ports.map { devices[$0.deviceID] ?? -1 }
        var starts = [Int](repeating: 0, count: count + 1)
        for owner in owners where owner >= 0 { starts[Int(owner) + 1] += 1 }
        for number in 0..<count { starts[number + 1] += starts[number] }
        var next = starts
        var order = [Int](repeating: 0, count: starts[count])
        for (place, owner) in owners.enumerated() where owner >= 0 {
            order[next[Int(owner)]] = place
            next[Int(owner)] += 1
        }
        return (order.map { ports[$0] }, (0..<count).map { starts[$0]..<starts[$0 + 1] })
    }

    private mutating func reserve() {
        interfaceAddresses.reserve(ports.count)
        names.reserve(devices.count * 2)
        managedAddresses.reserve(devices.count)
    }

    private mutating func enter(_ number: Int, _ description: LocalSystem?) {
        let device = devices[number]
        let owner = Int32(number)
        managedAddresses.insert(device.address.lowercased(), owner)
        enterNames([device.name, device.sysName].compactMap { $0 } + (description?.systemNames ?? []), owner)
        toldName[number] = device.sysName != nil || !(description?.systemNames.isEmpty ?? true)
        for port in ports[portRanges[number]] {
            guard let text = port.facts.ifPhysAddress, let address = HardwareAddress(text) else { continue }
            guard address.identifiesOneDevice else { continue }
            interfaceAddresses.insert(address, owner)
            knowsOwnAddress[number] = true
        }
        guard let description else { return }
        for id in description.chassis { enterChassis(id, owner) }
        for address in description.addresses { otherAddresses.insert(address, owner) }
    }

    private mutating func enterChassis(_ id: NeighbourID, _ owner: Int32) {
        guard id.kind == .mac, let address = HardwareAddress(id.text) else {
            if id.kind == .text { textChassis.insert(id.text.lowercased(), owner) }
            return
        }
        guard address.identifiesOneDevice else { return }
        chassis.insert(address, owner)
        knowsOwnAddress[Int(owner)] = true
        givesChassis[Int(owner)] = true
    }

    private mutating func enterNames(_ texts: [String], _ owner: Int32) {
        let forms = texts.compactMap { DeviceName($0, domains: domains) }
        let domainNames = Set(forms.compactMap(\.short))
        for form in forms {
            names.insert(form.whole, owner)
            if let base = form.withoutSerial { names.insert(base, owner) }
            if let short = form.short {
                shortNames.insert(short, owner)
            } else if !domainNames.contains(form.base) {
                openNames.insert(form.base, owner)
            }
        }
    }
}

extension InventoryIndex {
    /// The number of a device; nil where the inventory has none of that identity.
    func number(of device: DeviceID) -> Int? {
        deviceNumbers[device].map(Int.init)
    }

    /// The number of an interface; nil where the catalog has none of that identity.
    func number(of interface: InterfaceID) -> Int? {
        portNumbers[interface].map(Int.init)
    }

    /// The numbers of a device's interfaces.
    func portNumbers(of device: Int) -> Range<Int> {
        portRanges[device]
    }

    /// Whether a MAC address is one of the device's own.
    func isOwn(_ address: HardwareAddress, of device: Int32) -> Bool {
        Self.bears(chassis[address], device) || Self.bears(interfaceAddresses[address], device)
    }

    /// Whether a name is one of the device's, as far as it can be told.
    func isOwn(_ name: DeviceName, of device: Int32) -> Bool {
        Self.bears(names[name.whole], device) || Self.bears(names[name.base], device)
            || Self.bears(shortNames[name.base], device)
            || name.short.map { Self.bears(names[$0], device) || Self.bears(shortNames[$0], device) } ?? false
    }

    /// Whether neither the name nor the chassis that a row gives speaks against a device.
    func mayBe(_ reading: NeighbourReading, _ device: Int) -> Bool {
        if let name = reading.systemName.flatMap({ DeviceName($0, domains: domains) }), !name.isDefault,
            !isOwn(name, of: Int32(device))
        {
            return false
        }
        guard givesChassis[device], let chassis = reading.chassis, chassis.kind == .mac,
            let address = HardwareAddress(chassis.text)
        else { return true }
        return isOwn(address, of: Int32(device))
    }

    /// Of keys that very many share not all bearers are kept: then nothing is held against a device.
    private static func bears(_ owners: (devices: [Int32], count: Int), _ device: Int32) -> Bool {
        owners.count > owners.devices.count || owners.devices.contains(device)
    }
}
