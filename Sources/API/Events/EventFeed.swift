import Catalog
import Inventory
import Jobs
import Listing
import Logging

/// Turns what happens into events: updates of runs, and changes of the catalog.
struct EventFeed: Sendable {
    let state: APIState
    private static let lookSeconds = 1.0
    /// Revisions that are told one by one after each look.
    private static let revisionsMax = 16

    /// Runs until the task is cancelled; then all streams end.
    func run() async throws {
        defer { state.events.finish() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await followRuns() }
            group.addTask { try await followCatalog() }
            group.addTask { try await followTopology() }
            group.addTask { try await beat() }
            group.addTask { try await followTokens() }
            group.addTask { try await followTraps() }
            group.addTask { await followAnomalies() }
            group.addTask { await followAlerts() }
            try await group.waitForAll()
        }
    }

    private func followRuns() async {
        for await run in await state.services.jobs.updates() {
            if run.state.isFinal { state.inventoryChanged() }
            var writer = JSONWriter()
            JobRunColumns.schema.write(run, to: &writer)
            state.events.publish("job", writer.bytes)
        }
    }

    private func followCatalog() async throws {
        var last = try? await state.services.catalog.revision()
        while true {
            try await Task.sleep(for: .seconds(Self.lookSeconds))
            guard let revision = try? await state.services.catalog.revision(), revision != last else { continue }
            last = revision
            state.events.publish("catalog", Array("{\"revision\":\(revision.number)}".utf8))
        }
    }

    /// Tells of each revision of the wiring, with its counts.
    private func followTopology() async throws {
        var last = try? await state.services.catalog.topologyState().revision
        while true {
            try await Task.sleep(for: .seconds(Self.lookSeconds))
            guard let revision = try? await state.services.catalog.topologyState().revision, revision != last else {
                continue
            }
            guard let revisions = try? await state.services.catalog.topologyRevisions(limit: Self.revisionsMax) else {
                continue
            }
            let told = last ?? revision
            last = revision
            for record in revisions.reversed() where record.number > told {
                var writer = JSONWriter()
                TopologyRevisionColumns.schema.write(record, to: &writer)
                state.events.publish("topology.changed", writer.bytes)
            }
        }
    }

    /// A stream ends soon after its access token is revoked.
    private func followTokens() async throws {
        while true {
            try await Task.sleep(for: .seconds(Self.lookSeconds))
            guard state.events.hasTokens, let tokens = try? await state.services.catalog.accessTokens() else {
                continue
            }
            state.events.endStreams(exceptOf: Set(tokens.filter { $0.revokedAt == nil }.map(\.hash)))
        }
    }

    /// Says how many traps of a storm were not told one by one.
    private func followTraps() async throws {
        while true {
            try await Task.sleep(for: .seconds(Self.lookSeconds))
            let omitted = state.traps.takeOmitted()
            if omitted > 0 { state.events.publish("traps", Array("{\"omitted\":\(omitted)}".utf8)) }
        }
    }

    /// Tells what the checks find; where names cannot be read, it says that the lists tell it.
    private func followAnomalies() async {
        guard let news = state.services.anomalies.news else { return }
        for await found in await news() {
            do {
                try await AnomalyNewsFeed(state: state).tell(found)
            } catch {
                state.services.logger.warning("telling anomalies: \(error)")
                state.events.publishResync()
            }
        }
    }

    /// Tells what evaluations change, likewise.
    private func followAlerts() async {
        guard let updates = state.services.alerts.updates else { return }
        for await found in await updates() { await AlertNewsFeed(state: state).follow(found) }
    }

    private func beat() async throws {
        while true {
            try await Task.sleep(for: .seconds(state.settings.heartbeatSeconds))
            state.events.beat()
        }
    }
}
