import Catalog
import Inventory
import Listing
import Topology

/// `/topology/changes`, `/single-points`, `/impact` and `/path`: what follows from the wiring.
struct TopologyInsightRoutes: RouteGroup {
    let state: APIState
    private static let changesMax = 10_000
    private static let pointsMax = 10_000
    private static let unknownElement = CommonAnswers.problem(
        422, "There is no such device or cable; errors name the parameter.")

    var routes: [Route] {
        [changes, singlePoints, impact, path]
    }

    private var changes: Route {
        Route(
            method: "GET", path: "/topology/changes", operation: "listTopologyChanges", tag: TopologyRoutes.tag,
            summary: "Cables that appeared, vanished or moved in a time, the latest first.",
            doc: "A cable that left a port and is at another one of the same device in the same revision has moved: "
                + "from tells how it was, to how it is.",
            query: TimeRange.parameters + [Self.limit(Self.changesMax, "Most cables that are looked at.")],
            answers: [
                AnswerDescriptions.json("TopologyChanges", "The changes."),
                CommonAnswers.problem(422, "There is no such time."),
            ]
        ) { call in try await changes(call) }
    }

    private var singlePoints: Route {
        Route(
            method: "GET", path: "/topology/single-points", operation: "listSinglePointsOfFailure",
            tag: TopologyRoutes.tag,
            summary: "Devices and cables whose failure cuts others off, those first that cut off most.",
            doc: "Seen from the device next to the poller, else from the largest part that remains.",
            query: [
                QueryParameter(
                    name: "kind", doc: "Only devices, or only cables.", schema: Schema.choice(["device", "link"])),
                Self.limit(Self.pointsMax, "Most of them in an answer."),
            ],
            answers: [AnswerDescriptions.json("SinglePointsOfFailure", "The single points of failure.")]
        ) { call in try await singlePoints(call) }
    }

    private var impact: Route {
        Route(
            method: "GET", path: "/topology/impact", operation: "getTopologyImpact", tag: TopologyRoutes.tag,
            summary: "What is cut off if a device or a cable fails.",
            query: [
                QueryParameter(
                    name: "device", doc: "The device that fails, by id or name; else give link.",
                    schema: TopologyFinder.deviceSchema),
                QueryParameter(
                    name: "link", doc: "The cable that fails, by the id of its edge.", schema: Schema.identifier),
                QueryParameter(
                    name: "from", doc: "The device from which it is seen; the poller's place where not given.",
                    schema: TopologyFinder.deviceSchema),
            ],
            answers: [AnswerDescriptions.json("TopologyImpact", "What is cut off."), Self.unknownElement]
        ) { call in try await impact(call) }
    }

    private var path: Route {
        Route(
            method: "GET", path: "/topology/path", operation: "getTopologyPath", tag: TopologyRoutes.tag,
            summary: "The way between two devices with the fewest cables.",
            query: [
                QueryParameter(
                    name: "from", doc: "One device, by id or name.", schema: TopologyFinder.deviceSchema,
                    isRequired: true),
                QueryParameter(
                    name: "to", doc: "The other device.", schema: TopologyFinder.deviceSchema, isRequired: true),
            ],
            answers: [AnswerDescriptions.json("TopologyPath", "The way, where there is one."), Self.unknownElement]
        ) { call in try await path(call) }
    }

    private static func limit(_ most: Int, _ doc: String) -> QueryParameter {
        QueryParameter(
            name: "limit", doc: doc,
            schema: ["type": "integer", "minimum": 1, "maximum": .integer(Int64(most)), "default": 1_000])
    }

    private func changes(_ call: Call) async throws -> APIResponse {
        let range = try TimeRange.read(call, now: state.services.now())
        let limit = try call.number("limit", in: 1...Self.changesMax, default: 1_000)
        // A range holds its first moment and not its last; the catalog's holds its last and not its first.
        let (after, until) = (range.from.advanced(bySeconds: -0.001), range.to.advanced(bySeconds: -0.001))
        let records = try await state.services.catalog.linkChanges(after: after, until: until, limit: limit + 1)
        let changes = LinkChanges.list(records, limit: limit, after: after, until: until)
        let document = TopologyChangesDocument(range: range, changes: changes, isComplete: records.count <= limit)
        return Answers.json(document.bytes)
    }

    private func singlePoints(_ call: Call) async throws -> APIResponse {
        let kind = try call.choice("kind", of: ["device", "link"], default: "")
        let limit = try call.number("limit", in: 1...Self.pointsMax, default: 1_000)
        let snapshot = try await state.topology.value()
        let points = snapshot.singlePoints.filter { kind.isEmpty || FailureDocuments.kind($0.element) == kind }
        return Answers.json(FailureDocuments(snapshot).singlePoints(points, limit: limit))
    }

    private func impact(_ call: Call) async throws -> APIResponse {
        let snapshot = try await state.topology.value()
        let finder = TopologyFinder(snapshot: snapshot)
        let (device, link) = (try finder.device("device", call), try finder.link("link", call))
        let root = try finder.device("from", call) ?? snapshot.place
        let element: FailedElement
        switch (device, link) {
        case (let device?, nil): element = .device(device)
        case (nil, let link?): element = .link(link)
        default:
            throw Problem.impossible([
                ProblemError(field: "device", value: call.value("device"), detail: "give either device or link")
            ])
        }
        let impact = snapshot.analysis.impact(of: element, from: root)
        return Answers.json(FailureDocuments(snapshot).impact(impact, of: element))
    }

    private func path(_ call: Call) async throws -> APIResponse {
        let missing = ["from", "to"].filter { call.value($0) == nil }.map {
            ProblemError(field: $0, value: nil, detail: "this parameter is needed: the id or name of a device")
        }
        guard missing.isEmpty else { throw Problem.badQuery(missing) }
        let snapshot = try await state.topology.value()
        let finder = TopologyFinder(snapshot: snapshot)
        guard let from = try finder.device("from", call), let to = try finder.device("to", call) else {
            throw Problem.badQuery(missing)
        }
        let path = snapshot.analysis.path(from: from, to: to)
        return Answers.json(FailureDocuments(snapshot).path(path, from: from, to: to))
    }
}
