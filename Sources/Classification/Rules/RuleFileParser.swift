import Inventory
import Yams
import RuleText

/// Reads a rule file into entries; patterns are not compiled here.
struct RuleFileParser {
    private var reader: YAMLReader

    private static let rootKeys = ["version", "vocabulary", "providers", "read_as", "rules"]
    private static let providerKeys = ["id", "name", "words", "abbreviations", "hosts", "over", "enabled", "comment"]
    private static let readingKeys = ["id", "pattern", "as", "enabled", "comment"]
    private static let ruleKeys = [
        "id", "type", "confidence", "match", "unless", "critical", "monitoring", "provider", "yields_to", "enabled",
        "comment",
    ]
    private static let conditionKeys = [
        "alias", "descr", "name", "text", "neighbour_name", "platform", "neighbour_text", "if_type", "speed",
        "neighbour", "capabilities", "provider", "no_text", "always",
    ]

    /// Reads `text`; `file` names it in problems.
    static func parse(_ text: String, file: String, problems: inout ProblemList) -> RuleFile {
        var parser = RuleFileParser(reader: YAMLReader(file: file))
        parser.reader.problems = problems
        let parsed = parser.read(text)
        problems = parser.reader.problems
        return parsed
    }

    private mutating func read(_ text: String) -> RuleFile {
        var file = RuleFile()
        guard let root = reader.root(of: text), root != Node("", Tag(.null)) else { return file }
        guard let fields = reader.fields(root, of: "the file", known: Self.rootKeys) else { return file }
        if let version = fields["version"], version.string != "1" {
            reader.problems.error(
                "wrong-value", at: reader.position(version), "version is `\(version.string ?? "?")`",
                remedy: "write version: 1")
        }
        file.vocabulary = vocabulary(fields["vocabulary"])
        file.providers = reader.items(fields["providers"], of: "providers").compactMap { provider($0) }
        file.readings = reader.items(fields["read_as"], of: "read_as").compactMap { reading($0) }
        file.rules = reader.items(fields["rules"], of: "rules").compactMap { rule($0) }
        reportDuplicates(file.providers.map(\.id), of: "provider")
        reportDuplicates(file.readings.map(\.id), of: "read_as entry")
        reportDuplicates(file.rules.map(\.id), of: "rule")
        return file
    }

    private mutating func reportDuplicates(_ ids: [Located<String>], of what: String) {
        var first: [String: SourcePosition] = [:]
        for id in ids {
            if let earlier = first[id.value] {
                reader.problems.error(
                    "duplicate-id", at: id.position, "\(what) id `\(id.value)` is already used in line \(earlier.line)",
                    remedy: "give each \(what) its own id")
            } else {
                first[id.value] = id.position
            }
        }
    }

    private mutating func vocabulary(_ node: Node?) -> [VocabularyEntry] {
        guard let node, node != Node("", Tag(.null)) else { return [] }
        guard case .mapping(let mapping) = node else {
            reader.problems.error(
                "wrong-value", at: reader.position(node), "vocabulary must be a mapping",
                remedy: "write `name: [word, word]` lines")
            return []
        }
        var entries: [VocabularyEntry] = []
        for (key, value) in mapping {
            guard let name = reader.text(key, of: "vocabulary name") else { continue }
            entries.append(VocabularyEntry(name: name, words: reader.texts(value, of: "vocabulary \(name.value)")))
        }
        return entries
    }

    /// The id every entry must have.
    private mutating func id(_ node: Node, _ fields: [String: Node], of what: String) -> Located<String>? {
        guard let id = reader.text(fields["id"], of: "id of \(what)") else {
            if fields["id"] == nil {
                reader.problems.error(
                    "missing", at: reader.position(node), "\(what) has no id", remedy: "add `id: some-name`")
            }
            return nil
        }
        return id
    }

    private mutating func provider(_ node: Node) -> ProviderEntry? {
        guard let fields = reader.fields(node, of: "a provider", known: Self.providerKeys) else { return nil }
        guard let id = id(node, fields, of: "a provider") else { return nil }
        var entry = ProviderEntry(id: id)
        entry.enabled = reader.flag(fields["enabled"], of: "enabled")
        entry.name = reader.text(fields["name"], of: "name")?.value
        entry.words = reader.texts(fields["words"], of: "words")
        entry.abbreviations = reader.texts(fields["abbreviations"], of: "abbreviations")
        entry.hosts = reader.texts(fields["hosts"], of: "hosts")
        entry.over = reader.texts(fields["over"], of: "over")
        return entry
    }

    private mutating func reading(_ node: Node) -> ReadingEntry? {
        guard let fields = reader.fields(node, of: "a read_as entry", known: Self.readingKeys) else { return nil }
        guard let id = id(node, fields, of: "a read_as entry") else { return nil }
        var entry = ReadingEntry(id: id)
        entry.enabled = reader.flag(fields["enabled"], of: "enabled")
        entry.pattern = reader.text(fields["pattern"], of: "pattern")
        entry.replacement = fields["as"]?.string
        return entry
    }

    private mutating func rule(_ node: Node) -> RuleEntry? {
        guard let fields = reader.fields(node, of: "a rule", known: Self.ruleKeys) else { return nil }
        guard let id = id(node, fields, of: "a rule") else { return nil }
        var entry = RuleEntry(id: id)
        let errorsBefore = reader.problems.all.count
        entry.enabled = reader.flag(fields["enabled"], of: "enabled")
        entry.type = reader.choice(fields["type"], of: "type", code: "unknown-type", as: InterfaceType.self)
        entry.confidence = reader.number(fields["confidence"], of: "confidence", in: 0...1)
        entry.critical = reader.flag(fields["critical"], of: "critical")
        entry.monitoring = reader.flag(fields["monitoring"], of: "monitoring")
        entry.provider = reader.text(fields["provider"], of: "provider")
        if let yields = fields["yields_to"] {
            entry.yieldsTo = reader.items(yields, of: "yields_to").compactMap {
                reader.choice($0, of: "yields_to", code: "unknown-type", as: InterfaceType.self)
            }
        }
        entry.match = conditions(fields["match"], of: "match")
        entry.unless = conditions(fields["unless"], of: "unless")
        entry.comment = fields["comment"]?.string
        entry.isBroken = reader.problems.all.count > errorsBefore
        return entry
    }

    private mutating func conditions(_ node: Node?, of what: String) -> ConditionEntry? {
        guard let node, let fields = reader.fields(node, of: what, known: Self.conditionKeys) else { return nil }
        var entry = ConditionEntry()
        for (key, textFields) in Self.textKeys {
            guard let value = fields[key] else { continue }
            let patterns = reader.texts(value, of: key)
            if !patterns.isEmpty { entry.texts.append(TextEntry(key: key, fields: textFields, patterns: patterns)) }
        }
        entry.ifTypes = ifTypes(fields["if_type"])
        entry.speed = speed(fields["speed"])
        entry.neighbour = reader.flag(fields["neighbour"], of: "neighbour")
        entry.capabilities = capabilities(fields["capabilities"])
        entry.provider = reader.choice(
            fields["provider"], of: "provider", code: "wrong-value", as: ProviderCondition.self)
        entry.noText = reader.flag(fields["no_text"], of: "no_text")
        entry.always = reader.flag(fields["always"], of: "always") ?? false
        if entry.isEmpty, fields.isEmpty {
            reader.problems.error(
                "missing", at: reader.position(node), "\(what) asks for nothing", remedy: "add a condition")
        }
        return entry
    }

    private static let textKeys: [(String, [TextField])] = [
        ("alias", [.alias]), ("descr", [.descr]), ("name", [.name]), ("text", [.alias, .descr, .name]),
        ("neighbour_name", [.neighbourName]), ("platform", [.platform]),
        ("neighbour_text", [.neighbourName, .platform]),
    ]

    private mutating func ifTypes(_ node: Node?) -> [Int] {
        var types: [Int] = []
        for item in reader.texts(node, of: "if_type") {
            if let number = Int(item.value), number > 0 {
                types.append(number)
            } else if let named = IfTypeName.numbers[item.value] {
                types += named
            } else {
                let names = IfTypeName.numbers.keys.sorted().joined(separator: ", ")
                reader.problems.error(
                    "wrong-value", at: item.position, "if_type is `\(item.value)`",
                    remedy: "write an IANA number or one of \(names)")
            }
        }
        return types
    }

    private mutating func speed(_ node: Node?) -> ClosedRange<Int64>? {
        guard let node, let fields = reader.fields(node, of: "speed", known: ["min_mbps", "max_mbps"]) else {
            return nil
        }
        let least = reader.number(fields["min_mbps"], of: "min_mbps", in: 0...1e9) ?? 0
        let most = reader.number(fields["max_mbps"], of: "max_mbps", in: 0...1e9) ?? 1e9
        guard least <= most else {
            reader.problems.error(
                "wrong-value", at: reader.position(node), "min_mbps \(least) is above max_mbps \(most)",
                remedy: "swap them")
            return nil
        }
        return Int64(least * 1e6)...Int64(most * 1e6)
    }

    private mutating func capabilities(_ node: Node?) -> Set<NeighbourCapability> {
        var found: Set<NeighbourCapability> = []
        guard let node else { return found }
        let items = if case .scalar = node { [node] } else { reader.items(node, of: "capabilities") }
        for item in items {
            let one = reader.choice(item, of: "capabilities", code: "wrong-value", as: NeighbourCapability.self)
            if let one { found.insert(one) }
        }
        return found
    }
}

/// Names for the ifTypes rules speak of (IANAifType-MIB).
enum IfTypeName {
    static let numbers: [String: [Int]] = [
        "ethernet": [6, 7, 26, 62, 69, 117], "loopback": [24], "lag": [161], "vlan": [53, 135, 136],
        "tunnel": [131], "ppp": [23, 108], "wireless": [71], "serial": [22, 32, 118], "fibre_channel": [56],
        "bridge": [209], "cellular": [243, 244], "dsl": [94, 95, 96, 97, 143, 168, 169, 230, 238, 251],
        "isdn": [18, 20, 21, 63, 75, 76, 77], "voice": [81, 82, 100, 101, 102, 103, 104, 198], "console": [1, 33],
        "pseudowire": [246], "mpls": [150, 166], "atm": [37, 49, 134],
    ]
}
