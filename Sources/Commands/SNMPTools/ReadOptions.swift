import ArgumentParser
import ObjectNames
import SNMP

/// What the commands that read one agent print, and how.
struct ReadOptions: ParsableArguments {
    @Flag(name: .long, help: "Print numbers in place of names, as snmpwalk -On does without MIBs.")
    var numeric = false

    @Flag(name: .long, help: "Print one JSON object: rows, status, reason, tolerated, requests.")
    var json = false

    @Flag(name: .long, help: "Tell requests, octets and times on standard error.")
    var statistics = false

    /// How variable bindings are written for people.
    var text: ValueText { ValueText(names: numeric ? nil : .standard) }

    /// Runs one reading with an engine of its own.
    ///
    /// An agent that cannot be read is a reading that failed; only what is wrong with the command line or this host is
    /// thrown. `change` may set more of the target.
    func read(
        _ agent: AgentOptions, as credential: CredentialOptions, change: (inout Target) -> Void = { _ in },
        _ operation: (Engine, Target) async throws(SNMPError) -> AgentReading
    ) async throws -> AgentReading {
        let credential = try credential.required()
        let engine: Engine
        do { engine = try Engine() } catch { throw agent.failure(credential).failure(error) }
        defer { engine.shutdown() }
        let start = ContinuousClock.now
        var reading: AgentReading
        do throws(SNMPError) {
            var target = try agent.target(credential)
            change(&target)
            reading = try await operation(engine, target)
        } catch {
            reading = try failed(error, agent.failure(credential))
        }
        let counted = engine.statistics
        reading.statistics = counted
        reading.elapsed = .now - start
        reading.requests = counted.requests
        return reading
    }

    private func failed(_ error: SNMPError, _ told: AgentFailure) throws -> AgentReading {
        if case .invalidArgument(let text) = error.code { throw CommandFailure(text, status: .usage) }
        if error.code == .cancelled { throw CancellationError() }
        return AgentReading(
            status: .failed, reason: told.cause(error), failure: told.failure(error, status: .noAnswer))
    }

    /// Prints a reading and ends the command as it ended.
    func show(_ reading: AgentReading) throws {
        let console = Console.current
        if json {
            console.line(JSONWriter.pretty(reading.json))
        } else {
            let text = text
            let shown = reading.varBinds + [reading.absence].compactMap(\.self)
            console.write(shown.map { text.line($0) + "\n" }.joined())
        }
        tell(reading)
        try reading.conclude()
    }

    /// `--statistics`.
    func tell(_ reading: AgentReading) {
        guard statistics, let counted = reading.statistics else { return }
        Console.current.errorLine(ReadingStatistics.line(counted, reading.elapsed))
    }
}

/// What a reading cost, in one line.
enum ReadingStatistics {
    static func line(_ counted: EngineStatistics, _ elapsed: Duration) -> String {
        let microseconds = elapsed.components.seconds * 1_000_000 + elapsed.components.attoseconds / 1_000_000_000_000
        let parts = [
            Units.count(Int64(counted.requests), "request"),
            Units.count(Int64(counted.retransmissions), "retransmission"),
            Units.count(Int64(counted.responses), "response"),
            Units.count(Int64(counted.datagrams), "datagram") + " received",
            Units.count(Int64(counted.octets), "octet") + " received",
            "\(counted.late) late", "\(counted.duplicate) duplicate", "\(counted.undecodable) undecodable",
            "\(Double(microseconds / 100) / 10) ms",
        ]
        return "statistics: " + parts.joined(separator: ", ")
    }
}
