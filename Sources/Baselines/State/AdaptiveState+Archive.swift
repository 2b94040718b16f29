/// The form of what the adaptive method knows, in an archive.
extension LittleEndianWriter {
    mutating func write(_ state: AdaptiveState) {
        write(state.lastAt)
        write(state.hour)
        write(state.sampleCount)
        let numbers = state.numbers
        for place in 0..<numbers.count { write(numbers[place].bitPattern) }
        for place in 0..<5 { write(state.limits[place].bitPattern) }
        for place in 0..<24 { write(state.ring[place]) }
        write(state.hourCount)
        write(state.slowAlarmCount)
        write(state.backCount)
        write(state.shiftHours)
        for octet in [state.ringPlace, state.ringCount, state.exceeded, state.hourOfWeek] { write(octet) }
        write(UInt8(state.hourIsDayOff ? 1 : 0) | UInt8(state.hourIsHoliday ? 2 : 0))
        for place in 0..<24 { write(state.scales[place]) }
        for place in 0..<168 { write(state.levels[place]) }
        for place in 0..<48 { write(state.dayLevels[place]) }
        for place in 0..<84 { write(state.visits.octets[place]) }
        for place in 0..<24 { write(state.dayVisits.octets[place]) }
        for place in 0..<24 { write(state.varianceVisits[place]) }
    }

    private mutating func write(_ scale: HourScale) {
        write(scale.fall.bitPattern)
        write(scale.rise.bitPattern)
        write(scale.visit)
        write(scale.count)
    }
}

extension LittleEndianReader {
    mutating func readAdaptive() throws(ClassicDecodingError) -> AdaptiveState {
        var state = AdaptiveState()
        state.lastAt = try read(Int64.self, "lastAt")
        state.hour = try read(Int32.self, "hour")
        state.sampleCount = try read(UInt32.self, "sampleCount")
        var numbers = state.numbers
        for place in 0..<numbers.count { numbers[place] = try readFloat("number") }
        state.numbers = numbers
        for place in 0..<5 { state.limits[place] = try readFloat("limit") }
        for place in 0..<24 { state.ring[place] = try read(Int16.self, "ring") }
        state.hourCount = try read(UInt16.self, "hourCount")
        state.slowAlarmCount = try read(UInt16.self, "slowAlarmCount")
        state.backCount = try readCount("backCount")
        state.shiftHours = try read(UInt8.self, "shiftHours")
        state.ringPlace = try readBelow(24, "ringPlace")
        state.ringCount = try readBelow(25, "ringCount")
        state.exceeded = try readBelow(32, "exceeded")
        state.hourOfWeek = try readBelow(168, "hourOfWeek")
        let kind = try readBelow(4, "day")
        (state.hourIsDayOff, state.hourIsHoliday) = (kind & 1 != 0, kind & 2 != 0)
        try readArrays(into: &state)
        return state
    }

    private mutating func readArrays(into state: inout AdaptiveState) throws(ClassicDecodingError) {
        for place in 0..<24 {
            state.scales[place].fall = try readFloat("fall")
            state.scales[place].rise = try readFloat("rise")
            state.scales[place].visit = try read(UInt16.self, "visit")
            state.scales[place].count = try read(UInt16.self, "count")
        }
        for place in 0..<168 { state.levels[place] = try read(Int16.self, "level") }
        for place in 0..<48 { state.dayLevels[place] = try read(Int16.self, "dayLevel") }
        for place in 0..<84 { state.visits.octets[place] = try read(UInt8.self, "visits") }
        for place in 0..<24 { state.dayVisits.octets[place] = try read(UInt8.self, "dayVisits") }
        for place in 0..<24 { state.varianceVisits[place] = try read(UInt8.self, "varianceVisits") }
    }

    private mutating func readFloat(_ field: String) throws(ClassicDecodingError) -> Float {
        let number = Float(bitPattern: try read(UInt32.self, field))
        guard number.isFinite else { throw refusal(field, "\(number)") }
        return number
    }

    /// A count that may be counted on from.
    private mutating func readCount(_ field: String) throws(ClassicDecodingError) -> UInt16 {
        let count = try read(UInt16.self, field)
        guard count < .max else { throw refusal(field, "\(count)") }
        return count
    }

    /// An octet below a bound.
    mutating func readBelow(_ bound: UInt8, _ field: String) throws(ClassicDecodingError) -> UInt8 {
        let octet = try read(UInt8.self, field)
        guard octet < bound else { throw refusal(field, "\(octet), possible are 0 to \(bound - 1)") }
        return octet
    }
}

extension AdaptiveState {
    /// The numbers of which there is one each, in the order of the archive.
    fileprivate var numbers: InlineArray<18, Float> {
        get {
            [
                levelBefore, levelHere, levelAfter, offset, recentOffset, slowOffset, slowScale, offsetRate,
                firstMedian,
                firstLevel, record, burst, burstRecord, idleShare, coverage, hourSum, hourMaximum, lastShift,
            ]
        }
        set {
            (levelBefore, levelHere, levelAfter) = (newValue[0], newValue[1], newValue[2])
            (offset, recentOffset, slowOffset, slowScale) = (newValue[3], newValue[4], newValue[5], newValue[6])
            (offsetRate, firstMedian, firstLevel) = (newValue[7], newValue[8], newValue[9])
            (record, burst, burstRecord, idleShare) = (newValue[10], newValue[11], newValue[12], newValue[13])
            (coverage, hourSum, hourMaximum, lastShift) = (newValue[14], newValue[15], newValue[16], newValue[17])
        }
    }
}
