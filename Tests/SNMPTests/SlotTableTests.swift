import Testing

@testable import SNMP

@Suite("Slots")
struct SlotTableTests {
    @Test("an id matches only while its request is under way")
    func matches() throws {
        var random = SplitMix64(seed: 7)
        var slots = SlotTable(capacity: 2, random: &random)
        let takeFirst = slots.take()
        let first = try #require(takeFirst)
        let takeSecond = slots.take()
        let second = try #require(takeSecond)
        #expect(slots.freeCount == 0)
        #expect(slots.match(first.requestID) == .pending(first.slot))
        #expect(slots.match(second.requestID) == .pending(second.slot))
        slots.release(first.slot, answered: true)
        #expect(slots.match(first.requestID) == .duplicate)
        slots.release(second.slot, answered: false)
        #expect(slots.match(second.requestID) == .late)
        let takeThird = slots.take()
        let third = try #require(takeThird)
        #expect(third.slot == second.slot)
        #expect(slots.match(second.requestID) == .late)
        #expect(slots.match(third.requestID) == .pending(third.slot))
        for foreign: Int32 in [0, 1, -1, Int32.max, Int32.min, 0x3FFF_FFFF] {
            #expect(slots.match(foreign) == .unmatched)
        }
    }

    @Test("ids take four octets on the wire, and differ from one start to the next")
    func width() {
        var random = SplitMix64(seed: 1)
        var other = SplitMix64(seed: 2)
        var slots = SlotTable(capacity: 1, random: &random)
        var others = SlotTable(capacity: 1, random: &other)
        let (one, two) = (slots.take(), others.take())
        #expect(one?.requestID != two?.requestID)
        for generation in [UInt16(0), 1, 0xFFFF] {
            #expect(SlotTable.requestID(0, generation) > 0x7F_FFFF)
            #expect(SlotTable.requestID(16_383, generation) > 0x7F_FFFF)
        }
    }
}
