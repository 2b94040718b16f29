import Classification
import Inventory

/// One labelled interface of the tables.
///
/// `label | name ~ descr | ifType@Mbit/s | alias | capabilities; platform; name of the neighbour | other answers`, where
/// `~ descr`, `@Mbit/s`, the neighbour and the other answers may be left out.
struct LabelledRow: Sendable, CustomStringConvertible {
    let line: String
    let type: InterfaceType
    let provider: String?
    let alsoOK: [String]
    let input: ClassificationInput

    var description: String { line }

    /// Reads a line; `nil` where it is not of the form, which a test refuses.
    init?(_ line: String) {
        let cells = line.split(separator: "|", omittingEmptySubsequences: false).map {
            String($0).trimmed
        }
        guard cells.count == 6 else { return nil }
        let label = cells[0].split(separator: "/").map(String.init)
        guard let first = label.first, let type = InterfaceType(rawValue: first) else { return nil }
        self.line = line.trimmed
        self.type = type
        provider = label.count > 1 ? label[1] : nil
        alsoOK = cells[5].split(separator: ",").map { String($0).trimmed }
        let names = cells[1].split(separator: "~").map { String($0).trimmed }
        let kind = cells[2].split(separator: "@").compactMap { Int64($0) }
        input = ClassificationInput(
            name: names.first ?? "", descr: names.last ?? "", alias: cells[3], ifType: kind.first.map(Int.init),
            speedBps: (kind.count > 1 ? kind[1] : 1000) * 1_000_000, adminStatus: 1, operStatus: 1,
            neighbour: Self.neighbour(cells[4]))
    }

    private static func neighbour(_ cell: String) -> NeighbourFacts? {
        let parts = cell.split(separator: ";").map { String($0).trimmed }
        guard parts.count == 3 else { return nil }
        let capabilities = parts[0].split(separator: ",").compactMap { NeighbourCapability(rawValue: String($0)) }
        return NeighbourFacts(
            protocolName: "lldp", capabilities: Set(capabilities), platform: parts[1], name: parts[2])
    }

    func isTypeRight(_ answer: Classification) -> Bool {
        answer.type == type || alsoOK.contains(answer.type.rawValue)
    }

    func isProviderRight(_ answer: Classification) -> Bool {
        answer.provider == provider || alsoOK.contains("provider:\(answer.provider ?? "null")")
    }

    static func read(_ table: String) -> [LabelledRow] {
        table.split(separator: "\n").compactMap { LabelledRow(String($0)) }
    }
}

extension String {
    var trimmed: String {
        var text = self[...]
        while text.first == " " { text = text.dropFirst() }
        while text.last == " " { text = text.dropLast() }
        return String(text)
    }
}

/// Figures of a classifier on labelled rows.
struct Scores {
    var outcomes: [(confidence: Double, isRight: Bool)] = []

    var accuracy: Double { Double(outcomes.count(where: \.isRight)) / Double(max(1, outcomes.count)) }

    /// Expected calibration error over ten bins of confidence.
    var calibrationError: Double {
        (0..<10).reduce(0.0) { sum, bin in
            let inBin = outcomes.filter { min(9, Int($0.confidence * 10)) == bin }
            guard !inBin.isEmpty else { return sum }
            let confidence = inBin.map(\.confidence).reduce(0, +) / Double(inBin.count)
            let right = Double(inBin.count(where: \.isRight)) / Double(inBin.count)
            return sum + abs(confidence - right) * Double(inBin.count) / Double(outcomes.count)
        }
    }

    /// Chance that a right answer is more confident than a wrong one; `nil` where all are right or all wrong.
    var areaUnderCurve: Double? {
        let right = outcomes.filter(\.isRight).map(\.confidence)
        let wrong = outcomes.filter { !$0.isRight }.map(\.confidence)
        guard !right.isEmpty, !wrong.isEmpty else { return nil }
        let wins = right.reduce(0.0) { sum, one in
            sum + wrong.reduce(0.0) { $0 + (one > $1 ? 1 : one == $1 ? 0.5 : 0) }
        }
        return wins / Double(right.count * wrong.count)
    }
}
