import RuleText
import ArgumentParser
import Classification

/// `wardflux rules check`.
struct RulesCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check a rule file: syntax, unreachable rules, costly patterns, conflicting providers.",
        discussion: "Needs no database. Ends with 0 where the file can be used (with warnings too), else with 1.")

    @Argument(help: "The rule file; '-' is standard input.", completion: .file())
    var file: String

    @Flag(name: .long, help: "Print the problems as JSON.")
    var json = false

    func run() throws {
        let problems = RuleSet.check(user: try FileText.text(file))
        let errors = problems.count { $0.severity == .error }
        let warnings = problems.count - errors
        let console = Console.current
        if json {
            console.line(JSONWriter.pretty(.array(problems.map { RuleJSON.problem($0, file: file) })))
        } else {
            for problem in problems { console.errorLine(TextWidth.safe(RuleFileText.line(problem, file: file))) }
            let verdict = errors > 0 ? "cannot be used" : "is good"
            console.line(
                "\(file) \(verdict): \(Units.count(Int64(errors), "error")), \(Units.count(Int64(warnings), "warning"))"
            )
        }
        if errors > 0 { throw QuietExit(status: .failed) }
    }
}
