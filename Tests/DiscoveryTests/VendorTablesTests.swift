import Inventory
import Testing

@testable import Discovery

@Suite("Neighbour tables of vendors")
struct VendorTablesTests {
    private typealias Decode = @Sendable (NeighbourAnswer, LocalPorts) -> NeighbourTableReading
    private static let tables: [(name: String, columns: [NeighbourColumn], decode: Decode)] = [
        ("LLDP-V2", LLDPV2Tables.columns, LLDPV2Tables.decode), ("TIMETRA", TiMetraLLDP.columns, TiMetraLLDP.decode),
        ("BDCOM", BDCOMLLDP.columns, BDCOMLLDP.decode), ("JetStream", JetStreamLLDP.columns, JetStreamLLDP.decode),
        ("MikroTik", MikroTikNeighbours.columns + LLDPTable.columns, MikroTikNeighbours.decode),
        ("FDP", FoundryFDP.columns, FoundryFDP.decode),
    ]

    // MARK: LLDP-V2-MIB

    @Test("LLDP-V2: the columns stand where IEEE 802.1AB-2009 puts them, the index is mark, ifIndex, address, number")
    func lldpV2() throws {
        let remote = "1.3.111.2.802.1.1.13.1.4.1.1."
        let answer = NeighbourAnswer.made([
            (remote + "5.77.3.1.1", .integer(4)), (remote + "6.77.3.1.1", .octets([0, 0x1B, 0x17, 0, 1, 0x20])),
            (remote + "7.77.3.1.1", .integer(5)), (remote + "8.77.3.1.1", .text("ethernet1/4")),
            (remote + "9.77.3.1.1", .text("uplink")), (remote + "10.77.3.1.1", .text("pa-440")),
            (remote + "11.77.3.1.1", .text("Palo Alto Networks")), (remote + "12.77.3.1.1", .octets([0x28])),
            (remote + "13.77.3.1.1", .octets([0x08])),
            ("1.3.111.2.802.1.1.13.1.4.2.1.3.77.3.1.1.1.4.192.0.2.9", .integer(2)),
            ("1.3.111.2.802.1.1.13.1.4.2.1.3.5.3.1.1.2.16.32.1.13.184.0.0.0.0.0.0.0.0.0.0.0.9", .integer(2)),
            ("1.3.111.2.802.1.1.13.1.3.7.1.2.3", .integer(5)),
            ("1.3.111.2.802.1.1.13.1.3.7.1.3.3", .text("ethernet1/1")),
        ])
        let table = LLDPV2Tables.decode(answer, .none)
        let row = try #require(table.neighbours.first)
        #expect(table.neighbours.count == 1)
        #expect(row.heardBy == .lldp && row.localIfIndex == 3 && row.localPortRule == .ifIndex)
        #expect(row.localPort == "ethernet1/1")
        #expect(row.chassis == NeighbourID(subtype: 4, kind: .mac, text: "00:1b:17:00:01:20"))
        #expect(row.port == NeighbourID(subtype: 5, kind: .text, text: "ethernet1/4"))
        #expect(row.portDescription == "uplink" && row.systemName == "pa-440")
        #expect(row.systemDescription == "Palo Alto Networks")
        #expect(row.capabilities == [.router])
        #expect(row.managementAddresses == ["192.0.2.9", "2001:db8::9"])
    }

    @Test("LLDP-V2: a neighbour heard at two destination addresses is one, and the other row is counted")
    func lldpV2Destinations() {
        var answer = NeighbourAnswer()
        for destination in [UInt32(1), 2, 3] {
            answer.set(column(LLDPV2Tables.columns, "lldpV2RemSysName"), [0, 5, destination, 1], "sw1")
            answer.set(column(LLDPV2Tables.columns, "lldpV2RemPortId"), [0, 5, destination, 1], "eth1")
        }
        let table = LLDPV2Tables.decode(answer, .none)
        #expect(table.neighbours.count == 1)
        #expect(table.dropped == [.repeated: 2])
    }

    @Test("rows with subtypes only are placeholders; indexes that are too short cannot be used")
    func droppedRows() {
        var answer = NeighbourAnswer()
        answer.set(column(LLDPV2Tables.columns, "lldpV2RemChassisIdSubtype"), [0, 5, 1, 1], .integer(0))
        answer.set(column(LLDPV2Tables.columns, "lldpV2RemSysName"), [0, 5, 1, 2], "\u{0}\u{0}")
        answer.set(column(LLDPV2Tables.columns, "lldpV2RemSysName"), [5, 1, 1], "short")
        answer.set(column(LLDPV2Tables.columns, "lldpV2RemSysName"), [], "none")
        answer.set(column(LLDPV2Tables.columns, "lldpV2RemSysName"), [0, 6, 1, 2, 9], "long")
        let table = LLDPV2Tables.decode(answer, .none)
        #expect(table.neighbours.map(\.systemName) == ["long"])
        #expect(table.neighbours.map(\.localIfIndex) == [6])
        #expect(table.dropped == [.placeholder: 2, .unusableIndex: 2])
    }

    // MARK: TIMETRA-LLDP-MIB

    @Test("TIMETRA: rows are on the ifIndex in their index, addresses in the index of their own table")
    func timetra() throws {
        let root = "1.3.6.1.4.1.6527.3.1.2.59."
        let answer = NeighbourAnswer.made([
            (root + "4.1.1.4.10416.1610891280.1.1", .integer(4)),
            (root + "4.1.1.5.10416.1610891280.1.1", .octets([0x58, 0x30, 0x6E, 0xBB, 0x97, 0xE8])),
            (root + "4.1.1.6.10416.1610891280.1.1", .integer(7)),
            (root + "4.1.1.7.10416.1610891280.1.1", .text("1610891281")),
            (root + "4.1.1.9.10416.1610891280.1.1", .text("IXR-2")),
            (root + "4.1.1.12.10416.1610891280.1.1", .octets([0x28, 0])),
            (root + "4.2.1.3.10416.1610891280.1.1.1.4.10.0.0.2", .integer(2)),
            (root + "3.1.1.2.1610891280.1", .integer(7)), (root + "3.1.1.3.1610891280.1", .text("35684352")),
        ])
        let row = try #require(TiMetraLLDP.decode(answer, .none).neighbours.first)
        #expect(row.localIfIndex == 1_610_891_280 && row.localPortRule == .ifIndex && row.localPort == "35684352")
        #expect(row.chassis?.text == "58:30:6e:bb:97:e8" && row.port?.text == "1610891281")
        #expect(row.capabilities == [.bridge, .router])
        #expect(row.managementAddresses == ["10.0.0.2"])
    }

    @Test("the recorded Nokia router's neighbours are all there", .enabled(if: Corpus.root != nil))
    func recordedTiMOS() throws {
        let table = TiMetraLLDP.decode(try Corpus.neighbourAnswer("timos_ixr"), .none)
        #expect(table.neighbours.map(\.localIfIndex) == [1_610_891_280, 1_610_891_288, 1_610_891_272])
        #expect(table.neighbours.map(\.systemName) == ["HOUF_IXR_02", "HOUF_IXR_02", "HOUF_SR_01"])
        #expect(table.neighbours.map { $0.port?.text } == ["1610891280", "1610891288", "38010880"])
        #expect(table.neighbours.allSatisfy { $0.capabilities.isEmpty && $0.localPortRule == .ifIndex })
        #expect(table.dropped.isEmpty && table.failure == nil)
    }

    // MARK: NMS-LLDP-MIB

    @Test("BDCOM: LLDP-MIB under another root; the device's own port id finds the interface, else the number")
    func bdcom() {
        let root = "1.3.6.1.4.1.3320.127.1."
        let answer = NeighbourAnswer.made([
            (root + "4.1.1.5.0.24.1", .octets([0, 0x1A, 0x2B, 0x3C, 0x4D, 0x5E])),
            (root + "4.1.1.4.0.24.1", .integer(4)),
            (root + "4.1.1.7.0.24.1", .text("Gi0/24")), (root + "4.1.1.9.0.24.1", .text("agg-1")),
            (root + "4.1.1.9.0.7.2", .text("agg-2")), (root + "3.7.1.2.24", .integer(5)),
            (root + "3.7.1.3.24", .text("gigaEthernet0/24")),
        ])
        let ports = LocalPorts.made([(7, "g0/7"), (32, "gigaEthernet0/24")])
        let table = BDCOMLLDP.decode(answer, ports)
        #expect(table.neighbours.map(\.systemName) == ["agg-2", "agg-1"])
        #expect(table.neighbours.map(\.localIfIndex) == [7, 32])
        #expect(table.neighbours.map(\.localPortRule) == [.portNumberIsIndex, .portIDIsName])
        #expect(table.neighbours.map(\.localPort) == ["7", "gigaEthernet0/24"])
    }

    // MARK: TPLINK-LLDPINFO-MIB

    @Test("TP-Link: types, capabilities and addresses are words")
    func jetStream() throws {
        let answer = jetStreamAnswer(index: "49175.1", port: "1/0/23")
        let row = try #require(
            JetStreamLLDP.decode(answer, .made([(49_175, "gigabitEthernet 1/0/23")])).neighbours.first)
        #expect(row.heardBy == .lldp && row.localIfIndex == 49_175 && row.localPortRule == .ifIndex)
        #expect(row.localPort == "1/0/23")
        #expect(row.chassis == NeighbourID(subtype: 4, kind: .mac, text: "a4:b9:84:7e:9a:4b"))
        #expect(row.port == NeighbourID(subtype: 5, kind: .text, text: "eth1"))
        #expect(row.systemName == "router-7" && row.systemDescription == "OpenWrt 19.07.7")
        #expect(row.capabilities == [.bridge, .wlanAP, .router])
        #expect(row.managementAddresses == ["192.0.2.149", "192.0.2.150"])
    }

    @Test("TP-Link: the panel's words find the port where the index is no ifIndex, or another port's")
    func jetStreamPlaces() {
        let cases: [(index: String, port: String, names: [(Int64, String)], ifIndex: Int64?, rule: LocalPortRule?)] = [
            ("23.1", "1/0/23", [(49_175, "gigabitEthernet 1/0/23")], 49_175, .vendorTable),
            ("23.1", "1/0/23", [(23, "vlan 23"), (49_175, "gigabitEthernet 1/0/23")], 49_175, .vendorTable),
            ("49177.1", "1/0/25", [(49_177, "ten-gigabitEthernet 1/0/25")], 49_177, .ifIndex),
            ("49177.1", "?", [(49_177, "port 25")], 49_177, .ifIndex),
            ("23.1", "?", [(49_175, "gigabitEthernet 1/0/23")], nil, nil),
        ]
        for (index, port, names, ifIndex, rule) in cases {
            let row = JetStreamLLDP.decode(jetStreamAnswer(index: index, port: port), .made(names)).neighbours.first
            #expect(row?.localIfIndex == ifIndex, "\(index) \(port)")
            #expect(row?.localPortRule == rule, "\(index) \(port)")
        }
    }

    @Test("TP-Link: where LLDP-MIB has its rows under longer indexes, the maker's own table tells them whole")
    func jetStreamBesideLongIndexes() {
        let name = "1.0.8802.1.1.2.1.4.1.1.9."
        let long = NeighbourAnswer.made([(name + "0.7.1.4.9", .text("router-7"))])
        #expect(NeighbourDecoding.decode(long).neighbours.map(\.localPort) == ["7"])
        var both = jetStreamAnswer(index: "49175.1", port: "1/0/23")
        both.columns.merge(long.columns, uniquingKeysWith: { first, _ in first })
        #expect(NeighbourDecoding.decode(both).neighbours.map(\.localPort) == ["1/0/23"])
        both.columns.merge(
            NeighbourAnswer.made([(name + "0.7.1", .text("router-7"))]).columns, uniquingKeysWith: { $1 })
        #expect(NeighbourDecoding.decode(both).neighbours.map(\.localPort) == ["7"])
    }

    private func jetStreamAnswer(index: String, port: String) -> NeighbourAnswer {
        let entry = "1.3.6.1.4.1.11863.6.35.1.2.2.1."
        return .made([
            (entry + "1.\(index)", .text(port)), (entry + "3.\(index)", .text("MAC address")),
            (entry + "4.\(index)", .text("A4:B9:84:7E:9A:4B")), (entry + "5.\(index)", .text("Interface name")),
            (entry + "6.\(index)", .text("eth1")), (entry + "8.\(index)", .text("eth1")),
            (entry + "9.\(index)", .text("router-7")), (entry + "10.\(index)", .text("OpenWrt 19.07.7")),
            (entry + "11.\(index)", .text("Bridge WLAN Access Point Router Station Only")),
            (entry + "12.\(index)", .text("Bridge WLAN Access Point Router")),
            (entry + "13.\(index)", .text("192.0.2.149")),
            ("1.3.6.1.4.1.11863.6.35.1.2.3.1.5.\(index).1.4.192.0.2.150", .integer(2)),
        ])
    }

    // MARK: MIKROTIK-MIB

    private static let mikroTik = "1.3.6.1.4.1.14988.1.1.11.1.1."
    private static let lldp = "1.0.8802.1.1.2.1.4."

    @Test("MikroTik: a neighbour that LLDP lists without a port is LLDP's, on the interface of this table")
    func mikroTikCompletesLLDP() {
        for index in ["0.0.1502", "1502"] {
            let answer = NeighbourAnswer.made([
                (Self.mikroTik + "2.1502", .octets([10, 24, 99, 65])),
                (Self.mikroTik + "3.1502", .octets([0, 4, 0x56, 0xEF, 0xF1, 0xC9])),
                (Self.mikroTik + "5.1502", .text("5G Force 200")), (Self.mikroTik + "6.1502", .text("mast-28")),
                (Self.mikroTik + "8.1502", .integer(9)), (Self.lldp + "1.1.4.\(index)", .integer(4)),
                (Self.lldp + "1.1.5.\(index)", .text("00:04:56:EF:F1:C9")), (Self.lldp + "1.1.6.\(index)", .integer(5)),
                (Self.lldp + "1.1.7.\(index)", .text("br-lan.98")), (Self.lldp + "1.1.9.\(index)", .text("mast-28")),
            ])
            let table = MikroTikNeighbours.decode(answer, .made([(9, "ether9")]))
            #expect(table.neighbours.count == 1, "\(index)")
            let row = table.neighbours.first
            #expect(row?.heardBy == .lldp && row?.localIfIndex == 9 && row?.localPortRule == .vendorTable, "\(index)")
            #expect(row?.port?.text == "br-lan.98" && row?.chassis?.text == "00:04:56:ef:f1:c9", "\(index)")
            #expect(row?.platform == "5G Force 200" && row?.managementAddresses == ["10.24.99.65"], "\(index)")
        }
    }

    @Test("MikroTik: what LLDP has with its port is repeated, what it has not is MNDP's, an empty row nobody's")
    func mikroTikBesideLLDP() {
        let answer = NeighbourAnswer.made([
            (Self.lldp + "1.1.9.0.6.2", .text("sw11")), (Self.mikroTik + "6.2", .text("sw11")),
            (Self.mikroTik + "8.2", .integer(6)), (Self.mikroTik + "6.3", .text("r7")),
            (Self.mikroTik + "3.3", .text("0:23:ac:53:3:28")), (Self.mikroTik + "8.3", .integer(10)),
            (Self.mikroTik + "4.3", .text("7.1 (stable)")), (Self.mikroTik + "2.3", .octets([0, 0, 0, 0])),
            (Self.mikroTik + "8.4", .integer(11)), (Self.mikroTik + "6.5", .text("nowhere")),
            (Self.mikroTik + "8.5", .integer(-1)),
        ])
        let table = MikroTikNeighbours.decode(answer, .none)
        #expect(table.neighbours.map(\.systemName) == ["r7", "nowhere"])
        #expect(table.neighbours.map(\.heardBy) == [.mndp, .mndp])
        #expect(table.neighbours.map(\.localIfIndex) == [10, nil])
        #expect(table.neighbours.first?.chassis == NeighbourID(kind: .mac, text: "00:23:ac:53:03:28"))
        #expect(table.neighbours.first?.managementAddresses == [])
        #expect(table.neighbours.first?.systemDescription == "7.1 (stable)")
        #expect(table.dropped == [.repeated: 1, .placeholder: 1])
    }

    @Test(
        "the recorded RouterOS lists in its own table only what LLDP has with its port",
        .enabled(if: Corpus.root != nil))
    func recordedRouterOS() throws {
        let table = MikroTikNeighbours.decode(try Corpus.neighbourAnswer("routeros_rb750gr3"), .none)
        #expect(table.neighbours.isEmpty)
        #expect(table.dropped == [.repeated: 2])
    }

    // MARK: FOUNDRY-SN-SWITCH-GROUP-MIB

    @Test("FDP: the cache tells which protocol each neighbour was heard by")
    func foundry() {
        let entry = "1.3.6.1.4.1.1991.1.1.3.20.1.2.1.1."
        let answer = NeighbourAnswer.made([
            (entry + "3.65.1", .text("icx-2")), (entry + "4.65.1", .integer(1)),
            (entry + "5.65.1", .octets([10, 1, 1, 2])),
            (entry + "6.65.1", .text("IronWare 5.6")), (entry + "7.65.1", .text("ethernet1/1")),
            (entry + "8.65.1", .text("NetIron XMR")), (entry + "9.65.1", .text("Router")),
            (entry + "10.65.1", .integer(1)), (entry + "3.66.1", .text("core.example.net")),
            (entry + "4.66.1", .integer(2)), (entry + "5.66.1", .octets([0, 0, 0, 1, 2, 2, 2, 2, 2, 2])),
            (entry + "7.66.1", .text("Gi1/0/1")), (entry + "9.66.1", .octets([0, 0, 0, 0x29])),
            (entry + "10.66.1", .integer(2)), (entry + "3.67.1", .text("001b.2100.0001")),
            (entry + "9.67.1", .text("")),
            ("1.3.6.1.4.1.1991.1.1.3.20.1.4.1.1.5.65.1.1", .octets([10, 1, 1, 2])),
            ("1.3.6.1.4.1.1991.1.1.3.20.1.4.1.1.5.65.1.2", .octets([10, 9, 9, 2])), (entry + "3.68.1", .text("")),
            (entry + "3.69", .text("short")),
        ])
        let table = FoundryFDP.decode(answer, .none)
        #expect(table.neighbours.map(\.heardBy) == [.fdp, .fdp, .cdp])
        #expect(table.neighbours.map(\.localIfIndex) == [65, 67, 66])
        #expect(table.neighbours.map(\.systemName) == ["icx-2", nil, "core.example.net"])
        #expect(table.neighbours.map(\.capabilities) == [[.router], [], [.router, .bridge]])
        #expect(table.neighbours.map(\.managementAddresses) == [["10.1.1.2", "10.9.9.2"], [], []])
        #expect(table.neighbours[1].chassis == NeighbourID(kind: .mac, text: "00:1b:21:00:00:01"))
        #expect(table.neighbours.first?.platform == "NetIron XMR")
        #expect(table.dropped == [.placeholder: 1, .unusableIndex: 1])
    }

    // MARK: All of them

    @Test("a maker's table is asked of the maker's devices, and of those that do not say whose they are")
    func worthAsking() {
        let nokia = "1.3.6.1.4.1.6527.1.3.25"
        #expect(TiMetraLLDP.isWorthAsking(sysObjectID: nokia))
        #expect(!TiMetraLLDP.isWorthAsking(sysObjectID: "1.3.6.1.4.1.65270.1"))
        #expect(!TiMetraLLDP.isWorthAsking(sysObjectID: "1.3.6.1.4.1.9.1.1"))
        #expect(MikroTikNeighbours.isWorthAsking(sysObjectID: "1.3.6.1.4.1.14988.1"))
        #expect(JetStreamLLDP.isWorthAsking(sysObjectID: "1.3.6.1.4.1.11863.5.33"))
        #expect(FoundryFDP.isWorthAsking(sysObjectID: "1.3.6.1.4.1.1991.1.3.51.7"))
        #expect(BDCOMLLDP.isWorthAsking(sysObjectID: "1.3.6.1.4.1.52642.2.1.45.101"))
        #expect(!FoundryFDP.isWorthAsking(sysObjectID: nokia) && !JetStreamLLDP.isWorthAsking(sysObjectID: nokia))
        for object in [nil, "1.0.3.0.6.0.1.0", ""] as [String?] {
            #expect(TiMetraLLDP.isWorthAsking(sysObjectID: object) && BDCOMLLDP.isWorthAsking(sysObjectID: object))
        }
        #expect(LLDPV2Tables.isWorthAsking(sysObjectID: nokia))
    }

    @Test("a column that was not read to its end is said, with its reason")
    func failures() {
        for (name, columns, decode) in Self.tables {
            for column in columns where !column.name.contains("Loc") && !LLDPTable.columns.contains(column) {
                let answer = NeighbourAnswer(columns: [column: NeighbourRows(failure: "timeout")])
                #expect(decode(answer, .none).failure == "\(column.name): timeout", "\(name)")
            }
            #expect(decode(NeighbourAnswer(), .none) == NeighbourTableReading(), "\(name)")
        }
    }

    @Test("whatever a device answers, every row is kept or counted, and what is kept can be told")
    func anyAnswer() {
        for seed in UInt64(1)...80 {
            var generator = SeededGenerator(seed: seed)
            for (name, columns, decode) in Self.tables {
                let answer = NeighbourAnswer.random(columns, using: &generator)
                let own = columns.filter { !LLDPTable.columns.contains($0) || name != "MikroTik" }
                let table = decode(answer, .made([(1, "1/0/1"), (2, "eth2")]))
                let rows = Set(
                    own.filter { !$0.name.contains("Loc") && !$0.name.contains("Addr") }
                        .flatMap { answer[$0].rows.map(\.index) })
                #expect(
                    table.neighbours.count + table.dropped.values.reduce(0, +) >= rows.count,
                    "\(name), seed \(seed)")
                for row in table.neighbours {
                    #expect(!row.localPort.isEmpty && row.saysSomething, "\(name), seed \(seed)")
                    #expect((row.localIfIndex == nil) == (row.localPortRule == nil), "\(name), seed \(seed)")
                    #expect(row.managementAddresses.count <= NeighbourAddresses.countMax + 1, "\(name), seed \(seed)")
                    #expect((row.systemName ?? "").utf8.count <= 4096, "\(name), seed \(seed)")
                }
                #expect(decode(answer, .made([(1, "1/0/1"), (2, "eth2")])) == table, "\(name), seed \(seed)")
            }
        }
    }

    private func column(_ columns: [NeighbourColumn], _ name: String) -> NeighbourColumn {
        columns.first { $0.name == name } ?? NeighbourColumn(name, "")
    }
}

extension MIBValue {
    static func text(_ text: String) -> MIBValue { .octets(Array(text.utf8)) }
}

extension LocalPorts {
    /// A device of which nothing is known.
    static let none = LocalPorts(interfaces: [], ports: [], bridgePorts: [:])

    /// Interfaces by ifIndex and ifName.
    static func made(_ names: [(Int64, String)], bridgePorts: [UInt32: Int64] = [:]) -> LocalPorts {
        LocalPorts(
            interfaces: names.map { LocalInterface(ifIndex: $0.0, ifName: $0.1) }, ports: [], bridgePorts: bridgePorts)
    }
}

extension NeighbourAnswer {
    /// All columns that device tables are read from.
    static let allColumns = NeighbourDecoding.columns + LocalSystemReading.columns + Forwarding.columns

    /// Values by their whole object identifiers.
    static func made(_ values: [(String, MIBValue)]) -> NeighbourAnswer {
        var answer = NeighbourAnswer()
        for (dotted, value) in values {
            guard
                let column = Set(allColumns).first(where: { dotted == $0.dotted || dotted.hasPrefix($0.dotted + ".") })
            else {
                Issue.record("\(dotted) is in no column")
                continue
            }
            let index = dotted.dropFirst(column.dotted.utf8.count).split(separator: ".").compactMap { UInt32($0) }
            answer.set(column, index, value)
        }
        return answer
    }

    /// Torn tables: rows of any length, values of any kind.
    static func random(_ columns: [NeighbourColumn], using generator: inout SeededGenerator) -> NeighbourAnswer {
        var answer = NeighbourAnswer()
        let texts = [
            "", "MAC address", "1/0/1", "sw1", "00:1b:21:00:00:01", "10.0.0.1", "28 2 4", "<b>", "\u{0}",
            String(repeating: "x", count: 6000),
        ]
        for column in columns {
            for _ in 0..<Int.random(in: 0...4, using: &generator) {
                let index = (0..<Int.random(in: 0...6, using: &generator)).map { _ in
                    [0, 1, 2, 3, 4, 16, 255, UInt32.max][Int.random(in: 0...7, using: &generator)]
                }
                let value: MIBValue
                switch Int.random(in: 0...4, using: &generator) {
                case 0: value = .integer([0, 1, 4, 7, -1, .max, .min][Int.random(in: 0...6, using: &generator)])
                case 1: value = .text(texts[Int.random(in: 0..<texts.count, using: &generator)])
                case 2: value = .null
                case 3: value = .objectIdentifier("1.3.6")
                default:
                    value = .octets(
                        (0..<Int.random(in: 0...20, using: &generator)).map { _ in
                            .random(in: 0...255, using: &generator)
                        })
                }
                answer.set(column, index, value)
            }
        }
        return answer
    }
}
