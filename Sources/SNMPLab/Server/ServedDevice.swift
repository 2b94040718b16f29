/// One device as a serving thread holds it: image, clock, counters' starting points, and what is wrong with it.
///
/// Never changed once made; a fault replaces it.
final class ServedDevice {
    let image: MIBImage
    let startedAtMilliseconds: Int64
    let condition: AnswerCondition
    /// Whether it answers as it should; looked at for every request.
    let isOrdinary: Bool
    let name: [UInt8]
    private let meter: TrafficMeter
    /// Load of each flow when its counters stood at 0.
    private let startLoads: [Double]
    /// Loads at which flows stand still, where links are down.
    private let frozenLoads: [Int: Double]
    private let scale: Double
    private let chassisAddress: UInt64

    init(
        _ device: SimulatedDevice, image: MIBImage, meter: TrafficMeter, startLoads: [Double],
        frozenLoads: [Int: Double] = [:], startedAtMilliseconds: Int64, condition: AnswerCondition = .init()
    ) {
        self.image = image
        self.startedAtMilliseconds = startedAtMilliseconds
        self.condition = condition
        isOrdinary = condition.isOrdinary
        self.meter = meter
        self.startLoads = startLoads
        self.frozenLoads = frozenLoads
        name = Array(device.systemName.utf8)
        scale = device.trafficScale
        chassisAddress = device.chassisAddress
    }

    /// sysUpTime in hundredths of a second; wraps after 497 days as the real one does.
    func upTime(at milliseconds: Int64) -> UInt32 {
        UInt32(truncatingIfNeeded: max(milliseconds - startedAtMilliseconds, 0) / 10)
    }

    @inline(__always)
    private func counter(_ flow: Int, _ counter: Int, _ milliseconds: Int64) -> UInt64 {
        var load = meter.load(flow, at: max(milliseconds, startedAtMilliseconds))
        if !frozenLoads.isEmpty, let frozen = frozenLoads[flow] { load = frozen }
        return DirectionCounters.whole(meter.rate(flow, counter) * scale * (load - startLoads[flow]))
    }

    /// Writes the value of a moving row with tag and length; answers its octets.
    ///
    /// Needs room for `BER.valueOctetsMax`, for names 260.
    func write(_ kind: RowKind, slot: Int, at now: Int64, to output: UnsafeMutablePointer<UInt8>) -> Int {
        let inbound = slot * 2
        let outbound = inbound + 1
        switch kind {
        case .still: return 0
        case .upTime: return BER.writeUnsigned(BER.timeTicks, UInt64(upTime(at: now)), to: output)
        case .systemName: return write(name, to: output)
        case .physicalAddress, .lldpChassis: return writeAddress(slot, to: output)
        case .inOctets32: return write32(counter(inbound, 0, now), to: output)
        case .inUnicast32: return write32(counter(inbound, 1, now), to: output)
        case .inMulticast32: return write32(counter(inbound, 2, now), to: output)
        case .inBroadcast32: return write32(counter(inbound, 3, now), to: output)
        case .inNonUnicast32: return write32(counter(inbound, 2, now) &+ counter(inbound, 3, now), to: output)
        case .inDiscards: return write32(counter(inbound, 4, now), to: output)
        case .inErrors: return write32(counter(inbound, 5, now), to: output)
        case .inUnknown: return write32(0, to: output)
        case .outOctets32: return write32(counter(outbound, 0, now), to: output)
        case .outUnicast32: return write32(counter(outbound, 1, now), to: output)
        case .outMulticast32: return write32(counter(outbound, 2, now), to: output)
        case .outBroadcast32: return write32(counter(outbound, 3, now), to: output)
        case .outNonUnicast32: return write32(counter(outbound, 2, now) &+ counter(outbound, 3, now), to: output)
        case .outDiscards: return write32(counter(outbound, 4, now), to: output)
        case .outErrors: return write32(counter(outbound, 5, now), to: output)
        case .inOctets64: return write64(counter(inbound, 0, now), to: output)
        case .inUnicast64: return write64(counter(inbound, 1, now), to: output)
        case .inMulticast64: return write64(counter(inbound, 2, now), to: output)
        case .inBroadcast64: return write64(counter(inbound, 3, now), to: output)
        case .outOctets64: return write64(counter(outbound, 0, now), to: output)
        case .outUnicast64: return write64(counter(outbound, 1, now), to: output)
        case .outMulticast64: return write64(counter(outbound, 2, now), to: output)
        case .outBroadcast64: return write64(counter(outbound, 3, now), to: output)
        }
    }

    @inline(__always)
    private func write32(_ value: UInt64, to output: UnsafeMutablePointer<UInt8>) -> Int {
        BER.writeUnsigned(BER.counter32, value & 0xFFFF_FFFF, to: output)
    }

    @inline(__always)
    private func write64(_ value: UInt64, to output: UnsafeMutablePointer<UInt8>) -> Int {
        BER.writeUnsigned(BER.counter64, value, to: output)
    }

    private func write(_ text: [UInt8], to output: UnsafeMutablePointer<UInt8>) -> Int {
        let count = min(text.count, 255)
        let header = BER.writeHeader(BER.octetString, count, to: output)
        for index in 0..<count { output[header + index] = text[index] }
        return header + count
    }

    /// In shared images every interface has an address: the chassis' plus its position and 1.
    private func writeAddress(_ slot: Int, to output: UnsafeMutablePointer<UInt8>) -> Int {
        let value = chassisAddress &+ UInt64(slot + 1)
        output[0] = BER.octetString
        output[1] = 6
        for index in 0..<6 { output[2 + index] = UInt8(truncatingIfNeeded: value >> UInt64(40 - 8 * index)) }
        return 8
    }
}

/// How a device answers, apart from what it answers.
struct AnswerCondition: Sendable, Equatable {
    var isDead = false
    var refusesCommunity = false
    var answersGarbage = false
    var delayMilliseconds = 0
    var lossProbability = 0.0
    /// Requests that ask for more VarBinds than this are refused with tooBig.
    var tooBigAbove: Int?

    var isOrdinary: Bool {
        self == AnswerCondition()
    }
}
