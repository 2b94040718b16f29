import Baselines
import Inventory
import Listing
import Series
import Synchronization
import Traffic

/// What the uplinks carried in a calendar month: the answer of `/uplinks`.
struct UplinkReport: Sendable {
    let state: APIState
    /// The month, without samples.
    let month: MonthlyPercentile

    /// Computed when it is asked for, and kept for a while; one at a time.
    func bytes(_ name: String) async throws -> [UInt8] {
        let now = state.services.now()
        let places = try await state.interfaces.value().listing.rows.filter {
            $0.interface.interfaceType == .isp && $0.interface.missingSince == nil
        }
        let figures = try await figures(of: places.map(\.interface.id), at: now)
        let outlooks = try await ForecastRoutes(state: state).rows(places)
        let forecasts = Dictionary(outlooks.map { ($0.place.interface.id, $0) }) { first, _ in first }
        let groups = Dictionary(grouping: places) { $0.interface.ispProvider ?? "" }
        var writer = JSONWriter(reserving: 1_024 * (places.count + 1))
        writer.beginObject()
        writer.member("month", name)
        writer.member("from", month.from)
        writer.member("to", month.to)
        writer.member("zone", state.services.anomalies.zone.name)
        writer.member("read_until", min(now, month.to))
        // Those without a provider last.
        writer.array("providers", groups.keys.sorted { ($0.isEmpty ? 1 : 0, $0) < ($1.isEmpty ? 1 : 0, $1) }) {
            writer, provider in
            writer.beginObject()
            writer.member("provider", provider.isEmpty ? nil : provider)
            let rows = (groups[provider] ?? []).sorted { Self.key($0) < Self.key($1) }
            writer.array("interfaces", rows) { writer, place in
                let id = place.interface.id
                write(place, figures[id], forecasts[id], to: &writer)
            }
            writer.endObject()
        }
        writer.endObject()
        return writer.bytes
    }

    private static func key(_ place: InterfaceRow) -> (String, String) {
        (place.deviceName, place.interface.displayName)
    }

    /// The months of uplinks, from what is stored of them.
    private func figures(of ids: [InterfaceID], at now: Timestamp) async throws -> [InterfaceID: UplinkMonth] {
        let store = try state.services.metrics.store()
        let key = UplinkMonths.Key(from: month.from, ids: ids)
        return try await state.outlooks.pass(Int.max) {
            if let known = state.uplinkMonths.known(key, at: now) { return known }
            let (shared, name) = (state.services.shared, "uplinks:\(month.from.seconds):\(month.to.seconds)")
            if let kept = await shared?.figures(
                name, of: ids, at: now, seconds: UplinkMonths.keptSeconds, as: UplinkMonth.self)
            {
                state.uplinkMonths.keep(kept.figures, key, at: kept.at)
                return kept.figures
            }
            let figures = try await computed(of: ids, store, at: now)
            state.uplinkMonths.keep(figures, key, at: now)
            await shared?.keep(figures, name, of: ids, at: now, seconds: UplinkMonths.keptSeconds)
            return figures
        }
    }

    private func computed(
        of ids: [InterfaceID], _ store: any SeriesStore, at now: Timestamp
    ) async throws -> [InterfaceID: UplinkMonth] {
        // A rate reaches back to the reading before: those around the month tell of its first and last minutes.
        let end = min(now, month.to).advanced(bySeconds: Double(MetricsReader.leadSeconds))
        var query = SeriesQuery(.ids(ids), from: month.from, to: end)
        query.leadSeconds = MetricsReader.leadSeconds
        let found = Mutex<[InterfaceID: UplinkMonth]>([:])
        let (empty, law) = (month, state.services.metrics.law)
        _ = try await store.scan(query) { run in
            let figures = UplinkMonth(run.readings, empty, law)
            found.withLock { $0[run.interface] = figures }
        }
        return found.withLock { $0 }
    }

    private func write(
        _ place: InterfaceRow, _ figures: UplinkMonth?, _ forecast: ForecastRow?, to writer: inout JSONWriter
    ) {
        let interface = place.interface
        writer.beginObject()
        writer.member("id", interface.id)
        writer.member("device_id", interface.deviceID)
        writer.member("device_name", place.deviceName)
        writer.member("if_name", interface.displayName)
        writer.member("if_alias", interface.facts.ifAlias)
        writer.member("if_speed", state.services.metrics.capacity(of: interface).map { Int64($0) })
        writer.member("avg_in_bps", figures?.inbound.average)
        writer.member("avg_out_bps", figures?.outbound.average)
        writer.member("max_in_bps", figures?.inbound.max)
        writer.member("max_out_bps", figures?.outbound.max)
        writer.member("p95_in_bps", figures?.percentiles.inbound)
        writer.member("p95_out_bps", figures?.percentiles.outbound)
        writer.member("p95_bps", figures?.percentiles.billed)
        writer.member("p95_samples", Int64(figures?.percentiles.samples ?? 0))
        writer.member("measured_percent", measured(figures))
        writer.member("outage_minutes", figures.map { $0.downSeconds / 60 })
        writer.key("forecast")
        if let forecast { ForecastRow.schema.write(forecast, to: &writer) } else { writer.null() }
        writer.endObject()
    }

    /// The share of the month so far of which rates are known, percent.
    private func measured(_ figures: UplinkMonth?) -> Double {
        let seconds = min(state.services.now(), month.to).secondsSince(month.from)
        guard let figures, seconds > 0 else { return 0 }
        return min(100, max(figures.inbound.seconds, figures.outbound.seconds) / seconds * 100)
    }

    /// The schema of the document.
    static let schema: JSONValue = {
        let number = Schema.nullable(Schema.number())
        let interface = Schema.object([
            ("id", Schema.identifier), ("device_id", Schema.identifier), ("device_name", Schema.string()),
            ("if_name", Schema.string()), ("if_alias", Schema.nullable(Schema.string())),
            ("if_speed", Schema.nullable(Schema.count())),
            ("avg_in_bps", Schema.documented(number, "Mean over the time of which rates are known, bit/s.")),
            ("avg_out_bps", number),
            ("max_in_bps", Schema.documented(number, "The highest rate between two readings, bit/s.")),
            ("max_out_bps", number),
            ("p95_in_bps", Schema.documented(number, "95th percentile of samples of five minutes, bit/s.")),
            ("p95_out_bps", number),
            ("p95_bps", Schema.documented(number, "The greater direction: what is billed.")),
            ("p95_samples", Schema.count("Samples of five minutes behind it.")),
            ("measured_percent", Schema.number("Share of the month so far of which rates are known.")),
            (
                "outage_minutes",
                Schema.documented(number, "Minutes in which it was read as not up; null where nothing was read.")
            ),
            ("forecast", Schema.nullable(Schema.reference("ForecastSummary"))),
        ])
        let provider = Schema.object([
            ("provider", Schema.nullable(Schema.string())), ("interfaces", Schema.array(interface)),
        ])
        return Schema.object([
            ("month", Schema.string("YYYY-MM.")), ("from", Schema.time), ("to", Schema.time),
            ("zone", Schema.string("The zone whose month it is.")), ("read_until", Schema.time),
            ("providers", Schema.array(provider)),
        ])
    }()
}

/// What one uplink carried in a month.
struct UplinkMonth: Codable, Sendable {
    /// One direction.
    struct Side: Codable, Sendable {
        var bits = 0.0
        /// Seconds of which rates are known.
        var seconds = 0.0
        var max: Double?

        /// Bit/s; nil where no rate is known.
        var average: Double? { seconds > 0 ? bits / seconds : nil }

        mutating func add(_ rate: Double?, seconds: Double) {
            guard let rate, rate.isFinite, seconds > 0 else { return }
            bits += rate * seconds
            self.seconds += seconds
            max = Swift.max(max ?? rate, rate)
        }
    }

    private(set) var percentiles: MonthFigures
    private(set) var inbound = Side()
    private(set) var outbound = Side()
    /// Seconds before readings at which it was not up, as far as the reading before is not too old.
    private(set) var downSeconds = 0.0

    /// From the readings of an interface, ascending; the first may be from before the month.
    init(_ readings: [CounterReading], _ empty: MonthlyPercentile, _ law: RateLaw) {
        var month = empty
        for (earlier, later) in zip(readings, readings.dropFirst()) {
            let step = law.step(from: earlier, to: later)
            let (bitsIn, bitsOut) = (step.rate(.inOctets).map { $0 * 8 }, step.rate(.outOctets).map { $0 * 8 })
            month.add(inbound: bitsIn ?? .nan, outbound: bitsOut ?? .nan, from: earlier.at, to: later.at)
            let seconds = min(later.at, month.to).secondsSince(max(earlier.at, month.from))
            inbound.add(bitsIn, seconds: seconds)
            outbound.add(bitsOut, seconds: seconds)
            let isNear = later.at.secondsSince(earlier.at) <= 2 * Double(later.intervalSeconds)
            if isNear, seconds > 0, later.operStatus > 1 { downSeconds += seconds }
        }
        percentiles = month.figures
    }
}

/// The months of uplinks that were computed last: a page that is looked at again is not computed again.
final class UplinkMonths: Sendable {
    struct Key: Hashable {
        var from: Timestamp
        var ids: [InterfaceID]
    }

    private struct Entry {
        var key: Key
        var figures: [InterfaceID: UplinkMonth]
        var at: Timestamp
    }

    static let keptSeconds = 300.0
    private static let entriesMax = 4
    private let entries = Mutex<[Entry]>([])

    func known(_ key: Key, at now: Timestamp) -> [InterfaceID: UplinkMonth]? {
        entries.withLock { entries in
            entries.first { $0.key == key && abs(now.secondsSince($0.at)) < Self.keptSeconds }?.figures
        }
    }

    func keep(_ figures: [InterfaceID: UplinkMonth], _ key: Key, at now: Timestamp) {
        entries.withLock { entries in
            entries.removeAll { $0.key == key }
            entries.append(Entry(key: key, figures: figures, at: now))
            if entries.count > Self.entriesMax { entries.removeFirst() }
        }
    }
}
