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
    private let rates: [Double]

    static let countersPerFlow = 6

    init(_ interfaces: [SimulatedInterface], zoneOffsetSeconds: Int) {
        flows = interfaces.flatMap { [$0.traffic.inbound, $0.traffic.outbound] }
        self.zoneOffsetSeconds = zoneOffsetSeconds
        loads = .allocate(capacity: max(flows.count, 1))
        loads.initialize(repeating: 0, count: max(flows.count, 1))
        rates = flows.flatMap {
            [
                FlowFactors.octets($0), FlowFactors.unicast($0), FlowFactors.multicast($0), FlowFactors.broadcast($0),
                FlowFactors.discards($0), FlowFactors.errors($0),
            ]
        }
    }

    deinit {
        loads.deallocate()
    }

    /// Loads of every flow at a moment, two an interface.
    func loads(at milliseconds: Int64) -> [Double] {
        let seconds = TrafficTime.localSeconds(milliseconds, offsetSeconds: zoneOffsetSeconds)
        return flows.map { $0.load(at: seconds) }
    }

    /// The load of one flow at a moment: interface's position x 2, plus 1 for outbound.
    @inline(__always)
    func load(_ flow: Int, at milliseconds: Int64) -> Double {
        if stamp != milliseconds { refresh(at: milliseconds) }
        return loads[flow]
    }

    /// What a load-second of a flow adds to a counter.
    @inline(__always)
    func rate(_ flow: Int, _ counter: Int) -> Double {
        rates[flow * Self.countersPerFlow + counter]
    }

    private func refresh(at milliseconds: Int64) {
        let seconds = TrafficTime.localSeconds(milliseconds, offsetSeconds: zoneOffsetSeconds)
        for index in flows.indices { loads[index] = flows[index].load(at: seconds) }
        stamp = milliseconds
    }
}
