public import Inventory

/// Computes where devices are drawn: rings around the middle of the network, parts without a cable to it below, and
/// devices without any cable in a grid below those.
///
/// Deterministic whatever order devices and cables come in. No two places are closer than 1, one node's width. Devices
/// that have a place keep it exactly, and new ones are put beside their neighbours, unless more than half of the
/// devices are new, or the drawing has become much worse than a fresh one (`LayoutMerge`): then all is drawn afresh,
/// turned and moved to lie as nearly as possible where it was. Time is near linear.
public enum GraphLayout {
    /// Places devices: `edges` and `previous` refer to `nodes` by place, and so does the answer.
    ///
    /// Edges from a device to itself or to no device are ignored; so are places that are no finite numbers.
    /// `previous` may be shorter than `nodes`.
    public static func place(
        nodes: [LayoutNode], edges: [(Int, Int)], previous: [LayoutPlace?] = []
    ) -> [LayoutPlace] {
        let network = LayoutNetwork(nodes: nodes, edges: edges)
        let before = network.order.map { place in
            place < previous.count ? previous[place].flatMap { $0.isUsable ? $0 : nil } : nil
        }
        let fresh = FreshLayout(network, before: before).places
        let chosen = LayoutMerge(network, fresh: fresh, before: before).places
        var answer = chosen
        for (number, place) in network.order.enumerated() { answer[place] = chosen[number] }
        return answer
    }

    /// Places all devices of a catalog, in their order, where they were or near their neighbours.
    ///
    /// Links to strangers, or to devices that are not among `devices`, are ignored.
    public static func positions(
        devices: [Device], links: [Link], previous: [DeviceID: NodePosition]
    ) -> [NodePosition] {
        let nodes = devices.map { LayoutNode(key: $0.name, deviceType: $0.deviceType) }
        let index = Dictionary(devices.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        let edges: [(Int, Int)] = links.compactMap { link in
            guard let a = link.a.deviceID.flatMap({ index[$0] }), let b = link.b.deviceID.flatMap({ index[$0] })
            else { return nil }
            return (a, b)
        }
        let before = devices.map { device in
            previous[device.id].map { LayoutPlace(x: $0.x, y: $0.y, tier: $0.tier) }
        }
        let places = place(nodes: nodes, edges: edges, previous: before)
        return zip(devices, places).map { device, place in
            NodePosition(deviceID: device.id, x: place.x, y: place.y, tier: place.tier)
        }
    }
}

extension LayoutPlace {
    /// Whether it can be drawn.
    fileprivate var isUsable: Bool { x.isFinite && y.isFinite && abs(x) < 1e7 && abs(y) < 1e7 }
}
