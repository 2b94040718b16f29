/// Which counters a device is asked for, by what its answers show; pure.
///
/// It begins with the 64-bit ones. A device that has none is asked for the 32-bit ones, one where some interfaces lack
/// them, or count octets nowhere but there, for both. After a restart, which may be an upgrade, and after a day the 64-bit
/// ones are tried again. SNMPv1 has none.
struct RequestChoice: Sendable, Hashable {
    /// After how long a choice is made anew.
    static let keptMilliseconds: UInt64 = 86_400_000

    private(set) var kind: CounterRequest
    private let isNarrowOnly: Bool
    private var chosenAt: UInt64 = 0
    /// Until when both are not asked for again, because it was of no use.
    private var mixedUselessUntil: UInt64 = 0

    init(isNarrowOnly: Bool) {
        self.isNarrowOnly = isNarrowOnly
        kind = isNarrowOnly ? .narrow : .wide
    }

    /// Decides after a poll for counters; true where the device is to be asked differently from now on.
    mutating func answered(_ findings: WidthFindings, hasRestarted: Bool, nowMilliseconds now: UInt64) -> Bool {
        guard !isNarrowOnly else { return false }
        let before = kind
        if hasRestarted { mixedUselessUntil = 0 }
        if kind != .wide, hasRestarted || now >= chosenAt + Self.keptMilliseconds {
            kind = .wide
        } else if findings.isConclusive, findings.existing > 0 {
            decide(findings, now)
        }
        guard kind != before else { return false }
        chosenAt = now
        return true
    }

    private mutating func decide(_ findings: WidthFindings, _ now: UInt64) {
        switch kind {
        case .wide:
            if findings.lackingAll == findings.existing {
                kind = .narrow
            } else if findings.lackingSome + findings.stuck > 0, now >= mixedUselessUntil {
                kind = .mixed
            }
        case .mixed:
            if findings.lackingAll == findings.existing {
                kind = .narrow
            } else if findings.substituted == 0 {
                kind = .wide
                mixedUselessUntil = now + Self.keptMilliseconds
            }
        case .narrow, .status, .presence: break
        }
    }
}
