import Inventory
import Testing

@testable import Topology

/// Every answer of the analysis on ten thousand random small networks, against taking things away one by one.
@Suite("Analysis agrees with brute force")
struct GraphAnalysisPropertyTests {
    private static let networks = 10_000

    private func check(_ body: (UInt64, GraphFixture, GraphAnalysis, BruteForce, inout SplitMix) -> Bool) {
        for seed in 0..<UInt64(Self.networks) {
            var random = SplitMix(seed: seed)
            let network = GraphFixture.random(&random)
            let analysis = GraphAnalysis(network.graph)
            guard body(seed, network, analysis, BruteForce(network), &random) else {
                Issue.record("seed \(seed): \(network.names.count) devices, cables \(network.cables)")
                return
            }
        }
    }

    private func devices(_ numbers: [Int]) -> [DeviceID] { numbers.map(GraphFixture.device) }

    @Test func `articulation points, bridges and components`() {
        check { _, network, analysis, oracle, _ in
            let parts = oracle.parts(of: Set(network.names.indices)).filter { $0.count > 1 }
            return analysis.articulationPoints == devices(oracle.articulationPoints)
                && analysis.bridges == oracle.bridges.map(GraphFixture.cable)
                && analysis.components == parts.map(devices)
        }
    }

    @Test func `what fails and who is cut off, from a device or from the largest part`() {
        check { seed, network, analysis, oracle, random in
            let root = seed % 3 == 0 ? nil : Int.random(in: network.names.indices, using: &random)
            let device = Int.random(in: network.names.indices, using: &random)
            guard
                agrees(
                    oracle.loss(device: device, cable: nil, root: root),
                    analysis.impact(of: .device(GraphFixture.device(device)), from: root.map(GraphFixture.device)))
            else { return false }
            guard let cable = network.cables.indices.randomElement(using: &random) else { return true }
            return agrees(
                oracle.loss(device: nil, cable: cable, root: root),
                analysis.impact(of: .link(GraphFixture.cable(cable)), from: root.map(GraphFixture.device)))
        }
    }

    private func agrees(_ expected: BruteForce.Loss, _ impact: Impact) -> Bool {
        impact.cutOff == devices(expected.cutOff) && impact.parts == expected.parts.map(devices)
            && impact.lostRedundancy == devices(expected.lostRedundancy)
            && impact.viewpointFails == expected.viewpointFails
    }

    @Test func `single points of failure are the elements whose impact cuts somebody off, with as many`() {
        check { seed, network, analysis, oracle, random in
            let root = seed % 3 == 0 ? nil : Int.random(in: network.names.indices, using: &random)
            var expected: [FailedElement: Int] = [:]
            for device in network.names.indices {
                let count = oracle.loss(device: device, cable: nil, root: root, withRedundancy: false).cutOff.count
                if count > 0 { expected[.device(GraphFixture.device(device))] = count }
            }
            for cable in network.cables.indices {
                let count = oracle.loss(device: nil, cable: cable, root: root, withRedundancy: false).cutOff.count
                if count > 0 { expected[.link(GraphFixture.cable(cable))] = count }
            }
            let points = analysis.singlePointsOfFailure(from: root.map(GraphFixture.device))
            let counts = points.map(\.cutOffCount)
            return counts == counts.sorted(by: >) && points.count == expected.count
                && points.allSatisfy { expected[$0.element] == $0.cutOffCount }
        }
    }

    @Test func `paths are the shortest, of those the fastest, of those the first, and say what they hang on`() {
        check { _, network, analysis, oracle, random in
            let start = Int.random(in: network.names.indices, using: &random)
            let end = Int.random(in: network.names.indices, using: &random)
            let path = analysis.path(from: GraphFixture.device(start), to: GraphFixture.device(end))
            guard let expected = oracle.path(start, end) else { return path == nil }
            guard let path, path.nodes == devices(expected), path.links.count + 1 == path.nodes.count else {
                return false
            }
            let points = oracle.singlePoints(start, end)
            return path.isRedundant == oracle.isRedundant(start, end)
                && path.singlePoints == devices(expected.filter(points.contains))
                && zip(path.links, zip(expected, expected.dropFirst())).allSatisfy { link, ends in
                    guard let cable = network.cables.indices.first(where: { GraphFixture.cable($0) == link }) else {
                        return false
                    }
                    let speed = network.isDown.contains(cable) ? -1 : network.speeds[cable] ?? 0
                    return Set([network.cables[cable].a, network.cables[cable].b]) == Set([ends.0, ends.1])
                        && speed == oracle.speed(ends.0, ends.1)
                }
        }
    }

    @Test func `a path that avoids something is the path of a network without it`() {
        check { _, network, analysis, _, random in
            let start = Int.random(in: network.names.indices, using: &random)
            let end = Int.random(in: network.names.indices, using: &random)
            let avoided = Int.random(in: network.names.indices, using: &random)
            var without = network.graph
            without.edges.removeAll { $0.a == avoided || $0.b == avoided }
            let (from, to) = (GraphFixture.device(start), GraphFixture.device(end))
            let path = analysis.path(from: from, to: to, avoiding: [.device(GraphFixture.device(avoided))])
            if avoided == start || avoided == end { return path == nil }
            return path == GraphAnalysis(without).path(from: from, to: to)
        }
    }
}
