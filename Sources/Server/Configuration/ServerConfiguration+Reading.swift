import Configuration
import Inventory
import Jobs
import Logging
import Pipelines
import SNMP

extension ServerConfiguration {
    /// Reads a configuration: flags win over the environment, the environment wins over the file.
    ///
    /// - Parameters:
    ///   - flags: Settings by key, as the command line gave them.
    ///   - environment: All environment variables; those of other programs are ignored.
    ///   - file: Text of the YAML file, nil where there is none.
    ///   - defaultDataDirectory: The data directory where nobody names one.
    /// - Throws: Everything that is wrong, with key, value and remedy.
    public static func read(
        flags: [String: String] = [:], environment: [String: String] = [:], file: String? = nil,
        defaultDataDirectory: String = "/var/lib/wardflux"
    ) throws(ConfigurationError) -> ServerConfiguration {
        let known = ConfigurationKey.all.map(\.name)
        let settings = try file.map { text throws(ConfigurationError) in try YAMLSettings.read(text, known: known) }
        let reader = ConfigReader(providers: [
            InMemoryProvider(name: "flags", values: Self.values(flags)),
            EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: "wardflux"),
            InMemoryProvider(name: "file", values: Self.values(settings ?? [:])),
        ])
        var configuration = ServerConfiguration(dataDirectory: defaultDataDirectory)
        var fields = SettingReader(reader)
        configuration.readServer(&fields)
        configuration.readCatalog(&fields)
        configuration.readSNMP(&fields)
        configuration.readTraps(&fields)
        configuration.readSeries(&fields)
        configuration.readTopology(&fields)
        configuration.readAnomalies(&fields)
        configuration.readAlerts(&fields)
        configuration.readJobs(&fields)
        configuration.readCluster(&fields)
        guard fields.faults.isEmpty else { throw ConfigurationError(fields.faults) }
        return configuration
    }

    private static func values(_ settings: [String: String]) -> [AbsoluteConfigKey: ConfigValue] {
        var values: [AbsoluteConfigKey: ConfigValue] = [:]
        for (name, value) in settings {
            values[AbsoluteConfigKey(ConfigKey(name))] = ConfigValue(.string(value), isSecret: false)
        }
        return values
    }

    private mutating func readServer(_ fields: inout SettingReader) {
        fields.text("data_dir") { dataDirectory = $0 }
        fields.text("http.host") { host = $0 }
        fields.integer("http.port", 0...65_535) { port = $0 }
        fields.boolean("http.require_token") { requiresToken = $0 }
        fields.value("zone", "an IANA name such as Asia/Tbilisi") {
            try? ZoneRules.named($0)
        } set: {
            zone = $0
        }
        if !fields.isGiven("zone") { zone = .host }
        fields.value("log.format", "text or json") {
            LogFormat(rawValue: $0)
        } set: {
            logFormat = $0
        }
        let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
        fields.value("log.level", "one of \(levels)") {
            Logger.Level(rawValue: $0)
        } set: {
            logLevel = $0
        }
        fields.text("http.web_folder") { webFolder = $0 }
        fields.text("rules.file") { rulesFile = $0 }
        fields.boolean("rules.reclassify") { reclassifiesOnChange = $0 }
    }

    private mutating func readSNMP(_ fields: inout SettingReader) {
        fields.integer("snmp.threads", 1...16) { engine.threads = $0 }
        fields.integer("snmp.window", 1...16_384) { engine.window = $0 }
        fields.integer("snmp.receive_buffer", 65_536...1_073_741_824) { engine.receiveBufferOctets = $0 }
        fields.integer("snmp.timeout_ms", 50...60_000) { pipelines.timeoutMilliseconds = $0 }
        fields.integer("snmp.retries", 0...16) { pipelines.retries = $0 }
        fields.integer("snmp.max_repetitions", 1...1000) { pipelines.maxRepetitions = $0 }
        fields.integer("snmp.requests_per_device", 1...16) { pipelines.requestsInFlightPerDevice = $0 }
        fields.integer("snmp.device_seconds", 1...3600) { pipelines.deviceSecondsMax = $0 }
        fields.integer("discovery.devices_at_once", 1...4096) { pipelines.devicesInFlightMax = $0 }
        fields.integer("sweep.questions_per_second", 1...100_000) { pipelines.sweepQuestionsPerSecond = Double($0) }
    }

    private mutating func readJobs(_ fields: inout SettingReader) {
        fields.integer("retention.missing_days", 1...3650) { pipelines.cleanUpAfterDays = $0 }
        fields.integer("retention.job_runs_days", 1...3650) { jobRunsKeptDays = $0 }
        fields.schedule(.discoverAll, &pipelines.discoverAllSchedule)
        fields.schedule(.cleanUp, &pipelines.cleanUpSchedule)
        fields.schedule(.collect, &collection.collectSchedule)
        fields.schedule(.summaries, &collection.summariesSchedule)
        fields.schedule(.topology, &pipelines.discoverTopologySchedule)
    }
}

/// Reads settings one by one and collects what is wrong with them.
struct SettingReader {
    private let reader: ConfigReader
    private(set) var faults: [ConfigurationError.Fault] = []

    init(_ reader: ConfigReader) {
        self.reader = reader
    }

    func isGiven(_ key: String) -> Bool {
        reader.string(forKey: ConfigKey(key)) != nil
    }

    /// Reads a setting; one that may hold a password is not repeated in what is wrong with it.
    mutating func value<Value>(
        _ key: String, _ wanted: String, isSecret: Bool = false, _ parse: (String) -> Value?, set: (Value) -> Void
    ) {
        guard let text = reader.string(forKey: ConfigKey(key)) else { return }
        guard let value = parse(text) else {
            faults.append(.init(key: key, value: isSecret ? nil : text, detail: "give \(wanted)"))
            return
        }
        set(value)
    }

    /// Adds what is wrong with several settings together.
    mutating func refuse(_ fault: ConfigurationError.Fault) { faults.append(fault) }

    mutating func text(_ key: String, set: (String) -> Void) {
        value(key, "a text that is not empty", { $0.isEmpty ? nil : $0 }, set: set)
    }

    mutating func integer(_ key: String, _ range: ClosedRange<Int>, set: (Int) -> Void) {
        value(
            key, "a whole number from \(range.lowerBound) to \(range.upperBound)",
            { text in Int(text).flatMap { range.contains($0) ? $0 : nil } }, set: set)
    }

    mutating func boolean(_ key: String, set: (Bool) -> Void) {
        value(
            key, "true or false", { ["true": true, "yes": true, "false": false, "no": false][$0.lowercased()] },
            set: set)
    }

    mutating func schedule(_ job: JobSwitch, _ schedule: inout Schedule?) {
        if let text = reader.string(forKey: ConfigKey(job.scheduleKey)) {
            do {
                schedule = try Schedule.setting(text)
            } catch {
                faults.append(.init(key: job.scheduleKey, value: text, detail: error.message))
            }
        }
        boolean(job.enabledKey) { if !$0 { schedule = nil } }
    }
}
