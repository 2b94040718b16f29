import Inventory
import Testing

@testable import Notifiers

struct SMTPStateMachineTests {
    private static let password = "pw-secret-9"

    private static func machine(
        _ protection: MailSettings.Protection = .plain, to: [String] = ["a@example.org"], hasLogin: Bool = false,
        mayLogInUnprotected: Bool = false, from: String = "w@example.org"
    ) throws -> SMTPStateMachine {
        var policy = SMTPStateMachine.Policy(server: "mail:25", heloName: "monitor", protection: protection)
        if hasLogin { policy.login = SMTPStateMachine.Login(user: "u", password: Secret(password)) }
        policy.mayLogInUnprotected = mayLogInUnprotected
        let envelope = SMTPStateMachine.Envelope(
            from: try MailAddress(from, field: "from"), to: try to.map { try MailAddress($0, field: "to") },
            message: Array("a\r\n.b\r\n".utf8))
        return SMTPStateMachine(envelope, policy)
    }

    /// What is sent for each reply; `TLS` where TLS begins, `finish` with the outcome at the end.
    private static func talk(_ machine: SMTPStateMachine, _ replies: [String]) throws -> [String] {
        var (machine, parser) = (machine, SMTPReplyParser())
        var said: [String] = []
        for reply in replies {
            var action: SMTPStateMachine.Action
            if reply == "TLS" {
                action = machine.tlsBegan()
            } else {
                let read = try parser.take(Array((reply + "\r\n").utf8))
                action = machine.replyReceived(try #require(read.first))
            }
            switch action {
            case .wait: said.append("wait")
            case .send(let octets): said.append(String(String(decoding: octets, as: UTF8.self).dropLast()))
            case .beginTLS: said.append("TLS")
            case .finish(let outcome):
                said.append("taken \(outcome.taken) refused \(outcome.refused) deferred \(outcome.deferred)")
                if let error = outcome.error { said[said.count - 1] = "\(error.isLasting): \(error.reason)" }
            }
        }
        #expect(!said.contains { $0.contains(password) })
        return said
    }

    @Test func aMailGoesThroughStepByStep() throws {
        let said = try Self.talk(
            try Self.machine(to: ["a@example.org", "b@example.org"]),
            ["220 hi", "250-hello\r\n250 SIZE 1000", "250 ok", "250 ok", "251 ok", "354 go", "250 done"])
        #expect(
            said == [
                "EHLO monitor", "MAIL FROM:<w@example.org> SIZE=7", "RCPT TO:<a@example.org>",
                "RCPT TO:<b@example.org>", "DATA", "a\r\n..b\r\n.",
                "taken [\"a@example.org\", \"b@example.org\"] refused [] deferred []",
            ])
    }

    @Test func whatWasOfferedBeforeTLSDoesNotCount() throws {
        let said = try Self.talk(
            try Self.machine(.startTLS, hasLogin: true),
            ["220 hi", "250-hello\r\n250-AUTH PLAIN\r\n250 STARTTLS", "220 go", "TLS", "250-hello\r\n250 AUTH LOGIN"])
        #expect(said == ["EHLO monitor", "STARTTLS", "TLS", "EHLO monitor", "AUTH LOGIN"])
    }

    @Test(arguments: [
        (MailSettings.Protection.startTLS, false, "250 hello", "offers no STARTTLS"),
        (.startTLS, true, "250-hello\r\n250 AUTH PLAIN", "offers no STARTTLS"),
        (.startTLSIfOffered, true, "250-hello\r\n250 AUTH PLAIN", "not sent without TLS"),
        (.plain, true, "250-hello\r\n250 AUTH PLAIN", "not sent without TLS"),
    ])
    func withoutTLSNothingThatNeedsItIsSent(
        _ protection: MailSettings.Protection, _ hasLogin: Bool, _ hello: String, _ reason: String
    ) throws {
        let said = try Self.talk(try Self.machine(protection, hasLogin: hasLogin), ["220 hi", hello])
        #expect(said.last?.contains(reason) == true)
        #expect(said.last?.hasPrefix("false: ") == true)
    }

    @Test func passwordsAreSentByPlainOrLogin() throws {
        let login = SMTPStateMachine.Login(user: "u", password: Secret(Self.password))
        let plain = try Self.talk(
            try Self.machine(.tls, hasLogin: true), ["220 hi", "250-hello\r\n250 AUTH CRAM-MD5 LOGIN PLAIN", "235 ok"])
        #expect(plain[1] == "AUTH PLAIN \(SMTPStateMachine.plain(login))")
        #expect(plain[2] == "MAIL FROM:<w@example.org>")
        let other = try Self.talk(
            try Self.machine(.plain, hasLogin: true, mayLogInUnprotected: true),
            ["220 hi", "250-hello\r\n250 AUTH=LOGIN", "334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6", "235 ok"])
        #expect(
            other[1...] == ["AUTH LOGIN", "dQ==", SMTPStateMachine.base64(Self.password), "MAIL FROM:<w@example.org>"])
        let none = try Self.talk(try Self.machine(.tls, hasLogin: true), ["220 hi", "250-h\r\n250 AUTH CRAM-MD5"])
        #expect(none.last?.contains("neither AUTH PLAIN nor AUTH LOGIN") == true)
    }

    @Test(arguments: [
        (["554 go away"], false), (["421 busy"], false), (["220 hi", "550 no"], false),
        (["220 hi", "250 h", "451 greylisted"], false), (["220 hi", "250 h", "553 bad sender"], false),
        (["220 hi", "250 h", "250 ok", "250 ok", "554 no"], false),
        (["220 hi", "250 h", "250 ok", "250 ok", "452 full"], false),
        (["220 hi", "250 h", "250 ok", "250 ok", "354 go", "552 spam"], true),
        (["220 hi", "250 h", "250 ok", "250 ok", "354 go", "421 gone"], false),
        (["220 hi", "250 h", "250 ok", "250 ok", "250 what"], false),
        (["220 hi", "250 h", "250 ok", "421 gone"], false),
        (["220 hi", "250-h\r\n250 SIZE 3"], true),
    ])
    func refusalsLastAsTheirCodesSay(_ replies: [String], _ isLasting: Bool) throws {
        let said = try Self.talk(try Self.machine(), replies)
        #expect(said.last?.hasPrefix("\(isLasting): mail server mail:25: ") == true, "\(said)")
    }

    @Test(arguments: [
        (550, true), (551, true), (553, true), (552, false), (554, false), (501, false), (450, false), (452, false),
    ])
    func onlyARecipientWhoDoesNotExistIsRefusedForGood(_ code: Int, _ isLasting: Bool) throws {
        let said = try Self.talk(try Self.machine(), ["220 hi", "250 h", "250 ok", "\(code) no"])
        let list = "[\"a@example.org (\(code) no)\"]"
        let expected = isLasting ? "refused \(list) deferred []" : "refused [] deferred \(list)"
        #expect(said.last == "taken [] \(expected)")
    }

    @Test func recipientsAreToldApart() throws {
        let to = ["a@example.org", "b@example.org", "c@example.org"]
        let replies = ["220 hi", "250 h", "250 ok", "250 ok", "550 unknown", "451 later", "354 go", "250 ok"]
        let said = try Self.talk(try Self.machine(to: to), replies)
        #expect(
            said.last == "taken [\"a@example.org\"] refused [\"b@example.org (550 unknown)\"] "
                + "deferred [\"c@example.org (451 later)\"]")
        let none = try Self.talk(try Self.machine(to: [to[0]]), ["220 hi", "250 h", "250 ok", "550 unknown"])
        #expect(none.last == "taken [] refused [\"a@example.org (550 unknown)\"] deferred []")
    }

    @Test func anOldServerIsSpokenToWithHELO() throws {
        let said = try Self.talk(try Self.machine(.startTLSIfOffered), ["220 hi", "502 what", "250 h", "250 ok"])
        #expect(said == ["EHLO monitor", "HELO monitor", "MAIL FROM:<w@example.org>", "RCPT TO:<a@example.org>"])
        let strict = try Self.talk(try Self.machine(.startTLS), ["220 hi", "502 what"])
        #expect(strict.last?.contains("refuses EHLO") == true)
    }

    @Test func addressesBeyondASCIINeedAServerThatTakesThem() throws {
        let machine = try Self.machine(to: ["ნოკი@example.org"])
        let said = try Self.talk(machine, ["220 hi", "250-h\r\n250-8BITMIME\r\n250 SMTPUTF8"])
        #expect(said.last == "MAIL FROM:<w@example.org> BODY=8BITMIME SMTPUTF8")
        let refused = try Self.talk(machine, ["220 hi", "250-h\r\n250 8BITMIME"])
        #expect(refused.last?.hasPrefix("false: ") == true)
    }

    @Test func aServerThatRepeatsThePasswordIsNotQuoted() throws {
        let said = try Self.talk(
            try Self.machine(.tls, hasLogin: true),
            [
                "220 hi", "250-h\r\n250 AUTH PLAIN",
                "535 wrong: \(Self.password) \(SMTPStateMachine.base64(Self.password))",
            ])
        #expect(said.last == "false: mail server mail:25: it refuses user and password: 535")
    }
}

struct SMTPReplyTests {
    @Test func repliesAreReadHoweverTheyAreCut() throws {
        let text = "220 hi\r\n250-one\r\n250-two words\n250 three\r\n354\r\n"
        let whole = [
            SMTPReply(code: 220, lines: ["hi"]), SMTPReply(code: 250, lines: ["one", "two words", "three"]),
            SMTPReply(code: 354, lines: [""]),
        ]
        for size in 1...text.utf8.count {
            var parser = SMTPReplyParser()
            var replies: [SMTPReply] = []
            var rest = Array(text.utf8)[...]
            while !rest.isEmpty {
                replies += try parser.take(rest.prefix(size))
                rest = rest.dropFirst(size)
            }
            #expect(replies == whole)
            #expect(!parser.hasRest)
        }
    }

    @Test(arguments: [
        "hello\r\n", "22\r\n", "199 no\r\n", "600 no\r\n", "220x\r\n", "250-a\r\n220 b\r\n", "HTTP/1.1 200 OK\r\n",
        "\r\n",
        "٢٢٠ hi\r\n", String(repeating: "2", count: 5000), String(repeating: "250-x\r\n", count: 200),
    ])
    func whatIsNoReplyIsRefused(_ text: String) {
        #expect(throws: SMTPReplyParser.Garbage.self) {
            var parser = SMTPReplyParser()
            _ = try parser.take(Array(text.utf8))
        }
    }

    @Test func noOctetsTrap() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<2000 {
            var parser = SMTPReplyParser()
            let octets = (0..<60).map { _ in
                generator.next() % 3 == 0
                    ? UInt8.random(in: 0...255, using: &generator)
                    : [50, 53, 48, 45, 13, 10][Int(generator.next() % 6)]
            }
            _ = try? parser.take(octets)
        }
    }
}

/// SplitMix64.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
