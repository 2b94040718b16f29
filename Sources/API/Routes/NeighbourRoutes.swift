import Catalog
import Inventory
import Listing

/// `/devices/{id}/neighbours` and `/topology/discover`: what devices hear, and hearing them now.
struct NeighbourRoutes: RouteGroup {
    let state: APIState
    private static let path = [PathParameters.id("Id of the device.")]

    var routes: [Route] {
        [neighbours, discoverAll, discoverOne]
    }

    private var neighbours: Route {
        Route(
            method: "GET", path: "/devices/{id}/neighbours", operation: "listNeighboursOfDevice",
            tag: TopologyRoutes.tag, summary: "The neighbours that a device hears, by interface and protocol.",
            query: NeighbourColumns.schema.listParameters(), pathParameters: Self.path,
            answers: [AnswerDescriptions.list("NeighbourPage", "A page of neighbours.")]
        ) { call in try await neighbours(call) }
    }

    private var discoverAll: Route {
        Route(
            method: "POST", path: "/topology/discover", operation: "discoverTopology", tag: TopologyRoutes.tag,
            summary: "Reads the neighbours of all enabled devices now.", answers: [AnswerDescriptions.accepted]
        ) { _ in
            try await JobStarter(state: state).start(JobNames.discoverTopology)
        }
    }

    private var discoverOne: Route {
        Route(
            method: "POST", path: "/topology/discover/{id}", operation: "discoverTopologyOfDevice",
            tag: TopologyRoutes.tag, summary: "Reads the neighbours of one device now.", pathParameters: Self.path,
            answers: [
                AnswerDescriptions.accepted, CommonAnswers.problem(409, "The device is switched off."),
            ]
        ) { call in try await discoverOne(call) }
    }

    private func discoverOne(_ call: Call) async throws -> APIResponse {
        let device = try await DeviceLookup.requireEnabled(call, state)
        return try await JobStarter(state: state).start(JobNames.discoverDeviceTopology, subject: "\(device.id)")
    }

    private func neighbours(_ call: Call) async throws -> APIResponse {
        let device = try await DeviceLookup.require(call, state)
        let neighbours = try await state.services.catalog.neighbours(of: device.id)
        let rows = try await rows(neighbours, of: device)
        return try Answers.list(Listing(rows, schema: NeighbourColumns.schema), call)
    }

    private func rows(_ neighbours: [Neighbour], of device: Device) async throws -> [NeighbourRow] {
        let ids = neighbours.flatMap { [$0.interfaceID, $0.match.interfaceID].compactMap(\.self) }
        let interfaces = try await state.services.catalog.interfaces(withIDs: Set(ids).sorted())
        let names = Dictionary(interfaces.map { ($0.id, $0.displayName) }, uniquingKeysWith: { first, _ in first })
        let devices = try await state.devices.value()
        return neighbours.map { neighbour in
            NeighbourRow(
                neighbour: neighbour, deviceName: device.name,
                interfaceName: neighbour.interfaceID.flatMap { names[$0] },
                farDeviceName: neighbour.match.deviceID.flatMap { devices.row(RowID($0))?.name },
                farInterfaceName: neighbour.match.interfaceID.flatMap { names[$0] })
        }
    }
}
