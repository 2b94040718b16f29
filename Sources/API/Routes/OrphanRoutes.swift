import Catalog
import Inventory
import Listing
import Topology

/// `/topology/orphans`: neighbours that are no devices of the inventory, and how they become ones.
struct OrphanRoutes: RouteGroup {
    let state: APIState
    private static let schema = OrphanColumns.schema

    var routes: [Route] {
        [list, adopt]
    }

    private var list: Route {
        Route(
            method: "GET", path: "/topology/orphans", operation: "listTopologyOrphans", tag: TopologyRoutes.tag,
            summary: "Neighbours that are no devices of the inventory, with all who see them.",
            query: Self.schema.listParameters(),
            answers: [AnswerDescriptions.list("TopologyOrphanPage", "A page of orphans; CSV has no seen_from.")]
        ) { call in try await list(call) }
    }

    private var adopt: Route {
        Route(
            method: "POST", path: "/topology/orphans/adopt", operation: "adoptTopologyOrphan", tag: TopologyRoutes.tag,
            summary: "Makes a device of a neighbour.",
            doc: "Name, address and type are those that the neighbour tells, where they are not given. Neighbours are "
                + "matched again at once, so that its cables lead to the device.",
            body: BodyDescription(
                doc: "Which orphan, and what to say of the device.",
                contents: [("application/json", DeviceChange.adoptionSchema)]),
            answers: [
                AnswerDescription(
                    status: 201, doc: "The device.", contents: [("application/json", Schema.reference("Device"))],
                    headers: [("Location", "Path of the device.")]),
                CommonAnswers.problem(409, "Another device has this name, or this address and port."),
                CommonAnswers.problem(
                    422, "There is no such orphan or credential profile, or no device can have its name or address."),
            ]
        ) { call in try await adopt(call) }
    }

    private func list(_ call: Call) async throws -> APIResponse {
        let listing = try await state.topology.value().orphans
        guard try !Answers.wantsCSV(call) else { return try Answers.list(listing, call) }
        let page = try listing.page(try call.listQuery(Self.schema))
        var writer = JSONWriter(reserving: 900 * (page.items.count + 1))
        writer.beginObject()
        writer.array("items", page.items) { TopologyJSON.orphan($1.value, to: &$0) }
        writer.member("next_cursor", page.nextCursor)
        writer.member("total", Int64(page.total))
        writer.endObject()
        return Answers.json(writer.bytes)
    }

    private func adopt(_ call: Call) async throws -> APIResponse {
        let (key, said) = try DeviceChange.adopting(call.request)
        let snapshot = try await state.topology.value()
        guard let orphan = snapshot.graph.orphans.first(where: { $0.key == key }) else {
            throw TopologyFinder.refusal(
                "key", key, "no orphan has this key now",
                remedy: "GET /api/v1/topology/orphans shows them with their keys.")
        }
        let change = try OrphanAdoption(orphan).completed(said).checked()
        let device = try await DeviceRoutes(state: state).add(change)
        await TopologyRematch(state: state).run()
        return DeviceRoutes.created(device)
    }
}
