import Inventory

@testable import Baselines

extension TestZone {
    /// Clocks are set back at midnight there: Saturday has 25 hours, the last of them twice.
    static let santiago = TestZone(
        name: "America/Santiago", first: -10_800,
        steps: [("2026-04-05T03:00:00Z", -14_400), ("2026-09-06T04:00:00Z", -10_800)])
}

/// What the classic method is shown in tests.
enum ClassicSpecimens {
    static let interface = InterfaceID("01234567-89ab-4cde-8f01-23456789abcd") ?? .random()
    /// Sunday 2026-06-07 00:00 UTC.
    static let sunday = Timestamp(seconds: 1_780_790_400)
    static let hour: Int64 = 3600

    /// A state that has learnt that one hour of the week, Sunday 00:00, carried these rates each way, Mbps.
    static func learnt(_ rates: [Double], outbound: [Double]? = nil) -> ClassicState {
        var state = ClassicState()
        var clock = HourClock(zone: .utc)
        for (index, rate) in rates.enumerated() {
            let moment = sunday.advanced(bySeconds: Double(index) * 60)
            state.add(
                inbound: rate * 1e6, outbound: (outbound ?? rates)[index] * 1e6, at: moment,
                place: clock.place(at: moment))
        }
        learn(&state, at: Timestamp(seconds: sunday.seconds + 3 * hour))
        return state
    }

    static func learn(_ state: inout ClassicState, at moment: Timestamp, zone: ZoneRules = .utc) {
        var clock = HourClock(zone: zone)
        state.adopt(state.baselines(of: interface, at: moment, place: clock.place(at: moment)))
    }

    /// The place of Sunday 00:30 a week later.
    static var nextSunday: HourPlace {
        var clock = HourClock(zone: .utc)
        return clock.place(at: Timestamp(seconds: sunday.seconds + 7 * 24 * hour + 1800))
    }
}
