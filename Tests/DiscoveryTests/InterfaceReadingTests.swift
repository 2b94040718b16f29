import Discovery
import Inventory
import Testing

@Suite("Reading IF-MIB")
struct InterfaceReadingTests {
    private func answer(_ columns: [InterfaceColumn: [(Int64?, MIBValue)]]) -> TableAnswer {
        var answer = TableAnswer()
        for (column, rows) in columns {
            answer.columns[column] = ColumnAnswer(indexes: rows.map(\.0), values: rows.map(\.1))
        }
        return answer
    }

    private func text(_ text: String) -> MIBValue { .octets(Array(text.utf8)) }

    @Test("Rows are joined by instance, whatever the order and whichever column has them")
    func joinsByInstance() {
        let reading = InterfaceReading.decode(
            answer([
                .ifDescr: [(2, text("two")), (1, text("one"))],
                .ifName: [(1, text("n1")), (300, text("n300"))],
            ]))
        #expect(reading.interfaces.map(\.ifIndex) == [1, 2, 300])
        #expect(reading.interfaces.map(\.ifDescr) == ["one", "two", nil])
        #expect(reading.interfaces.map(\.ifName) == ["n1", nil, "n300"])
        #expect(reading.quirks == [.rowOnlyInIfXTable: 1])
    }

    @Test(
        "Speed is ifHighSpeed where above 0, else ifSpeed unless 0 or saturated",
        arguments: [
            (1_000_000_000, 1000, 1_000_000_000),
            (4_294_967_295, 10_000, 10_000_000_000),
            (4_294_967_295, 0, nil),
            (0, 0, nil),
            (100_000_000, 0, 100_000_000),
            (100_000_000, nil, 100_000_000),
            (nil, 400_000, 400_000_000_000),
            (1_000_000_000, 1_000_000_000, 1_000_000_000),
            (-1, nil, nil),
            (nil, 4_294_901_759, 4_294_901_759_000_000),
        ] as [(Int64?, Int64?, Int64?)])
    func decidesSpeed(plain: Int64?, high: Int64?, expected: Int64?) {
        let reading = InterfaceReading.decode(
            answer([
                .ifIndex: [(7, .integer(7))],
                .ifSpeed: plain.map { [(7, .integer($0))] } ?? [],
                .ifHighSpeed: high.map { [(7, .integer($0))] } ?? [],
            ]))
        #expect(reading.interfaces.first?.ifSpeed == expected)
    }

    @Test(
        "Duplex is half or full; unknown and what is outside the enumeration is none",
        arguments: [(1, nil), (2, .half), (3, .full), (0, nil), (4, nil)] as [(Int64, Duplex?)])
    func decidesDuplex(value: Int64, expected: Duplex?) {
        let reading = InterfaceReading.decode(
            answer([.ifIndex: [(7, .integer(7))], .dot3StatsDuplexStatus: [(7, .integer(value))]]))
        #expect(reading.interfaces.first?.duplex == expected)
    }

    @Test("What only EtherLike-MIB has is no interface, and where that cannot be read nothing is missing")
    func etherLikeOnlyAdds() {
        var answer = answer([
            .ifIndex: [(1, .integer(1)), (2, .integer(2))], .ifName: [(1, text("Gi1")), (2, text("Vlan1"))],
            .dot3StatsDuplexStatus: [(1, .integer(3)), (9, .integer(3))],
        ])
        answer.columns[.dot3StatsDuplexStatus]?.failure = "the agent went back to 1.3.6.1.2.1.10.7.2.1.19.1"
        let reading = InterfaceReading.decode(answer)
        #expect(reading.interfaces.map(\.ifIndex) == [1, 2])
        #expect(reading.interfaces.map(\.duplex) == [.full, nil])
        #expect(reading.isComplete && reading.incompletenessReasons.isEmpty && reading.quirks.isEmpty)
        answer.columns[.ifAlias] = ColumnAnswer(failure: "the agent stopped answering")
        #expect(InterfaceReading.decode(answer).incompletenessReasons == ["ifAlias: the agent stopped answering"])
    }

    @Test("Quirks are tolerated and counted")
    func countsQuirks() {
        let reading = InterfaceReading.decode(
            answer([
                .ifIndex: [(0, .integer(0)), (2, .integer(1)), (nil, .integer(9)), (4_294_967_295, .integer(-1))],
                .ifMtu: [(0, text("1500")), (2, text("many"))],
                .ifType: [(0, .null), (2, .integer(6))],
                .ifAdminStatus: [(0, .integer(0)), (2, .integer(1)), (2, .integer(2))],
                .ifPhysAddress: [(2, text("0:e:83:f6:12:0"))],
            ]))
        #expect(reading.interfaces.map(\.ifIndex) == [0, 2])
        #expect(reading.interfaces[0].ifMtu == 1500)
        #expect(reading.interfaces[0].ifType == nil)
        #expect(reading.interfaces[0].adminStatus == 0)
        #expect(reading.interfaces[1].ifMtu == nil)
        #expect(reading.interfaces[1].adminStatus == 1)
        #expect(reading.interfaces[1].ifPhysAddress == "00:0e:83:f6:12:00")
        #expect(
            reading.quirks == [
                .noIfXTable: 1, .ifIndexZero: 1, .ifIndexDiffersFromInstance: 1, .unusableInstance: 2, .numberAsText: 1,
                .notANumber: 1, .nullValue: 1, .statusOutOfEnumeration: 1, .repeatedInstance: 1, .physAddressAsText: 1,
            ])
    }

    @Test("A column that was not read to its end makes the reading partial, with the reason")
    func reportsPartialColumns() {
        var answer = answer([.ifDescr: [(1, text("one"))], .ifAlias: []])
        answer.columns[.ifAlias]?.failure = "the agent stopped answering"
        let reading = InterfaceReading.decode(answer)
        #expect(!reading.isComplete)
        #expect(reading.incompletenessReasons == ["ifAlias: the agent stopped answering"])
    }

    @Test("The system group is read, and one that lacks it gives nothing")
    func readsSystem() {
        var whole = TableAnswer()
        whole.scalars = [
            .sysDescr: text("RouterOS\r\nRB750"), .sysObjectID: .objectIdentifier("1.3.6.1.4.1.14988.1"),
            .sysUpTime: .integer(430_400), .sysName: text("r1\0"), .sysLocation: text(" Tbilisi "),
            .ifNumber: .integer(3),
        ]
        let system = InterfaceReading.decode(whole).system
        #expect(system.sysDescr == "RouterOS RB750")
        #expect(system.sysObjectID == "1.3.6.1.4.1.14988.1")
        #expect(system.sysUpTime == 430_400)
        #expect(system.sysName == "r1")
        #expect(system.sysLocation == "Tbilisi")
        #expect(InterfaceReading.decode(whole).quirks == [.ifNumberDiffers: 1])
        #expect(InterfaceReading.decode(TableAnswer()) == DeviceReading())
    }

    @Test("Any mixture of values in any column decodes, each ifIndex once and in order")
    func mutatedAnswersDecode() {
        for seed in UInt64(1)...200 {
            var generator = SeededGenerator(seed: seed)
            var answer = TableAnswer()
            for column in InterfaceColumn.allCases {
                let rows = Int.random(in: 0...12, using: &generator)
                let indexes: [Int64?] = (0..<rows).map { _ in
                    [nil, -1, 0, 1, 2, 3, 70_000, 2_147_483_647, 2_147_483_648].randomElement(using: &generator) ?? nil
                }
                let values = (0..<rows).map { _ in randomValue(&generator) }
                answer.columns[column] = ColumnAnswer(indexes: indexes, values: values)
            }
            let indexes = InterfaceReading.decode(answer).interfaces.map(\.ifIndex)
            #expect(indexes == Array(Set(indexes)).sorted(), "seed \(seed)")
            #expect(indexes.allSatisfy { (0...2_147_483_647).contains($0) }, "seed \(seed)")
        }
    }

    private func randomValue(_ generator: inout SeededGenerator) -> MIBValue {
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: return .integer(Int64.random(in: Int64.min...Int64.max, using: &generator))
        case 1:
            return .octets(
                (0..<Int.random(in: 0...9, using: &generator)).map { _ in .random(in: 0...255, using: &generator) })
        case 2: return .objectIdentifier("1.3.6.1")
        case 3: return .null
        default: return text(String(Int64.random(in: -10...100_000, using: &generator)))
        }
    }
}
