import ArgumentParser
import Classification
import RuleText

/// `wardflux rules`.
struct RulesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "Classification rules: what is in force, why an interface is what it is, what a file would change.",
        subcommands: [
            RulesCheckCommand.self, RulesExplainCommand.self, Diff.self, List.self, Reload.self, Shipped.self,
        ])

    /// `wardflux rules list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The rules in force, in the order of their files.")

        @OptionGroup var output: OutputOptions
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withAPI { client in
                let answer = try await client.get(Routes.rules)
                let rows = answer["items"]?.items ?? []
                output.print(rows: rows, columns: Columns.rules, whole: answer, empty: "No rules.")
            }
        }
    }

    /// `wardflux rules diff`.
    struct Diff: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What a rule file would reclassify, before it is applied.")

        @Argument(help: "The rule file; '-' is standard input.", completion: .file())
        var file: String

        @OptionGroup var output: OutputOptions
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            let text = try FileText.text(file)
            try RuleFileText.require(text, file: file)
            try await connection.withAPI { client in
                let answer = try await client.send("POST", Routes.rulesDiff, ["rules": .string(text)])
                let rows = answer["items"]?.items ?? []
                output.print(
                    rows: rows, columns: Columns.reclassifications, whole: answer,
                    empty: "Nothing would change.")
            }
        }
    }

    /// `wardflux rules reload`.
    struct Reload: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read the rule file again now; a broken file keeps the old rules.")

        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withAPI { client in
                let answer = try await client.send("POST", Routes.rulesReload)
                Console.current.line(ObjectSheet.render(answer))
            }
        }
    }

    /// `wardflux rules shipped`.
    struct Shipped: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the shipped rule file, as an example of the language.")

        func run() {
            Console.current.write(RuleSet.shippedText)
        }
    }
}

/// A user's rule file as an argument.
struct RuleFileOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("Rule file on top of the shipped rules (else WARDFLUX_RULES_FILE).", valueName: "file"),
        completion: .file())
    var rules: String?

    /// The shipped rules with the file on top; throws all that is wrong in it.
    func load() throws -> RuleSet {
        guard let file = rules ?? Console.current.variable("WARDFLUX_RULES_FILE") else {
            return try RuleFileText.compile(nil, file: "shipped")
        }
        return try RuleFileText.compile(try FileText.text(file), file: file)
    }
}

/// Rule files on the way to rules.
enum RuleFileText {
    /// Compiles a text on top of the shipped rules; throws a failure with all that is wrong, by line and column.
    static func compile(_ text: String?, file: String) throws(CommandFailure) -> RuleSet {
        do {
            return try RuleSet.load(user: text)
        } catch {
            let lines = error.problems.map { line($0, file: file) }
            throw CommandFailure(
                "\(file) has \(lines.count) \(lines.count == 1 ? "error" : "errors")", details: lines,
                remedy: "`wardflux rules shipped` prints rules to learn from.")
        }
    }

    /// Throws where a text does not compile.
    static func require(_ text: String, file: String) throws(CommandFailure) {
        _ = try compile(text, file: file)
    }

    /// `rules.yaml:3:5: error: message; remedy`.
    static func line(_ problem: RuleFileProblem, file: String) -> String {
        let name = problem.file == "rules" ? file : problem.file
        return "\(name):\(problem.line):\(problem.column): \(problem.severity.rawValue): "
            + "\(problem.message); \(problem.remedy)"
    }
}
