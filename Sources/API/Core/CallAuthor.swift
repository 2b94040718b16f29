import Catalog
import Inventory

extension APIState {
    /// Name of the access token of a call; nil where none is needed.
    func author(of call: Call) async throws -> String? {
        guard settings.requiresToken, call.request.origin == .network else { return nil }
        let hash = RequestGuard(services: services, settings: settings).tokenHash(call.request)
        let tokens = try await services.catalog.accessTokens()
        return tokens.first { $0.hash == hash }?.name
    }
}
