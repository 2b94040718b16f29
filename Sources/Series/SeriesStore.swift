public import Inventory
public import Traffic

/// The time-series store: what every poll read of every monitored interface, and hourly roll-ups of it.
///
/// It keeps readings as devices counted them; rates are made from them when asked, by `Traffic.RateLaw`, so that every
/// store gives the same answers. Every implementation passes the same contract suite (`SeriesTestKit`).
public protocol SeriesStore: Sendable {
    /// Adds readings as polls bring them; those accepted survive a crash of the process and of the machine once it returns.
    ///
    /// A reading is known by (interface, time): the same one again changes nothing. One that is older than the newest of
    /// its interface, or later than now plus an interval, is refused and counted, not stored: a clock that jumped back
    /// never changes what is there. Throws where nothing of the call was kept, or where it is not known (`outcomeUnknown`:
    /// the caller calls again with the same readings).
    func append(_ readings: [SeriesReading]) async throws(SeriesError) -> AppendOutcome

    /// Adds history: readings of any time within the retention, in any order, beside those that are there.
    ///
    /// Slower than `append`; for imports and back-fills. Where the interface has a reading of that very time, it is
    /// replaced. Roll-ups of the hours touched are made anew.
    func merge(_ readings: [SeriesReading]) async throws(SeriesError) -> AppendOutcome

    /// Calls `take` once for each selected interface that has readings in the range, from several threads at once.
    ///
    /// No order among interfaces is promised. An error thrown by `take` ends the scan and is rethrown as
    /// `SeriesError.Code.cancelled`. Damaged blocks are left out, as gaps, and counted in the outcome.
    func scan(
        _ query: SeriesQuery, _ take: @escaping @Sendable (SeriesRun) throws -> Void
    ) async throws(SeriesError) -> ScanOutcome

    /// Calls `take` once for each selected interface that has roll-ups in the range, from several threads at once.
    ///
    /// Hours whose readings are still there but not rolled up yet are rolled up on the way, the present one as far as it
    /// got.
    func scanRollups(
        _ query: SeriesQuery, _ take: @escaping @Sendable (RollupRun) throws -> Void
    ) async throws(SeriesError) -> ScanOutcome

    /// Forgets all of some interfaces, as far as this store can.
    func remove(_ interfaces: [InterfaceID]) async throws(SeriesError)

    /// Does what is due at `now` besides appending: sealing, roll-ups, retention, delivery; returns what was done.
    ///
    /// Called every few seconds by one caller; does a bounded piece of work, so that `append` never waits for long.
    func maintain(now: Timestamp) async throws(SeriesError) -> MaintenanceOutcome

    /// What the store holds and how it fares; cheap.
    func statistics() async -> SeriesStatistics

    /// Closes the store; calls after it throw `SeriesError.Code.closed`.
    func close() async
}

/// A reading and whose it is.
public struct SeriesReading: Sendable, Hashable {
    /// The interface.
    public var interface: InterfaceID
    /// What was read.
    public var reading: CounterReading

    /// A reading of an interface.
    public init(_ interface: InterfaceID, _ reading: CounterReading) {
        self.interface = interface
        self.reading = reading
    }
}

/// What became of readings that were to be added.
public struct AppendOutcome: Sendable, Hashable {
    /// Stored now.
    public var accepted = 0
    /// There already, the very same.
    public var repeated = 0
    /// Older than the newest of their interface, or another of the same time; not stored.
    public var outOfOrder = 0
    /// Later than now plus an interval, or older than the retention; not stored.
    public var outOfRange = 0

    /// Nothing happened.
    public init() {}

    /// Adds another outcome to this one.
    public static func += (sum: inout AppendOutcome, one: AppendOutcome) {
        sum.accepted += one.accepted
        sum.repeated += one.repeated
        sum.outOfOrder += one.outOfOrder
        sum.outOfRange += one.outOfRange
    }
}

/// Which readings are asked for.
public struct SeriesQuery: Sendable, Hashable {
    /// Which interfaces.
    public enum Selection: Sendable, Hashable {
        /// All the store knows.
        case all
        /// These; unknown ones are left out.
        case ids([InterfaceID])
    }

    /// Which interfaces.
    public var interfaces: Selection
    /// The first moment.
    public var from: Timestamp
    /// The moment after the last; a range without a moment in it answers nothing.
    public var to: Timestamp
    /// Which counters are wanted; the others may be missing from the readings.
    public var counters: CounterSet
    /// Seconds before `from` in which the last reading is wanted too, so that the first rate has where to begin; 0 for none.
    public var leadSeconds: Int

    /// Readings of some interfaces in `from..<to`.
    public init(
        _ interfaces: Selection, from: Timestamp, to: Timestamp, counters: CounterSet = .all, leadSeconds: Int = 0
    ) {
        self.interfaces = interfaces
        self.from = from
        self.to = to
        self.counters = counters
        self.leadSeconds = leadSeconds
    }
}

/// The readings of one interface, ascending by time.
public struct SeriesRun: Sendable, Hashable {
    /// The interface.
    public var interface: InterfaceID
    /// Its readings, ascending by time.
    public var readings: [CounterReading]

    /// The readings of an interface.
    public init(_ interface: InterfaceID, _ readings: [CounterReading]) {
        self.interface = interface
        self.readings = readings
    }
}

/// The roll-ups of one interface, ascending by time.
public struct RollupRun: Sendable, Hashable {
    /// The interface.
    public var interface: InterfaceID
    /// Its hours, ascending.
    public var hours: [HourlyRollup]

    /// The roll-ups of an interface.
    public init(_ interface: InterfaceID, _ hours: [HourlyRollup]) {
        self.interface = interface
        self.hours = hours
    }
}

/// How a scan went.
public struct ScanOutcome: Sendable, Hashable {
    /// Interfaces handed over.
    public var interfaces = 0
    /// Readings, or hours, handed over.
    public var values = 0
    /// Blocks that failed their checksum and were left out.
    public var damagedBlocks = 0

    /// Nothing was read.
    public init() {}
}

/// What a round of maintenance did.
public struct MaintenanceOutcome: Sendable, Hashable {
    /// Blocks sealed.
    public var sealedBlocks = 0
    /// Files removed because all in them was older than the retention.
    public var removedFiles = 0
    /// Readings delivered to a server.
    public var delivered = 0
    /// Whether more is due already.
    public var isMoreDue = false

    /// Nothing was due.
    public init() {}
}
