import Catalog
import Inventory

/// Which device has a MAC address.
struct AddressOwners {
    private enum Owner: Hashable {
        case one(DeviceID)
        case several
    }

    private var owners: [HardwareAddress: Owner] = [:]
    private var addresses: [DeviceID: Set<HardwareAddress>] = [:]
    private var interfaces: [DeviceID: [Int]] = [:]
    private let ports: [PortRecord]

    /// The addresses of all interfaces and chassis of a book.
    init(_ book: TopologyBook) {
        ports = book.ports
        owners.reserveCapacity(book.ports.count)
        for (place, port) in book.ports.enumerated() where !port.isMissing {
            guard let address = port.facts.ifPhysAddress.flatMap({ HardwareAddress($0) }),
                address.identifiesOneDevice
            else { continue }
            add(address, port.deviceID)
            interfaces[port.deviceID, default: []].append(place)
        }
        for (device, description) in book.descriptions {
            for chassis in description.chassis where chassis.kind == .mac {
                guard let address = HardwareAddress(chassis.text), address.identifiesOneDevice else { continue }
                add(address, device)
            }
        }
    }

    private mutating func add(_ address: HardwareAddress, _ device: DeviceID) {
        let known = owners[address] ?? .one(device)
        owners[address] = known == .one(device) ? known : .several
        addresses[device, default: []].insert(address)
    }

    /// The only device that has an address; nil where none or more than one has.
    func owner(of address: HardwareAddress) -> DeviceID? {
        guard case .one(let device) = owners[address] else { return nil }
        return device
    }

    /// The addresses that only this device has.
    func all(of device: DeviceID) -> Set<HardwareAddress> {
        (addresses[device] ?? []).filter { owners[$0] == .one(device) }
    }

    /// The interfaces of a device with the address each has.
    func interfaces(of device: DeviceID) -> [(port: PortRecord, address: HardwareAddress)] {
        (interfaces[device] ?? []).compactMap { place in
            ports[place].facts.ifPhysAddress.flatMap { HardwareAddress($0) }.map { (ports[place], $0) }
        }
    }
}
