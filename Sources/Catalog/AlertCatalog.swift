public import Inventory

/// What is wrong, what was said of it, and who is to be told: rows of `alert_history`, `alert_changes`, `alert_actions`,
/// `alert_silences`, `maintenance_windows` and `alert_deliveries`.
///
/// Alerts outlive their device and interface. Nothing written here moves the revision of lists.
public protocol AlertCatalog: Sendable {
    /// Writes alerts, the steps of their lives and what is to be sent of them, in one transaction: all of it or nothing.
    ///
    /// Alerts and deliveries of known ids are replaced; deliveries that are new get the next numbers, in order. Throws
    /// `conflict` where an entity and condition would have two open alerts, `invalidValue` where a number is not finite
    /// or a step is of an unknown alert.
    func saveAlerts(_ batch: AlertBatch) async throws(CatalogError)

    /// The alerts a query asks for, the latest start first, then by id; at most its limit.
    func alerts(_ query: AlertQuery) async throws(CatalogError) -> [Alert]

    /// How many a query asks for, its limit and place aside.
    func alertCount(_ query: AlertQuery) async throws(CatalogError) -> Int

    /// One alert; nil where there is none.
    func alert(_ id: AlertID) async throws(CatalogError) -> Alert?

    /// The steps in the life of an alert, the first first.
    func alertChanges(of alert: AlertID) async throws(CatalogError) -> [AlertChange]

    /// Removes alerts that were over before a time with their steps and what was said of them, but those an open alert
    /// names as its cause; returns how many.
    func removeAlerts(resolvedBefore time: Timestamp) async throws(CatalogError) -> Int

    /// Adds what an operator said and gives it the next number; throws `invalidValue` for an unknown alert.
    func addAlertAction(_ action: AlertAction) async throws(CatalogError) -> AlertAction

    /// At most `limit` of what was said after a number, in order.
    func alertActions(after number: Int64, limit: Int) async throws(CatalogError) -> [AlertAction]

    /// The number of the last action that `saveAlerts` was told to be applied; 0 for none.
    func appliedAlertAction() async throws(CatalogError) -> Int64

    /// Adds a silence or replaces the one of the same id; throws `invalidValue` where it ends before it begins, or has no
    /// matchers and would silence everything.
    func saveSilence(_ silence: Silence) async throws(CatalogError)

    /// Silences that end after a time (nil for all), ordered by begin, then id.
    func silences(endingAfter time: Timestamp?) async throws(CatalogError) -> [Silence]

    /// Removes a silence; false where there was none.
    func removeSilence(_ id: SilenceID) async throws(CatalogError) -> Bool

    /// Adds a maintenance window or replaces the one of the same id; throws `invalidValue` where its length is not 1 minute
    /// to 31 days.
    func saveMaintenanceWindow(_ window: MaintenanceWindow) async throws(CatalogError)

    /// All maintenance windows, ordered by name, then id.
    func maintenanceWindows() async throws(CatalogError) -> [MaintenanceWindow]

    /// Removes a maintenance window; false where there was none.
    func removeMaintenanceWindow(_ id: MaintenanceWindowID) async throws(CatalogError) -> Bool

    /// What is to be delivered by a time: the first of each receiver, then the second of each, and so on, by number.
    ///
    /// One may be made where no earlier one that waits for the same receiver is of its group or tells of one of its
    /// alerts; one whose time has not come yet keeps such others waiting, but none else.
    func dueDeliveries(_ query: DueDeliveryQuery) async throws(CatalogError) -> [AlertDelivery]

    /// When the next delivery is due that was not by a time; nil where none waits for a later one.
    func nextDeliveryDue(after time: Timestamp) async throws(CatalogError) -> Timestamp?

    /// The deliveries a query asks for, the latest number first; at most its limit.
    func deliveries(_ query: AlertDeliveryQuery) async throws(CatalogError) -> [AlertDelivery]

    /// How many deliveries wait, and how many were delivered and given up since a time, by receiver.
    func deliveryCounts(since time: Timestamp) async throws(CatalogError) -> [String: AlertDeliveryCounts]

    /// Removes deliveries that ended before a time; returns how many.
    func removeDeliveries(endedBefore time: Timestamp) async throws(CatalogError) -> Int
}

/// What is written of alerts together.
public struct AlertBatch: Sendable, Hashable {
    /// Alerts that are new or changed, whole.
    public var alerts: [Alert] = []
    /// Steps of their lives.
    public var changes: [AlertChange] = []
    /// What is to be sent, whole.
    public var deliveries: [AlertDelivery] = []
    /// What became of deliveries: all but the alerts they tell of, which stay; one that is not known is added, whole.
    public var attempts: [AlertDelivery] = []
    /// Alerts that were pending and never fired: they leave nothing behind.
    public var removed: [AlertID] = []
    /// The number of the last action that is applied in `alerts`; nil leaves it as it is.
    public var appliedAction: Int64?

    /// Nothing is written.
    public init() {}

    /// Whether there is nothing to write.
    public var isEmpty: Bool {
        alerts.isEmpty && changes.isEmpty && deliveries.isEmpty && attempts.isEmpty && removed.isEmpty
            && appliedAction == nil
    }
}

/// Which alerts are asked for: what is nil, or a set that is empty, asks for all; a list that is empty, for none.
public struct AlertQuery: Sendable, Hashable {
    /// These.
    public var ids: [AlertID]?
    /// Of these devices and their interfaces.
    public var devices: [DeviceID]?
    /// Of these interfaces.
    public var interfaces: [InterfaceID]?
    /// Explained by one of these.
    public var causes: [AlertID]?
    /// In one of these states.
    public var states: Set<AlertState>
    /// Of one of these severities.
    public var severities: Set<AlertSeverity>
    /// With one of these conditions.
    public var conditions: Set<AlertCondition>
    /// Held back for one of these.
    public var holds: Set<AlertHold>
    /// Held back, or not.
    public var isHeld: Bool?
    /// Over, while somebody who was told of it does not know yet, or not.
    public var owesRecovery: Bool?
    /// Those that last into the time from here on: begun then or later, not over, or over later.
    public var from: Timestamp?
    /// Those that began before.
    public var to: Timestamp?
    /// Those that come after this one in the order of the answer.
    public var after: AlertPlace?
    /// The most to answer, 1 or more.
    public var limit: Int

    /// All alerts.
    public init(limit: Int) {
        states = []
        severities = []
        conditions = []
        holds = []
        self.limit = max(1, limit)
    }
}

/// A place in the order of alerts: the latest start first, then the smaller id.
public struct AlertPlace: Sendable, Hashable {
    /// Start of the one before.
    public var startedAt: Timestamp
    /// Its id.
    public var id: AlertID

    /// The place behind an alert.
    public init(startedAt: Timestamp, id: AlertID) {
        self.startedAt = startedAt
        self.id = id
    }
}

/// Which deliveries that are due are asked for.
public struct DueDeliveryQuery: Sendable, Hashable {
    /// Those that are due then.
    public var time: Timestamp
    /// The most to answer of one receiver, those left out by their number counted.
    public var perReceiver: Int
    /// The most to answer.
    public var limit: Int
    /// Numbers of deliveries that are left out: they are under way.
    public var except: Set<Int64>

    /// What is due by a time; no limit is negative.
    public init(by time: Timestamp, perReceiver: Int = .max, limit: Int, except: Set<Int64> = []) {
        self.time = time
        self.perReceiver = max(0, perReceiver)
        self.limit = max(0, limit)
        self.except = except
    }
}

/// Which deliveries are asked for: what is nil, or a set that is empty, asks for all.
public struct AlertDeliveryQuery: Sendable, Hashable {
    /// To this receiver.
    public var receiver: String?
    /// In one of these states.
    public var states: Set<AlertDelivery.State>
    /// About this alert.
    public var alert: AlertID?
    /// Those with smaller numbers.
    public var before: Int64?
    /// The most to answer, 1 or more.
    public var limit: Int

    /// All deliveries.
    public init(limit: Int) {
        states = []
        self.limit = max(1, limit)
    }
}

/// How the deliveries to a receiver went.
public struct AlertDeliveryCounts: Sendable, Hashable {
    /// To be made.
    public var waiting = 0
    /// Made.
    public var delivered = 0
    /// Given up.
    public var failed = 0
    /// When the oldest that waits was written.
    public var oldestWaiting: Timestamp?
    /// Why the last attempt failed.
    public var lastError: String?

    /// None.
    public init() {}
}
