import Catalog
import Inventory
import Logging
import Topology

/// Matches all known neighbours with the inventory again, without asking any device.
struct TopologyRematch: Sendable {
    let state: APIState

    /// Does it, so that what an operator entered shows at once; where it fails, the next discovery makes up for it.
    func run() async {
        let settings = state.services.topology.settings
        let now = state.services.now()
        do {
            try await state.services.catalog.reviseTopology { book in
                (Self.change(of: book, at: now, settings), ())
            }
        } catch {
            state.services.logger.warning("matching neighbours again: \(error)")
        }
        state.topology.invalidate()
    }

    /// What matching again changes; nil for nothing.
    static func change(of book: TopologyBook, at now: Timestamp, _ settings: TopologySettings) -> TopologyChange? {
        let (found, _) = TopologyReconciler.reconcile(
            book: book, arrivals: [:], failed: [], at: now, settings: settings)
        guard let known = book.revision, found.revision.number == known.number else { return found }
        let isSame =
            found.insertedNeighbours.isEmpty && found.updatedNeighbours.isEmpty && found.removedNeighbours.isEmpty
            && found.connections.isEmpty && found.savedLinks.isEmpty && found.positions.isEmpty
        guard !isSame else { return nil }
        var change = found
        // It is the same state of the wiring, read when it was read.
        change.revision.at = known.at
        change.revision.devicesRead = known.devicesRead
        return change
    }
}
