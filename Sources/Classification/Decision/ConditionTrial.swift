import Inventory

extension CompiledConditions {
    /// Whether everything asked for holds.
    func allHold(for seen: Observation) -> Bool {
        for text in texts where !text.holds(for: seen) { return false }
        if !ifTypes.isEmpty, !ifTypeHolds(seen) { return false }
        if let speed, !(seen.input.speedBps.map(speed.contains) ?? false) { return false }
        if let neighbour, neighbour != (seen.input.neighbour != nil) { return false }
        if !capabilities.isEmpty, !capabilitiesHold(seen) { return false }
        if let provider, !providerHolds(provider, seen) { return false }
        if let noText, noText != seen.noText { return false }
        return true
    }

    /// Whether anything asked for holds.
    func anyHolds(for seen: Observation) -> Bool {
        for text in texts where text.holds(for: seen) { return true }
        if !ifTypes.isEmpty, ifTypeHolds(seen) { return true }
        if let speed, seen.input.speedBps.map(speed.contains) ?? false { return true }
        if let neighbour, neighbour == (seen.input.neighbour != nil) { return true }
        if !capabilities.isEmpty, capabilitiesHold(seen) { return true }
        if let provider, providerHolds(provider, seen) { return true }
        if let noText, noText == seen.noText { return true }
        return always
    }

    /// The signs that made the conditions hold.
    func evidence(for seen: Observation, rules: CompiledRules, rule: String) -> [Evidence] {
        var signs = texts.compactMap { $0.evidence(for: seen, rules: rules, rule: rule) }
        func add(_ field: String, _ matched: String) {
            signs.append(Evidence(field: field, matched: matched, rule: rule))
        }
        if !ifTypes.isEmpty, let type = seen.input.ifType { add("if_type", "\(type)") }
        if speed != nil, let speed = seen.input.speedBps { add("speed", "\(speed / 1_000_000) Mbit/s") }
        if let neighbour { add("neighbour", neighbour ? "heard" : "none heard") }
        if !capabilities.isEmpty, let heard = seen.input.neighbour {
            add("capabilities", heard.capabilities.map(\.rawValue).sorted().joined(separator: ", "))
        }
        switch provider {
        case .text?:
            if let found = seen.textProviders.first {
                add("provider", seen.providerSpelling ?? rules.providers[found].id)
            }
        case .neighbour?:
            if let found = seen.neighbourProviders.first { add("provider", rules.providers[found].id) }
        case nil: break
        }
        if noText == true { add("no_text", "the alias says nothing") }
        if signs.isEmpty { add("default", "no rule knows better") }
        return signs
    }

    private func ifTypeHolds(_ seen: Observation) -> Bool {
        guard let type = seen.input.ifType else { return false }
        return ifTypes.contains(type)
    }

    private func capabilitiesHold(_ seen: Observation) -> Bool {
        guard let heard = seen.input.neighbour else { return false }
        return !capabilities.isDisjoint(with: heard.capabilities)
    }

    private func providerHolds(_ condition: ProviderCondition, _ seen: Observation) -> Bool {
        switch condition {
        case .text: !seen.textProviders.isEmpty
        case .neighbour: !seen.neighbourProviders.isEmpty
        }
    }
}

extension CompiledText {
    func holds(for seen: Observation) -> Bool {
        for field in fields where seen.hits(field).containsAny(of: patterns) { return true }
        return false
    }

    /// The first matched text in the order of the fields.
    func evidence(for seen: Observation, rules: CompiledRules, rule: String) -> Evidence? {
        for field in fields {
            let read = seen.text(field)
            let table = field.isNeighbour ? rules.neighbour : rules.own
            for index in patterns where read.hits.contains(index) {
                let pattern = table.patterns[index].pattern
                for form in [read.text.shown] + read.text.forms {
                    if let matched = pattern.matchedText(in: form) {
                        return Evidence(field: field.rawValue, matched: matched, rule: rule)
                    }
                }
            }
        }
        return nil
    }
}
