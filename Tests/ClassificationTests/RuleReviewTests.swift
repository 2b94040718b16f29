import RuleText
import Testing

@testable import Classification

@Suite("Rule review") struct RuleReviewTests {
    static let doubtful: [(file: String, code: String, line: Int)] = [
        (
            """
            rules:
              - {id: a, type: isp, confidence: 0.9, match: {alias: uplink}}
              - {id: b, type: trunk, confidence: 0.5, match: {alias: uplink}}
            """, "unreachable", 3
        ),
        (
            """
            rules:
              - {id: a, type: isp, confidence: 0.9, match: {text: magti}}
              - {id: b, type: trunk, confidence: 0.9, match: {alias: magti-lan}}
            """, "unreachable", 3
        ),
        (
            """
            rules:
              - {id: a, type: isp, confidence: 0.9, match: {always: true}}
              - {id: b, type: trunk, confidence: 0.8, match: {if_type: lag}}
            """, "unreachable", 3
        ),
        (
            """
            providers:
              - {id: a, words: [north*]}
              - {id: b, words: [northtel]}
            """, "provider-conflict", 3
        ),
        (
            """
            rules:
              - {id: a, type: isp, confidence: 0.9, match: {alias: '\\bмагти\\b'}}
            """, "ascii-edge", 2
        ),
    ]

    @Test("what can hardly be meant is warned of", arguments: doubtful)
    func doubtIsWarnedOf(file: String, code: String, line: Int) throws {
        let warnings = try RuleSet.compile([(file, "rules")]).warnings
        #expect(warnings.map(\.code) == [code])
        #expect(warnings.first?.line == line)
        #expect(warnings.first?.severity == .warning)
        #expect(warnings.first?.remedy.isEmpty == false)
    }

    static let sound: [String] = [
        """
        rules:
          - {id: a, type: isp, confidence: 0.9, match: {alias: uplink}, unless: {alias: lan}}
          - {id: b, type: trunk, confidence: 0.5, match: {alias: uplink}}
        """,
        """
        rules:
          - {id: a, type: isp, confidence: 0.9, match: {alias: uplink, if_type: 6}}
          - {id: b, type: trunk, confidence: 0.5, match: {alias: uplink}}
        """,
        """
        rules:
          - {id: a, type: isp, confidence: 0.9, match: {name: uplink}}
          - {id: b, type: trunk, confidence: 0.5, match: {alias: uplink}}
        """,
        """
        rules:
          - {id: a, type: isp, confidence: 0.9, match: {alias: uplink}}
          - {id: b, critical: true, match: {alias: uplink}}
        """,
        """
        providers:
          - {id: a, words: [north*], over: [b]}
          - {id: b, words: [northtel]}
        """,
    ]

    @Test("rules that can decide are not warned of", arguments: sound)
    func soundRules(file: String) throws {
        #expect(try RuleSet.compile([(file, "rules")]).warnings.isEmpty)
    }

    @Test("switching off a rule that does not exist is warned of")
    func unknownTarget() {
        let found = RuleSet.check(user: "rules:\n  - {id: no-such, enabled: false}\n")
        #expect(found.map(\.code) == ["no-such-rule"])
    }

    @Test("check tells errors of a broken file and nothing of a good one")
    func check() {
        #expect(RuleSet.check(user: nil).isEmpty)
        #expect(RuleSet.check(user: "rules: [").contains { $0.severity == .error })
    }
}
