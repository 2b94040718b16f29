import Catalog
import Inventory

extension CatalogContract {
    static let accessTokenChecks: [Check] = [
        Check("access tokens, revoked ones too, are ordered by creation, then id") { catalog in
            let tokens = [2.0, 1, 3, 1].enumerated().map { number, second in
                AccessToken(
                    name: "same name", hash: "hash \(number)", createdAt: Specimens.noon.advanced(bySeconds: second),
                    revokedAt: number == 1 ? Specimens.noon : nil)
            }
            for token in tokens { try await catalog.saveAccessToken(token) }
            let expected = tokens.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
            try expectEqual(try await catalog.accessTokens(), expected, "tokens")
        },
        Check("saving a token again replaces it") { catalog in
            var token = AccessToken(name: "ci", hash: "h", createdAt: Specimens.noon)
            try await catalog.saveAccessToken(token)
            token.revokedAt = Specimens.noon.advanced(bySeconds: 5)
            try await catalog.saveAccessToken(token)
            try expectEqual(try await catalog.accessTokens(), [token], "tokens")
        },
        Check("two tokens of one hash are a conflict") { catalog in
            let token = AccessToken(name: "ci", hash: "h", createdAt: Specimens.noon)
            try await catalog.saveAccessToken(token)
            try await expectFailure(.conflict, "a second token of one hash") {
                try await catalog.saveAccessToken(AccessToken(name: "cd", hash: "h", createdAt: Specimens.noon))
            }
            try expectEqual(try await catalog.accessTokens(), [token], "tokens")
        },
    ]
}
