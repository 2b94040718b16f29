import Catalog
import Inventory
import Listing
import Topology

/// `/topology/links`: links that an operator enters, where no protocol tells them.
struct ManualLinkRoutes: RouteGroup {
    let state: APIState
    private static let thing = PathThing(
        name: "manual link", remedy: "GET /api/v1/topology/links shows the manual links with their ids.")

    var routes: [Route] {
        [list, create, remove]
    }

    private var list: Route {
        Route(
            method: "GET", path: "/topology/links", operation: "listManualLinks", tag: TopologyRoutes.tag,
            summary: "Links that operators entered.", query: ManualLinkRow.schema.listParameters(),
            answers: [AnswerDescriptions.list("ManualLinkPage", "A page of manual links.")]
        ) { call in try await list(call) }
    }

    private var create: Route {
        Route(
            method: "POST", path: "/topology/links", operation: "addManualLink", tag: TopologyRoutes.tag,
            summary: "Enters a link between two devices; it is an edge at once.",
            body: BodyDescription(
                doc: "The two ends.", contents: [("application/json", ManualLinkChange.schema)]),
            answers: [
                AnswerDescriptions.json("ManualLink", "The link.", status: 201),
                CommonAnswers.problem(409, "There is a manual link between these ends already."),
                CommonAnswers.problem(422, "There is no such device or interface, or both ends are the same."),
            ]
        ) { call in try await create(call) }
    }

    private var remove: Route {
        Route.removal(
            of: Self.thing, "/topology/links/{id}", operation: "removeManualLink", tag: TopologyRoutes.tag,
            summary: "Removes a manual link; what protocols tell stays."
        ) { call in try await remove(call) }
    }

    private func list(_ call: Call) async throws -> APIResponse {
        let links = try await state.services.catalog.manualLinks()
        let rows = try await rows(links)
        return try Answers.list(Listing(rows, schema: ManualLinkRow.schema), call)
    }

    private func create(_ call: Call) async throws -> APIResponse {
        let change = try ManualLinkChange(call.request)
        let a = try await end(change.a, "a")
        let b = try await end(change.b, "b")
        let link = ManualLink(
            aDeviceID: a.device, aInterfaceID: a.interface, bDeviceID: b.device, bInterfaceID: b.interface,
            note: change.note.flatMap { $0.isEmpty ? nil : $0 }, at: state.services.now())
        try Self.requireTwoEnds(a, b)
        let known = try await state.services.catalog.manualLinks()
        guard !known.contains(where: { Self.ends($0) == [a, b] || Self.ends($0) == [b, a] }) else {
            throw Problem.conflict(
                "there is a manual link between these ends already",
                remedy: "GET /api/v1/topology/links shows the manual links; remove it first to change it.")
        }
        try await state.services.catalog.saveManualLink(link)
        await TopologyRematch(state: state).run()
        let row = try await rows([link])
        return Answers.row(row[0], ManualLinkRow.schema, status: 201)
    }

    private func remove(_ call: Call) async throws -> APIResponse {
        let id: ManualLinkID = try Self.thing.id(call)
        let isRemoved = try await state.services.catalog.removeManualLink(id)
        guard isRemoved else { throw Self.thing.missing("\(id)") }
        await TopologyRematch(state: state).run()
        return Answers.nothing
    }

    /// One end of a link, found in the inventory.
    private struct End: Hashable {
        var device: DeviceID
        var interface: InterfaceID?
    }

    private static func ends(_ link: ManualLink) -> [End] {
        [
            End(device: link.aDeviceID, interface: link.aInterfaceID),
            End(device: link.bDeviceID, interface: link.bInterfaceID),
        ]
    }

    private static func requireTwoEnds(_ a: End, _ b: End) throws(Problem) {
        guard a.device == b.device else { return }
        throw TopologyFinder.refusal(
            "b_device", b.device.description, "both ends are the same device",
            remedy: "Send another device for one of the ends.")
    }

    private func end(_ said: ManualLinkChange.End, _ side: String) async throws -> End {
        let device = try await device(said.device, "\(side)_device")
        guard let text = said.interface else { return End(device: device.id, interface: nil) }
        let interfaces = try await state.services.catalog.interfaces(of: device.id)
        if let id = InterfaceID(text), interfaces.contains(where: { $0.id == id }) {
            return End(device: device.id, interface: id)
        }
        let names = interfaces.map { $0.facts.ifName ?? $0.facts.ifDescr ?? "" }
        if let place = TopologyFinder.place(of: text, among: names) {
            return End(device: device.id, interface: interfaces[place].id)
        }
        let hint = NearestName.of(text, among: names).map { "; did you mean '\($0)'?" } ?? ""
        throw TopologyFinder.refusal(
            "\(side)_interface", text, "\(device.name) has no interface with this id, ifName or ifDescr\(hint)",
            remedy: "GET /api/v1/interfaces/device/\(device.id) shows its interfaces.")
    }

    private func device(_ text: String, _ field: String) async throws -> Device {
        let devices = try await state.devices.value().rows
        if let id = DeviceID(text), let device = devices.first(where: { $0.id == id }) { return device }
        let names = devices.map(\.name)
        if let place = TopologyFinder.place(of: text, among: names) { return devices[place] }
        throw TopologyFinder.unknownDevice(field, text, among: names)
    }

    private func rows(_ links: [ManualLink]) async throws -> [ManualLinkRow] {
        let devices = try await state.devices.value()
        let ids = links.flatMap { [$0.aInterfaceID, $0.bInterfaceID].compactMap(\.self) }
        let interfaces = try await state.services.catalog.interfaces(withIDs: ids)
        let names = Dictionary(interfaces.map { ($0.id, $0.displayName) }, uniquingKeysWith: { first, _ in first })
        return links.map { link in
            ManualLinkRow(
                link: link, aDevice: devices.row(RowID(link.aDeviceID))?.name ?? "",
                aInterface: link.aInterfaceID.flatMap { names[$0] },
                bDevice: devices.row(RowID(link.bDeviceID))?.name ?? "",
                bInterface: link.bInterfaceID.flatMap { names[$0] })
        }
    }
}

/// What an operator says of a link.
struct ManualLinkChange: Sendable {
    /// One end: a device and an interface, by ids or names.
    struct End: Sendable {
        var device: String
        var interface: String?
    }

    var a: End
    var b: End
    var note: String?

    private static let nameRule = TextRule.text(max: 255, min: 1)
    private static let noteRule = TextRule.text(max: 1000)

    /// Reads a new link: both devices must be there.
    init(_ request: APIRequest) throws(Problem) {
        var fields = try BodyFields(request)
        a = Self.end("a", &fields)
        b = Self.end("b", &fields)
        note = fields.text("note", Self.noteRule).value
        try fields.finish()
    }

    private static func end(_ side: String, _ fields: inout BodyFields) -> End {
        let device = fields.required("\(side)_device", fields.text("\(side)_device", nameRule))
        return End(device: device ?? "", interface: fields.text("\(side)_interface", nameRule).value)
    }

    static let schema: JSONValue = {
        let device = Schema.documented(nameRule.schema, "Id or name of a device.")
        let interface = Schema.documented(
            Schema.nullable(nameRule.schema), "Id, ifName or ifDescr of an interface; null where it is not known.")
        return Schema.object(
            [
                ("a_device", device), ("a_interface", interface), ("b_device", device), ("b_interface", interface),
                ("note", Schema.nullable(noteRule.schema)),
            ], required: ["a_device", "b_device"])
    }()
}

/// A manual link as lists show it: with the names of its ends.
struct ManualLinkRow: Sendable {
    var link: ManualLink
    var aDevice: String
    var aInterface: String?
    var bDevice: String
    var bInterface: String?

    /// The table of manual links; by creation where a query does not say.
    static let schema = ListSchema<ManualLinkRow>(
        "manual_links",
        columns: [
            Column("id", .identifier, "Identity.") { Cell($0.link.id) },
            Column("a_device_id", .identifier, "One device.") { Cell($0.link.aDeviceID) },
            Column("a_device_name", .text, "Its name.", uses: .all) { .text($0.aDevice) },
            Column("a_interface_id", .identifier, "Its interface.", nullable: true) { Cell($0.link.aInterfaceID) },
            Column("a_interface", .text, "Name of its interface.", nullable: true, uses: .all) {
                Cell($0.aInterface)
            },
            Column("b_device_id", .identifier, "The other device.") { Cell($0.link.bDeviceID) },
            Column("b_device_name", .text, "Its name.", uses: .all) { .text($0.bDevice) },
            Column("b_interface_id", .identifier, "Its interface.", nullable: true) { Cell($0.link.bInterfaceID) },
            Column("b_interface", .text, "Name of its interface.", nullable: true, uses: .all) {
                Cell($0.bInterface)
            },
            Column("note", .text, "The operator's note.", nullable: true, uses: .all) { Cell($0.link.note) },
            Column("created_at", .time, "When it was entered.") { .time($0.link.createdAt) },
        ], defaultSort: [SortTerm("created_at")], id: { RowID($0.link.id) })
}
