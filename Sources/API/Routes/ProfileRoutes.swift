import Catalog
import Inventory
import Listing

/// `/profiles`: credential profiles, whose secrets go in and never come out.
struct ProfileRoutes: RouteGroup {
    let state: APIState
    private static let tag = "profiles"
    private static let communityRule = TextRule.text(max: 255, min: 1)

    var routes: [Route] {
        [list, save, remove]
    }

    private var list: Route {
        Route(
            method: "GET", path: "/profiles", operation: "listProfiles", tag: Self.tag,
            summary: "The credential profiles by name, without their secrets.",
            query: ShortLists.profiles.listParameters(limitDefault: ShortLists.limitDefault),
            answers: [AnswerDescriptions.list("ProfilePage", "A page of profiles.")]
        ) { call in
            let rows = PlacedRow.all(try await state.services.catalog.credentialProfiles())
            return try Answers.list(
                Listing(rows, schema: ShortLists.profiles), call, limitDefault: ShortLists.limitDefault)
        }
    }

    private var save: Route {
        Route(
            method: "PUT", path: "/profiles/{name}", operation: "saveProfile", tag: Self.tag,
            summary: "Makes a credential profile or replaces it; it is stored encrypted.",
            pathParameters: [Self.name],
            body: BodyDescription(
                doc: "The profile.", contents: [("application/json", Self.schema)]),
            answers: [AnswerDescriptions.json("Profile", "The profile, without its secret.")]
        ) { call in
            let name = try Self.name(call)
            var fields = try BodyFields(call.request)
            let version = fields.required("version", fields.choice("version", CommunityVersion.self))
            let community = fields.required(
                "community", fields.text("community", Self.communityRule, secret: true))
            try fields.finish()
            let profile = CredentialProfile(
                name: name, version: version?.name ?? .v2c, community: Secret(community ?? ""),
                at: state.services.now())
            var sealed = try state.services.seal(profile)
            let known = try await state.services.catalog.credentialProfiles().first { $0.name == name }
            if let known { sealed.createdAt = known.createdAt }
            try await state.services.catalog.saveCredentialProfile(sealed)
            return Answers.row(PlacedRow(place: 0, value: sealed), ShortLists.profiles)
        }
    }

    private var remove: Route {
        Route(
            method: "DELETE", path: "/profiles/{name}", operation: "removeProfile", tag: Self.tag,
            summary: "Removes a credential profile that no device refers to.", pathParameters: [Self.name],
            answers: [AnswerDescriptions.nothing, CommonAnswers.problem(409, "A device refers to it.")]
        ) { call in
            let name = try Self.name(call)
            guard try await state.services.catalog.removeCredentialProfile(named: name) else {
                throw Self.missing(name)
            }
            return Answers.nothing
        }
    }

    /// The versions that speak with a community.
    private enum CommunityVersion: String, CaseIterable, Sendable {
        case v1 = "1"
        case v2c = "2c"

        var name: SNMPVersionName { self == .v1 ? .v1 : .v2c }
    }

    private static let name = PathParameter(
        name: "name", doc: "Name of the profile.", schema: TextRule.profileName.schema)

    private static var schema: JSONValue {
        Schema.object([
            ("version", Schema.choice(CommunityVersion.allCases.map(\.rawValue))),
            ("community", communityRule.schema),
        ])
    }

    private static func name(_ call: Call) throws(Problem) -> String {
        let name = call.path["name"] ?? ""
        guard TextRule.profileName.refusal(of: name) == nil else { throw missing(name) }
        return name
    }

    private static func missing(_ name: String) -> Problem {
        .notFound(
            "profile", name,
            remedy: "GET /api/v1/profiles lists them; a name has 1 to 64 letters, digits, points, dashes, underscores.")
    }
}
