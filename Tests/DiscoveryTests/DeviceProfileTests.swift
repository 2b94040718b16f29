import Discovery
import Inventory
import Testing

/// A description, and what must be read from it.
struct ProfileCase: CustomTestStringConvertible, Sendable {
    let oid: String
    let descr: String
    let profile: DeviceProfile
    var testDescription: String { descr.isEmpty ? oid : descr }

    init(_ oid: String, _ descr: String, _ vendor: String?, _ model: String?, _ os: String?, _ type: DeviceType?) {
        self.oid = oid.isEmpty ? "" : "1.3.6.1.4.1." + oid
        self.descr = descr
        profile = DeviceProfile(vendor: vendor, model: model, osVersion: os, deviceType: type)
    }
}

private let cases = [
    ProfileCase(
        "9.1.1208",
        "Cisco IOS Software, C2960X Software (C2960X-UNIVERSALK9-M), Version 15.0(2a)EX5, RELEASE SOFTWARE (fc3)",
        "Cisco", "C2960X", "IOS 15.0(2a)EX5", .switch),
    ProfileCase(
        "9.1.2688", "Cisco IOS Software [Dublin], Catalyst L3 Switch Software (CAT9K_IOSXE), Version 17.12.4, RELEASE",
        "Cisco", "CAT9K", "IOS XE 17.12.4", .switch),
    ProfileCase(
        "9.1.3006", "Cisco IOS XR Software (8000), Version 24.1.2 Copyright (c) 2013-2024 by Cisco Systems, Inc.",
        "Cisco", "8000", "IOS XR 24.1.2", .router),
    ProfileCase(
        "9.12.3.1.3.1955", "Cisco NX-OS(tm) Nexus9000 C9336C-FX2, Software (NXOS 64-bit), Version 10.2(3), RELEASE",
        "Cisco", "C9336C-FX2", "NX-OS 10.2(3)", .switch),
    ProfileCase(
        "9.1.2404", "Cisco Adaptive Security Appliance Version 9.12(2)", "Cisco", nil, "ASA 9.12(2)", .firewall),
    ProfileCase(
        "9.1.576", "Cisco IOS Software, 2800 Software (C2800NM-ADVENTERPRISEK9-M), Version 15.1(4)M, RELEASE SOFTWARE",
        "Cisco", "C2800NM", "IOS 15.1(4)M", .router),
    ProfileCase(
        "2636.1.1.1.4.82.5",
        "Juniper Networks, Inc. qfx5100-48s-6q Ethernet Switch, kernel JUNOS 14.1X53-D40.8, Build date",
        "Juniper", "qfx5100-48s-6q", "Junos 14.1X53-D40.8", .switch),
    ProfileCase(
        "2636.1.1.1.2.137", "Juniper Networks, Inc. srx340 internet router, kernel JUNOS 18.4R3, Build date",
        "Juniper", "srx340", "Junos 18.4R3", .firewall),
    ProfileCase(
        "2011.2.360.1.9",
        "Huawei Versatile Routing Platform Software VRP (R) software, Version 8.200 (NetEngine 8000 V800R012C10SPC300) "
            + "Copyright (C) 2012-2020 Huawei Technologies Co., Ltd. HUAWEI NetEngine 8000 M8",
        "Huawei", "NetEngine 8000", "VRP 8.200", .router),
    ProfileCase(
        "2011.2.23.96",
        "S5720-52X-SI Huawei Versatile Routing Platform Software VRP (R) software,Version 5.170 (S5720 V200R011)",
        "Huawei", "S5720", "VRP 5.170", .switch),
    ProfileCase("14988.1", "RouterOS RB750Gr3", "MikroTik", "RB750Gr3", nil, .router),
    ProfileCase("14988.1", "RouterOS CRS326-24G-2S+", "MikroTik", "CRS326-24G-2S+", nil, .switch),
    ProfileCase(
        "25506.11.1.24",
        "HP Comware Platform Software, Software Version 5.20.99 Release 2222P08 HP A5500-24G EI Switch",
        "HP", "A5500-24G", "Comware 5.20.99", .switch),
    ProfileCase(
        "47196.4.1.1.1.303", "Aruba JL727A 6200F 48G CL4 4SFP+370W Swch ML.10.07.0005",
        "Aruba", "JL727A 6200F 48G CL4 4SFP+370W Swch", "AOS-CX ML.10.07.0005", .switch),
    ProfileCase(
        "11.2.3.7.11.84", "HP J9146A E2910al-24G-PoE Switch, revision W.15.08.0012, ROM W.14.06",
        "HP", "J9146A E2910al-24G-PoE", "W.15.08.0012", .switch),
    ProfileCase("12356.15", "", "Fortinet", nil, nil, nil),
    ProfileCase(
        "25461.2.3.54", "Palo Alto Networks PA-400 series firewall", "Palo Alto Networks", "PA-400", nil, .firewall),
    ProfileCase(
        "6527.1.3.25", "\"TiMOS-C-22.10.R11 cpm/x86hops64 Nokia 7250 IXR Copyright (c) 2000-2024 Nokia.",
        "Nokia", "7250 IXR", "TiMOS-C-22.10.R11", .router),
    ProfileCase(
        "1916.2.248", "ExtremeXOS (X690-48x-2q-4c) version 22.6.1.4 22.6.1.4 by release-manager",
        "Extreme Networks", "X690-48x-2q-4c", "EXOS 22.6.1.4", .switch),
    ProfileCase("1916.2.302", "VSP-7432CQ (8.0.5.0)", "Extreme Networks", "VSP-7432CQ", "8.0.5.0", .switch),
    ProfileCase(
        "6027.1.5.2",
        "Dell EMC Networking OS Operating System Version: 2.0 Application Software Version: 9.14(1.5) "
            + "Series: Z9100-ON Copyright",
        "Dell", "Z9100-ON", "9.14(1.5)", .switch),
    ProfileCase(
        "6876.4.1", "VMware ESXi 7.0.0 build-15843807 VMware, Inc. x86_64", "VMware", "ESXi",
        "ESXi 7.0.0 build-15843807", .server),
    ProfileCase(
        "311.1.1.3.1.2", "Hardware: Intel64 Family 6 - Software: Windows Version 6.3 (Build 17763 Multiprocessor Free)",
        "Microsoft", nil, "Windows 6.3", .server),
    ProfileCase(
        "8072.3.2.10", "Linux web01 3.10.0-693.21.1.el7.x86_64 #1 SMP Wed Mar 7 19:03:37 UTC 2018 x86_64",
        "Linux", nil, "Linux 3.10.0-693.21.1.el7.x86_64", .server),
    ProfileCase(
        "41112.1.5", "EdgeOS v1.8.0.4853089.160219.1607", "Ubiquiti", nil,
        "EdgeOS v1.8.0.4853089.160219.1607", .router),
    ProfileCase("8072.3.2.10", "UAP-nanoHD 5.43.36.12724", "Ubiquiti", "UAP-nanoHD", "5.43.36.12724", .accessPoint),
    ProfileCase(
        "9.6.1.1006.24.5", "CBS350-24P-4X 24-Port Gigabit PoE Stackable Managed Switch", "Cisco", "CBS350-24P-4X", nil,
        .switch),
    ProfileCase("171.10.64.1", "DES-3526 Fast-Ethernet Switch", "D-Link", nil, nil, nil),
    ProfileCase("", "something unheard of", nil, nil, nil, nil),
]

@Suite("What sysObjectID and sysDescr tell of a device")
struct DeviceProfileTests {
    @Test("Vendor, model, version and type are read", arguments: cases)
    func infers(_ example: ProfileCase) {
        #expect(DeviceProfile.infer(sysObjectID: example.oid, sysDescr: example.descr) == example.profile)
    }

    @Test("Nothing and nonsense give an empty profile")
    func nothing() {
        #expect(DeviceProfile.infer(sysObjectID: nil, sysDescr: nil) == DeviceProfile())
        #expect(DeviceProfile.infer(sysObjectID: "0.0", sysDescr: "") == DeviceProfile())
        #expect(DeviceProfile.infer(sysObjectID: "1.3.6.1.4.1.99999999999", sysDescr: "") == DeviceProfile())
    }
}
