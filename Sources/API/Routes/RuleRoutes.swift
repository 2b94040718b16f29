import Classification
import Inventory
import Listing
import RuleText

/// `/rules`: the classification rules in force, why an interface is what it is, what a file would change.
struct RuleRoutes: RouteGroup {
    let state: APIState
    private static let tag = "rules"
    private static let fileRule = TextRule.text(max: 1_000_000)
    /// Interfaces whose change `diff` shows; all are counted.
    private static let changesMax = 10_000

    var routes: [Route] {
        [list, check, explain, diff, reload]
    }

    private var list: Route {
        Route(
            method: "GET", path: "/rules", operation: "listRules", tag: Self.tag,
            summary: "The rules in force, in the order of their files.",
            query: ShortLists.rules.listParameters(limitDefault: ShortLists.limitDefault),
            answers: [AnswerDescriptions.list("RulePage", "A page of rules.")]
        ) { call in
            let rows = PlacedRow.all(state.services.rules.current.rules)
            return try Answers.list(
                Listing(rows, schema: ShortLists.rules), call, limitDefault: ShortLists.limitDefault)
        }
    }

    private var check: Route {
        Route(
            method: "POST", path: "/rules/check", operation: "checkRules", tag: Self.tag,
            summary: "Checks a rule file: syntax, unreachable rules, costly patterns, conflicting providers.",
            body: Self.fileBody,
            answers: [
                AnswerDescription(
                    status: 200, doc: "What is wrong or doubtful; valid is false where the file cannot be used.",
                    contents: [
                        (
                            "application/json",
                            Schema.object([
                                ("valid", Schema.boolean()),
                                ("problems", Schema.array(Schema.reference("RuleProblem"))),
                            ])
                        )
                    ])
            ]
        ) { call in
            let problems = RuleSet.check(user: try Self.file(call))
            return Answers.json([
                "valid": .boolean(!problems.contains { $0.severity == .error }),
                "problems": .array(problems.map(RuleDocuments.problem)),
            ])
        }
    }

    private var explain: Route {
        Route(
            method: "POST", path: "/rules/explain", operation: "explainRules", tag: Self.tag,
            summary: "Says what the rules make of an interface, and why.",
            body: BodyDescription(
                doc: "What is known of the interface.", contents: [("application/json", RuleQuestion.schema)]),
            answers: [AnswerDescriptions.json("Explanation", "The decision with everything that led to it.")]
        ) { call in
            let question = try RuleQuestion(call.request)
            return Answers.json(RuleDocuments.explanation(state.services.rules.current.explain(question.input)))
        }
    }

    private var diff: Route {
        Route(
            method: "POST", path: "/rules/diff", operation: "diffRules", tag: Self.tag,
            summary: "Says which interfaces a rule file would reclassify, before it is applied.", body: Self.fileBody,
            answers: [
                AnswerDescription(
                    status: 200, doc: "The interfaces that would change.",
                    contents: [("application/json", RuleDocuments.diffSchema)]),
                CommonAnswers.problem(422, "The file has errors."),
            ]
        ) { call in
            let file = try Self.file(call)
            let rules: RuleSet
            do throws(RuleFileError) { rules = try RuleSet.load(user: file) } catch { throw Self.broken(error) }
            let rows = try await state.interfaces.value().listing.rows
            let inputs = rows.map { ClassificationInput(stored: $0.interface) }
            let changes = RuleSet.diff(from: state.services.rules.current, to: rules, over: inputs)
            let shown = changes.prefix(Self.changesMax).map { RuleDocuments.change($0, rows[$0.index]) }
            return Answers.json([
                "items": .array(shown), "next_cursor": .null, "total": .integer(Int64(changes.count)),
            ])
        }
    }

    private var reload: Route {
        Route(
            method: "POST", path: "/rules/reload", operation: "reloadRules", tag: Self.tag,
            summary: "Reads the rule file again; a broken file keeps the rules in force.",
            answers: [
                AnswerDescription(
                    status: 200, doc: "What came of it.",
                    contents: [("application/json", RuleDocuments.reloadSchema)]),
                CommonAnswers.problem(409, "No rule file is configured."),
                CommonAnswers.problem(422, "The file has errors; the rules in force stay."),
            ]
        ) { _ in
            guard let reload = state.services.reloadRules else {
                throw Problem.conflict(
                    "no rule file is configured", remedy: "Set rules.file in the configuration.")
            }
            switch try await reload() {
            case .replaced(let warnings): return Answers.json(RuleDocuments.reload("replaced", warnings, state))
            case .unchanged: return Answers.json(RuleDocuments.reload("unchanged", [], state))
            case .kept(let error): throw Self.broken(error)
            }
        }
    }

    private static var fileBody: BodyDescription {
        BodyDescription(
            doc: "The text of the rule file.",
            contents: [("application/json", Schema.object([("rules", fileRule.schema)]))])
    }

    private static func file(_ call: Call) throws(Problem) -> String {
        var fields = try BodyFields(call.request)
        let file = fields.required("rules", fields.text("rules", fileRule, secret: true))
        try fields.finish()
        return file ?? ""
    }

    private static func broken(_ error: RuleFileError) -> Problem {
        .refused(
            "the rule file has \(error.problems.count { $0.severity == .error }) errors",
            remedy: "Correct the places named in errors; the rules in force stay as they are.",
            errors: error.problems.map { problem in
                ProblemError(
                    field: "rules", value: nil, detail: "\(problem.message); \(problem.remedy)", line: problem.line,
                    column: problem.column)
            })
    }
}
