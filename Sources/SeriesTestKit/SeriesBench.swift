public import Inventory
public import Series

/// What a store can keep, where not all can.
public struct SeriesTraits: Sendable, Hashable {
    /// The highest counter that comes back exactly.
    public var counterMax: UInt64
    /// Whether all fields of a reading come back, not only time and counters.
    public var keepsContext: Bool
    /// Whether the readings of `remove` are gone once it returns.
    public var removes: Bool
    /// Days of readings that the store itself keeps, removing older ones in `maintain`; nil where a server does that.
    public var retentionDays: Int?
    /// Whether roll-ups stay when their readings have gone.
    public var keepsRollups: Bool

    /// A store that keeps everything exactly, readings for 35 days.
    public static let exact = SeriesTraits(
        counterMax: .max, keepsContext: true, removes: true, retentionDays: 35, keepsRollups: true)
    /// A server that keeps time and counters as doubles.
    public static let doubles = SeriesTraits(
        counterMax: 1 << 53, keepsContext: false, removes: false, retentionDays: nil, keepsRollups: false)

    /// A store with these traits.
    public init(counterMax: UInt64, keepsContext: Bool, removes: Bool, retentionDays: Int?, keepsRollups: Bool) {
        self.counterMax = counterMax
        self.keepsContext = keepsContext
        self.removes = removes
        self.retentionDays = retentionDays
        self.keepsRollups = keepsRollups
    }
}

/// Where a store is put to the contract: how a fresh one is opened, and what may be asked of it.
///
/// Checks use interfaces of their own, drawn at random, so that a server may be shared by several of them. They append
/// from `start` to at most 12 hours after it, and merge to at most 3 days before it (those of retention: further).
public struct SeriesBench: Sendable {
    /// What the store can keep.
    public var traits: SeriesTraits
    /// What the clock shows at first: a whole hour.
    public var start: Timestamp
    /// Opens a fresh store that takes the clock for now.
    public var open: @Sendable (ManualNow) async throws -> any SeriesStore
    /// Waits until what was acknowledged can be read; does nothing where that is at once.
    public var settle: @Sendable (any SeriesStore) async throws -> Void

    /// A bench for stores of some traits.
    public init(
        traits: SeriesTraits = .exact, start: Timestamp = Timestamp(seconds: 1_772_006_400),
        settle: @escaping @Sendable (any SeriesStore) async throws -> Void = { _ in },
        open: @escaping @Sendable (ManualNow) async throws -> any SeriesStore
    ) {
        self.traits = traits
        self.start = start
        self.open = open
        self.settle = settle
    }
}
