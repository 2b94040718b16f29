public import Inventory
public import Traffic

extension InterfaceSample {
    /// The sample of a step between two readings, of which `reading` is the later.
    public init(_ step: CounterStep, _ reading: CounterReading) {
        let rates = SIMD4(
            (step.rate(.inOctets) ?? .nan) * 8, (step.rate(.outOctets) ?? .nan) * 8,
            step.rate(.inUnicastPackets) ?? .nan, step.rate(.outUnicastPackets) ?? .nan)
        let speed = reading.ifSpeed.flatMap { $0 > 0 ? Double($0) : nil }
        self.init(
            at: reading.at, rates: rates, capacity: speed, evidence: SampleEvidence(step, reading),
            intervalSeconds: Int(reading.intervalSeconds))
    }
}

extension SampleEvidence {
    /// What a step saw besides the rates.
    init(_ step: CounterStep, _ reading: CounterReading) {
        let hasRates = !step.rated.isEmpty
        self.init(
            operStatus: reading.operStatus == 0 ? nil : Int(reading.operStatus),
            errorPercent: hasRates ? Self.percent(step, .inErrors, .outErrors) : nil,
            discardPercent: hasRates ? Self.percent(step, .inDiscards, .outDiscards) : nil)
    }

    private static func percent(_ step: CounterStep, _ inbound: CounterKind, _ outbound: CounterKind) -> Double? {
        let worse = [
            ErrorShare.percent(errors: step.increase(inbound), packets: step.increase(.inUnicastPackets)),
            ErrorShare.percent(errors: step.increase(outbound), packets: step.increase(.outUnicastPackets)),
        ]
        return worse.compactMap(\.self).max()
    }
}
