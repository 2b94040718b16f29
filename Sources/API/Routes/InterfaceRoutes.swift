import Inventory
import Listing

/// `/interfaces`: lists, summary, one interface, and what an operator sets.
struct InterfaceRoutes: RouteGroup {
    let state: APIState
    private static let tag = "interfaces"
    private static let schema = InterfaceColumns.schema

    var routes: [Route] {
        [list, summary, ofDevice, critical, isp, one, change]
    }

    private var list: Route {
        Route(
            method: "GET", path: "/interfaces/list", operation: "listInterfaces", tag: Self.tag,
            summary: "All interfaces, filtered, searched, sorted and paged.", query: Self.schema.listParameters(),
            answers: [AnswerDescriptions.list("InterfacePage", "A page of interfaces.")]
        ) { call in
            try Answers.list(try await state.interfaces.value().listing, call)
        }
    }

    private var summary: Route {
        Route(
            method: "GET", path: "/interfaces/summary", operation: "summariseInterfaces", tag: Self.tag,
            summary: "Counts of interfaces: in all, by type, provider and status.",
            answers: [AnswerDescriptions.json("InterfaceSummary", "The counts.")]
        ) { _ in
            Answers.json(try await state.interfaces.value().summaryJSON)
        }
    }

    private var ofDevice: Route {
        Route(
            method: "GET", path: "/interfaces/device/{id}", operation: "listInterfacesOfDevice", tag: Self.tag,
            summary: "The interfaces of one device.", query: Self.schema.listParameters(),
            pathParameters: [PathParameters.id("Id of the device.")],
            answers: [AnswerDescriptions.list("InterfacePage", "A page of the device's interfaces.")]
        ) { call in
            let device = try await DeviceLookup.require(call, state)
            return try Answers.list(
                try await state.interfaces.value().listing, call,
                adding: [Filter("device_id", .equals, [Cell(device.id)])])
        }
    }

    private var critical: Route {
        choice(
            "critical", "listCriticalInterfaces", "The critical interfaces.",
            Filter("is_critical", .equals, [.boolean(true)]))
    }

    private var isp: Route {
        choice(
            "isp", "listISPInterfaces", "The uplinks to providers.",
            Filter("interface_type", .equals, [.text(InterfaceType.isp.rawValue)]))
    }

    private func choice(_ path: String, _ operation: String, _ summary: String, _ filter: Filter) -> Route {
        Route(
            method: "GET", path: "/interfaces/\(path)", operation: operation, tag: Self.tag, summary: summary,
            query: Self.schema.listParameters(),
            answers: [AnswerDescriptions.list("InterfacePage", "A page of these interfaces.")]
        ) { call in
            try Answers.list(try await state.interfaces.value().listing, call, adding: [filter])
        }
    }

    private var one: Route {
        Route(
            method: "GET", path: "/interfaces/{id}", operation: "getInterface", tag: Self.tag,
            summary: "One interface.", pathParameters: [PathParameters.id("Id of the interface.")],
            answers: [AnswerDescriptions.json("Interface", "The interface.")]
        ) { call in
            Answers.row(try await InterfaceEditor(state: state).row(InterfaceEditor.id(call)), Self.schema)
        }
    }

    private var change: Route {
        Route(
            method: "PATCH", path: "/interfaces/{id}", operation: "changeInterface", tag: Self.tag,
            summary: "Sets what rules and discovery say otherwise; rediscovery leaves it alone.",
            doc: "A field that is null goes back to what rules and discovery say; one that is absent stays.",
            pathParameters: [PathParameters.id("Id of the interface.")],
            body: BodyDescription(
                doc: "What to set.", contents: [("application/json", InterfaceChange.schema)]),
            answers: [
                AnswerDescriptions.json("Interface", "The interface as it is now."),
                CommonAnswers.problem(422, "The rules know no provider of this name."),
            ]
        ) { call in
            let id = try InterfaceEditor.id(call)
            let change = try InterfaceChange(call.request)
            return Answers.row(try await InterfaceEditor(state: state).apply(change, to: id), Self.schema)
        }
    }
}
