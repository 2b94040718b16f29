import Inventory
import Testing

@testable import Baselines

@Suite
struct ClassicArchiveTests {
    private func state(days: Int = 14, seed: UInt64 = 5) -> ClassicState {
        var generator = TrafficDice(seed: seed)
        var state = ClassicState(lookBackDays: days)
        var clock = HourClock(zone: .utc)
        for step in 0..<(days * 24 + 30) * 2 {
            let moment = ClassicSpecimens.sunday.advanced(bySeconds: Double(step) * 1800)
            let isKnown = Int.random(in: 0..<9, using: &generator) > 0
            state.add(
                inbound: isKnown ? Double.random(in: 0..<1e10, using: &generator) : .nan,
                outbound: Double.random(in: 0..<1e10, using: &generator), at: moment, place: clock.place(at: moment))
        }
        return state
    }

    @Test
    func whatWasWrittenIsRead() throws {
        var learnt = ClassicSpecimens.learnt((0..<24).map { Double($0) })
        for state in [ClassicState(), ClassicState(lookBackDays: 56), self.state(), self.state(days: 28), learnt] {
            var octets: [UInt8] = [9, 9]
            state.encode(into: &octets)
            octets += [7, 7, 7]
            var rest = octets[2...]
            #expect(try ClassicState(decoding: &rest) == state)
            #expect(Array(rest) == [7, 7, 7])
        }
        // And it goes on as if it had never been away.
        var octets: [UInt8] = []
        learnt.encode(into: &octets)
        var slice = octets[...]
        var read = try ClassicState(decoding: &slice)
        let place = ClassicSpecimens.nextSunday
        let moment = Timestamp(seconds: place.hour * 3600)
        learnt.add(inbound: 5, outbound: 6, at: moment, place: place)
        read.add(inbound: 5, outbound: 6, at: moment, place: place)
        #expect(read == learnt)
    }

    @Test
    func anInterfaceTakes27KilobytesOfVisits() {
        var octets: [UInt8] = []
        state().encode(into: &octets)
        #expect((20_000...30_000).contains(octets.count), "\(octets.count)")
        #expect(MemoryLayout<HourVisit>.stride <= 80)
    }

    @Test
    func whatIsCutShortIsRefused() {
        var octets: [UInt8] = []
        var state = state(days: 2)
        ClassicSpecimens.learn(&state, at: Timestamp(seconds: ClassicSpecimens.sunday.seconds + 3 * 86_400))
        state.encode(into: &octets)
        for length in 0..<octets.count {
            var slice = octets[..<length]
            #expect(throws: ClassicDecodingError.self, "\(length)") { try ClassicState(decoding: &slice) }
            #expect(slice.count == length)
        }
    }

    /// A flipped bit is refused or gives another state that still works; the archive has its checksum.
    @Test
    func flippedBitsAreNoTrap() {
        var octets: [UInt8] = []
        var state = state(days: 1)
        ClassicSpecimens.learn(&state, at: Timestamp(seconds: ClassicSpecimens.sunday.seconds + 2 * 86_400))
        state.encode(into: &octets)
        let place = ClassicSpecimens.nextSunday
        for index in octets.indices {
            var slice = octets[...]
            slice[index] ^= 1 << UInt8(index % 8)
            guard let read = try? ClassicState(decoding: &slice) else { continue }
            let verdict = read.verdict(.inbound, rate: 1e9, place: place, capacity: 1e9, isYoung: false)
            #expect(verdict?.score.isFinite ?? true, "octet \(index)")
            guard index % 32 == 0 else { continue }
            #expect(
                read.baselines(of: ClassicSpecimens.interface, at: ClassicSpecimens.sunday, place: place).count == 168)
        }
    }

    /// Where in an empty state; what is written there; the field that is told.
    static let impossible: [(place: Int, octets: [UInt8], field: String)] = [
        (0, [2], "version"), (1, [0, 0], "lookBackDays"), (1, [0xFF, 0xFF], "lookBackDays"),
        (11, [0xFF, 0xFF], "visits"), (13, [169], "rows"),
    ]

    @Test(arguments: impossible)
    func whatCannotBeIsToldByName(place: Int, octets: [UInt8], field: String) {
        var whole: [UInt8] = []
        ClassicState().encode(into: &whole)
        #expect(whole.count == 14)
        whole.replaceSubrange(place..<place + octets.count, with: octets)
        var slice = whole[...]
        let error = #expect(throws: ClassicDecodingError.self) { try ClassicState(decoding: &slice) }
        #expect(error?.field == field)
        #expect(error?.description.contains(field) == true)
    }
}
