import ArgumentParser
import Server

/// `wardflux doctor`.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check every part, and say what to do where one does not work.",
        discussion: """
            Checks the host, the parts of the server, devices, traffic, alerts, topology and baselines. With --phase it \
            checks what the staged roll-out promises by then: 1 discovery, 2 metrics and alerts too, 3 topology and \
            baselines too; what is switched off then fails. Ends with 0 where nothing failed, else with 1.
            """)

    @Option(
        name: .long, help: ArgumentHelp("Check what this phase of a roll-out promises: 1, 2 or 3.", valueName: "phase"))
    var phase: Int?

    @Option(name: .long, help: ArgumentHelp("Ask this device too, by name or id.", valueName: "device"))
    var device: String?

    @Flag(name: .long, help: "Print the findings as JSON.")
    var json = false

    @OptionGroup var connection: ConnectionOptions

    mutating func validate() throws {
        if let phase, !(1...3).contains(phase) { throw ValidationError("--phase is 1, 2 or 3.") }
    }

    func run() async throws {
        var findings = hostFindings()
        let foundations = ["settings", "directory"]
        if findings.contains(where: { foundations.contains($0.check) && $0.verdict == .failed }) {
            return try end(findings)
        }
        do {
            let (phase, device) = (phase, device)
            findings += try await connection.withRunningAPI { client in
                let answers = await DoctorAnswers.read(client)
                var found = Self.findings(answers, phase: phase)
                if let device { found += await DeviceCheck(client: client).findings(device) }
                return found
            }
        } catch let failure as CommandFailure {
            findings.append(
                Finding(
                    verdict: .failed, check: "server", text: failure.message,
                    remedies: failure.details + [failure.remedy].compactMap(\.self)))
        }
        try end(findings)
    }

    private func end(_ findings: [Finding]) throws {
        show(findings)
        if findings.contains(where: { $0.verdict == .failed }) { throw QuietExit(status: .failed) }
    }

    /// What the answers of a server tell, the foundations first.
    static func findings(_ answers: DoctorAnswers, phase: Int?) -> [Finding] {
        let last = phase ?? 3
        var found =
            ServerChecks(answers, isPromised: phase != nil).findings
            + DiscoveryChecks(answers, isPromised: phase != nil).findings
        if last >= 2 { found += MetricsChecks(answers, isPromised: phase != nil).findings }
        if last >= 2 { found += AlertChecks(answers, isPromised: phase != nil).findings }
        if last >= 3 { found += LearningChecks(answers, isPromised: phase != nil).findings }
        return found
    }

    /// Of the host; a server elsewhere tells of its own in `/health`.
    private func hostFindings() -> [Finding] {
        guard connection.serverAddress == nil else { return [HostChecks.clock()] }
        do {
            return HostChecks.findings(try connection.data.configuration())
        } catch {
            return [HostChecks.clock(), .failed("settings", "\(error)")]
        }
    }

    private func show(_ findings: [Finding]) {
        let console = Console.current
        if json {
            console.line(JSONWriter.pretty(["findings": .array(findings.map(\.json))]))
            return
        }
        for finding in findings { for line in finding.lines { console.line(line) } }
        let counts = Finding.Verdict.allCases.reversed().compactMap { verdict -> String? in
            let count = findings.count { $0.verdict == verdict }
            return count == 0 ? nil : "\(count) \(verdict.rawValue)"
        }
        console.line("\(Units.count(Int64(findings.count), "check")): \(counts.joined(separator: ", "))")
    }
}

extension ConnectionOptions {
    /// As `withAPI`, but on the server that works on the data directory, where one does and answers.
    func withRunningAPI<Outcome: Sendable>(
        _ body: @Sendable (APIClient) async throws -> Outcome
    ) async throws -> Outcome {
        guard TransportOverride.current == nil, serverAddress == nil else { return try await withAPI(body) }
        let configuration = try data.configuration(mustExist: true)
        guard RunningServer.works(on: configuration.dataDirectory) else { return try await withAPI(body) }
        let host = configuration.host.contains(":") ? "[\(configuration.host)]" : configuration.host
        let transport = try HTTPTransport(server: "http://\(host):\(configuration.port)", token: token())
        return try await body(APIClient(transport: transport, peer: transport.peer))
    }
}
