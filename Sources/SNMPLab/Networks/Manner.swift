/// How a vendor's devices present themselves: identity, names, numbers, neighbour protocols.
public enum Manner: String, Sendable, CaseIterable {
    /// Cisco IOS switches and small routers.
    case ciscoIOS
    /// Cisco IOS-XE.
    case ciscoIOSXE
    /// Cisco NX-OS.
    case ciscoNXOS
    /// Huawei VRP.
    case huaweiVRP
    /// MikroTik RouterOS.
    case mikroTik
    /// Juniper Junos.
    case juniper
    /// HP ProCurve and ArubaOS-Switch.
    case procurve
    /// ArubaOS-CX.
    case arubaCX
    /// Fortinet FortiOS.
    case fortinet
    /// Linux with net-snmp.
    case linux

    /// The vendor's name.
    public var vendor: String {
        switch self {
        case .ciscoIOS, .ciscoIOSXE, .ciscoNXOS: "Cisco"
        case .huaweiVRP: "Huawei"
        case .mikroTik: "MikroTik"
        case .juniper: "Juniper"
        case .procurve, .arubaCX: "HP"
        case .fortinet: "Fortinet"
        case .linux: "Linux"
        }
    }

    /// Whether the device speaks CDP; such a pair is heard by CDP, any other by LLDP.
    public var speaksCDP: Bool {
        self == .ciscoIOS || self == .ciscoIOSXE || self == .ciscoNXOS
    }

    /// Whether the agent has BRIDGE-MIB's map of base ports.
    var hasBasePorts: Bool {
        switch self {
        case .ciscoIOS, .ciscoIOSXE, .huaweiVRP, .procurve, .arubaCX: true
        case .ciscoNXOS, .mikroTik, .juniper, .fortinet, .linux: false
        }
    }

    /// Whether the agent has EtherLike-MIB; RouterOS has not.
    var hasEtherLike: Bool { self != .mikroTik }

    /// Whether LLDP's local port number is the bridge's number; elsewhere it is the ifIndex.
    var numbersPortsByBridge: Bool {
        self == .ciscoIOS || self == .ciscoIOSXE || self == .huaweiVRP
    }

    /// The first octets of its MAC addresses.
    var addressPrefix: UInt64 {
        switch self {
        case .ciscoIOS: 0x00_1A_A1
        case .ciscoIOSXE: 0x70_6D_15
        case .ciscoNXOS: 0x00_3A_9C
        case .huaweiVRP: 0x48_46_FB
        case .mikroTik: 0x4C_5E_0C
        case .juniper: 0x2C_6B_F5
        case .procurve: 0x9C_8E_99
        case .arubaCX: 0x88_3A_30
        case .fortinet: 0x00_09_0F
        case .linux: 0x00_25_90
        }
    }

    /// sysObjectID of the vendor's products, by a product's number.
    func objectID(product: UInt32) -> [UInt32] {
        let enterprise: [UInt32] = [1, 3, 6, 1, 4, 1]
        return switch self {
        case .ciscoIOS, .ciscoIOSXE: enterprise + [9, 1, product]
        case .ciscoNXOS: enterprise + [9, 12, 3, 1, 3, product]
        case .huaweiVRP: enterprise + [2011, 2, 23, product]
        case .mikroTik: enterprise + [14988, 1]
        case .juniper: enterprise + [2636, 1, 1, 1, 2, product]
        case .procurve: enterprise + [11, 2, 3, 7, 11, product]
        case .arubaCX: enterprise + [47196, 4, 1, 1, 1, product]
        case .fortinet: enterprise + [12356, 101, 1, product]
        case .linux: enterprise + [8072, 3, 2, 10]
        }
    }

    /// sysDescr of a model.
    func systemDescr(model: String, name: String) -> String {
        switch self {
        case .ciscoIOS:
            "Cisco IOS Software, \(model) Software (\(model)-UNIVERSALK9-M), Version 15.2(7)E8, RELEASE SOFTWARE (fc2)"
                + "\r\nTechnical Support: http://www.cisco.com/techsupport"
        case .ciscoIOSXE:
            "Cisco IOS Software [Cupertino], \(model) Software (CAT9K_IOSXE), Version 17.9.4a, RELEASE SOFTWARE (fc3)"
        case .ciscoNXOS:
            "Cisco NX-OS(tm) \(model), Software (n9000-dk9), Version 9.3(11), RELEASE SOFTWARE"
        case .huaweiVRP:
            "Huawei Versatile Routing Platform Software\r\nVRP (R) software, Version 5.170 (\(model) V200R019C10SPC500)"
        case .mikroTik: "RouterOS \(model)"
        case .juniper:
            "Juniper Networks, Inc. \(model) Ethernet Switch, kernel JUNOS 21.4R3-S4.9, Build date: 2023-05-10"
        case .procurve: "HP \(model) Switch, revision YA.16.10.0022, ROM YA.15.20"
        case .arubaCX: "Aruba \(model) FL.10.10.1070"
        case .fortinet: "\(model)"
        case .linux: "Linux \(name) 5.14.0-362.8.1.el9_3.x86_64 #1 SMP PREEMPT_DYNAMIC x86_64"
        }
    }
}
