import Classification
import Foundation
import Inventory
import Testing

/// The labelled sample of the corpus, found by `WARDFLUX_CORPUS` or beside the package.
enum Corpus {
    static let folder: String = {
        if let named = ProcessInfo.processInfo.environment["WARDFLUX_CORPUS"] { return named }
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return package.deletingLastPathComponent().appendingPathComponent("shared/corpus").path
    }()

    static var sample: String { folder + "/classification/sample.json" }

    /// Absent, the tests are skipped by name, unless CI or the variable asks for them.
    static var isWanted: Bool {
        let environment = ProcessInfo.processInfo.environment
        let isAsked = environment["WARDFLUX_CORPUS"] != nil || environment["CI"] != nil
        return isAsked || FileManager.default.fileExists(atPath: sample)
    }
}

@Suite("Corpus sample", .enabled(if: Corpus.isWanted, "the corpus is not beside the package"))
struct CorpusTests {
    struct Label: Decodable {
        let id: String
        let type: InterfaceType
        let provider: String?
        let also_ok: [String]?
    }

    let rules: RuleSet
    let labels: [Label]
    let batch: [BatchInterface]

    init() throws {
        rules = try RuleSet.load(user: nil)
        let data = try Data(contentsOf: URL(fileURLWithPath: Corpus.sample))
        labels = try JSONDecoder().decode([Label].self, from: data)
        batch = try JSONDecoder().decode([BatchInterface].self, from: data)
    }

    @Test("types are right in at least 92 of 100 rows and confidence is calibrated")
    func typesAndCalibration() {
        var scores = Scores()
        for (label, answer) in zip(labels, rules.answer(batch)) {
            #expect(label.id == answer.id)
            let isRight = answer.type == label.type || (label.also_ok ?? []).contains(answer.type.rawValue)
            scores.outcomes.append((answer.confidence, isRight))
        }
        #expect(scores.accuracy >= 0.92)
        #expect(scores.calibrationError <= 0.08, "\(scores.calibrationError)")
        if let area = scores.areaUnderCurve { #expect(area >= 0.75, "\(area)") }
    }

    @Test("providers are right in at least 98 of 100 rows, of the uplinks and of all")
    func providers() {
        var uplinks: [Bool] = []
        var all: [Bool] = []
        for (label, answer) in zip(labels, rules.answer(batch)) {
            let named = "provider:" + (answer.provider ?? "null")
            let isRight = answer.provider == label.provider || (label.also_ok ?? []).contains(named)
            all.append(isRight)
            if label.type == .isp { uplinks.append(isRight) }
        }
        #expect(Double(uplinks.count { $0 }) >= 0.98 * Double(uplinks.count))
        #expect(Double(all.count { $0 }) >= 0.98 * Double(all.count))
    }
}
