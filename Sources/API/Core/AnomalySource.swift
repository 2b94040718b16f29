public import Baselines
public import Inventory
public import Series

/// What the API knows of the detection of anomalies besides the catalog: how it judges, how it fares, what it tells.
public struct AnomalySource: Sendable {
    /// The zone whose clocks the hours of the week follow.
    public var zone: ZoneRules
    /// Days on which people do not work, as they are now.
    public var holidays: @Sendable () -> HolidayCalendar
    /// How traffic is judged.
    public var detection: DetectionSettings
    /// The method that raises anomalies on an interface.
    public var raising: @Sendable (Interface) -> DetectionMode
    /// How many incidents may be told in any seven days.
    public var budget: AlarmBudget
    /// How the checks fare.
    public var statistics: @Sendable () -> AnomalyCheckStatistics
    /// What the checks find from now on, a piece of news a check; nil where nothing is checked.
    public var news: (@Sendable () async -> AsyncStream<AnomalyNews>)?

    /// A source; without arguments hours are those of UTC and nothing is checked.
    public init(
        zone: ZoneRules = .utc, holidays: @escaping @Sendable () -> HolidayCalendar = { HolidayCalendar() },
        detection: DetectionSettings = DetectionSettings(),
        raising: @escaping @Sendable (Interface) -> DetectionMode = { _ in .adaptive },
        budget: AlarmBudget = AlarmBudget(),
        statistics: @escaping @Sendable () -> AnomalyCheckStatistics = { AnomalyCheckStatistics() },
        news: (@Sendable () async -> AsyncStream<AnomalyNews>)? = nil
    ) {
        self.zone = zone
        self.holidays = holidays
        self.detection = detection
        self.raising = raising
        self.budget = budget
        self.statistics = statistics
        self.news = news
    }
}

/// How the checks for anomalies fare.
public struct AnomalyCheckStatistics: Sendable, Hashable {
    /// When the last check ended; nil where there was none since the start.
    public var checkedAt: Timestamp?
    /// How long it took, with what it read and wrote.
    public var checkMilliseconds: Double?
    /// Interfaces that are watched.
    public var interfaces: Int
    /// How each budget stood at the last check: that of all interfaces first, then the groups.
    public var budgets: [AlarmBudgetStanding]
    /// More numbers, in a fixed order: samples read, octets of state, ...
    public var numbers: [SeriesStatistics.Number]

    /// Nothing was checked yet.
    public init(
        checkedAt: Timestamp? = nil, checkMilliseconds: Double? = nil, interfaces: Int = 0,
        budgets: [AlarmBudgetStanding] = [], numbers: [SeriesStatistics.Number] = []
    ) {
        self.checkedAt = checkedAt
        self.checkMilliseconds = checkMilliseconds
        self.interfaces = interfaces
        self.budgets = budgets
        self.numbers = numbers
    }
}

/// What a check found: anomalies and incidents that are new, went on or ended, as they were stored.
public struct AnomalyNews: Sendable, Hashable {
    /// Anomalies that began or changed.
    public var anomalies: [Anomaly]
    /// Incidents that began or changed.
    public var incidents: [Incident]

    /// What a check found.
    public init(anomalies: [Anomaly] = [], incidents: [Incident] = []) {
        self.anomalies = anomalies
        self.incidents = incidents
    }
}
