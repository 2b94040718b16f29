import Inventory
import Testing

@testable import Topology

@Suite("Analysis of known networks")
struct GraphAnalysisTests {
    private func device(_ number: Int) -> DeviceID { GraphFixture.device(number) }

    /// 0 and 1 are joined by two cables, 1 and 2 by one.
    private let lag = GraphFixture(3, cables: [(0, 1), (0, 1), (1, 2)])

    @Test func `parallel cables are no bridges, and a single one is`() {
        #expect(GraphAnalysis(lag.graph).bridges == [GraphFixture.cable(2)])
        #expect(GraphAnalysis(lag.graph).articulationPoints == [device(1)])
    }

    @Test func `one of two parallel cables takes redundancy and nothing else`() {
        let impact = GraphAnalysis(lag.graph).impact(of: .link(GraphFixture.cable(0)), from: device(0))
        #expect(impact.cutOff.isEmpty)
        #expect(impact.failedLinks == [GraphFixture.cable(0)])
        #expect(impact.lostRedundancy == [device(1)])
        #expect(impact.viewpoint == .device(device(0)))
    }

    @Test func `the device next to the poller cuts off everything`() {
        let impact = GraphAnalysis(lag.graph).impact(of: .device(device(0)), from: device(0))
        #expect(impact.viewpointFails)
        #expect(impact.cutOff == [device(1), device(2)])
        #expect(impact.failedLinks == [GraphFixture.cable(0), GraphFixture.cable(1)])
    }

    @Test func `an island that the poller does not see is judged by its own largest part`() {
        let network = GraphFixture(6, cables: [(0, 1), (2, 3), (3, 4), (4, 5)])
        let impact = GraphAnalysis(network.graph).impact(of: .device(device(3)), from: device(0))
        #expect(impact.viewpoint == .largestPart)
        #expect(impact.cutOff == [device(2)])
    }

    @Test func `what is not in the graph cuts off nothing and leads nowhere`() {
        let analysis = GraphAnalysis(lag.graph)
        #expect(analysis.impact(of: .device(device(77)), from: device(0)).cutOff.isEmpty)
        #expect(analysis.impact(of: .link(GraphFixture.cable(77)), from: nil).failedLinks.isEmpty)
        #expect(analysis.path(from: device(0), to: device(77)) == nil)
        #expect(GraphAnalysis(TopologyGraph()).singlePointsOfFailure(from: device(0)).isEmpty)
    }

    @Test func `a device reaches itself without a cable`() {
        let path = GraphAnalysis(lag.graph).path(from: device(1), to: device(1))
        #expect(path == TopologyPath(nodes: [device(1)], links: [], isRedundant: true, singlePoints: []))
    }

    @Test func `of two ways of equal length the faster is taken, though its name comes later`() {
        var network = GraphFixture(4)
        network.join(0, 1, speed: 1_000)
        network.join(1, 3, speed: 9_000)
        network.join(0, 2, speed: 2_000)
        network.join(2, 3, speed: 2_000)
        let path = GraphAnalysis(network.graph).path(from: device(0), to: device(3))
        #expect(path?.nodes == [device(0), device(2), device(3)])
        network.isDown = [2]
        let other = GraphAnalysis(network.graph).path(from: device(0), to: device(3))
        #expect(other?.nodes == [device(0), device(1), device(3)])
    }

    @Test func `devices are counted by their cables`() {
        let degrees = GraphAnalysis(lag.graph).degrees
        #expect(degrees.map(\.cables) == [1, 2, 3])
        #expect(degrees.map(\.devices) == [1, 1, 1])
    }

    @Test func `a chain of a hundred thousand devices is analysed without deep recursion`() {
        let count = 100_000
        let network = GraphFixture(count, cables: (1..<count).map { ($0 - 1, $0) })
        let analysis = GraphAnalysis(network.graph)
        #expect(analysis.bridges.count == count - 1)
        #expect(analysis.articulationPoints.count == count - 2)
        let worst = analysis.singlePointsOfFailure(from: device(0))
        #expect(worst.count == 2 * count - 2)
        #expect(worst.first?.cutOffCount == count - 1)
        #expect(analysis.path(from: device(0), to: device(count - 1))?.links.count == count - 1)
        #expect(analysis.impact(of: .device(device(1)), from: device(0)).cutOff.count == count - 2)
    }
}
