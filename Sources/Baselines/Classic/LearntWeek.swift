import Inventory

/// What was learnt of one hour of the week, Mbps.
struct LearntHour: Sendable, Hashable {
    var inbound = BaselineFigures()
    var outbound = BaselineFigures()
    /// Visits that were learnt from, about: a row tells its samples only.
    var visits: UInt8 = 0

    /// Samples behind it; of the direction that has fewer.
    var sampleCount: Int { min(inbound.sampleCount, outbound.sampleCount) }

    /// How far it can be trusted, 0 to 1.
    var confidence: Double { Baseline.confidence(samples: sampleCount) }

    /// Whether its numbers are ones that samples can give.
    var isSound: Bool { inbound.isSound && outbound.isSound }

    /// The figures of a direction.
    subscript(_ direction: TrafficDirection) -> BaselineFigures {
        direction == .inbound ? inbound : outbound
    }
}

/// What was learnt of the hours of the week: the measure until the next learning.
struct LearntWeek: Sendable, Hashable {
    /// When it was learnt.
    let at: Timestamp
    private(set) var hours = [LearntHour](repeating: LearntHour(), count: 168)

    /// Nothing was learnt.
    init(at moment: Timestamp) {
        at = moment
    }

    /// Whether no hour has samples.
    var isEmpty: Bool { hours.allSatisfy { $0.sampleCount == 0 } }

    /// What was learnt of an hour of the week; nothing for a number that is none.
    subscript(_ hourOfWeek: Int) -> LearntHour {
        get { hours.indices.contains(hourOfWeek) ? hours[hourOfWeek] : LearntHour() }
        set { if hours.indices.contains(hourOfWeek) { hours[hourOfWeek] = newValue } }
    }
}

extension BaselineFigures {
    /// Whether the numbers are ones that samples can give.
    var isSound: Bool {
        let numbers = [average, standardDeviation, minimum, maximum]
        return sampleCount >= 0 && numbers.allSatisfy { $0.isFinite && $0 >= 0 } && minimum <= maximum
    }

    /// Whether no sample differed from another by more than rounding does.
    var isConstant: Bool { standardDeviation <= average * 1e-12 }
}
