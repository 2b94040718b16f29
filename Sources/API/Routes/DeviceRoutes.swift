import Catalog
import Inventory
import Listing

/// `/devices`: the inventory.
struct DeviceRoutes: RouteGroup {
    let state: APIState
    private static let tag = "devices"
    private static let schema = DeviceColumns.schema

    var routes: [Route] {
        [list, create, one, change, remove]
    }

    private var list: Route {
        Route(
            method: "GET", path: "/devices", operation: "listDevices", tag: Self.tag,
            summary: "All devices, filtered, searched, sorted and paged.", query: Self.schema.listParameters(),
            answers: [AnswerDescriptions.list("DevicePage", "A page of devices.")]
        ) { call in
            try Answers.list(try await state.devices.value(), call)
        }
    }

    private var create: Route {
        Route(
            method: "POST", path: "/devices", operation: "addDevice", tag: Self.tag, summary: "Adds a device.",
            body: BodyDescription(
                doc: "The device.", contents: [("application/json", DeviceChange.schema(isNew: true))]),
            answers: [
                AnswerDescription(
                    status: 201, doc: "The device.", contents: [("application/json", Schema.reference("Device"))],
                    headers: [("Location", "Path of the device.")]),
                conflict, unknownProfile,
            ]
        ) { call in
            Self.created(try await add(try DeviceChange(creating: call.request).checked()))
        }
    }

    /// Adds a device of which name and address are given.
    func add(_ change: DeviceChange) async throws -> Device {
        try await requireProfile(change)
        let now = state.services.now()
        let fresh = Device(name: change.name ?? "", address: change.address ?? "", at: now)
        // The id may be that of a device of this name or address that was removed before.
        let device = try await state.services.catalog.addDevice(change.applied(to: fresh, at: now))
        state.inventoryChanged()
        return device
    }

    /// The answer that a device was added.
    static func created(_ device: Device) -> APIResponse {
        let location = APIHeader("Location", "\(RouteTable.prefix)/devices/\(device.id)")
        return Answers.row(device, schema, status: 201, headers: [location])
    }

    private var one: Route {
        Route(
            method: "GET", path: "/devices/{id}", operation: "getDevice", tag: Self.tag, summary: "One device.",
            pathParameters: [PathParameters.id("Id of the device.")],
            answers: [AnswerDescriptions.json("Device", "The device.")]
        ) { call in
            Answers.row(try await DeviceLookup.require(call, state), Self.schema)
        }
    }

    private var change: Route {
        Route(
            method: "PATCH", path: "/devices/{id}", operation: "changeDevice", tag: Self.tag,
            summary: "Changes a device; a field that is absent stays.",
            pathParameters: [PathParameters.id("Id of the device.")],
            body: BodyDescription(
                doc: "What to change.", contents: [("application/json", DeviceChange.schema(isNew: false))]),
            answers: [AnswerDescriptions.json("Device", "The device as it is now."), conflict, unknownProfile]
        ) { call in
            let id = try await DeviceLookup.require(call, state).id
            let change = try DeviceChange(changing: call.request).checked()
            try await requireProfile(change)
            let now = state.services.now()
            let changed = try await state.services.catalog.reviseDevices(.ids([id])) { stored in
                var revision = DeviceRevision()
                guard let device = stored.first else { return (revision, Device?.none) }
                let changed = change.applied(to: device, at: now)
                if changed != device { revision.updated = [changed] }
                return (revision, changed)
            }
            guard let changed else { throw DeviceLookup.missing("\(id)") }
            state.inventoryChanged()
            return Answers.row(changed, Self.schema)
        }
    }

    private var remove: Route {
        Route(
            method: "DELETE", path: "/devices/{id}", operation: "removeDevice", tag: Self.tag,
            summary: "Removes a device and its interfaces; its alert history stays.",
            pathParameters: [PathParameters.id("Id of the device.")], answers: [AnswerDescriptions.nothing]
        ) { call in
            let id = try await DeviceLookup.require(call, state).id
            try await state.services.catalog.reviseDevices(.ids([id])) { _ in
                var revision = DeviceRevision()
                revision.removed = [id]
                return (revision, ())
            }
            state.inventoryChanged()
            return Answers.nothing
        }
    }

    private var conflict: AnswerDescription {
        CommonAnswers.problem(409, "Another device has this name, or this address and port.")
    }

    private var unknownProfile: AnswerDescription {
        CommonAnswers.problem(
            422, "There is no credential profile of this name, or no device can have this name or address.")
    }

    private func requireProfile(_ change: DeviceChange) async throws {
        guard let name = change.credentialProfile.value else { return }
        let known = try await state.services.catalog.credentialProfiles().map(\.name)
        guard known.contains(name) else {
            let hint = NearestName.of(name, among: known).map { "; did you mean '\($0)'?" } ?? ""
            throw Problem.refused(
                "there is no credential profile '\(name)'\(hint)",
                remedy: "PUT /api/v1/profiles/\(name) makes it.",
                errors: [ProblemError(field: "credential_profile", value: name, detail: "no such profile\(hint)")])
        }
    }
}
