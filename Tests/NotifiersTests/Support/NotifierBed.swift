import Glibc
import Inventory
import Testing

@testable import Notifiers

/// One kind of notifier with its real receiver, for the contract.
struct NotifierBed: Sendable, CustomTestStringConvertible {
    var name: String
    /// Whether a receiver can be silent, garble or close: false for datagrams.
    var isConnected = true
    /// Whether a receiver answers: false for syslog, which only closes.
    var isAnswered = true
    /// Whether repetitions are swallowed by the receiver itself.
    var swallowsRepetitions = false
    /// What must never be shown.
    var secrets: [String] = []
    var settings: @Sendable (_ port: Int, _ certificate: TestCertificate?, _ timeoutSeconds: Double) -> NotifierSettings
    var receiver: @Sendable (_ certificate: TestCertificate?) async throws -> Receiver
    var needsCertificate = false

    var testDescription: String { name }

    static var areInstalled: Bool {
        PeerProcess.areInstalled(
            "/usr/bin/python3", "/usr/bin/openssl", "/usr/bin/prometheus-alertmanager", "/usr/sbin/rsyslogd")
            && access("/usr/lib/python3/dist-packages/aiosmtpd", R_OK) == 0
    }

    static let isRequired = getenv("CI") != nil

    static let surroundings = NotifierSurroundings(
        hostName: "monitor", now: { Notices.start.advanced(bySeconds: 60) }, warn: { _ in })

    static let all: [NotifierBed] = [
        alertmanager, webhook, template, slack, teams, mail, syslog(.udp), syslog(.tcp), syslog(.tls),
    ]

    private static let password = "pw-Zq7!xK2#secret"

    static let alertmanager = NotifierBed(
        name: "alertmanager", swallowsRepetitions: true, secrets: [password],
        settings: { port, _, timeout in
            var settings = AlertmanagerSettings(urls: ["http://127.0.0.1:\(port)"])
            settings.authorization = .basic(user: "wardflux", password: Secret(password))
            settings.timeoutSeconds = timeout
            return .alertmanager(settings)
        },
        receiver: { _ in try await .alertmanager() })

    static let webhook = NotifierBed(
        name: "webhook", secrets: [password, "key-0123456789abcdef", "hook-token-4711"],
        settings: { port, _, timeout in
            .webhook(webhookSettings(port, timeout))
        },
        receiver: { _ in try await .http() })

    static let template = NotifierBed(
        name: "webhook with a template", secrets: [password],
        settings: { port, _, timeout in
            var settings = webhookSettings(port, timeout)
            settings.method = .put
            settings.template = """
                {"text": "{{title}}", "alerts": [{{#alerts}}{"m": "{{{message}}}", "d": "{{device.name}}",
                "l": "{{#labels}}{{name}}={{&value}};{{/labels}}"}{{^last()}},{{/last()}}{{/alerts}}]}
                """
            return .webhook(settings)
        },
        receiver: { _ in try await .http() })

    static func webhookSettings(_ port: Int, _ timeout: Double) -> WebhookSettings {
        var settings = WebhookSettings(url: Secret("http://127.0.0.1:\(port)/hook-token-4711?x=1"))
        settings.authorization = .bearer(Secret(password))
        settings.headers = ["X-Api-Key": Secret(password)]
        settings.signingKeys = [Secret("key-0123456789abcdef")]
        settings.timeoutSeconds = timeout
        return settings
    }

    private static let chatPath = "/services/T0/B0/XyZsecret99"

    static let slack = NotifierBed(
        name: "slack", secrets: [chatPath],
        settings: { port, _, timeout in .slack(chatSettings(port, timeout)) }, receiver: { _ in try await .http() })

    static let teams = NotifierBed(
        name: "teams", secrets: [chatPath],
        settings: { port, _, timeout in .teams(chatSettings(port, timeout)) }, receiver: { _ in try await .http() })

    static func chatSettings(_ port: Int, _ timeout: Double) -> ChatSettings {
        var settings = ChatSettings(url: Secret("http://127.0.0.1:\(port)\(chatPath)"))
        settings.timeoutSeconds = timeout
        return settings
    }

    static let mail = NotifierBed(
        name: "mail", secrets: [password, SMTPStateMachine.base64(password)],
        settings: { port, certificate, timeout in
            var settings = MailSettings(
                host: "localhost", from: "WARD FLUX <wardflux@example.org>", to: ["noc@example.org"])
            settings.port = port
            settings.user = "wardflux"
            settings.password = Secret(password)
            settings.caFile = certificate?.authority
            settings.timeoutSeconds = timeout
            return .mail(settings)
        },
        receiver: { certificate in
            guard let certificate else { throw PeerTrouble("no certificate") }
            return try await .mail(["--tls", certificate.certificate, certificate.key, "--login", "wardflux", password])
        },
        needsCertificate: true)

    static func syslog(_ transport: SyslogSettings.Transport) -> NotifierBed {
        NotifierBed(
            name: "syslog over \(transport.rawValue)", isConnected: transport != .udp, isAnswered: false,
            settings: { port, certificate, timeout in
                var settings = SyslogSettings(host: "127.0.0.1")
                settings.port = port
                settings.transport = transport
                settings.caFile = certificate?.authority
                settings.timeoutSeconds = timeout
                return .syslog(settings)
            },
            receiver: { try await .syslog(transport, $0) }, needsCertificate: transport == .tls)
    }
}
