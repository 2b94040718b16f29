import Listing
import Server

/// Finds misspelt variables: names that begin with `WARDFLUX_` and mean nothing.
enum EnvironmentCheck {
    private static let prefix = "WARDFLUX_"
    /// Variables that are no settings: of the command line, of the vault, of the test programs.
    private static let others = [
        "WARDFLUX_SERVER", "WARDFLUX_TOKEN", "WARDFLUX_CONFIG", "WARDFLUX_COMMUNITY", "WARDFLUX_AUTH_PASS",
        "WARDFLUX_PRIV_PASS", "WARDFLUX_CATALOG_PASSWORD", "WARDFLUX_KEY", "WARDFLUX_SECRET_KEY_FILE", "WARDFLUX_BIN",
        "WARDFLUX_CORPUS",
        "WARDFLUX_RELEASE", "WARDFLUX_RECORD",
        "WARDFLUX_GOLDEN",
    ]
    /// Kubernetes sets these by itself beside a service that is called wardflux.
    private static let foreign = ["WARDFLUX_SERVICE_", "WARDFLUX_PORT"]

    /// Names that mean something.
    static var known: [String] { ConfigurationKey.all.map(\.variable) + others }

    /// A line for each variable that means nothing, ordered by name; values are never shown.
    static func warnings(_ environment: [String: String]) -> [String] {
        let known = Set(known)
        return environment.keys.sorted().compactMap { name in
            guard name.hasPrefix(prefix), !known.contains(name) else { return nil }
            guard !foreign.contains(where: name.hasPrefix) else { return nil }
            let shown = TextWidth.safe(name)
            let ends = Self.known.map { String($0.dropFirst(prefix.count)) }
            guard let near = NearestName.of(String(name.dropFirst(prefix.count)), among: ends) else {
                return "warning: the variable \(shown) means nothing to wardflux and is passed over"
            }
            return "warning: the variable \(shown) means nothing to wardflux; did you mean \(prefix)\(near)?"
        }
    }
}
