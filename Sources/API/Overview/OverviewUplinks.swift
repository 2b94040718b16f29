import Catalog
import Inventory
import Listing
import Logging
import Series
import Synchronization
import Traffic

/// The uplinks to providers as the overview shows them.
struct OverviewUplinks: Sendable {
    let state: APIState

    /// Summaries are few beside interfaces; of more uplinks than this they are read page by page.
    private static let summariesPage = 5_000

    /// All of them: by provider, the busiest first.
    func rows(_ interfaces: InterfaceSnapshot, at now: Timestamp) async throws -> [OverviewUplink] {
        let places = interfaces.listing.rows.filter {
            $0.interface.interfaceType == .isp && $0.interface.missingSince == nil
        }
        guard !places.isEmpty else { return [] }
        let summaries = try await summaries(of: Set(places.map(\.interface.id)))
        let trends = await trends(of: places.map(\.interface.id), at: now)
        let metrics = state.services.metrics
        let rows = places.map { place in
            let id = place.interface.id
            let rates = metrics.rates(id).flatMap { MetricsSource.isStale($0.reading, at: now) ? nil : $0 }
            return OverviewUplink(
                place: place, rates: rates, lastReadAt: metrics.rates(id)?.reading.at, summary: summaries[id],
                trend: trends[id] ?? UplinkTrend(), capacity: metrics.capacity(of: place.interface))
        }
        return rows.sorted { ($0.provider, $1.traffic, $0.id) < ($1.provider, $0.traffic, $1.id) }
    }

    private func summaries(of ids: Set<InterfaceID>) async throws -> [InterfaceID: MetricsSummary] {
        var found: [InterfaceID: MetricsSummary] = [:]
        var last: InterfaceID?
        repeat {
            let page = try await state.services.catalog.metricsSummaries(after: last, limit: Self.summariesPage)
            for summary in page where ids.contains(summary.interfaceID) { found[summary.interfaceID] = summary }
            last = page.count < Self.summariesPage ? nil : page.last?.interfaceID
        } while last != nil
        return found
    }

    /// The hours of each, kept until the next one is full; none where the store does not answer: the rest is worth it.
    private func trends(of ids: [InterfaceID], at now: Timestamp) async -> [InterfaceID: UplinkTrend] {
        let hour = Timestamp(seconds: now.seconds / 3_600 * 3_600)
        let ids = ids.sorted()
        if let known = state.uplinkTrends.known(hour, ids) { return known }
        guard let store = state.services.metrics.series else { return [:] }
        let from = hour.advanced(bySeconds: -Double(UplinkTrend.hours) * 3_600)
        let found = Mutex<[InterfaceID: UplinkTrend]>([:])
        do {
            _ = try await store.scanRollups(SeriesQuery(.ids(ids), from: from, to: hour)) { run in
                let trend = UplinkTrend(run.hours, from: from)
                found.withLock { $0[run.interface] = trend }
            }
        } catch {
            state.services.logger.warning("the trends of uplinks are not shown for now: \(error)")
            return [:]
        }
        let trends = found.withLock { $0 }
        state.uplinkTrends.keep(trends, hour, ids)
        return trends
    }
}

/// What an uplink carried hour by hour.
struct UplinkTrend: Sendable {
    static let hours = 24
    /// Mean rates, bit/s, the oldest first; nil where nothing was read.
    var inbound = [Double?](repeating: nil, count: hours)
    var outbound = [Double?](repeating: nil, count: hours)

    /// Hours without a reading.
    init() {}

    /// The hours from a moment on.
    init(_ rollups: [HourlyRollup], from: Timestamp) {
        for rollup in rollups {
            let place = Int(rollup.hour.secondsSince(from) / 3_600)
            guard inbound.indices.contains(place) else { continue }
            inbound[place] = Self.mean(rollup.inbound)
            outbound[place] = Self.mean(rollup.outbound)
        }
    }

    private static func mean(_ rollup: DirectionRollup) -> Double? {
        rollup.count > 0 ? (rollup.sum / Double(rollup.count)).rounded() : nil
    }
}

/// The trends of the last full hours: they do not change until another hour is full.
final class UplinkTrends: Sendable {
    private struct Kept {
        var hour: Timestamp
        var ids: [InterfaceID]
        var trends: [InterfaceID: UplinkTrend]
    }

    private let kept = Mutex<Kept?>(nil)

    /// Those of the same uplinks at the same hour.
    func known(_ hour: Timestamp, _ ids: [InterfaceID]) -> [InterfaceID: UplinkTrend]? {
        kept.withLock { kept in
            guard let kept, kept.hour == hour, kept.ids == ids else { return nil }
            return kept.trends
        }
    }

    func keep(_ trends: [InterfaceID: UplinkTrend], _ hour: Timestamp, _ ids: [InterfaceID]) {
        kept.withLock { $0 = Kept(hour: hour, ids: ids, trends: trends) }
    }
}
