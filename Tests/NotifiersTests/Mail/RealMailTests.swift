import Alerting
import Inventory
import Listing
import Testing

@testable import Notifiers

/// Mails through a real SMTP server, which reads them with Python's own mail parser.
@Suite(.serialized, .enabled(if: NotifierBed.areInstalled || NotifierBed.isRequired)) struct RealMailTests {
    private static func settings(_ port: Int, _ certificate: TestCertificate? = nil) -> MailSettings {
        var settings = MailSettings(
            host: "localhost", from: "WARD FLUX <wardflux@example.org>", to: ["NOC მაგთი <noc@example.org>"])
        settings.port = port
        settings.caFile = certificate?.authority
        settings.protection = certificate == nil ? .plain : .startTLS
        settings.timeoutSeconds = 10
        return settings
    }

    private static func server(_ arguments: [String]) async throws -> (process: PeerProcess, port: Int) {
        let process = try PeerProcess("mail")
        return (process, try await process.startPython("smtp_receiver.py", ["\(process.folder)/record"] + arguments))
    }

    private static func send(_ settings: MailSettings, _ notice: AlertNotice = Notices.notice()) async throws
        -> NotifierError?
    {
        let notifier = try Notifiers.make(.mail(settings), NotifierBed.surroundings)
        let error = await NotifierContract.failure(notifier, notice)
        await notifier.close()
        return error
    }

    @Test func aMailIsReadAsItWasMeant() async throws {
        let (process, port) = try await Self.server([])
        var notice = Notices.notice()
        notice.alerts[0].annotations["description"] = ".\nდაკარგულია <b>"
        #expect(try await Self.send(Self.settings(port), notice) == nil)
        let mail = try #require(try Records.all(process).first)
        #expect(mail["subject"] == "Interface Gi0/0/1 down on CORE-SW-03 (CRITICAL)")
        #expect(mail["sender"] == "WARD FLUX <wardflux@example.org>")
        #expect(mail["recipients"] == "NOC მაგთი <noc@example.org>")
        #expect(mail["date"] == "2026-03-01T04:00:00+00:00")
        #expect(mail["defects"] == [])
        #expect(Records.text(mail["text"]).contains("დაკარგულია <b>"))
        #expect(Records.text(mail["html"]).contains("დაკარგულია &lt;b&gt;"))
        #expect(Records.text(mail["text"]).contains("https://wardflux.example.org/alerts/"))
        #expect(mail["is_protected"] == false)
    }

    @Test(arguments: [["--login-only"], ["--implicit"], []])
    func protectedAndAuthenticated(_ more: [String]) async throws {
        let certificate = try await TestCertificate()
        let (process, port) = try await Self.server(
            ["--tls", certificate.certificate, certificate.key, "--login", "ward", "pw-secret-9"] + more)
        for (host, isGood) in [("localhost", true), ("127.0.0.1", true), ("127.0.0.2", false)] {
            var settings = Self.settings(port, certificate)
            settings.host = host
            if more == ["--implicit"] { settings.protection = .tls }
            settings.user = "ward"
            settings.password = Secret("pw-secret-9")
            let error = try await Self.send(settings)
            #expect((error == nil) == isGood, "\(host): \(error?.reason ?? "")")
        }
        let mails = try Records.all(process)
        #expect(mails.count == 2)
        #expect(mails.allSatisfy { $0["is_protected"] == true && $0["is_authenticated"] == true })
    }

    @Test func aWrongPasswordMayBeMendedAndIsNotShown() async throws {
        let certificate = try await TestCertificate()
        let (process, port) = try await Self.server(
            ["--tls", certificate.certificate, certificate.key, "--login", "ward", "right"])
        var settings = Self.settings(port, certificate)
        settings.user = "ward"
        settings.password = Secret("pw-secret-9")
        let error = try #require(try await Self.send(settings))
        #expect(!error.isLasting)
        #expect(error.reason.contains("535"))
        #expect(!error.reason.contains("secret"))
        #expect(try Records.all(process).isEmpty)
    }

    @Test func aCertificateOfAnotherAuthorityIsRefused() async throws {
        let certificate = try await TestCertificate()
        let (process, port) = try await Self.server(["--tls", certificate.certificate, certificate.key])
        let other = try await TestCertificate()
        for protection in [MailSettings.Protection.startTLS, .startTLSIfOffered] {
            var settings = Self.settings(port, other)
            settings.protection = protection
            let error = try #require(try await Self.send(settings))
            #expect(!error.isLasting)
            #expect(error.reason.contains("certificate"), "\(error.reason)")
        }
        #expect(try Records.all(process).isEmpty)
    }

    @Test(arguments: ["starttls_injection", "starttls_injection_in_part"])
    func wordsSlippedInBeforeTLSAreNotHeard(_ mode: String) async throws {
        let peer = try PeerProcess("fault")
        let port = try await peer.startPython("fault_peer.py", [mode])
        let certificate = try await TestCertificate()
        let error = try #require(try await Self.send(Self.settings(port, certificate)))
        #expect(error.reason.contains("before TLS began"))
        peer.stop()
    }

    @Test func onlyThoseWhoWaitGetTheNextAttemptsWhichAreTwo() async throws {
        let (process, port) = try await Self.server([
            "--answer", "late@example.org=451 later", "--answer", "gone@example.org=550 unknown",
        ])
        var settings = Self.settings(port)
        settings.to = ["a@example.org", "late@example.org", "gone@example.org"]
        let warnings = Warnings()
        let notifier = try Notifiers.make(.mail(settings), warnings.surroundings)
        let notice = Notices.notice()
        for _ in 0..<2 {
            let error = try #require(await NotifierContract.failure(notifier, notice))
            #expect(!error.isLasting)
            #expect(error.reason.contains("late@example.org"))
        }
        // One full mailbox does not keep the mails of all others waiting for a day.
        #expect(await NotifierContract.failure(notifier, notice) == nil)
        #expect(warnings.all.count == 1 && warnings.all.first?.contains("late@example.org (451 later)") == true)
        #expect(try Records.all(process).map { $0["to"] } == [["a@example.org"]])
        await notifier.close()
    }

    @Test func aMailThatNobodyTookIsTriedAgainAndAgain() async throws {
        let (process, port) = try await Self.server(["--answer", "late@example.org=452 full"])
        var settings = Self.settings(port)
        settings.to = ["late@example.org"]
        let notifier = try Notifiers.make(.mail(settings), NotifierBed.surroundings)
        let notice = Notices.notice()
        for _ in 0..<5 { #expect(await NotifierContract.failure(notifier, notice)?.isLasting == false) }
        #expect(try Records.all(process).isEmpty)
        await notifier.close()
    }

    @Test func peopleWhoAreRefusedAreToldOfWhereOthersAreNot() async throws {
        let (process, port) = try await Self.server(["--answer", "gone@example.org=550 unknown"])
        var settings = Self.settings(port)
        settings.to = ["a@example.org", "gone@example.org"]
        let warnings = Warnings()
        let notifier = try Notifiers.make(.mail(settings), warnings.surroundings)
        #expect(await NotifierContract.failure(notifier) == nil)
        #expect(warnings.all.count == 1)
        #expect(warnings.all.first?.contains("gone@example.org (550 unknown)") == true)
        #expect(try Records.all(process).count == 1)
        await notifier.close()
        settings.to = ["gone@example.org"]
        #expect(try await Self.send(settings)?.isLasting == true)
    }

    @Test(arguments: [("451 try later", false), ("554 spam", true)])
    func aRefusedMailLastsAsItsCodeSays(_ answer: String, _ isLasting: Bool) async throws {
        let (process, port) = try await Self.server(["--answer-mail", answer])
        let error = try #require(try await Self.send(Self.settings(port)))
        #expect(error.isLasting == isLasting, "\(error.reason)")
        #expect(error.reason.contains(answer))
        #expect(try Records.all(process).isEmpty)
    }

    @Test func addressesBeyondASCIIGoThroughSMTPUTF8() async throws {
        var (process, port) = try await Self.server([])
        var settings = Self.settings(port)
        settings.to = ["ნოკი@example.org"]
        #expect(try await Self.send(settings) == nil)
        #expect(try Records.all(process).first?["to"] == ["ნოკი@example.org"])
        (process, port) = try await Self.server(["--no-utf8"])
        settings.port = port
        #expect(try await Self.send(settings)?.isLasting == false)
    }

    @Test func whatCannotWorkIsRefusedWhenItIsRead() {
        let changes: [(String, (inout MailSettings) -> Void)] = [
            ("from", { $0.from = "x" }), ("to", { $0.to = [] }), ("to", { $0.to = ["a@b\r\nc"] }),
            ("host", { $0.host = "a b" }), ("host", { $0.port = 0 }), ("password", { $0.user = "u" }),
            ("user", { $0.password = Secret("p") }), ("helo_name", { $0.heloName = "a\r\nMAIL" }),
            ("timeout", { $0.timeoutSeconds = 0 }), ("ca_file", { $0.caFile = "/nonexistent" }),
            (
                "user",
                {
                    ($0.user, $0.password) = ("u", Secret("p"))
                    ($0.host, $0.sendsPasswordUnprotectedOnLoopback) = ("mail.example.org", true)
                }
            ),
        ]
        for (field, change) in changes {
            var settings = Self.settings(25)
            change(&settings)
            #expect {
                try Notifiers.make(.mail(settings), NotifierBed.surroundings)
            } throws: { "\($0)".hasPrefix(field + ": ") && ($0 as? NotifierError)?.isLasting == true }
        }
    }
}
