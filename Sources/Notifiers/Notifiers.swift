public import Inventory

/// Makes notifiers of what the configuration says.
public enum Notifiers {
    /// A notifier, with everything checked that can be checked without asking the receiver.
    ///
    /// Reads the files of certificate authorities; opens no connection. `close` it when it is not needed any more.
    /// Errors name the field, the value where it is no secret, and the remedy.
    public static func make(
        _ settings: NotifierSettings, _ surroundings: NotifierSurroundings
    ) throws(NotifierError) -> any Notifier {
        switch settings {
        case .alertmanager(let settings): try AlertmanagerNotifier(settings, surroundings)
        case .webhook(let settings): try WebhookNotifier(settings, surroundings)
        case .slack(let settings): try SlackNotifier(settings, surroundings)
        case .teams(let settings): try TeamsNotifier(settings, surroundings)
        case .mail(let settings): try MailNotifier(settings, surroundings)
        case .syslog(let settings): try SyslogNotifier(settings, surroundings)
        }
    }

    /// Checks settings as `make` does, for a configuration that is read and not yet used.
    public static func check(_ settings: NotifierSettings) async throws(NotifierError) {
        let surroundings = NotifierSurroundings(hostName: "localhost", now: { Timestamp(seconds: 0) }, warn: { _ in })
        await (try make(settings, surroundings)).close()
    }
}

/// What notifiers are told of where they run.
public struct NotifierSurroundings: Sendable {
    /// Name of this machine, as told to mail and syslog servers.
    public var hostName: String
    /// The time.
    public var now: @Sendable () -> Timestamp
    /// Takes what went wrong although the receiver was told: one of several servers or people was not; no secrets.
    public var warn: @Sendable (String) -> Void

    /// Surroundings.
    public init(
        hostName: String, now: @escaping @Sendable () -> Timestamp, warn: @escaping @Sendable (String) -> Void
    ) {
        self.hostName = hostName
        self.now = now
        self.warn = warn
    }
}
