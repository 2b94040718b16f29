/// One hour on one day, as clocks show it: what both directions carried in it, bit/s.
struct HourVisit: Sendable, Hashable {
    var inbound = SampleMoments()
    var outbound = SampleMoments()
    /// Local hours since 1970; `VisitRing.never` where the place is free.
    var hour = VisitRing.never
}

/// The visits of the last days, each in the place of its hour: an older one makes room for a newer.
///
/// A look-back of 14 days takes 27 kB, claimed with the first sample.
struct VisitRing: Sendable, Hashable {
    /// No hour.
    static let never = Int32.min

    /// Days that are kept, 1 to 366.
    let days: Int
    private(set) var visits: [HourVisit] = []

    /// A ring of so many days.
    init(days: Int) {
        self.days = min(max(days, 1), 366)
    }

    /// Hours there is room for: those of the look-back, the one under way, and one that began before a late learning.
    var capacity: Int { days * 24 + 2 }

    /// Adds a sample of each direction to the visit of its hour; NaN where there is none.
    ///
    /// One of an hour that has made room is left out.
    mutating func add(inbound: Double, outbound: Double, hour: Int64) {
        let hour = Int32(clamping: hour)
        guard hour != Self.never else { return }
        if visits.isEmpty { visits = [HourVisit](repeating: HourVisit(), count: capacity) }
        let place = place(of: hour)
        if visits[place].hour < hour { visits[place] = HourVisit(hour: hour) }
        guard visits[place].hour == hour else { return }
        if inbound.isFinite, inbound >= 0 { visits[place].inbound.add(inbound) }
        if outbound.isFinite, outbound >= 0 { visits[place].outbound.add(outbound) }
    }

    /// Puts a visit in its place; false where another is there or it has no hour.
    mutating func restore(_ visit: HourVisit) -> Bool {
        if visits.isEmpty { visits = [HourVisit](repeating: HourVisit(), count: capacity) }
        let place = place(of: visit.hour)
        guard visit.hour != Self.never, visits[place].hour == Self.never else { return false }
        visits[place] = visit
        return true
    }

    /// The visit of an hour; nil where none is kept.
    func visit(ofHour hour: Int64) -> HourVisit? {
        guard !visits.isEmpty, let hour = Int32(exactly: hour), hour != Self.never else { return nil }
        let visit = visits[place(of: hour)]
        return visit.hour == hour ? visit : nil
    }

    private func place(of hour: Int32) -> Int {
        let rest = Int(hour) % capacity
        return rest < 0 ? rest + capacity : rest
    }
}
