import Alerting
import Inventory
import Jobs
import Logging
public import Traffic

/// What the desk listens to; each is read until it ends or the desk does.
public struct AlertFeeds: Sendable {
    /// `RateBoard.updates()`.
    public var rates: AsyncStream<[InterfaceRates]>?
    /// `MetricsCollection.statusChanges()`.
    public var status: AsyncStream<[StatusChange]>?
    /// `MetricsCollection.contacts()`.
    public var contacts: AsyncStream<[DeviceContact]>?
    /// `AnomalyWatch.updates()`.
    public var anomalies: AsyncStream<AnomalyNews>?
    /// `MetricsCollection.heard(_:)`.
    public var heard: (@Sendable (InterfaceStatusChange) -> Void)?

    /// Nothing.
    public init() {}

    /// All that a collection reads.
    public init(_ collection: MetricsCollection) {
        rates = collection.board.updates()
        status = collection.statusChanges()
        contacts = collection.contacts()
        heard = { collection.heard($0) }
    }
}

extension AlertDesk {
    private static let startSeconds = 1.0
    /// Evaluations of news take at most about this share of the time, so that a storm is judged in larger pieces.
    private static let share = 0.2

    /// Works until the task is cancelled; can be called once.
    ///
    /// Nothing is taken before the alerts of the catalog and the inventory were read, which is tried until it succeeds. What
    /// came in the last moment is judged and written before it returns.
    public func run(_ feeds: AlertFeeds) async {
        while await look() != nil {
            guard (try? await parts.clock.sleep(seconds: Self.startSeconds)) != nil else { return }
        }
        follow(feeds)
        await withDiscardingTaskGroup { group in
            if let rates = feeds.rates { group.addTask { for await one in rates { await self.take(one) } } }
            if let status = feeds.status { group.addTask { for await one in status { await self.take(one) } } }
            if let contacts = feeds.contacts { group.addTask { for await one in contacts { await self.take(one) } } }
            if let news = feeds.anomalies { group.addTask { for await one in news { await self.take(one) } } }
            group.addTask { await self.keepLooking() }
            group.addTask { await self.keepEvaluating() }
            await keepAsking()
        }
        try? await evaluate(isFull: false)
        alarm?.cancel()
    }

    /// Tells polls what the catalog says otherwise of ports than what was heard, and from now on what notifications say.
    private func follow(_ feeds: AlertFeeds) {
        tellPolls = feeds.heard
        guard let heard = feeds.heard else { return }
        for (id, known) in seen.statuses {
            guard let device = seen.inventory.interfaces[id]?.deviceID else { continue }
            heard(
                InterfaceStatusChange(
                    deviceID: device, interfaceID: id, adminBefore: 0, admin: known.status.admin, operBefore: 0,
                    oper: known.status.oper, at: known.at))
        }
    }

    private func keepLooking() async {
        while (try? await parts.clock.sleep(seconds: settings.lookSeconds)) != nil { await look() }
    }

    private func keepEvaluating() async {
        for await _ in signals {
            let pause = max(Double(settings.settleMilliseconds) / 1000, seen.newsSeconds / Self.share)
            guard (try? await parts.clock.sleep(seconds: pause)) != nil else { return }
            if let retryAt, retryAt > parts.clock.now {
                guard (try? await parts.clock.sleep(until: retryAt)) != nil else { return }
            }
            try? await evaluate(isFull: false)
        }
    }
}
