import Catalog
import Inventory
import Listing

/// `/profiles`: credential profiles, whose secrets go in and never come out.
struct ProfileRoutes: RouteGroup {
    let state: APIState
    private static let tag = "profiles"

    var routes: [Route] {
        [list, create, one, save, change, remove]
    }

    private var list: Route {
        Route(
            method: "GET", path: "/profiles", operation: "listProfiles", tag: Self.tag,
            summary: "The credential profiles by name, without their secrets.",
            query: ShortLists.profiles.listParameters(limitDefault: ShortLists.limitDefault),
            answers: [AnswerDescriptions.list("ProfilePage", "A page of profiles.")]
        ) { call in
            let open = state.services.open
            let views = try await state.services.catalog.credentialProfiles().map { ProfileView(opening: $0, open) }
            return try Answers.list(
                Listing(PlacedRow.all(views), schema: ShortLists.profiles), call, limitDefault: ShortLists.limitDefault)
        }
    }

    private var create: Route {
        Route(
            method: "POST", path: "/profiles", operation: "addProfile", tag: Self.tag,
            summary: "Makes a credential profile; it is stored encrypted.",
            body: BodyDescription(
                doc: "The profile.",
                contents: [("application/json", ProfileChange.schema(isWhole: true, naming: true))]),
            answers: [
                AnswerDescription(
                    status: 201, doc: "The profile, without its secrets.",
                    contents: [("application/json", Schema.reference("Profile"))],
                    headers: [("Location", "Path of the profile.")]),
                CommonAnswers.problem(409, "There is a profile of this name."), Self.inconsistent,
            ]
        ) { call in
            try await add(call)
        }
    }

    private func add(_ call: Call) async throws -> APIResponse {
        let profile = try profile(in: call)
        try await refuseKnown(profile.name)
        var answer = try await saved(profile)
        answer.status = 201
        answer.headers.append(APIHeader("Location", "\(RouteTable.prefix)/profiles/\(profile.name)"))
        return answer
    }

    /// The new profile of a body.
    private func profile(in call: Call) throws -> CredentialProfile {
        var fields = try BodyFields(call.request)
        let name = fields.required("name", fields.text("name", .profileName)) ?? ""
        let change = ProfileChange(&fields, isWhole: true)
        try fields.finish()
        return try change.applied(to: nil, name: name, at: state.services.now())
    }

    private func refuseKnown(_ name: String) async throws {
        let known = try await stored(name)
        if known == nil { return }
        throw Problem.conflict(
            "there is a credential profile '\(name)' already",
            remedy: "PATCH /api/v1/profiles/\(name) changes it; PUT replaces it.")
    }

    private var one: Route {
        Route(
            method: "GET", path: "/profiles/{name}", operation: "getProfile", tag: Self.tag,
            summary: "One credential profile, without its secrets.", pathParameters: [Self.name],
            answers: [AnswerDescriptions.json("Profile", "The profile, without its secrets.")]
        ) { call in
            let sealed = try await required(try Self.name(call))
            return Self.answer(ProfileView(opening: sealed, state.services.open))
        }
    }

    private var save: Route {
        Route(
            method: "PUT", path: "/profiles/{name}", operation: "saveProfile", tag: Self.tag,
            summary: "Makes a credential profile or replaces it; it is stored encrypted.",
            pathParameters: [Self.name],
            body: BodyDescription(
                doc: "The profile.", contents: [("application/json", ProfileChange.schema(isWhole: true))]),
            answers: [AnswerDescriptions.json("Profile", "The profile, without its secrets."), Self.inconsistent]
        ) { call in
            let name = try Self.name(call)
            var fields = try BodyFields(call.request)
            let change = ProfileChange(&fields, isWhole: true)
            try fields.finish()
            var profile = try change.applied(to: nil, name: name, at: state.services.now())
            let known = try await stored(name)
            if let known { profile.createdAt = known.createdAt }
            return try await saved(profile)
        }
    }

    private var change: Route {
        Route(
            method: "PATCH", path: "/profiles/{name}", operation: "changeProfile", tag: Self.tag,
            summary: "Changes a credential profile; a field that is absent stays, secrets too.",
            pathParameters: [Self.name],
            body: BodyDescription(
                doc: "What to change.", contents: [("application/json", ProfileChange.schema(isWhole: false))]),
            answers: [
                AnswerDescriptions.json("Profile", "The profile as it is now, without its secrets."),
                CommonAnswers.problem(409, "The key of this server does not open it."), Self.inconsistent,
            ]
        ) { call in
            let name = try Self.name(call)
            let sealed = try await required(name)
            var fields = try BodyFields(call.request)
            let change = ProfileChange(&fields, isWhole: false)
            try fields.finish()
            let known: CredentialProfile
            do {
                known = try state.services.open(sealed)
            } catch {
                throw Problem.conflict("\(error)", remedy: "PUT /api/v1/profiles/\(name) with all fields replaces it.")
            }
            return try await saved(try change.applied(to: known, name: name, at: state.services.now()))
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

    private func stored(_ name: String) async throws -> SealedProfile? {
        let all = try await state.services.catalog.credentialProfiles()
        return all.first { $0.name == name }
    }

    private func required(_ name: String) async throws -> SealedProfile {
        guard let found = try await stored(name) else { throw Self.missing(name) }
        return found
    }

    /// Seals and stores a profile, and answers what it is now.
    private func saved(_ profile: CredentialProfile) async throws -> APIResponse {
        let sealed = try state.services.seal(profile)
        try await state.services.catalog.saveCredentialProfile(sealed)
        return Self.answer(ProfileView(sealed, profile))
    }

    private static func answer(_ view: ProfileView) -> APIResponse {
        Answers.row(PlacedRow(place: 0, value: view), ShortLists.profiles)
    }

    private static let inconsistent = CommonAnswers.problem(
        422, "The fields do not go together: a version lacks what it needs, or has what another one has.")

    private static let name = PathParameter(
        name: "name", doc: "Name of the profile.", schema: TextRule.profileName.schema)

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
