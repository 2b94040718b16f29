import Inventory
import RuleText
import Yams

/// Reads an alert file: rules, routes and the names of receivers; what a receiver needs is read by the notifiers.
struct AlertFileParser {
    var reader: YAMLReader
    private var ids: Set<String> = []
    /// Receivers and labels that routes name.
    var receiversMentioned: [Located<String>] = []
    var labelsMentioned: [Located<String>] = []

    init(file: String) {
        reader = YAMLReader(file: file)
    }

    var problems: [RuleFileProblem] { reader.problems.sorted }

    mutating func file(_ text: String) -> AlertFile {
        var file = AlertFile()
        let root = reader.root(of: text)
        if root == nil, reader.problems.all.isEmpty { checkVersion(nil) }
        guard let root,
            let fields = reader.fields(
                root, of: "the file", known: ["version", "defaults", "rules", "route", "receivers"])
        else { return file }
        checkVersion(fields["version"])
        file.usesShippedRules = reader.flag(fields["defaults"], of: "`defaults`") ?? true
        file.rules = reader.items(fields["rules"], of: "`rules`").compactMap { rule($0) }
        file.route = fields["route"].map { route($0, depth: 0) }
        file.receivers = receivers(fields["receivers"])
        warnOfRulesNeverAsked(file.rules, reader.items(fields["rules"], of: "`rules`"))
        refuseUnknownReceivers(file.receivers)
        warnOfUnknownLabels(file.rules)
        return file
    }

    private mutating func checkVersion(_ node: Node?) {
        guard let node else {
            return reader.problems.error(
                "missing", at: reader.top, "`version` is missing", remedy: "write `version: 1` at the top")
        }
        guard node.string == "1" else {
            return reader.problems.error(
                "wrong-value", at: reader.position(node), "`version` is `\(node.string ?? "?")`",
                remedy: "write `version: 1`")
        }
    }

    // MARK: - Rules

    private static let ruleKeys = [
        "id", "condition", "severity", "where", "above", "below", "clear", "minimum", "for", "clear_after", "changes",
        "within", "send", "labels", "remedy",
    ]

    private mutating func rule(_ node: Node) -> AlertRule? {
        guard let fields = reader.fields(node, of: "a rule", known: Self.ruleKeys) else { return nil }
        let id = required(fields["id"], "id", of: "a rule", at: node).flatMap { name($0, of: "`id` of a rule") }
        guard let conditionNode = required(fields["condition"], "condition", of: id ?? "a rule", at: node),
            let condition = reader.choice(
                conditionNode, of: "`condition`", code: "wrong-value", as: AlertCondition.self),
            let id
        else { return nil }
        if !ids.insert(id).inserted {
            reader.problems.error(
                "duplicate-id", at: reader.position(node), "the rule `\(id)` is written twice", remedy: "rename one")
        }
        var rule = AlertRule(id: id, condition: condition, severity: .medium)
        takeSeverity(fields["severity"], of: condition, at: node, into: &rule)
        rule.scopes = scopes(fields["where"], of: condition.subject)
        takeNumbers(fields, of: condition, into: &rule)
        takeTimes(fields, of: condition, into: &rule)
        rule.isSent = reader.flag(fields["send"], of: "`send`") ?? true
        rule.labels = labels(fields["labels"])
        rule.remedy = reader.text(fields["remedy"], of: "`remedy`")?.value
        return rule
    }

    private mutating func takeSeverity(
        _ node: Node?, of condition: AlertCondition, at place: Node, into rule: inout AlertRule
    ) {
        if condition == .anomaly, node == nil || node?.string == "as_found" {
            (rule.severity, rule.followsSeverity) = (.low, true)
            return
        }
        guard let node = required(node, "severity", of: rule.id, at: place) else { return }
        if let severity = reader.choice(node, of: "`severity`", code: "wrong-value", as: AlertSeverity.self) {
            rule.severity = severity
        }
    }

    private mutating func takeNumbers(
        _ fields: [String: Node], of condition: AlertCondition, into rule: inout AlertRule
    ) {
        let (used, other) = condition.isBelow ? ("below", "above") : ("above", "below")
        for key in condition.hasThreshold ? [other] : ["above", "below", "clear"] {
            refuse(fields[key], "`\(key)` means nothing for `\(condition.rawValue)`")
        }
        if !condition.countsErrors { refuse(fields["minimum"], "`minimum` is for error and discard rates") }
        if condition.hasThreshold {
            rule.threshold = reader.number(fields[used], of: "`\(used)`", in: 0...100) ?? condition.usualThreshold
            rule.clear = reader.number(fields["clear"], of: "`clear`", in: 0...100) ?? rule.threshold
            checkClear(fields["clear"], used, rule)
        }
        if condition.countsErrors {
            rule.minimumCount = count(fields["minimum"], of: "`minimum`", in: 0...1_000_000_000) ?? 10
        }
    }

    private mutating func checkClear(_ node: Node?, _ used: String, _ rule: AlertRule) {
        guard let node, let threshold = rule.threshold, let clear = rule.clear else { return }
        let isWrong = rule.condition.isBelow ? clear < threshold : clear > threshold
        guard isWrong else { return }
        reader.problems.error(
            "wrong-value", at: reader.position(node),
            "`clear` is \(node.string ?? "?"), which is \(rule.condition.isBelow ? "below" : "above") `\(used)`",
            remedy: "write a number on the other side of `\(used)`, or leave it out")
    }

    private mutating func takeTimes(
        _ fields: [String: Node], of condition: AlertCondition, into rule: inout AlertRule
    ) {
        rule.forSeconds = seconds(fields["for"], of: "`for`", atMost: 86_400) ?? 0
        if condition.isEvent { refuse(fields["for"], "`for` means nothing for something that happens once") }
        rule.clearSeconds =
            seconds(fields["clear_after"], of: "`clear_after`", atMost: 604_800) ?? (condition.isEvent ? 1_800 : 0)
        guard condition == .interfaceFlapping else {
            for key in ["changes", "within"] { refuse(fields[key], "`\(key)` is for `interface_flapping`") }
            return
        }
        rule.changes = count(fields["changes"], of: "`changes`", in: 2...60) ?? 6
        rule.withinSeconds = seconds(fields["within"], of: "`within`", atLeast: 1, atMost: 86_400) ?? 600
    }

    /// A rule behind another one for its condition that fits everything never decides.
    private mutating func warnOfRulesNeverAsked(_ rules: [AlertRule], _ nodes: [Node]) {
        var all: [AlertCondition: String] = [:]
        for rule in rules {
            if let first = all[rule.condition], let node = nodes.first(where: { $0["id"]?.string == rule.id }) {
                reader.problems.warning(
                    "unreachable", at: reader.position(node),
                    "the rule `\(rule.id)` is never asked: `\(first)` before it fits everything",
                    remedy: "put it before `\(first)`, or give that one a `where`")
            }
            if rule.scopes.isEmpty, all[rule.condition] == nil { all[rule.condition] = rule.id }
        }
    }
}
