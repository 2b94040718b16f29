import Inventory
import RuleText
import Yams

extension AlertFileParser {
    mutating func required(_ node: Node?, _ key: String, of what: String, at place: Node) -> Node? {
        if let node { return node }
        reader.problems.error(
            "missing", at: reader.position(place), "`\(key)` is missing in \(what)", remedy: "write `\(key): …`")
        return nil
    }

    mutating func refuse(_ node: Node?, _ message: String) {
        guard let node else { return }
        reader.problems.error("wrong-value", at: reader.position(node), message, remedy: "leave it out or correct it")
    }

    /// Refuses a list or mapping without entries: whoever wrote it did not mean everything.
    mutating func refuseEmpty(_ node: Node?, _ what: String) {
        switch node {
        case .sequence(let list)? where list.isEmpty: break
        case .mapping(let mapping)? where mapping.isEmpty: break
        default: return
        }
        guard let node else { return }
        reader.problems.error(
            "wrong-value", at: reader.position(node), "\(what) is empty, and would fit everything",
            remedy: "write what it fits, or leave it out")
    }

    /// A name that can stand in a list, a label and an address.
    mutating func name(_ node: Node, of what: String) -> String? {
        guard let text = reader.text(node, of: what) else { return nil }
        let isName =
            text.value.utf8.count <= 64
            && text.value.utf8.allSatisfy { octet in
                (0x61...0x7A).contains(octet) || (0x41...0x5A).contains(octet) || (0x30...0x39).contains(octet)
                    || octet == 0x5F || octet == 0x2D || octet == 0x2E
            }
        if isName { return text.value }
        reader.problems.error(
            "wrong-value", at: text.position, "\(what) is `\(text.value.prefix(80))`",
            remedy: "use at most 64 letters, digits, `-`, `_` and `.`")
        return nil
    }

    /// A whole number in a range.
    mutating func count(_ node: Node?, of what: String, in range: ClosedRange<Int>) -> Int? {
        guard let node else { return nil }
        if let count = node.string.flatMap(Double.init).flatMap({ Int(exactly: $0) }), range.contains(count) {
            return count
        }
        reader.problems.error(
            "wrong-value", at: reader.position(node), "\(what) is `\(node.string ?? "?")`",
            remedy: "write a whole number from \(range.lowerBound) to \(range.upperBound)")
        return nil
    }

    /// `90s`, `5m`, `1h30m`, `2d`, or `0`.
    mutating func seconds(_ node: Node?, of what: String, atLeast least: Int = 0, atMost most: Int) -> Int? {
        guard let node else { return nil }
        if let seconds = node.string.flatMap(DurationText.seconds), (least...most).contains(seconds) { return seconds }
        reader.problems.error(
            "wrong-value", at: reader.position(node), "\(what) is `\(node.string ?? "?")`",
            remedy: "write a time such as 90s, 5m or 1h30m, \(DurationText.text(least)) to \(DurationText.text(most))")
        return nil
    }

    mutating func labels(_ node: Node?) -> [String: String] {
        guard let node else { return [:] }
        guard case .mapping(let mapping) = node else {
            refuse(node, "`labels` must be a mapping")
            return [:]
        }
        var labels: [String: String] = [:]
        for (key, value) in mapping {
            guard let name = key.string, (try? LabelMatchers([AlertMatcher(name, "")])) != nil, let text = value.string
            else {
                refuse(key, "`\(key.string ?? "?")` is no label of letters, digits and `_` with a text")
                continue
            }
            if AlertLabels.isBuiltIn(name) {
                reader.problems.error(
                    "wrong-value", at: reader.position(key), "every alert says itself what its label `\(name)` is",
                    remedy: "use another name")
            }
            labels[name] = text
        }
        return labels
    }
}

extension AlertCondition {
    /// Whether it compares a number with a threshold.
    var hasThreshold: Bool { usualThreshold != nil }

    /// What it is compared with where a rule does not say.
    var usualThreshold: Double? {
        switch self {
        case .highUtilization: 80
        case .highErrorRate: 0.1
        case .highDiscardRate: 1
        case .diskSpace: 10
        default: nil
        }
    }

    /// Whether its number is a share of packets, which needs some to be believed.
    var countsErrors: Bool { self == .highErrorRate || self == .highDiscardRate }
}

/// Times as people write them.
enum DurationText {
    private static let units: [(Character, Int)] = [("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)]

    /// Seconds of `1h30m`; `0` needs no unit; nil for anything else.
    static func seconds(_ text: String) -> Int? {
        if text == "0" { return 0 }
        var (sum, number) = (0, "")
        var last = Int.max
        for character in text {
            if character.isASCII, character.isNumber {
                number.append(character)
                continue
            }
            guard let unit = units.first(where: { $0.0 == character })?.1, unit < last, number.count <= 9,
                let count = Int(number)
            else { return nil }
            sum += count * unit
            (last, number) = (unit, "")
        }
        return number.isEmpty && !text.isEmpty ? sum : nil
    }

    /// `1h30m` of 5,400 seconds.
    static func text(_ seconds: Int) -> String {
        guard seconds > 0 else { return "0s" }
        var rest = seconds
        return units.map { unit, length in
            defer { rest %= length }
            return rest / length > 0 ? "\(rest / length)\(unit)" : ""
        }.joined()
    }
}
