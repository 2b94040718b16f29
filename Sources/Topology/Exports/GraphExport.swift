/// Writes a graph in the formats of other programs.
///
/// Text of devices is untrusted and escaped; the same graph always gives the same text.
public enum GraphExport {
    /// Graphviz DOT: an undirected graph, positions in points (`neato -n` keeps them).
    public static func dot(_ graph: TopologyGraph) -> String { DOTExport.text(graph) }

    /// GraphML 1.0, as Gephi, NetworkX and yEd read it.
    public static func graphML(_ graph: TopologyGraph) -> String { GraphMLExport.text(graph) }

    /// A drawing that stands alone, SVG 1.1, at the positions of the graph.
    ///
    /// Devices without a position are placed as `GraphLayout` places new ones. Status is told by shape and by colour.
    public static func svg(_ graph: TopologyGraph) -> String { SVGExport(graph).text() }
}
