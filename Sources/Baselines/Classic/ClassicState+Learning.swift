public import Inventory

extension ClassicState {
    /// What the whole hours of the look-back say that ends with the hour before `place`: 168 rows, Sunday 00:00 first.
    ///
    /// `place` is that of the moment of learning; its own hour is not over and does not count. An hour of the week
    /// without samples gets a row of zeros and no confidence. A row's id follows from the interface and the hour, so that
    /// learning again gives the same.
    public func baselines(of interface: InterfaceID, at moment: Timestamp, place: HourPlace) -> [Baseline] {
        let sums = weekBefore(place)
        return (0..<168).map { hour in
            Baseline(
                id: .derived(from: interface, hourOfWeek: hour), interfaceID: interface,
                hourOfDay: hour % 24, dayOfWeek: hour / 24, inbound: BaselineFigures(sums[hour].inbound),
                outbound: BaselineFigures(sums[hour].outbound), lastUpdated: moment)
        }
    }

    /// Samples of the hour of the week that has most of them, were it learnt now; of the direction that has fewer.
    ///
    /// Below 7, learning gives no baseline that could be used.
    public func mostSamples(before place: HourPlace) -> Int {
        weekBefore(place).reduce(0) { max($0, Int(min($1.inbound.count, $1.outbound.count))) }
    }

    /// Makes what was learnt the measure of what comes; rows of impossible hours or numbers are left out.
    ///
    /// No row with samples: nothing is known.
    public mutating func adopt(_ baselines: [Baseline]) {
        guard let at = baselines.map(\.lastUpdated).max() else {
            learnt = nil
            return
        }
        let most = max(1, (ring.days + 6) / 7)
        let usual = usualSamplesPerVisit
        var week = LearntWeek(at: at)
        for row in baselines where (0..<24).contains(row.hourOfDay) && (0..<7).contains(row.dayOfWeek) {
            let hour = LearntHour(inbound: row.inbound, outbound: row.outbound, visits: 0)
            guard hour.isSound, hour.sampleCount > 0 else { continue }
            let visits = (hour.sampleCount + usual / 2) / usual
            week[row.hourOfWeek] = LearntHour(
                inbound: row.inbound, outbound: row.outbound, visits: UInt8(clamping: min(max(visits, 1), most)))
        }
        learnt = week.isEmpty ? nil : week
    }

    /// The visits of the look-back joined by hour of the week, the oldest first.
    private func weekBefore(_ place: HourPlace) -> [HourVisit] {
        var sums = [HourVisit](repeating: HourVisit(), count: 168)
        let hours = Int64(ring.days) * 24
        // An hour of no time that is stored: there is nothing before it.
        guard place.hour > Int64(Int32.min) + hours, place.hour <= Int64(Int32.max) else { return sums }
        for back in stride(from: hours, through: 1, by: -1) {
            guard let visit = ring.visit(ofHour: place.hour - back) else { continue }
            let hourOfWeek = ((place.hourOfWeek - Int(back)) % 168 + 168) % 168
            sums[hourOfWeek].inbound.add(visit.inbound)
            sums[hourOfWeek].outbound.add(visit.outbound)
        }
        return sums
    }

    /// Samples of an ordinary visit, at least 1: the median over those that are kept; 12 where none is.
    private var usualSamplesPerVisit: Int {
        let counts = ring.visits.map { Int(max($0.inbound.count, $0.outbound.count)) }.filter { $0 > 0 }.sorted()
        return counts.isEmpty ? 12 : counts[counts.count / 2]
    }
}

extension BaselineFigures {
    /// Figures in Mbps of what was counted in bit/s.
    init(_ moments: SampleMoments) {
        self.init(
            average: moments.mean / 1e6, standardDeviation: moments.standardDeviation / 1e6,
            minimum: moments.minimum / 1e6, maximum: moments.maximum / 1e6, sampleCount: Int(moments.count))
    }
}
