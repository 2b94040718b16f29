import Catalog
import Inventory

/// Finds links that belong together: members of one aggregate, and parallel cables.
struct LinkGroups {
    private let index: InventoryIndex
    /// The aggregate of each member interface, by number of the device and ifIndex.
    private var aggregates: [Int: [Int64: Int64]] = [:]
    private var parents: [Aggregate: Aggregate] = [:]

    /// One end of an aggregate.
    private struct Aggregate: Hashable, Comparable {
        let device: Int
        let ifIndex: Int64

        static func < (left: Aggregate, right: Aggregate) -> Bool {
            (left.device, left.ifIndex) < (right.device, right.ifIndex)
        }
    }

    init(_ index: InventoryIndex, descriptions: [DeviceID: LocalSystem]) {
        self.index = index
        for (device, description) in descriptions {
            guard let number = index.number(of: device) else { continue }
            for port in description.ports {
                guard let aggregate = port.aggregateIfIndex, aggregate != port.ifIndex else { continue }
                aggregates[number, default: [:]][port.ifIndex] = aggregate
            }
        }
    }

    /// The group of each link; nil for one that is alone.
    mutating func groups(of drafts: [LinkDraft]) -> [String?] {
        let ends = drafts.map { draft in [draft.a, draft.b].compactMap(aggregate) }
        for case let pair in ends where pair.count == 2 { unite(pair[0], pair[1]) }
        var byAggregate: [Aggregate: Int] = [:]
        let roots = ends.map { $0.first.map { find($0) } }
        for root in roots { if let root { byAggregate[root, default: 0] += 1 } }
        var byPair: [UInt64: Int] = [:]
        for draft in drafts { if let pair = pair(draft) { byPair[pair, default: 0] += 1 } }
        return drafts.indices.map { place in
            if let root = roots[place], byAggregate[root] ?? 0 > 1 { return name(root) }
            guard let pair = pair(drafts[place]), byPair[pair] ?? 0 > 1 else { return nil }
            return name(ofPair: pair)
        }
    }

    private func aggregate(_ end: LinkDraft.End) -> Aggregate? {
        guard let device = end.device, let port = end.port, let members = aggregates[device] else { return nil }
        return members[index.ports[port].facts.ifIndex].map { Aggregate(device: device, ifIndex: $0) }
    }

    private mutating func find(_ aggregate: Aggregate) -> Aggregate {
        var root = aggregate
        while let parent = parents[root] { root = parent }
        var next = aggregate
        while let parent = parents[next] {
            parents[next] = root
            next = parent
        }
        return root
    }

    /// The aggregates at both ends of one cable are one; that of a cable's end with two devices joins both.
    private mutating func unite(_ one: Aggregate, _ other: Aggregate) {
        let (left, right) = (find(one), find(other))
        if left != right { parents[max(left, right)] = min(left, right) }
    }

    private func name(_ aggregate: Aggregate) -> String {
        "\(index.devices[aggregate.device].id)/\(aggregate.ifIndex)"
    }

    private func pair(_ draft: LinkDraft) -> UInt64? {
        guard let a = draft.a.device, let b = draft.b.device else { return nil }
        return UInt64(min(a, b)) << 32 | UInt64(max(a, b))
    }

    private func name(ofPair pair: UInt64) -> String {
        let ids = [index.devices[Int(pair >> 32)].id, index.devices[Int(pair & 0xFFFF_FFFF)].id].sorted()
        return "\(ids[0])|\(ids[1])"
    }
}
