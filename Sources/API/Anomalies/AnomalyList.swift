import Catalog
import Inventory
import Listing

/// Lists of anomalies, as the catalog has them, with what is known of their interfaces.
struct AnomalyList: CatalogList {
    let state: APIState

    static let schema = AnomalyRow.schema

    /// Anomalies as rows.
    func rows(_ anomalies: [Anomaly]) async throws -> [AnomalyRow] {
        let places = try await state.interfaces.value().listing
        return anomalies.map { AnomalyRow(anomaly: $0, place: places.row(RowID($0.interfaceID))) }
    }

    func rows(_ query: AnomalyQuery, after place: CatalogPlace?, limit: Int) async throws -> [AnomalyRow] {
        var query = query
        query.limit = limit
        query.after = place.map { AnomalyPlace(startedAt: $0.startedAt, id: AnomalyID($0.id)) }
        return try await rows(try await state.services.catalog.anomalies(query))
    }

    func count(_ query: AnomalyQuery) async throws -> Int {
        try await state.services.catalog.anomalyCount(query)
    }

    static func place(of record: AnomalyRow) -> CatalogPlace {
        CatalogPlace(startedAt: record.anomaly.startedAt, id: record.anomaly.id.uuid)
    }

    static func write(_ record: AnomalyRow, to writer: inout JSONWriter) {
        record.write(to: &writer)
    }
}
