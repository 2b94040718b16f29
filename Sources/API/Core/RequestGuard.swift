import Catalog
import Inventory

/// What is checked before a route is asked: who calls, from where, with what body.
struct RequestGuard: Sendable {
    let services: APIServices
    let settings: APISettings

    /// Refuses names that are not this server's (DNS rebinding) and pages of other sites (cross-site requests).
    func checkOrigin(_ request: APIRequest) throws(Problem) {
        guard request.origin == .network else { return }
        let host = request.header("Host") ?? ""
        if settings.isLoopbackOnly, !Self.isLoopback(host) {
            throw Problem(
                status: 421, kind: "wrong-host", title: "The request is meant for another server",
                detail: "this server is bound to loopback and does not answer for the host '\(host)'",
                remedy: "Use http://127.0.0.1 or http://localhost with the server's port.")
        }
        let isChange = request.method != "GET" && request.method != "HEAD"
        if isChange, let origin = request.header("Origin"), !origin.hasSuffix("://\(host)") {
            throw Problem(
                status: 403, kind: "cross-site", title: "Pages of other sites may not change anything",
                detail: "the request comes from a page of '\(origin)'",
                remedy: "Call the API from a program, or from a page of this server.")
        }
    }

    /// Wants a good bearer token where the settings do.
    func checkToken(_ request: APIRequest) async throws {
        guard request.origin == .network, settings.requiresToken else { return }
        guard let hash = tokenHash(request) else {
            throw Self.unauthorized("the request has no bearer token", challenge: "Bearer realm=\"wardflux\"")
        }
        let isGood = try await services.catalog.accessTokens().contains {
            $0.revokedAt == nil && Self.areEqual($0.hash, hash)
        }
        guard isGood else {
            throw Self.unauthorized(
                "the bearer token is unknown or revoked",
                challenge: "Bearer realm=\"wardflux\", error=\"invalid_token\"")
        }
    }

    /// The hash of the bearer token of a request; nil where it has none.
    func tokenHash(_ request: APIRequest) -> String? {
        let words = (request.header("Authorization") ?? "").split(separator: " ")
        guard words.count == 2, words[0].lowercased() == "bearer" else { return nil }
        return services.hashToken(Secret(String(words[1])))
    }

    /// Refuses bodies that are too long, of another type, or missing.
    func checkBody(_ request: APIRequest, _ route: Route) throws(Problem) {
        let bytesMax = route.bodyBytesMax ?? settings.bodyBytesMax
        guard request.body.count <= bytesMax else { throw Self.tooLong(bytesMax) }
        guard let body = route.body, !request.body.isEmpty || body.isRequired else { return }
        let given = (request.header("Content-Type") ?? "").lowercased()
        let type = given.split(separator: ";").first.map { String($0.filter { $0 != " " }) } ?? ""
        guard body.contents.contains(where: { $0.type == type }) else {
            let types = body.contents.map(\.type).joined(separator: ", ")
            throw Problem(
                status: 415, kind: "media-type", title: "The body's type is not one of those taken here",
                detail: type.isEmpty ? "the request has no Content-Type" : "'\(type)' is not taken here",
                remedy: "Send Content-Type: \(types).", headers: [APIHeader("Accept", types)])
        }
    }

    static func tooLong(_ bytesMax: Int) -> Problem {
        Problem(
            status: 413, kind: "too-long", title: "The body is too long",
            detail: "a body may have at most \(bytesMax) octets",
            remedy: "Send it in pieces, for example an import in several files.")
    }

    private static func unauthorized(_ detail: String, challenge: String) -> Problem {
        Problem(
            status: 401, kind: "unauthorized", title: "An access token is needed", detail: detail,
            remedy: "Send Authorization: Bearer TOKEN; `wardflux tokens create` makes a token.",
            headers: [APIHeader("WWW-Authenticate", challenge)])
    }

    /// Whether a Host field names this machine's loopback.
    static func isLoopback(_ host: String) -> Bool {
        var name = host.lowercased()
        if name.hasPrefix("["), let end = name.firstIndex(of: "]") { return name[...end] == "[::1]" }
        if let colon = name.lastIndex(of: ":") { name = String(name[..<colon]) }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return name == "localhost" || (parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil })
    }

    /// Compares without telling by its time where the texts differ.
    private static func areEqual(_ left: String, _ right: String) -> Bool {
        guard left.utf8.count == right.utf8.count else { return false }
        return zip(left.utf8, right.utf8).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
