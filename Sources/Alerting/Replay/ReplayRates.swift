import Inventory
import Traffic

/// Rates of the past, made of readings as they are made live.
struct ReplayRates {
    private let law: RateLaw
    private var last: [InterfaceID: InterfaceRates] = [:]
    /// When devices were last found to have started, by their own clocks.
    private var booted: [DeviceID: Timestamp] = [:]

    /// Two times at which a device started that are closer than this are one.
    private static let bootSeconds = 60.0

    init(law: RateLaw) { self.law = law }

    /// The rates at a reading; nil where it is not later than the one before.
    mutating func next(_ id: InterfaceID, _ reading: CounterReading) -> InterfaceRates? {
        guard let rates = law.rates(of: id, at: reading, after: last[id]) else { return nil }
        last[id] = rates
        return rates
    }

    /// Whether a reading is the first that shows that its device started anew.
    mutating func showsRestart(_ rates: InterfaceRates, of device: DeviceID) -> Bool {
        guard let step = rates.step, step.origin.contains(.resetAnnounced), let after = rates.reading.sysUpTime,
            Double(after) / 100 <= rates.reading.at.secondsSince(step.from)
        else { return false }
        let start = rates.reading.at.advanced(bySeconds: -Double(after) / 100)
        if let known = booted[device], start.secondsSince(known) < Self.bootSeconds { return false }
        booted[device] = start
        return true
    }
}
