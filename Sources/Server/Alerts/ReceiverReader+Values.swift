import Inventory
import Notifiers
import RuleText
import Yams

extension ReceiverReader {
    private static let secretOctetsMax = 65_536
    /// What stands for a secret that is not read.
    private static let standIn = "a-secret-that-is-kept-elsewhere"

    mutating func error(_ code: String, at node: Node, _ message: String, remedy: String) {
        reader.problems.error(code, at: reader.position(node), message, remedy: remedy)
    }

    /// What a notifier finds wrong, at the field that it names.
    mutating func refuse(_ error: NotifierError, _ entry: Entry) {
        let field = error.reason.prefix { $0 != ":" }.map { $0 == " " ? "_" : String($0) }.joined()
        let place = ["", "_file", "_env"].lazy.compactMap { entry.fields[field + $0] }.first ?? entry.node
        let cut = error.reason.firstRange(of: "; ")
        let message = cut.map { String(error.reason[..<$0.lowerBound]) } ?? error.reason
        let remedy = cut.map { String(error.reason[$0.upperBound...]) } ?? "correct it, or leave the receiver out"
        self.error("wrong-value", at: place, "the receiver `\(entry.name)` cannot be used: \(message)", remedy: remedy)
    }

    // MARK: - Texts and numbers

    mutating func required(_ entry: Entry, _ key: String) -> Node? {
        if let node = entry.fields[key] { return node }
        missing(entry, "`\(key)`", remedy: "write `\(key): …`")
        return nil
    }

    private mutating func missing(_ entry: Entry, _ what: String, remedy: String) {
        error(
            "missing", at: entry.node, "\(what) is missing in `\(entry.kind.rawValue)` of the receiver `\(entry.name)`",
            remedy: remedy)
    }

    mutating func text(_ entry: Entry, _ key: String) -> String? {
        reader.text(entry.fields[key], of: "`\(key)`")?.value
    }

    mutating func port(_ entry: Entry) -> Int? {
        guard let node = entry.fields["port"] else { return nil }
        if let port = node.string.flatMap({ Int($0) }), (1...65_535).contains(port) { return port }
        let text = node.string ?? "?"
        error("wrong-value", at: node, "`port` is `\(text)`", remedy: "write a whole number from 1 to 65535")
        return nil
    }

    /// Seconds of `10s`, `2m`, `0.5s` or a bare number of seconds; how long it may be the notifier knows.
    mutating func timeout(_ entry: Entry) -> Double? {
        guard let node = entry.fields["timeout"] else { return nil }
        let text = node.string ?? "?"
        let digits = text.hasSuffix("m") || text.hasSuffix("s") ? text.dropLast() : text[...]
        let isPlain = !digits.isEmpty && digits.allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") }
        if isPlain, let number = Double(digits) { return text.hasSuffix("m") ? number * 60 : number }
        error("wrong-value", at: node, "`timeout` is `\(text)`", remedy: "write a time such as 10s, from 0.1s to 10m")
        return nil
    }

    /// The names of RFC 5424 6.2.1 as syslog programs write them, in the order of their numbers.
    private static let facilities = [
        "kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv", "ftp", "ntp",
        "audit", "alert", "clock", "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7",
    ]

    mutating func facility(_ entry: Entry) -> Int? {
        guard let node = entry.fields["facility"] else { return nil }
        let text = node.string ?? "?"
        if let place = Self.facilities.firstIndex(of: text) { return place }
        if let number = Int(text), Self.facilities.indices.contains(number) { return number }
        error(
            "wrong-value", at: node, "`facility` is `\(text)`",
            remedy: "write a number from 0 to 23, or a name such as local0 or daemon")
        return nil
    }

    // MARK: - Files

    /// A path that a notifier reads by itself.
    mutating func caFile(_ entry: Entry) -> String? {
        guard let text = text(entry, "ca_file"), places.areRead else { return nil }
        let path = places.path(text)
        marks[path] = mark(path)
        return path
    }

    private mutating func mark(_ path: String) -> FileMark? {
        let mark = FileMark(ofFile: path)
        files.updateValue(mark, forKey: path)
        return mark
    }

    private mutating func content(_ path: Located<String>, of what: String) -> String? {
        let whole = places.path(path.value)
        _ = mark(whole)
        do throws(SmallFileError) {
            return try SmallFile.text(of: whole, octetsMax: Self.secretOctetsMax)
        } catch {
            reader.problems.error(
                "wrong-value", at: path.position, "\(what) cannot be used: \(error)",
                remedy: "correct the path, the file's owner or its content")
            return nil
        }
    }

    mutating func template(_ entry: Entry) -> String? {
        guard let path = entry.fields["template_file"] else { return text(entry, "template") }
        guard entry.fields["template"] == nil else {
            error("wrong-value", at: path, "`template` and `template_file` are both given", remedy: "keep one of them")
            return nil
        }
        guard let place = reader.text(path, of: "`template_file`"), places.areRead else { return nil }
        return content(place, of: "`template_file`")
    }

    // MARK: - Secrets

    /// A secret as it is given: in the file, in another file, or in a variable of the environment.
    mutating func secret(_ entry: Entry, _ key: String) -> Secret? {
        guard let kept = kept(entry, key) else { return nil }
        switch kept {
        case .here(let node): return reader.text(node, of: "`\(key)`").map { Secret($0.value) }
        case .elsewhere(let text): return Secret(text)
        }
    }

    mutating func requiredSecret(_ entry: Entry, _ key: String) -> Secret? {
        let names = [key, key + "_file", key + "_env"]
        guard names.contains(where: { entry.fields[$0] != nil }) else {
            missing(
                entry, "`\(key)`", remedy: "write `\(key): …`, or where it is kept as `\(key)_file` or `\(key)_env`")
            return nil
        }
        return secret(entry, key)
    }

    /// Keys to sign with: a text or a list here; elsewhere one a line.
    mutating func signingKeys(_ entry: Entry) -> [Secret] {
        guard let kept = kept(entry, "signing_keys") else { return [] }
        switch kept {
        case .here(let node): return reader.texts(node, of: "`signing_keys`").map { Secret($0.value) }
        case .elsewhere(let text): return text.split(whereSeparator: \.isNewline).map { Secret(String($0)) }
        }
    }

    private enum Kept {
        case here(Node)
        case elsewhere(String)
    }

    private mutating func kept(_ entry: Entry, _ key: String) -> Kept? {
        let names = [key, key + "_file", key + "_env"].filter { entry.fields[$0] != nil }
        guard let name = names.first, let node = entry.fields[name] else { return nil }
        guard names.count == 1 else {
            let second = entry.fields[names[1]] ?? node
            error("wrong-value", at: second, "`\(name)` and `\(names[1])` are both given", remedy: "keep one of them")
            return nil
        }
        if name == key { return .here(node) }
        guard let place = reader.text(node, of: "`\(name)`") else { return nil }
        guard places.areRead else { return .elsewhere(key == "url" ? "https://127.0.0.1/" : Self.standIn) }
        let text = name.hasSuffix("_file") ? inFile(place, of: name) : inEnvironment(place, of: name)
        return text.map { .elsewhere($0) }
    }

    /// What a file holds, without the line break that editors leave at its end.
    private mutating func inFile(_ path: Located<String>, of name: String) -> String? {
        guard var text = content(path, of: "`\(name)`") else { return nil }
        while text.last?.isNewline == true { text.removeLast() }
        if !text.isEmpty { return text }
        reader.problems.error(
            "wrong-value", at: path.position, "`\(name)` names an empty file, \(places.path(path.value))",
            remedy: "write the secret into it")
        return nil
    }

    private mutating func inEnvironment(_ variable: Located<String>, of name: String) -> String? {
        if let text = places.environment[variable.value], !text.isEmpty { return text }
        reader.problems.error(
            "wrong-value", at: variable.position,
            "`\(name)` names `\(variable.value.prefix(80))`, which is not among the variables of the environment",
            remedy: "set it where the server is started, or keep the secret in a file")
        return nil
    }

    mutating func authorization(_ entry: Entry) -> HTTPAuthorization? {
        let bearer = secret(entry, "bearer_token")
        let (user, password) = (text(entry, "user"), secret(entry, "password"))
        let hasPassword = ["password", "password_file", "password_env"].contains { entry.fields[$0] != nil }
        let hasBearer = ["bearer_token", "bearer_token_file", "bearer_token_env"].contains { entry.fields[$0] != nil }
        guard let named = entry.fields["user"] else {
            if hasPassword { missing(entry, "`user`", remedy: "write `user: …` beside the password") }
            return bearer.map { .bearer($0) }
        }
        guard !hasBearer else {
            error("wrong-value", at: named, "`user` and `bearer_token` are both given", remedy: "keep one of them")
            return nil
        }
        guard hasPassword else {
            missing(entry, "`password`", remedy: "write `password: …`, `password_file: …` or `password_env: …`")
            return nil
        }
        guard let user, let password else { return nil }
        return .basic(user: user, password: password)
    }

    /// Headers by name: a text, or `{file: …}` or `{env: …}` for where it is kept.
    mutating func headers(_ node: Node?) -> [String: Secret] {
        guard let node else { return [:] }
        guard case .mapping(let mapping) = node else {
            error("wrong-value", at: node, "`headers` must be a mapping", remedy: "write `Name: value` lines")
            return [:]
        }
        var headers: [String: Secret] = [:]
        for (key, value) in mapping {
            guard let name = key.string else { continue }
            headers[name] = header(value, of: "`headers`, `\(name.prefix(80))`")
        }
        return headers
    }

    private mutating func header(_ node: Node, of what: String) -> Secret? {
        guard case .mapping = node else { return reader.text(node, of: what).map { Secret($0.value) } }
        guard let fields = reader.fields(node, of: what, known: ["file", "env"]) else { return nil }
        if fields.count == 1, let path = reader.text(fields["file"], of: "`file`") {
            return places.areRead ? inFile(path, of: "file").map { Secret($0) } : Secret(Self.standIn)
        }
        if fields.count == 1, let variable = reader.text(fields["env"], of: "`env`") {
            return places.areRead ? inEnvironment(variable, of: "env").map { Secret($0) } : Secret(Self.standIn)
        }
        error(
            "wrong-value", at: node, "\(what) does not say where its value is kept",
            remedy: "write `{file: PATH}` or `{env: VARIABLE}`")
        return nil
    }
}
