import Inventory

/// What a path names by its id.
struct PathThing: Sendable {
    /// What it is called, such as `anomaly`.
    let name: String
    /// Where its ids are to be seen.
    let remedy: String

    /// Its parameter of the path.
    var parameters: [PathParameter] { [PathParameters.id("Id of the \(name).")] }

    /// The id that the path of a call names; throws where it is none.
    func id<Entity>(_ call: Call, of _: Entity.Type = Entity.self) throws(Problem) -> Identifier<Entity> {
        let text = call.path["id"] ?? ""
        guard text.utf8.count == 36, let id = Identifier<Entity>(text) else { throw missing(text) }
        return id
    }

    /// What the path of a call names, as it is found by its id; throws where there is none.
    func require<Entity, Found>(
        _ call: Call, _ find: (Identifier<Entity>) async throws -> Found?
    ) async throws -> Found {
        let id: Identifier<Entity> = try id(call)
        let found = try await find(id)
        guard let found else { throw missing("\(id)") }
        return found
    }

    /// Tells that nothing has an id.
    func missing(_ id: String) -> Problem { .notFound(name, id, remedy: remedy) }
}

extension Route {
    /// A route that removes what its path names.
    static func removal(
        of thing: PathThing, _ path: String, operation: String, tag: String, summary: String, doc: String? = nil,
        handle: @escaping @Sendable (Call) async throws -> APIResponse
    ) -> Route {
        Route(
            method: "DELETE", path: path, operation: operation, tag: tag, summary: summary, doc: doc,
            pathParameters: thing.parameters, answers: [AnswerDescriptions.nothing], handle: handle)
    }
}
