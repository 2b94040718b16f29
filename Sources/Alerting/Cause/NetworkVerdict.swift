import Inventory

/// Whether the poller itself is cut off: whatever is asked does not answer any more.
struct NetworkVerdict {
    /// Whether it is.
    private(set) var holds = false
    /// From when on: when the first device was found silent since which nothing was heard, and which nothing proves to
    /// have failed itself.
    private(set) var since = CauseEvidence.notYet
    /// Until when it is not decided; nil where it is.
    private(set) var openUntil: Int64?

    init() {}

    /// It holds where nothing at all was heard since a device was found silent, two devices at least do not answer, and
    /// either all of them do not, or the one at the poller's place and several others, or it has lasted long enough.
    init(_ evidence: CauseEvidence, isProven: (Int) -> Bool) {
        for node in evidence.fallen where evidence.fell[node] > evidence.lastHeard && !isProven(node) {
            since = min(since, evidence.fell[node])
        }
        for stranger in evidence.strangers where stranger.facts.lastHeardAt != nil {
            guard let silentAt = stranger.facts.silentAt?.milliseconds, silentAt > evidence.lastHeard else { continue }
            since = min(since, silentAt)
        }
        guard since != CauseEvidence.notYet else { return }
        var (failing, doubtful) = (evidence.failingStrangers, evidence.doubtfulStrangers)
        // What no known cable joins to the place says whether it is the place alone: those behind it all fail with it.
        var apart = Apart(failing: failing, doubtful: doubtful)
        let home = evidence.graph.placeNode.map { evidence.graph.way.part[$0] }
        for node in evidence.heard.indices where !evidence.isDark(node) {
            let isApart = evidence.graph.way.part[node] != home
            switch Self.standing(of: node, evidence, isProven) {
            case true?:
                failing += 1
                if isApart { apart.failing += 1 }
            case false?:
                doubtful += 1
                if isApart { apart.doubtful += 1 }
            case nil: break
            }
        }
        let isPlaceDown = evidence.graph.placeNode.map(evidence.isFallen) ?? false
        // After a start, too, whoever works is heard within that time.
        let sureAt = max(since, evidence.knownSince) + evidence.waitMilliseconds
        let hasLasted = evidence.now >= sureAt
        let isKnown =
            evidence.knownSince == CauseEvidence.never
            || evidence.now >= evidence.knownSince + evidence.waitMilliseconds
        // A single device that was silent before is no proof; the place itself, with nobody behind it left, is.
        let isMany = failing >= 2 || (isPlaceDown && evidence.fallen.count >= 2)
        let isSampled = isPlaceDown && failing > ProbeChoice.sampleSize && apart.isSampled
        holds = isMany && (hasLasted || isKnown && (doubtful == 0 || isSampled))
        if !holds, !hasLasted { openUntil = sureAt }
    }

    /// Devices that are not joined to the place.
    private struct Apart {
        var failing: Int
        var doubtful: Int
        var isSampled: Bool { failing >= min(failing + doubtful, ProbeChoice.sampleSize) }
    }

    /// Whether a device fails to answer since anything was heard, or may answer; nil where it says nothing of others.
    private static func standing(of node: Int, _ evidence: CauseEvidence, _ isProven: (Int) -> Bool) -> Bool? {
        if evidence.isFallen(node) {
            return evidence.fell[node] > evidence.lastHeard && !isProven(node) ? true : nil
        }
        return evidence.failed[node] > max(evidence.heard[node], evidence.lastHeard)
    }
}
