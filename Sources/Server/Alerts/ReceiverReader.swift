import Inventory
import Notifiers
import RuleText
import Yams

/// Reads the `receivers` of an alert file: how each is told, with every secret from where it is kept.
///
/// A receiver that is wrong is left out. Every problem names its place, the field and the remedy; values of secrets are
/// in none of them.
struct ReceiverReader {
    /// Checks what a receiver's settings say, as making its notifier does.
    typealias Check = (Receiver) throws(NotifierError) -> Void

    /// What is read of one receiver.
    struct Entry {
        let name: String
        let kind: Receiver.Kind
        /// Where its kind stands.
        let node: Node
        let fields: [String: Node]
    }

    var reader: YAMLReader
    let places: SecretPlaces
    /// The files that were read besides the alert file, with what told them from others; nil for what is not there.
    var files: [String: FileMark?] = [:]
    /// Those of them that the notifier of the present receiver reads by itself.
    var marks: [String: FileMark] = [:]
    private var described: [Located<String>] = []

    init(file: String, places: SecretPlaces) {
        reader = YAMLReader(file: file)
        self.places = places
    }

    var problems: [RuleFileProblem] { reader.problems.sorted }

    /// The receivers of a file, in its order; what is not under `receivers` is not looked at.
    mutating func receivers(in text: String, check: Check) -> [Receiver] {
        guard let root = reader.root(of: text), case .mapping(let mapping) = root else { return [] }
        var found: [Receiver] = []
        for (key, value) in mapping where key.string == "receivers" {
            for item in reader.items(value, of: "`receivers`") {
                if let receiver = receiver(item, check) { found.append(receiver) }
            }
        }
        return found
    }

    /// Warns of receivers that no route leads to.
    mutating func warnOfThoseNeverTold(routed: Set<String>) {
        for one in described where !routed.contains(one.value) {
            reader.problems.warning(
                "unreachable", at: one.position, "no route leads to the receiver `\(one.value)`: it is told nothing",
                remedy: "name it under `route`, or leave it out")
        }
    }

    // MARK: - One receiver

    private mutating func receiver(_ node: Node, _ check: Check) -> Receiver? {
        let errors = reader.problems.errors.count
        marks = [:]
        guard let entry = entry(node) else { return nil }
        guard let settings = settings(entry), reader.problems.errors.count == errors else { return nil }
        let receiver = Receiver(name: entry.name, kind: entry.kind, settings: settings, marks: marks)
        do throws(NotifierError) {
            try check(receiver)
            return receiver
        } catch {
            refuse(error, entry)
            return nil
        }
    }

    /// Names that are missing or wrong are told by the reader of the alert file.
    private mutating func entry(_ node: Node) -> Entry? {
        guard case .mapping(let mapping) = node, let named = mapping["name"], let name = named.string else {
            return nil
        }
        described.append(Located(value: name, position: reader.position(named)))
        let errors = reader.problems.errors.count
        let kinds = Receiver.Kind.allCases
        let names = kinds.map(\.rawValue)
        guard let fields = reader.fields(node, of: "the receiver `\(name)`", known: ["name"] + names) else {
            return nil
        }
        let given = kinds.filter { fields[$0.rawValue] != nil }
        guard given.count < 2 else {
            error(
                "wrong-value", at: node, "the receiver `\(name)` is of several kinds: \(Self.list(given))",
                remedy: "make a receiver of each")
            return nil
        }
        guard let kind = given.first, let inner = fields[kind.rawValue] else {
            // A kind that is misspelt is told as an unknown key.
            guard reader.problems.errors.count == errors else { return nil }
            error(
                "missing", at: node, "the receiver `\(name)` does not say how it is told",
                remedy: "describe it under one of \(names.joined(separator: ", "))")
            return nil
        }
        let what = "`\(kind.rawValue)` of the receiver `\(name)`"
        guard let inside = reader.fields(inner, of: what, known: Self.keys(of: kind)) else { return nil }
        return Entry(name: name, kind: kind, node: inner, fields: inside)
    }

    private static func list(_ kinds: [Receiver.Kind]) -> String {
        kinds.map(\.rawValue).joined(separator: ", ")
    }

    private static func secret(_ key: String) -> [String] { [key, key + "_file", key + "_env"] }

    private static func keys(of kind: Receiver.Kind) -> [String] {
        let wire = ["ca_file", "timeout"]
        let authorization = ["user"] + secret("password") + secret("bearer_token")
        let parts: [[String]] =
            switch kind {
            case .alertmanager: [["urls"], authorization]
            case .webhook:
                [
                    secret("url"), ["method", "headers"], authorization, secret("signing_keys"),
                    ["template", "template_file", "content_type"],
                ]
            case .slack, .teams: [secret("url")]
            case .mail:
                [
                    ["host", "port", "tls", "from", "to", "user"], secret("password"),
                    ["password_unprotected_on_loopback", "helo_name"],
                ]
            case .syslog: [["host", "port", "transport", "facility", "app_name", "structured_data_id"]]
            }
        return parts.flatMap(\.self) + wire
    }

    // MARK: - Kinds

    private mutating func settings(_ entry: Entry) -> NotifierSettings? {
        switch entry.kind {
        case .alertmanager: alertmanager(entry).map { .alertmanager($0) }
        case .webhook: webhook(entry).map { .webhook($0) }
        case .slack: chat(entry).map { .slack($0) }
        case .teams: chat(entry).map { .teams($0) }
        case .mail: mail(entry).map { .mail($0) }
        case .syslog: syslog(entry).map { .syslog($0) }
        }
    }

    private mutating func alertmanager(_ entry: Entry) -> AlertmanagerSettings? {
        guard let urls = required(entry, "urls") else { return nil }
        var settings = AlertmanagerSettings(urls: reader.texts(urls, of: "`urls`").map(\.value))
        settings.authorization = authorization(entry)
        settings.caFile = caFile(entry)
        settings.timeoutSeconds = timeout(entry) ?? settings.timeoutSeconds
        return settings
    }

    private mutating func webhook(_ entry: Entry) -> WebhookSettings? {
        guard let url = requiredSecret(entry, "url") else { return nil }
        var settings = WebhookSettings(url: url)
        let method = reader.choice(
            entry.fields["method"], of: "`method`", code: "wrong-value", as: WebhookSettings.Method.self)
        settings.method = method ?? settings.method
        settings.headers = headers(entry.fields["headers"])
        settings.authorization = authorization(entry)
        settings.signingKeys = signingKeys(entry)
        settings.template = template(entry)
        settings.contentType = text(entry, "content_type") ?? settings.contentType
        settings.caFile = caFile(entry)
        settings.timeoutSeconds = timeout(entry) ?? settings.timeoutSeconds
        return settings
    }

    private mutating func chat(_ entry: Entry) -> ChatSettings? {
        guard let url = requiredSecret(entry, "url") else { return nil }
        var settings = ChatSettings(url: url)
        settings.caFile = caFile(entry)
        settings.timeoutSeconds = timeout(entry) ?? settings.timeoutSeconds
        return settings
    }

    private mutating func mail(_ entry: Entry) -> MailSettings? {
        let given = ["host", "from", "to"].map { required(entry, $0) != nil }
        guard !given.contains(false), let host = text(entry, "host"), let from = text(entry, "from") else {
            return nil
        }
        let to = entry.fields["to"]
        var settings = MailSettings(host: host, from: from, to: reader.texts(to, of: "`to`").map(\.value))
        settings.port = port(entry)
        let protection = reader.choice(
            entry.fields["tls"], of: "`tls`", code: "wrong-value", as: MailSettings.Protection.self)
        settings.protection = protection ?? settings.protection
        settings.user = text(entry, "user")
        settings.password = secret(entry, "password")
        settings.sendsPasswordUnprotectedOnLoopback =
            reader.flag(
                entry.fields["password_unprotected_on_loopback"], of: "`password_unprotected_on_loopback`") ?? false
        settings.heloName = text(entry, "helo_name")
        settings.caFile = caFile(entry)
        settings.timeoutSeconds = timeout(entry) ?? settings.timeoutSeconds
        return settings
    }

    private mutating func syslog(_ entry: Entry) -> SyslogSettings? {
        guard required(entry, "host") != nil, let host = text(entry, "host") else { return nil }
        var settings = SyslogSettings(host: host)
        settings.port = port(entry)
        let transport = reader.choice(
            entry.fields["transport"], of: "`transport`", code: "wrong-value", as: SyslogSettings.Transport.self)
        settings.transport = transport ?? settings.transport
        settings.facility = facility(entry) ?? settings.facility
        settings.appName = text(entry, "app_name") ?? settings.appName
        settings.structuredDataID = text(entry, "structured_data_id") ?? settings.structuredDataID
        settings.caFile = caFile(entry)
        settings.timeoutSeconds = timeout(entry) ?? settings.timeoutSeconds
        return settings
    }
}
