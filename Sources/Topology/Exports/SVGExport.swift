import Glibc
import Inventory

/// Draws a graph as SVG 1.1: cables below, devices above, names where there is room for them.
struct SVGExport {
    private let graph: TopologyGraph
    private let places: [LayoutPlace]

    private static let unit = ExportScale.unit
    private static let margin = 3.0
    /// Up to so many devices every one has its name beside it.
    private static let mostNames = 160

    init(_ graph: TopologyGraph) {
        self.graph = graph
        places = GraphLayout.place(
            nodes: graph.nodes.map { LayoutNode(key: $0.name, deviceType: $0.deviceType) },
            edges: graph.edges.map { ($0.a, $0.b) },
            previous: graph.nodes.map { node in
                node.position.map { LayoutPlace(x: $0.x, y: $0.y, tier: $0.tier) }
            })
    }

    func text() -> String {
        let left = (places.map(\.x).min() ?? 0) - Self.margin
        let top = (places.map(\.y).min() ?? 0) - Self.margin
        let width = (places.map(\.x).max() ?? 0) + Self.margin - left
        let height = (places.map(\.y).max() ?? 0) + Self.margin - top
        let box = [left, top, width, height].map { ExportText.number($0 * Self.unit) }
        var lines = [
            #"<?xml version="1.0" encoding="UTF-8"?>"#,
            #"<svg xmlns="http://www.w3.org/2000/svg" version="1.1" role="img""#
                + " viewBox=\"\(box.joined(separator: " "))\" width=\"\(box[2])\" height=\"\(box[3])\">",
            "<title>\(ExportText.shown(title))</title>", "<style>\(Self.style)</style>",
            "<rect class=\"paper\" x=\"\(box[0])\" y=\"\(box[1])\" width=\"\(box[2])\" height=\"\(box[3])\"/>",
            #"<g class="cables">"#,
        ]
        lines += cables()
        lines += ["</g>", #"<g class="devices">"#]
        lines += graph.nodes.indices.map(device)
        lines += ["</g>", #"<g class="names">"#]
        lines += graph.nodes.indices.compactMap(name)
        lines += ["</g>", "</svg>", ""]
        return lines.joined(separator: "\n")
    }

    private var title: String {
        "\(graph.nodes.count) devices, \(graph.edges.count) cables" + (graph.at.map { ", \($0)" } ?? "")
    }

    private static let style =
        "svg{--paper:#fff;--ink:#1c2733;--cable:#8796a5;--up:#1a7f4b;--down:#c62b2b;--unknown:#66717d}"
        + "@media(prefers-color-scheme:dark){svg{--paper:#11171d;--ink:#dbe4ec;--cable:#5d6b78;--up:#3fb97a;"
        + "--down:#ff6b5e;--unknown:#93a0ac}}"
        + ".paper{fill:#fff;fill:var(--paper,#fff)}.cables path{fill:none;stroke:#8796a5;stroke:var(--cable,#8796a5)}"
        + ".devices>g{stroke:#fff;stroke:var(--paper,#fff);stroke-width:1.5}"
        + ".devices .up{fill:#1a7f4b;fill:var(--up,#1a7f4b)}.devices .down{fill:#c62b2b;fill:var(--down,#c62b2b)}"
        + ".devices .unknown{fill:#fff;fill:var(--paper,#fff);stroke:#66717d;stroke:var(--unknown,#66717d);"
        + "stroke-width:2}.devices .mark{fill:none}"
        + ".broken{stroke-dasharray:2 5}.guessed{stroke-dasharray:7 4}"
        + "text{font:9px system-ui,sans-serif;text-anchor:middle;fill:#1c2733;fill:var(--ink,#1c2733);"
        + "paint-order:stroke;stroke:#fff;stroke:var(--paper,#fff);stroke-width:3px}"

    // MARK: Cables

    private func cables() -> [String] {
        var counts: [Pair: Int] = [:]
        for edge in graph.edges { counts[Pair(edge.a, edge.b), default: 0] += 1 }
        var drawn: [Pair: Int] = [:]
        return graph.edges.map { edge in
            let pair = Pair(edge.a, edge.b)
            let number = drawn[pair, default: 0]
            drawn[pair] = number + 1
            return cable(edge, bend: Double(number) - Double((counts[pair] ?? 1) - 1) / 2)
        }
    }

    /// A line; parallel cables are bent apart from each other.
    private func cable(_ edge: TopologyEdge, bend: Double) -> String {
        let (from, to) = (places[min(edge.a, edge.b)], places[max(edge.a, edge.b)])
        let length = max(0.001, hypot(to.x - from.x, to.y - from.y))
        let side = min(0.7, length / 4) * bend
        let middleX = (from.x + to.x) / 2 - (to.y - from.y) / length * side
        let middleY = (from.y + to.y) / 2 + (to.x - from.x) / length * side
        let curve = bend == 0 ? "L" : "Q\(point(middleX, middleY)) "
        let kind = edge.isUp == false ? " class=\"broken\"" : edge.link.origin == .inferred ? " class=\"guessed\"" : ""
        let ends = [edge.link.a, edge.link.b].map { "\($0.deviceName) \($0.port ?? "?")" }
        let speed = edge.speed.map { " (\(Self.written(speed: $0)))" } ?? ""
        return "<path\(kind) d=\"M\(point(from.x, from.y))\(curve)\(point(to.x, to.y))\""
            + " stroke-width=\"\(Self.thickness(edge.speed))\">"
            + "<title>\(ExportText.shown(ends.joined(separator: " \u{2013} ") + speed))</title></path>"
    }

    /// Thicker by half a pixel for each ten times the speed.
    private static func thickness(_ speed: Int64?) -> String {
        guard let speed, speed > 0 else { return "1" }
        return ExportText.number(min(4, max(0.75, 0.75 + (log10(Double(speed)) - 8) * 0.6)))
    }

    private static func written(speed: Int64) -> String {
        let units: [(Int64, String)] = [(1_000_000_000_000, "T"), (1_000_000_000, "G"), (1_000_000, "M"), (1_000, "k")]
        guard let (unit, letter) = units.first(where: { speed >= $0.0 }) else { return "\(speed) bit/s" }
        return "\(ExportText.number(Double(speed) / Double(unit))) \(letter)bit/s"
    }

    // MARK: Devices

    private func device(_ number: Int) -> String {
        let (node, place) = (graph.nodes[number], places[number])
        let radius = radius(number) * Self.unit
        let words = [
            node.name, node.deviceType.rawValue, node.address, node.model, node.location, node.status.rawValue,
        ]
        let title = words.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: "\n")
        let titleLines = title.split(separator: "\n").map { ExportText.shown(String($0)) }.joined(separator: ", ")
        return "<g class=\"\(node.status.rawValue)\" transform=\"translate(\(point(place.x, place.y)))\">"
            + "<title>\(titleLines)</title>\(Self.shape(node.status, radius))</g>"
    }

    /// Up a disc, down a square with a cross, never asked an empty ring: told apart without colour.
    private static func shape(_ status: DeviceStatus, _ radius: Double) -> String {
        let size = ExportText.number(radius)
        switch status {
        case .up: return "<circle r=\"\(size)\"/>"
        case .unknown: return "<circle r=\"\(ExportText.number(radius - 1))\"/>"
        case .down:
            let (edge, arm) = (ExportText.number(radius * 1.8), ExportText.number(radius * 0.5))
            let corner = ExportText.number(radius * -0.9)
            return "<rect x=\"\(corner)\" y=\"\(corner)\" width=\"\(edge)\" height=\"\(edge)\" rx=\"1.5\"/>"
                + "<path class=\"mark\" d=\"M-\(arm) -\(arm)L\(arm) \(arm)M-\(arm) \(arm)L\(arm) -\(arm)\"/>"
        }
    }

    /// The nearer to the middle the larger.
    private func radius(_ number: Int) -> Double {
        switch places[number].tier {
        case 0: 0.46
        case 1: 0.4
        default: graph.nodes[number].degree > 1 ? 0.34 : 0.28
        }
    }

    /// All names of a small graph, those of the middle of a large one.
    private func name(_ number: Int) -> String? {
        let tier = places[number].tier
        guard graph.nodes.count <= Self.mostNames || tier == 0 || (tier == 1 && graph.nodes[number].degree > 4) else {
            return nil
        }
        let place = places[number]
        let name = String(graph.nodes[number].name.prefix(24))
        let (x, y) = (place.x * Self.unit, place.y * Self.unit + 19)
        return "<text x=\"\(ExportText.number(x))\" y=\"\(ExportText.number(y))\">\(ExportText.shown(name))</text>"
    }

    private func point(_ x: Double, _ y: Double) -> String {
        "\(ExportText.number(x * Self.unit)) \(ExportText.number(y * Self.unit))"
    }
}
