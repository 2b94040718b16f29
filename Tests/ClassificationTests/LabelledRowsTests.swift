import Classification
import Inventory
import Testing

@Suite("Labelled interfaces") struct LabelledRowsTests {
    let rules: RuleSet
    let rows = LabelledRow.read(labelledRows) + LabelledRow.read(harderRows)

    init() throws {
        rules = try RuleSet.load(user: nil)
    }

    @Test("every line of the tables is read")
    func everyLineIsRead() {
        #expect(rows.count == labelledRows.split(separator: "\n").count + harderRows.split(separator: "\n").count)
        #expect(rows.count > 300)
    }

    @Test("at least 95 of 100 interfaces of each type are told right", arguments: InterfaceType.allCases)
    func typesAreRight(type: InterfaceType) {
        let ofType = rows.filter { $0.type == type }
        let wrong = ofType.filter { !$0.isTypeRight(rules.classify($0.input)) }
        #expect(ofType.count >= 9, "the table has too few rows of \(type.rawValue)")
        #expect(
            Double(wrong.count) <= 0.05 * Double(ofType.count),
            "\(wrong.map { "\($0.line) -> \(rules.classify($0.input).type)" })")
    }

    @Test(
        "each of the seven providers is named",
        arguments: ["magti", "silknet", "veon", "beeline", "geocell", "caucasus_online", "globaltel"])
    func providersAreNamed(provider: String) {
        let named = rows.filter { $0.provider == provider }
        let wrong = named.filter { !$0.isProviderRight(rules.classify($0.input)) }
        #expect(named.count >= 3)
        #expect(wrong.isEmpty, "\(wrong)")
    }

    @Test("a provider is not named where its circuit does not end")
    func mentionsAreNotProviders() {
        let wrong = rows.filter { $0.provider == nil && !$0.isProviderRight(rules.classify($0.input)) }
        #expect(wrong.isEmpty, "\(wrong)")
    }

    @Test("every answer has a rule, evidence and a confidence between 0 and 1")
    func answersExplainThemselves() {
        for row in rows {
            let answer = rules.classify(row.input)
            #expect(!answer.rule.isEmpty && !answer.evidence.isEmpty, "\(row)")
            #expect(answer.confidence > 0 && answer.confidence < 1, "\(row)")
            #expect(answer.evidence.first?.rule == answer.rule, "\(row)")
            #expect(answer.isCritical == (answer.type == .isp), "\(row)")
        }
    }

    @Test("ifType 24 is a loopback whatever the text says")
    func loopbackTypeWins() {
        let aliases = ["Magti uplink", "server", "camera 3", "BRANCH mgmt", "VoIP", ""]
        for alias in aliases {
            let input = ClassificationInput(name: "x1", descr: "x1", alias: alias, ifType: 24)
            #expect(rules.classify(input).type == .loopback, "\(alias)")
        }
    }

    @Test("the tag [CRITICAL] marks an interface without deciding its type")
    func criticalTag() {
        let plain = ClassificationInput(name: "Gi1/0/2", descr: "Gi1/0/2", alias: "srv-db01", ifType: 6)
        var tagged = plain
        tagged.alias = "[CRITICAL] srv-db01"
        #expect(!rules.classify(plain).isCritical)
        #expect(rules.classify(tagged).isCritical)
        #expect(rules.classify(tagged).type == .serverLink)
        #expect(rules.classify(tagged).evidence.contains { $0.rule == "tag-critical" })
    }

    @Test("an interface of which nothing is known gets a type with little confidence")
    func nothingKnown() {
        let answer = rules.classify(ClassificationInput())
        #expect(answer.type == .access)
        #expect(answer.confidence < 0.6)
    }
}
