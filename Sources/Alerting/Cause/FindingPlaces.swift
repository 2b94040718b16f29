import Inventory

/// Where each device's and interface's finding is.
struct FindingPlaces: Sendable {
    /// By number of device; -1 for none.
    var nodes: [Int32]
    /// Of devices that are not in the graph, and of interfaces.
    var others: [AlertEntity: Int] = [:]

    init(nodes count: Int) { nodes = [Int32](repeating: -1, count: count) }

    func place(ofNode node: Int) -> Int? { nodes[node] < 0 ? nil : Int(nodes[node]) }

    func place(of entity: AlertEntity, _ graph: ReachabilityGraph) -> Int? {
        if case .device(let id) = entity, let node = graph.nodes[id] { return place(ofNode: node) }
        return others[entity]
    }
}

extension CauseReport {
    /// The failures, with what each explains.
    static func roots(
        _ findings: [Finding], _ places: FindingPlaces, _ graph: ReachabilityGraph, hasNetwork: Bool
    ) -> [Root] {
        var roots = hasNetwork ? [Root(entity: network)] : []
        var numbers = [Int32](repeating: -1, count: findings.count)
        for (place, finding) in findings.enumerated() where finding.verdict == .root {
            numbers[place] = Int32(roots.count)
            roots.append(Root(entity: finding.entity))
        }
        for finding in findings {
            guard case .explained(let causes) = finding.verdict else { continue }
            for cause in causes {
                let number = cause == network ? 0 : places.place(of: cause, graph).map { Int(numbers[$0]) } ?? -1
                guard roots.indices.contains(number) else { continue }
                switch finding.entity {
                case .device(let id): roots[number].devices.append(id)
                case .interface(let id, _): roots[number].ports.append(id)
                case .system: break
                }
            }
        }
        return roots
    }
}
