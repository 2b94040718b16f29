import Inventory

/// Writes GraphML 1.0 (http://graphml.graphdrawing.org): devices `d0` ..., strangers `o0` ..., cables `e0` ....
enum GraphMLExport {
    static func text(_ graph: TopologyGraph) -> String {
        var lines = [
            #"<?xml version="1.0" encoding="UTF-8"?>"#,
            #"<graphml xmlns="http://graphml.graphdrawing.org/xmlns""#
                + #" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance""#
                + #" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns"#
                + #" http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">"#,
        ]
        for (name, type) in ExportAttributes.nodeKeys { lines.append(key("n_\(name)", "node", name, type)) }
        for (name, type) in ExportAttributes.edgeKeys { lines.append(key("e_\(name)", "edge", name, type)) }
        lines.append(#"  <graph id="topology" edgedefault="undirected">"#)
        for (place, node) in graph.nodes.enumerated() {
            lines.append("    <node id=\"d\(place)\">\(data("n_", ExportAttributes.values(of: node)))</node>")
        }
        for (place, orphan) in graph.orphans.enumerated() {
            let values: [(name: String, value: ExportAttributes.Value)] = [
                ("kind", .text("orphan")), ("label", .text(orphan.name)),
            ]
            lines.append("    <node id=\"o\(place)\">\(data("n_", values))</node>")
        }
        for (place, edge) in graph.edges.enumerated() {
            lines.append(
                "    <edge id=\"e\(place)\" source=\"d\(edge.a)\" target=\"d\(edge.b)\">"
                    + "\(data("e_", ExportAttributes.values(of: edge)))</edge>")
        }
        lines += sightings(graph)
        lines += ["  </graph>", "</graphml>", ""]
        return lines.joined(separator: "\n")
    }

    /// Edges from those who see a stranger to it.
    private static func sightings(_ graph: TopologyGraph) -> [String] {
        let places = Dictionary(graph.nodes.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        return graph.orphans.enumerated().flatMap { number, orphan in
            orphan.seenFrom.compactMap { sighting in
                places[sighting.deviceID].map { place in
                    let port = data("e_", [("source_interface", .text(sighting.port))])
                    return "    <edge source=\"d\(place)\" target=\"o\(number)\">\(port)</edge>"
                }
            }
        }
    }

    private static func key(_ id: String, _ domain: String, _ name: String, _ type: String) -> String {
        "  <key id=\"\(id)\" for=\"\(domain)\" attr.name=\"\(name)\" attr.type=\"\(type)\"/>"
    }

    private static func data(_ prefix: String, _ values: [(name: String, value: ExportAttributes.Value)]) -> String {
        values.map { name, value in
            "<data key=\"\(prefix)\(name)\">\(written(value))</data>"
        }.joined()
    }

    private static func written(_ value: ExportAttributes.Value) -> String {
        switch value {
        case .text(let text): ExportText.xml(text)
        case .whole(let number): "\(number)"
        case .real(let number): ExportText.number(number)
        case .truth(let truth): "\(truth)"
        }
    }
}
