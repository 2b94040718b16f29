public import Inventory

/// How gently a sweep goes about.
public struct SweepLimits: Sendable, Hashable {
    /// Questions a second.
    public var questionsPerSecond: Double
    /// Questions at once.
    public var burst: Int
    /// Addresses being asked at the same time.
    public var concurrency: Int

    /// Limits; the defaults sweep a /24 in about three seconds.
    public init(questionsPerSecond: Double = 100, burst: Int = 20, concurrency: Int = 64) {
        self.questionsPerSecond = questionsPerSecond
        self.burst = burst
        self.concurrency = concurrency
    }
}

/// Asks all addresses of a sweep; a thin shell around the pure parts.
///
/// At each address the profiles are tried in order until one is answered. Every question takes a token. Cancellation
/// of the task ends the sweep with the hits found so far.
public struct Sweeper: Sendable {
    /// How gently it goes about.
    public var limits: SweepLimits
    /// The time.
    public var now: @Sendable () -> Timestamp
    /// Waits for a number of seconds; throws when the task is cancelled.
    public var wait: @Sendable (Double) async throws -> Void
    /// Asks one question: the system group, nil where nothing answers.
    public var probe: @Sendable (SweepQuestion) async -> SystemFacts?

    /// A sweeper with its clock and its voice.
    public init(
        limits: SweepLimits = SweepLimits(), now: @escaping @Sendable () -> Timestamp,
        wait: @escaping @Sendable (Double) async throws -> Void,
        probe: @escaping @Sendable (SweepQuestion) async -> SystemFacts?
    ) {
        self.limits = limits
        self.now = now
        self.wait = wait
        self.probe = probe
    }

    /// Sweeps the ranges; the hits in the order of their addresses, at most one for each address.
    ///
    /// `progress` is told how many addresses are done, after each.
    public func sweep(
        _ ranges: AddressRanges, port: Int = 161, profiles: [String],
        progress: @escaping @Sendable (Int) -> Void = { _ in }
    ) async -> [SweepHit] {
        let gate = SweepGate(TokenBucket(ratePerSecond: limits.questionsPerSecond, burst: limits.burst, at: now()))
        return await withTaskGroup(of: SweepHit?.self) { group in
            var addresses = ranges.addresses.makeIterator()
            var hits: [SweepHit] = []
            var done = 0
            for _ in 0..<max(1, limits.concurrency) {
                guard let address = addresses.next() else { break }
                group.addTask { await ask(address, port, profiles, gate) }
            }
            while let outcome = await group.next() {
                done += 1
                progress(done)
                if let outcome { hits.append(outcome) }
                if !Task.isCancelled, let address = addresses.next() {
                    group.addTask { await ask(address, port, profiles, gate) }
                }
            }
            return hits.sorted { $0.address < $1.address }
        }
    }

    private func ask(
        _ address: NetworkAddress, _ port: Int, _ profiles: [String], _ gate: SweepGate
    ) async -> SweepHit? {
        for profile in profiles {
            let seconds = await gate.take(at: now())
            do {
                if seconds > 0 { try await wait(seconds) }
                try Task.checkCancellation()
            } catch {
                return nil
            }
            if let system = await probe(SweepQuestion(address: address, port: port, profile: profile)) {
                return SweepHit(address: address, port: port, profile: profile, system: system)
            }
        }
        return nil
    }
}

/// One bucket for all the questions of a sweep.
private actor SweepGate {
    private var bucket: TokenBucket

    init(_ bucket: TokenBucket) {
        self.bucket = bucket
    }

    func take(at now: Timestamp) -> Double {
        bucket.take(at: now)
    }
}
