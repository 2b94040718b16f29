import Inventory
import Listing
import Topology

/// What fails, what that cuts off and what goes around it, as documents.
struct FailureDocuments: Sendable {
    private let snapshot: TopologySnapshot
    private let json: TopologyJSON

    init(_ snapshot: TopologySnapshot) {
        self.snapshot = snapshot
        json = TopologyJSON(snapshot)
    }

    /// What kind of thing fails.
    static func kind(_ element: FailedElement) -> String {
        switch element {
        case .device: "device"
        case .link: "link"
        }
    }

    /// Single points of failure, the first so many of them.
    func singlePoints(_ points: [SinglePointOfFailure], limit: Int) -> [UInt8] {
        var writer = JSONWriter(reserving: 900 * min(limit, points.count) + 256)
        writer.beginObject()
        writer.key("viewpoint")
        viewpoint(snapshot.place, to: &writer)
        writer.array("items", Array(points.prefix(limit))) { writer, point in
            writer.beginObject()
            element(point.element, to: &writer)
            writer.member("cut_off", Int64(point.cutOffCount))
            writer.endObject()
        }
        writer.member("total", Int64(points.count))
        writer.endObject()
        return writer.bytes
    }

    /// What is cut off if an element fails.
    func impact(_ impact: Impact, of failed: FailedElement) -> [UInt8] {
        var writer = JSONWriter(reserving: 200 * impact.cutOff.count + 4096)
        writer.beginObject()
        writer.key("element")
        writer.beginObject()
        element(failed, to: &writer)
        writer.endObject()
        writer.key("viewpoint")
        if case .device(let device) = impact.viewpoint {
            viewpoint(device, to: &writer)
        } else {
            viewpoint(nil, to: &writer)
        }
        writer.member("viewpoint_fails", impact.viewpointFails)
        writer.member("cut_off_count", Int64(impact.cutOff.count))
        json.devices("cut_off", impact.cutOff, to: &writer)
        writer.array("parts", impact.parts) { writer, part in
            writer.beginArray()
            for id in part { writer.identifier(RowID(id)) }
            writer.endArray()
        }
        json.edges("failed_links", impact.failedLinks, to: &writer)
        json.devices("lost_redundancy", impact.lostRedundancy, to: &writer)
        writer.endObject()
        return writer.bytes
    }

    /// The way between two devices; says so where there is none.
    func path(_ path: TopologyPath?, from: DeviceID, to: DeviceID) -> [UInt8] {
        var writer = JSONWriter(reserving: 4096)
        writer.beginObject()
        writer.member("is_connected", path != nil)
        writer.member("from", from)
        writer.member("to", to)
        writer.member("cables", path.map { Int64($0.links.count) })
        json.devices("nodes", path?.nodes ?? [], to: &writer)
        json.edges("edges", path?.links ?? [], to: &writer)
        writer.member("is_redundant", path?.isRedundant ?? false)
        json.devices("single_points", path?.singlePoints ?? [], to: &writer)
        writer.endObject()
        return writer.bytes
    }

    private func element(_ element: FailedElement, to writer: inout JSONWriter) {
        writer.member("kind", Self.kind(element))
        switch element {
        case .device(let id):
            writer.member("device_id", id)
            writer.member("device_name", snapshot.name(id))
            writer.key("edge")
            writer.null()
        case .link(let id):
            writer.member("device_id", DeviceID?.none)
            writer.member("device_name", String?.none)
            writer.key("edge")
            if let edge = snapshot.edge(id) { json.edge(edge, to: &writer) } else { writer.null() }
        }
    }

    private func viewpoint(_ device: DeviceID?, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("kind", device == nil ? "largest_part" : "device")
        writer.member("device_id", device)
        writer.member("device_name", device.map(snapshot.name))
        writer.endObject()
    }
}

/// Changes of the wiring in a time, as a document.
struct TopologyChangesDocument: Sendable {
    let range: TimeRange
    let changes: [LinkChange]
    /// Whether all of the time was looked at.
    let isComplete: Bool

    var bytes: [UInt8] {
        var writer = JSONWriter(reserving: 700 * changes.count + 256)
        writer.beginObject()
        writer.member("from", range.from)
        writer.member("to", range.to)
        for kind in LinkChange.Kind.allCases {
            writer.member(kind.rawValue, Int64(changes.count { $0.kind == kind }))
        }
        writer.member("is_complete", isComplete)
        writer.array("items", changes) { Self.change($1, to: &$0) }
        writer.endObject()
        return writer.bytes
    }

    private static func change(_ change: LinkChange, to writer: inout JSONWriter) {
        let link = change.record.link
        writer.beginObject()
        writer.member("change", change.kind.rawValue)
        writer.member("revision", change.revision)
        writer.member("at", change.at)
        writer.member("link_id", change.record.id)
        ends(link, to: &writer)
        writer.member("is_orphan", link.isOrphan)
        writer.member("origin", link.origin.rawValue)
        writer.member("protocols", TopologyJSON.protocols(link))
        writer.member("confidence", link.confidence)
        writer.member("since", change.before?.appearedAt ?? change.record.appearedAt)
        for (name, shown) in [("from", change.before), ("to", change.before == nil ? nil : change.record)] {
            writer.key(name)
            if let shown {
                writer.beginObject()
                ends(shown.link, to: &writer)
                writer.endObject()
            } else {
                writer.null()
            }
        }
        writer.endObject()
    }

    private static func ends(_ link: Link, to writer: inout JSONWriter) {
        for (name, end) in [("source", link.a), ("target", link.b)] {
            writer.member(name, end.deviceID)
            writer.member("\(name)_name", end.deviceName)
            writer.member("\(name)_interface", end.port)
            writer.member("\(name)_interface_id", end.interfaceID)
        }
    }
}
