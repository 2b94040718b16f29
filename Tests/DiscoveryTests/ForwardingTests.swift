import Foundation
import Inventory
import Testing

@testable import Discovery

@Suite("Forwarding tables")
struct ForwardingTests {
    private static let vlan = "1.3.6.1.2.1.17.7.1.2.2.1."
    private static let plain = "1.3.6.1.2.1.17.4.3.1."
    private static let base = "1.3.6.1.2.1.17.1.4.1.2."
    private static let ports = LocalPorts.made([(10_101, "Gi0/1"), (10_102, "Gi0/2")])
    private static let bridge: [(String, MIBValue)] = [
        (base + "1", .integer(10_101)), (base + "2", .integer(10_102)),
    ]

    @Test("learnt addresses by ifIndex, of the table with VLANs where there is one")
    func learnt() {
        let withVLANs: [(String, MIBValue)] = [
            (Self.vlan + "2.1.0.27.33.0.0.1", .integer(1)), (Self.vlan + "3.1.0.27.33.0.0.1", .integer(3)),
            (Self.vlan + "2.20.0.27.33.0.0.2", .integer(2)), (Self.vlan + "3.20.0.27.33.0.0.2", .integer(3)),
        ]
        let without: [(String, MIBValue)] = [
            (Self.plain + "2.0.27.33.0.0.3", .integer(2)), (Self.plain + "3.0.27.33.0.0.3", .integer(3)),
        ]
        #expect(
            decode(Self.bridge + withVLANs + without) == ["00:1b:21:00:00:01": 10_101, "00:1b:21:00:00:02": 10_102])
        #expect(decode(Self.bridge + without) == ["00:1b:21:00:00:03": 10_102])
    }

    @Test("own, configured and invalid addresses, groups, port 0 and unknown ports are left out")
    func leftOut() {
        for status in [1, 2, 4, 5] as [Int64] {
            let rows: [(String, MIBValue)] = [
                (Self.plain + "2.0.27.33.0.0.3", .integer(2)), (Self.plain + "3.0.27.33.0.0.3", .integer(status)),
            ]
            #expect(decode(Self.bridge + rows).isEmpty, "status \(status)")
        }
        #expect(decode(Self.bridge + [(Self.plain + "2.1.0.94.0.0.5", .integer(2))]).isEmpty)
        #expect(decode(Self.bridge + [(Self.plain + "2.0.0.0.0.0.0", .integer(2))]).isEmpty)
        #expect(decode(Self.bridge + [(Self.plain + "2.0.27.33.0.0.3", .integer(0))]).isEmpty)
        #expect(decode(Self.bridge + [(Self.plain + "2.0.27.33.0.0.3", .integer(9))]).isEmpty)
        #expect(decode(Self.bridge + [(Self.plain + "2.0.27.33.0.3", .integer(2))]).isEmpty)
        #expect(decode(Self.bridge + [(Self.plain + "2.0.27.33.0.0.300", .integer(2))]).isEmpty)
    }

    @Test("an agent without any status has only learnt rows; one row without it, where others have it, is left out")
    func withoutStatus() {
        let row = (Self.plain + "2.0.27.33.0.0.3", MIBValue.integer(2))
        #expect(decode(Self.bridge + [row]).count == 1)
        #expect(decode(Self.bridge + [row, (Self.plain + "3.0.27.33.0.0.4", .integer(3))]).isEmpty)
    }

    @Test("without dot1dBasePortIfIndex a port's number is an ifIndex, if the device has it")
    func withoutBasePorts() {
        #expect(decode([(Self.plain + "2.0.27.33.0.0.3", .integer(10_102))]) == ["00:1b:21:00:00:03": 10_102])
        #expect(decode([(Self.plain + "2.0.27.33.0.0.3", .integer(7))]).isEmpty)
    }

    @Test("an address learnt at two ports is nowhere for certain")
    func twoPorts() {
        let rows: [(String, MIBValue)] = [
            (Self.vlan + "2.1.0.27.33.0.0.1", .integer(1)), (Self.vlan + "2.2.0.27.33.0.0.1", .integer(2)),
            (Self.vlan + "2.3.0.27.33.0.0.1", .integer(1)), (Self.vlan + "2.1.0.27.33.0.0.2", .integer(1)),
            (Self.vlan + "2.2.0.27.33.0.0.2", .integer(1)),
        ]
        #expect(decode(Self.bridge + rows) == ["00:1b:21:00:00:02": 10_101])
    }

    @Test(
        "in the recordings every address is one device's, on an interface the device has",
        .enabled(if: Corpus.root != nil))
    func recorded() throws {
        var count = 0
        let folder = try #require(Corpus.root).appendingPathComponent("devices/recordings")
        for name in try Corpus.deviceNames() {
            let answer = try Corpus.answer(in: folder, name, columns: NeighbourAnswer.allColumns)
            let interfaces = LocalSystemColumns.interfaces(answer)
            let ports = LocalPorts(interfaces: interfaces, ports: [], bridgePorts: [:])
            let table = Forwarding.decode(answer, ports)
            count += table.isEmpty ? 0 : 1
            let known = Set(interfaces.map(\.ifIndex))
            for (address, ifIndex) in table {
                #expect(address.utf8.count == 17 && address == address.lowercased(), "\(name): \(address)")
                #expect(known.isEmpty || known.contains(ifIndex), "\(name): \(address) at \(ifIndex)")
            }
        }
        #expect(count >= 12)
    }

    @Test("a table of 100,000 rows is decoded in time that grows with the rows")
    func large() {
        func answer(_ count: Int) -> NeighbourAnswer {
            var answer = NeighbourAnswer.made(Self.bridge)
            for number in 0..<count {
                let octets = [UInt32(number >> 16 & 255), UInt32(number >> 8 & 255), UInt32(number & 255)]
                answer.set(Forwarding.columns[0], [1, 0, 27, 33] + octets, .integer(Int64(number % 2 + 1)))
                answer.set(Forwarding.columns[1], [1, 0, 27, 33] + octets, .integer(3))
            }
            return answer
        }
        #expect(Forwarding.decode(answer(100_000), Self.ports).count == 100_000)
    }

    private func decode(_ values: [(String, MIBValue)]) -> [String: Int64] {
        Forwarding.decode(.made(values), Self.ports)
    }
}

extension Corpus {
    /// What a recorded device answers for columns.
    static func answer(in folder: URL, _ name: String, columns: [NeighbourColumn]) throws -> NeighbourAnswer {
        let data = try Data(contentsOf: folder.appendingPathComponent("\(name).snmprec"))
        return NeighbourAnswer(recording: [UInt8](data), columns: columns)
    }

    /// What all recorded devices of a folder answer for columns, by name.
    static func answers(in folder: URL, columns: [NeighbourColumn]) throws -> [String: NeighbourAnswer] {
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        let names = files.filter { $0.hasSuffix(".snmprec") }.map { String($0.dropLast(8)) }
        return try Dictionary(uniqueKeysWithValues: names.map { ($0, try answer(in: folder, $0, columns: columns)) })
    }
}
