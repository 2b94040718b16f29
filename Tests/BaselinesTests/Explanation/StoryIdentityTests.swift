import FoundationEssentials
import Inventory
import Testing

@testable import Baselines

@Suite("Identities that follow from what they stand for")
struct StoryIdentityTests {
    @Test("the same interface, side and start give the same, anything else another")
    func distinct() throws {
        var dice = StoryDice(seed: 3)
        var seen: Set<AnomalyID> = []
        for _ in 0..<200 {
            let interface = InterfaceID.random(using: &dice)
            for side in TrafficSide.all {
                for step in 0..<25 {
                    let start = Timestamp(milliseconds: 1_795_442_400_000 + Int64(step))
                    let id = AnomalyWriter.identity(of: interface, side, startedAt: start)
                    #expect(id == AnomalyWriter.identity(of: interface, side, startedAt: start))
                    #expect(seen.insert(id).inserted)
                }
            }
        }
        #expect(seen.count == 20_000)
    }

    @Test("it is a UUID of version 8 and sorts by start")
    func layout() throws {
        let interface = try #require(InterfaceID("6f1e7f5e-5a1c-4f54-9e0f-1f2a3b4c5d6e"))
        let start = Timestamp(milliseconds: 1_795_442_400_000)
        let text = AnomalyWriter.identity(of: interface, TrafficSide.all[0], startedAt: start).description
        #expect(text.hasPrefix("01a208b4-db00-8"))
        #expect(Array(text)[14] == "8" && "89ab".contains(Array(text)[19]))
        let later = AnomalyWriter.identity(
            of: interface, TrafficSide.all[0], startedAt: Timestamp(milliseconds: start.milliseconds + 1))
        #expect(text < later.description)
    }

    @Test("times before 1970 and far away do not trap")
    func extremes() {
        for milliseconds in [Int64.min, -1, 0, .max] {
            _ = AnomalyWriter.identity(
                of: .random(), TrafficSide.all[3], startedAt: Timestamp(milliseconds: milliseconds))
        }
    }
}
