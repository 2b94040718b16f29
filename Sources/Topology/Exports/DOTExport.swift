import Inventory

/// Writes the DOT language of Graphviz: devices `d0` ..., strangers `o0` ....
enum DOTExport {
    static func text(_ graph: TopologyGraph) -> String {
        var lines = [
            "graph topology {",
            "  graph [layout=neato, overlap=true, splines=line];",
            "  node [shape=circle, width=0.3, fixedsize=shape, fontsize=8];",
        ]
        for (place, node) in graph.nodes.enumerated() { lines.append("  d\(place) [\(attributes(node))];") }
        for (place, orphan) in graph.orphans.enumerated() {
            lines.append("  o\(place) [kind=\"orphan\", label=\(ExportText.dot(orphan.name)), style=dashed];")
        }
        for edge in graph.edges { lines.append("  d\(edge.a) -- d\(edge.b) [\(attributes(edge))];") }
        let places = Dictionary(graph.nodes.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        for (number, orphan) in graph.orphans.enumerated() {
            for sighting in orphan.seenFrom {
                guard let place = places[sighting.deviceID] else { continue }
                lines.append("  d\(place) -- o\(number) [taillabel=\(ExportText.dot(sighting.port)), style=dotted];")
            }
        }
        return lines.joined(separator: "\n") + "\n}\n"
    }

    private static func attributes(_ node: TopologyNode) -> String {
        var attributes = list(ExportAttributes.values(of: node).filter { $0.name != "x" && $0.name != "y" })
        if let position = node.position {
            let (x, y) = (position.x * ExportScale.unit, -position.y * ExportScale.unit)
            attributes.append("pos=\"\(ExportText.number(x)),\(ExportText.number(y))!\"")
        }
        attributes.append("tooltip=\(ExportText.dot("\(node.name) \(node.address)"))")
        return attributes.joined(separator: ", ")
    }

    private static func attributes(_ edge: TopologyEdge) -> String {
        var attributes = list(ExportAttributes.values(of: edge))
        let (near, far) = (edge.link.a.port ?? "?", edge.link.b.port ?? "?")
        attributes.append("tooltip=\(ExportText.dot("\(near) - \(far)"))")
        if edge.link.origin == .inferred || edge.isUp == false { attributes.append("style=dashed") }
        return attributes.joined(separator: ", ")
    }

    /// `group` means something to Graphviz for nodes only; the names are free otherwise.
    private static func list(_ values: [(name: String, value: ExportAttributes.Value)]) -> [String] {
        values.map { name, value in
            switch value {
            case .text(let text): "\(name)=\(ExportText.dot(text))"
            case .whole(let number): "\(name)=\(number)"
            case .real(let number): "\(name)=\(ExportText.number(number))"
            case .truth(let truth): "\(name)=\(truth)"
            }
        }
    }
}
