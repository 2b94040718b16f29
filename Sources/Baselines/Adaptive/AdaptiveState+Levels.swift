import Glibc

extension AdaptiveState {
    /// Units of a stored level in one unit of the logarithm.
    static let levelUnits: Float = 1024

    /// The level expected in the hour at work: between the centres of hours it goes straight.
    @inline(__always)
    func level(at fraction: Float) -> Float {
        let isEarly = fraction < 0.5
        let share = isEarly ? 0.5 - fraction : fraction - 0.5
        return levelHere + ((isEarly ? levelBefore : levelAfter) - levelHere) * share
    }

    /// Looks up the levels that the hour at work needs.
    mutating func lookUpLevels() {
        let hour = Int(hourOfWeek)
        levelBefore = level(ofHour: (hour + 167) % 168)
        levelHere = level(ofHour: hour)
        levelAfter = level(ofHour: (hour + 1) % 168)
    }

    /// What the visits of an hour of the week say, leant on its kind of day as one visit more.
    private func level(ofHour hour: Int) -> Float {
        // A holiday is a Sunday.
        let place = hourIsHoliday ? hour % 24 : hour
        let count = Float(visits[place])
        return (count * Float(levels[place]) / Self.levelUnits + dayLevel(hour % 24)) / (count + 1)
    }

    /// What the hours of such days say; where there was none yet, those of other days, else the first level.
    private func dayLevel(_ hour: Int) -> Float {
        let place = hourIsDayOff ? hour + 24 : hour
        if dayVisits[place] > 0 { return Float(dayLevels[place]) / Self.levelUnits }
        let other = hourIsDayOff ? hour : hour + 24
        return dayVisits[other] > 0 ? Float(dayLevels[other]) / Self.levelUnits : firstLevel
    }

    /// Visits of an hour of the week, with what those of other days of its kind add.
    func visitsKnown(share: Float, max most: Float) -> (own: Int, effective: Float) {
        let own = visits[hourIsHoliday ? Int(hourOfWeek) % 24 : Int(hourOfWeek)]
        let place = Int(hourOfWeek) % 24 + (hourIsDayOff ? 24 : 0)
        return (own, Float(own) + min(most, share * Float(max(0, dayVisits[place] - own))))
    }

    /// Learns the visit of the hour at work: `mean` is what its samples say the level is.
    mutating func learnVisit(_ mean: Float, _ settings: AdaptiveSettings) {
        let hour = Int(hourOfWeek)
        let hourOfDay = hour % 24
        let count = Float(visits[hour])
        if count > 0 { learnVariance(mean, hour, count, gainMinimum: settings.varianceGainMinimum) }
        let gain = max(1 / (count + 1), settings.levelGainMinimum)
        levels[hour] = Self.moved(levels[hour], towards: mean, gain: gain)
        visits.count(hour)
        let place = hourIsDayOff ? hourOfDay + 24 : hourOfDay
        let dayGain = max(1 / (Float(dayVisits[place]) + 1), settings.dayLevelGainMinimum)
        dayLevels[place] = Self.moved(dayLevels[place], towards: mean, gain: dayGain)
        dayVisits.count(place)
    }

    private mutating func learnVariance(_ mean: Float, _ hour: Int, _ count: Float, gainMinimum: Float) {
        let hourOfDay = hour % 24
        let away = mean - Float(levels[hour]) / Self.levelUnits
        let seen = away * away / (1 + 1 / count)
        let gain = max(1 / (Float(varianceVisits[hourOfDay]) + 1), gainMinimum)
        let before = scales[hourOfDay].visitDeviation
        let variance = before * before + gain * (seen - before * before)
        scales[hourOfDay].visitDeviation = variance.squareRoot()
        varianceVisits[hourOfDay] += varianceVisits[hourOfDay] < 255 ? 1 : 0
    }

    /// By how much levels move where the traffic of the last half hour is the usual from here on.
    ///
    /// What falls to a share of what it was does so at all hours. The offset rate hides that at hours of less traffic, so
    /// the shift is that of the highest level; at an hour with next to none, a fall says nothing of the others.
    var recentShift: Float {
        let usual = expf(levelHere) - offsetRate
        guard recentOffset < 0, usual > offsetRate else { return recentOffset }
        let share = (expf(levelHere + recentOffset) - offsetRate) / usual
        let highest = (0..<48).reduce(levelHere) { highest, place in
            dayVisits[place] > 0 ? max(highest, Float(dayLevels[place]) / Self.levelUnits) : highest
        }
        let rate = max(0, min(1, share)) * max(0, expf(highest) - offsetRate)
        return min(recentOffset, logf(rate + offsetRate) - highest)
    }

    /// Moves every level by as much: what was a deviation is the new normal, and nothing of it is left.
    mutating func takeAsNewNormal(_ shift: Float) {
        mapLevels { $0 + shift }
        (offset, slowOffset, recentOffset) = (0, 0, 0)
        (slowAlarmCount, backCount) = (0, 0)
        (lastShift, shiftHours) = (0, 0)
        hourSum += shift * Float(hourCount)
    }

    /// Adds another rate before the logarithm is taken; levels stay where they were in bit/s.
    mutating func setOffsetRate(_ rate: Float) {
        let before = offsetRate
        mapLevels { logf(max(0, expf($0) - before) + rate) }
        offsetRate = rate
    }

    private mutating func mapLevels(_ map: (Float) -> Float) {
        for hour in 0..<168 { levels[hour] = Self.stored(map(Float(levels[hour]) / Self.levelUnits)) }
        for hour in 0..<48 { dayLevels[hour] = Self.stored(map(Float(dayLevels[hour]) / Self.levelUnits)) }
        firstLevel = map(firstLevel)
        lookUpLevels()
    }

    private static func moved(_ level: Int16, towards mean: Float, gain: Float) -> Int16 {
        let before = Float(level) / levelUnits
        return stored(before + gain * (mean - before))
    }

    private static func stored(_ level: Float) -> Int16 {
        Int16(saturating: level * levelUnits)
    }
}
