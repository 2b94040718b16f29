import Alerting
import Inventory
import Synchronization

/// Tells people by e-mail: one mail a notice, with the same Message-ID at each attempt.
///
/// Where the server takes a mail for some and defers others, the next two attempts are for those others alone, as long
/// as this process lives; then they are warned of, as those whom it refuses for good: one full mailbox keeps nobody else
/// waiting. Where it refuses all, the notice fails for good.
final class MailNotifier: Notifier {
    private static let recipientsMax = 100
    private static let remembered = 256
    private static let attemptsMax = 3
    private let client: SMTPClient
    private let from: MailAddress
    private let to: [MailAddress]
    private let warn: @Sendable (String) -> Void
    /// Who has a mail that others still wait for, the oldest first.
    private let partial = Mutex<[Partial]>([])

    private struct Partial {
        var id: AlertDeliveryID
        var taken: Set<String> = []
        /// Attempts since the first that somebody took.
        var attempts = 0
    }

    init(_ settings: MailSettings, _ surroundings: NotifierSurroundings) throws(NotifierError) {
        from = try MailAddress(settings.from, field: "from")
        to = try Self.recipients(settings.to)
        warn = surroundings.warn
        let usual = settings.protection == .tls ? 465 : settings.user == nil ? 25 : 587
        let server = try HostPort(host: settings.host, port: settings.port ?? usual, field: "host")
        let helo = settings.heloName ?? surroundings.hostName
        var policy = SMTPStateMachine.Policy(
            server: server.text, heloName: try Self.helo(helo), protection: settings.protection)
        policy.login = try Self.login(settings)
        policy.mayLogInUnprotected = settings.sendsPasswordUnprotectedOnLoopback && server.isLoopback
        if policy.login != nil, settings.protection == .plain, !policy.mayLogInUnprotected {
            throw NotifierError(
                "user: user and password are not sent without TLS; use starttls or tls", isLasting: true)
        }
        client = SMTPClient(
            server: server, tls: try Trust.context(settings.caFile), policy: policy,
            timeoutSeconds: try TimeLimit.checked(settings.timeoutSeconds))
    }

    func send(_ notice: AlertNotice) async throws(NotifierError) {
        let before = partial.withLock { list in list.first { $0.id == notice.id } ?? Partial(id: notice.id) }
        let waiting = to.filter { !before.taken.contains($0.address) }
        guard !waiting.isEmpty else { return }
        let envelope = SMTPStateMachine.Envelope(
            from: from, to: waiting, message: MailMessage.octets(notice, from: from, to: to))
        try settle(try await client.send(envelope), before)
    }

    /// What the outcome of a conversation means for the notice.
    private func settle(_ outcome: SMTPOutcome, _ before: Partial) throws(NotifierError) {
        if let error = outcome.error { throw error }
        var now = before
        now.taken.formUnion(outcome.taken)
        if !now.taken.isEmpty { now.attempts += 1 }
        let server = "mail server \(client.server.text)"
        let isOver = outcome.deferred.isEmpty || now.attempts >= Self.attemptsMax
        remember(now, isOver: isOver)
        guard isOver else {
            throw NotifierError("\(server) asks to try again later: \(outcome.deferred.joined(separator: "; "))")
        }
        let left = outcome.refused + outcome.deferred
        guard !left.isEmpty else { return }
        let reason = "\(server) refuses \(left.joined(separator: "; "))"
        if now.taken.isEmpty { throw NotifierError(reason, isLasting: true) }
        warn("\(reason); others have the mail")
    }

    private func remember(_ one: Partial, isOver: Bool) {
        partial.withLock { list in
            list.removeAll { $0.id == one.id }
            if !isOver, !one.taken.isEmpty { list.append(one) }
            if list.count > Self.remembered { list.removeFirst() }
        }
    }

    private static func recipients(_ texts: [String]) throws(NotifierError) -> [MailAddress] {
        guard (1...recipientsMax).contains(texts.count) else {
            throw NotifierError("to: \(texts.count) addresses; name 1 to \(recipientsMax)", isLasting: true)
        }
        var addresses: [MailAddress] = []
        for text in texts {
            let address = try MailAddress(text, field: "to")
            if !addresses.contains(where: { $0.address == address.address }) { addresses.append(address) }
        }
        return addresses
    }

    private static func login(_ settings: MailSettings) throws(NotifierError) -> SMTPStateMachine.Login? {
        switch (settings.user, settings.password) {
        case (nil, nil): return nil
        case (let user?, let password?):
            guard !user.isEmpty, !user.contains("\u{0}"), !password.reveal().contains("\u{0}") else {
                throw NotifierError("user: user and password hold no NUL, and the user is not empty", isLasting: true)
            }
            return SMTPStateMachine.Login(user: user, password: password)
        case (_?, nil): throw NotifierError("password: it is missing; give one with the user", isLasting: true)
        case (nil, _?): throw NotifierError("user: it is missing; give one with the password", isLasting: true)
        }
    }

    private static func helo(_ name: String) throws(NotifierError) -> String {
        guard !name.isEmpty, name.utf8.count <= 255, name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw NotifierError(
                "helo_name: '\(PlainText.line(name, octetsMax: 80))' is no host name; give one", isLasting: true)
        }
        return name
    }
}
