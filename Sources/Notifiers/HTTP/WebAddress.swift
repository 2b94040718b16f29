import Inventory

/// Where HTTP requests go, with what of it may be shown.
struct WebAddress: Sendable {
    /// The whole address; it may hold a token.
    let url: Secret
    /// Path and query: where tokens are.
    let path: Secret
    /// Scheme, host and port: what may be shown.
    let origin: String
    /// The host alone, without brackets.
    let host: String
    /// Whether the connection is protected.
    let isProtected: Bool

    /// Reads `http[s]://host[:port][/path][?query]`; errors name `field` and never the address.
    init(_ url: Secret, field: String) throws(NotifierError) {
        let text = url.reveal()
        guard let scheme = ["http://", "https://"].first(where: { text.lowercased().hasPrefix($0) }) else {
            throw Self.refused(field, "it must begin with https:// or http://")
        }
        let rest = text.dropFirst(scheme.count)
        let authority = rest.prefix { !"/?#".contains($0) }
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !#""<>\^`{|}"#.utf8.contains($0) }) else {
            throw Self.refused(field, "it holds a character that an address cannot; percent-encode it")
        }
        if text.contains("#") { throw Self.refused(field, "it must not have a part after '#'") }
        if authority.contains("@") {
            throw Self.refused(field, "user and password are not part of it; give them in fields of their own")
        }
        guard let place = HostPort(authority, port: scheme == "https://" ? 443 : 80) else {
            throw Self.refused(field, "it must name a host, and a port from 1 to 65535 if any")
        }
        self.url = url
        path = Secret(String(rest.dropFirst(authority.count)))
        origin = scheme + authority
        host = place.host
        isProtected = scheme == "https://"
    }

    /// A link as it may stand in a message: http or https and nothing that could end an attribute; nil otherwise.
    static func link(_ text: String?) -> String? {
        guard let text, text.utf8.count <= 2048, text.hasPrefix("https://") || text.hasPrefix("http://"),
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !#""'<>\^`{|}"#.utf8.contains($0) })
        else { return nil }
        return text
    }

    private static func refused(_ field: String, _ remedy: String) -> NotifierError {
        NotifierError("\(field): the address cannot be used: \(remedy)", isLasting: true)
    }
}

/// A host with a port.
struct HostPort: Sendable, Hashable {
    /// A name or an address, without brackets.
    let host: String
    /// 1 to 65535.
    let port: Int

    /// Reads `host`, `host:port`, `[::1]` and `[::1]:port`; nil for anything else.
    init?(_ text: some StringProtocol, port standard: Int) {
        var rest = Substring(text)
        if rest.hasPrefix("[") {
            guard let end = rest.firstIndex(of: "]") else { return nil }
            host = String(rest[rest.index(after: rest.startIndex)..<end])
            rest = rest[rest.index(after: end)...]
        } else {
            host = String(rest.prefix { $0 != ":" })
            rest = rest.dropFirst(host.count)
        }
        guard Self.isHost(host) else { return nil }
        if rest.isEmpty {
            port = standard
            return
        }
        guard rest.hasPrefix(":"), let number = Int(rest.dropFirst()), (1...65_535).contains(number) else { return nil }
        port = number
    }

    /// A host and a port given apart; errors name the field.
    init(host: String, port: Int, field: String) throws(NotifierError) {
        let bare = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        guard Self.isHost(bare) else {
            throw NotifierError(
                "\(field): '\(PlainText.line(host, octetsMax: 80))' is not a host name or an address; "
                    + "write it like mail.example.org", isLasting: true)
        }
        guard (1...65_535).contains(port) else {
            throw NotifierError("\(field): port \(port) does not exist; use one from 1 to 65535", isLasting: true)
        }
        self.host = bare
        self.port = port
    }

    /// As it is shown: `mail.example.org:587`, `[::1]:25`.
    var text: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    /// Whether it is this machine by its form: 127.0.0.0/8, ::1 or localhost.
    var isLoopback: Bool {
        if host == "::1" || host.lowercased() == "localhost" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// Whether it is an address rather than a name.
    var isAddress: Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return host.contains(":") || (parts.count == 4 && parts.allSatisfy { UInt8($0) != nil })
    }

    private static func isHost(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 253
            && text.utf8.allSatisfy { octet in
                switch octet {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x3A, 0x25: true
                default: false
                }
            }
    }
}
