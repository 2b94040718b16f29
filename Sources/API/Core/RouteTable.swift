import Listing

/// All routes, and which of them a request means.
struct RouteTable: Sendable {
    /// What a path means.
    enum Match: Sendable {
        /// A route, with the path's parameters.
        case route(Route, parameters: [String: String])
        /// The path exists; these are its methods.
        case otherMethods([String])
        /// There is no such path.
        case none
    }

    /// Before every path that is not rooted.
    static let prefix = "/api/v1"

    /// The routes, in the order of the document.
    let routes: [Route]

    /// Finds the route of a method and a raw path; fixed segments win over parameters.
    func match(method: String, path: String) -> Match {
        let isPrefixed = path.hasPrefix(Self.prefix + "/")
        guard isPrefixed || path.hasPrefix("/") else { return .none }
        let below = path.dropFirst(isPrefixed ? Self.prefix.count + 1 : 1)
        let segments = below.split(separator: "/", omittingEmptySubsequences: false)
        let candidates = routes.lazy.filter { $0.isRooted != isPrefixed }.compactMap { route in
            parameters(of: route, segments).map { (route: route, parameters: $0) }
        }
        guard let fewest = candidates.map(\.parameters.count).min() else { return .none }
        let best = candidates.filter { $0.parameters.count == fewest }
        // HEAD is GET without its body (RFC 9110, section 9.3.2).
        let wanted = method == "HEAD" ? "GET" : method
        if let found = best.first(where: { $0.route.method == wanted }) {
            return .route(found.route, parameters: found.parameters)
        }
        let methods = best.map(\.route.method)
        return .otherMethods((methods + (methods.contains("GET") ? ["HEAD"] : [])).sorted())
    }

    private func parameters(of route: Route, _ segments: [Substring]) -> [String: String]? {
        let wanted = route.segments
        guard wanted.count == segments.count else { return nil }
        var parameters: [String: String] = [:]
        for (pattern, segment) in zip(wanted, segments) {
            if pattern.hasPrefix("{") {
                guard let value = PercentEncoding.decode(segment, plusIsSpace: false), !value.isEmpty else {
                    return nil
                }
                parameters[String(pattern.dropFirst().dropLast())] = value
            } else if pattern != segment {
                return nil
            }
        }
        return parameters
    }
}
