import Catalog
import Inventory

/// The wiring of former times, the latest few that were asked for; one at a time is made.
actor TopologyHistory {
    private struct Key: Hashable {
        var time: Timestamp
        var revision: CatalogRevision
    }

    private struct Entry {
        var key: Key
        var task: Task<TopologySnapshot, any Error>
    }

    private static let keptMax = 4
    private let load: @Sendable (Timestamp) async throws -> TopologySnapshot
    private var entries: [Entry] = []
    private var last: Task<TopologySnapshot, any Error>?

    init(load: @escaping @Sendable (Timestamp) async throws -> TopologySnapshot) {
        self.load = load
    }

    /// The wiring at a time, as the catalog tells it at a revision; who asks for the same waits for the same.
    func snapshot(at time: Timestamp, _ revision: CatalogRevision) async throws -> TopologySnapshot {
        let key = Key(time: time, revision: revision)
        if let known = entries.first(where: { $0.key == key }) { return try await known.task.value }
        let before = last
        let load = load
        // Not the reader's own task: others wait for it too, and the reader may go away.
        let task = Task {
            _ = await before?.result
            return try await load(time)
        }
        last = task
        entries.append(Entry(key: key, task: task))
        if entries.count > Self.keptMax { entries.removeFirst() }
        do {
            return try await task.value
        } catch {
            entries.removeAll { $0.key == key }
            throw error
        }
    }
}
