import Inventory

@testable import Topology

/// Networks whose drawings are tested, and what is measured of a drawing.
enum LayoutNetworks {
    /// A root, four distribution switches, each with three access switches, each with five telephones.
    static var tree: GraphFixture {
        var network = GraphFixture(1, type: .router)
        for _ in 0..<4 {
            let distribution = network.add("dist\(network.names.count)")
            network.join(0, distribution)
            for _ in 0..<3 {
                let access = network.add("access\(network.names.count)")
                network.join(distribution, access)
                for _ in 0..<5 { network.join(access, network.add("phone\(network.names.count)", .phone)) }
            }
        }
        return network
    }

    /// Two cores, pairs of distribution switches, access switches with a line to both of a pair, access points.
    static func campus(sites: Int, floors: Int, accessPoints: Int, alone: Int = 0) -> GraphFixture {
        var network = GraphFixture(2, type: .router)
        network.join(0, 1)
        for site in 0..<sites {
            let pair = [network.add("dist\(site)a"), network.add("dist\(site)b")]
            for (one, other) in [(pair[0], 0), (pair[0], 1), (pair[1], 0), (pair[1], 1), (pair[0], pair[1])] {
                network.join(one, other)
            }
            for floor in 0..<floors {
                let access = network.add("acc\(site)-\(floor)")
                network.join(access, pair[0])
                network.join(access, pair[1])
                for number in 0..<accessPoints {
                    network.join(access, network.add("ap\(site)-\(floor)-\(number)", .accessPoint))
                }
            }
        }
        for number in 0..<alone { network.add("alone\(number)") }
        return network
    }

    static func star(_ leaves: Int) -> GraphFixture {
        GraphFixture(leaves + 1, cables: (1...leaves).map { (0, $0) })
    }

    static func ring(_ count: Int) -> GraphFixture {
        GraphFixture(count, cables: (0..<count).map { ($0, ($0 + 1) % count) })
    }

    static func chain(_ count: Int) -> GraphFixture {
        GraphFixture(count, cables: (1..<count).map { ($0 - 1, $0) })
    }

    static func mesh(_ count: Int) -> GraphFixture {
        GraphFixture(count, cables: (0..<count).flatMap { one in (0..<one).map { (one, $0) } })
    }

    static func place(_ network: GraphFixture, previous: [LayoutPlace?] = []) -> [LayoutPlace] {
        GraphLayout.place(
            nodes: zip(network.names, network.types).map { LayoutNode(key: $0, deviceType: $1) },
            edges: network.cables.map { ($0.a, $0.b) }, previous: previous)
    }

    static func distance(_ one: LayoutPlace, _ other: LayoutPlace) -> Double {
        let (x, y) = (one.x - other.x, one.y - other.y)
        return (x * x + y * y).squareRoot()
    }

    /// The smallest distance between two places.
    static func tightest(_ places: [LayoutPlace]) -> Double {
        let sorted = places.sorted { $0.x < $1.x }
        var best = Double.infinity
        for (number, place) in sorted.enumerated() {
            for other in sorted[(number + 1)...] {
                if other.x - place.x >= best { break }
                best = min(best, distance(place, other))
            }
        }
        return best
    }

    /// How many pairs of cables that share no device cross each other.
    static func crossings(_ network: GraphFixture, _ places: [LayoutPlace]) -> Int {
        func side(_ a: Int, _ b: Int, _ c: Int) -> Bool {
            let (p, q, r) = (places[a], places[b], places[c])
            return (q.x - p.x) * (r.y - p.y) > (q.y - p.y) * (r.x - p.x)
        }
        var count = 0
        for (number, one) in network.cables.enumerated() {
            for other in network.cables[..<number] where Set([one.a, one.b, other.a, other.b]).count == 4 {
                if side(one.a, one.b, other.a) != side(one.a, one.b, other.b)
                    && side(other.a, other.b, one.a) != side(other.a, other.b, one.b)
                {
                    count += 1
                }
            }
        }
        return count
    }
}
