import API
import Baselines
import FoundationEssentials
import Inventory
import Jobs
import Logging
import Pipelines
import Testing

@testable import Server

@Suite struct ServerConfigurationTests {
    @Test func flagsWinOverTheEnvironmentWhichWinsOverTheFile() throws {
        let file = "http:\n  port: 1\n  host: 127.0.0.1\nlog:\n  format: json\n"
        let environment = ["WARDFLUX_HTTP_PORT": "2", "WARDFLUX_LOG_FORMAT": "text", "HTTP_PORT": "9"]
        let flags = ["http.port": "3"]
        #expect(try ServerConfiguration.read(file: file).port == 1)
        #expect(try ServerConfiguration.read(environment: environment, file: file).port == 2)
        let all = try ServerConfiguration.read(flags: flags, environment: environment, file: file)
        #expect(all.port == 3 && all.logFormat == .text && all.host == "127.0.0.1")
    }

    @Test func withoutSettingsTheDefaultsHold() throws {
        let configuration = try ServerConfiguration.read(file: "# nothing\n", defaultDataDirectory: "/d")
        #expect(configuration.dataDirectory == "/d" && configuration.host == "127.0.0.1" && configuration.port == 5001)
        #expect(configuration.isLoopback && configuration.pipelines.cleanUpAfterDays == 7)
        #expect(configuration.pipelines.discoverAllSchedule?.description == "hourly at :00")
        #expect(configuration.pipelines.cleanUpSchedule?.description == "daily at 04:00")
    }

    @Test(arguments: [
        ("htp:\n  port: 1\n", "htp", "no such key (line 1"),
        ("http:\n  prot: 1\n", "http.prot", "did you mean 'http.port'?"),
        ("http:\n  port: 99999\n", "http.port", "0 to 65535"), ("http:\n  port: [1]\n", "http.port", "not a list"),
        ("log: {format: xml}\n", "log.format", "text or json"), ("zone: Mars/Base\n", "zone", "IANA"),
        ("log:\n  level: loud\n", "log.level", "one of trace"),
        ("rules:\n  reclassify: maybe\n", "rules.reclassify", "true or false"),
        (
            "jobs:\n  discover-all-interfaces:\n    schedule: sometimes\n", "jobs.discover-all-interfaces.schedule",
            "sometimes"
        ),
        ("topology:\n  domains: 'a..b, c d!'\n", "topology.domains", "names of domains"),
        ("topology:\n  infer_from_forwarding: 1\n", "topology.infer_from_forwarding", "true or false"),
        ("anomalies:\n  mode: clever\n", "anomalies.mode", "classic or adaptive"),
        ("anomalies:\n  modes: type:isp=never\n", "anomalies.modes", "type:isp=classic"),
        ("anomalies:\n  modes: 'type:isp=classic, type:nothing=classic'\n", "anomalies.modes", "type:isp=classic"),
        ("anomalies:\n  look_back_days: 6\n", "anomalies.look_back_days", "7 to 56"),
        ("anomalies:\n  minimum_confidence: 2\n", "anomalies.minimum_confidence", "0.0 to 1.0"),
        ("anomalies:\n  classic_threshold: nan\n", "anomalies.classic_threshold", "0.5 to 100.0"),
        ("anomalies:\n  holidays: 2026-13-01\n", "anomalies.holidays", "2026-12-25"),
        ("anomalies:\n  budgets: type:isp=0\n", "anomalies.budgets", "type:isp=20"),
        ("anomalies:\n  budget_per_week: -1\n", "anomalies.budget_per_week", "0 to 100000"),
        ("alerts:\n  external_url: wardflux.example.org\n", "alerts.external_url", "https://"),
        ("alerts:\n  external_url: https://u:p@h\n", "alerts.external_url", "without user"),
        ("alerts:\n  file: ''\n", "alerts.file", "not empty"),
        ("retention:\n  alerts_days: 0\n", "retention.alerts_days", "1 to 3650"),
        ("retention:\n  deliveries_days: 366\n", "retention.deliveries_days", "1 to 365"),
        ("jobs: {learn-baselines: {schedule: never}}\n", "jobs.learn-baselines.schedule", "never"),
        ("just text\n", "", "no keys"), ("a: [\n", "", "not YAML"), ("data_dir: ''\n", "data_dir", "not empty"),
        ("http:\n", "http", "no such key"),
    ])
    func aBadFileNamesTheKeyAndTheRemedy(_ file: String, _ key: String, _ part: String) {
        let error = #expect(throws: ConfigurationError.self) { try ServerConfiguration.read(file: file) }
        #expect(error?.faults.map(\.key) == [key], "\(error.map(String.init) ?? "")")
        #expect(error?.description.contains(part) == true, "\(error.map(String.init) ?? "")")
    }

    @Test func allFaultsAreReportedAtOnce() {
        let file = "http:\n  port: x\nsnmp:\n  retries: 99\n"
        let error = #expect(throws: ConfigurationError.self) { try ServerConfiguration.read(file: file) }
        #expect(error?.faults.map(\.key) == ["http.port", "snmp.retries"])
    }

    @Test func anAddressWithAPasswordIsNotRepeated() {
        let error = #expect(throws: ConfigurationError.self) {
            try ServerConfiguration.read(flags: ["victoria.url": "htp://user:hunter2@localhost"])
        }
        #expect(error?.faults.map(\.key) == ["victoria.url"])
        #expect(error?.description.contains("hunter2") == false)
    }

    @Test func collectionAndSeriesAreSetUp() throws {
        let file = "collection:\n  interval_seconds: 60\nseries:\n  store: victoria\n"
        let configuration = try ServerConfiguration.read(file: file)
        #expect(configuration.collection.intervalSeconds == 60 && configuration.series.kind == .victoria)
        #expect(configuration.collection.collectSchedule?.description == "every 300 s")
    }

    @Test func topologyIsSetUp() throws {
        let standard = try ServerConfiguration.read().pipelines
        #expect(standard.discoverTopologySchedule?.description == "daily at 05:00")
        #expect("\(standard.topology)".contains("infersFromForwarding: false"))
        let file = """
            topology:
              poller_device: core-1
              domains: "Example.net, .branch.example.net.  example.net"
              infer_from_forwarding: true
            jobs: {discover-topology: {schedule: every 300 s}}
            """
        let pipelines = try ServerConfiguration.read(file: file).pipelines
        // Told by its words: the settings themselves are another room's.
        let settings = "\(pipelines.topology)"
        #expect(settings.contains("infersFromForwarding: true") && settings.contains("\"core-1\""))
        #expect(settings.contains(#"["example.net", "branch.example.net"]"#))
        #expect(pipelines.discoverTopologySchedule?.description == "every 300 s")
    }

    @Test func anomaliesAreSetUp() throws {
        let standard = try ServerConfiguration.read().anomalies
        #expect(standard.mode == .adaptive && standard.modes.isEmpty && standard.classicScope == .critical)
        #expect(standard.learnSchedule?.description == "Sunday at 06:00")
        #expect(standard.checkSchedule?.description == "every 300 s")
        #expect(standard.budget.perWeek == nil && standard.detection.lookBackDays == 14)
        let id = InterfaceID.random()
        let file = """
            anomalies:
              mode: classic
              modes: "type:trunk=adaptive, interface:\(id)=adaptive"
              classic_for: all
              classic_threshold: 3.5
              look_back_days: 28
              holidays: 2026-12-24/2026-12-26, --01-07
              budget_per_week: 40
              budgets: type:isp=20, tag:a=b=5
            series: {reading_days: 60}
            """
        let configuration = try ServerConfiguration.read(file: file)
        let anomalies = configuration.anomalies
        #expect(anomalies.mode(of: .random(), type: .isp) == .classic)
        #expect(anomalies.mode(of: .random(), type: .trunk) == .adaptive)
        #expect(anomalies.mode(of: id, type: .isp) == .adaptive)
        #expect(anomalies.classicScope == .all && anomalies.detection.classicThreshold == 3.5)
        #expect(anomalies.detection.lookBackDays == 28 && anomalies.historyDays == 60)
        #expect(configuration.holidays.dates == ["2026-12-24/2026-12-26", "--01-07"])
        let elsewhere = try ServerConfiguration.read(
            file: "series: {store: victoria, reading_days: 7}\nvictoria: {url: \"http://127.0.0.1:8428\"}")
        #expect(elsewhere.anomalies.historyDays == 35, "reading_days is of the embedded store")
        #expect(anomalies.budget.perWeek == 40 && anomalies.budget.groups == [.type(.isp): 20, .tag("a=b"): 5])
    }

    @Test func alertsAreSetUp() throws {
        let standard = try ServerConfiguration.read()
        #expect(standard.alertFile == nil && standard.externalURL == nil)
        #expect(standard.alerts.keptDays == 365 && standard.alerts.deliveriesKeptDays == 30)
        #expect(standard.alerts.checkSchedule?.description == "every 60 s")
        let file = """
            alerts: {file: /etc/wardflux/alerts.yaml, external_url: "https://wardflux.example.org/ui//"}
            retention: {alerts_days: 90, deliveries_days: 7}
            jobs: {check-interface-thresholds: {schedule: every 30 s}}
            """
        let configuration = try ServerConfiguration.read(file: file)
        #expect(configuration.alertFile == "/etc/wardflux/alerts.yaml")
        #expect(configuration.externalURL == "https://wardflux.example.org/ui")
        #expect(configuration.alerts.keptDays == 90 && configuration.alerts.deliveriesKeptDays == 7)
        #expect(configuration.alerts.checkSchedule?.description == "every 30 s")
        let off = try ServerConfiguration.read(flags: ["jobs.check-interface-thresholds.enabled": "false"])
        #expect(off.alerts.checkSchedule == nil)
    }

    @Test(arguments: [
        "", "https://", "https:///x", "http://:80", "ftp://h", "https://h?x", "https://h#x", "https://a b",
    ])
    func otherTextsAreNoBaseOfLinks(_ text: String) {
        #expect(ServerConfiguration.linkBase(of: text) == nil)
    }

    @Test func aJobIsSwitchedAndRescheduled() throws {
        let file =
            "jobs:\n  cleanup-old-interfaces:\n    enabled: false\n  discover-all-interfaces:\n    schedule: every 300 s\n"
        let configuration = try ServerConfiguration.read(file: file)
        #expect(configuration.pipelines.cleanUpSchedule == nil)
        #expect(configuration.pipelines.discoverAllSchedule?.description == "every 300 s")
        let variable = "WARDFLUX_JOBS_DISCOVER_ALL_INTERFACES_SCHEDULE"
        let other = try ServerConfiguration.read(environment: [variable: "daily at 05:00"], file: file)
        #expect(other.pipelines.discoverAllSchedule?.description == "daily at 05:00")
    }

    @Test(arguments: [
        ("127.0.0.1", true), ("127.9.9.9", true), ("::1", true), ("localhost", true), ("0.0.0.0", false), ("::", false),
        ("10.0.0.1", false), ("127.0.0.1.example", false),
    ])
    func loopbackIsToldFromOtherAddresses(_ host: String, _ expected: Bool) {
        var configuration = ServerConfiguration(dataDirectory: "/d")
        configuration.host = host
        #expect(configuration.isLoopback == expected)
        #expect(configuration.apiSettings(.serving).requiresToken == !expected)
    }

    @Test func everyKeyIsDocumented() throws {
        let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "docs/configuration.md")
        let text = String(decoding: try Data(contentsOf: page), as: UTF8.self)
        for key in ConfigurationKey.all {
            #expect(text.contains("| `\(key.name)` | \(key.takes) | \(key.standard) | \(key.doc) |"), "\(key.name)")
        }
    }
}
