import Inventory

/// The step where something may be amiss: which counters went on, which wrapped, and which began anew.
extension RateLaw {
    func carefulStep(_ earlier: CounterReading, _ later: CounterReading) -> CounterStep {
        var step = CounterStep(from: earlier.at, to: later.at)
        let duration = duration(earlier, later)
        if case .known(let seconds, let isByDevice) = duration {
            step.seconds = seconds
            if isByDevice { step.origin.insert(.deviceClock) }
        }
        let interval = longerInterval(earlier, later)
        let isGap = step.seconds > gapLimit(interval)
        if isGap { step.origin.insert(.gap) }
        if duration == .restarted || isDiscontinuity(earlier, later) {
            return Self.without(step, .resetAnnounced)
        }
        if duration == .unknown { step.origin.insert(.clockUnknown) }

        var judgement = CounterJudgement(self, earlier, later, seconds: step.seconds)
        judgement.judge()
        if judgement.isReset { return Self.without(step, .resetInferred) }
        step.increases = judgement.increases
        step.known = judgement.known
        step.origin.formUnion(judgement.reasons)
        let isTooShort = duration != .unknown && step.seconds < shortestIntervals * interval
        if isTooShort { step.origin.insert(.tooShort) }
        guard !isGap, !isTooShort, step.seconds > 0, !step.known.isEmpty else {
            return Self.without(numbers: step)
        }
        step.rated = step.known
        if step.seconds > averagedIntervals * interval { step.origin.insert(.averaged) }
        step.origin.formUnion(source(narrow: later.narrow, rated: step.rated))
        return step
    }

    /// The step of counters that began anew: nothing is known.
    private static func without(_ step: CounterStep, _ reason: RateOrigin) -> CounterStep {
        var empty = without(numbers: step)
        empty.origin.insert(reason)
        return empty
    }

    /// The step without the marks that stand behind a rate.
    private static func without(numbers step: CounterStep) -> CounterStep {
        var silent = step
        silent.origin.subtract(.sources)
        return silent
    }
}

/// Judges the eight counters of one step.
struct CounterJudgement {
    private let law: RateLaw
    private let earlier: CounterReading
    private let later: CounterReading
    private let seconds: Double
    private let narrow: CounterSet
    /// Octets that the line carries in the time; nil where the speed or the time is not known.
    private let lineOctets: Double?

    /// So few packets say nothing of how many octets there were at least.
    private static let strayPackets: UInt64 = 1_000

    private(set) var known: CounterSet
    private(set) var increases: SIMD8<UInt64> = .zero
    private(set) var reasons: RateOrigin = []
    private(set) var isReset = false

    init(_ law: RateLaw, _ earlier: CounterReading, _ later: CounterReading, seconds: Double) {
        self.law = law
        self.earlier = earlier
        self.later = later
        self.seconds = seconds
        let both = earlier.present.intersection(later.present)
        known = both.subtracting(earlier.narrow.symmetricDifference(later.narrow))
        narrow = later.narrow.intersection(known)
        let speed = max(earlier.ifSpeed ?? 0, later.ifSpeed ?? 0)
        lineOctets = speed > 0 && seconds > 0 ? law.lineSpeedFactor * Double(speed) * seconds / 8 : nil
        if known.isEmpty || known != earlier.present.union(later.present) { reasons.insert(.notAnswered) }
    }

    /// Finds the increases, what is not known of them, and whether the counters began anew.
    mutating func judge() {
        let fallen = fallen()
        guard fallen.intersection(known).isSubset(of: narrow) else { return isReset = true }
        subtract()
        judgeErrors(fallen)
        judge(.inOctets, .inUnicastPackets, fallen)
        judge(.outOctets, .outUnicastPackets, fallen)
        if looksLikeReset(fallen) { isReset = true }
        dropImpossible()
        for kind in CounterKind.allCases where !known.contains(kind) { increases[Int(kind.rawValue)] = 0 }
    }

    /// Whether more 32-bit counters fell at once than wrap at once.
    ///
    /// One slow counter may wrap in a step; that two do, or one together with its octets, is what a reset looks like.
    private func looksLikeReset(_ fallen: CounterSet) -> Bool {
        let slow = fallen.subtracting(.octets)
        let isPair =
            fallen.isSuperset(of: [CounterSet(.inOctets), CounterSet(.inUnicastPackets)])
            || fallen.isSuperset(of: [CounterSet(.outOctets), CounterSet(.outUnicastPackets)])
        return (isPair || slow.rawValue.nonzeroBitCount > 1) && !isProvenUnbroken
    }

    /// Whether 64-bit octets that did not fall were higher before than the line carries in the time: had the counters
    /// begun anew, they would be lower now.
    private var isProvenUnbroken: Bool {
        [CounterKind.inOctets, .outOctets].contains { kind in
            known.contains(kind) && !narrow.contains(kind)
                && Double(earlier.counters[Int(kind.rawValue)]) > lineOctets ?? .infinity
        }
    }

    /// The counters that are lower than before.
    private func fallen() -> CounterSet {
        var fallen: CounterSet = []
        for kind in CounterKind.allCases
        where later.counters[Int(kind.rawValue)] < earlier.counters[Int(kind.rawValue)] {
            fallen.insert(CounterSet(kind))
        }
        return fallen.intersection(known)
    }

    /// The increases, modulo 2^32 for 32-bit counters.
    private mutating func subtract() {
        increases = later.counters &- earlier.counters
        for kind in CounterKind.allCases where narrow.contains(kind) {
            increases[Int(kind.rawValue)] &= UInt64(UInt32.max)
        }
    }

    /// Errors and discards that fell wrapped where that is a small step for them; else all began anew, or, where the
    /// octets show that not all did, only they cannot be told.
    private mutating func judgeErrors(_ fallen: CounterSet) {
        let most = lineOctets.map { $0 / law.smallestFrameOctets } ?? 0
        for kind in CounterKind.allCases
        where CounterSet.errorsAndDiscards.contains(kind) && fallen.contains(kind) {
            let increase = increases[Int(kind.rawValue)]
            guard increase > law.errorWrapMax || Double(increase) > most else { continue }
            if isProvenUnbroken { drop(kind, .ambiguous) } else { isReset = true }
        }
    }

    /// One direction's octets and unicast packets, each a witness for the other.
    private mutating func judge(_ octetKind: CounterKind, _ packetKind: CounterKind, _ fallen: CounterSet) {
        if narrow.contains(packetKind) { judgePackets(packetKind, octetKind, isFallen: fallen.contains(packetKind)) }
        if narrow.contains(octetKind) {
            judgeOctets(octetKind, packets: increase(packetKind), isFallen: fallen.contains(octetKind))
        } else if let octets = increase(octetKind), let packets = increase(packetKind) {
            judgeMeanPacket(octetKind, octets, packets)
        }
    }

    private func increase(_ kind: CounterKind) -> UInt64? {
        known.contains(kind) ? increases[Int(kind.rawValue)] : nil
    }

    private mutating func drop(_ kind: CounterKind, _ reason: RateOrigin) {
        known.remove(CounterSet(kind))
        reasons.insert(reason)
    }

    /// 32-bit packets: at most the line full of the smallest frames, and what 64-bit octets leave room for.
    private mutating func judgePackets(_ kind: CounterKind, _ octetKind: CounterKind, isFallen: Bool) {
        let increase = Double(increases[Int(kind.rawValue)])
        let wideOctets = narrow.contains(octetKind) ? nil : self.increase(octetKind).map { Double($0) }
        let line = lineOctets ?? (wideOctets == nil ? narrowLineOctets : .infinity)
        guard let line else { return drop(kind, .ambiguous) }
        let lineFrames = line / law.smallestFrameOctets
        let packets = wideOctets.map { $0 / Double(law.smallestPacketOctets) } ?? .infinity
        if isFallen && increase > min(lineFrames, packets) { return isReset = true }
        let most = min(lineFrames, wideOctets.map { $0 / law.smallestCountedFrameOctets } ?? .infinity)
        if increase + RateLaw.wrap <= most { drop(kind, .ambiguous) }
    }

    /// What a line of unknown speed with 32-bit counters carries at most.
    private var narrowLineOctets: Double? {
        seconds > 0 ? law.lineSpeedFactor * law.unknownNarrowSpeedBitsPerSecond * seconds / 8 : nil
    }

    /// 32-bit octets: of the increases that differ by 2^32 and that the line can carry, the one that fits the packets.
    private mutating func judgeOctets(_ kind: CounterKind, packets: UInt64?, isFallen: Bool) {
        guard let most = lineOctets ?? narrowLineOctets else { return drop(kind, .ambiguous) }
        let least = Double(increases[Int(kind.rawValue)])
        guard least <= most else { return isFallen ? isReset = true : drop(kind, .overLineSpeed) }
        guard let packets else {
            // No witness: only one answer may be possible, and of a line of unknown speed not even a wrap is believed.
            let isCertain = least + RateLaw.wrap > most && !(isFallen && lineOctets == nil)
            return isCertain ? () : drop(kind, .ambiguous)
        }
        // A few packets may have come between the reading of the octets and theirs, and some devices count no octets.
        let isWitness = packets > Self.strayPackets && (least > 0 || isFallen)
        let low = isWitness ? Double(packets) * Double(law.smallestPacketOctets) : 0
        let high = Double(packets) * law.largestPacketOctets + law.multicastOctetsPerSecond * seconds
        let first = max(0, ((low - least) / RateLaw.wrap).rounded(.up))
        let last = ((min(most, high) - least) / RateLaw.wrap).rounded(.down)
        if first == last {
            increases[Int(kind.rawValue)] &+= UInt64(first) << 32
        } else if first < last {
            drop(kind, .ambiguous)
        } else if isFallen || first > 0 {
            isReset = true
        } else if least + RateLaw.wrap <= most {
            drop(kind, .ambiguous)
        }
        // Left: more octets than the unicast packets explain, and no wrap possible: multicast.
    }

    /// 64-bit octets too few for their packets: an agent that counts 32 bits only, and wrapped.
    ///
    /// Not where there are none at all: some devices count packets and no octets on an interface.
    private mutating func judgeMeanPacket(_ kind: CounterKind, _ octets: UInt64, _ packets: UInt64) {
        guard packets > Self.strayPackets, octets > 0, later.counters[Int(kind.rawValue)] <= UInt64(UInt32.max) else {
            return
        }
        if octets / max(1, law.smallestPacketOctets) < packets { isReset = true }
    }

    /// Drops what the line cannot have carried.
    private mutating func dropImpossible() {
        guard seconds > 0 else { return }
        let unknown = law.lineSpeedFactor * law.unknownSpeedBitsPerSecond * seconds / 8
        let limits = law.dropLimits(lineOctets: UInt64(min(lineOctets ?? unknown, 9e18)))
        for kind in CounterKind.allCases where known.contains(kind) {
            let index = Int(kind.rawValue)
            if increases[index] > limits[index] { drop(kind, .overLineSpeed) }
        }
    }
}
