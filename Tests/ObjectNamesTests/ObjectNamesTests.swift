import SNMP
import Testing

@testable import ObjectNames

@Suite struct ObjectNamesTests {
    private static let names = ObjectNames.standard

    /// Names with their object identifiers as the standards' own texts number them.
    private static let known: [(String, ObjectIdentifier)] = [
        ("SNMPv2-SMI::mib-2", "1.3.6.1.2.1"), ("SNMPv2-SMI::enterprises", "1.3.6.1.4.1"),
        ("SNMPv2-MIB::sysDescr", "1.3.6.1.2.1.1.1"), ("SNMPv2-MIB::sysORUpTime", "1.3.6.1.2.1.1.9.1.4"),
        ("SNMPv2-MIB::snmpInTotalReqVars", "1.3.6.1.2.1.11.13"), ("SNMPv2-MIB::snmpOutTraps", "1.3.6.1.2.1.11.29"),
        ("SNMPv2-MIB::snmpEnableAuthenTraps", "1.3.6.1.2.1.11.30"), ("SNMPv2-MIB::snmpTrapOID", "1.3.6.1.6.3.1.1.4.1"),
        ("SNMPv2-MIB::snmpTrapEnterprise", "1.3.6.1.6.3.1.1.4.3"), ("SNMPv2-MIB::coldStart", "1.3.6.1.6.3.1.1.5.1"),
        ("SNMPv2-MIB::authenticationFailure", "1.3.6.1.6.3.1.1.5.5"), ("IF-MIB::linkDown", "1.3.6.1.6.3.1.1.5.3"),
        ("IF-MIB::linkUp", "1.3.6.1.6.3.1.1.5.4"), ("IF-MIB::ifNumber", "1.3.6.1.2.1.2.1"),
        ("IF-MIB::ifTable", "1.3.6.1.2.1.2.2"), ("IF-MIB::ifEntry", "1.3.6.1.2.1.2.2.1"),
        ("IF-MIB::ifIndex", "1.3.6.1.2.1.2.2.1.1"), ("IF-MIB::ifLastChange", "1.3.6.1.2.1.2.2.1.9"),
        ("IF-MIB::ifOutQLen", "1.3.6.1.2.1.2.2.1.21"), ("IF-MIB::ifSpecific", "1.3.6.1.2.1.2.2.1.22"),
        ("IF-MIB::ifName", "1.3.6.1.2.1.31.1.1.1.1"), ("IF-MIB::ifHCInOctets", "1.3.6.1.2.1.31.1.1.1.6"),
        ("IF-MIB::ifHCOutBroadcastPkts", "1.3.6.1.2.1.31.1.1.1.13"), ("IF-MIB::ifHighSpeed", "1.3.6.1.2.1.31.1.1.1.15"),
        ("IF-MIB::ifAlias", "1.3.6.1.2.1.31.1.1.1.18"),
        ("IF-MIB::ifCounterDiscontinuityTime", "1.3.6.1.2.1.31.1.1.1.19"),
        ("IF-MIB::ifStackStatus", "1.3.6.1.2.1.31.1.2.1.3"), ("IF-MIB::ifTableLastChange", "1.3.6.1.2.1.31.1.5"),
        ("EtherLike-MIB::dot3StatsFCSErrors", "1.3.6.1.2.1.10.7.2.1.3"),
        ("EtherLike-MIB::dot3StatsDuplexStatus", "1.3.6.1.2.1.10.7.2.1.19"),
        ("IP-MIB::ipAdEntNetMask", "1.3.6.1.2.1.4.20.1.3"), ("IP-MIB::ipNetToMediaPhysAddress", "1.3.6.1.2.1.4.22.1.2"),
        ("RFC1213-MIB::ipRouteNextHop", "1.3.6.1.2.1.4.21.1.7"), ("TCP-MIB::tcpCurrEstab", "1.3.6.1.2.1.6.9"),
        ("HOST-RESOURCES-MIB::hrSystemDate", "1.3.6.1.2.1.25.1.2"),
        ("HOST-RESOURCES-MIB::hrStorageUsed", "1.3.6.1.2.1.25.2.3.1.6"),
        ("HOST-RESOURCES-MIB::hrProcessorLoad", "1.3.6.1.2.1.25.3.3.1.2"),
        ("BRIDGE-MIB::dot1dBasePortIfIndex", "1.3.6.1.2.1.17.1.4.1.2"),
        ("BRIDGE-MIB::dot1dStpPortState", "1.3.6.1.2.1.17.2.15.1.3"),
        ("BRIDGE-MIB::dot1dTpFdbPort", "1.3.6.1.2.1.17.4.3.1.2"), ("BRIDGE-MIB::newRoot", "1.3.6.1.2.1.17.0.1"),
        ("Q-BRIDGE-MIB::dot1qTpFdbPort", "1.3.6.1.2.1.17.7.1.2.2.1.2"),
        ("Q-BRIDGE-MIB::dot1qVlanStaticName", "1.3.6.1.2.1.17.7.1.4.3.1.1"),
        ("Q-BRIDGE-MIB::dot1qPvid", "1.3.6.1.2.1.17.7.1.4.5.1.1"),
        ("ENTITY-MIB::entPhysicalSerialNum", "1.3.6.1.2.1.47.1.1.1.1.11"),
        ("ENTITY-MIB::entConfigChange", "1.3.6.1.2.1.47.2.0.1"),
        ("ENTITY-SENSOR-MIB::entPhySensorValue", "1.3.6.1.2.1.99.1.1.1.4"),
        ("POWER-ETHERNET-MIB::pethPsePortDetectionStatus", "1.3.6.1.2.1.105.1.1.1.6"),
        ("POWER-ETHERNET-MIB::pethMainPseConsumptionPower", "1.3.6.1.2.1.105.1.3.1.1.4"),
        ("LLDP-MIB::lldpRemSysName", "1.0.8802.1.1.2.1.4.1.1.9"),
        ("LLDP-MIB::lldpLocPortId", "1.0.8802.1.1.2.1.3.7.1.3"),
        ("LLDP-MIB::lldpRemManAddrIfId", "1.0.8802.1.1.2.1.4.2.1.4"),
        ("LLDP-MIB::lldpRemTablesChange", "1.0.8802.1.1.2.0.0.1"),
        ("LLDP-V2-MIB::lldpV2RemSysName", "1.3.111.2.802.1.1.13.1.4.1.1.10"),
        ("CISCO-CDP-MIB::cdpCacheDeviceId", "1.3.6.1.4.1.9.9.23.1.2.1.1.6"),
        ("CISCO-CDP-MIB::cdpGlobalDeviceId", "1.3.6.1.4.1.9.9.23.1.3.4"),
        ("SNMP-FRAMEWORK-MIB::snmpEngineID", "1.3.6.1.6.3.10.2.1.1"),
        ("SNMP-FRAMEWORK-MIB::snmpEngineTime", "1.3.6.1.6.3.10.2.1.3"),
        ("SNMP-USER-BASED-SM-MIB::usmStatsUnknownUserNames", "1.3.6.1.6.3.15.1.1.3"),
        ("SNMP-USER-BASED-SM-MIB::usmStatsWrongDigests", "1.3.6.1.6.3.15.1.1.5"),
        ("SNMP-COMMUNITY-MIB::snmpTrapAddress", "1.3.6.1.6.3.18.1.3"), ("NET-SNMP-MIB::netSnmp", "1.3.6.1.4.1.8072"),
    ]

    @Test(arguments: known)
    func `a name leads to its object identifier and back`(name: String, oid: ObjectIdentifier) {
        #expect(Self.names.identifier(of: name) == oid)
        #expect(Self.names.text(of: oid) == name)
        #expect(Self.names.object(named: name.split(separator: ":").last.map(String.init) ?? "")?.oid == oid)
    }

    @Test func `every name and every object identifier is there once`() {
        #expect(Set(Self.names.objects.map(\.name)).count == Self.names.objects.count)
        #expect(Set(Self.names.objects.map(\.oid)).count == Self.names.objects.count)
        #expect(Self.names.objects.count > 700)
    }

    @Test func `every line of the modules is understood`() {
        var parser = ModuleParser()
        for module in ObjectModules.all { parser.read(module) }
        #expect(parser.notUnderstood.isEmpty)
    }

    @Test func `every object leads back to itself with an index`() {
        for object in Self.names.objects where object.syntax.hasValues {
            let text = Self.names.text(of: object.oid.appending(4_294_967_295, 0, 7))
            #expect(text == "\(object.qualifiedName).4294967295.0.7")
            #expect(Self.names.identifier(of: text) == object.oid.appending(4_294_967_295, 0, 7))
        }
    }

    @Test(
        arguments: [
            ("1.3.6.1.4.1.99999.1", "SNMPv2-SMI::enterprises.99999.1"), ("1.3.6.1.2.1.2.2.1", "IF-MIB::ifEntry"),
            ("1.3.6.1.2.1.2.2.1.99.5", "IF-MIB::ifEntry.99.5"), ("2.5.4.3", ".2.5.4.3"), ("1.2.840", ".1.2.840"),
            ("1.3.6.1.2.1.1.3.0", "SNMPv2-MIB::sysUpTime.0"), ("1.3", "SNMPv2-SMI::org"),
            ("1.3.6.1.2.1.31.1.1.1.1.10", "IF-MIB::ifName.10"),
        ] as [(ObjectIdentifier, String)])
    func `what has no name is told from the nearest above`(oid: ObjectIdentifier, text: String) {
        #expect(Self.names.text(of: oid) == text)
    }

    @Test(
        arguments: [
            "ifDesc", "IF-MIB:ifDescr", "IP-MIB::ifDescr", "ifDescr.", "ifDescr..1", "ifDescr.x", "ifDescr.-1",
            "ifDescr.4294967296", "", ".", "1", "::ifDescr", "ifDescr.1.", "IF-MIB::", "ifDescr.+1",
        ])
    func `what is no name is none`(text: String) {
        #expect(Self.names.identifier(of: text) == nil)
    }

    @Test func `a name with more than 128 sub-identifiers is none`() {
        #expect(Self.names.identifier(of: "ifDescr" + String(repeating: ".1", count: 200)) == nil)
    }

    @Test func `the columns of a table are in the order of their numbers`() throws {
        let table = try #require(Self.names.object(named: "ifXTable"))
        let columns = Self.names.columns(under: table)
        #expect(columns.count == 19)
        #expect(columns.first?.name == "ifName" && columns.last?.name == "ifCounterDiscontinuityTime")
        let entry = try #require(Self.names.object(named: "ifEntry"))
        #expect(Self.names.columns(under: entry).count == 22)
        let system = try #require(Self.names.object(named: "system"))
        #expect(Self.names.columns(under: system).isEmpty)
    }

    @Test(
        arguments: [
            ("ifOperStatus", 7, "lowerLayerDown"), ("ifType", 6, "ethernetCsmacd"), ("ifType", 24, "softwareLoopback"),
            ("ifType", 53, "propVirtual"), ("ifType", 117, "gigabitEthernet"), ("ifType", 131, "tunnel"),
            ("ifType", 135, "l2vlan"), ("ifType", 136, "l3ipvlan"), ("ifType", 161, "ieee8023adLag"),
            ("ifType", 166, "mpls"), ("ifType", 209, "bridge"), ("ifType", 244, "wwanPP2"), ("ifType", 250, "gpon"),
            ("ifType", 272, "vmwareNicTeam"), ("entPhysicalClass", 12, "cpu"),
            ("lldpRemChassisIdSubtype", 4, "macAddress"),
            ("lldpRemPortIdSubtype", 5, "interfaceName"), ("dot1dStpPortState", 5, "forwarding"),
            ("ipAddressOrigin", 4, "dhcp"), ("ipForwarding", 2, "notForwarding"), ("ifPromiscuousMode", 2, "false"),
        ] as [(String, Int32, String)])
    func `numbers have the names of the standards`(object: String, number: Int32, label: String) throws {
        let syntax = try #require(Self.names.object(named: object)).syntax
        guard case .enumeration(let names) = syntax else {
            Issue.record("\(object) has no names for its numbers")
            return
        }
        #expect(names.labels[number] == label)
        #expect(names.number(of: label) == number)
    }

    @Test func `bits are named from the highest of the first octet on`() throws {
        let syntax = try #require(Self.names.object(named: "lldpRemSysCapEnabled")).syntax
        guard case .bits(let names) = syntax else {
            Issue.record("no bits")
            return
        }
        #expect(ObjectSyntax.labels(of: [0x28], in: names).map(\.label) == ["bridge", "router"])
        #expect(ObjectSyntax.labels(of: [0x01, 0x80], in: names).map(\.label) == ["stationOnly"])
        #expect(ObjectSyntax.labels(of: [], in: names).isEmpty)
    }
}
