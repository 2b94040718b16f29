import Inventory

/// What goes wrong in a run.
enum Fault: String, CaseIterable {
    case reboot, announcedReset, unannouncedReset, missedPolls, longGap
    case clockStep, unnoticedClockStep, lateAnswers, speedChange, vanishingCounters, swappedWidth
}

/// What kind of device a run has.
struct DeviceKind: CustomStringConvertible {
    var speed: Int64 = 1_000_000_000
    var interval = 300
    var narrow: CounterSet = .errorsAndDiscardsOnly
    var refreshSeconds = 0
    var hasUptime = true
    var uptimeInWholeSeconds = false
    var hasDiscontinuityTime = true
    var uptimeAtStart: UInt64 = 400_000_000
    var countsOnly32Bits = false
    var saysSpeed = true
    var meanPacket = 700.0
    var load = 0.4
    var faults: Set<Fault> = []

    var description: String {
        "speed \(speed) interval \(interval) narrow \(narrow.rawValue) refresh \(refreshSeconds) uptime \(hasUptime) "
            + "whole \(uptimeInWholeSeconds) start \(uptimeAtStart) only32 \(countsOnly32Bits) packet \(meanPacket) "
            + "load \(load) saysSpeed \(saysSpeed) faults \(faults.map(\.rawValue).sorted())"
    }
}

extension CounterSet {
    static let errorsAndDiscardsOnly = CounterSet(rawValue: 0b0011_1100)
}

/// A reading with what is true at the moment it tells of.
struct TrueReading {
    var reading: CounterReading
    /// True seconds since the run began.
    var time: Double
    /// All that ever went through, resets or not.
    var truth: SIMD8<Double>
    /// How often the counters began anew until then.
    var epoch: Int
    /// How often they did and the device said so.
    var announcedEpoch: Int
    /// How often the wall clock was set and the poller did not notice.
    var unnoticedSteps: Int
}

/// An interface whose traffic is known, behind a device with faults and a poller with a clock that may be set.
struct SimulatedInterface {
    let kind: DeviceKind
    private var random: SeededRandom
    private var time = 0.0
    private var segmentEnd = 0.0
    private var perSecond = SIMD8<Double>()
    private var truth = SIMD8<Double>()
    private var base = SIMD8<UInt64>()
    private var shown = SIMD8<Double>()
    private var nextRefresh = 0.0
    private var bootTime = 0.0
    private var uptimeBase: UInt64
    private var discontinuity: UInt32 = 0
    private var speed: Int64
    private var wallOffset = 0.0
    private var wasSet = false
    private var epoch = 0
    private var announcedEpoch = 0
    private var unnoticedSteps = 0

    init(_ kind: DeviceKind, seed: UInt64) {
        self.kind = kind
        random = SeededRandom(seed: seed)
        speed = kind.speed
        uptimeBase = kind.uptimeAtStart
        for lane in 0..<8 { base[lane] = UInt64.random(in: 0..<1 << 40, using: &random) }
    }

    /// The readings of so many polls, as far as they were answered.
    mutating func readings(polls: Int) -> [TrueReading] {
        var all: [TrueReading] = []
        var due = Double.random(in: 1..<60, using: &random)
        for _ in 0..<polls {
            let sample = due + Double.random(in: 0..<0.4, using: &random)
            let isAnswered = befall(until: sample)
            run(to: sample)
            if isAnswered { all.append(read()) }
            due += Double(kind.interval)
        }
        return all
    }

    /// Faults between now and the next poll; false where that poll is not answered.
    private mutating func befall(until sample: Double) -> Bool {
        guard time <= sample else { return false }
        var isAnswered = true
        for fault in Fault.allCases where kind.faults.contains(fault) && random.chance(0.12) {
            run(to: Double.random(in: time...sample, using: &random))
            switch fault {
            case .reboot: isAnswered = reboot(before: sample) && isAnswered
            case .announcedReset: reset(announced: true)
            case .unannouncedReset: reset(announced: false)
            case .missedPolls: isAnswered = false
            case .longGap: skip(intervals: Int.random(in: 2...9, using: &random))
            case .clockStep: setClock(by: step(), noticed: true)
            case .unnoticedClockStep: setClock(by: step(), noticed: !kind.hasUptime)
            case .speedChange: changeSpeed()
            case .lateAnswers, .vanishingCounters, .swappedWidth: break
            }
            if time > sample { return false }
        }
        return isAnswered
    }

    private mutating func step() -> Double {
        let size = random.pick([0.5, 3, 20, 100, 250, 300, 600, 3_600, 86_400, 4e7])
        return random.chance(0.5) ? size : -size
    }

    private mutating func setClock(by seconds: Double, noticed: Bool) {
        wallOffset += seconds
        if noticed { wasSet = true } else { unnoticedSteps += 1 }
    }

    /// Goes down and comes back; false where it is not back by the poll.
    private mutating func reboot(before sample: Double) -> Bool {
        let back = time + random.pick([0.5, 5, 40, 120]) * Double.random(in: 0.5..<1.5, using: &random)
        bootTime = back
        uptimeBase = 0
        discontinuity = 0
        announcedEpoch += kind.hasUptime ? 1 : 0
        clear()
        time = max(time, back)
        segmentEnd = max(segmentEnd, time)
        return back < sample
    }

    private mutating func reset(announced: Bool) {
        if announced && kind.hasDiscontinuityTime {
            discontinuity = max(1, uptime)
            announcedEpoch += 1
        }
        clear()
    }

    private mutating func clear() {
        epoch += 1
        base = .zero
        for lane in 0..<8 { base[lane] = 0 &- UInt64(truth[lane]) }
        shown = truth
    }

    /// The poller is down for a while.
    private mutating func skip(intervals: Int) {
        run(to: time + Double(intervals * kind.interval))
    }

    private mutating func changeSpeed() {
        speed = random.pick([kind.speed, kind.speed / 10, kind.speed * 10])
        perSecond = .zero
        segmentEnd = time
    }

    private var uptime: UInt32 {
        var ticks = uptimeBase + UInt64(max(0, time - bootTime) * 100)
        if kind.uptimeInWholeSeconds { ticks = ticks / 100 * 100 }
        return UInt32(truncatingIfNeeded: ticks)
    }

    /// Lets traffic flow.
    private mutating func run(to end: Double) {
        while kind.refreshSeconds > 0 && nextRefresh <= end {
            flow(to: nextRefresh)
            shown = truth
            nextRefresh += Double(kind.refreshSeconds)
        }
        flow(to: end)
        if kind.refreshSeconds == 0 { shown = truth }
    }

    private mutating func flow(to end: Double) {
        while time < end {
            if time >= segmentEnd { newSegment() }
            let until = min(end, segmentEnd)
            truth += perSecond * SIMD8(repeating: until - time)
            time = until
        }
    }

    private mutating func newSegment() {
        segmentEnd = time + Double.random(in: 5..<900, using: &random)
        for lane in 0..<2 {
            // Preamble and gap of Ethernet take their part of the line.
            let load = min(kind.load, kind.meanPacket / (kind.meanPacket + 20))
            let octets = Double(speed) / 8 * load * Double.random(in: 0...1, using: &random)
            let packets = octets / kind.meanPacket
            perSecond[lane] = octets
            perSecond[6 + lane] = packets
            perSecond[2 + lane] = packets * random.pick([0, 0, 1e-6, 1e-3])
            perSecond[4 + lane] = packets * random.pick([0, 0, 1e-4, 1e-3])
        }
    }

    private mutating func read() -> TrueReading {
        let isLate = kind.faults.contains(.lateAnswers) && random.chance(0.12)
        let delay = isLate ? Double(kind.interval) * 0.7 * Double.random(in: 0...1, using: &random) : 0.05
        let wall = 1_800_000_000 + time + wallOffset + delay + Double.random(in: 0..<0.1, using: &random)
        var reading = CounterReading(
            at: Timestamp(milliseconds: Int64(wall * 1_000)), intervalSeconds: UInt16(kind.interval))
        reading.clockWasSet = wasSet
        wasSet = false
        reading.ifSpeed = kind.saysSpeed ? speed : nil
        reading.sysUpTime = kind.hasUptime ? uptime : nil
        reading.discontinuityTime = kind.hasDiscontinuityTime ? discontinuity : nil
        reading.narrow = kind.narrow
        if kind.faults.contains(.swappedWidth) && random.chance(0.12) { reading.narrow = .all }
        reading.present = .all
        if kind.faults.contains(.vanishingCounters) && random.chance(0.12) {
            reading.present = CounterSet(rawValue: UInt8.random(in: 0...255, using: &random))
            reading.narrow.formIntersection(reading.present)
        }
        for lane in 0..<8 where reading.present.rawValue & (1 << lane) != 0 {
            let value = base[lane] &+ UInt64(shown[lane])
            let is32 = reading.narrow.rawValue & (1 << lane) != 0 || kind.countsOnly32Bits
            reading.counters[lane] = is32 ? value & 0xFFFF_FFFF : value
        }
        return TrueReading(
            reading: reading, time: time, truth: truth, epoch: epoch, announcedEpoch: announcedEpoch,
            unnoticedSteps: unnoticedSteps)
    }
}
