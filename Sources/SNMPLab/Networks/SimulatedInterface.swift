/// What an interface is for: the nine types a classification tells apart, spelt as it spells them.
public enum InterfacePurpose: String, Sendable, CaseIterable {
    /// Uplink to a provider.
    case isp
    /// Link between network devices, or a bundle.
    case trunk
    /// End user's port.
    case access
    /// Server's port, on either end.
    case serverLink = "server_link"
    /// Link to a branch, on either end.
    case branchLink = "branch_link"
    /// Out-of-band port or management VLAN.
    case management
    /// Loopback.
    case loopback
    /// Telephony.
    case voice
    /// Camera.
    case camera
}

/// One interface of a simulated device, as its agent presents it (IF-MIB).
public struct SimulatedInterface: Sendable, Equatable {
    /// ifIndex.
    public var index: UInt32
    /// ifName.
    public var name: String
    /// ifDescr.
    public var descr: String
    /// ifAlias, empty where none is set.
    public var alias: String
    /// ifType, IANA number.
    public var type: Int32
    /// ifMtu.
    public var mtu: Int32
    /// Speed in bits per second: ifSpeed up to its limit, ifHighSpeed in units of a million.
    public var speedBitsPerSecond: UInt64
    /// Added to the device's base address for ifPhysAddress; nil where the interface has no address.
    public var physicalAddressOffset: UInt32?
    /// ifAdminStatus: 1 up, 2 down.
    public var adminStatus: Int32
    /// ifOperStatus: 1 up, 2 down.
    public var operStatus: Int32
    /// ifLastChange in hundredths of a second since the device started; 0 where it never changed.
    public var lastChange: UInt32
    /// ifConnectorPresent.
    public var isPhysical: Bool
    /// The bridge's and LLDP's own number of the port; nil where it is no bridge port.
    public var portNumber: UInt32?
    /// What flows through.
    public var traffic: TrafficProfile

    /// ifSpeed (Gauge32): the speed, or its largest value where that does not fit.
    public var speedGauge: UInt32 {
        UInt32(clamping: speedBitsPerSecond)
    }

    /// ifHighSpeed.
    public var highSpeed: UInt32 {
        UInt32(clamping: (speedBitsPerSecond + 500_000) / 1_000_000)
    }
}

/// What is true of an interface, for tests to compare with.
public struct InterfaceTruth: Sendable, Equatable {
    /// The other end of a cable.
    public enum FarEnd: Sendable, Equatable {
        /// An interface of another device of the network, by their positions.
        case interface(device: Int, position: Int)
        /// A device that is not of the network, by the name it gives.
        case stranger(String)
    }

    /// What it is for.
    public var purpose: InterfacePurpose
    /// The provider of an `isp` interface: magti, silknet, veon, beeline, geocell, caucasus_online, globaltel.
    public var provider: String?
    /// Whether it counts as critical: all `isp`, and trunks marked `[CRITICAL]`.
    public var isCritical: Bool
    /// Whether it is to be monitored: all but loopbacks and ports switched off that never were up.
    public var isMonitored: Bool
    /// What is plugged in, whether or not either end says so.
    public var farEnd: FarEnd?

    /// States a truth.
    public init(
        purpose: InterfacePurpose, provider: String? = nil, isCritical: Bool = false, isMonitored: Bool = true,
        farEnd: FarEnd? = nil
    ) {
        self.purpose = purpose
        self.provider = provider
        self.isCritical = isCritical
        self.isMonitored = isMonitored
        self.farEnd = farEnd
    }
}
