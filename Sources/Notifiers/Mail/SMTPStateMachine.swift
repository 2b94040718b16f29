import FoundationEssentials
import Inventory

/// One mail through one connection (RFC 5321): replies in, octets to send out.
///
/// One command at a time. User and password are sent only over TLS, unless the policy says that they may be sent
/// without; nothing learnt before TLS counts after it.
struct SMTPStateMachine {
    /// What is to be sent, and to whom.
    struct Envelope: Sendable {
        var from: MailAddress
        var to: [MailAddress]
        /// Lines ended by CRLF, none longer than 998 octets.
        var message: [UInt8]

        var needsUTF8: Bool { from.needsUTF8 || to.contains(where: \.needsUTF8) }
    }

    /// How to talk.
    struct Policy: Sendable {
        /// The server as it is shown.
        var server: String
        var heloName: String
        var protection: MailSettings.Protection
        var login: Login?
        var mayLogInUnprotected = false
    }

    /// Who we are.
    struct Login: Sendable {
        var user: String
        var password: Secret
    }

    /// What the shell does next.
    enum Action: Equatable {
        /// Nothing until a reply comes.
        case wait
        /// Sends octets, then waits.
        case send([UInt8])
        /// Begins TLS; `tlsBegan` follows.
        case beginTLS
        /// Sends QUIT and closes: the conversation is over.
        case finish(SMTPOutcome)
    }

    /// Where the conversation is: what the next reply answers.
    enum State: Equatable {
        case greeting
        case hello
        /// HELO, to a server that does not know EHLO.
        case oldHello
        case startTLS
        /// The handshake; no reply is expected.
        case handshake
        case authPlain
        case authLogin
        case authUser
        case authPassword
        case mailFrom
        /// The recipient with this index was named.
        case recipient(Int)
        case data
        /// The whole message was sent.
        case message
        case over
    }

    private(set) var state = State.greeting
    private var isProtected: Bool
    private var offers = SMTPOffers(SMTPReply(code: 250, lines: []))
    private var answers: [SMTPReply] = []
    private let envelope: Envelope
    private let policy: Policy
    private let filter: SecretFilter

    init(_ envelope: Envelope, _ policy: Policy) {
        self.envelope = envelope
        self.policy = policy
        isProtected = policy.protection == .tls
        var secrets: [Secret] = []
        if let login = policy.login {
            let texts = [login.password.reveal(), Self.base64(login.password.reveal()), Self.plain(login)]
            secrets = texts.map { Secret($0) }
        }
        filter = SecretFilter(secrets)
    }

    /// A reply came.
    mutating func replyReceived(_ reply: SMTPReply) -> Action {
        switch state {
        case .greeting: greetingReceived(reply)
        case .hello: helloReceived(reply)
        case .oldHello: reply.isPositive ? beginMail() : refused(reply, "HELO")
        case .startTLS: startTLSReceived(reply)
        case .authPlain, .authLogin, .authUser, .authPassword: authReceived(reply)
        case .mailFrom: reply.isPositive ? nameRecipient(0) : refused(reply, "the sender \(envelope.from.address)")
        case .recipient(let index): recipientReceived(reply, index)
        case .data: dataReceived(reply)
        case .message: messageReceived(reply)
        case .handshake: fail("it answered before TLS began", isLasting: false)
        case .over: .wait
        }
    }

    /// TLS began, its certificate verified.
    mutating func tlsBegan() -> Action {
        isProtected = true
        return hello()
    }

    /// How many times the usual patience this step deserves (RFC 5321 4.5.3.2.6).
    var patience: Double { state == .message ? 3 : 1 }

    /// What is being waited for, for an error.
    var step: String {
        switch state {
        case .greeting: "its greeting"
        case .hello, .oldHello: "the answer to EHLO"
        case .startTLS, .handshake: "TLS"
        case .authPlain, .authLogin, .authUser, .authPassword: "the answer to AUTH"
        case .mailFrom: "the answer to MAIL"
        case .recipient: "the answer to RCPT"
        case .data: "the answer to DATA"
        case .message: "the answer to the message"
        case .over: "nothing"
        }
    }
}

// Beginning: who talks to whom, TLS, authentication.
extension SMTPStateMachine {
    private mutating func greetingReceived(_ reply: SMTPReply) -> Action {
        reply.code == 220 ? hello() : refused(reply, "the connection")
    }

    private mutating func hello() -> Action {
        state = .hello
        return command("EHLO \(policy.heloName)")
    }

    private mutating func helloReceived(_ reply: SMTPReply) -> Action {
        let canDoWithout = policy.login == nil && policy.protection != .startTLS && !envelope.needsUTF8
        if [500, 502, 504].contains(reply.code), canDoWithout {
            state = .oldHello
            return command("HELO \(policy.heloName)")
        }
        guard reply.code == 250 else { return refused(reply, "EHLO") }
        offers = SMTPOffers(reply)
        guard !isProtected, policy.protection == .startTLS || policy.protection == .startTLSIfOffered else {
            return logIn()
        }
        if offers.has("STARTTLS") {
            state = .startTLS
            return command("STARTTLS")
        }
        guard policy.protection == .startTLSIfOffered else {
            return fail("it offers no STARTTLS; nothing is sent without", isLasting: false)
        }
        return logIn()
    }

    private mutating func startTLSReceived(_ reply: SMTPReply) -> Action {
        guard reply.code == 220 else { return refused(reply, "STARTTLS") }
        state = .handshake
        return .beginTLS
    }

    private mutating func logIn() -> Action {
        guard let login = policy.login else { return beginMail() }
        guard isProtected || policy.mayLogInUnprotected else {
            return fail("user and password are not sent without TLS, and it offers none", isLasting: false)
        }
        if offers.authentication.contains("PLAIN") {
            state = .authPlain
            return command("AUTH PLAIN \(Self.plain(login))")
        }
        if offers.authentication.contains("LOGIN") {
            state = .authLogin
            return command("AUTH LOGIN")
        }
        return fail("it offers neither AUTH PLAIN nor AUTH LOGIN", isLasting: false)
    }

    private mutating func authReceived(_ reply: SMTPReply) -> Action {
        guard let login = policy.login else { return fail("it asked who we are", isLasting: false) }
        switch (state, reply.code) {
        case (.authPlain, 235), (.authPassword, 235):
            return beginMail()
        case (.authLogin, 334):
            state = .authUser
            return command(Self.base64(login.user))
        case (.authUser, 334):
            state = .authPassword
            return command(Self.base64(login.password.reveal()))
        default:
            return refused(reply, "user and password")
        }
    }

    static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    /// The message of SASL PLAIN (RFC 4616).
    static func plain(_ login: Login) -> String { base64("\u{0}\(login.user)\u{0}\(login.password.reveal())") }
}

// The mail itself.
extension SMTPStateMachine {
    private mutating func beginMail() -> Action {
        if let max = offers.sizeMax, envelope.message.count > max {
            return fail("it takes \(max) octets at most; the mail has \(envelope.message.count)", isLasting: true)
        }
        var line = "MAIL FROM:<\(envelope.from.address)>"
        if offers.has("SIZE") { line += " SIZE=\(envelope.message.count)" }
        if envelope.needsUTF8 {
            guard offers.has("SMTPUTF8"), offers.has("8BITMIME") else {
                return fail("it takes only ASCII addresses (no SMTPUTF8)", isLasting: false)
            }
            line += " BODY=8BITMIME SMTPUTF8"
        }
        state = .mailFrom
        return command(line)
    }

    private mutating func nameRecipient(_ index: Int) -> Action {
        state = .recipient(index)
        return command("RCPT TO:<\(envelope.to[index].address)>")
    }

    private mutating func recipientReceived(_ reply: SMTPReply, _ index: Int) -> Action {
        if reply.code == 421 { return refused(reply, "the connection") }
        answers.append(reply)
        if index + 1 < envelope.to.count { return nameRecipient(index + 1) }
        guard answers.contains(where: \.isPositive) else { return finish() }
        state = .data
        return command("DATA")
    }

    private mutating func dataReceived(_ reply: SMTPReply) -> Action {
        guard reply.code == 354 else { return refused(reply, "DATA") }
        state = .message
        return .send(Self.stuffed(envelope.message))
    }

    private mutating func messageReceived(_ reply: SMTPReply) -> Action {
        reply.isPositive ? finish() : fail("it refuses the mail: \(said(reply))", isLasting: reply.isLasting)
    }

    /// The message with dots stuffed and its end (RFC 5321 4.5.2).
    static func stuffed(_ message: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(message.count + 64)
        var isLineStart = true
        for octet in message {
            if isLineStart, octet == 0x2E { result.append(0x2E) }
            result.append(octet)
            isLineStart = octet == 10
        }
        if !isLineStart { result += [13, 10] }
        return result + [0x2E, 13, 10]
    }
}

// Endings.
extension SMTPStateMachine {
    /// The conversation ended as it should; each recipient has an answer.
    private mutating func finish() -> Action {
        var outcome = SMTPOutcome()
        for (recipient, answer) in zip(envelope.to, answers) {
            let said = "\(recipient.address) (\(said(answer)))"
            if answer.isPositive {
                outcome.taken.append(recipient.address)
            } else if answer.hasNoSuchRecipient {
                outcome.refused.append(said)
            } else {
                outcome.deferred.append(said)
            }
        }
        state = .over
        return .finish(outcome)
    }

    /// What is refused before the mail itself is no fault of it: an operator of either side can mend that.
    private mutating func refused(_ reply: SMTPReply, _ what: String) -> Action {
        fail("it refuses \(what): \(said(reply))", isLasting: false)
    }

    private mutating func fail(_ reason: String, isLasting: Bool) -> Action {
        state = .over
        return .finish(
            SMTPOutcome(error: NotifierError("mail server \(policy.server): \(reason)", isLasting: isLasting)))
    }

    private func said(_ reply: SMTPReply) -> String {
        let text = filter.excerpt(Array(reply.lines.joined(separator: " ").utf8))
        return text.isEmpty ? "\(reply.code)" : "\(reply.code) \(text)"
    }

    private func command(_ line: String) -> Action { .send(Array((line + "\r\n").utf8)) }
}

/// What became of a mail.
struct SMTPOutcome: Sendable, Equatable {
    /// Addresses that the server took it for.
    var taken: [String] = []
    /// Addresses it refused for good, with what it said.
    var refused: [String] = []
    /// Addresses to try again, with what it said.
    var deferred: [String] = []
    /// Why nobody was told.
    var error: NotifierError?
}
