import Inventory
import Series
import Synchronization
import Traffic

/// The traffic of the same hour in the four weeks before, from roll-ups: asked for anomalies that begin.
struct LastWeeks: Sendable {
    /// One side of one interface at one time.
    struct Key: Hashable, Sendable {
        var interface: InterfaceID
        var side: TrafficSide
        var at: Timestamp
    }

    static let weeks = 4
    /// The most interfaces that are asked for in one check: with more, the story is another.
    static let interfacesMax = 500

    let series: any SeriesStore
    let zone: ZoneRules

    /// Mean rates of the hours one, two, three and four weeks before each; nil where nothing is known.
    func rates(of keys: [Key]) async throws -> [Key: [Double?]] {
        let asked = Set(keys.map(\.interface)).sorted().prefix(Self.interfacesMax)
        guard !asked.isEmpty else { return [:] }
        let places = Dictionary(grouping: keys.filter { asked.contains($0.interface) }, by: { hours(before: $0.at) })
        let found = Mutex<[Key: [Double?]]>([:])
        for (hours, keys) in places {
            for (week, hour) in hours.enumerated() {
                let ids = Array(Set(keys.map(\.interface))).sorted()
                let query = SeriesQuery(.ids(ids), from: hour, to: hour.advanced(bySeconds: 3600))
                _ = try await series.scanRollups(query) { run in
                    guard let row = run.hours.first(where: { $0.hour == hour }) else { return }
                    found.withLock { found in
                        for key in keys where key.interface == run.interface {
                            found[key, default: Array(repeating: nil, count: Self.weeks)][week] = Self.rate(
                                row, key.side)
                        }
                    }
                }
            }
        }
        return found.withLock { $0 }
    }

    /// The hours of the same local time one to four weeks before, as roll-ups count them.
    private func hours(before moment: Timestamp) -> [Timestamp] {
        let offset = zone.utcOffsetSeconds(moment)
        return (1...Self.weeks).map { week in
            let then = moment.advanced(bySeconds: Double(-week * 7 * 86_400))
            let local = then.advanced(bySeconds: Double(offset - zone.utcOffsetSeconds(then)))
            let hour: Int64 = 3_600_000
            return Timestamp(milliseconds: local.milliseconds / hour * hour)
        }
    }

    private static func rate(_ row: HourlyRollup, _ side: TrafficSide) -> Double? {
        let one = side.direction == .inbound ? row.inbound : row.outbound
        guard one.count > 0, one.seconds > 0 else { return nil }
        switch side.measure {
        case .traffic: return one.sum / Double(one.count)
        case .packets: return Double(one.packets) / one.seconds
        }
    }
}
