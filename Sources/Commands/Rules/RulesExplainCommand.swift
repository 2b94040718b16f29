import ArgumentParser
import Classification
import FoundationEssentials

/// `wardflux rules explain`.
struct RulesExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Why an interface is classified as it is.",
        discussion: """
            Needs no database. Name one interface by options, or many by --batch: a JSON list of objects with id, \
            name, descr, alias, if_type, speed_mbps, admin, oper and neighbour, answered by a JSON list of id, type, \
            provider, confidence, rule and evidence. Labels of rows are passed over; any other key is an error.
            """)

    @Option(name: .long, help: "ifName.")
    var name: String?

    @Option(name: .long, help: "ifDescr.")
    var descr: String?

    @Option(name: .long, help: "ifAlias.")
    var alias: String?

    @Option(name: .long, help: "ifType, the IANA number (6 Ethernet, 24 loopback, 161 LAG, …).")
    var ifType: Int?

    @Option(name: .long, help: "Speed in Mbit/s.")
    var speedMbps: Double?

    @Option(name: .long, help: "File with a JSON list of interfaces; '-' is standard input.", completion: .file())
    var batch: String?

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    @Flag(name: .long, help: "Print the answers to a batch as CSV.")
    var csv = false

    @OptionGroup var rules: RuleFileOptions

    mutating func validate() throws {
        let named = name != nil || descr != nil || alias != nil || ifType != nil || speedMbps != nil
        if named == (batch != nil) {
            throw ValidationError("Name one interface (--name, --descr, --alias, …), or give --batch FILE.")
        }
        if json && csv { throw ValidationError("--json and --csv exclude each other; give one of them.") }
        if csv && batch == nil { throw ValidationError("--csv goes with --batch.") }
        if let speedMbps, !(0..<9_000_000).contains(speedMbps) {
            throw ValidationError("--speed-mbps is 0 to 9000000.")
        }
    }

    /// The interface the options name.
    var input: ClassificationInput {
        let speed = speedMbps ?? 0
        return ClassificationInput(
            name: name ?? "", descr: descr ?? "", alias: alias ?? "", ifType: ifType,
            speedBps: speed > 0 ? Int64(speed * 1_000_000) : nil, adminStatus: nil, operStatus: nil, neighbour: nil)
    }

    func run() throws {
        let rules = try rules.load()
        if let batch {
            try answer(batch, rules)
        } else {
            let explanation = rules.explain(input)
            let text = json ? JSONWriter.pretty(RuleJSON.explanation(explanation)) : explanation.text
            Console.current.line(text)
        }
    }

    private func answer(_ file: String, _ rules: RuleSet) throws {
        let answers = rules.answer(try Self.interfaces(file)).map(RuleJSON.answer)
        let console = Console.current
        if csv {
            console.write(CSVWriter.write(answers.map(Self.flat)))
        } else if json || console.outputWidth == nil {
            console.line(JSONWriter.pretty(.array(answers)))
        } else {
            let table = Table(columns: Columns.explanations, rows: answers.map(Self.flat))
            console.line(table.render(width: console.outputWidth, colours: console.colours))
        }
    }

    /// Reads a batch; throws where the file is no JSON list of interfaces.
    static func interfaces(_ file: String) throws -> [BatchInterface] {
        let bytes = try FileText.readArgument(file)
        do {
            let value = try JSONReader.read(bytes)
            guard let rows = value.items else {
                throw CommandFailure("\(file) holds no JSON list", remedy: "Write a list: [{\"id\": …, \"name\": …}]")
            }
            warnOfKeys(rows, file)
            return try JSONDecoder().decode([BatchInterface].self, from: Data(bytes))
        } catch let error as JSONSyntaxError {
            throw CommandFailure("\(file) is \(error)")
        } catch let error as DecodingError {
            throw CommandFailure("\(file): \(DecodingFailure.sentence(error))")
        }
    }

    /// Unknown keys are told and passed over: a list may carry notes of its own, and a misspelt key must not go unnoticed.
    private static func warnOfKeys(_ rows: [JSONValue], _ file: String) {
        let problems = BatchKeys.problems(rows)
        guard !problems.isEmpty else { return }
        let console = Console.current
        console.errorLine("warning: \(file) has \(Units.count(Int64(problems.count), "unknown key")), passed over")
        for problem in problems.prefix(20) { console.errorLine("  \(problem)") }
        if problems.count > 20 { console.errorLine("  and \(problems.count - 20) more") }
    }

    /// The answer with its evidence in words.
    private static func flat(_ answer: JSONValue) -> JSONValue {
        let members = (answer.members ?? []).map { member in
            guard member.name == "evidence" else { return member }
            let signs = (member.value.items ?? []).map { sign in
                JSONValue.string("\(sign["field"]?.plainText ?? ""): \(sign["matched"]?.plainText ?? "")")
            }
            return JSONValue.Member(name: member.name, value: .array(signs))
        }
        return .object(members)
    }
}

/// Decoding errors in words.
enum DecodingFailure {
    /// Where in the document, and what was expected there.
    static func sentence(_ error: DecodingError) -> String {
        switch error {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
            .dataCorrupted(let context):
            let path = context.codingPath.map { key in
                key.intValue.map { "[\($0)]" } ?? ".\(key.stringValue)"
            }
            return path.joined() + " " + context.debugDescription
        @unknown default: return "\(error)"
        }
    }
}
