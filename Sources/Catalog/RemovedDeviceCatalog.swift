public import Inventory

/// Devices that were removed: what they and their interfaces are known again by when they return.
///
/// A device inserted later that is a removed one by `ReturningDevices` gets the removed one's id back, whichever call
/// inserts it, and the removed one's interfaces, retired ones too, are its retired interfaces from then on: discovery
/// gives them their ids and settings back. So what is kept by id elsewhere, such as series and alerts, goes on.
public protocol RemovedDeviceCatalog: Sendable {
    /// Adds one device; comes back as it was stored, with the id of a removed device that it is.
    ///
    /// Throws as `reviseDevices` does.
    func addDevice(_ device: Device) async throws(CatalogError) -> Device

    /// Forgets devices that were removed before a time, and their interfaces; returns how many devices.
    ///
    /// Their ids never come back.
    func forgetDevices(removedBefore time: Timestamp) async throws(CatalogError) -> Int
}

/// What a removed device is known again by.
public struct RemovedDevice: Sendable, Hashable {
    /// Its id.
    public var id: DeviceID
    /// Its name when it was removed.
    public var name: String
    /// Address or host name of its agent.
    public var address: String
    /// UDP port of its agent.
    public var port: Int

    /// A device as it was when it was removed.
    public init(id: DeviceID, name: String, address: String, port: Int) {
        self.id = id
        self.name = name
        self.address = address
        self.port = port
    }
}

/// Which new devices are removed ones that return.
public enum ReturningDevices {
    /// New devices with the ids of the removed ones they are.
    ///
    /// A new device is the removed one of its id, else the one of its name, else the one at its address and port. No
    /// removed device returns twice: names go before addresses, then the order of the new devices decides.
    ///
    /// - Parameter removed: The latest removed first: of several with the same name that one returns.
    public static func recognise(_ devices: [Device], among removed: [RemovedDevice]) -> [Device] {
        guard !removed.isEmpty else { return devices }
        struct Place: Hashable {
            var address: String
            var port: Int
        }
        var work = Recognition(devices: devices)
        work.match(removed, by: \.id, \.id)
        work.match(removed, by: \.name, \.name)
        work.match(removed) { device in
            Place(address: device.address, port: device.port)
        } _: { removed in
            Place(address: removed.address, port: removed.port)
        }
        return work.devices
    }
}

/// New devices, some of which are known again already.
private struct Recognition {
    private(set) var devices: [Device]
    private var isKnown: [Bool]
    private var taken: Set<DeviceID> = []

    init(devices: [Device]) {
        self.devices = devices
        isKnown = Array(repeating: false, count: devices.count)
    }

    mutating func match<Key: Hashable>(
        _ removed: [RemovedDevice], by key: (Device) -> Key, _ removedKey: (RemovedDevice) -> Key
    ) {
        let left = removed.filter { !taken.contains($0.id) }
        let ids = Dictionary(left.map { (removedKey($0), $0.id) }) { latest, _ in latest }
        for place in devices.indices where !isKnown[place] {
            guard let id = ids[key(devices[place])], taken.insert(id).inserted else { continue }
            devices[place].id = id
            isKnown[place] = true
        }
    }
}
