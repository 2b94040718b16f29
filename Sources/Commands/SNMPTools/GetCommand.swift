import ArgumentParser
import Inventory
import SNMP

/// `wardflux get`.
struct GetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "Print the values of objects of a device, as snmpget does.",
        discussion: "Ends with 0 where the device answered, 4 where it did not.")

    @OptionGroup var agent: AgentOptions
    @OptionGroup var credential: CredentialOptions
    @OptionGroup var options: ReadOptions

    @Argument(
        help: "Instances: dotted, or names with their index, such as sysUpTime.0 or IF-MIB::ifDescr.3.",
        transform: ObjectArgument.parse)
    var oids: [ObjectArgument]

    func run() async throws {
        let reading = try await options.read(agent, as: credential) { (engine, target) async throws(SNMPError) in
            let found = try await engine.get(oids.map(\.oid), from: target)
            return AgentReading(varBinds: found, tolerated: ToleratedNames.names([], engine.statistics))
        }
        try options.show(reading)
    }
}

/// `wardflux bulk`.
struct BulkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bulk",
        abstract: "Send one GETBULK and print what the device answers, as snmpbulkget does.",
        discussion: "Ends with 0 where the device answered, 4 where it did not. Version 1 has no GETBULK.")

    @OptionGroup var agent: AgentOptions
    @OptionGroup var credential: CredentialOptions
    @OptionGroup var options: ReadOptions

    @Argument(help: "Where to begin: dotted, or names.", transform: ObjectArgument.parse)
    var oids: [ObjectArgument]

    @Option(name: .long, help: ArgumentHelp("How many of the names are asked only once.", valueName: "count"))
    var nonRepeaters = 0

    @Option(name: .long, help: ArgumentHelp("How often the others are asked.", valueName: "count"))
    var maxRepetitions = 10

    mutating func validate() throws {
        guard (0...oids.count).contains(nonRepeaters) else {
            throw ValidationError("--non-repeaters is 0 to the number of names.")
        }
        guard (0...Int(Int32.max)).contains(maxRepetitions) else {
            throw ValidationError("--max-repetitions is 0 to 2147483647.")
        }
        if credential.effectiveVersion == .v1 {
            throw ValidationError("version 1 has no GETBULK; use get, walk or table, or --version 2c.")
        }
    }

    func run() async throws {
        let reading = try await options.read(agent, as: credential) { (engine, target) async throws(SNMPError) in
            let found = try await engine.getBulk(
                oids.map(\.oid), nonRepeaters: nonRepeaters, maxRepetitions: maxRepetitions, from: target)
            return AgentReading(varBinds: found, tolerated: ToleratedNames.names([], engine.statistics))
        }
        try options.show(reading)
    }
}
