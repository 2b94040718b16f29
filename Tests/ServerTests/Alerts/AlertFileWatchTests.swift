import Alerting
import FoundationEssentials
import Inventory
import Notifiers
import Pipelines
import RuleText
import Testing

@testable import Server

@Suite struct AlertFileWatchTests {
    private static let syslog = """
        version: 1
        route: {receivers: [log]}
        receivers:
          - {name: log, syslog: {host: 127.0.0.1}}
        """
    private static let alertmanager = """
        version: 1
        defaults: false
        rules: [{id: own, condition: device_unreachable, severity: low}]
        route: {receivers: [am, log]}
        receivers:
          - {name: am, alertmanager: {urls: "http://127.0.0.1:9093"}}
          - {name: log, syslog: {host: 127.0.0.1}}
        """

    /// What a server does: looks, and a reading where they say so.
    private static func follow(_ watch: AlertFileWatch, _ looks: Int = 2) {
        for _ in 0..<looks where watch.look() { watch.reload() }
    }

    @Test func withoutAFileTheShippedRulesHoldAndNobodyIsTold() throws {
        let folder = try AlertFolder()
        let watch = try folder.watch()
        Self.follow(watch, 5)
        #expect(watch.laws.rules.rules == AlertFile.shipped && watch.senders.isEmpty && watch.laws.waitSeconds == 60)
        #expect(watch.laws.routes.ways(for: ["severity": "critical"]).isEmpty)
        #expect(watch.fault == nil && folder.log.isEmpty)
    }

    @Test func aFileThatAppearsIsFollowedOnceItIsNotBeingWrittenAnyMore() throws {
        let folder = try AlertFolder()
        let watch = try folder.watch()
        try folder.write(Self.alertmanager)
        Self.follow(watch, 1)
        #expect(watch.senders.isEmpty)
        Self.follow(watch, 1)
        let laws = watch.laws
        #expect(laws.revision == 1 && laws.rules.rules.map(\.id) == ["own"] && laws.keepsState == ["am"])
        #expect(laws.routes.ways(for: [:]).map(\.receivers) == [["am", "log"]])
        #expect(watch.senders["am"]?.refresh != nil && watch.senders["log"]?.refresh == nil)
        #expect(watch.receivers.map(\.name) == ["am", "log"] && watch.fault == nil && folder.log.count == 1)
    }

    @Test func aBrokenFileKeepsWhatWasAndSaysSo() throws {
        let folder = try AlertFolder()
        try folder.write(Self.syslog)
        let watch = try folder.watch()
        #expect(watch.senders.count == 1 && folder.log.isEmpty)
        try folder.write("version: 1\nroute: {receivers: [nobody]}\nrules: 7\n")
        Self.follow(watch, 4)
        #expect(watch.senders.count == 1 && watch.laws.revision == 1)
        #expect(folder.log.count == 1 && folder.log.first?.contains("alerts.yaml:2:") == true)
        #expect(watch.fault?.contains("2 errors, the first at line 2") == true, "\(watch.fault ?? "")")
        #expect(watch.saying.problems.count == 2 && watch.saying.file.receivers == ["log"])
        try folder.write(Self.alertmanager)
        Self.follow(watch)
        #expect(watch.fault == nil && watch.senders.count == 2 && watch.saying.problems.isEmpty)
    }

    @Test func aFileThatIsGoneKeepsWhatWasUntilItIsBack() throws {
        let folder = try AlertFolder()
        try folder.write(Self.syslog)
        let watch = try folder.watch()
        try folder.remove()
        Self.follow(watch, 5)
        #expect(watch.senders.count == 1 && watch.fault?.contains("gone") == true && folder.log.count == 1)
        try folder.write(Self.syslog)
        Self.follow(watch)
        #expect(watch.senders.count == 1 && watch.fault == nil)
    }

    @Test func aSecretThatIsChangedOrComesLateIsReadAgain() throws {
        let folder = try AlertFolder()
        try folder.write("https://hooks.example.org/first", "url")
        let text = """
            version: 1
            route: {receivers: [chat]}
            receivers: [{name: chat, slack: {url_file: url}}]
            """
        try folder.write(text)
        let watch = try folder.watch()
        func url() -> String? {
            guard case .slack(let settings) = watch.receivers.first?.settings else { return nil }
            return settings.url.reveal()
        }
        try folder.write("https://hooks.example.org/second-one\n", "url")
        Self.follow(watch)
        #expect(url() == "https://hooks.example.org/second-one")
        try folder.write(text.replacing("url_file: url", with: "url_file: late"))
        Self.follow(watch)
        #expect(watch.fault?.contains("late cannot be read") == true && url() != nil)
        try folder.write("https://hooks.example.org/late", "late")
        Self.follow(watch)
        #expect(watch.fault == nil && url() == "https://hooks.example.org/late")
        #expect(!folder.log.joined().contains("hooks.example.org"))
    }

    @Test func aServerDoesNotStartWithABrokenFileAndACommandDoes() throws {
        let folder = try AlertFolder()
        try folder.write("version: 2\n")
        let error = #expect(throws: ConfigurationError.self) { try folder.watch() }
        #expect(error?.faults.map(\.key) == ["alerts.file"])
        #expect(error?.description.contains("alerts.yaml:1:10: error: `version` is `2`") == true)
        let once = try folder.watch(.once)
        #expect(once.laws.rules.rules == AlertFile.shipped && once.fault?.contains("line 1") == true)
    }

    @Test func aFileThatIsNamedMustBeThere() throws {
        let folder = try AlertFolder()
        let error = #expect(throws: ConfigurationError.self) { try folder.watch(named: folder.path + "/own.yaml") }
        #expect(error?.description.contains("No such file or directory") == true)
        try folder.write(Self.syslog, "own.yaml")
        #expect(try folder.watch(named: folder.path + "/own.yaml").senders.count == 1)
    }

    @Test func aReceiverThatDidNotChangeKeepsItsNotifier() throws {
        let folder = try AlertFolder()
        let mail = """
            version: 1
            route: {receivers: [a, b]}
            receivers:
              - {name: a, mail: {host: 127.0.0.1, from: a@example.org, to: b@example.org}}
              - {name: b, mail: {host: 127.0.0.1, from: a@example.org, to: b@example.org}}
            """
        let first = folder.reading(mail)
        let moved = mail.replacing("name: b, mail: {host: 127.0.0.1", with: "name: b, mail: {host: localhost")
        let second = folder.reading(moved, known: first)
        #expect(first.problems == [] && second.problems == [])
        func identity(_ reading: AlertReading, _ name: String) -> ObjectIdentifier? {
            reading.notifiers[name].map { ObjectIdentifier($0 as AnyObject) }
        }
        #expect(identity(first, "a") != nil && identity(first, "a") == identity(second, "a"))
        #expect(identity(first, "b") != identity(second, "b"))
    }

    @Test func aTextIsCheckedWithItsReceivers() throws {
        let folder = try AlertFolder()
        let watch = try folder.watch()
        #expect(watch.check(Self.alertmanager).isEmpty)
        let text = "version: 1\nrules: [{id: a, condition: fire}]\nreceivers: [{name: b, syslog: {}}]\n"
        let problems = watch.check(text)
        #expect(problems.filter { $0.severity == .error }.map(\.line) == [2, 3], "\(problems)")
        #expect(watch.senders.isEmpty && folder.log.isEmpty)
    }

    /// Whoever may send a text must not learn what files and variables this host has.
    @Test func aCheckLooksIntoNothingThatATextNames() throws {
        let folder = try AlertFolder()
        let watch = try folder.watch(environment: ["HOME": "x"])
        for place in ["_file: /etc/passwd", "_file: /nowhere", "_env: HOME", "_env: UNSET"] {
            let text = """
                version: 1
                route: {receivers: [a, b, c, d]}
                receivers:
                  - {name: a, webhook: {url\(place), template_file: /nowhere, ca_file: /nowhere}}
                  - {name: d, webhook: {url: "http://h", signing_keys\(place)}}
                  - {name: b, mail: {host: h, from: a@h, to: b@h, user: u, password\(place)}}
                  - {name: c, webhook: {url: "http://h", headers: {A: {file: /nowhere}, B: {env: UNSET}}}}
                """
            #expect(watch.check(text) == [], "\(place)")
        }
    }
}
