import Catalog
import Inventory
import Listing
import Series
import Synchronization
import Traffic

/// All interfaces at one revision of the catalog, with their summary.
final class InterfaceSnapshot: Sendable {
    /// The interfaces, ready to be listed.
    let listing: Listing<InterfaceRow>
    private let summary: Mutex<Summary>
    /// Labels of interfaces as scrapers take them, made when they are first asked for.
    private let labels = Mutex<[InterfaceID: [UInt8]]>([:])
    private static let pieceSize = 5000

    private struct Summary {
        var counts: InterfaceSummary?
        var json: [UInt8]?
    }

    convenience init(_ rows: [InterfaceRow]) {
        self.init(Listing(rows, schema: InterfaceColumns.schema), nil)
    }

    private init(_ listing: Listing<InterfaceRow>, _ counts: InterfaceSummary?) {
        self.listing = listing
        summary = Mutex(Summary(counts: counts))
    }

    /// The same state with one row changed; itself where it shows a later change of the row; nil where it has no such
    /// row.
    func replacing(_ row: InterfaceRow) -> InterfaceSnapshot? {
        guard let known = listing.row(RowID(row.interface.id)) else { return nil }
        guard known.interface.updatedAt <= row.interface.updatedAt else { return self }
        var counts = summary.withLock { $0.counts }
        if counts?.replace(known.interface, with: row.interface) == false { counts = nil }
        return listing.replacing(row).map { InterfaceSnapshot($0, counts) }
    }

    /// Reads all interfaces in pieces.
    static func load(from catalog: any Catalog) async throws -> InterfaceSnapshot {
        let devices = try await catalog.devices(.all)
        let names = Dictionary(devices.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        var rows: [InterfaceRow] = []
        var last: InterfaceID?
        repeat {
            let piece = try await catalog.interfaces(after: last, limit: pieceSize)
            rows += piece.map { InterfaceRow(interface: $0, deviceName: names[$0.deviceID] ?? "") }
            last = piece.count < pieceSize ? nil : piece.last?.id
        } while last != nil
        return InterfaceSnapshot(rows)
    }

    /// The summary as a document, counted once; who asks meanwhile waits for it.
    var summaryJSON: [UInt8] {
        summary.withLock { summary in
            if let json = summary.json { return json }
            let counts = summary.counts ?? InterfaceSummary(listing.rows)
            let json = counts.json
            summary = Summary(counts: counts, json: json)
            return json
        }
    }

    /// The last readings of monitored interfaces with their labels, in the order of ids.
    func samples(_ rates: [InterfaceRates]) -> [(labels: [UInt8], reading: CounterReading)] {
        let rates = rates.sorted { RowID($0.interfaceID) < RowID($1.interfaceID) }
        return labels.withLock { labels in
            rates.compactMap { one in
                guard let row = listing.row(RowID(one.interfaceID)), row.interface.monitoringEnabled else { return nil }
                if let known = labels[one.interfaceID] { return (known, one.reading) }
                let text = Exposition.labels(SeriesLabels(row.interface, deviceName: row.deviceName))
                labels[one.interfaceID] = text
                return (text, one.reading)
            }
        }
    }
}
