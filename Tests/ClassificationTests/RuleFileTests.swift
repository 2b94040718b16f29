import RuleText
import Inventory
import Testing

@testable import Classification

@Suite("Rule file") struct RuleFileTests {
    /// What is said of a file, one line each, as a user sees it.
    static func problems(_ text: String) -> [String] {
        do {
            return try RuleSet.compile([(text, "rules")]).warnings.map(\.description)
        } catch {
            return error.problems.map(\.description)
        }
    }

    static let broken: [(file: String, says: String)] = [
        (
            "rules:\n  - id: a\n    colour: red\n    type: isp\n    confidence: 1\n    match: {alias: x}\n",
            "rules:3:5: error: unknown key `colour` in a rule; use one of id, type, confidence, match, unless, "
                + "critical, monitoring, provider, yields_to, enabled, comment"
        ),
        (
            "rules:\n  - {id: a, type: uplink, confidence: 0.5, match: {alias: x}}\n",
            "rules:2:19: error: type is `uplink`; use one of isp, trunk, access, server_link, branch_link, "
                + "management, loopback, voice, camera"
        ),
        (
            "rules:\n  - {id: a, type: isp, confidence: 1.5, match: {alias: x}}\n",
            "rules:2:36: error: confidence is `1.5`; write a number from 0.0 to 1.0"
        ),
        (
            "rules:\n  - {id: a, type: isp, match: {alias: x}}\n",
            "rules:2:10: error: rule `a` has a type but no confidence; add `confidence:` from 0.0 to 1.0"
        ),
        (
            "rules:\n  - {id: a, type: isp, confidence: 0.5, match: {alias: 'x(?=y)'}}\n",
            "rules:2:56: error: pattern `x(?=y)` uses `(?=`, which linear-time matching has not; write what must not "
                + "be there under `unless`, and words with @< and @>"
        ),
        (
            "rules:\n  - {id: a, type: isp, confidence: 0.5, match: {alias: '(x'}}\n",
            "rules:2:56: error: pattern `(x`: missing ): (x; correct the pattern (RE2 syntax)"
        ),
        (
            "rules:\n  - {id: a, type: isp, confidence: 0.5, match: {alias: '(?:x{900}){900}'}}\n",
            "rules:2:56: error: pattern `(?:x{900}){900}`: invalid repetition size: {900}; use smaller repetition "
                + "counts or fewer alternatives"
        ),
        (
            "rules:\n  - {id: a, type: isp, confidence: 0.5, match: {alias: '@[nowhere]'}}\n",
            "rules:2:56: error: pattern `@[nowhere]`: no vocabulary is named `nowhere`; define the words under "
                + "vocabulary, or write @@ for the sign itself"
        ),
        (
            "rules:\n  - {id: a, type: isp, confidence: 0.5, provider: acme, match: {alias: x}}\n"
                + "providers:\n  - {id: b, words: [b]}\n",
            "rules:2:51: error: no provider has the id `acme`; define it under providers or use one of b"
        ),
        (
            "rules:\n  - {id: a, type: isp, confidence: 0.5, match: {alias: x}}\n"
                + "  - {id: a, type: isp, confidence: 0.5, match: {alias: y}}\n",
            "rules:3:10: error: rule id `a` is already used in line 2; give each rule its own id"
        ),
        (
            "rules:\n  - {id: a, match: {alias: x}}\n",
            "rules:2:10: error: rule `a` decides nothing; add type, critical, monitoring or provider"
        ),
        ("rules: 7\n", "rules:1:8: error: rules must be a list; write `- ` before each entry"),
        ("version: 2\n", "rules:1:10: error: version is `2`; write version: 1"),
        ("rules:\n  - type: isp\n", "rules:2:5: error: a rule has no id; add `id: some-name`"),
        (
            "rules:\n  - {id: a, type: isp, confidence: 0.5, match: {if_type: lan}}\n",
            "rules:2:58: error: if_type is `lan`; write an IANA number or one of atm, bridge, cellular, console, dsl, "
                + "ethernet, fibre_channel, isdn, lag, loopback, mpls, ppp, pseudowire, serial, tunnel, vlan, voice, "
                + "wireless"
        ),
    ]

    @Test("each mistake is named with its place and its remedy", arguments: broken)
    func mistakesAreNamed(file: String, says: String) {
        #expect(Self.problems(file).contains(says), "\(Self.problems(file).joined(separator: "\n"))")
    }

    @Test("broken YAML is refused with the place")
    func brokenYAML() {
        let said = Self.problems("rules:\n  - {id: a, type: [\n")
        #expect(said.count == 1)
        #expect(said.first?.contains("error: not YAML:") == true)
    }

    @Test("all mistakes of a file are told at once, in the order of their lines")
    func allMistakesAtOnce() {
        let file = """
            rules:
              - {id: a, type: nothing, confidence: 0.5, match: {alias: x}}
              - {id: b, type: isp, confidence: 7, match: {alias: x}}
              - {id: c, type: isp, confidence: 0.5, match: {alias: '(?!x)'}}
            """
        let lines = Self.problems(file).map { $0.split(separator: ":")[1] }
        #expect(Set(lines) == ["2", "3", "4"])
        #expect(lines == lines.sorted())
    }

    @Test("the shipped file has no error and no warning, 40 rules and more, seven providers")
    func shippedFile() throws {
        let rules = try RuleSet.load(user: nil)
        #expect(rules.warnings.isEmpty, "\(rules.warnings)")
        #expect(rules.rules.count >= 40)
        let providers = ["magti", "silknet", "veon", "beeline", "geocell", "caucasus_online", "globaltel"]
        #expect(rules.providers.map(\.id) == providers)
        let types = Set(rules.rules.compactMap(\.type))
        #expect(types.count == 9)
    }

    @Test("a user's file adds, overrides and switches off")
    func userFile() throws {
        let input = ClassificationInput(name: "Gi0/1", descr: "Gi0/1", alias: "zorblax 12", ifType: 6)
        let user = """
            providers:
              - {id: acme, name: Acme Telecom, words: [acme*]}
            rules:
              - {id: zorblax, type: camera, confidence: 0.9, monitoring: false, match: {alias: '@<zorblax@>'}}
              - {id: camera-word, enabled: false}
              - {id: voice-word, confidence: 0.5}
            """
        let rules = try RuleSet.load(user: user)
        #expect(rules.classify(input).type == .camera)
        #expect(rules.classify(input).monitoring == false)
        #expect(!rules.rules.contains { $0.id == "camera-word" })
        #expect(rules.rules.first { $0.id == "voice-word" }?.confidence == 0.5)
        let uplink = ClassificationInput(name: "Gi0/2", descr: "Gi0/2", alias: "ACME internet", ifType: 6)
        #expect(rules.classify(uplink).provider == "acme")
        #expect(try RuleSet.load(user: nil).classify(input).type == .access)
    }

    @Test("an empty file is the shipped rules")
    func emptyFile() throws {
        #expect(try RuleSet.load(user: "").rules == RuleSet.load(user: nil).rules)
        #expect(try RuleSet.load(user: "# nothing\n").rules.count == RuleSet.load(user: nil).rules.count)
    }
}
