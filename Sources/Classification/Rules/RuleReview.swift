import RuleText

/// Looks for rules that can never decide anything and providers that claim the same words.
enum RuleReview {
    static func review(_ compiled: CompiledRules, problems: inout ProblemList) {
        for (index, rule) in compiled.rules.enumerated() {
            guard let shadow = shadow(of: rule, at: index, in: compiled) else { continue }
            problems.warning(
                "unreachable", at: rule.position,
                "rule `\(rule.id)` can never decide: `\(shadow.id)` matches whenever it does, with confidence "
                    + "\(shadow.confidence) against \(rule.confidence)",
                remedy: "raise its confidence above \(shadow.confidence), narrow `\(shadow.id)`, or remove it")
        }
        reviewProviders(compiled, &problems)
    }

    private static func shadow(of rule: CompiledRule, at index: Int, in compiled: CompiledRules) -> CompiledRule? {
        guard rule.type != nil, rule.critical == nil, rule.monitoring == nil else { return nil }
        for (place, other) in compiled.rules.enumerated() where place != index && other.type != nil {
            let isStronger =
                other.confidence > rule.confidence || (other.confidence == rule.confidence && place < index)
            guard isStronger, other.yieldsTo.isEmpty, covers(other, rule, compiled) else { continue }
            return other
        }
        return nil
    }

    /// Whether `other` matches whenever `rule` does.
    private static func covers(_ other: CompiledRule, _ rule: CompiledRule, _ compiled: CompiledRules) -> Bool {
        guard unlessIsNoWider(other.unless, rule.unless) else { return false }
        let wide = other.match
        let narrow = rule.match
        for text in wide.texts {
            let isImplied = narrow.texts.contains { covers(text, $0, compiled) }
            if !isImplied { return false }
        }
        if !wide.ifTypes.isEmpty {
            guard !narrow.ifTypes.isEmpty, Set(narrow.ifTypes).isSubset(of: wide.ifTypes) else { return false }
        }
        if let speed = wide.speed {
            guard let other = narrow.speed, speed.contains(other.lowerBound), speed.contains(other.upperBound) else {
                return false
            }
        }
        if let neighbour = wide.neighbour, neighbour != narrow.neighbour { return false }
        if !wide.capabilities.isEmpty {
            guard !narrow.capabilities.isEmpty, narrow.capabilities.isSubset(of: wide.capabilities) else {
                return false
            }
        }
        if let provider = wide.provider, provider != narrow.provider { return false }
        if let noText = wide.noText, noText != narrow.noText { return false }
        return true
    }

    private static func covers(_ wide: CompiledText, _ narrow: CompiledText, _ compiled: CompiledRules) -> Bool {
        guard Set(narrow.fields).isSubset(of: wide.fields) else { return false }
        let table = narrow.fields.contains(where: \.isNeighbour) ? compiled.neighbour : compiled.own
        return narrow.patterns.allSatisfy { one in
            wide.patterns.contains { other in
                one == other || containsLiteral(table.patterns[one].source, table.patterns[other].source)
            }
        }
    }

    /// Whether both are plain texts and the first holds the second.
    private static func containsLiteral(_ long: String, _ short: String) -> Bool {
        let special = "\\^$.|?*+()[]{}@"
        guard !long.contains(where: special.contains), !short.contains(where: special.contains) else { return false }
        return long.lowercased().contains(short.lowercased())
    }

    private static func unlessIsNoWider(_ other: CompiledConditions?, _ rule: CompiledConditions?) -> Bool {
        guard let other else { return true }
        guard let rule, other.texts.allSatisfy(rule.texts.contains) else { return false }
        return other.ifTypes == rule.ifTypes && other.speed == rule.speed && other.neighbour == rule.neighbour
            && other.capabilities == rule.capabilities && other.provider == rule.provider
            && other.noText == rule.noText
    }

    private static func reviewProviders(_ compiled: CompiledRules, _ problems: inout ProblemList) {
        for (index, provider) in compiled.providers.enumerated() {
            for (place, other) in compiled.providers.enumerated() where place != index {
                if provider.over.contains(place) || other.over.contains(index) { continue }
                for word in other.literals {
                    let plain = InterfaceText.transliterated(word.value.filter { $0 != "*" && $0 != "#" })
                    let claimed = provider.words.contains {
                        compiled.own.patterns[$0].pattern.find(in: plain) == 0..<plain.utf8.count
                    }
                    guard claimed else { continue }
                    problems.warning(
                        "provider-conflict", at: word.position,
                        "`\(word.value)` is claimed by the providers `\(other.id)` and `\(provider.id)`",
                        remedy: "take the word from one of them, or name the lesser one under `over` of the other")
                }
            }
        }
    }
}
