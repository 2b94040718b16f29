/// The rows of an image that count, as a GETBULK reads them: places only, so that a row costs no reference counting.
struct CounterRows {
    private let bytes: UnsafePointer<UInt8>
    private let offsets: UnsafePointer<UInt32>
    private let kinds: UnsafePointer<UInt8>
    private let slots: UnsafePointer<UInt16>
    private let basis: CounterBasis

    /// What became of a row.
    enum Outcome {
        case written, full
        /// It is no counter of one number, or its name is long.
        case other
    }

    /// nil where the image has no moving rows or nobody answers for them; valid as long as the target.
    init?(_ target: Agent.Target) {
        guard let kinds = target.image.kinds, let slots = target.image.slots, let basis = target.basis else {
            return nil
        }
        bytes = target.image.bytes
        offsets = target.image.offsets
        self.kinds = kinds
        self.slots = slots
        self.basis = basis
    }

    /// Adds a counter's VarBind to a response; the buffer's slack takes what turns out not to fit.
    @inline(__always)
    func write(_ row: Int, _ response: inout AgentResponse) -> Outcome {
        let start = bytes + Int(offsets[row])
        // Short forms of both lengths, and a name that two words hold.
        let nameOctets = Int(start[3])
        guard start[1] < 0x80, nameOctets <= 16 else { return .other }
        guard response.used <= response.bodyMax else { return .full }
        let place = response.place
        let value = basis.write(kinds[row], slot: slots[row], to: place + 4 + nameOctets)
        guard value > 0 else { return .other }
        let octets = 2 + nameOctets + value
        guard response.used + octets + 2 <= response.bodyMax else { return .full }
        writeName(start + 4, nameOctets, to: place + 4)
        place[0] = BER.sequence
        place[1] = UInt8(truncatingIfNeeded: octets)
        place[2] = BER.objectIdentifier
        place[3] = start[3]
        response.used += octets + 2
        response.varBinds += 1
        return .written
    }

    /// Copies a name of at most sixteen octets without a loop: its first eight, and its last eight over them.
    @inline(__always)
    private func writeName(_ name: UnsafePointer<UInt8>, _ count: Int, to place: UnsafeMutablePointer<UInt8>) {
        let (from, to) = (UnsafeRawPointer(name), UnsafeMutableRawPointer(place))
        guard count >= 8 else { return place.update(from: name, count: count) }
        to.storeBytes(of: from.loadUnaligned(as: UInt64.self), as: UInt64.self)
        let last = count - 8
        (to + last).storeBytes(of: (from + last).loadUnaligned(as: UInt64.self), as: UInt64.self)
    }
}
