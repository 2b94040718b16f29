public import Inventory

extension InterfaceState {
    /// Takes where the traffic of a side is now as its usual from here on: levels of all hours move by as much.
    ///
    /// Where it is now is what it was in about the last half hour. An anomaly of the side is over with its next quiet
    /// sample. Without effect where nothing of the side is known yet.
    public mutating func takeAsNewNormal(side: TrafficSide) {
        guard let place = place(of: side) else { return }
        sides[place].adaptive.takeAsNewNormal(sides[place].adaptive.recentShift)
        sides[place].adaptive.clearRing()
        for index in episodes.indices where episodes[index].side == place && episodes[index].isOpen {
            episodes[index].episode.becameNormal = true
        }
    }

    /// Raises the limit of the duration that spoke last on a side: an operator said that it was to be expected.
    ///
    /// By `AdaptiveSettings.expectedRise`, up to `limitMaximum`; it sinks again as limits do. Without effect on the
    /// classic method, whose threshold is fixed, and where nothing has spoken yet.
    public mutating func noteExpected(side: TrafficSide, settings: AdaptiveSettings = AdaptiveSettings()) {
        guard let place = place(of: side), let spoke = sides[place].lastSpoke, spoke < 5 else { return }
        let limit = max(settings.limitMinimum, sides[place].adaptive.limits[Int(spoke)])
        sides[place].adaptive.limits[Int(spoke)] = min(settings.limitMaximum, limit * settings.expectedRise)
    }

    /// Forgets what was learnt: the interface means something else now.
    ///
    /// The cursor and the last reading stay, so nothing is read twice. An anomaly that goes on ends at its last sample,
    /// which is told with the next one.
    public mutating func restart() {
        var fresh = InterfaceState()
        (fresh.cursor, fresh.lastReading) = (cursor, lastReading)
        fresh.classic = classic.map { ClassicState(lookBackDays: $0.lookBackDays) }
        fresh.sides = sides.map { _ in SideState() }
        fresh.episodes = episodes.filter(\.isOpen)
        self = fresh
    }

    private func place(of side: TrafficSide) -> Int? {
        sides.indices.first { TrafficSide.all[$0] == side }
    }
}
