import Inventory

/// Names the provider at the far end, where there is one.
///
/// A provider counts only where the far end is the carrier's circuit: on `isp` always, on `branch_link` and `voice`
/// where it is named. Elsewhere a carrier's name is a mere mention.
struct ProviderChoice {
    let rules: CompiledRules

    /// The id of the provider; `nil` where the link has none or none is known.
    func provider(for type: InterfaceType, rule: CompiledRule, verdict: Decider.Verdict) -> String? {
        let seen = verdict.seen
        var found: Int?
        switch type {
        case .isp:
            found = seen.neighbourProviders.first ?? seen.textProviders.first ?? rule.provider ?? abbreviated(seen)
        case .branchLink, .voice:
            found = seen.textProviders.first ?? rule.provider
        case .trunk, .access, .serverLink, .management, .loopback, .camera:
            found = rule.provider
        }
        return found.map { rules.providers[$0].id }
    }

    private func abbreviated(_ seen: Observation) -> Int? {
        rules.providers.indices.first { index in
            let short = rules.providers[index].abbreviations
            return [seen.alias, seen.name, seen.descr].contains { $0.hits.containsAny(of: short) }
        }
    }
}
