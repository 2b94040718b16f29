import Glibc

extension AdaptiveState {
    /// Units of a stored level in one unit of the logarithm.
    private static let levelUnits: Float = 1024

    /// The level expected at a place in the week: between the centres of hours it goes straight.
    func level(at place: HourPlace) -> Float {
        let hour = place.hourOfWeek
        let fraction = Float(place.fraction)
        let own = level(ofHour: hour, isDayOff: place.isDayOff, isHoliday: place.isHoliday)
        let isEarly = fraction < 0.5
        let neighbour = (hour + (isEarly ? 167 : 1)) % 168
        let other = level(ofHour: neighbour, isDayOff: place.isDayOff, isHoliday: place.isHoliday)
        let share = isEarly ? 0.5 - fraction : fraction - 0.5
        return own + (other - own) * share
    }

    /// What the visits of an hour of the week say, leant on its kind of day as one visit more.
    private func level(ofHour hour: Int, isDayOff: Bool, isHoliday: Bool) -> Float {
        // A holiday is a Sunday.
        let hour = isHoliday ? hour % 24 : hour
        let count = Float(visits[hour])
        return (count * Float(levels[hour]) / Self.levelUnits + dayLevel(hour % 24, isDayOff: isDayOff)) / (count + 1)
    }

    /// What the hours of such days say; where there was none yet, those of other days, else the first level.
    private func dayLevel(_ hour: Int, isDayOff: Bool) -> Float {
        let place = isDayOff ? hour + 24 : hour
        if dayVisits[place] > 0 { return Float(dayLevels[place]) / Self.levelUnits }
        let other = isDayOff ? hour : hour + 24
        return dayVisits[other] > 0 ? Float(dayLevels[other]) / Self.levelUnits : firstLevel
    }

    /// Learns a visit of an hour: `mean` is what its samples say the level is.
    mutating func learnVisit(_ mean: Float, hourOfWeek hour: Int, isDayOff: Bool) {
        let hourOfDay = hour % 24
        let count = Float(visits[hour])
        if count > 0 {
            let before = Float(levels[hour]) / Self.levelUnits
            let seen = (mean - before) * (mean - before) / (1 + 1 / count)
            let gain = max(1 / (Float(visitVarianceCount[hourOfDay]) + 1), 0.05)
            visitVariance[hourOfDay] += gain * (seen - visitVariance[hourOfDay])
            visitVarianceCount[hourOfDay] = visitVarianceCount[hourOfDay] &+ (visitVarianceCount[hourOfDay] < 255 ? 1 : 0)
        }
        levels[hour] = Self.moved(levels[hour], towards: mean, gain: max(1 / (count + 1), 0.25))
        visits[hour] += visits[hour] < 255 ? 1 : 0
        let place = isDayOff ? hourOfDay + 24 : hourOfDay
        dayLevels[place] = Self.moved(dayLevels[place], towards: mean, gain: max(1 / (Float(dayVisits[place]) + 1), 0.1))
        dayVisits[place] += dayVisits[place] < 255 ? 1 : 0
    }

    /// Moves every level by as much: what was a deviation is the new normal.
    mutating func shiftLevels(by shift: Float) {
        for hour in 0..<168 { levels[hour] = Self.stored(Float(levels[hour]) / Self.levelUnits + shift) }
        for hour in 0..<48 { dayLevels[hour] = Self.stored(Float(dayLevels[hour]) / Self.levelUnits + shift) }
        firstLevel += shift
    }

    private static func moved(_ level: Int16, towards mean: Float, gain: Float) -> Int16 {
        let before = Float(level) / levelUnits
        return stored(before + gain * (mean - before))
    }

    private static func stored(_ level: Float) -> Int16 {
        Int16(clamping: Int((level * levelUnits).rounded()))
    }
}
