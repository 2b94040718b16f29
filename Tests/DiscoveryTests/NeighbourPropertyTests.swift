import Inventory
import Testing

@testable import Discovery

@Suite("Hostile neighbours")
struct NeighbourPropertyTests {
    private static let columns = NeighbourDecoding.columns

    /// Octets that neighbours are fond of: addresses, text, hex, markup, controls, nothing, a lot.
    private func octets(_ generator: inout SeededGenerator) -> [UInt8] {
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: return []
        case 1: return (0..<6).map { _ in UInt8.random(in: 0...255, using: &generator) }
        case 2: return Array("Gi0/\(Int.random(in: 0..<9, using: &generator))".utf8)
        case 3: return Array("00:1b:21:0:\(Int.random(in: 0..<300, using: &generator)):c".utf8)
        case 4: return [UInt8](repeating: UInt8.random(in: 0...255, using: &generator), count: 2_000)
        case 5: return Array("<script>\u{0}\u{1b}[2J".utf8)
        case 6: return [[1], [2], [5], [6]].randomElement(using: &generator).map { $0 + [10, 0, 0, 1] } ?? []
        default:
            let count = Int.random(in: 0..<40, using: &generator)
            return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
        }
    }

    private func value(_ generator: inout SeededGenerator) -> MIBValue {
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: return .integer(Int64.random(in: -5...40, using: &generator))
        case 1: return .integer([.min, .max, 0, -1].randomElement(using: &generator) ?? 0)
        case 2: return .null
        case 3: return .objectIdentifier("1.3.6.1.4.1.14988.1")
        default: return .octets(octets(&generator))
        }
    }

    private func index(_ generator: inout SeededGenerator) -> [UInt32] {
        let count = Int.random(in: 0..<12, using: &generator)
        return (0..<count).map { _ in
            Bool.random(using: &generator)
                ? UInt32.random(in: 0..<6, using: &generator) : UInt32.random(in: 0...UInt32.max, using: &generator)
        }
    }

    @Test("Any rows in any columns decode to the same sound reading twice", arguments: 1...200)
    func anyRows(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var answer = NeighbourAnswer()
        for _ in 0..<150 {
            guard let column = Self.columns.randomElement(using: &generator) else { return }
            answer.set(column, index(&generator), value(&generator))
        }
        var options = NeighbourOptions(readsForwarding: true)
        options.neighboursMax = 50
        let found = NeighbourDecoding.decode(answer, options: options)
        expectSound(found, "seed \(seed)")
        #expect(found == NeighbourDecoding.decode(answer, options: options), "seed \(seed)")
    }

    @Test("Recorded rows with parts of their indexes and values cut or changed decode too")
    func mutatedRecordings() throws {
        guard Corpus.root != nil || Corpus.isRequired else { return }
        var generator = SeededGenerator(seed: 42)
        for name in ["arubaos-cx_10.06", "ciscosb_cbs350-4x", "ios_2960x", "timos_ixr", "routeros_rb750gr3"] {
            let whole = try Corpus.neighbourAnswer(name)
            let rows = Self.columns.reduce(0) { $0 + whole[$1].rows.count }
            for _ in 0..<20 {
                let found = NeighbourDecoding.decode(mutated(whole, &generator))
                expectSound(found, "\(name), seed 42")
                #expect(found.neighbours.count <= rows, "\(name), seed 42")
            }
        }
    }

    private func mutated(_ whole: NeighbourAnswer, _ generator: inout SeededGenerator) -> NeighbourAnswer {
        var answer = whole
        for column in Self.columns {
            for place in (answer.columns[column]?.rows ?? []).indices
            where Int.random(in: 0..<4, using: &generator) == 0 {
                var row = NeighbourRows.Row(index: [], value: .null)
                row = answer.columns[column]?.rows[place] ?? row
                if Bool.random(using: &generator) {
                    row.index = Array(row.index.prefix(Int.random(in: 0...row.index.count, using: &generator)))
                } else if case .octets(var octets) = row.value, !octets.isEmpty {
                    octets[Int.random(in: 0..<octets.count, using: &generator)] = .random(
                        in: 0...255, using: &generator)
                    row.value = .octets(Array(octets.prefix(Int.random(in: 0...octets.count, using: &generator))))
                } else {
                    row.value = value(&generator)
                }
                answer.columns[column]?.rows[place] = row
            }
        }
        return answer
    }

    /// What holds of every reading, whatever was answered.
    private func expectSound(_ found: DeviceNeighbours, _ place: String) {
        for reading in found.neighbours {
            #expect(!reading.localPort.isEmpty, "\(place)")
            #expect((reading.localIfIndex == nil) == (reading.localPortRule == nil), "\(place)")
            #expect(reading.saysSomething, "\(place)")
            #expect(reading.managementAddresses.count <= NeighbourAddresses.countMax + 1, "\(place)")
            #expect(Set(reading.managementAddresses).count == reading.managementAddresses.count, "\(place)")
            for id in [reading.chassis, reading.port].compactMap(\.self) {
                #expect(!id.text.isEmpty && id.text.utf8.count <= 16 * NeighbourText.nameOctetsMax, "\(place)")
                if id.kind == .address { #expect(NetworkAddress(id.text) != nil, "\(place): \(id.text)") }
                if id.kind == .mac { #expect(id.text.split(separator: ":").count == 6, "\(place): \(id.text)") }
            }
            for text in [reading.systemName, reading.portDescription, reading.systemDescription].compactMap(\.self) {
                #expect(!text.isEmpty, "\(place)")
                #expect(!text.unicodeScalars.contains { $0.properties.generalCategory == .control }, "\(place)")
            }
        }
        let indexes = found.neighbours.map { $0.localIfIndex ?? .max }
        #expect(indexes == indexes.sorted(), "\(place)")
    }

    @Test("Tens of thousands of rows, all alike or all different, take time in proportion", .timeLimit(.minutes(5)))
    func manyRows() {
        var alike = NeighbourAnswer()
        var different = NeighbourAnswer()
        for number in 0..<UInt32(30_000) {
            alike.set(LLDPTable.systemName, [number, 1, number], "sw")
            different.set(LLDPTable.systemName, [number, 1, number], "sw\(number)")
            different.set(LocalSystemColumns.portID, [number], "Gi0/\(number)")
            different.set(LLDPTable.addressSubtype, [number, 1, number, 1, 4, 10, 0, 0, 1], .integer(2))
        }
        let one = NeighbourDecoding.decode(alike)
        let many = NeighbourDecoding.decode(different)
        #expect(one.neighbours.count == 1 && one.dropped == [.repeated: 29_999])
        #expect(many.neighbours.count == 20_000 && many.dropped == [.tooMany: 10_000])
    }
}
