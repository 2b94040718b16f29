import Inventory
import Testing

@testable import Topology

@Suite("A drawing from one revision to the next")
struct LayoutStabilityTests {
    private typealias Networks = LayoutNetworks
    private let network = LayoutNetworks.campus(sites: 4, floors: 5, accessPoints: 6, alone: 20)

    /// Places after a change; devices added by it come last and have none before.
    private func after(_ changed: GraphFixture, _ before: [LayoutPlace]) -> [LayoutPlace] {
        let places = Networks.place(changed, previous: before.map { $0 })
        #expect(Networks.tightest(places) >= 1)
        return places
    }

    private func moved(_ before: [LayoutPlace], _ after: [LayoutPlace]) -> [Int] {
        before.indices.filter { before[$0].x != after[$0].x || before[$0].y != after[$0].y }
    }

    @Test func `nothing moves where nothing changed`() {
        let before = Networks.place(network)
        #expect(after(network, before) == before)
    }

    @Test func `a new device is put beside its neighbour, and nothing else moves`() throws {
        let before = Networks.place(network)
        var changed = network
        let switchNumber = try #require(network.names.firstIndex(of: "acc1-2"))
        let added = changed.add("new", .accessPoint)
        changed.join(added, switchNumber)
        let places = after(changed, before)
        #expect(moved(before, places).isEmpty)
        #expect(Networks.distance(places[added], places[switchNumber]) < 6)
        #expect(places[added].tier == 3)
    }

    @Test func `a device that goes leaves a gap, and nothing else moves`() {
        let before = Networks.place(network)
        let gone = network.names.count - 25
        var changed = network
        changed.cables.removeAll { $0.a == gone || $0.b == gone }
        changed.names.remove(at: gone)
        changed.types.remove(at: gone)
        changed.cables = changed.cables.map { ($0.a > gone ? $0.a - 1 : $0.a, $0.b > gone ? $0.b - 1 : $0.b) }
        var kept = before
        kept.remove(at: gone)
        #expect(moved(kept, after(changed, kept)).isEmpty)
    }

    @Test func `a new cable between two devices moves neither`() {
        let before = Networks.place(network)
        var changed = network
        changed.join(10, 60)
        #expect(moved(before, after(changed, before)).isEmpty)
    }

    @Test func `a device that gets its first cable leaves the grid, and nothing else moves`() throws {
        let before = Networks.place(network)
        let alone = try #require(network.names.firstIndex(of: "alone7"))
        var changed = network
        changed.join(alone, 0)
        let places = after(changed, before)
        #expect(moved(before, places) == [alone])
        #expect(Networks.distance(places[alone], places[0]) < 12)
        let back = after(network, places)
        #expect(moved(before, back).allSatisfy { $0 == alone })
        #expect(Networks.distance(back[alone], before[alone]) < 0.001)
    }

    @Test func `a new part of the network is put apart from the rest`() {
        let before = Networks.place(network)
        var changed = network
        let one = changed.add("island1")
        changed.join(one, changed.add("island2"))
        let places = after(changed, before)
        #expect(moved(before, places).isEmpty)
        #expect(Networks.distance(places[one], places[one + 1]) < 4)
    }

    @Test func `fifty changes one after the other, random ones, never make devices overlap`() {
        for seed in 0..<20 as Range<UInt64> {
            var random = SplitMix(seed: seed)
            var network = GraphFixture.random(&random, devices: 20...40)
            var places = Networks.place(network)
            for step in 0..<50 {
                if Bool.random(using: &random) || network.cables.isEmpty {
                    let added = network.add("new\(step)")
                    network.join(added, Int.random(in: 0..<added, using: &random))
                } else {
                    network.cables.remove(at: Int.random(in: network.cables.indices, using: &random))
                }
                places = Networks.place(network, previous: places.map { $0 })
                #expect(Networks.tightest(places) >= 1, "seed \(seed) step \(step)")
            }
        }
    }

    @Test func `a drawing that is mostly new is drawn afresh, and lies as the old one lay`() {
        let small = Networks.campus(sites: 2, floors: 3, accessPoints: 2)
        let turned = Networks.place(small).map { LayoutPlace(x: 500 - $0.y, y: $0.x - 70, tier: $0.tier) }
        var before = [LayoutPlace?](repeating: nil, count: network.names.count)
        for (name, place) in zip(small.names, turned) {
            if let number = network.names.firstIndex(of: name) { before[number] = place }
        }
        let places = Networks.place(network, previous: before)
        #expect(Networks.tightest(places) >= 1)
        let far = before.indices.compactMap { number in before[number].map { Networks.distance($0, places[number]) } }
        #expect(far.reduce(0, +) / Double(far.count) < 12)
    }

    @Test func `a switch that gains hundreds of neighbours keeps them all apart`() {
        let before = Networks.place(network)
        var changed = network
        for number in 0..<120 { changed.join(10, changed.add("guest\(number)", .phone)) }
        let places = Networks.place(changed, previous: before.map { $0 })
        #expect(Networks.tightest(places) >= 1)
    }

    @Test func `places that cannot be drawn, or that lie on each other, are not kept`() {
        var before: [LayoutPlace?] = Networks.place(network)
        before[3] = LayoutPlace(x: .nan, y: 0, tier: 1)
        before[4] = LayoutPlace(x: .infinity, y: 0, tier: 1)
        before[6] = before[5]
        let places = Networks.place(network, previous: before)
        #expect(Networks.tightest(places) >= 1)
        #expect(places.allSatisfy { $0.x.isFinite && $0.y.isFinite })
    }
}
