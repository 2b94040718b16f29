import FoundationEssentials
import Inventory

/// The form of an interface's state in an archive.
extension LittleEndianWriter {
    mutating func write(_ state: InterfaceState) {
        write(state.cursor?.milliseconds ?? .min)
        write(state.since?.milliseconds ?? .min)
        write(UInt8(state.lastReading == nil ? 0 : 1) | UInt8(state.classic == nil ? 0 : 2))
        if let reading = state.lastReading { write(reading) }
        if let classic = state.classic { classic.encode(into: &octets) }
        write(UInt8(state.sides.count))
        for side in state.sides { write(side) }
        write(UInt8(state.episodes.count))
        for episode in state.episodes { write(episode) }
    }

    private mutating func write(_ side: SideState) {
        for run in [side.runs.silent, side.runs.busy, side.runs.saturated, side.runs.unsaturated] { write(run) }
        write(side.lastSpoke ?? .max)
        write(side.adaptive)
    }

    private mutating func write(_ reading: CounterReading) {
        for kind in CounterKind.allCases { write(reading.counters[Int(kind.rawValue)]) }
        write(reading.at.milliseconds)
        write(reading.ifSpeed ?? .min)
        write(reading.sysUpTime.map { UInt64($0) } ?? .max)
        write(reading.discontinuityTime.map { UInt64($0) } ?? .max)
        write(reading.intervalSeconds)
        for octet in [reading.present.rawValue, reading.narrow.rawValue, reading.adminStatus, reading.operStatus] {
            write(octet)
        }
        write(UInt8(reading.clockWasSet ? 1 : 0))
    }

    /// Writes a number into octets that were left for it.
    mutating func put(_ number: UInt32, at place: Int) {
        for octet in 0..<4 { octets[place + octet] = UInt8(truncatingIfNeeded: number >> UInt32(8 * octet)) }
    }
}

extension LittleEndianReader {
    mutating func readState() throws(ClassicDecodingError) -> InterfaceState {
        var state = InterfaceState()
        state.cursor = try readMomentIfAny("cursor")
        state.since = try readMomentIfAny("since")
        let parts = try read(UInt8.self, "parts")
        guard parts < 4 else { throw refusal("parts", "\(parts)") }
        if parts & 1 != 0 { state.lastReading = try readReading() }
        if parts & 2 != 0 { state.classic = try readClassic() }
        let sides = try read(UInt8.self, "sides")
        guard sides == 2 || sides == 4 else { throw refusal("sides", "\(sides)") }
        state.sides = []
        for _ in 0..<sides { state.sides.append(try readSide()) }
        let episodes = try read(UInt8.self, "episodes")
        guard episodes <= sides else { throw refusal("episodes", "\(episodes)") }
        for _ in 0..<episodes { state.episodes.append(try readEpisode()) }
        return state
    }

    private mutating func readClassic() throws(ClassicDecodingError) -> ClassicState {
        var octets = rest
        let state = try ClassicState(decoding: &octets)
        skip(rest.count - octets.count)
        return state
    }

    private mutating func readSide() throws(ClassicDecodingError) -> SideState {
        var side = SideState()
        side.runs.silent = try read(UInt16.self, "silent")
        side.runs.busy = try read(UInt16.self, "busy")
        side.runs.saturated = try read(UInt16.self, "saturated")
        side.runs.unsaturated = try read(UInt16.self, "unsaturated")
        let spoke = try read(UInt8.self, "lastSpoke")
        side.lastSpoke = spoke < 5 ? spoke : nil
        side.adaptive = try readAdaptive()
        return side
    }

    private mutating func readReading() throws(ClassicDecodingError) -> CounterReading {
        var counters = SIMD8<UInt64>.zero
        for place in 0..<8 { counters[place] = try read(UInt64.self, "counter") }
        var reading = CounterReading(at: try readMoment("at"))
        reading.counters = counters
        let speed = try read(Int64.self, "ifSpeed")
        reading.ifSpeed = speed == .min ? nil : speed
        reading.sysUpTime = UInt32(exactly: try read(UInt64.self, "sysUpTime"))
        reading.discontinuityTime = UInt32(exactly: try read(UInt64.self, "discontinuityTime"))
        reading.intervalSeconds = try read(UInt16.self, "intervalSeconds")
        reading.present = CounterSet(rawValue: try read(UInt8.self, "present"))
        reading.narrow = CounterSet(rawValue: try read(UInt8.self, "narrow"))
        reading.adminStatus = try read(UInt8.self, "adminStatus")
        reading.operStatus = try read(UInt8.self, "operStatus")
        reading.clockWasSet = try read(UInt8.self, "clockWasSet") != 0
        return reading
    }

    /// The identity of an interface.
    mutating func readIdentity() throws(ClassicDecodingError) -> UUID {
        guard rest.count >= 16 else { throw refusal("identity", "cut short") }
        var identity = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)).uuid
        withUnsafeMutableBytes(of: &identity) { $0.copyBytes(from: rest.prefix(16)) }
        skip(16)
        return UUID(uuid: identity)
    }

    /// Goes on after so many octets.
    private mutating func skip(_ count: Int) {
        self = LittleEndianReader(octets: rest.dropFirst(count))
    }
}
