import Discovery
import Inventory
import Testing

@Suite("Recorded devices", .enabled(if: Corpus.root != nil || Corpus.isRequired, "no corpus of recordings here"))
struct RecordedDevicesTests {
    @Test("Every recorded device gives exactly the interfaces expected of it")
    func interfacesAreExact() throws {
        let names = try Corpus.deviceNames()
        #expect(names.count == 60)
        for name in names {
            let reading = InterfaceReading.decode(try Corpus.recording(name))
            let expected = try Corpus.expected(name).interfaces.sorted { $0.ifIndex < $1.ifIndex }
            #expect(reading.isComplete)
            #expect(reading.interfaces.map(\.ifIndex) == expected.map(\.ifIndex), "\(name)")
            for (found, wanted) in zip(reading.interfaces, expected) {
                expectEqual(found, wanted, "\(name) ifIndex \(wanted.ifIndex)")
            }
        }
    }

    private func expectEqual(_ found: InterfaceFacts, _ wanted: ExpectedInterface, _ place: String) {
        #expect(collapsed(found.ifName) == collapsed(wanted.ifName), "\(place)")
        #expect(collapsed(found.ifDescr) == collapsed(wanted.ifDescr), "\(place)")
        #expect(collapsed(found.ifAlias) == collapsed(wanted.ifAlias), "\(place)")
        #expect(found.ifType == wanted.ifType, "\(place)")
        #expect(found.ifMtu == wanted.ifMtu, "\(place)")
        #expect(found.ifSpeed == wanted.speed, "\(place)")
        #expect(found.ifPhysAddress == wanted.ifPhysAddress, "\(place)")
        #expect(found.adminStatus == wanted.ifAdminStatus, "\(place)")
        #expect(found.operStatus == wanted.ifOperStatus, "\(place)")
        #expect(found.ifLastChange == wanted.ifLastChange, "\(place)")
        #expect(found.counterDiscontinuityTime == wanted.ifCounterDiscontinuityTime, "\(place)")
        let connector = wanted.ifConnectorPresent.flatMap { $0 == 1 ? true : $0 == 2 ? false : nil }
        #expect(found.connectorPresent == connector, "\(place)")
    }

    private func collapsed(_ text: String?) -> String? {
        text.map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
    }

    @Test("Decoded text holds no control character, no NUL and no outer white space")
    func textIsClean() throws {
        for name in try Corpus.deviceNames() {
            for row in InterfaceReading.decode(try Corpus.recording(name)).interfaces {
                for text in [row.ifName, row.ifDescr, row.ifAlias].compactMap(\.self) {
                    let scalars = text.unicodeScalars
                    #expect(!scalars.contains { $0.properties.generalCategory == .control }, "\(name) \(row.ifIndex)")
                    #expect(scalars.first?.properties.isWhitespace != true, "\(name) \(row.ifIndex)")
                    #expect(scalars.last?.properties.isWhitespace != true, "\(name) \(row.ifIndex)")
                }
            }
        }
    }

    @Test("A recording cut after any line still decodes, to a part of the whole")
    func cutRecordingsDecode() throws {
        var generator = SeededGenerator(seed: 7)
        for name in ["cmm", "opnsense_vm", "ios_2960x"] {
            let whole = InterfaceReading.decode(try Corpus.recording(name))
            for _ in 0..<20 {
                var answer = try Corpus.recording(name)
                for column in InterfaceColumn.allCases {
                    let count = answer.columns[column]?.values.count ?? 0
                    let kept = Int.random(in: 0...count, using: &generator)
                    answer.columns[column]?.indexes.removeLast(count - kept)
                    answer.columns[column]?.values.removeLast(count - kept)
                }
                let part = InterfaceReading.decode(answer)
                #expect(Set(part.interfaces.map(\.ifIndex)).isSubset(of: whole.interfaces.map(\.ifIndex)), "\(name)")
            }
        }
    }

    @Test("A recorded device keeps all identities when its ifIndexes are dealt anew")
    func identitiesSurviveRenumbering() throws {
        for name in try Corpus.deviceNames() {
            let facts = InterfaceReading.decode(try Corpus.recording(name)).interfaces
            let stored = facts.map { Interface(deviceID: DeviceID.random(), facts: $0, at: .start) }
            let names = facts.map { $0.ifName ?? $0.ifDescr ?? "" }
            let hasNames = Set(names).count == names.count && !names.contains("")
            guard hasNames else { continue }
            var generator = SeededGenerator(seed: 11)
            let indexes = facts.map(\.ifIndex).shuffled(using: &generator)
            var moved = facts
            for place in moved.indices { moved[place].ifIndex = indexes[place] }
            let order = moved.indices.sorted { moved[$0].ifIndex < moved[$1].ifIndex }
            let decision = InterfaceIdentity.decide(
                stored: stored, liveCount: stored.count, facts: order.map { moved[$0] })
            #expect(decision.pairs.count == facts.count, "\(name), seed 11")
            for pair in decision.pairs { #expect(order[pair.new] == pair.stored, "\(name), seed 11") }
        }
    }
}
