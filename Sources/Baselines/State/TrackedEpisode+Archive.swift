import Inventory

/// The form of an anomaly that goes on, in an archive.
extension LittleEndianWriter {
    mutating func write(_ tracked: TrackedEpisode) {
        write(tracked.side)
        write(tracked.quiet)
        write(tracked.seenAt.milliseconds)
        for flag in [tracked.isFall, tracked.isNothing, tracked.beganSlowly] { write(UInt8(flag ? 1 : 0)) }
        for place in 0..<2 { write(tracked.flips[place]) }
        for place in 0..<3 { write(tracked.crossings[place]) }
        write(tracked.episode)
    }

    private mutating func write(_ episode: Episode) {
        write(word: episode.mode)
        for time in [episode.startedAt, episode.lastAt, episode.peakAt] { write(time.milliseconds) }
        write(episode.endedAt?.milliseconds ?? .min)
        for number in [episode.actual, episode.peerActual, episode.peerExpected] { write(number.bitPattern) }
        write(episode.verdict)
        write(UInt8(episode.other == nil ? 0 : 1))
        if let other = episode.other {
            write(word: other.mode)
            write(number: other.score)
            write(UInt8(other.isAnomaly ? 1 : 0))
        }
        write(word: episode.kind)
        write(word: episode.pattern)
        write(word: episode.severity)
        write(episode.evidence.operStatus.map { Int64($0) } ?? .min)
        write(number: episode.evidence.errorPercent)
        write(number: episode.evidence.discardPercent)
        write(UInt8(episode.becameNormal ? 1 : 0))
    }

    private mutating func write(_ verdict: ModeVerdict) {
        let numbers = [
            verdict.expected, verdict.low, verdict.high, verdict.score, verdict.confidence, verdict.offsetFactor,
        ]
        for number in numbers { write(number.bitPattern) }
        write(UInt8(verdict.isAnomaly ? 1 : 0))
        write(Int64(verdict.visits))
        write(UInt8(verdict.duration.flatMap { AnomalyDuration.allCases.firstIndex(of: $0) } ?? 255))
    }

    /// A word as its place among all there are.
    private mutating func write<Word: CaseIterable & Equatable>(word: Word) {
        write(UInt8(Array(Word.allCases).firstIndex(of: word) ?? 255))
    }

    /// A number that may be missing, as that and its bits.
    private mutating func write(number: Double?) {
        write(UInt8(number == nil ? 0 : 1))
        write((number ?? 0).bitPattern)
    }
}

extension LittleEndianReader {
    mutating func readEpisode() throws(ClassicDecodingError) -> TrackedEpisode {
        let side = try readBelow(4, "side")
        let quiet = try read(UInt16.self, "quiet")
        let seenAt = try readMoment("seenAt")
        let flags = (try readFlag("isFall"), try readFlag("isNothing"), try readFlag("beganSlowly"))
        var flips = SIMD2(repeating: Int64.min)
        for place in 0..<2 { flips[place] = try read(Int64.self, "flip") }
        var crossings = SIMD3(repeating: Int64.min)
        for place in 0..<3 { crossings[place] = try read(Int64.self, "crossing") }
        return TrackedEpisode(
            episode: try readTold(), side: side, quiet: quiet, seenAt: seenAt, isFall: flags.0, flips: flips,
            isNothing: flags.1, crossings: crossings, beganSlowly: flags.2)
    }

    private mutating func readTold() throws(ClassicDecodingError) -> Episode {
        let mode = try readWord(DetectionMode.self, "mode")
        var times: [Timestamp] = []
        for _ in 0..<3 { times.append(try readMoment("time")) }
        let end = try readMomentIfAny("endedAt")
        let numbers = [try readBits("actual"), try readBits("peerActual"), try readBits("peerExpected")]
        let verdict = try readVerdict()
        let other = try readFlag("other") ? try readOther() : nil
        var episode = Episode(
            mode: mode, at: times[0], actual: numbers[0], verdict: verdict,
            kind: try readWord(AnomalyKind.self, "kind"),
            pattern: try readWord(AnomalyPattern.self, "pattern"),
            severity: try readWord(AnomalySeverity.self, "severity"))
        (episode.lastAt, episode.peakAt, episode.endedAt, episode.other) = (times[1], times[2], end, other)
        (episode.peerActual, episode.peerExpected) = (numbers[1], numbers[2])
        let status = try read(Int64.self, "operStatus")
        episode.evidence.operStatus = status == .min ? nil : Int(status)
        episode.evidence.errorPercent = try readOptional("errorPercent")
        episode.evidence.discardPercent = try readOptional("discardPercent")
        episode.becameNormal = try readFlag("becameNormal")
        return episode
    }

    private mutating func readOther() throws(ClassicDecodingError) -> OtherVerdict {
        let mode = try readWord(DetectionMode.self, "otherMode")
        let score = try readOptional("otherScore")
        return OtherVerdict(mode: mode, score: score, isAnomaly: try readFlag("otherIsAnomaly"))
    }

    private mutating func readVerdict() throws(ClassicDecodingError) -> ModeVerdict {
        var numbers: [Double] = []
        for _ in 0..<6 { numbers.append(try readBits("verdict")) }
        let isAnomaly = try readFlag("isAnomaly")
        let visits = Int(clamping: try read(Int64.self, "visits"))
        let duration = try read(UInt8.self, "duration")
        guard duration == 255 || duration < 5 else { throw refusal("duration", "\(duration)") }
        return ModeVerdict(
            expected: numbers[0], low: numbers[1], high: numbers[2], score: numbers[3], isAnomaly: isAnomaly,
            confidence: numbers[4], visits: visits,
            duration: duration == 255 ? nil : AnomalyDuration.allCases[Int(duration)], offsetFactor: numbers[5])
    }

    private mutating func readWord<Word: CaseIterable>(
        _ type: Word.Type, _ field: String
    ) throws(ClassicDecodingError) -> Word {
        let words = Array(Word.allCases)
        return words[Int(try readBelow(UInt8(words.count), field))]
    }

    private mutating func readFlag(_ field: String) throws(ClassicDecodingError) -> Bool {
        try readBelow(2, field) == 1
    }

    private mutating func readBits(_ field: String) throws(ClassicDecodingError) -> Double {
        Double(bitPattern: try read(UInt64.self, field))
    }

    private mutating func readOptional(_ field: String) throws(ClassicDecodingError) -> Double? {
        let isThere = try readFlag(field)
        let number = try readBits(field)
        return isThere ? number : nil
    }
}
