/// What was known when an alert fired, as it was then: names and values, not references.
///
/// It outlives the device and the interface it tells of.
public struct AlertContext: Codable, Sendable, Hashable {
    /// The device; nil for WARD FLUX itself.
    public var device: Device?
    /// The interface, where the alert is of one.
    public var interface: Interface?
    /// What was measured or read, in the order of its weight.
    public var facts: [AlertFact]
    /// What changed in the 30 minutes before, the latest first.
    public var before: [AlertEvent]
    /// Why another alert explains this one; nil where none does.
    public var cause: AlertCause?
    /// Further labels, from its rule; `rule` is the one by which it began, where another one decides about it by now.
    public var labels: [String: String]
    /// What to do about it, from its rule; a text or a link.
    public var remedy: String?
    /// How often the condition came back since the alert was opened.
    public var relapses: Int
    /// How restless the condition is: 1,000 for each time it began, halved every 15 minutes (after RFC 2439).
    public var penalty: Double
    /// When `penalty` was that much; nil where it never began.
    public var penaltyAt: Timestamp?
    /// Since when the condition does not hold, while the alert is still open.
    public var clearSince: Timestamp?
    /// The worst value so far.
    public var worst: Double?

    /// Nothing is known yet.
    public init() {
        facts = []
        before = []
        labels = [:]
        relapses = 0
        penalty = 0
    }

    /// A device as it was.
    public struct Device: Codable, Sendable, Hashable {
        /// The operator's name.
        public var name: String
        /// Address of its agent.
        public var address: String
        /// What it is.
        public var type: DeviceType
        /// Where it is.
        public var location: String?
        /// The operator's tags.
        public var tags: [String]

        /// A device as it was stored.
        package init(name: String, address: String, type: DeviceType) {
            self.name = name
            self.address = address
            self.type = type
            tags = []
        }

        /// A device as it is.
        public init(_ device: Inventory.Device) {
            name = device.name
            address = device.address
            type = device.deviceType
            location = device.location
            tags = device.tags
        }
    }

    /// An interface as it was.
    public struct Interface: Codable, Sendable, Hashable {
        /// ifName, else ifDescr, else its number.
        public var name: String
        /// ifIndex, where another interface of the device has the same name.
        public var index: Int64?
        /// ifAlias.
        public var alias: String?
        /// What it is for.
        public var type: InterfaceType
        /// Id of the provider.
        public var provider: String?
        /// Whether it is watched most closely.
        public var isCritical: Bool
        /// Bit/s.
        public var speed: Int64?
        /// Name of the device at its far end.
        public var neighborName: String?
        /// Port there.
        public var neighborPort: String?

        /// An interface as it was stored.
        package init(name: String, type: InterfaceType) {
            self.name = name
            self.type = type
            isCritical = false
        }

        /// An interface as it is.
        ///
        /// - Parameter isNameShared: whether another interface of the device has the same name.
        public init(_ interface: Inventory.Interface, isNameShared: Bool = false) {
            name = interface.displayName
            if isNameShared { index = Int64(interface.facts.ifIndex) }
            alias = interface.facts.ifAlias
            type = interface.interfaceType
            provider = interface.ispProvider
            isCritical = interface.isCritical
            speed = interface.facts.ifSpeed
            neighborName = interface.lldpNeighborName
            neighborPort = interface.lldpNeighborPort
        }
    }
}

/// Something measured or read: `oper status`, `down`.
public struct AlertFact: Codable, Sendable, Hashable {
    /// What: a few words in lower case.
    public var name: String
    /// As a reader wants it: with its unit.
    public var text: String
    /// When it was so; nil where it has no time of its own.
    public var at: Timestamp?

    /// A fact.
    public init(_ name: String, _ text: String, at time: Timestamp? = nil) {
        self.name = name
        self.text = text
        at = time
    }
}

/// Something that changed: `Te1/1 of DIST-04 went down`.
public struct AlertEvent: Codable, Sendable, Hashable {
    /// When.
    public var at: Timestamp
    /// The device it was at.
    public var deviceID: DeviceID?
    /// The interface it was at.
    public var interfaceID: InterfaceID?
    /// One sentence without a full stop.
    public var text: String

    /// An event.
    public init(at time: Timestamp, deviceID: DeviceID? = nil, interfaceID: InterfaceID? = nil, _ text: String) {
        at = time
        self.deviceID = deviceID
        self.interfaceID = interfaceID
        self.text = text
    }
}

/// The failure that explains an alert, with its proof.
public struct AlertCause: Codable, Sendable, Hashable {
    /// The alert of the failure.
    public var alertID: AlertID
    /// What failed: the name of a device, or of a device and its port.
    public var name: String
    /// Names of the devices on the way from the poller's place to this one, both ends included; what failed is among
    /// them.
    public var path: [String]
    /// Why, in a sentence.
    public var reason: String

    /// A cause.
    public init(alertID: AlertID, name: String, path: [String], reason: String) {
        self.alertID = alertID
        self.name = name
        self.path = path
        self.reason = reason
    }
}
