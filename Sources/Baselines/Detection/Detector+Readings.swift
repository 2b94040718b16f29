public import Inventory
public import Traffic

extension Detector {
    /// Takes the readings that came since the state's cursor: readings become steps, steps become samples.
    ///
    /// Readings ascend by time; those up to the cursor are left out, so the same ones may be given twice. The first
    /// reading of all is where the first rate begins, and no sample. A context is asked for the span between two
    /// readings, which is what a rate is of: it is excluded where any of that is.
    public func take(
        _ readings: [CounterReading], into state: inout InterfaceState, law: RateLaw = RateLaw(),
        context: (_ from: Timestamp, _ to: Timestamp) -> SampleContext,
        findings: inout [SideFinding], everySample: Bool = false
    ) {
        for reading in readings {
            if let cursor = state.cursor, reading.at <= cursor { continue }
            state.cursor = reading.at
            if let last = state.lastReading {
                guard let sample = sample(from: last, to: reading, law: law) else { continue }
                step(&state, sample, context(last.at, reading.at), findings: &findings, everySample: everySample)
            }
            state.lastReading = reading
        }
    }

    /// The sample of the time between two readings; nil where it is too short for one.
    ///
    /// Readings of a time with a shorter polling interval come sooner than samples do: where it is too soon, the next
    /// one is asked for with the same earlier one. Counters are sums, so nothing is lost.
    public func sample(
        from earlier: CounterReading, to later: CounterReading, law: RateLaw = RateLaw()
    ) -> InterfaceSample? {
        let own = UInt16(clamping: intervalSeconds)
        guard later.intervalSeconds < own, later.intervalSeconds > 0 else {
            return InterfaceSample(law.step(from: earlier, to: later), later)
        }
        let slack = Double(later.intervalSeconds) / 2
        guard later.at.secondsSince(earlier.at) + slack >= Double(own) else { return nil }
        var (first, last) = (earlier, later)
        (first.intervalSeconds, last.intervalSeconds) = (max(own, earlier.intervalSeconds), own)
        return InterfaceSample(law.step(from: first, to: last), last)
    }
}
