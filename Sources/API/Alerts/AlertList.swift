import Catalog
import Inventory
import Listing

/// Lists of alerts, as the catalog has them.
struct AlertList: CatalogList {
    let state: APIState

    static let schema = AlertRow.schema

    /// Alerts as rows.
    func rows(_ alerts: [Alert]) async throws -> [AlertRow] {
        let counts = try await ExplainedCounts(catalog: state.services.catalog).counts(of: alerts)
        return alerts.map { AlertRow(alert: $0, explains: counts[$0.id] ?? 0) }
    }

    func rows(_ query: AlertQuery, after place: CatalogPlace?, limit: Int) async throws -> [AlertRow] {
        var query = query
        query.limit = limit
        query.after = place.map { AlertPlace(startedAt: $0.startedAt, id: AlertID($0.id)) }
        return try await rows(try await state.services.catalog.alerts(query))
    }

    func count(_ query: AlertQuery) async throws -> Int {
        try await state.services.catalog.alertCount(query)
    }

    static func place(of record: AlertRow) -> CatalogPlace {
        CatalogPlace(startedAt: record.alert.startedAt, id: record.alert.id.uuid)
    }

    static func write(_ record: AlertRow, to writer: inout JSONWriter) {
        record.write(to: &writer)
    }
}

/// How many alerts others explain.
///
/// Few do: alerts are halved until those that do are alone, so that a page costs a handful of counts.
struct ExplainedCounts: Sendable {
    let catalog: any Catalog
    /// Alerts that one question to the catalog names.
    private static let pieceSize = 500

    private struct Piece {
        var ids: ArraySlice<AlertID>
        var count: Int
    }

    /// The counts of those that explain any.
    func counts(of alerts: [Alert]) async throws -> [AlertID: Int] {
        let candidates = alerts.filter(Self.canExplain).map(\.id)
        var pieces: [Piece] = []
        for start in stride(from: 0, to: candidates.count, by: Self.pieceSize) {
            pieces.append(try await piece(candidates[start..<min(start + Self.pieceSize, candidates.count)]))
        }
        var counts: [AlertID: Int] = [:]
        while let whole = pieces.popLast() {
            guard whole.count > 0 else { continue }
            guard whole.ids.count > 1 else {
                if let id = whole.ids.first { counts[id] = whole.count }
                continue
            }
            let half = try await piece(whole.ids.prefix(whole.ids.count / 2))
            pieces.append(half)
            pieces.append(Piece(ids: whole.ids.dropFirst(half.ids.count), count: whole.count - half.count))
        }
        return counts
    }

    private func piece(_ ids: ArraySlice<AlertID>) async throws -> Piece {
        var query = AlertQuery(limit: 1)
        query.causes = Array(ids)
        return Piece(ids: ids, count: try await catalog.alertCount(query))
    }

    /// Whether an alert can be the cause of others: something that others need has failed, or goes up and down.
    ///
    /// One that is explained itself may be: a silent device behind another stands for its interfaces.
    private static func canExplain(_ alert: Alert) -> Bool {
        switch alert.condition {
        case .interfaceDown, .interfaceFlapping, .deviceUnreachable, .networkUnreachable: return true
        case .highUtilization, .highErrorRate, .highDiscardRate, .speedChanged, .duplexChanged, .neighborChanged,
            .neighborLost, .anomaly, .deviceRestarted, .diskSpace, .storeTrouble, .jobTrouble:
            return false
        }
    }
}
