public import Inventory
public import Traffic

extension Detector {
    /// Takes the readings that came since the state's cursor: readings become steps, steps become samples.
    ///
    /// Readings ascend by time; those up to the cursor are left out, so the same ones may be given twice. The first
    /// reading of all is where the first rate begins, and no sample.
    public func take(
        _ readings: [CounterReading], into state: inout InterfaceState, law: RateLaw = RateLaw(),
        context: (Timestamp) -> SampleContext, findings: inout [SideFinding], everySample: Bool = false
    ) {
        for reading in readings {
            if let cursor = state.cursor, reading.at <= cursor { continue }
            if let last = state.lastReading {
                let sample = InterfaceSample(law.step(from: last, to: reading), reading)
                step(&state, sample, context(reading.at), findings: &findings, everySample: everySample)
            }
            state.lastReading = reading
            state.cursor = reading.at
        }
    }
}
