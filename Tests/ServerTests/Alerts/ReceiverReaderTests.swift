import FoundationEssentials
import Inventory
import Notifiers
import RuleText
import Testing

@testable import Server

@Suite struct ReceiverReaderTests {
    /// A file with one receiver, described in one line; `^` marks a place and is left out.
    private static func file(_ line: String) -> (text: String, line: Int, column: Int) {
        let whole = "    " + line
        let column = whole.split(separator: "^", omittingEmptySubsequences: false).first?.count ?? 0
        let text =
            "version: 1\nroute: {receivers: [a]}\nreceivers:\n  - name: a\n"
            + whole.filter { $0 != "^" } + "\n"
        return (text, 5, column + 1)
    }

    @Test func aReceiverOfEachKindIsRead() throws {
        let folder = try AlertFolder()
        try folder.write("https://hooks.example.org/x\n", "hook.url")
        try folder.write("first-key-of-16-octets\r\nsecond-key-of-16-octets\n", "keys")
        let text = """
            version: 1
            route: {receivers: [am, hook, chat, team, people, log]}
            receivers:
              - name: am
                alertmanager:
                  urls: ["http://127.0.0.1:9093", "http://127.0.0.2:9093"]
                  bearer_token_env: TOKEN
                  timeout: 500
              - name: hook
                webhook:
                  url_file: hook.url
                  method: PUT
                  headers: {X-A: b, X-B: {env: TOKEN}, X-C: {file: hook.url}}
                  user: u
                  password: p
                  signing_keys_file: keys
                  template: '{"text": "{{title}}"}'
                  content_type: application/vnd.a+json
                  timeout: 0.5s
              - name: chat
                slack: {url: "https://hooks.example.org/s", timeout: 2m}
              - {name: team, teams: {url_env: TEAMS}}
              - name: people
                mail:
                  {host: "[::1]", port: 2525, tls: tls, user: u, password: p, from: A <a@example.org>,
                   to: b@example.org, helo_name: me, password_unprotected_on_loopback: true}
              - name: log
                syslog:
                  {host: 127.0.0.1, transport: tcp, port: 601, facility: local3, app_name: wf,
                   structured_data_id: a@1}
            """
        let reading = folder.reading(text, environment: ["TOKEN": "t0ken", "TEAMS": "https://teams.example.org/t"])
        #expect(reading.problems == [])
        var am = AlertmanagerSettings(urls: ["http://127.0.0.1:9093", "http://127.0.0.2:9093"])
        (am.authorization, am.timeoutSeconds) = (.bearer(Secret("t0ken")), 500)
        var hook = WebhookSettings(url: Secret("https://hooks.example.org/x"))
        (hook.method, hook.authorization) = (.put, .basic(user: "u", password: Secret("p")))
        hook.headers = ["X-A": Secret("b"), "X-B": Secret("t0ken"), "X-C": Secret("https://hooks.example.org/x")]
        hook.signingKeys = [Secret("first-key-of-16-octets"), Secret("second-key-of-16-octets")]
        (hook.template, hook.contentType) = (#"{"text": "{{title}}"}"#, "application/vnd.a+json")
        hook.timeoutSeconds = 0.5
        var chat = ChatSettings(url: Secret("https://hooks.example.org/s"))
        chat.timeoutSeconds = 120
        var people = MailSettings(host: "[::1]", from: "A <a@example.org>", to: ["b@example.org"])
        (people.port, people.protection, people.user, people.password) = (2525, .tls, "u", Secret("p"))
        (people.heloName, people.sendsPasswordUnprotectedOnLoopback) = ("me", true)
        var log = SyslogSettings(host: "127.0.0.1")
        (log.port, log.transport, log.facility, log.appName, log.structuredDataID) = (601, .tcp, 19, "wf", "a@1")
        let team = ChatSettings(url: Secret("https://teams.example.org/t"))
        let wanted: [NotifierSettings] = [
            .alertmanager(am), .webhook(hook), .slack(chat), .teams(team), .mail(people), .syslog(log),
        ]
        #expect(reading.receivers.map(\.settings) == wanted)
        #expect(reading.receivers.map(\.kind) == Receiver.Kind.allCases)
        #expect(Set(reading.notifiers.keys) == ["am", "hook", "chat", "team", "people", "log"])
        #expect(Set(reading.files.keys) == [folder.path + "/hook.url", folder.path + "/keys"])
    }

    @Test func whatIsNotSaidIsTheDefaultOfTheNotifier() throws {
        let folder = try AlertFolder()
        for (line, wanted) in [
            ("webhook: {url: \"https://h\"}", .webhook(WebhookSettings(url: Secret("https://h")))),
            ("syslog: {host: h}", .syslog(SyslogSettings(host: "h"))),
            ("mail: {host: h, from: a@h, to: [b@h]}", .mail(MailSettings(host: "h", from: "a@h", to: ["b@h"]))),
        ] as [(String, NotifierSettings)] {
            let reading = folder.reading(Self.file(line).text)
            #expect(reading.problems == [] && reading.receivers.map(\.settings) == [wanted], "\(line)")
        }
    }

    /// The line with a mark at the expected place, a part of the message, a part of the remedy.
    @Test(arguments: [
        ("^pigeon: {to: x}", "unknown key `pigeon`", "alertmanager, webhook"),
        ("webhook: {^colour: red, url: \"http://h\"}", "unknown key `colour`", "url_file"),
        ("webhook: ^nothing", "must be a mapping", "url"),
        ("webhook: ^{method: PUT}", "`url` is missing", "url_file"),
        ("webhook: {url: ^\"ftp://h/SECRET\"}", "must begin with https://", "correct it"),
        ("webhook: {url: ^\"\"}", "`url` must be a text", "one text"),
        ("webhook: {url: \"http://h\", url_env: ^SECRET}", "both given", "keep one"),
        ("webhook: {url_file: ^nowhere.url}", "No such file or directory", "path"),
        ("webhook: {url_env: ^UNSET}", "`UNSET`, which is not among", "where the server is started"),
        ("webhook: {url: \"http://h\", method: ^GET}", "`method` is `GET`", "POST, PUT"),
        ("webhook: {url: \"http://h\", signing_keys: ^SECRET}", "shorter than 16", "openssl rand"),
        ("webhook: {url: \"http://h\", template: ^'\"{{nothing}}\"'}", "no 'nothing'", "docs/webhook.md"),
        ("webhook: {url: \"http://h\", template: a, template_file: ^b}", "both given", "keep one"),
        ("webhook: {url: \"http://h\", content_type: ^json, template: a}", "not a media type", "application/json"),
        ("webhook: {url: \"http://h\", headers: ^[a]}", "must be a mapping", "Name: value"),
        ("webhook: {url: \"http://h\", headers: ^{\"A B\": SECRET}}", "not the name of a header", "correct it"),
        ("webhook: {url: \"http://h\", headers: {A: ^{}}}", "does not say where", "{file: PATH}"),
        ("webhook: {url: \"http://h\", headers: {A: {env: ^UNSET}}}", "`UNSET`", "where the server is started"),
        ("webhook: {url: \"http://h\", timeout: ^soon}", "`timeout` is `soon`", "10s"),
        ("webhook: {url: \"http://h\", timeout: ^11m}", "660.0 s is out of range", "0.1 to 600"),
        ("webhook: {url: \"http://h\", ca_file: ^nowhere.pem}", "no certificates can be read", "PEM"),
        ("alertmanager: ^{timeout: 5s}", "`urls` is missing", "urls: …"),
        ("alertmanager: {urls: ^\"http://u:SECRET@h\"}", "user and password are not part of it", "fields of their own"),
        ("alertmanager: ^{urls: \"http://h\", password: SECRET}", "`user` is missing", "user: …"),
        ("alertmanager: ^{urls: \"http://h\", user: u}", "`password` is missing", "password_env"),
        (
            "alertmanager: {urls: \"http://h\", user: ^u, password: SECRET, bearer_token: SECRET}", "both given",
            "keep one"
        ),
        ("alertmanager: {urls: \"http://h\", bearer_token: ^\"S E C\"}", "printable ASCII", "correct it"),
        ("slack: {url: ^\"http://hooks.example.org/SECRET\"}", "must begin with https://", "correct it"),
        ("teams: {url: \"https://h\", ^method: PUT}", "unknown key `method`", "url_env"),
        ("mail: ^{host: h, from: a@h}", "`to` is missing", "to: …"),
        ("mail: {host: h, from: ^nobody, to: b@h}", "'nobody' is not an address", "user@example.org"),
        ("mail: {host: h, port: ^0, from: a@h, to: b@h}", "`port` is `0`", "1 to 65535"),
        ("mail: {host: h, tls: ^ssl, from: a@h, to: b@h}", "`tls` is `ssl`", "starttls_if_offered"),
        ("mail: ^{host: h, from: a@h, to: b@h, user: u}", "password: it is missing", "with the user"),
        ("mail: {host: h, tls: none, from: a@h, to: b@h, user: ^u, password: SECRET}", "without TLS", "starttls"),
        ("syslog: {host: ^\"a b\"}", "'a b' is not a host name", "mail.example.org"),
        ("syslog: {host: h, facility: ^local9}", "`facility` is `local9`", "local0"),
        ("syslog: {host: h, transport: ^sctp}", "`transport` is `sctp`", "udp, tcp, tls"),
        ("syslog: {host: h, app_name: ^\"a b\"}", "app_name", "correct it"),
    ])
    func whatIsWrongIsToldWithItsPlaceAndWithoutSecrets(_ line: String, _ message: String, _ remedy: String) throws {
        let folder = try AlertFolder()
        let (text, row, column) = Self.file(line)
        let reading = folder.reading(text)
        let errors = reading.problems.filter { $0.severity == .error }
        let problem = try #require(errors.first, "\(line)")
        #expect(errors.count == 1, "\(errors)")
        #expect(problem.file == "alerts.yaml" && problem.line == row && problem.column == column, "\(problem)")
        #expect(problem.message.contains(message) && problem.remedy.contains(remedy), "\(problem)")
        #expect(!"\(reading.problems)".contains("SECRET"), "\(problem)")
        #expect(!reading.isUsable && reading.receivers == [])
    }

    @Test func aReceiverIsOfOneKind() throws {
        let folder = try AlertFolder()
        let head = "version: 1\nroute: {receivers: [a]}\nreceivers:\n"
        let none = folder.reading(head + "  - {name: a}\n")
        #expect(none.problems.count == 1 && none.problems.first?.message.contains("does not say how") == true)
        let both = folder.reading(head + "  - {name: a, slack: {url: x}, teams: {url: y}}\n")
        #expect(both.problems.count == 1 && both.problems.first?.message.contains("slack, teams") == true)
    }

    @Test func oneThatIsWrongHidesNoOther() throws {
        let folder = try AlertFolder()
        let text = """
            version: 1
            route: {receivers: [a, b, c]}
            receivers:
              - {name: a, syslog: {}}
              - {name: b, syslog: {host: h}}
              - {name: c, slack: {}}
            """
        let reading = folder.reading(text)
        #expect(reading.problems.map(\.line) == [4, 6] && reading.receivers.map(\.name) == ["b"])
    }

    @Test func aReceiverThatNoRouteLeadsToIsAWarning() throws {
        let folder = try AlertFolder()
        let text = """
            version: 1
            route:
              receivers: [a]
              routes: [{match: [type=isp], escalate: [{after: 5m, receivers: [b]}]}]
            receivers:
              - {name: a, syslog: {host: h}}
              - {name: b, syslog: {host: h}}
              - {name: c, syslog: {host: h}}
            """
        let reading = folder.reading(text)
        #expect(reading.isUsable && reading.problems.map(\.line) == [8])
        #expect(reading.problems.first?.message.contains("`c`") == true)
    }

    @Test func anEmptySecretFileIsNoSecret() throws {
        let folder = try AlertFolder()
        try folder.write("\n\n", "empty")
        let reading = folder.reading(Self.file("slack: {url_file: empty}").text)
        #expect(reading.problems.first?.message.contains("empty file") == true)
    }
}
