import Alerting
import Inventory
import Listing
import RuleText

/// What `/alerts/replay` is asked.
struct AlertReplayChange: Sendable {
    /// Which of the alerts are told.
    let choice: ReplayChoice
    /// The text of the file that is tried; nil where the rules in force are run.
    let text: String?
    private let isCompared: Bool?
    private let from: Timestamp
    private let to: Timestamp

    private static let fileRule = TextRule.text(max: AlertFile.octetsMax)
    private static let ruleRule = TextRule.name(max: 128)
    private static let limitRange = 1...1_000
    private static let limitStandard = 200
    private static let daySeconds = 86_400.0
    /// Alerts that are looked through, whatever the limit: those of a replay are gathered as they end, and what still
    /// fires at the end comes last.
    static let alertsMax = 10_000

    /// Reads the body of a request, which may be empty; `keptSeconds` is for how long readings are kept.
    init(_ request: APIRequest, now: Timestamp, keptSeconds: Int) throws(Problem) {
        var fields = try BodyFields(request)
        text = fields.text("rules", Self.fileRule, secret: true).value
        isCompared = fields.boolean("compare").value
        choice = ReplayChoice(
            rule: fields.text("rule", Self.ruleRule).value,
            device: fields.identifier("device_id", of: Device.self).value,
            interface: fields.identifier("interface_id", of: Interface.self).value,
            limit: fields.integer("limit", in: Self.limitRange).value ?? Self.limitStandard)
        let (first, last) = (fields.moment("from", now: now).value, fields.moment("to", now: now).value)
        to = last ?? now
        from = first ?? to.advanced(bySeconds: -Self.daySeconds)
        if to > now { fields.conflict("to", value: to.description, "history ends now, at \(now)") }
        if from >= to {
            fields.conflict(
                "from", value: from.description,
                "the range begins at \(from) and ends at \(to); give a from before to")
        }
        let oldest = now.advanced(bySeconds: -Double(keptSeconds))
        if from < oldest {
            fields.conflict(
                "from", value: from.description,
                "readings are kept for \(keptSeconds / 86_400) days; give a from of \(oldest) or later")
        }
        try fields.finish()
    }

    /// What is to be run; throws where the text has errors, or there is no such rule.
    ///
    /// All rules are run, whichever are asked for: an earlier one may decide, and others find causes. `problems` are
    /// those that the server finds in the text, its receivers included.
    func question(inForce: AlertFile, problems: [RuleFileProblem] = []) throws(Problem) -> AlertReplayQuestion {
        let file = try file(inForce, problems)
        let names = file.effectiveRules.map(\.id)
        if let rule = choice.rule, !names.contains(rule) {
            let hint = NearestName.of(rule, among: names).map { "; did you mean '\($0)'?" } ?? ""
            throw TopologyFinder.refusal(
                "rule", rule, "no rule has this id\(hint)",
                remedy: "GET /api/v1/alerts/rules shows the rules with their ids.")
        }
        let isOther = isCompared ?? (text != nil)
        return AlertReplayQuestion(
            file: file, isCompared: isOther, from: from, to: to, alertsMax: Self.alertsMax)
    }

    private func file(_ inForce: AlertFile, _ found: [RuleFileProblem]) throws(Problem) -> AlertFile {
        guard let text else { return inForce }
        let (file, problems) = AlertFile.read(text, name: "rules")
        let read = problems.filter { $0.severity == .error }
        // Who reads receivers too finds what is found here, and perhaps more.
        let errors = read.isEmpty ? found.filter { $0.severity == .error } : read
        guard errors.isEmpty else {
            let count = errors.count == 1 ? "an error" : "\(errors.count) errors"
            throw .refused(
                "the alert file has \(count)", remedy: "Correct the places named in errors.",
                errors: errors.map { problem in
                    ProblemError(
                        field: "rules", value: nil, detail: "\(problem.message); \(problem.remedy)",
                        line: problem.line, column: problem.column)
                })
        }
        return file
    }

    /// What a body says, in the document.
    static var schema: JSONValue {
        func nullable(_ schema: JSONValue, _ doc: String) -> JSONValue {
            Schema.documented(Schema.nullable(schema), doc)
        }
        return Schema.object(
            [
                ("rules", nullable(fileRule.schema, "The text of an alert file; what is in force where not given.")),
                (
                    "compare",
                    nullable(
                        Schema.boolean(), "Whether to tell what is other by the rules in force; true with rules.")
                ),
                (
                    "from",
                    nullable(
                        MomentAhead.schema,
                        "The first moment, as long ago as readings are kept at most; a day before to where not given.")
                ),
                ("to", nullable(MomentAhead.schema, "The moment after the last; now where not given.")),
                ("rule", nullable(ruleRule.schema, "Tells only alerts of the rule of this id.")),
                ("device_id", nullable(Schema.identifier, "Tells only alerts of this device and its interfaces.")),
                ("interface_id", nullable(Schema.identifier, "Tells only alerts of this interface.")),
                ("limit", nullable(Schema.integer(limitRange), "Most alerts of a list; \(limitStandard).")),
            ], required: [])
    }
}

/// Which alerts of a replay are told.
struct ReplayChoice: Sendable {
    let rule: String?
    let device: DeviceID?
    let interface: InterfaceID?
    let limit: Int

    /// Whether all are.
    var isWhole: Bool { rule == nil && device == nil && interface == nil }

    /// Whether one is.
    func holds(_ alert: ReplayedAlert) -> Bool {
        (rule == nil || alert.rule == rule) && (device == nil || alert.entity.deviceID == device)
            && (interface == nil || alert.entity.interfaceID == interface)
    }
}
