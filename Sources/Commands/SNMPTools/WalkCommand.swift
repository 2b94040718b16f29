import ArgumentParser
import SNMP

/// `wardflux walk`.
struct WalkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "walk",
        abstract: "Print everything a device has under an object, as snmpbulkwalk does.",
        discussion: "Ends with 0 where all was read, 3 where the walk broke off, 4 where nothing could be read.")

    @OptionGroup var agent: AgentOptions
    @OptionGroup var credential: CredentialOptions
    @OptionGroup var options: ReadOptions

    @Argument(
        help: "Where to begin: dotted, or a name such as system, ifTable, ifXTable, IF-MIB::ifAlias.",
        transform: ObjectArgument.parse)
    var oid: ObjectArgument = .mib2

    @OptionGroup var bulk: BulkOptions

    @Option(
        name: .long,
        help: ArgumentHelp(
            "At most this many values; a walk that has more ends as partial. (default: 1,000,000)", valueName: "count"))
    var limit: Int?

    mutating func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit is at least 1.") }
    }

    func run() async throws {
        let root = oid.oid
        let request = TableRequest(columns: [root], rowLimit: limit ?? 1_000_000)
        let reading = try await options.read(agent, as: credential, change: bulk.apply) {
            (engine, target) async throws(SNMPError) in
            let table = try await engine.table(request, from: target)
            var reading = AgentReading()
            if let column = table.columns.first {
                reading.varBinds = (0..<column.count).map { VarBind(column.name(at: $0), column.value(at: $0)) }
                reading.end(column.status)
                if column.status == .absent { await Self.readInstance(root, into: &reading, engine, target) }
            }
            reading.tolerated = ToleratedNames.names(table.tolerated, engine.statistics)
            return reading
        }
        try options.show(reading)
    }

    /// Nothing is below the name: it may be an instance itself, as snmpwalk tries too.
    private static func readInstance(
        _ name: ObjectIdentifier, into reading: inout AgentReading, _ engine: Engine, _ target: Target
    ) async {
        let found = (try? await engine.get([name], from: target))?.first
        if let found, !found.value.isException {
            reading.varBinds = [found]
        } else {
            reading.absence = found ?? VarBind(name, .noSuchObject)
        }
    }
}

/// How much of a table is asked for at a time.
struct BulkOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The most rows one request asks for; fewer are asked where more would not fit an answer.",
            valueName: "count"))
    var maxRepetitions = 64

    mutating func validate() throws {
        guard (1...Int(Int32.max)).contains(maxRepetitions) else {
            throw ValidationError("--max-repetitions is 1 to 2147483647.")
        }
    }

    /// Sets what was given.
    func apply(to target: inout Target) { target.maxRepetitions = maxRepetitions }
}
