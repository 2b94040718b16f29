public import Inventory
import Synchronization

/// A queue that goes on through a second one where the first cannot be reached: slower, never wrong.
///
/// Puts to the first, and to the second while the first is away; claims from both, so nothing is forgotten in either when the
/// first goes or comes back. A piece whose putting was cut off by a failure may stand in both, and is then done twice, which work
/// of a queue has to bear.
public final class FallbackQueue: WorkQueue {
    private let first: any WorkQueue
    private let second: any WorkQueue
    private let watch = FallbackWatch()
    /// When the second was asked for work last, by queue.
    private let looks = Mutex<[String: ContinuousClock.Instant]>([:])
    /// How long the second may be left alone while the first is there.
    private let pause = Duration.seconds(2)

    /// A queue made of two; both belong to it, and are closed with it.
    public init(first: any WorkQueue, second: any WorkQueue) {
        self.first = first
        self.second = second
    }

    /// Puts to the first; to the second where the first throws `unavailable`, or did within the last two seconds.
    public func put(_ item: WorkItem) async throws(ClusterError) {
        guard watch.mayAskFirst() else { return try await second.put(item) }
        do {
            try await first.put(item)
            watch.noteFirst(isThere: true)
        } catch  where error.code == .unavailable {
            watch.noteFirst(isThere: false)
            try await second.put(item)
        }
    }

    /// Claims from the first, and every two seconds from the second; from the second at once where the first is away.
    ///
    /// Throws `unavailable` where both are.
    public func claim(
        from queue: String, for node: NodeID, limit: Int, seconds: Double, waitSeconds: Double
    ) async throws(ClusterError) -> [WorkClaim] {
        let end = ContinuousClock.now + .seconds(waitSeconds.isNaN ? 0 : max(0, min(waitSeconds, 31_536_000)))
        while true {
            var round = Round(queue: queue, node: node, limit: limit, seconds: seconds)
            round.wait = max(.zero, min(pause, end - .now))
            let found = try await look(round)
            if !found.isEmpty || ContinuousClock.now >= end { return found }
        }
    }

    /// One look at both.
    private struct Round {
        var queue: String
        var node: NodeID
        var limit: Int
        var seconds: Double
        /// How long whoever is there may wait for work.
        var wait = Duration.zero
    }

    private func look(_ round: Round) async throws(ClusterError) -> [WorkClaim] {
        guard watch.mayAskFirst() else { return try await ask(.second, round, waits: true) }
        // Who waits for the first, or always finds work there, must not forget the second; and when the first was away it may
        // take long to say so again.
        if watch.isAway || isSecondDue(round.queue), let found = try await glance(round), !found.isEmpty {
            return found
        }
        do {
            let found = try await ask(.first, round, waits: true)
            watch.noteFirst(isThere: true)
            return found
        } catch  where error.code == .unavailable {
            watch.noteFirst(isThere: false)
            return try await ask(.second, round, waits: false)
        }
    }

    /// What the second has now; nil where it is away, which does not matter while the first is there.
    private func glance(_ round: Round) async throws(ClusterError) -> [WorkClaim]? {
        do {
            return try await ask(.second, round, waits: false)
        } catch  where error.code == .unavailable {
            return nil
        }
    }

    private func isSecondDue(_ queue: String) -> Bool {
        let now = ContinuousClock.now
        return looks.withLock { looks in
            if let last = looks[queue], now < last + pause { return false }
            // Names come from the program; should they ever come from elsewhere, this does not grow without end.
            if looks.count > 1_000 { looks = [:] }
            looks[queue] = now
            return true
        }
    }

    private func ask(_ part: Part, _ round: Round, waits: Bool) async throws(ClusterError) -> [WorkClaim] {
        let claims = try await queue(part).claim(
            from: round.queue, for: round.node, limit: round.limit, seconds: round.seconds,
            waitSeconds: waits ? round.wait / .seconds(1) : 0)
        return claims.map { claim in
            var claim = claim
            claim.ticket = part.rawValue + claim.ticket
            return claim
        }
    }

    /// One of the two, and what tickets of its claims begin with.
    private enum Part: String, CaseIterable {
        case first = "1:"
        case second = "2:"
    }

    private func queue(_ part: Part) -> any WorkQueue {
        switch part {
        case .first: first
        case .second: second
        }
    }

    /// Where a claim came from, and what it is there; nil for one that never came from here.
    private func origin(of claim: WorkClaim) -> (any WorkQueue, WorkClaim)? {
        guard let part = Part.allCases.first(where: { claim.ticket.hasPrefix($0.rawValue) }) else { return nil }
        var claim = claim
        claim.ticket.removeFirst(part.rawValue.count)
        return (queue(part), claim)
    }

    /// Prolongs a claim where it came from.
    public func keep(_ claim: WorkClaim, seconds: Double) async throws(ClusterError) -> Bool {
        guard let (part, claim) = origin(of: claim) else { return false }
        return try await part.keep(claim, seconds: seconds)
    }

    /// Removes a piece where it came from.
    public func finish(_ claim: WorkClaim) async throws(ClusterError) {
        guard let (part, claim) = origin(of: claim) else { return }
        try await part.finish(claim)
    }

    /// Gives a piece back where it came from.
    public func giveBack(_ claim: WorkClaim, afterSeconds seconds: Double) async throws(ClusterError) {
        guard let (part, claim) = origin(of: claim) else { return }
        try await part.giveBack(claim, afterSeconds: seconds)
    }

    /// Closes both.
    public func close() async {
        await first.close()
        await second.close()
    }
}
