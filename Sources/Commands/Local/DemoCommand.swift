import ArgumentParser
import Glibc
import Inventory
import SNMPLab
import Server

/// `wardflux demo`.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "A simulated bank with 876 devices and the whole system on it, in one process, until Ctrl-C.",
        discussion: """
            Everything stays on 127.0.0.0/8. Counters are read every 10 seconds, and what was read in the 15 days \
            before is filled in. The data directory is temporary unless --data-dir names one, which is then kept.
            """)

    @Option(name: .long, help: "bank-876, or grid-DxP: D devices of P ports each.")
    var network = "bank-876"

    @Option(name: .long, help: "TCP port of the API; another one is taken where it is not free.")
    var port = 5001

    @Option(name: .long, help: ArgumentHelp("Data directory to keep.", valueName: "dir"), completion: .directory)
    var dataDir: String?

    @Option(name: .long, help: ArgumentHelp("Days of the past to fill in, 0 to 30.", valueName: "days"))
    var history = 15

    @Option(name: .long, help: ArgumentHelp("Seconds between two polls, 10 to 3600.", valueName: "seconds"))
    var interval = 10

    @Flag(
        name: .long,
        help: ArgumentHelp(
            "End with 0 once devices are as they were simulated, rates are true and the API is healthy, else with 1."))
    var exitWhenReady = false

    mutating func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port is 0 to 65535.") }
        guard (0...30).contains(history) else { throw ValidationError("--history is 0 to 30 days.") }
        guard (10...3600).contains(interval) else { throw ValidationError("--interval is 10 to 3600 seconds.") }
    }

    func run() async throws {
        let network = try LabHost.network(network)
        let lab = try LabHost(source: .network(network), port: LoopbackPort.freeUDP(preferring: 16_161))
        let directory = try dataDir.map { try ScratchDirectory(kept: $0) } ?? ScratchDirectory.make()
        defer { directory.remove() }
        try lab.start(controlSocket: directory.path + "/lab.sock")
        defer { lab.stop() }
        let demo = Demo(
            lab: lab, network: network, directory: directory, port: LoopbackPort.freeTCP(preferring: port),
            historyDays: history, intervalSeconds: interval, endsWhenReady: exitWhenReady)
        try await demo.run()
    }
}

/// The lab, the server on it, and what is printed about both.
struct Demo: Sendable {
    let lab: LabHost
    let network: SimulatedNetwork
    let directory: ScratchDirectory
    let port: Int
    let historyDays: Int
    let intervalSeconds: Int
    let endsWhenReady: Bool
    /// The store of the server below.
    private let store = DemoStore()

    init(
        lab: LabHost, network: SimulatedNetwork, directory: ScratchDirectory, port: Int, historyDays: Int,
        intervalSeconds: Int, endsWhenReady: Bool
    ) {
        self.lab = lab
        self.network = network
        self.directory = directory
        self.port = port
        self.historyDays = historyDays
        self.intervalSeconds = intervalSeconds
        self.endsWhenReady = endsWhenReady
    }

    /// Imports the devices, serves, discovers, prints; ends at Ctrl-C, or when ready where asked.
    func run() async throws {
        let configuration = try ServerConfiguration.read(
            flags: [
                "data_dir": directory.path, "http.host": "127.0.0.1", "http.port": String(port),
                "collection.interval_seconds": String(intervalSeconds),
            ])
        let console = Console.current
        console.line("lab: \(lab.what) on UDP port \(lab.port) of 127.0.0.0/8")
        try await importDevices(configuration)
        let (ready, listening) = AsyncStream.makeStream(of: Int.self)
        let application = ServerApplication(
            configuration, version: ProductVersion.current, logger: configuration.logger(),
            ready: { listening.yield($0) }, opened: { [store] in store.give($0) })
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await application.run()
                return false
            }
            group.addTask {
                for await port in ready { return try await self.greet(port) }
                return false
            }
            while let isReady = try await group.next() {
                if isReady {
                    // The server ends in order, as at Ctrl-C: its signal handlers stand since before it listened.
                    if endsWhenReady { kill(getpid(), SIGINT) }
                } else {
                    listening.finish()
                    group.cancelAll()
                }
            }
        }
    }

    private func importDevices(_ configuration: ServerConfiguration) async throws {
        let csv = Array((lab.devicesCSV ?? "").utf8)
        let report = try await LocalAPI.with(configuration) { client in
            try await client.send(
                "POST", Routes.deviceImport, bytes: csv, contentType: "text/csv",
                query: [(name: "format", value: "csv")])
        }
        try ImportReport(report: report, file: "lab", json: false, dryRun: false).finish()
    }

    /// Waits for the first discovery, checks the API, and tells where to look; true when all is well.
    private func greet(_ port: Int) async throws -> Bool {
        let url = BindAddress(host: "127.0.0.1", port: port).url
        let client = APIClient(transport: try HTTPTransport(server: url, token: nil), peer: url)
        let accepted = try await client.send("POST", Routes.discoverAll)
        guard let id = accepted["id"]?.string else { throw CommandFailure("\(url) names no run of the discovery") }
        let run = try await JobFollower(client: client).follow(id)
        let health = try await client.get(Routes.health)
        let summary = try await client.get(Routes.interfaceSummary)
        let console = Console.current
        console.line(JobFollower.summary(of: run))
        console.line(sentence(summary))
        console.line("dashboard: \(url)/")
        console.line("API: \(url)/api/v1/interfaces/summary   document: \(url)/api/v1/openapi.json")
        console.line("faults: wardflux lab fault \(directory.path)/lab.sock down 127.1.0.1")
        guard JobFollower.status(of: run) == .done, health["status"]?.string == "healthy" else {
            throw CommandFailure(
                "the demo is not as it should be: discovery \(run["state"]?.plainText ?? "unknown"), "
                    + "health \(health["status"]?.plainText ?? "unknown")")
        }
        let differences = lab.groundTruth.map { DemoCheck.differences(summary, $0) } ?? []
        try tell(
            differences, "what was discovered is not what was simulated",
            remedy: "A data directory of its own is needed: without --data-dir it is a new one.")
        try await measure(client)
        console.line(endsWhenReady ? "ready" : "ready; Ctrl-C ends it.")
        return true
    }

    /// Fills in the past, waits for the first rates, and compares them with what was simulated.
    private func measure(_ client: APIClient) async throws {
        let listed = try await client.list(Routes.interfaceList)
        let traffic = DemoTraffic(
            client: client, history: DemoHistory(network: network, interfaces: listed.items))
        let console = Console.current
        if historyDays > 0, let store = store.opened {
            let began = ContinuousClock.now
            let now = Timestamp(milliseconds: LabConfiguration.systemClock())
            let count = try await traffic.fill(days: historyDays, until: now, store)
            let seconds = Int((ContinuousClock.now - began) / .seconds(1))
            console.line("history: \(Units.count(Int64(count), "reading")) of \(historyDays) days in \(seconds) s")
        }
        let differences = try await traffic.check()
        try tell(
            differences, "what is measured is not what was simulated",
            remedy: "Two polls are needed: see \(Routes.health), and the log.")
        if differences.isEmpty { console.line("rates: as they were simulated") }
    }

    /// Ends with a failure where differences matter, else tells them.
    private func tell(_ differences: [String], _ what: String, remedy: String) throws {
        guard !differences.isEmpty else { return }
        let failure = CommandFailure(what, details: differences, remedy: remedy)
        if endsWhenReady { throw failure }
        Console.current.errorLine(failure.description)
    }

    /// `3,247 interfaces: 187 isp, 456 trunk, 201 critical, 3,120 monitored`.
    private func sentence(_ summary: JSONValue) -> String {
        func count(_ name: String) -> String { Units.count(summary[name]?.integer ?? 0) }
        let total = Units.count(summary["total_interfaces"]?.integer ?? 0, "interface")
        return "\(total): \(count("isp_interfaces")) isp, "
            + "\(count("trunk_interfaces")) trunk, \(count("critical_interfaces")) critical, "
            + "\(count("monitoring_enabled")) monitored"
    }
}
