/// The loads of a device's interfaces at one moment, worked out once and read by every counter asked for in it.
///
/// Devices of a grid share one: its interfaces are the same. Owned by one thread.
final class TrafficMeter {
    private let flows: [TrafficFlow]
    private let zoneOffsetSeconds: Int
    private var stamp = Int64.min
    /// Of fixed size for the life of the meter; a pointer, because every counter answered reads it.
    private let loads: UnsafeMutablePointer<Double>
    /// What a load-second adds to each counter: 6 a direction, 12 an interface.
    private let rates: UnsafeMutablePointer<Double>
    /// Loads at which flows stand still.
    private let frozenLoads: [Int: FrozenLoad]

    /// A load at which a flow stands still.
    struct FrozenLoad: Sendable, Equatable {
        var load: Double
        /// Unix time at which it moves again.
        var untilMilliseconds: Int64
    }

    static let countersPerFlow = 6

    init(_ interfaces: [SimulatedInterface], zoneOffsetSeconds: Int, frozenLoads: [Int: FrozenLoad] = [:]) {
        self.frozenLoads = frozenLoads
        flows = interfaces.flatMap { [$0.traffic.inbound, $0.traffic.outbound] }
        self.zoneOffsetSeconds = zoneOffsetSeconds
        loads = .allocate(capacity: max(flows.count, 1))
        loads.initialize(repeating: 0, count: max(flows.count, 1))
        let factors = flows.flatMap {
            [
                FlowFactors.octets($0), FlowFactors.unicast($0), FlowFactors.multicast($0), FlowFactors.broadcast($0),
                FlowFactors.discards($0), FlowFactors.errors($0),
            ]
        }
        rates = .allocate(capacity: max(factors.count, 1))
        rates.initialize(from: factors, count: factors.count)
    }

    deinit {
        rates.deallocate()
        loads.deallocate()
    }

    /// Loads of every flow at a moment, two an interface.
    func loads(at milliseconds: Int64) -> [Double] {
        let seconds = TrafficTime.localSeconds(milliseconds, offsetSeconds: zoneOffsetSeconds)
        return flows.map { $0.load(at: seconds) }
    }

    /// The loads of all flows at a moment, and what a load-second adds to each of their counters; valid until the next
    /// call, and as long as the meter.
    @inline(__always)
    func reading(at milliseconds: Int64) -> (loads: UnsafePointer<Double>, rates: UnsafePointer<Double>) {
        if stamp != milliseconds { refresh(at: milliseconds) }
        return (UnsafePointer(loads), UnsafePointer(rates))
    }

    private func refresh(at milliseconds: Int64) {
        let seconds = TrafficTime.localSeconds(milliseconds, offsetSeconds: zoneOffsetSeconds)
        for index in flows.indices { loads[index] = flows[index].load(at: seconds) }
        for (flow, frozen) in frozenLoads where milliseconds < frozen.untilMilliseconds { loads[flow] = frozen.load }
        stamp = milliseconds
    }
}

/// Loads of every flow when the counters stood at 0, shared by devices that started together.
final class StartLoads {
    let loads: UnsafePointer<Double>

    init(_ values: [Double]) {
        let memory = UnsafeMutablePointer<Double>.allocate(capacity: max(values.count, 1))
        memory.initialize(from: values, count: values.count)
        loads = UnsafePointer(memory)
    }

    deinit {
        loads.deallocate()
    }
}
