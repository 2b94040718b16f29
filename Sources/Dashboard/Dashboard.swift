public import API
import Synchronization

/// The pages in the browser: the shell for every page's path, and what it is made of.
///
/// Nothing here knows data: pages ask the API for it, with the token of who looks at them. No other origin is ever
/// asked, and no text of the network becomes script (`Content-Security-Policy`).
public final class Dashboard: Sendable {
    private let source: WebSource
    private let assets: Mutex<DashboardAssets>
    private static let yearSeconds = 31_536_000
    private static let assetPath = "/assets/"
    /// Paths below which nothing is a page.
    private static let others = ["/api", "/metrics"]

    /// A dashboard whose files are good.
    ///
    /// - Throws: `DashboardError` where one is missing.
    public init(_ source: WebSource = .embedded) throws(DashboardError) {
        self.source = source
        assets = Mutex(try DashboardAssets(try source.files()))
    }

    /// The answer to a request for a page or for what one is made of; nil where it is for others.
    ///
    /// A program that asks for an unknown path, not for a page (`Accept: text/html`), is left to the API's errors.
    public func answer(_ request: APIRequest) -> APIResponse? {
        guard request.method == "GET" || request.method == "HEAD" else { return nil }
        if request.path.hasPrefix(Self.assetPath) { return asset(request) }
        guard !Self.others.contains(where: { request.path == $0 || request.path.hasPrefix($0 + "/") }) else {
            return nil
        }
        let wantsPage = request.header("Accept")?.contains("text/html") == true
        guard request.path == "/" || wantsPage else { return nil }
        return page(request)
    }

    // MARK: - Answers

    private func page(_ request: APIRequest) -> APIResponse {
        let assets: DashboardAssets
        do throws(DashboardError) { assets = try present() } catch { return Self.failure(error) }
        return Self.response(assets.shell, request, tag: assets.tag, cache: "no-cache")
    }

    private func asset(_ request: APIRequest) -> APIResponse? {
        let rest = request.path.dropFirst(Self.assetPath.count)
        let parts = rest.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let assets = assets.withLock { $0 }
        guard parts.count == 2, let asset = assets.named[String(parts[1])] else { return nil }
        // After an update an open page may ask for what was: it gets what is, and does not keep it.
        let isPresent = parts[0] == assets.tag
        let cache = isPresent ? "public, max-age=\(Self.yearSeconds), immutable" : "no-store"
        return Self.response(asset, request, tag: assets.tag, cache: cache)
    }

    /// Those of a folder are read again, so that what is saved there is seen.
    private func present() throws(DashboardError) -> DashboardAssets {
        guard case .folder = source else { return assets.withLock { $0 } }
        let fresh = try DashboardAssets(try source.files())
        assets.withLock { $0 = fresh }
        return fresh
    }

    private static func response(
        _ asset: DashboardAssets.Asset, _ request: APIRequest, tag: String, cache: String
    ) -> APIResponse {
        let isCompressed = takesGzip(request) && !asset.compressed.isEmpty
        let entity = "\"\(tag)\(isCompressed ? "-gzip" : "")\""
        var headers = [
            APIHeader("Cache-Control", cache), APIHeader("ETag", entity), APIHeader("Vary", "Accept-Encoding"),
        ]
        headers += securityHeaders
        if request.header("If-None-Match")?.contains(entity) == true {
            return APIResponse(status: 304, headers: headers)
        }
        let bytes = isCompressed ? asset.compressed : asset.bytes
        headers.append(APIHeader("Content-Type", asset.type))
        if isCompressed { headers.append(APIHeader("Content-Encoding", "gzip")) }
        headers.append(APIHeader("Content-Length", String(bytes.count)))
        return APIResponse(status: 200, headers: headers, body: .bytes(request.method == "HEAD" ? [] : bytes))
    }

    /// Only of a folder that somebody works on.
    private static func failure(_ error: DashboardError) -> APIResponse {
        let bytes = Array("\(error)\n".utf8)
        let headers = [APIHeader("Content-Type", "text/plain; charset=utf-8"), APIHeader("Cache-Control", "no-store")]
        return APIResponse(status: 500, headers: headers + securityHeaders, body: .bytes(bytes))
    }

    /// Whether gzip may be sent (RFC 9110 12.5.3).
    private static func takesGzip(_ request: APIRequest) -> Bool {
        let codings = (request.header("Accept-Encoding") ?? "").lowercased().split(separator: ",")
        return codings.contains { coding in
            let parts = coding.split(separator: ";").map { $0.filter { $0 != " " } }
            let isRefused = parts.dropFirst().contains { ["q=0", "q=0.0", "q=0.00", "q=0.000"].contains($0) }
            return parts.first == "gzip" && !isRefused
        }
    }

    private static let policy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:",
        "connect-src 'self'", "worker-src 'self'", "manifest-src 'self'", "base-uri 'none'", "form-action 'none'",
        "frame-ancestors 'none'",
    ].joined(separator: "; ")

    private static let securityHeaders = [
        APIHeader("Content-Security-Policy", policy), APIHeader("X-Content-Type-Options", "nosniff"),
        APIHeader("X-Frame-Options", "DENY"), APIHeader("Referrer-Policy", "same-origin"),
        APIHeader("Cross-Origin-Resource-Policy", "same-origin"),
    ]
}
