import ArgumentParser
import Discovery
import Inventory
import SNMP

/// `wardflux probe`.
struct ProbeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe",
        abstract: "Read one device and show its interfaces, what each is for, and its neighbours; no database is used.",
        discussion:
            "Ends with 0 where all was read, 2 where the device did not give all of it, 1 where it gave nothing.")

    @OptionGroup var agent: AgentOptions
    @OptionGroup var credential: CredentialOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var rules: RuleFileOptions

    func run() async throws {
        let rules = try rules.load()
        let (table, heard) = try await agent.ask(as: credential) { (engine, target) async throws(SNMPError) in
            let table = try await engine.table(TableAnswer.request, from: target)
            return (table, await Self.neighbours(of: target, engine, after: table))
        }
        let reading = InterfaceReading.decode(TableAnswer(table))
        let neighbours = (try? heard.get()) ?? DeviceNeighbours()
        let report = ProbeReport(reading: reading, neighbours: neighbours, rules: rules)
        let console = Console.current
        if output.json {
            console.line(JSONWriter.pretty(report.json))
        } else if output.csv {
            console.write(CSVWriter.write(report.json["interfaces"]?.items ?? []))
        } else {
            console.line(report.text(width: console.outputWidth, colours: console.colours))
        }
        try warn(reading, heard, console)
    }

    /// How long a device may take to tell of its neighbours.
    private static let neighbourMilliseconds: UInt32 = 60_000

    /// What the device hears; that it tells nothing of that spoils nothing else.
    ///
    /// One that could not tell its interfaces to the end is not asked as much again.
    private static func neighbours(
        of target: Target, _ engine: Engine, after interfaces: SNMP.Table
    ) async -> Result<DeviceNeighbours, SNMPError> {
        guard interfaces.isComplete else { return .success(DeviceNeighbours()) }
        var target = target
        target.deadlineMilliseconds = neighbourMilliseconds
        do throws(SNMPError) {
            let known = NeighbourAnswer(TableAnswer(interfaces))
            let reader = NeighbourReader(target, engine: engine)
            return .success(try await reader.read(options: NeighbourOptions(describesDevice: false), knowing: known))
        } catch {
            return .failure(error)
        }
    }

    private func warn(
        _ reading: DeviceReading, _ heard: Result<DeviceNeighbours, SNMPError>, _ console: Console
    ) throws {
        let unread = Self.unread(heard)
        for reason in unread {
            console.errorLine("warning: neighbours are incomplete: \(TextWidth.safe(reason))")
        }
        for reason in reading.incompletenessReasons {
            console.errorLine("warning: incomplete: \(TextWidth.safe(reason))")
        }
        if let unusable = reading.quirks[.unusableInstance] {
            console.errorLine(
                "warning: \(Units.count(Int64(unusable), "value")) of rows whose ifIndex is beyond 2147483647 or is not "
                    + "one number are left out")
        }
        // Many agents know no neighbour protocol, and some stumble over its columns: that is told, and is no failure.
        if !reading.isComplete { throw QuietExit(status: .partial) }
        if reading.interfaces.isEmpty {
            console.errorLine(
                "warning: \(agent.address.text) answers and shows no interfaces; may this community read IF-MIB "
                    + "(1.3.6.1.2.1.2)?")
        }
    }

    /// Why neighbours are missing, protocol by protocol; empty where all were read.
    private static func unread(_ heard: Result<DeviceNeighbours, SNMPError>) -> [String] {
        switch heard {
        case .success(let neighbours):
            neighbours.failed.sorted { $0.key < $1.key }.map { "\($0.key.rawValue): \($0.value)" }
        case .failure(let error): ["\(error)"]
        }
    }
}
