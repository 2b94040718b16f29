import Classification
import Inventory
import RuleText

/// What the rules say, as JSON with its members in a fixed order.
enum RuleJSON {
    static func answer(_ answer: BatchAnswer) -> JSONValue {
        [
            "id": .string(answer.id),
            "type": .string(answer.type.rawValue),
            "provider": JSONValue(answer.provider),
            "confidence": JSONValue(answer.confidence),
            "rule": .string(answer.rule),
            "evidence": evidence(answer.evidence),
        ]
    }

    static func explanation(_ explanation: Explanation) -> JSONValue {
        let result = explanation.result
        return [
            "type": .string(result.type.rawValue),
            "provider": JSONValue(result.provider),
            "is_critical": JSONValue(result.isCritical),
            "confidence": JSONValue(result.confidence),
            "rule": .string(result.rule),
            "evidence": evidence(result.evidence),
            "runners_up": .array(
                result.runnersUp.map { runner in
                    [
                        "type": .string(runner.type.rawValue), "rule": .string(runner.rule),
                        "confidence": JSONValue(runner.confidence),
                    ]
                }),
            "readings": .array(explanation.readings.map(reading)),
            "matches": .array(explanation.matches.map(match)),
        ]
    }

    static func problem(_ problem: RuleFileProblem, file: String) -> JSONValue {
        [
            "severity": .string(problem.severity.rawValue),
            "code": .string(problem.code),
            "file": .string(problem.file == "rules" ? file : problem.file),
            "line": JSONValue(problem.line),
            "column": JSONValue(problem.column),
            "message": .string(problem.message),
            "remedy": .string(problem.remedy),
        ]
    }

    private static func evidence(_ signs: [Evidence]) -> JSONValue {
        .array(
            signs.map { sign in
                ["field": .string(sign.field), "matched": .string(sign.matched), "rule": .string(sign.rule)]
            })
    }

    private static func reading(_ reading: Explanation.Reading) -> JSONValue {
        [
            "field": .string(reading.field),
            "written": .string(reading.written),
            "read_as": .array(reading.readAs.map(JSONValue.string)),
            "by": .array(reading.by.map(JSONValue.string)),
        ]
    }

    private static func match(_ match: Explanation.Match) -> JSONValue {
        [
            "rule": .string(match.rule),
            "type": JSONValue(match.type?.rawValue),
            "confidence": JSONValue(match.confidence),
            "outcome": .string(match.outcome),
            "evidence": evidence(match.evidence),
            "comment": JSONValue(match.comment),
        ]
    }
}
