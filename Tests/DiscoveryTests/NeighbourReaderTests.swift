import Inventory
import Testing

@testable import Discovery
@testable import SNMP

@Suite("Reading neighbours over the network")
struct NeighbourReaderTests {
    /// A device that answers from rows, and keeps what it was asked.
    private final class Device: Sendable {
        let rows: NeighbourAnswer
        let failsFrom: Int
        private let asked = Asked()

        init(_ rows: NeighbourAnswer, failsFrom: Int = .max) {
            self.rows = rows
            self.failsFrom = failsFrom
        }

        var requests: [TableRequest] { get async { await asked.requests } }

        var reader: NeighbourReader {
            NeighbourReader { request async throws(SNMPError) in
                if await self.asked.add(request) >= self.failsFrom {
                    throw SNMPError(.timeout, operation: .table)
                }
                return self.table(request)
            }
        }

        private func table(_ request: TableRequest) -> Table {
            Table(
                scalars: request.scalars.map { value($0) }, columns: request.columns.map { column($0) },
                sysUpTime: nil, sysUpTimeArrivalMilliseconds: 0, elapsedMilliseconds: 0, requests: 0,
                retransmissions: 0, anomalies: DecodeAnomalies(), tolerated: [])
        }

        private func answer(_ oid: String) -> NeighbourRows? {
            rows.columns.first { $0.key.dotted == oid }?.value
        }

        private func value(_ instance: ObjectIdentifier) -> SNMPValue? {
            let name = String(instance.description.dropLast(2))
            return switch answer(name)?.rows.first?.value {
            case .octets(let octets): .octetString(octets)
            case .integer(let number): .integer(Int32(number))
            case .objectIdentifier(let dotted): ObjectIdentifier(dotted).map { .objectIdentifier($0) }
            default: nil
            }
        }

        private func column(_ oid: ObjectIdentifier) -> Column {
            let found = answer(oid.description)
            var storage = ColumnStorage()
            for row in found?.rows ?? [] {
                var index: [UInt8] = []
                for part in row.index { ObjectIdentifier.append(part, to: &index) }
                let octets: [UInt8] =
                    switch row.value {
                    case .octets(let octets): [0x04, UInt8(octets.count)] + octets
                    case .integer(let number): [0x02, 0x01, UInt8(truncatingIfNeeded: number)]
                    default: [0x05, 0x00]
                    }
                try? octets.withUnsafeBytes { octets in
                    var reader = BERReader(octets)
                    let element = try reader.readElement()
                    try index.withUnsafeBytes { try storage.append(index: $0, value: element, from: &reader) }
                }
            }
            let status: ColumnStatus = found?.failure == nil ? (found == nil ? .absent : .complete) : .partial(.timeout)
            return Column(oid: oid, status: status, tolerated: [], storage: storage)
        }
    }

    private actor Asked {
        var requests: [TableRequest] = []

        func add(_ request: TableRequest) -> Int {
            requests.append(request)
            return requests.count
        }
    }

    /// A device of one interface, which is LLDP's port 1.
    private func rows(sysObjectID: String = "1.3.6.1.4.1.9.1.1") -> NeighbourAnswer {
        var rows = NeighbourAnswer()
        rows.set(LocalSystemColumns.sysObjectID, [0], .objectIdentifier(sysObjectID))
        rows.set(LocalSystemColumns.ifIndex, [7], .integer(7))
        rows.set(LocalSystemColumns.ifName, [7], "Gi0/1")
        rows.set(LocalSystemColumns.portID, [1], "Gi0/1")
        return rows
    }

    @Test("A device that speaks LLDP is asked once, and each object once")
    func asksOnce() async throws {
        var rows = rows()
        rows.set(LLDPTable.systemName, [0, 1, 1], "core-1")
        rows.set(LLDPTable.addressSubtype, [0, 1, 1, 1, 4, 192, 0, 2, 7], .integer(2))
        let device = Device(rows)
        let found = try await device.reader.read()
        #expect(found.neighbours.map(\.systemName) == ["core-1"])
        #expect(found.neighbours.map(\.localIfIndex) == [7])
        #expect(found.neighbours.map(\.managementAddresses) == [["192.0.2.7"]])
        let requests = await device.requests
        #expect(requests.count == 1)
        let asked = requests.flatMap { $0.scalars + $0.columns }.map(\.description)
        #expect(Set(asked).count == asked.count)
        #expect(requests[0].scalars.allSatisfy { $0.description.hasSuffix(".0") } && requests[0].scalars.count >= 2)
        #expect(!asked.contains("1.3.6.1.2.1.17.4.3.1.2"), "forwarding tables are read on demand only")
    }

    @Test("A device with neither LLDP nor CDP is asked for its maker's tables, and not for others'")
    func secondRound() async throws {
        let device = Device(rows(sysObjectID: "1.3.6.1.4.1.6527.1.3.17"))
        _ = try await device.reader.read()
        let requests = await device.requests
        #expect(requests.count == 2)
        let asked = requests[1].columns.map(\.description)
        #expect(TiMetraLLDP.columns.allSatisfy { asked.contains($0.dotted) })
        #expect(LLDPV2Tables.columns.contains { asked.contains($0.dotted) }, "any device may have LLDP-V2-MIB")
        #expect(!asked.contains { $0.hasPrefix("1.3.6.1.4.1.14988.") || $0.hasPrefix("1.3.6.1.4.1.11863.") })
    }

    @Test("RouterOS that gives LLDP neighbours without a port is asked for its own table too")
    func routerOS() async throws {
        var rows = rows(sysObjectID: "1.3.6.1.4.1.14988.1")
        rows.set(LLDPTable.systemName, [0, 0, 3], "core-1")
        let device = Device(rows)
        _ = try await device.reader.read()
        #expect(await device.requests.last?.columns.map(\.description) == MikroTikNeighbours.columns.map(\.dotted))
        rows = self.rows(sysObjectID: "1.3.6.1.4.1.14988.1")
        rows.set(LLDPTable.systemName, [0, 1, 3], "core-1")
        let newer = Device(rows)
        _ = try await newer.reader.read()
        #expect(await newer.requests.count == 1)
    }

    @Test("A switch of TP-Link with longer indexes than LLDP-MIB's is asked for its own table too")
    func jetStream() async throws {
        for (index, requests) in [([0, 1, 3, 4, 9], 2), ([0, 1, 3], 1)] as [([UInt32], Int)] {
            var rows = rows(sysObjectID: "1.3.6.1.4.1.11863.5.38")
            rows.set(LLDPTable.systemName, index, "core-1")
            let device = Device(rows)
            _ = try await device.reader.read()
            #expect(await device.requests.count == requests)
        }
    }

    @Test("Forwarding tables are read where they are wanted")
    func forwarding() async throws {
        var rows = rows()
        rows.set(LocalSystemColumns.bridgePort, [1], .integer(7))
        rows.set(NeighbourColumn("dot1dTpFdbPort", "1.3.6.1.2.1.17.4.3.1.2"), [0, 27, 33, 0, 0, 9], .integer(1))
        let found = try await Device(rows).reader.read(options: NeighbourOptions(readsForwarding: true))
        #expect(found.forwarding == ["00:1b:21:00:00:09": 7])
        #expect(try await Device(rows).reader.read().forwarding.isEmpty)
    }

    @Test("A column that was not read to its end is named and loses the others nothing")
    func partialTables() async throws {
        var rows = rows()
        rows.set(LLDPTable.systemName, [0, 1, 1], "core-1")
        rows.set(CDPTable.deviceID, [7, 1], "core-2")
        rows.columns[CDPTable.deviceID]?.failure = "timeout"
        let found = try await Device(rows).reader.read()
        #expect(found.neighbours.map(\.systemName) == ["core-1", "core-2"])
        #expect(found.failed.keys.map(\.self) == [.cdp])
        #expect(found.failed[.cdp]?.hasPrefix("cdpCacheDeviceId: ended after 1 rows") == true)
    }

    @Test("A device that falls silent before the second round keeps what it said; one that never answered throws")
    func silence() async throws {
        let found = try await Device(rows(), failsFrom: 2).reader.read()
        #expect(found.interfaces.map(\.ifName) == ["Gi0/1"])
        #expect(found.failed[.lldp]?.isEmpty == false)
        await #expect(throws: SNMPError.self) { _ = try await Device(rows(), failsFrom: 1).reader.read() }
    }
}
