import RuleText
import Classification
import Inventory
import Testing

@Suite("Live rules") struct LiveRulesTests {
    let camera = ClassificationInput(name: "Gi0/1", descr: "Gi0/1", alias: "frobnitz 7", ifType: 6)
    let good = "rules:\n  - {id: frob, type: camera, confidence: 0.9, match: {alias: frobnitz}}\n"

    @Test("a good file replaces the rules and a broken one keeps them and says why")
    func reload() throws {
        let live = LiveRules(rules: try RuleSet.load(user: nil))
        #expect(live.current.classify(camera).type == .access)
        #expect(live.reload(user: good) == .replaced(warnings: []))
        #expect(live.current.classify(camera).type == .camera)
        #expect(live.revision == 2)
        guard case .kept(let error) = live.reload(user: "rules:\n  - {id: frob, type: nonsense}\n") else {
            Issue.record("a broken file was accepted")
            return
        }
        #expect(error.problems.contains { $0.code == "unknown-type" && $0.line == 2 })
        #expect(live.lastFailure == error)
        #expect(live.current.classify(camera).type == .camera)
        #expect(live.revision == 2)
        #expect(live.reload(user: good) == .unchanged)
        #expect(live.lastFailure == nil)
        #expect(live.reload(user: nil) == .replaced(warnings: []))
        #expect(live.current.classify(camera).type == .access)
    }

    @Test("diff tells what a new file would change and nothing else")
    func diff() throws {
        let old = try RuleSet.load(user: nil)
        let new = try RuleSet.load(user: good)
        let uplink = ClassificationInput(name: "wan1", descr: "wan1", alias: "Magti", ifType: 6)
        let changes = RuleSet.diff(from: old, to: new, over: [uplink, camera, uplink])
        #expect(changes.map(\.index) == [1])
        #expect(changes.first?.changes == ["type"])
        #expect(changes.first?.old.type == .access)
        #expect(changes.first?.new.rule == "frob")
    }

    @Test("explain tells the rule, its evidence, what was read and what lost")
    func explain() throws {
        let rules = try RuleSet.load(user: nil)
        let input = ClassificationInput(
            name: "Gi0/2", descr: "Gi0/2", alias: "S I L K N E T fiber, branch manager room", ifType: 6)
        let told = rules.explain(input)
        #expect(told.result == rules.classify(input))
        #expect(told.matches.first?.outcome == "won")
        #expect(told.matches.first?.rule == told.result.rule)
        #expect(told.readings.contains { $0.field == "alias" && $0.by.contains("department") })
        for line in [
            "type:       isp", "provider:   silknet", "rule:       isp-provider-circuit", "rules that matched:",
        ] {
            #expect(told.text.contains(line), "\(told.text)")
        }
        #expect(told.matches.contains { $0.outcome == "lost" })
    }
}
