import Notifiers

/// A receiver of alerts as the alert file describes it, its secrets read.
struct Receiver: Sendable, Hashable {
    /// How it is told: the key under which the file describes it.
    enum Kind: String, CaseIterable, Sendable, Hashable {
        case alertmanager, webhook, slack, teams, mail, syslog
    }

    /// Its name, by which routes lead to it.
    var name: String
    /// How it is told.
    var kind: Kind
    /// How, in full.
    var settings: NotifierSettings
    /// Files that a notifier reads by itself, as they were: another content asks for another notifier.
    var marks: [String: FileMark] = [:]

    /// Whether it keeps alerts of its own, and is told of each at once and again and again.
    var keepsState: Bool { kind == .alertmanager }
}

/// Where secrets of receivers are kept besides the alert file.
struct SecretPlaces: Sendable {
    /// The folder of the alert file: paths in it that do not begin with `/` begin there.
    var folder: String
    /// The environment of this process.
    var environment: [String: String] = [:]
    /// Whether they are read; for a text that anybody may send they are not: it could ask for any file of this host.
    var areRead = true

    /// The folder of a file.
    init(ofFile path: String, environment: [String: String] = [:]) {
        folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        self.environment = environment
    }

    /// A path as it is meant.
    func path(_ text: String) -> String {
        text.hasPrefix("/") ? text : "\(folder)/\(text)"
    }
}
