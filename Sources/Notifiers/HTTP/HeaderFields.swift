import FoundationEssentials
import Inventory

/// Headers that the configuration adds to requests.
enum HeaderFields {
    /// Those that frame a request or that we write ourselves.
    private static let ours: Set<String> = [
        "connection", "content-length", "content-type", "expect", "host", "keep-alive", "te", "trailer",
        "transfer-encoding", "upgrade", "user-agent",
    ]

    /// Checks names (RFC 9110 5.6.2) and values (no line breaks or controls); sorted by name.
    static func checked(_ headers: [String: Secret]) throws(NotifierError) -> [(name: String, value: Secret)] {
        var result: [(String, Secret)] = []
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) {
            let shown = PlainText.line(name, octetsMax: 80)
            guard !name.isEmpty, name.utf8.allSatisfy(isToken) else {
                throw NotifierError("headers: '\(shown)' is not the name of a header", isLasting: true)
            }
            let lower = name.lowercased()
            guard !ours.contains(lower), !lower.hasPrefix("wardflux-") else {
                throw NotifierError("headers: '\(shown)' is written by WARD FLUX itself; leave it out", isLasting: true)
            }
            guard isValue(value.reveal()) else {
                throw NotifierError(
                    "headers: the value of '\(shown)' holds a line break or another control character", isLasting: true)
            }
            result.append((name, value))
        }
        return result
    }

    /// The header of an authorization.
    static func authorization(
        _ authorization: HTTPAuthorization?
    ) throws(NotifierError) -> [(name: String, value: Secret)] {
        switch authorization {
        case nil: return []
        case .basic(let user, let password):
            guard !user.contains(":") else {
                throw NotifierError("user: a user's name for Basic has no colon (RFC 7617 2)", isLasting: true)
            }
            let credentials = Data("\(user):\(password.reveal())".utf8).base64EncodedString()
            return [("authorization", Secret("Basic " + credentials))]
        case .bearer(let token):
            guard !token.isEmpty, token.reveal().utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
                throw NotifierError("bearer token: it must be printable ASCII without spaces", isLasting: true)
            }
            return [("authorization", Secret("Bearer " + token.reveal()))]
        }
    }

    /// Everything of an authorization that an answer must not repeat.
    static func secrets(_ authorization: HTTPAuthorization?) -> [Secret] {
        switch authorization {
        case nil: []
        case .basic(let user, let password):
            [password, Secret(Data("\(user):\(password.reveal())".utf8).base64EncodedString())]
        case .bearer(let token): [token]
        }
    }

    private static func isToken(_ octet: UInt8) -> Bool {
        switch octet {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "!#$%&'*+-.^_`|~".utf8.contains(octet)
        }
    }

    private static func isValue(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 9 }
    }
}
