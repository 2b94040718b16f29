import ArgumentParser
import Discovery
import SNMP

/// `wardflux probe`.
struct ProbeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe",
        abstract: "Read one device and show its interfaces and what each is for; no database is used.",
        discussion:
            "Ends with 0 where all was read, 2 where the device did not give all of it, 1 where it gave nothing.")

    @OptionGroup var agent: AgentOptions
    @OptionGroup var credential: CredentialOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var rules: RuleFileOptions

    func run() async throws {
        let rules = try rules.load()
        let table = try await agent.ask(as: credential) { (engine, target) async throws(SNMPError) in
            try await engine.table(TableAnswer.request, from: target)
        }
        let reading = InterfaceReading.decode(TableAnswer(table))
        let report = ProbeReport(reading: reading, rules: rules)
        let console = Console.current
        if output.json {
            console.line(JSONWriter.pretty(report.json))
        } else if output.csv {
            console.write(CSVWriter.write(report.json["interfaces"]?.items ?? []))
        } else {
            console.line(report.text(width: console.outputWidth, colours: console.colours))
        }
        try warn(reading, console)
    }

    private func warn(_ reading: DeviceReading, _ console: Console) throws {
        for reason in reading.incompletenessReasons {
            console.errorLine("warning: incomplete: \(TextWidth.safe(reason))")
        }
        if let unusable = reading.quirks[.unusableInstance] {
            console.errorLine(
                "warning: \(Units.count(Int64(unusable), "value")) of rows whose ifIndex is beyond 2147483647 or is not "
                    + "one number are left out")
        }
        if !reading.isComplete { throw QuietExit(status: .partial) }
        if reading.interfaces.isEmpty {
            console.errorLine(
                "warning: \(agent.address.text) answers and shows no interfaces; may this community read IF-MIB "
                    + "(1.3.6.1.2.1.2)?")
        }
    }
}
