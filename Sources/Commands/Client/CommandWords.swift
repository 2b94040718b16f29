/// What the API says to programs, in the words of people who type commands.
enum CommandWords {
    private static let remedies: [(api: String, command: String)] = [
        ("send mode=good", "give --mode good"),
        ("; /api/v1/openapi.json describes all of them", ""),
        ("Correct the fields named in errors", "Correct what is named above"),
        ("Correct the parameters named in errors", "Correct what is named above"),
        ("Correct the places named in errors", "Correct the places named above"),
        ("GET /api/v1/devices shows", "`wardflux devices list --json` shows"),
        ("GET /api/v1/interfaces/list shows", "`wardflux interfaces list --json` shows"),
        ("GET /api/v1/topology/orphans shows", "`wardflux topology orphans` shows"),
        ("GET /api/v1/topology/links shows", "`wardflux topology links` shows"),
        ("GET /api/v1/topology shows", "`wardflux topology show --format json` shows"),
        ("GET /api/v1/anomalies/actions shows", "`wardflux anomalies actions` shows"),
        ("GET /api/v1/anomalies shows", "`wardflux anomalies list --all --json` shows"),
        ("GET /api/v1/incidents shows", "`wardflux anomalies incidents --all --json` shows"),
        ("GET /api/v1/alerts/history shows", "`wardflux alerts history --json` shows"),
        ("GET /api/v1/alerts/rules shows", "`wardflux alerts rules list` shows"),
        ("GET /api/v1/alerts lists", "`wardflux alerts list` lists"),
        ("GET /api/v1/silences shows", "`wardflux alerts silences list --all` shows"),
        ("GET /api/v1/maintenance-windows shows", "`wardflux alerts maintenance list` shows"),
        ("GET /api/v1/receivers lists", "`wardflux alerts receivers list` lists"),
        ("GET /api/v1/baselines/exclusions shows", "`wardflux baselines exclusions list` shows"),
        ("/api/v1/series/statistics", "`wardflux series status`"),
        ("GET /api/v1/jobs/schedules", "`wardflux jobs schedules`"),
        ("GET /api/v1/jobs", "`wardflux jobs list`"),
        ("GET /api/v1/profiles", "`wardflux profiles list`"),
        ("GET /api/v1/openapi.json lists all paths", "Is the server of another version than this command?"),
        (
            "PATCH the device with {\"enabled\": true} first",
            "Switch it on with `wardflux devices edit … --enable-polling`"
        ),
    ]

    /// Fields of the API and the options they come from.
    private static let options = [
        "credential_profile": "--profile", "device_type": "--type", "tags": "--tag", "interface_type": "--type",
        "isp_provider": "--provider", "is_critical": "--critical", "monitoring_enabled": "--monitoring",
        "community": "--community-file", "auth_protocol": "--auth", "auth_passphrase": "--auth-pass-file",
        "priv_protocol": "--priv", "priv_passphrase": "--priv-pass-file", "context_name": "--context",
        "duration": "--for", "ends_at": "--until",
    ]

    /// Codes of errors that are ordinary words; those of several words are seen by their capitals.
    private static let plainCodes: Set<Substring> = [
        "busy", "cancelled", "catalog", "closed", "conflict", "corrupt", "full", "unavailable",
    ]

    /// A remedy of the API as what to type.
    static func remedy(_ text: String) -> String {
        var words = text
        for (api, command) in remedies { words = words.replacing(api, with: command) }
        if let rest = after("GET /api/v1/interfaces/device/", in: words), let id = rest.split(separator: " ").first {
            words = "`wardflux interfaces list --filter device_id=\(id)`" + rest.dropFirst(id.count)
        }
        if let rest = after("PUT /api/v1/profiles/", in: words), let name = rest.split(separator: " ").first {
            words = "`wardflux profiles set \(name)`" + rest.dropFirst(name.count)
        }
        if let rest = after("PATCH /api/v1/profiles/", in: words), let name = rest.split(separator: " ").first {
            words = "`wardflux profiles set \(name)` replaces it."
        }
        if let rest = after("Send ", in: words) { words = "Give " + rest }
        return words
    }

    /// The option a field of a request comes from; the field itself where there is none.
    static func option(_ field: String) -> String { options[field] ?? field }

    /// A sentence whose beginning may name a field, with the option in its place and without codes.
    static func sentence(_ text: String) -> String {
        let text = withoutCode(text).replacing("standalone_devices.", with: "").replacing(
            "device_interfaces.", with: "")
        guard let colon = text.firstIndex(of: ":"), let option = options[String(text[..<colon])] else { return text }
        return option + text[colon...]
    }

    /// The text without the code of an error at its end: `the key is empty (badKey)`.
    static func withoutCode(_ text: String) -> String {
        guard text.last == ")", let open = text.lastIndex(of: "("), open > text.startIndex else { return text }
        let code = text[text.index(after: open)...].dropLast()
        let isWord = !code.isEmpty && code.allSatisfy { $0.isASCII && $0.isLetter } && code.first?.isLowercase == true
        guard isWord, code.contains(where: \.isUppercase) || plainCodes.contains(code) else { return text }
        var rest = text[..<open]
        while rest.last == " " { rest.removeLast() }
        return String(rest)
    }

    private static func after(_ prefix: String, in text: String) -> Substring? {
        text.hasPrefix(prefix) ? text.dropFirst(prefix.count) : nil
    }
}
