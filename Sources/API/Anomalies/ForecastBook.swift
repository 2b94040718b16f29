import Baselines
import Inventory
import Series
import Synchronization
import Traffic

/// What lies ahead of one uplink, and what its month comes to.
struct UplinkOutlook: Codable, Sendable, Hashable {
    /// When its busy hour reaches the capacity.
    var forecast: UplinkForecast
    /// The month as far as it got.
    var month: MonthFigures
    /// The month before, as far as readings of it are kept.
    var monthBefore: MonthFigures
    /// When it was computed.
    var computedAt: Timestamp
}

/// Forecasts of uplinks, computed when they are asked for and kept for a while.
final class ForecastBook: Sendable {
    /// Seconds for which a forecast is kept: it is one of days.
    static let keptSeconds = 900.0

    private let outlooks = Mutex<[InterfaceID: UplinkOutlook]>([:])

    /// What is known of an interface that is not too old.
    func known(_ id: InterfaceID, at now: Timestamp) -> UplinkOutlook? {
        outlooks.withLock { outlooks in
            outlooks[id].flatMap { abs(now.secondsSince($0.computedAt)) < Self.keptSeconds ? $0 : nil }
        }
    }

    /// Keeps what was computed, and forgets what is too old.
    func keep(_ computed: [InterfaceID: UplinkOutlook], at now: Timestamp) {
        outlooks.withLock { outlooks in
            outlooks = outlooks.filter { abs(now.secondsSince($0.value.computedAt)) < Self.keptSeconds }
            outlooks.merge(computed) { _, new in new }
        }
    }
}

/// Computes forecasts from what is stored.
struct ForecastReader: Sendable {
    let store: any SeriesStore
    let law: RateLaw
    let zone: ZoneRules
    let now: Timestamp
    /// Line speeds, bit/s.
    let capacities: [InterfaceID: Double]

    private static let daySeconds = 86_400.0

    /// The outlooks of all interfaces that have a capacity or not: each has an entry.
    func outlooks(of ids: [InterfaceID]) async throws -> [InterfaceID: UplinkOutlook] {
        let levels = try await levels(of: ids)
        let months = try await months(of: ids)
        var found: [InterfaceID: UplinkOutlook] = [:]
        for id in ids {
            let own = levels[id] ?? ([], [])
            let (month, before) = months[id] ?? (self.month.figures, monthBefore.figures)
            found[id] = UplinkOutlook(
                forecast: UplinkForecast(inbound: own.inbound, outbound: own.outbound, capacity: capacities[id]),
                month: month, monthBefore: before, computedAt: now)
        }
        return found
    }

    private var month: MonthlyPercentile { MonthlyPercentile(monthOf: now, zone: zone) }

    private var monthBefore: MonthlyPercentile {
        MonthlyPercentile(monthOf: month.from.advanced(bySeconds: -1), zone: zone)
    }

    private typealias Levels = (inbound: [DayLevel], outbound: [DayLevel])

    /// The busy-hour levels of each interface.
    private func levels(of ids: [InterfaceID]) async throws -> [InterfaceID: Levels] {
        let found = Mutex<[InterfaceID: Levels]>([:])
        let from = now.advanced(bySeconds: -Double(DirectionForecast.daysUsed + 2) * Self.daySeconds)
        let (zone, now) = (zone, now)
        _ = try await store.scanRollups(SeriesQuery(.ids(ids), from: from, to: now)) { run in
            var (inbound, outbound) = (BusyHours(zone: zone), BusyHours(zone: zone))
            inbound.add(run.hours, .inbound)
            outbound.add(run.hours, .outbound)
            let levels = (inbound.levels(before: now), outbound.levels(before: now))
            found.withLock { $0[run.interface] = levels }
        }
        return found.withLock { $0 }
    }

    /// The figures of this month and the one before of each interface.
    private func months(
        of ids: [InterfaceID]
    ) async throws -> [InterfaceID: (month: MonthFigures, before: MonthFigures)] {
        let found = Mutex<[InterfaceID: (month: MonthFigures, before: MonthFigures)]>([:])
        let (emptyMonth, emptyBefore, law) = (month, monthBefore, law)
        var query = SeriesQuery(.ids(ids), from: emptyBefore.from, to: min(now, emptyMonth.to))
        query.leadSeconds = MetricsReader.leadSeconds
        _ = try await store.scan(query) { run in
            var (month, before) = (emptyMonth, emptyBefore)
            for (earlier, later) in zip(run.readings, run.readings.dropFirst()) {
                let step = law.step(from: earlier, to: later)
                let inbound = (step.rate(.inOctets) ?? .nan) * 8
                let outbound = (step.rate(.outOctets) ?? .nan) * 8
                month.add(inbound: inbound, outbound: outbound, from: earlier.at, to: later.at)
                before.add(inbound: inbound, outbound: outbound, from: earlier.at, to: later.at)
            }
            let figures = (month.figures, before.figures)
            found.withLock { $0[run.interface] = figures }
        }
        return found.withLock { $0 }
    }
}
