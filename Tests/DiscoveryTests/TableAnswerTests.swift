import Discovery
import Testing

@testable import SNMP

/// Answers of the engine, as their octets came over the wire, become what discovery reads.
@Suite("What a table poll brought, as discovery reads it")
struct TableAnswerTests {
    /// A column whose values are given in BER (X.690 section 8).
    private func column(
        _ column: InterfaceColumn, _ rows: [(index: UInt32, value: [UInt8])], _ status: ColumnStatus = .complete
    ) throws -> Column {
        var storage = ColumnStorage()
        for row in rows {
            var index: [UInt8] = []
            ObjectIdentifier.append(row.index, to: &index)
            try row.value.withUnsafeBytes { octets in
                var reader = BERReader(octets)
                let element = try reader.readElement()
                try index.withUnsafeBytes { try storage.append(index: $0, value: element, from: &reader) }
            }
        }
        return Column(
            oid: try #require(ObjectIdentifier(column.dotted)), status: status, tolerated: [], storage: storage)
    }

    private func table(_ scalars: [SNMPValue?], _ columns: [InterfaceColumn: Column]) throws -> Table {
        Table(
            scalars: scalars,
            columns: try InterfaceColumn.allCases.map { try columns[$0] ?? column($0, [], .absent) },
            sysUpTime: nil, sysUpTimeArrivalMilliseconds: 0, elapsedMilliseconds: 0, requests: 0, retransmissions: 0,
            anomalies: DecodeAnomalies(), tolerated: [])
    }

    @Test("Values of every type keep their number, text or octets, under the ifIndex they came with")
    func values() throws {
        let answer = TableAnswer(
            try table(
                [],
                [
                    .ifDescr: column(.ifDescr, [(1, [0x04, 0x03, 0x47, 0x69, 0x31]), (7, [0x04, 0x00])]),
                    .ifType: column(.ifType, [(1, [0x02, 0x01, 0x06]), (7, [0x02, 0x01, 0xFF])]),
                    .ifSpeed: column(.ifSpeed, [(1, [0x42, 0x05, 0x00, 0xFF, 0xFF, 0xFF, 0xFF])]),
                    .ifLastChange: column(.ifLastChange, [(1, [0x43, 0x02, 0x01, 0x00])]),
                    .ifHighSpeed: column(
                        .ifHighSpeed,
                        [(1, [0x46, 0x01, 0x64]), (7, [0x46, 0x09, 0x00] + [UInt8](repeating: 0xFF, count: 8))]),
                    .ifPhysAddress: column(.ifPhysAddress, [(1, [0x40, 0x04, 10, 0, 0, 1]), (7, [0x05, 0x00])]),
                    .ifAlias: column(.ifAlias, [(1, [0x06, 0x03, 0x2B, 0x06, 0x01])]),
                ]))
        #expect(answer.columns[.ifDescr]?.indexes == [1, 7])
        #expect(answer.columns[.ifDescr]?.values == [.octets([0x47, 0x69, 0x31]), .octets([])])
        #expect(answer.columns[.ifType]?.values == [.integer(6), .integer(-1)])
        #expect(answer.columns[.ifSpeed]?.values == [.integer(4_294_967_295)])
        #expect(answer.columns[.ifLastChange]?.values == [.integer(256)])
        #expect(answer.columns[.ifHighSpeed]?.values == [.integer(100), .null])
        #expect(answer.columns[.ifPhysAddress]?.values == [.octets([10, 0, 0, 1]), .null])
        #expect(answer.columns[.ifAlias]?.values == [.objectIdentifier("1.3.6.1")])
        #expect(answer.columns.values.allSatisfy { $0.failure == nil })
    }

    @Test("How a column ended is kept: absent is complete and empty, partial and failed say why")
    func endings() throws {
        let row: (UInt32, [UInt8]) = (1, [0x02, 0x01, 0x06])
        let answer = TableAnswer(
            try table(
                [],
                [
                    .ifType: column(.ifType, [row], .partial(.timeout)), .ifMtu: column(.ifMtu, [], .failed(.timeout)),
                ]))
        #expect(answer.columns[.ifName] == ColumnAnswer())
        #expect(answer.columns[.ifType]?.values == [.integer(6)])
        #expect(answer.columns[.ifType]?.failure?.hasPrefix("ended after 1 rows: ") == true)
        #expect(answer.columns[.ifMtu]?.failure == "\(ColumnFault.timeout)")
        #expect(!InterfaceReading.decode(answer).isComplete)
    }

    @Test("Scalars are taken in the order they were asked; one the device lacks is not there")
    func scalars() throws {
        let asked = SystemScalar.allCases
        let values: [SNMPValue?] = asked.enumerated().map { $0.offset == 1 ? nil : .integer(Int32($0.offset)) }
        let answer = TableAnswer(try table(values, [:]))
        for (place, scalar) in asked.enumerated() {
            #expect(answer.scalars[scalar] == (place == 1 ? nil : .integer(Int64(place))), "\(scalar)")
        }
    }
}
