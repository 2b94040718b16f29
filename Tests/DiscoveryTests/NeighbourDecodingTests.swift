import Inventory
import Testing

@testable import Discovery

/// Rows as the standards and the recordings have them, in the whole of an answer.
@Suite("Decoding neighbours")
struct NeighbourDecodingTests {
    private typealias LLDP = LLDPTable
    private typealias Own = LocalSystemColumns

    /// A device of interfaces 1, 2, … with these names, whose LLDP ports have the same numbers and names.
    private func device(_ names: [String] = ["Gi0/1", "Gi0/2", "Gi0/3"]) -> NeighbourAnswer {
        var answer = NeighbourAnswer()
        for (offset, name) in names.enumerated() {
            answer.set(Own.ifIndex, [UInt32(offset + 1)], .integer(Int64(offset + 1)))
            answer.set(Own.ifName, [UInt32(offset + 1)], name)
            answer.set(Own.portSubtype, [UInt32(offset + 1)], .integer(5))
            answer.set(Own.portID, [UInt32(offset + 1)], name)
        }
        return answer
    }

    private func add(
        _ index: [UInt32], chassis: [UInt8]? = nil, port: String? = nil, name: String? = nil,
        to answer: inout NeighbourAnswer
    ) {
        answer.set(LLDP.chassisSubtype, index, .integer(chassis == nil ? 0 : 4))
        answer.set(LLDP.chassisID, index, .octets(chassis ?? []))
        answer.set(LLDP.portSubtype, index, .integer(port == nil ? 0 : 5))
        answer.set(LLDP.portID, index, port ?? "")
        answer.set(LLDP.systemName, index, name ?? "")
    }

    private let far: [UInt8] = [0x00, 0x1B, 0x21, 0, 0, 9]

    @Test("A row of lldpRemTable with all it can say")
    func wholeRow() throws {
        var answer = device()
        let index: [UInt32] = [500, 2, 3]
        add(index, chassis: far, port: "GigabitEthernet0/7", name: "core-1.example.net", to: &answer)
        answer.set(LLDP.portDescription, index, "to branch")
        answer.set(LLDP.systemDescription, index, "a switch")
        answer.set(LLDP.supported, index, .octets([0x28, 0]))
        answer.set(LLDP.enabled, index, .octets([0x20, 0]))
        answer.set(LLDP.addressSubtype, index + [1, 4, 192, 0, 2, 7], .integer(2))
        answer.set(LLDP.addressSubtype, index + [6, 6, 0, 27, 33, 0, 0, 9], .integer(2))
        answer.set(LLDP.addressInterface, index + [1, 4, 192, 0, 2, 7], .integer(1))
        let found = NeighbourDecoding.decode(answer)
        let reading = try #require(found.neighbours.first)
        #expect(found.neighbours.count == 1 && found.dropped.isEmpty && found.failed.isEmpty)
        #expect(reading.heardBy == .lldp && reading.localIfIndex == 2 && reading.localPortRule == .portIDIsName)
        #expect(reading.localPort == "Gi0/2")
        #expect(reading.chassis == NeighbourID(subtype: 4, kind: .mac, text: "00:1b:21:00:00:09"))
        #expect(reading.port == NeighbourID(subtype: 5, kind: .text, text: "GigabitEthernet0/7"))
        #expect(reading.portDescription == "to branch" && reading.systemDescription == "a switch")
        #expect(reading.systemName == "core-1.example.net" && reading.capabilities == [.bridge])
        #expect(reading.managementAddresses == ["192.0.2.7"])
        #expect(found.interfaces.map(\.ifName) == ["Gi0/1", "Gi0/2", "Gi0/3"])
    }

    @Test("Empty places of the table are dropped as such; a name or an address alone is a neighbour")
    func placeholders() {
        var answer = device()
        add([0, 1, 1], to: &answer)
        add([0, 1, 2], chassis: [0, 0, 0, 0, 0, 0], to: &answer)
        answer.set(LLDP.enabled, [0, 1, 2], .octets([0x20, 0]))
        add([0, 2, 3], name: "only-a-name", to: &answer)
        add([0, 3, 4], to: &answer)
        answer.set(LLDP.addressSubtype, [0, 3, 4, 1, 4, 192, 0, 2, 7], .integer(2))
        let found = NeighbourDecoding.decode(answer)
        #expect(found.dropped == [.placeholder: 2])
        #expect(found.neighbours.map(\.displayName) == ["only-a-name", "192.0.2.7"])
    }

    @Test("A neighbour that is in the table twice is one: the row that changed last holds")
    func repeatedRows() {
        var answer = device()
        add([100, 1, 1], chassis: far, port: "Gi0/7", name: "old-name", to: &answer)
        answer.set(LLDP.systemDescription, [100, 1, 1], "a switch")
        add([900, 1, 2], chassis: far, port: "Gi0/7", name: "new-name", to: &answer)
        add([900, 1, 3], chassis: far, port: "Gi0/8", name: "new-name", to: &answer)
        add([900, 2, 4], chassis: far, port: "Gi0/7", name: "new-name", to: &answer)
        let found = NeighbourDecoding.decode(answer)
        #expect(found.dropped == [.repeated: 1])
        #expect(found.neighbours.count == 3)
        #expect(found.neighbours.first?.systemName == "new-name")
        #expect(found.neighbours.first?.systemDescription == "a switch", "what the newer row lacks, the older one says")
    }

    @Test("Several neighbours on one port stay apart: a telephone and the computer behind it")
    func severalOnOnePort() {
        var answer = device()
        add([0, 1, 1], chassis: far, port: "Port 1", name: "SEP001B21000009", to: &answer)
        add([0, 1, 2], chassis: [0x00, 0x1B, 0x21, 0, 0, 10], name: "pc-17", to: &answer)
        #expect(NeighbourDecoding.decode(answer).neighbours.map(\.localIfIndex) == [1, 1])
    }

    @Test(
        "An index with a part too few has mark and port, or port and system, whichever the ports of the device say",
        arguments: [
            ([[0, 1], [0, 3]], [1, 3]), ([[700, 1], [900, 3]], [1, 3]), ([[1, 77], [3, 78]], [1, 3]),
            ([[1, 1], [3, 1]], [1, 3]), ([[0, 2]], [2]),
        ] as [([[UInt32]], [Int64])])
    func twoPartIndexes(_ indexes: [[UInt32]], _ expected: [Int64]) {
        var answer = device()
        for (place, index) in indexes.enumerated() { add(index, port: "p\(place)", name: "n\(place)", to: &answer) }
        let found = NeighbourDecoding.decode(answer)
        #expect(found.neighbours.compactMap(\.localIfIndex) == expected)
    }

    @Test("Longer indexes have the port in its place; shorter ones have none and are dropped")
    func otherIndexes() {
        var answer = device()
        add([0, 2, 1, 1, 128, 194, 0, 0, 14], port: "a", name: "long", to: &answer)
        add([5], port: "a", name: "short", to: &answer)
        add([], port: "a", name: "none", to: &answer)
        let found = NeighbourDecoding.decode(answer)
        #expect(found.neighbours.map(\.localIfIndex) == [2])
        #expect(found.dropped == [.unusableIndex: 2])
    }

    @Test("Management addresses find their system also where their table has time marks of its own")
    func otherTimeMarks() {
        var answer = device()
        add([100, 1, 1], chassis: far, port: "a", name: "one", to: &answer)
        add([100, 2, 2], chassis: far, port: "b", name: "two", to: &answer)
        answer.set(LLDP.addressSubtype, [0, 1, 1, 1, 4, 192, 0, 2, 1], .integer(2))
        answer.set(LLDP.addressSubtype, [100, 2, 2, 1, 192, 0, 2, 2], .integer(2))
        answer.set(LLDP.addressSubtype, [100, 3, 9, 1, 4, 192, 0, 2, 3], .integer(2))
        let found = NeighbourDecoding.decode(answer).neighbours
        #expect(found.map(\.managementAddresses) == [["192.0.2.1"], ["192.0.2.2"]])
    }

    @Test("The device's own announcement is dropped; a cable between two of its ports is kept")
    func echoes() {
        var answer = device()
        let own: [UInt8] = [0x00, 0x1B, 0x21, 0, 0, 1]
        answer.set(NeighbourColumn("lldpLocChassisIdSubtype", "1.0.8802.1.1.2.1.3.1"), [0], .integer(4))
        answer.set(NeighbourColumn("lldpLocChassisId", "1.0.8802.1.1.2.1.3.2"), [0], .octets(own))
        answer.set(NeighbourColumn("lldpLocSysName", "1.0.8802.1.1.2.1.3.3"), [0], "sw-1")
        add([0, 1, 1], chassis: own, port: "Gi0/1", name: "sw-1", to: &answer)
        add([0, 2, 2], chassis: own, port: "Gi0/3", name: "sw-1", to: &answer)
        add([0, 3, 3], chassis: own, port: "Gi0/3", name: "its-twin", to: &answer)
        let found = NeighbourDecoding.decode(answer)
        #expect(found.dropped == [.ownEcho: 1])
        #expect(found.neighbours.map(\.localIfIndex) == [2, 3])
    }

    @Test("A neighbour with the device's own name on the port of the same number is no echo, unless its address is too")
    func namesakes() {
        var answer = device()
        answer.set(NeighbourColumn("sysName", "1.3.6.1.2.1.1.5"), [0], "Switch")
        answer.set(NeighbourColumn("ipAdEntIfIndex", "1.3.6.1.2.1.4.20.1.2"), [192, 0, 2, 1], .integer(1))
        for (port, address) in [(UInt32(1), nil), (2, [192, 0, 2, 9]), (3, [192, 0, 2, 1])] as [(UInt32, [UInt8]?)] {
            answer.set(CDPTable.deviceID, [port, 1], "Switch")
            answer.set(CDPTable.devicePort, [port, 1], "GigabitEthernet0/\(port)")
            if let address { answer.set(CDPTable.address, [port, 1], .octets(address)) }
        }
        let found = NeighbourDecoding.decode(answer)
        #expect(found.neighbours.map(\.localIfIndex) == [1, 2])
        #expect(found.dropped == [.ownEcho: 1])
    }

    @Test("Where no ports are listed, an index with a part too few has the port where the interfaces' numbers are")
    func twoPartIndexesByInterface() {
        let interfaces: Set<UInt32> = [10, 20]
        let shape = { (indexes: [[UInt32]]) in
            LLDPIndexShape(indexes, isKnownPort: { _ in false }, isInterface: { interfaces.contains($0) })
        }
        #expect(shape([[700, 10], [900, 10]]).port(of: [900, 10]) == 10)
        #expect(shape([[10, 1], [20, 2]]).port(of: [20, 2]) == 20)
    }

    @Test("A table with more neighbours than are believed is cut, counted, and not complete")
    func tooMany() {
        var answer = device()
        for number in 0..<50 { add([0, 1, UInt32(number)], port: "p\(number)", name: "n\(number)", to: &answer) }
        let found = NeighbourDecoding.decode(answer, options: NeighbourOptions(neighboursMax: 20))
        #expect(found.neighbours.count == 20 && found.dropped == [.tooMany: 30])
        #expect(found.failed[.lldp]?.contains("20") == true)
    }

    @Test("A table that was not read to its end is named, and what was read of it is kept")
    func failures() {
        var answer = device()
        add([0, 1, 1], chassis: far, port: "a", name: "one", to: &answer)
        answer.columns[LLDP.systemName]?.failure = "ended after 1 rows: timeout"
        let found = NeighbourDecoding.decode(answer)
        #expect(found.neighbours.count == 1)
        #expect(found.failed == [.lldp: "lldpRemSysName: ended after 1 rows: timeout"])
        var unplaced = device()
        add([0, 1, 1], chassis: far, port: "a", name: "one", to: &unplaced)
        unplaced.columns[Own.ifName] = NeighbourRows(failure: "timeout")
        #expect(NeighbourDecoding.decode(unplaced).failed == [.lldp: "ifName: timeout"])
    }

    @Test(
        "Neighbours are in the order of ifIndex, unknown ones last, then port, protocol and name, in any order of rows")
    func order() {
        var generator = SeededGenerator(seed: 5)
        var rows: [(UInt32, String)] = [(3, "z"), (1, "b"), (1, "a"), (40, "q"), (2, "m"), (39, "r")]
        var results: Set<[String]> = []
        for _ in 0..<10 {
            rows.shuffle(using: &generator)
            var answer = device()
            for (place, row) in rows.enumerated() {
                add([UInt32(place), row.0, 1], chassis: far, port: row.1, name: row.1, to: &answer)
            }
            answer.set(CDPTable.deviceID, [1, 9], "c")
            results.insert(NeighbourDecoding.decode(answer).neighbours.map { "\($0.localPort) \($0.displayName)" })
        }
        #expect(results == [["Gi0/1 a", "Gi0/1 b", "Gi0/1 c", "Gi0/2 m", "Gi0/3 z", "39 r", "40 q"]], "seed 5")
    }

    @Test("Both protocols' rows of one neighbour stay; matching makes one of them")
    func bothProtocols() {
        var answer = device()
        add([0, 1, 1], chassis: far, port: "Gi0/7", name: "core-1", to: &answer)
        answer.set(CDPTable.deviceID, [1, 4], "core-1.example.net")
        answer.set(CDPTable.devicePort, [1, 4], "GigabitEthernet0/7")
        let found = NeighbourDecoding.decode(answer).neighbours
        #expect(found.map(\.heardBy) == [.lldp, .cdp] && found.map(\.localIfIndex) == [1, 1])
    }

    @Test("An empty answer is an empty reading")
    func nothing() {
        #expect(NeighbourDecoding.decode(NeighbourAnswer()) == DeviceNeighbours())
    }
}

@Suite("Decoding CDP")
struct NeighbourCDPTests {
    private func decoded(_ cells: [(NeighbourColumn, MIBValue)], index: [UInt32] = [10_103, 1]) -> NeighbourReading? {
        var answer = NeighbourAnswer()
        for (column, value) in cells { answer.set(column, index, value) }
        return NeighbourDecoding.decode(answer).neighbours.first
    }

    private func text(_ text: String) -> MIBValue { .octets(Array(text.utf8)) }

    @Test("A row is on the interface of its index, with name, port, platform, capabilities and addresses")
    func wholeRow() throws {
        let reading = try #require(
            decoded([
                (CDPTable.address, .octets([192, 0, 2, 7])), (CDPTable.version, text("IOS 15.3")),
                (CDPTable.deviceID, text("core-1.example.net")), (CDPTable.devicePort, text("GigabitEthernet0/1")),
                (CDPTable.platform, text("cisco WS-C3750G")), (CDPTable.capabilities, .octets([0, 0, 0, 0x29])),
                (CDPTable.primaryAddress, .octets([192, 0, 2, 8])),
                (CDPTable.secondaryAddress, .octets([192, 0, 2, 7])),
            ]))
        #expect(reading.heardBy == .cdp && reading.localIfIndex == 10_103 && reading.localPortRule == .ifIndex)
        #expect(reading.systemName == "core-1.example.net" && reading.chassis == nil)
        #expect(reading.port == NeighbourID(kind: .text, text: "GigabitEthernet0/1"))
        #expect(reading.platform == "cisco WS-C3750G" && reading.systemDescription == "IOS 15.3")
        #expect(reading.capabilities == [.router, .bridge])
        #expect(reading.managementAddresses == ["192.0.2.7", "192.0.2.8"])
    }

    @Test(
        "A device id that is a MAC address is a chassis, not a name",
        arguments: [
            [0x00, 0x1B, 0x21, 0x0A, 0x0B, 0x0C], Array("001b210a0b0c".utf8), Array("001B210A0B0C".utf8),
            Array("00:1b:21:0a:0b:0c".utf8),
        ] as [[UInt8]])
    func macAsDeviceID(_ octets: [UInt8]) throws {
        let reading = try #require(decoded([(CDPTable.deviceID, .octets(octets))]))
        #expect(reading.chassis?.kind == .mac && reading.chassis?.text == "00:1b:21:0a:0b:0c")
        #expect(reading.systemName == nil)
        let named = try #require(decoded([(CDPTable.deviceID, .octets(octets)), (CDPTable.systemName, text("sw-9"))]))
        #expect(named.systemName == "sw-9")
    }

    @Test("A serial number stays with the name; a telephone's name tells its address")
    func names() {
        #expect(decoded([(CDPTable.deviceID, text("wlc-1(FCW2113A0B1)"))])?.systemName == "wlc-1(FCW2113A0B1)")
        let phone = decoded([(CDPTable.deviceID, text("SEP001B210A0B0C"))])
        #expect(phone?.systemName == "SEP001B210A0B0C" && phone?.chassis?.text == "00:1b:21:0a:0b:0c")
        #expect(decoded([(CDPTable.deviceID, text("SEPARATE-SWITCH"))])?.chassis == nil)
    }

    @Test("Empty rows are placeholders, rows without a number unusable, rows that say the same repeated")
    func dropped() {
        var answer = NeighbourAnswer()
        answer.set(CDPTable.deviceID, [1, 1], "")
        answer.set(CDPTable.address, [1, 1], .octets([0, 0, 0, 0]))
        answer.set(CDPTable.deviceID, [7], "x")
        for number in 1...3 {
            answer.set(CDPTable.deviceID, [2, UInt32(number)], .octets([0x00, 0x1B, 0x21, 0, 0, 1]))
            answer.set(CDPTable.devicePort, [2, UInt32(number)], .octets([0x00, 0x1B, 0x21, 0, 0, 2]))
        }
        let found = NeighbourDecoding.decode(answer)
        #expect(found.dropped == [.placeholder: 1, .unusableIndex: 1, .repeated: 2])
        #expect(found.neighbours.map(\.port?.text) == ["00:1b:21:00:00:02"])
    }
}
