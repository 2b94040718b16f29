import Foundation
import FoundationXML
import Inventory
import Testing

@testable import Topology

@Suite("Exports")
struct GraphExportTests {
    static let hostile = [
        "<script>alert(1)</script>", "a&b &lt; &#x41; &amp;", "quote\" apostrophe' back\\slash\\", "]]>", "-->",
        "\\N\\G",
        "line\nbreak\r\n\ttab", "nul\u{0} bell\u{7} esc\u{1B}[31m del\u{7F} c1\u{85}", "bad \u{FFFE}\u{FFFF}",
        "\u{202E}turned\u{2066}", "\u{1F600} გამარჯობა", "", " ", "d0 -- d1; }", "]; x [",
        String(repeating: "<", count: 65_536), "<![CDATA[x", "<!ENTITY a 'b'>", "\u{D7FF}\u{E000}",
    ]

    /// Devices, ports, places, tags and a stranger that all carry hostile text.
    private var graph: TopologyGraph {
        var network = GraphFixture(Self.hostile.count)
        network.names = Self.hostile
        for number in Self.hostile.indices.dropFirst() { network.join(number - 1, number, speed: 1_000_000_000) }
        network.join(0, 1)
        var graph = network.graph
        for (number, text) in Self.hostile.enumerated() {
            graph.nodes[number].location = text
            graph.nodes[number].vendor = text
            graph.nodes[number].tags = [text, "x"]
            graph.nodes[number].status = DeviceStatus.allCases[number % 3]
            graph.edges[number].link.a.port = text
            graph.edges[number].link.group = text
            graph.edges[number].link.a.deviceName = text
            var reading = NeighbourReading(heardBy: .cdp, localPort: text)
            reading.systemName = text
            let row = Neighbour(
                deviceID: graph.nodes[number].id, interfaceID: nil, reading: reading, at: GraphFixture.start)
            graph.orphans.append(
                TopologyOrphan(
                    key: text, name: text,
                    seenFrom: [TopologyOrphan.Sighting(row, deviceName: text, port: text)]))
        }
        graph.at = GraphFixture.start
        return graph
    }

    @Test func `an SVG parses, draws every device and cable once, and has no element that a device named`() throws {
        let document = try XMLRecord.parse(GraphExport.svg(graph))
        let allowed: Set = ["svg", "title", "style", "rect", "g", "path", "circle", "text"]
        #expect(Set(document.elements.map(\.name)).isSubset(of: allowed))
        #expect(document.count(of: "circle") + document.count(of: "rect") - 1 == graph.nodes.count)
        #expect(document.elements.count { $0.name == "path" && $0.attributes["class"] != "mark" } == graph.edges.count)
        #expect(document.elements.allSatisfy { $0.attributes.keys.allSatisfy { !$0.hasPrefix("on") } })
        #expect(document.text.contains("<script>alert(1)</script>"))
        #expect(!document.text.unicodeScalars.contains("\u{202E}"))
    }

    @Test func `status is told by the shape, not by colour alone`() throws {
        var network = GraphFixture(3)
        network.names = ["a", "b", "c"]
        var graph = network.graph
        for (number, status) in [DeviceStatus.up, .down, .unknown].enumerated() { graph.nodes[number].status = status }
        let svg = GraphExport.svg(graph)
        let shapes = svg.split(separator: "\n").filter { $0.hasPrefix("<g class=\"") && $0.contains("translate") }
        #expect(shapes.count == 3)
        #expect(shapes[0].contains("<circle") && !shapes[0].contains("<rect"))
        #expect(shapes[1].contains("<rect") && shapes[1].contains("class=\"mark\""))
        #expect(shapes[2].contains("class=\"unknown\""))
    }

    @Test func `GraphML parses, its ends and keys are declared, and text comes back as it was`() throws {
        let document = try XMLRecord.parse(GraphExport.graphML(graph))
        let nodes = Set(document.elements.filter { $0.name == "node" }.compactMap { $0.attributes["id"] })
        #expect(nodes.count == graph.nodes.count + graph.orphans.count)
        let edges = document.elements.filter { $0.name == "edge" }
        #expect(edges.count == graph.edges.count + graph.orphans.count)
        for edge in edges {
            #expect(nodes.contains(edge.attributes["source"] ?? "") && nodes.contains(edge.attributes["target"] ?? ""))
        }
        let keys = Set(document.elements.filter { $0.name == "key" }.compactMap { $0.attributes["id"] })
        #expect(document.elements.filter { $0.name == "data" }.allSatisfy { keys.contains($0.attributes["key"] ?? "") })
        let types: Set = ["boolean", "int", "long", "float", "double", "string"]
        let declared = document.elements.filter { $0.name == "key" }.map { $0.attributes["attr.type"] ?? "" }
        #expect(types.isSuperset(of: declared))
        let labels = document.elements.filter { $0.attributes["key"] == "n_label" }.map(\.text)
        for text in ["<script>alert(1)</script>", "a&b &lt; &#x41; &amp;", "]]>", "\u{1F600} გამარჯობა"] {
            #expect(labels.contains(text))
        }
    }

    @Test func `a document's elements come in the order GraphML's schema asks for`() throws {
        let document = try XMLRecord.parse(GraphExport.graphML(graph))
        let order = document.elements.map(\.name).filter { $0 != "data" }
        #expect(order.first == "graphml")
        let graphPlace = try #require(order.firstIndex(of: "graph"))
        #expect(order[1..<graphPlace].allSatisfy { $0 == "key" })
        #expect(order[(graphPlace + 1)...].allSatisfy { $0 == "node" || $0 == "edge" })
    }

    @Test func `DOT is well formed whatever devices are called`() throws {
        let statements = try DOTGrammar.statements(GraphExport.dot(graph))
        let cables = statements.filter { statement in
            let words = statement.split(whereSeparator: \.isWhitespace)
            return words.count > 2 && words[1] == "--"
        }
        #expect(cables.count == graph.edges.count + graph.orphans.count)
        #expect(statements.count == 2 + graph.nodes.count + graph.orphans.count + cables.count)
    }

    @Test func `Graphviz reads no escape and no entity out of a name`() {
        #expect(ExportText.dot("a\\N\"") == "\"a\\\\N\\\"\"")
        #expect(ExportText.dot("R&D &lt; &#60;") == "\"R&D &amp;lt; &amp;#60;\"")
        #expect(ExportText.dot("two\nlines\u{0}") == "\"two lines\u{FFFD}\"")
    }

    @Test func `numbers are written without exponents`() {
        #expect(
            [0, -0.001, 1.5, -2.25, 3.004, 1e9, .nan].map(ExportText.number)
                == ["0", "0", "1.5", "-2.25", "3", "1000000000", "0"])
    }

    @Test func `exports of one graph are the same each time, and of none are valid`() throws {
        #expect(GraphExport.svg(graph) == GraphExport.svg(graph))
        #expect(GraphExport.dot(graph) == GraphExport.dot(graph))
        _ = try XMLRecord.parse(GraphExport.svg(TopologyGraph()))
        _ = try XMLRecord.parse(GraphExport.graphML(TopologyGraph()))
        #expect(try DOTGrammar.statements(GraphExport.dot(TopologyGraph())).count == 2)
    }
}
