import Inventory

/// The state of one decision.
struct IdentityMatcher {
    /// How sure it is that a stored interface still exists: the more so, the earlier it is considered.
    private enum Standing: Int {
        case present, missing, removed
    }

    private struct Candidate {
        let stored: Int
        let new: Int
        let weight: Int
        let evidence: [IdentityEvidence]
    }

    private let stored: [Interface]
    private let facts: [InterfaceFacts]
    private let standings: [Standing]
    private var newOf: [Int?]
    private var storedOf: [Int?]
    private var evidenceOf: [[IdentityEvidence]]
    private var undecided: Int

    init(stored: [Interface], liveCount: Int, facts: [InterfaceFacts]) {
        self.stored = stored
        self.facts = facts
        standings = stored.indices.map { place in
            place >= liveCount ? .removed : stored[place].missingSince == nil ? .present : .missing
        }
        newOf = Array(repeating: nil, count: stored.count)
        storedOf = Array(repeating: nil, count: facts.count)
        evidenceOf = Array(repeating: [], count: facts.count)
        undecided = facts.count
    }

    /// Whether there are rows left that might be stored interfaces.
    var isUndecided: Bool { undecided > 0 && newOf.contains { $0 == nil } }

    var decision: IdentityDecision {
        var decision = IdentityDecision()
        for new in facts.indices {
            if let place = storedOf[new] {
                decision.pairs.append(.init(stored: place, new: new, evidence: evidenceOf[new]))
            } else {
                decision.unknown.append(new)
            }
        }
        decision.absent = stored.indices.filter { newOf[$0] == nil }
        return decision
    }

    private mutating func accept(_ place: Int, _ new: Int, _ evidence: [IdentityEvidence]) {
        newOf[place] = new
        storedOf[new] = place
        evidenceOf[new] = evidence
        undecided -= 1
    }

    /// The usual case: nothing that tells interfaces apart has changed.
    ///
    /// No sign could outweigh that.
    mutating func acceptUnchanged() {
        let present = stored.indices.filter { standings[$0] == .present }
            .sorted { stored[$0].facts.ifIndex < stored[$1].facts.ifIndex }
        var new = 0
        for (rank, place) in present.enumerated() {
            let index = stored[place].facts.ifIndex
            let isRepeated = rank > 0 && stored[present[rank - 1]].facts.ifIndex == index
            while new < facts.count, facts[new].ifIndex < index { new += 1 }
            guard new < facts.count, !isRepeated, facts[new].ifIndex == index else { continue }
            if Self.isUnchanged(stored[place].facts, facts[new]) { accept(place, new, []) }
        }
    }

    private static func isUnchanged(_ left: InterfaceFacts, _ right: InterfaceFacts) -> Bool {
        left.ifName == right.ifName && left.ifDescr == right.ifDescr && left.ifType == right.ifType
            && left.ifPhysAddress == right.ifPhysAddress && left.ifAlias == right.ifAlias
    }

    /// Weighs all pairs that share a key, and accepts from the heaviest down.
    mutating func weighEvidence() {
        for candidate in candidates() where newOf[candidate.stored] == nil && storedOf[candidate.new] == nil {
            accept(candidate.stored, candidate.new, candidate.evidence)
        }
    }

    private func candidates() -> [Candidate] {
        let (storedSigns, newSigns) = signs()
        let storedByKey = placesByKey(of: storedSigns, undecided: newOf) { standings[$0].rawValue }
        let newByKey = placesByKey(of: newSigns, undecided: storedOf) { _ in 0 }
        var pairs: [Int: Set<Int>] = [:]
        for (key, new) in newByKey {
            if let new, let place = storedByKey[key] ?? nil { pairs[new, default: []].insert(place) }
        }
        var found: [Candidate] = []
        for (new, places) in pairs {
            for place in places {
                let evidence = storedSigns[place].evidence(with: newSigns[new])
                let weight = evidence.reduce(0) { $0 + $1.weight }
                guard weight >= IdentityEvidence.weightMin else { continue }
                found.append(Candidate(stored: place, new: new, weight: weight, evidence: evidence))
            }
        }
        return found.sorted(by: precedes)
    }

    private func precedes(_ left: Candidate, _ right: Candidate) -> Bool {
        if left.weight != right.weight { return left.weight > right.weight }
        let (one, other) = (standings[left.stored].rawValue, standings[right.stored].rawValue)
        if one != other { return one < other }
        let (first, second) = (stored[left.stored], stored[right.stored])
        if first.facts.ifIndex != second.facts.ifIndex { return first.facts.ifIndex < second.facts.ifIndex }
        if first.id != second.id { return first.id < second.id }
        return facts[left.new].ifIndex < facts[right.new].ifIndex
    }

    /// The signs of all rows, with uniqueness judged among rows of one standing, decided ones too.
    private func signs() -> (stored: [IdentitySigns], new: [IdentitySigns]) {
        var storedSigns = stored.map { IdentitySigns($0.facts) }
        for standing in [Standing.present, .missing, .removed] {
            IdentitySigns.markUnique(&storedSigns, among: stored.indices.filter { standings[$0] == standing })
        }
        var newSigns = facts.map { IdentitySigns($0) }
        IdentitySigns.markUnique(&newSigns, among: Array(facts.indices))
        return (storedSigns, newSigns)
    }

    /// For each key the one undecided row that has it, of the best rank; nil where several of that rank have it.
    private func placesByKey(
        of rows: [IdentitySigns], undecided: [Int?], rank: (Int) -> Int
    ) -> [IdentityKey: Int?] {
        var places: [IdentityKey: (place: Int?, rank: Int)] = [:]
        for place in rows.indices where undecided[place] == nil {
            let placeRank = rank(place)
            for key in rows[place].keys {
                guard let known = places[key], known.rank <= placeRank else {
                    places[key] = (place, placeRank)
                    continue
                }
                if known.rank == placeRank { places[key] = (nil, placeRank) }
            }
        }
        return places.mapValues(\.place)
    }

    /// Rows that nothing but their ifIndex tells apart, all of them renumbered: the order of ifIndex decides.
    ///
    /// Only where every row of the group is undecided on both sides and their numbers are equal; else one of them may
    /// have gone and another come, and nothing says which.
    mutating func pairRenumberedEquals() {
        let storedGroups = groups(
            of: stored.indices.filter { standings[$0] != .removed }.map { ($0, stored[$0].facts) })
        let newGroups = groups(of: facts.indices.map { ($0, facts[$0]) })
        for (label, places) in storedGroups {
            guard let news = newGroups[label], news.count == places.count, places.count > 1,
                places.allSatisfy({ newOf[$0] == nil }), news.allSatisfy({ storedOf[$0] == nil })
            else { continue }
            for (place, new) in zip(places, news) where !haveOtherAddresses(stored[place].facts, facts[new]) {
                accept(place, new, [.sharedName, .samePlaceAmongEquals])
            }
        }
    }

    private struct Label: Hashable {
        let name: String
        let descr: String
        let type: Int?
    }

    /// Rows with the same names, each group in the order of ifIndex; rows without any name belong to none.
    private func groups(of rows: [(place: Int, facts: InterfaceFacts)]) -> [Label: [Int]] {
        var groups: [Label: [(place: Int, facts: InterfaceFacts)]] = [:]
        for row in rows {
            let label = Label(name: row.facts.ifName ?? "", descr: row.facts.ifDescr ?? "", type: row.facts.ifType)
            if !label.name.isEmpty || !label.descr.isEmpty { groups[label, default: []].append(row) }
        }
        return groups.mapValues { members in
            members.sorted { ($0.facts.ifIndex, $0.place) < ($1.facts.ifIndex, $1.place) }.map(\.place)
        }
    }

    private func haveOtherAddresses(_ left: InterfaceFacts, _ right: InterfaceFacts) -> Bool {
        PhysicalAddress.identifies(left.ifPhysAddress) && PhysicalAddress.identifies(right.ifPhysAddress)
            && left.ifPhysAddress != right.ifPhysAddress
    }
}
