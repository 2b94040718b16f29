import FoundationEssentials
import Inventory
import Series

/// Some interfaces that are asked for in one request.
enum ScanShard: Sendable, Hashable {
    /// These.
    case ids([InterfaceID])
    /// All whose identity begins so.
    case prefix(String)

    /// Samples that a request answers at most, about.
    private static let samplesPerRequest = 4_000_000
    /// Octets of an answer that are read; a longer one is asked for again in parts.
    ///
    /// Bounds memory where polls are more frequent, or interfaces more, than reckoned with.
    private static let answerOctetsMax = 256 << 20
    /// The interval of polls that is reckoned with.
    private static let intervalSeconds = 300

    /// The requests for a query.
    static func plan(_ query: SeriesQuery, known: Int) -> [ScanShard] {
        let seconds = Int(query.to.secondsSince(query.from).rounded(.up)) + query.leadSeconds
        let perInterface = SeriesColumn.names.count * max(1, seconds / intervalSeconds)
        let size = min(max(samplesPerRequest / perInterface, 1), 1000)
        switch query.interfaces {
        case .ids(let ids): return groups(ids, size: min(size, 100))
        case .all:
            var prefixes = [""]
            while prefixes.count * size < known, prefixes.count < 65536 {
                prefixes = prefixes.flatMap { prefix in digits.map { prefix + $0 } }
            }
            return prefixes.map { .prefix($0) }
        }
    }

    /// Interfaces in groups, each once.
    static func groups(_ ids: [InterfaceID], size: Int) -> [ScanShard] {
        let sorted = Set(ids).sorted()
        return stride(from: 0, to: sorted.count, by: size).map {
            .ids(Array(sorted[$0..<min($0 + size, sorted.count)]))
        }
    }

    /// Whether an identity begins with these hexadecimal digits, at most six.
    private static func begins(_ interface: InterfaceID, _ prefix: String) -> Bool {
        let octets = interface.uuid.uuid
        let first = UInt32(octets.0) << 16 | UInt32(octets.1) << 8 | UInt32(octets.2)
        return prefix.isEmpty || first >> UInt32(24 - 4 * prefix.utf8.count) == UInt32(prefix, radix: 16)
    }

    /// Smaller shards with the same interfaces together; nil where there are none.
    var parts: [ScanShard]? {
        switch self {
        case .ids(let ids): ids.count > 1 ? Self.groups(ids, size: (ids.count + 1) / 2) : nil
        case .prefix(let prefix): prefix.count < 6 ? Self.digits.map { .prefix(prefix + $0) } : nil
        }
    }

    /// Whether an interface belongs here.
    func contains(_ interface: InterfaceID) -> Bool {
        switch self {
        case .ids(let ids): ids.contains(interface)
        case .prefix(let prefix): Self.begins(interface, prefix)
        }
    }

    /// What picks them out, such as `interface_id=~"0.*"`.
    var matcher: String {
        switch self {
        case .ids(let ids): "interface_id=~\"\(ids.map(\.description).joined(separator: "|"))\""
        case .prefix(""): "interface_id!=\"\""
        case .prefix(let prefix): "interface_id=~\"\(prefix).*\""
        }
    }

    /// The export of what a query wants, a little wider because the server reads times as doubles.
    func request(_ query: SeriesQuery, from earliest: Timestamp) -> VictoriaRequest {
        let names = SeriesColumn.names(for: query.counters, context: true).joined(separator: "|")
        let selector = "{__name__=~\"\(names)\",\(matcher)}"
        let body =
            "match[]=" + FormText.encoded(selector) + "&start=\(Self.seconds(earliest.milliseconds - 1))"
            + "&end=\(Self.seconds(query.to.milliseconds + 1))"
        return VictoriaRequest(
            path: "/api/v1/export", body: Array(body.utf8), contentType: FormText.contentType, timeoutSeconds: 120,
            answerOctetsMax: Self.answerOctetsMax)
    }

    private static let digits = (0..<16).map { String($0, radix: 16) }

    /// Seconds with three decimals, not below 0.
    private static func seconds(_ milliseconds: Int64) -> String {
        let moment = max(0, milliseconds)
        return "\(moment / 1000).\(String(1000 + moment % 1000).dropFirst())"
    }
}

/// Text in the body of a form.
enum FormText {
    static let contentType = "application/x-www-form-urlencoded"

    /// Percent-encoded: all but letters and digits.
    static func encoded(_ text: String) -> String {
        text.utf8.map { octet in
            let isPlain =
                (0x30...0x39).contains(octet) || (0x41...0x5A).contains(octet) || (0x61...0x7A).contains(octet)
            let digits = String(octet, radix: 16, uppercase: true)
            return isPlain ? String(UnicodeScalar(octet)) : "%" + (digits.count < 2 ? "0" : "") + digits
        }.joined()
    }
}
