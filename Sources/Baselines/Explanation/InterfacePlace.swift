public import Inventory

/// Where an interface is and what it belongs to: what a story about its traffic needs to know of it.
///
/// Names are text from devices and operators, of any length and content; they are cleaned where they are shown.
public struct InterfacePlace: Sendable, Hashable {
    /// The interface.
    public var interfaceID: InterfaceID
    /// How people call it.
    public var interfaceName: String
    /// What it is for.
    public var interfaceType: InterfaceType
    /// Id of the provider at its far end.
    public var provider: String?
    /// Line speed, bit/s; nil where it is not known.
    public var lineSpeed: Double?
    /// Its device.
    public var deviceID: DeviceID
    /// The device's name.
    public var deviceName: String
    /// The device's tags.
    public var tags: [String] { didSet { site = Self.site(in: tags) } }
    /// The site: what follows `site:` in the first such tag, in the order of text; nil where there is none.
    public private(set) var site: String?
    /// The interface at the other end of its link, where it is one of ours.
    public var peer: InterfaceID?
    /// The device at the other end of its link, where it is one of ours.
    public var peerDevice: DeviceID?
    /// That device's name, where it is known.
    public var peerDeviceName: String?

    /// A place of which only identity and names are known.
    public init(
        interfaceID: InterfaceID, interfaceName: String, interfaceType: InterfaceType, deviceID: DeviceID,
        deviceName: String
    ) {
        self.interfaceID = interfaceID
        self.interfaceName = interfaceName
        self.interfaceType = interfaceType
        self.deviceID = deviceID
        self.deviceName = deviceName
        tags = []
    }

    /// The place of an interface of the inventory.
    ///
    /// `peerDeviceName` is left to whoever knows the other device.
    public init(_ interface: Interface, of device: Device) {
        self.init(
            interfaceID: interface.id, interfaceName: interface.displayName, interfaceType: interface.interfaceType,
            deviceID: device.id, deviceName: device.name)
        provider = interface.ispProvider
        lineSpeed = interface.facts.ifSpeed.map { Double($0) }
        tags = device.tags
        site = Self.site(in: tags)  // Observers do not run inside an initialiser.
        peer = interface.connectedToInterfaceID
        peerDevice = interface.connectedToDeviceID
    }

    private static func site(in tags: [String]) -> String? {
        let prefix = "site:"
        let sites = tags.compactMap { $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : nil }
        return sites.filter { !$0.isEmpty }.min()
    }
}
