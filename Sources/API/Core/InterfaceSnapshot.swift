import Catalog
import Inventory
import Listing
import Synchronization

/// All interfaces at one revision of the catalog, with their summary.
final class InterfaceSnapshot: Sendable {
    /// The interfaces, ready to be listed.
    let listing: Listing<InterfaceRow>
    private let summary = Mutex<[UInt8]?>(nil)
    private static let pieceSize = 5000

    init(_ rows: [InterfaceRow]) {
        listing = Listing(rows, schema: InterfaceColumns.schema)
    }

    /// Reads all interfaces in pieces, and makes what queries of the state before needed.
    static func load(from catalog: any Catalog, like previous: InterfaceSnapshot?) async throws -> InterfaceSnapshot {
        let devices = try await catalog.devices(.all)
        let names = Dictionary(devices.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        var rows: [InterfaceRow] = []
        var last: InterfaceID?
        repeat {
            let piece = try await catalog.interfaces(after: last, limit: pieceSize)
            rows += piece.map { InterfaceRow(interface: $0, deviceName: names[$0.deviceID] ?? "") }
            last = piece.count < pieceSize ? nil : piece.last?.id
        } while last != nil
        let snapshot = InterfaceSnapshot(rows)
        if let previous { snapshot.listing.warm(like: previous.listing) }
        return snapshot
    }

    /// The summary as a document, counted once.
    var summaryJSON: [UInt8] {
        if let known = summary.withLock({ $0 }) { return known }
        let json = InterfaceSummary(listing.rows).json
        summary.withLock { $0 = json }
        return json
    }
}
