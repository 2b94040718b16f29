import AsyncHTTPClient
import Series

/// Where a server is, without the secrets that came with its address.
struct VictoriaAddress: Sendable, CustomStringConvertible {
    /// Scheme, host, port and path, without a slash at the end and without user and password: what may be shown.
    let base: String
    /// The value of the `Authorization` header; a secret.
    let authorization: String?

    var description: String { base }

    /// Reads `http[s]://[user[:password]@]host[:port][/path]`.
    init(_ url: String) throws(SeriesError) {
        guard let scheme = ["http://", "https://"].first(where: { url.hasPrefix($0) }) else { throw Self.refused }
        var rest = url.dropFirst(scheme.count)
        while rest.hasSuffix("/") { rest.removeLast() }
        let end = rest.firstIndex(of: "/") ?? rest.endIndex
        var authorization: String?
        if let at = rest[..<end].lastIndex(of: "@") {
            authorization = try Self.basic(rest[..<at])
            rest = rest[rest.index(after: at)...]
        }
        let host = rest.prefix { $0 != "/" }
        guard !host.isEmpty, rest.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x3F && $0 != 0x23 }) else {
            throw Self.refused
        }
        base = scheme + rest
        self.authorization = authorization
    }

    private static var refused: SeriesError {
        SeriesError(
            .cannotOpen,
            message: "the address of VictoriaMetrics cannot be read: write it like http://localhost:8428")
    }

    private static func basic(_ credentials: Substring) throws(SeriesError) -> String {
        let parts = credentials.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let user = decoded(parts[0])
        let password = parts.count > 1 ? decoded(parts[1]) : ""
        guard let user, let password else { throw refused }
        return HTTPClient.Authorization.basic(username: user, password: password).headerValue
    }

    /// Percent-encoding taken off; nil where it is none.
    private static func decoded(_ text: Substring) -> String? {
        var octets: [UInt8] = []
        var rest = text.utf8[...]
        while let octet = rest.popFirst() {
            guard octet == UInt8(ascii: "%") else {
                octets.append(octet)
                continue
            }
            guard let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else { return nil }
            octets.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: octets, as: UTF8.self)
    }
}
