public import Inventory
public import Series
public import Traffic

/// Where the API has the traffic of interfaces from: the rates of the moment, and what was recorded.
public struct MetricsSource: Sendable {
    /// The rates of one interface now; nil where nothing was read of it since the start.
    public var rates: @Sendable (InterfaceID) -> InterfaceRates?
    /// The rates of all interfaces now, in any order.
    public var allRates: @Sendable () -> [InterfaceRates]
    /// What was recorded; nil where nothing is.
    public var series: (any SeriesStore)?
    /// The rule by which readings become rates.
    public var law: RateLaw
    /// The numbers of the collection, in a fixed order.
    public var statistics: @Sendable () -> [SeriesStatistics.Number]
    /// Seconds between two polls, as they are set.
    public var intervalSeconds: Int
    /// Seconds for which readings are kept; hourly roll-ups are asked for what is older.
    public var retentionSeconds: Int

    /// A source; without arguments it knows nothing.
    public init(
        rates: @escaping @Sendable (InterfaceID) -> InterfaceRates? = { _ in nil },
        allRates: @escaping @Sendable () -> [InterfaceRates] = { [] }, series: (any SeriesStore)? = nil,
        law: RateLaw = RateLaw(), statistics: @escaping @Sendable () -> [SeriesStatistics.Number] = { [] },
        intervalSeconds: Int = 300, retentionSeconds: Int = 35 * 86_400
    ) {
        self.rates = rates
        self.allRates = allRates
        self.series = series
        self.law = law
        self.statistics = statistics
        self.intervalSeconds = intervalSeconds
        self.retentionSeconds = retentionSeconds
    }

    /// The store; throws where there is none.
    func store() throws(Problem) -> any SeriesStore {
        guard let series else {
            throw .unavailable(
                "nothing is recorded here: there is no time-series store",
                remedy: "Start the server with a time-series store; /api/v1/health tells how it stands.")
        }
        return series
    }

    /// What the line of an interface carries, bit/s, as it was read last; nil where it is not known.
    func capacity(of interface: Interface) -> Double? {
        let speed = rates(interface.id)?.reading.ifSpeed ?? interface.facts.ifSpeed
        return speed.flatMap { $0 > 0 ? Double($0) : nil }
    }

    /// Whether nothing was read of an interface for more than two intervals.
    static func isStale(_ reading: CounterReading, at now: Timestamp) -> Bool {
        now.secondsSince(reading.at) > 2 * Double(reading.intervalSeconds)
    }
}
