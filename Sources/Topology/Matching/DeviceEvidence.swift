import Inventory

/// What speaks for each device that a row of a neighbour table may mean.
struct DeviceEvidence {
    /// What speaks for one of them.
    struct Candidate {
        let device: Int32
        var rules: [MatchRule] = []
        /// The best worth of each kind, as spread over all devices that it fits.
        var worth = Kinds()
        /// The same as if it fitted this one only.
        var undivided = Kinds()
        /// What speaks against it.
        var factor = 1.0

        var score: Double { min(worth.sum, MatchWeight.most) * factor }
        var undividedScore: Double { min(undivided.sum, MatchWeight.most) * factor }
    }

    /// Evidence of three sources, which add up as independent ones do.
    struct Kinds {
        var hardware = 0.0
        var name = 0.0
        var address = 0.0

        var sum: Double { 1 - (1 - hardware) * (1 - name) * (1 - address) }
    }

    private(set) var candidates: [Candidate] = []

    mutating func add(
        _ rule: MatchRule, to owners: (devices: [Int32], count: Int), worth: Double,
        kind: WritableKeyPath<Kinds, Double>
    ) {
        guard owners.count > 0 else { return }
        for device in owners.devices {
            let place = place(of: device)
            let share = worth / Double(owners.count)
            candidates[place].worth[keyPath: kind] = max(candidates[place].worth[keyPath: kind], share)
            candidates[place].undivided[keyPath: kind] = max(candidates[place].undivided[keyPath: kind], worth)
            if !candidates[place].rules.contains(rule) { candidates[place].rules.append(rule) }
        }
    }

    private mutating func place(of device: Int32) -> Int {
        if let place = candidates.firstIndex(where: { $0.device == device }) { return place }
        candidates.append(Candidate(device: device))
        return candidates.count - 1
    }

    /// Weighs what speaks against each candidate.
    mutating func weigh(_ judge: (inout Candidate) -> Void) {
        for place in candidates.indices { judge(&candidates[place]) }
    }

    mutating func drop(where isOut: (Candidate) -> Bool) {
        candidates.removeAll(where: isOut)
    }

    /// The device that enough speaks for, and none comes near; else those between which nothing decides.
    func verdict() -> (best: Candidate?, undecided: [Int32]) {
        let ranked = candidates.sorted { ($1.score, $0.device) < ($0.score, $1.device) }
        guard let first = ranked.first else { return (nil, []) }
        let second = ranked.count > 1 ? ranked[1].score : 0
        if first.score >= MatchWeight.enough, first.score - second >= MatchWeight.lead { return (first, []) }
        let possible = ranked.filter { $0.undividedScore >= MatchWeight.enough }
        return (nil, possible.map(\.device).sorted())
    }
}
