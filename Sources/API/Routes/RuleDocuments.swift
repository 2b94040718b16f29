import Classification
import Inventory
import Listing
import RuleText

/// What the rules say, as documents.
enum RuleDocuments {
    static func problem(_ problem: RuleFileProblem) -> JSONValue {
        [
            "severity": .string(problem.severity.rawValue), "code": .string(problem.code),
            "file": .string(problem.file), "line": .integer(Int64(problem.line)),
            "column": .integer(Int64(problem.column)), "message": .string(problem.message),
            "remedy": .string(problem.remedy),
        ]
    }

    static func explanation(_ explanation: Explanation) -> JSONValue {
        guard case .object(let members) = verdict(explanation.result) else { return .null }
        return .object(
            members + [
                JSONMember("runners_up", .array(explanation.result.runnersUp.map(runnerUp))),
                JSONMember("readings", .array(explanation.readings.map(reading))),
                JSONMember("matches", .array(explanation.matches.map(match))),
            ])
    }

    static func verdict(_ result: Classification) -> JSONValue {
        [
            "type": .string(result.type.rawValue), "provider": text(result.provider),
            "is_critical": .boolean(result.isCritical), "confidence": .real(result.confidence),
            "rule": .string(result.rule), "evidence": .array(result.evidence.map(evidence)),
        ]
    }

    static func change(_ change: Reclassification, _ row: InterfaceRow) -> JSONValue {
        [
            "id": .string(row.interface.id.description), "device_id": .string(row.interface.deviceID.description),
            "device_name": .string(row.deviceName), "if_index": .integer(row.interface.facts.ifIndex),
            "if_name": text(row.interface.facts.ifName), "if_alias": text(row.interface.facts.ifAlias),
            "changes": .array(change.changes.map(JSONValue.string)), "old": verdict(change.old),
            "new": verdict(change.new),
        ]
    }

    static var diffSchema: JSONValue {
        let item = Schema.object([
            ("id", Schema.identifier), ("device_id", Schema.identifier), ("device_name", Schema.string()),
            ("if_index", Schema.of(.integer)), ("if_name", Schema.nullable(Schema.string())),
            ("if_alias", Schema.nullable(Schema.string())),
            ("changes", Schema.array(Schema.choice(["type", "provider", "critical", "monitoring"]))),
            ("old", Schema.reference("Verdict")), ("new", Schema.reference("Verdict")),
        ])
        return Schema.object([
            ("items", Schema.array(item)), ("next_cursor", ["type": "null"]),
            ("total", Schema.count("How many interfaces would change; the first 10,000 are shown.")),
        ])
    }

    static func reload(_ result: String, _ warnings: [RuleFileProblem], _ state: APIState) -> JSONValue {
        [
            "result": .string(result), "revision": .integer(Int64(state.services.rules.revision)),
            "rules": .integer(Int64(state.services.rules.current.rules.count)),
            "warnings": .array(warnings.map(problem)),
        ]
    }

    static var reloadSchema: JSONValue {
        Schema.object([
            ("result", Schema.choice(["replaced", "unchanged"])),
            ("revision", Schema.count("Rises with each set of rules put in force.")),
            ("rules", Schema.count("How many rules are in force.")),
            ("warnings", Schema.array(Schema.reference("RuleProblem"))),
        ])
    }

    private static func evidence(_ sign: Evidence) -> JSONValue {
        ["field": .string(sign.field), "matched": .string(sign.matched), "rule": .string(sign.rule)]
    }

    private static func runnerUp(_ runner: RunnerUp) -> JSONValue {
        [
            "type": .string(runner.type.rawValue), "rule": .string(runner.rule),
            "confidence": .real(runner.confidence),
        ]
    }

    private static func reading(_ reading: Explanation.Reading) -> JSONValue {
        [
            "field": .string(reading.field), "written": .string(reading.written),
            "read_as": .array(reading.readAs.map(JSONValue.string)), "by": .array(reading.by.map(JSONValue.string)),
        ]
    }

    private static func match(_ match: Explanation.Match) -> JSONValue {
        [
            "rule": .string(match.rule), "type": text(match.type?.rawValue), "confidence": .real(match.confidence),
            "outcome": .string(match.outcome), "evidence": .array(match.evidence.map(evidence)),
            "comment": text(match.comment),
        ]
    }

    private static func text(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
}
