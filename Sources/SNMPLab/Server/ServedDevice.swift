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
    let ordinal: Int
    let systemObjectID: [UInt32]
    private let agentStartedAtMilliseconds: Int64
    private let upTimeShiftMilliseconds: Int64
    private let engineID: [UInt8]
    private let engineBoots: UInt32
    private let meter: TrafficMeter
    /// Load of each flow when its counters stood at 0.
    private let startLoads: StartLoads
    private let scale: Double
    private let chassisAddress: UInt64

    init(
        _ device: SimulatedDevice, image: MIBImage, meter: TrafficMeter, startLoads: StartLoads,
        startedAtMilliseconds: Int64, faults: DeviceFaults = .init()
    ) {
        self.image = image
        self.startedAtMilliseconds = startedAtMilliseconds
        ordinal = device.ordinal
        condition = faults.condition
        isOrdinary = faults.condition.isOrdinary
        agentStartedAtMilliseconds = faults.agentStartedAtMilliseconds ?? startedAtMilliseconds
        upTimeShiftMilliseconds = faults.counters.upTimeShiftMilliseconds
        engineID = EngineIdentity.id(ofAddress: LabAddress.number(ofDevice: device.ordinal))
        engineBoots = EngineIdentity.boots(ofDevice: device.ordinal) + UInt32(clamping: faults.restarts)
        systemObjectID = device.systemObjectID
        self.meter = meter
        self.startLoads = startLoads
        name = Array(device.systemName.utf8)
        scale = device.trafficScale
        chassisAddress = device.chassisAddress
    }

    /// sysUpTime in hundredths of a second; wraps after 497 days as the real one does.
    func upTime(at milliseconds: Int64) -> UInt32 {
        UInt32(truncatingIfNeeded: max(milliseconds - agentStartedAtMilliseconds + upTimeShiftMilliseconds, 0) / 10)
    }

    /// Who it is in version 3, with what faults make of it.
    func engine(at milliseconds: Int64) -> EngineIdentity {
        let time = UInt32(clamping: max(milliseconds - agentStartedAtMilliseconds, 0) / 1000)
        return EngineIdentity(id: engineID, boots: engineBoots, time: time, device: ordinal).with(condition.security)
    }

    /// What its counters are worked out from at a moment.
    @inline(__always)
    func basis(at milliseconds: Int64) -> CounterBasis {
        let reading = meter.reading(at: max(milliseconds, startedAtMilliseconds))
        return CounterBasis(loads: reading.loads, rates: reading.rates, starts: startLoads.loads, scale: scale)
    }

    /// Writes the value of a moving row with tag and length; answers its octets.
    ///
    /// Needs room for `BER.valueOctetsMax`, for names 260.
    func write(_ kind: RowKind, slot: Int, at now: Int64, to output: UnsafeMutablePointer<UInt8>) -> Int {
        let basis = basis(at: now)
        switch kind {
        case .still: return 0
        case .upTime: return BER.writeUnsigned(BER.timeTicks, UInt64(upTime(at: now)), to: output)
        case .systemName: return write(name, to: output)
        case .physicalAddress, .lldpChassis: return writeAddress(slot, to: output)
        case .inUnknown: return BER.writeUnsigned(BER.counter32, 0, to: output)
        case .inNonUnicast32: return writeNonUnicast(slot * 2, basis, to: output)
        case .outNonUnicast32: return writeNonUnicast(slot * 2 + 1, basis, to: output)
        default: return basis.write(kind.rawValue, slot: UInt16(truncatingIfNeeded: slot), to: output)
        }
    }

    private func writeNonUnicast(_ flow: Int, _ basis: CounterBasis, to output: UnsafeMutablePointer<UInt8>) -> Int {
        let sum = basis.counter(flow, 2) &+ basis.counter(flow, 3)
        return BER.writeUnsigned(BER.counter32, sum & 0xFFFF_FFFF, to: output)
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
    /// It has no power.
    var isUnpowered = false
    /// No way leads to it from where the manager is.
    var isCutOff = false
    var refusesCommunity = false
    var answersGarbage = false
    var delayMilliseconds = 0
    var lossProbability = 0.0
    /// Requests that ask for more VarBinds than this are refused with tooBig.
    var tooBigAbove: Int?
    var security = SecurityFaults()

    var isOrdinary: Bool {
        self == AnswerCondition()
    }

    /// Whether it answers nothing, and nothing it sends arrives.
    var isSilent: Bool {
        isDead || isUnpowered || isCutOff
    }
}
