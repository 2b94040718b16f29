import Inventory
import Testing

@testable import Topology

@Suite("A fresh drawing")
struct GraphLayoutTests {
    private typealias Networks = LayoutNetworks

    static let networks: [(String, GraphFixture)] = [
        ("tree", LayoutNetworks.tree), ("star", LayoutNetworks.star(200)), ("ring", LayoutNetworks.ring(20)),
        ("chain", LayoutNetworks.chain(30)), ("mesh", LayoutNetworks.mesh(9)),
        ("campus", LayoutNetworks.campus(sites: 4, floors: 5, accessPoints: 6, alone: 30)),
        ("large", LayoutNetworks.campus(sites: 8, floors: 12, accessPoints: 12, alone: 100)),
        ("pair", LayoutNetworks.chain(2)), ("alone", GraphFixture(7)), ("one", GraphFixture(1)),
        ("islands", GraphFixture(60, cables: (0..<30).map { ($0 * 2, $0 * 2 + 1) })),
    ]

    @Test(arguments: networks)
    func `no two devices are closer than the width of one`(name: String, network: GraphFixture) {
        let places = Networks.place(network)
        #expect(places.count == network.names.count)
        #expect(Networks.tightest(places) >= 1)
        #expect(places.allSatisfy { $0.x.isFinite && $0.y.isFinite })
    }

    @Test func `no two devices of random networks overlap, and hostile edges change nothing`() {
        for seed in 0..<300 as Range<UInt64> {
            var random = SplitMix(seed: seed)
            let network = GraphFixture.random(&random, devices: 1...60)
            let places = Networks.place(network)
            #expect(Networks.tightest(places) >= 1, "seed \(seed)")
            var odd = network
            odd.cables += [(0, 0), (-1, 0), (0, 10_000)]
            #expect(Networks.place(odd) == places, "seed \(seed)")
        }
    }

    @Test func `the order in which devices and cables are given means nothing`() {
        let network = Networks.campus(sites: 3, floors: 4, accessPoints: 3, alone: 5)
        let places = Networks.place(network)
        var random = SplitMix(seed: 5)
        let order = network.names.indices.shuffled(using: &random)
        var rank = [Int](repeating: 0, count: order.count)
        for (place, number) in order.enumerated() { rank[number] = place }
        var shuffled = network
        shuffled.names = order.map { network.names[$0] }
        shuffled.types = order.map { network.types[$0] }
        shuffled.cables = network.cables.shuffled(using: &random).map { (rank[$0.b], rank[$0.a]) }
        let again = Networks.place(shuffled)
        #expect(order.map { places[$0] } == again)
    }

    @Test func `a tree has its root in the middle and each tier on a ring further out`() {
        let network = Networks.tree
        let places = Networks.place(network)
        let tiers = ["sw": 0, "dist": 1, "access": 2, "phone": 3]
        for (name, place) in zip(network.names, places) {
            #expect(place.tier == tiers[String(name.prefix { !$0.isNumber })])
        }
        func ring(_ tier: Int) -> [Double] {
            places.filter { $0.tier == tier }.map { Networks.distance($0, places[0]) }
        }
        for tier in 0..<3 { #expect((ring(tier).max() ?? 0) < (ring(tier + 1).min() ?? 0)) }
        #expect(Networks.crossings(network, places) == 0)
    }

    @Test func `two cores with the same neighbours are both the middle`() {
        let network = Networks.campus(sites: 4, floors: 5, accessPoints: 2)
        let places = Networks.place(network)
        #expect(places.indices.filter { places[$0].tier == 0 } == [0, 1])
        for (name, place) in zip(network.names, places) {
            if name.hasPrefix("dist") { #expect(place.tier == 1) }
            if name.hasPrefix("acc") { #expect(place.tier == 2) }
            if name.hasPrefix("ap") { #expect(place.tier == 3) }
        }
    }

    @Test func `a telephone or server is never the middle, however many cables it has`() {
        var network = GraphFixture(4)
        let server = network.add("server", .server)
        for number in 0..<4 { network.join(server, number) }
        network.join(0, 1)
        #expect(Networks.place(network)[server].tier != 0)
    }

    @Test func `a ring is a circle, and a chain a straight line`() {
        let ring = Networks.place(Networks.ring(20))
        let middle = LayoutPlace(
            x: ring.map(\.x).reduce(0, +) / 20, y: ring.map(\.y).reduce(0, +) / 20, tier: nil)
        let distances = ring.map { Networks.distance($0, middle) }
        #expect((distances.max() ?? 0) - (distances.min() ?? 0) < 0.01)
        #expect(Networks.crossings(Networks.ring(20), ring) == 0)
        let chain = Networks.place(Networks.chain(30))
        #expect(abs((chain.map(\.y).max() ?? 0) - (chain.map(\.y).min() ?? 0)) < 0.01)
        #expect(Networks.crossings(Networks.star(200), Networks.place(Networks.star(200))) == 0)
    }

    @Test func `devices without cables stand in a compact grid apart from the rest`() {
        let network = Networks.campus(sites: 2, floors: 3, accessPoints: 2, alone: 45)
        let places = Networks.place(network)
        let alone = places.filter { $0.tier == nil }
        let others = places.filter { $0.tier != nil }
        #expect(alone.count == 45)
        #expect((alone.map(\.y).min() ?? 0) > (others.map(\.y).max() ?? 0) + 2)
        #expect((alone.map(\.x).max() ?? 0) - (alone.map(\.x).min() ?? 0) < 25)
    }

    @Test func `a large ring with a device on each of its switches is drawn`() {
        var network = Networks.ring(1_500)
        for number in 0..<1_500 { network.join(number, network.add("host\(number)", .server)) }
        let places = Networks.place(network)
        #expect(places.prefix(1_500).allSatisfy { $0.tier == 0 })
        #expect(Networks.tightest(places) >= 1)
    }

    @Test func `a chain of many thousand devices is drawn without deep recursion`() {
        let places = Networks.place(Networks.chain(20_000))
        #expect(places.allSatisfy { $0.tier != nil && $0.x.isFinite })
    }
}
