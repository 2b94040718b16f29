package import Yams

/// Reads YAML nodes and writes down everything that is wrong, with its place, instead of stopping at the first.
package struct YAMLReader {
    /// Largest rule file in bytes.
    package static let bytesMax = 1 << 20
    /// Deepest nesting of lists and mappings; a rule file needs five levels.
    package static let depthMax = 48

    package let file: String
    package var problems = ProblemList()

    /// A reader for a file of the given name.
    package init(file: String) {
        self.file = file
    }

    /// The start of the file.
    package var top: SourcePosition { SourcePosition(file: file, line: 1, column: 1) }

    /// Where a node stands.
    package func position(_ node: Node) -> SourcePosition {
        SourcePosition(file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    }

    /// Parses a file into its root node; `nil` for an empty file or one that is refused.
    package mutating func root(of text: String) -> Node? {
        guard text.utf8.count <= Self.bytesMax else {
            problems.error(
                "syntax", at: top, "the file has \(text.utf8.count) bytes, more than \(Self.bytesMax)",
                remedy: "split it or drop rules")
            return nil
        }
        guard isShallow(text) else { return nil }
        do {
            return try compose(yaml: text)
        } catch let error as YamlError {
            report(error)
        } catch {
            problems.error("syntax", at: top, "not YAML: \(error)", remedy: "correct the file")
        }
        return nil
    }

    /// The YAML parser recurses for each level, so depth is bounded before it starts.
    private mutating func isShallow(_ text: String) -> Bool {
        var flow = 0
        var dashes = 0
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            dashes = line.utf8.prefix(4 * Self.depthMax).count { $0 == 0x2d || $0 == 0x3f }
            let isNested = line.utf8.prefix(4 * Self.depthMax).allSatisfy { $0 == 0x20 || $0 == 0x2d || $0 == 0x3f }
            flow += line.utf8.reduce(0) { $0 + ($1 == 0x5b || $1 == 0x7b ? 1 : $1 == 0x5d || $1 == 0x7d ? -1 : 0) }
            let opened = line.utf8.count { $0 == 0x5b || $0 == 0x7b }
            let isIndented = line.utf8.prefix { $0 == 0x20 }.count > 4 * Self.depthMax
            if opened > 4 * Self.depthMax || flow > Self.depthMax || isIndented || (isNested && dashes > Self.depthMax)
            {
                problems.error(
                    "syntax", at: SourcePosition(file: file, line: number + 1, column: 1),
                    "lists or mappings are nested too deeply", remedy: "close brackets; a rule file has five levels")
                return false
            }
        }
        return true
    }

    private mutating func report(_ error: YamlError) {
        let place: (Mark?, String)
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            place = (mark, problem)
        case .duplicatedKeysInMapping(let duplicates, let context):
            place = (context.mark, "key written twice: \(duplicates.joined(separator: ", "))")
        case .reader(let problem, _, _, _), .writer(let problem), .emitter(let problem), .representer(let problem):
            place = (nil, problem)
        case .no, .memory, .dataCouldNotBeDecoded:
            place = (nil, "\(error)")
        }
        let position = SourcePosition(file: file, line: place.0?.line ?? 1, column: place.0?.column ?? 1)
        problems.error("syntax", at: position, "not YAML: \(place.1)", remedy: "correct the YAML at this place")
    }

    /// A mapping's pairs by key, refusing keys that are not known.
    package mutating func fields(_ node: Node, of what: String, known: [String]) -> [String: Node]? {
        guard case .mapping(let mapping) = node else {
            problems.error(
                "wrong-value", at: position(node), "\(what) must be a mapping",
                remedy: "write `key: value` lines with the keys \(known.joined(separator: ", "))")
            return nil
        }
        var fields: [String: Node] = [:]
        for (key, value) in mapping {
            guard case .scalar(let scalar) = key, known.contains(scalar.string) else {
                problems.error(
                    "unknown-key", at: position(key), "unknown key `\(key.string ?? "?")` in \(what)",
                    remedy: "use one of \(known.joined(separator: ", "))")
                continue
            }
            fields[scalar.string] = value
        }
        return fields
    }

    /// A list's items; a missing list is empty.
    package mutating func items(_ node: Node?, of what: String) -> [Node] {
        guard let node, node != Node("", Tag(.null)) else { return [] }
        guard case .sequence(let sequence) = node else {
            problems.error(
                "wrong-value", at: position(node), "\(what) must be a list", remedy: "write `- ` before each entry")
            return []
        }
        return Array(sequence)
    }

    /// One text.
    package mutating func text(_ node: Node?, of what: String) -> Located<String>? {
        guard let node else { return nil }
        guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
            problems.error("wrong-value", at: position(node), "\(what) must be a text", remedy: "write one text")
            return nil
        }
        return Located(value: scalar.string, position: position(node))
    }

    /// One text or a list of texts.
    package mutating func texts(_ node: Node?, of what: String) -> [Located<String>] {
        guard let node else { return [] }
        if case .scalar = node { return text(node, of: what).map { [$0] } ?? [] }
        return items(node, of: what).compactMap { text($0, of: what) }
    }

    /// `true` or `false`.
    package mutating func flag(_ node: Node?, of what: String) -> Bool? {
        guard let node else { return nil }
        switch node.string {
        case "true": return true
        case "false": return false
        default:
            problems.error(
                "wrong-value", at: position(node), "\(what) is `\(node.string ?? "?")`", remedy: "write true or false")
            return nil
        }
    }

    /// A number in a range.
    package mutating func number(_ node: Node?, of what: String, in range: ClosedRange<Double>) -> Double? {
        guard let node else { return nil }
        guard let value = node.string.flatMap(Double.init), range.contains(value) else {
            problems.error(
                "wrong-value", at: position(node), "\(what) is `\(node.string ?? "?")`",
                remedy: "write a number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return value
    }

    /// One of a set of names.
    package mutating func choice<Value: RawRepresentable & CaseIterable>(
        _ node: Node?, of what: String, code: String, as type: Value.Type
    ) -> Value? where Value.RawValue == String {
        guard let node else { return nil }
        if let value = node.string.flatMap(Value.init(rawValue:)) { return value }
        let names = Value.allCases.map(\.rawValue).joined(separator: ", ")
        problems.error(
            code, at: position(node), "\(what) is `\(node.string ?? "?")`", remedy: "use one of \(names)")
        return nil
    }
}
