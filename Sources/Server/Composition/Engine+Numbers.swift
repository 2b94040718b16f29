import API
import SNMP

extension Engine {
    /// What is known of one agent; nil where it never answered.
    func numbers(of address: TransportAddress) -> SNMPStatistics? {
        statistics(of: address).map { SNMPStatistics($0) }
    }
}

extension SNMPStatistics {
    /// What is known of one agent; what was not measured is left out.
    init(_ agent: AgentStatistics) {
        self.init(
            counters: [
                Number("requests", Int64(agent.requests)), Number("retransmissions", Int64(agent.retransmissions)),
                Number("responses", Int64(agent.responses)), Number("timeouts", Int64(agent.timeouts)),
                Number("late", Int64(agent.late)), Number("duplicate", Int64(agent.duplicate)),
            ],
            gauges: [
                Number("window", Int64(agent.window)), Number("in_flight", Int64(agent.inFlight)),
                Number("consecutive_failures", Int64(agent.consecutiveFailures)),
                Number("breaker_open", agent.isBreakerOpen ? 1 : 0),
            ])
        let measured: [(String, UInt64?)] = [
            ("smoothed_round_trip_microseconds", agent.smoothedRoundTripMicroseconds.map(UInt64.init)),
            ("round_trip_variation_microseconds", agent.roundTripVariationMicroseconds.map(UInt64.init)),
            ("last_answer_age_milliseconds", agent.lastAnswerAgeMilliseconds),
        ]
        for (name, value) in measured {
            if let value { gauges.append(Number(name, Int64(clamping: value))) }
        }
    }
}

extension EngineStatistics {
    /// How long the longest overdue poll waits; 0 where none is.
    var overdueMilliseconds: UInt64 { oldestOverdueMilliseconds }

    /// How long answers took, ascending, without the empty ranges above the longest.
    var roundTripRanges: [SNMPStatistics.RoundTrips] {
        guard let last = roundTrips.lastIndex(where: { $0 > 0 }) else { return [] }
        return (0...last).map { bucket in
            let isLast = bucket == roundTrips.endIndex - 1
            let end = Int64(clamping: RoundTripHistogram.upperBoundMicroseconds(of: bucket))
            return SNMPStatistics.RoundTrips(
                microsecondsMax: isLast ? nil : end, count: Int64(clamping: roundTrips[bucket]))
        }
    }
}
