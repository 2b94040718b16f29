import Inventory

/// How long a step was, or what forbids to tell.
enum StepDuration: Hashable {
    /// So many seconds; `isByDevice` where the wall clock did not tell.
    case known(seconds: Double, isByDevice: Bool)
    /// Neither clock can be trusted.
    case unknown
    /// The device restarted, or it cannot be excluded.
    case restarted
}

/// How long a step was: the wall clock, checked against the device's own.
///
/// Where both agree the device's counts: it was read in the very moment the counters were, while the wall clock also
/// measures how late each answer was. It is known to a hundredth of a second only (to a second on agents that count whole
/// seconds); within that the wall clock refines it.
///
/// Whether a device restarted, where the wall clock says `wall` seconds, and sysUpTime went from `before` to `after`:
/// a device that restarted after the first reading has been up for at most the true time between both, `after <= true`.
/// - `after < before`: it restarted, unless sysUpTime passed 2^32; then the difference modulo 2^32 agrees with `wall`.
/// - `wall` is right: `true = wall`, so `after > wall` proves that it did not restart.
/// - The wall clock was set forward: `true < wall`, so `after > wall` proves it too. Only `after <= wall` is left, a device
///   that started less than `wall` ago: nothing tells a restart from a clock that was set, and it is taken as a restart,
///   at the price of one rate.
/// - The wall clock was set back: `true > wall`, and `after > wall` proves nothing. But `after` beyond two intervals would
///   mean that nothing was read for longer than that, while sysUpTime says how long it was: no rate comes of it either.
extension RateLaw {
    func duration(_ earlier: CounterReading, _ later: CounterReading) -> StepDuration {
        let wall = Self.wallSeconds(earlier, later)
        let isWallKnown = !later.clockWasSet && wall > 0
        guard let before = earlier.sysUpTime, let after = later.sysUpTime, before | after != 0 else {
            return isWallKnown ? .known(seconds: wall, isByDevice: false) : .unknown
        }
        let device = Double(after &- before) / 100
        let interval = longerInterval(earlier, later)
        let agrees = wall > 0 && abs(wall - device) <= clockToleranceSeconds + clockToleranceShare * min(wall, device)
        if after < before {
            let wrapped = agrees || (!isWallKnown && device <= gapLimit(interval))
            guard wrapped else { return .restarted }
        } else if isRestartPossible(wall: wall, isWallKnown, device, after, agrees: agrees, interval) {
            return .restarted
        }
        if agrees && device > 0 {
            let seconds = isWallKnown ? Self.refined(wall, device: device, before, after) : device
            return .known(seconds: seconds, isByDevice: false)
        }
        return disagreeing(earlier, later, wall: isWallKnown ? wall : nil, device: device, interval)
    }

    /// Seconds from one reading to another by the wall clock; also where no clock shows such times.
    @inline(__always)
    static func wallSeconds(_ earlier: CounterReading, _ later: CounterReading) -> Double {
        let (from, to) = (earlier.at.milliseconds, later.at.milliseconds)
        let (difference, isOverflow) = to.subtractingReportingOverflow(from)
        return (isOverflow ? Double(to) - Double(from) : Double(difference)) / 1000
    }

    /// The device's time, refined by the wall clock within what it counts in.
    ///
    /// An agent that counts whole seconds shows multiples of 100, and 4 more after each time it passed 2^32.
    @inline(__always)
    static func refined(_ wall: Double, device: Double, _ before: UInt32, _ after: UInt32) -> Double {
        let isWholeSeconds = (after &- before) % 100 == 0 && before % 100 <= 12 && before % 4 == 0
        let unit = isWholeSeconds ? 1 : 0.01
        return abs(wall - device) <= unit ? wall : device
    }

    @inline(__always)
    func longerInterval(_ earlier: CounterReading, _ later: CounterReading) -> Double {
        Double(max(earlier.intervalSeconds, later.intervalSeconds, 1))
    }

    /// Seconds above which a step is a gap.
    func gapLimit(_ interval: Double) -> Double {
        (gapIntervals + gapSlackShare) * interval + gapSlackSeconds
    }

    /// Whether the device may have restarted although sysUpTime did not fall.
    private func isRestartPossible(
        wall: Double, _ isWallKnown: Bool, _ device: Double, _ after: UInt32, agrees: Bool, _ interval: Double
    ) -> Bool {
        let upTime = Double(after) / 100
        // Late answers make the wall clock's time longer by a little.
        if agrees { return upTime + 1 < wall }
        if isWallKnown && device < wall { return upTime <= wall + clockToleranceSeconds }
        return upTime <= gapLimit(interval)
    }

    /// Two clocks that say different things, of a device that did not restart.
    private func disagreeing(
        _ earlier: CounterReading, _ later: CounterReading, wall: Double?, device: Double, _ interval: Double
    ) -> StepDuration {
        // The very answer of before, from a memory within the agent: nothing was measured in between.
        if device == 0 && earlier.counters == later.counters { return .unknown }
        // A clock that stands still, or counts in another unit, while polls came regularly: it is no clock. The wall
        // clock's time is the longer one here, so this never makes a spike.
        if let wall, device < min(interval, wall) / 2 { return .known(seconds: wall, isByDevice: false) }
        return device > 0 ? .known(seconds: device, isByDevice: true) : .unknown
    }

    /// Whether the device announced that the counters of the interface began anew (RFC 2863, ifCounterDiscontinuityTime).
    func isDiscontinuity(_ earlier: CounterReading, _ later: CounterReading) -> Bool {
        guard let new = later.discontinuityTime, new != earlier.discontinuityTime else {
            // Not answered now: no word of it. The same as before: none.
            return false
        }
        guard let old = earlier.discontinuityTime else {
            // Answered for the first time: it counts where it happened after the reading before.
            guard new != 0 else { return false }
            guard let before = earlier.sysUpTime, let after = later.sysUpTime else { return true }
            return new &- before <= after &- before
        }
        // Agents that convert from the time of day shift an old one by a second or so; a new one is later than the
        // reading before.
        guard old != 0, new != 0, let before = earlier.sysUpTime, new < before else { return true }
        return max(old, new) - min(old, new) > 200
    }
}
