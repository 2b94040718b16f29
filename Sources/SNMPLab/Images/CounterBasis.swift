/// What the counters of one device are worked out from at one moment: places and numbers only, so that copying it costs
/// nothing.
///
/// Valid while the device is served and until its meter is asked for another moment.
struct CounterBasis {
    let loads: UnsafePointer<Double>
    let rates: UnsafePointer<Double>
    let starts: UnsafePointer<Double>
    let scale: Double

    /// A counter: 0 octets, 1 unicast, 2 multicast, 3 broadcast, 4 discards, 5 errors.
    @inline(__always)
    func counter(_ flow: Int, _ counter: Int) -> UInt64 {
        let rate = rates[flow * TrafficMeter.countersPerFlow + counter]
        return DirectionCounters.whole(rate * scale * (loads[flow] - starts[flow]))
    }

    /// Writes a counter that is one number of one flow; 0 for every other kind of row.
    @inline(__always)
    func write(_ kind: UInt8, slot: UInt16, to output: UnsafeMutablePointer<UInt8>) -> Int {
        let place = CounterPlace(kind)
        guard place.isCounter else { return 0 }
        let value = counter(Int(slot) * 2 + place.direction, place.counter)
        return place.isWide
            ? BER.writeUnsigned(BER.counter64, value, to: output)
            : BER.writeUnsigned(BER.counter32, value & 0xFFFF_FFFF, to: output)
    }
}

/// Which number of which flow a kind of row is: arithmetic on the order of `RowKind`'s cases.
private struct CounterPlace {
    let isCounter: Bool
    let isWide: Bool
    let direction: Int
    let counter: Int

    /// The 32-bit kinds by their distance from the first, and what cannot be worked out here as 7.
    private static let narrow: UInt64 = 0x7547_3210

    @inline(__always)
    init(_ kind: UInt8) {
        let first = RowKind.inOctets32.rawValue
        let firstWide = RowKind.inOctets64.rawValue
        if kind >= firstWide {
            let distance = Int(kind - firstWide)
            isCounter = distance < 8
            isWide = true
            direction = distance >> 2
            counter = distance & 3
            return
        }
        let distance = Int(kind) - Int(first)
        isWide = false
        // Eight inbound kinds, the last of them unknown protocols, then seven outbound ones.
        direction = distance >= 8 ? 1 : 0
        counter = Int(Self.narrow >> UInt64((distance & 7) * 4)) & 7
        isCounter = distance >= 0 && counter != 7
    }
}
