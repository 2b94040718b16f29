import Alerting
import Catalog
import Inventory
import Jobs
import Logging

/// What receivers with a memory of their own are told again and again, so that it does not run out there.
extension AlertCourier {
    private static let pageMax = 4096
    /// Alerts that are told again in one go.
    private static let alertsMax = 500
    /// Seconds for which deliveries to a receiver may wait for what it is told again.
    private static let heldSecondsMax = 1.0
    /// Seconds until what was broken off goes on.
    private static let restSeconds = 1.0

    typealias Refresh = @Sendable ([AlertNotice.Item]) async -> SendingOutcome

    func keepRefreshing() async {
        var next = parts.clock.now.advanced(bySeconds: settings.refreshSeconds)
        while true {
            let rest = parts.clock.now.advanced(bySeconds: Self.restSeconds)
            let moment = refreshedUntil.isEmpty ? next : min(next, rest)
            guard (try? await parts.clock.sleep(until: moment)) != nil else { return }
            guard parts.clock.now >= next else {
                await refresh(Set(refreshedUntil.keys))
                continue
            }
            next = parts.clock.now.advanced(bySeconds: settings.refreshSeconds)
            await refresh(nil)
        }
    }

    /// Tells such receivers, all or some, what still fires of what they were told; none waits for another.
    private func refresh(_ some: Set<String>?) async {
        let stateful = parts.senders().compactMapValues(\.refresh)
        refreshedUntil = refreshedUntil.filter { stateful[$0.key] != nil }
        // One that is being told something now is told the rest the next time: what is over must not come back.
        let free = stateful.filter { receiver, _ in
            some?.contains(receiver) != false && !awaited.contains(receiver)
                && flying[Place(receiver: receiver, group: "")] == nil
        }
        guard !free.isEmpty else { return }
        for receiver in free.keys { flying[Place(receiver: receiver, group: "")] = 0 }
        do throws(CatalogError) {
            var query = AlertQuery(limit: Self.pageMax)
            query.states = [.firing, .acknowledged]
            let open = try await parts.alerts.allAlerts(query)
            await withDiscardingTaskGroup { group in
                for (receiver, refresh) in free {
                    group.addTask { await self.refresh(receiver, self.items(of: receiver, open), by: refresh) }
                }
            }
        } catch {
            for receiver in free.keys { release(receiver) }
            parts.logger.warning("what still fires is not told again for now: \(error)")
        }
    }

    /// Tells one receiver, beginning where it was broken off before.
    private func refresh(_ receiver: String, _ items: [AlertNotice.Item], by tell: Refresh) async {
        let began = parts.clock.now
        defer { release(receiver) }
        let ordered = rotated(items, behind: refreshedUntil.removeValue(forKey: receiver))
        for start in stride(from: 0, to: ordered.count, by: Self.alertsMax) {
            let end = min(start + Self.alertsMax, ordered.count)
            let outcome = await tell(Array(ordered[start..<end]))
            note(receiver, outcome)
            if case .refused(_, isLasting: false, _) = outcome { return }
            let isLong = parts.clock.now.secondsSince(began) >= Self.heldSecondsMax
            guard end < ordered.count, isLong, awaited.contains(receiver) else { continue }
            refreshedUntil[receiver] = ordered[end - 1].alert.id
            return
        }
    }

    private func rotated(_ items: [AlertNotice.Item], behind last: AlertID?) -> [AlertNotice.Item] {
        guard let last else { return items }
        return items.filter { $0.alert.id > last } + items.filter { $0.alert.id <= last }
    }

    /// Deliveries to a receiver go on.
    private func release(_ receiver: String) {
        flying[Place(receiver: receiver, group: "")] = nil
        nudge()
    }

    /// What still fires of what a receiver was told, by id.
    private nonisolated func items(of receiver: String, _ open: [Alert]) -> [AlertNotice.Item] {
        open.filter { alert in alert.tellings.contains { $0.receiver == receiver && !$0.isOver } }
            .sorted { $0.id < $1.id }.map { AlertWords.item($0, externalURL: parts.externalURL) }
    }

    private func note(_ receiver: String, _ outcome: SendingOutcome) {
        guard case .refused(let reason, _, _) = outcome, !Task.isCancelled else {
            unrefreshed.remove(receiver)
            return
        }
        guard unrefreshed.insert(receiver).inserted else { return }
        parts.logger.warning("\(receiver) was not told what still fires: \(reason)")
    }
}
