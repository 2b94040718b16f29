import Listing
import Logging

/// The API without a socket: requests in, answers out.
///
/// Safe to call from any number of tasks. Every answer of the network goes through here, so the document, the checks
/// and the routes cannot differ between a server and a program that calls them directly.
public final class APIApplication: Sendable {
    let state: APIState
    let table: RouteTable
    private let guardian: RequestGuard
    private let gate = BodyGate()

    /// An application on these services.
    public init(services: APIServices, settings: APISettings = APISettings()) {
        let state = APIState(services: services, settings: settings)
        self.state = state
        let groups: [any RouteGroup] = [
            HealthRoutes(state: state), OverviewRoutes(state: state), InterfaceRoutes(state: state),
            DiscoveryRoutes(state: state),
            DeviceRoutes(state: state), DeviceImportRoutes(state: state), ProfileRoutes(state: state),
            SNMPRoutes(state: state),
            JobRoutes(state: state), RuleRoutes(state: state), EventRoutes(state: state),
            TrapRoutes(state: state), MetricsRoutes(state: state), TopRoutes(state: state), SeriesRoutes(state: state),
            ExpositionRoutes(state: state), SelfMetricsRoutes(state: state), TopologyRoutes(state: state),
            TopologyInsightRoutes(state: state),
            OrphanRoutes(state: state), ManualLinkRoutes(state: state), NeighbourRoutes(state: state),
            AnomalyRoutes(state: state), AnomalyActionRoutes(state: state), IncidentRoutes(state: state),
            BaselineRoutes(state: state), ExclusionRoutes(state: state), HistoryRoutes(state: state),
            ForecastRoutes(state: state), AlertRoutes(state: state), AlertRuleRoutes(state: state),
            AlertSilenceRoutes(state: state), AlertWindowRoutes(state: state), AlertReceiverRoutes(state: state),
        ]
        let routes = groups.flatMap(\.routes)
        let document = DocumentRoutes(settings: settings, version: services.version, others: routes)
        table = RouteTable(routes: routes + document.routes)
        guardian = RequestGuard(services: services, settings: settings)
    }

    /// Answers a request; never throws, an error is an answer too.
    public func respond(to request: APIRequest) async -> APIResponse {
        var response: APIResponse
        do {
            response = try await answer(request)
        } catch {
            response = problem(of: error, request).response
        }
        response.headers += Self.securityHeaders
        if case .bytes(let bytes) = response.body {
            response.headers.append(APIHeader("Content-Length", String(bytes.count)))
        }
        if request.method == "HEAD" { response.body = .bytes([]) }
        return response
    }

    /// The longest body that a method of a path takes, in octets.
    func bodyBytesMax(_ method: String, _ target: String) -> Int {
        let path = target.prefix { $0 != "?" }
        guard case .route(let route, _) = table.match(method: method, path: String(path)) else {
            return state.settings.bodyBytesMax
        }
        return route.bodyBytesMax ?? state.settings.bodyBytesMax
    }

    /// The answer to a request that is refused for who sends it or where to; nil where its body is worth reading.
    func refusal(of request: APIRequest) async -> APIResponse? {
        do {
            try guardian.checkOrigin(request)
            guard case .route = table.match(method: request.method, path: request.path) else {
                return await respond(to: request)
            }
            try await guardian.checkToken(request)
            return nil
        } catch {
            return await respond(to: request)
        }
    }

    /// Watches the catalog and the jobs for the event stream until the task is cancelled.
    public func run() async throws {
        try await EventFeed(state: state).run()
    }

    private func answer(_ request: APIRequest) async throws -> APIResponse {
        try guardian.checkOrigin(request)
        switch table.match(method: request.method, path: request.path) {
        case .none:
            throw Problem.notFound(
                "path", request.path, remedy: "GET /api/v1/openapi.json lists all paths.")
        case .otherMethods(let methods):
            throw Problem(
                status: 405, kind: "method-not-allowed", title: "The path does not take this method",
                detail: "\(request.path) takes \(methods.joined(separator: ", ")), not \(request.method)",
                remedy: "Use one of the methods in Allow.",
                headers: [APIHeader("Allow", methods.joined(separator: ", "))])
        case .route(let route, let parameters):
            try await guardian.checkToken(request)
            try guardian.checkBody(request, route)
            let (query, errors) = QueryReader.read(request.query, route: route)
            let call = Call(request: request, path: parameters, query: query, queryErrors: errors)
            if !route.isList { try call.requireReadableQuery() }
            return try await gate.pass(request.body.count) { try await route.handle(call) }
        }
    }

    private func problem(of error: any Error, _ request: APIRequest) -> Problem {
        if let problem = Problem.of(error) {
            if problem.status >= 500 {
                state.services.logger.warning("\(request.method) \(request.path): \(problem.detail)")
            }
            return problem
        }
        state.services.logger.error("\(request.method) \(request.path): \(error)")
        return Problem(
            status: 500, kind: "internal", title: "The server failed",
            detail: "an unexpected error; the log has the details",
            remedy: "Report it with the lines of the log at this time.")
    }

    private static let securityHeaders = [
        APIHeader("X-Content-Type-Options", "nosniff"), APIHeader("X-Frame-Options", "DENY"),
        APIHeader("Referrer-Policy", "no-referrer"), APIHeader("Cache-Control", "no-store"),
        APIHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
        APIHeader("Cross-Origin-Resource-Policy", "same-origin"),
    ]
}

/// Routes that belong together.
protocol RouteGroup: Sendable {
    var routes: [Route] { get }
}
