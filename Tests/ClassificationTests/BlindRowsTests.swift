import Classification
import Inventory
import Testing

/// Rows that were written before the rules had seen them; their first figures are told in `docs/rules.md`.
@Suite("Rows composed without sight of the rules") struct BlindRowsTests {
    static let tables = [blindLinkRows, blindPortRows, blindMoreRows, blindLastRows, blindFinalRows]

    let rules: RuleSet
    let rows = tables.flatMap(LabelledRow.read)

    init() throws {
        rules = try RuleSet.load(user: nil)
    }

    @Test("every line of the tables is read")
    func everyLineIsRead() {
        let lines = Self.tables.reduce(0) { $0 + $1.split(separator: "\n").count }
        #expect(rows.count == lines)
        #expect(rows.count > 400)
    }

    @Test("at least 95 of 100 interfaces of each type are told right", arguments: InterfaceType.allCases)
    func typesAreRight(type: InterfaceType) {
        let ofType = rows.filter { $0.type == type }
        let wrong = ofType.filter { !$0.isTypeRight(rules.classify($0.input)) }
        #expect(ofType.count >= 20, "the tables have too few rows of \(type.rawValue)")
        #expect(
            Double(wrong.count) <= 0.05 * Double(ofType.count),
            "\(wrong.map { "\($0.line) -> \(rules.classify($0.input).type)" })")
    }

    @Test("providers are right in at least 98 of 100 uplinks, and of all rows")
    func providersAreRight() {
        let wrong = rows.filter { !$0.isProviderRight(rules.classify($0.input)) }
        let uplinks = rows.count { $0.type == .isp }
        #expect(Double(wrong.count { $0.type == .isp }) <= 0.02 * Double(uplinks), "\(wrong)")
        #expect(Double(wrong.count) <= 0.02 * Double(rows.count), "\(wrong)")
    }

    @Test("confidence says how often a decision is right, and is lower where it is wrong")
    func confidenceIsCalibrated() {
        var scores = Scores()
        for row in rows {
            let answer = rules.classify(row.input)
            scores.outcomes.append((answer.confidence, row.isTypeRight(answer)))
        }
        #expect(scores.calibrationError <= 0.08, "\(scores.calibrationError)")
        if let area = scores.areaUnderCurve { #expect(area >= 0.75, "\(area)") }
    }
}
