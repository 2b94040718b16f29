import Inventory

/// Joins what the two ends of a cable tell: testimonies in, one draft a cable out.
struct LinkJoining {
    private let testimonies: [Testimony]
    private let rows: [Neighbour]
    private var claimed: [Bool]
    private(set) var drafts: [LinkDraft] = []

    /// Joins all testimonies; those about strangers stay alone, those of a device about itself are no links.
    init(_ testimonies: [Testimony], _ rows: [Neighbour]) {
        self.testimonies = testimonies
        self.rows = rows
        claimed = [Bool](repeating: false, count: testimonies.count)
        drafts.reserveCapacity(testimonies.count)
        for place in testimonies.indices where testimonies[place].far == nil {
            drafts.append(LinkDraft(testimonies[place], rows))
        }
        let order = testimonies.indices.filter {
            testimonies[$0].far != nil && testimonies[$0].far != testimonies[$0].near
        }
        .sorted { pair($0) != pair($1) ? pair($0) < pair($1) : $0 < $1 }
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, pair(order[end]) == pair(order[start]) { end += 1 }
            join(order[start..<end])
            start = end
        }
    }

    private func pair(_ place: Int) -> UInt64 {
        let (near, far) = (testimonies[place].near, testimonies[place].far ?? 0)
        return UInt64(min(near, far)) << 32 | UInt64(max(near, far))
    }

    /// Where more than this many fit nothing is decided, nor looked at: no real port has so many cables.
    private static let choicesMax = 64

    /// All that two devices tell of each other.
    private mutating func join(_ run: ArraySlice<Int>) {
        let smaller = run.map { testimonies[$0].near }.min() ?? 0
        let there = run.filter { testimonies[$0].near != smaller }
        let here = run.filter { testimonies[$0].near == smaller }
        if !there.isEmpty, !here.isEmpty {
            joinExact(here, there)
            joinOpen(here, there)
            joinWorded(here, there)
            joinLast(here, there)
            joinDisagreeing(here, there)
        }
        for place in run where !claimed[place] { drafts.append(LinkDraft(testimonies[place], rows)) }
    }

    private mutating func claim(_ one: Int, _ other: Int, disagree: Bool = false) {
        claimed[one] = true
        claimed[other] = true
        drafts.append(LinkDraft(testimonies[one], testimonies[other], disagree: disagree))
    }

    private struct Ends: Hashable {
        let near: Int?
        let far: Int?
    }

    /// Each end names the port on which the other hears it.
    private mutating func joinExact(_ here: [Int], _ there: [Int]) {
        var back: [Ends: Int] = [:]
        for place in there {
            guard let near = testimonies[place].nearPort, let far = testimonies[place].farPort else { continue }
            if back[Ends(near: far, far: near)] == nil { back[Ends(near: far, far: near)] = place }
        }
        for place in here {
            let told = testimonies[place]
            guard told.nearPort != nil, told.farPort != nil,
                let other = back.removeValue(forKey: Ends(near: told.nearPort, far: told.farPort))
            else { continue }
            claim(place, other)
        }
    }

    /// One end names the other's port, and what the other tells leaves it open.
    private mutating func joinOpen(_ here: [Int], _ there: [Int]) {
        joinNamed(here, there)
        joinNamed(there, here)
    }

    private mutating func joinNamed(_ some: [Int], _ others: [Int]) {
        let heardOn = Dictionary(grouping: others.filter { !claimed[$0] && testimonies[$0].nearPort != nil }) {
            testimonies[$0].nearPort
        }
        for place in some where !claimed[place] && testimonies[place].farPort != nil {
            let told = testimonies[place]
            let heard = heardOn[told.farPort] ?? []
            guard heard.count <= Self.choicesMax else { continue }
            let fitting = heard.filter { other in
                let back = testimonies[other].farPort
                return !claimed[other] && (back == nil || told.nearPort == nil || back == told.nearPort)
            }
            if fitting.count == 1 { claim(place, fitting[0]) }
        }
    }

    /// Each end's word for its port is what the other calls it, though the catalog has no such interface.
    private mutating func joinWorded(_ here: [Int], _ there: [Int]) {
        let open = { (place: Int) in
            !claimed[place] && (testimonies[place].nearPort == nil || testimonies[place].farPort == nil)
        }
        let (some, others) = (here.filter(open), there.filter(open))
        guard !some.isEmpty, !others.isEmpty else { return }
        let byWord = Dictionary(grouping: others) { PortName.key(testimonies[$0].nearWord) }
        let words = Dictionary(uniqueKeysWithValues: others.map { ($0, farWords(testimonies[$0])) })
        for place in some {
            let told = testimonies[place]
            let near = PortName.key(told.nearWord)
            let choices = farWords(told).compactMap { byWord[$0] }
            guard choices.reduce(0, { $0 + $1.count }) <= Self.choicesMax else { continue }
            let fitting = Set(choices.joined()).filter { other in
                !claimed[other] && words[other]?.contains(near) == true
                    && isOpen(testimonies[other].farPort, told.nearPort)
                    && isOpen(testimonies[other].nearPort, told.farPort)
            }
            if fitting.count == 1, let other = fitting.first { claim(place, other) }
        }
    }

    private func isOpen(_ one: Int?, _ other: Int?) -> Bool {
        one == nil || other == nil || one == other
    }

    /// What a testimony calls the far port.
    private func farWords(_ told: Testimony) -> Set<String> {
        let words = told.rows.flatMap { [rows[$0].reading.port?.text, rows[$0].reading.portDescription] }
        return Set(words.compactMap { $0.map(PortName.key) })
    }

    /// What remains names no port; one on each side can only mean each other.
    private mutating func joinLast(_ here: [Int], _ there: [Int]) {
        let open = { (place: Int) in !claimed[place] && testimonies[place].farPort == nil }
        let (one, other) = (here.filter(open), there.filter(open))
        if one.count == 1, other.count == 1 { claim(one[0], other[0]) }
    }

    /// One end names a port on which the other does hear it, but as another port of the first, where it hears nothing.
    private mutating func joinDisagreeing(_ here: [Int], _ there: [Int]) {
        let heard = Set((here + there).compactMap { testimonies[$0].nearPort })
        var byNear: [Int: [Int]] = [:]
        for place in there where !claimed[place] {
            if let near = testimonies[place].nearPort { byNear[near, default: []].append(place) }
        }
        for place in here where !claimed[place] {
            guard let far = testimonies[place].farPort else { continue }
            let near = byNear[far] ?? []
            guard near.count <= Self.choicesMax else { continue }
            let fitting = near.filter { other in
                guard !claimed[other], let back = testimonies[other].farPort else { return false }
                return !heard.contains(back)
            }
            if fitting.count == 1 { claim(place, fitting[0], disagree: true) }
        }
        var naming: [Int: [Int]] = [:]
        for place in there where !claimed[place] {
            if let far = testimonies[place].farPort { naming[far, default: []].append(place) }
        }
        for place in here where !claimed[place] {
            guard let near = testimonies[place].nearPort, let far = testimonies[place].farPort else { continue }
            guard !heard.contains(far), let named = naming[near], named.count <= Self.choicesMax else { continue }
            let fitting = named.filter { !claimed[$0] }
            if fitting.count == 1 { claim(place, fitting[0], disagree: true) }
        }
    }
}
