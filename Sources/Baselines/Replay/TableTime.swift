import Inventory

/// Reads times as tables of measurements write them.
///
/// A number is seconds since 1970, or milli-, micro- or nanoseconds where it is too large for them (from 10^11, 10^14
/// and 10^17); a text is ISO 8601: a date (`2004-03-01`, also with `/`, or `20040301`), `T` or a blank, a time of day
/// with or without seconds and their fraction, and `Z`, `UTC` or an offset. Without one of them it is local time of a
/// zone. `20040301000500` and `200403010005` are dates with times, and so is `01.03.2004 00:05`. A date with `/` whose
/// year stands last is none: its first number is the day here and the month there.
struct TableTime: Sendable {
    private let zone: ZoneRules
    /// The local day whose offset is known, since 1970, and that offset; for days on which no clock changes.
    private var day = Int64.min
    private var dayOffset: Int64 = 0

    init(zone: ZoneRules) {
        self.zone = zone
    }

    /// A time; nil where it is none.
    ///
    /// - Parameter last: the time before: a local time that clocks show twice is the first one after it.
    mutating func read(_ bytes: [UInt8], _ range: Range<Int>, after last: Timestamp?) -> Timestamp? {
        guard !range.isEmpty, range.count <= 40 else { return nil }
        if Self.looksCivil(bytes, range) { return civil(bytes, range, after: last) }
        if range.count == 12 || range.count == 14, bytes[range].allSatisfy({ $0 &- 48 <= 9 }) {
            // As milliseconds the former would be of 1976, the latter of 2286 and later.
            if let at = civil(bytes, range, after: last) { return at }
            if range.count == 14 { return nil }
        }
        return TableNumber.number(bytes, range).flatMap(Self.moment)
    }

    /// Whether a field is a time by its form, which no number has.
    static func isDate(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        guard range.count <= 40, looksCivil(bytes, range) else { return false }
        var time = TableTime(zone: .utc)
        return time.civil(bytes, range, after: nil) != nil
    }

    /// Whether there is a mark where dates have one: `2004-03-01`, `2004/03/01`, `01.03.2004`, `20040301T`.
    private static func looksCivil(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        guard range.count >= 8 else { return false }
        let first = range.lowerBound
        if bytes[first + 4] == 45 || bytes[first + 4] == 47 { return true }
        if bytes[first + 2] == 46, bytes[first + 5] == 46 { return true }
        return range.count > 8 && [84, 116, 32].contains(bytes[first + 8])
    }

    /// A moment by a number since 1970, whose size tells its unit.
    static func moment(_ number: Double) -> Timestamp? {
        let milliseconds: Double
        switch number.magnitude {
        case ..<1e11: milliseconds = number * 1e3
        case ..<1e14: milliseconds = number
        case ..<1e17: milliseconds = number / 1e3
        case ..<1e20: milliseconds = number / 1e6
        default: return nil
        }
        return Timestamp(milliseconds: Int64(milliseconds.rounded()))
    }

    private mutating func civil(_ bytes: [UInt8], _ range: Range<Int>, after last: Timestamp?) -> Timestamp? {
        var scan = DigitScan(bytes: bytes, place: range.lowerBound, end: range.upperBound)
        guard let date = scan.date() else { return nil }
        var clock = ClockTime()
        let isNext = scan.skip(84) || scan.skip(116) || scan.skip(32)
        if isNext || (date.isBare && !scan.isAtEnd) {
            guard let time = scan.clock() else { return nil }
            clock = time
        }
        guard
            let civil = CivilTime(
                year: date.year, month: date.month, day: date.day, hour: clock.hour, minute: clock.minute,
                second: clock.second)
        else { return nil }
        let local = civil.secondsSince1970
        if scan.isAtEnd { return moment(local: local, clock.milliseconds, after: last) }
        guard let offset = scan.offset(), scan.isAtEnd else { return nil }
        return Timestamp(milliseconds: (local - offset) * 1000 + clock.milliseconds)
    }

    /// A moment by what the zone's clocks show, in seconds since 1970 as if it were UTC.
    private mutating func moment(local: Int64, _ fraction: Int64, after last: Timestamp?) -> Timestamp {
        let localDay = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
        if localDay == day { return Timestamp(milliseconds: (local - dayOffset) * 1000 + fraction) }
        let before = offset(at: (localDay - 1) * 86_400)
        let after = offset(at: (localDay + 2) * 86_400)
        if before == after {
            (day, dayOffset) = (localDay, before)
            return Timestamp(milliseconds: (local - before) * 1000 + fraction)
        }
        // A clock changes nearby: the offsets that hold at the moment they name, the earlier moment first.
        let shown = [before, after].map { local - $0 }.filter { local - offset(at: $0) == $0 }.sorted()
        let moments = (shown.isEmpty ? [local - before] : shown).map {
            Timestamp(milliseconds: $0 * 1000 + fraction)
        }
        let first = moments[0]
        guard let last, first <= last, let second = moments.last, second > last else { return first }
        return second
    }

    private func offset(at utcSeconds: Int64) -> Int64 {
        Int64(zone.utcOffsetSeconds(Timestamp(seconds: utcSeconds)))
    }
}

/// A date as it is written; its parts may be out of range.
private struct WrittenDate {
    var (year, month, day): (Int64, Int64, Int64)
    /// Whether there are no marks in it.
    var isBare = false
}

/// A time of day as it is written; its parts may be out of range.
private struct ClockTime {
    var (hour, minute, second, milliseconds): (Int64, Int64, Int64, Int64) = (0, 0, 0, 0)
}

/// Takes digits and marks one after the other.
private struct DigitScan {
    let bytes: [UInt8]
    var place: Int
    let end: Int

    var isAtEnd: Bool { place == end }

    mutating func skip(_ byte: UInt8) -> Bool {
        guard place < end, bytes[place] == byte else { return false }
        place += 1
        return true
    }

    /// A number of exactly so many digits.
    mutating func number(_ count: Int) -> Int64? {
        guard place + count <= end else { return nil }
        var value: Int64 = 0
        for byte in bytes[place..<place + count] {
            guard byte &- 48 <= 9 else { return nil }
            value = value * 10 + Int64(byte &- 48)
        }
        place += count
        return value
    }

    /// `2004-03-01`, `2004/03/01`, `20040301` of 1970 to 2199, `01.03.2004`.
    mutating func date() -> WrittenDate? {
        if place + 2 < end, bytes[place + 2] == 46 {
            guard let day = number(2), skip(46), let month = number(2), skip(46), let year = number(4) else {
                return nil
            }
            return WrittenDate(year: year, month: month, day: day)
        }
        guard let year = number(4) else { return nil }
        let dash = isAtEnd ? 0 : bytes[place]
        let isBare = !(dash == 45 || dash == 47)
        guard isBare || skip(dash), let month = number(2), isBare || skip(dash), let day = number(2),
            !isBare || (1970...2199).contains(year)
        else { return nil }
        return WrittenDate(year: year, month: month, day: day, isBare: isBare)
    }

    /// `00:05`, `00:05:00`, `00:05:00.25`, `0005`, `000500`.
    mutating func clock() -> ClockTime? {
        guard let hour = number(2) else { return nil }
        let isBare = !skip(58)
        guard let minute = number(2) else { return nil }
        var time = ClockTime()
        (time.hour, time.minute) = (hour, minute)
        let hasSeconds = isBare ? !isAtEnd && bytes[place] &- 48 <= 9 : skip(58)
        guard hasSeconds else { return time }
        guard let second = number(2) else { return nil }
        time.second = second
        if skip(46) || skip(44) {
            guard let fraction = milliseconds() else { return nil }
            time.milliseconds = fraction
        }
        return time
    }

    /// A fraction of a second, as milliseconds.
    mutating func milliseconds() -> Int64? {
        var (value, scale): (Int64, Int64) = (0, 100)
        let first = place
        while place < end, bytes[place] &- 48 <= 9 {
            value += Int64(bytes[place] &- 48) * scale
            scale /= 10
            place += 1
        }
        return place > first ? value : nil
    }

    /// Seconds east of UTC of `Z`, `UTC`, `+02:00`, `+0200` or `+02`, also after a blank.
    mutating func offset() -> Int64? {
        _ = skip(32)
        if skip(90) || skip(122) { return 0 }
        if end - place == 3, bytes[place..<end].elementsEqual("UTC".utf8) {
            place = end
            return 0
        }
        let isWest = place < end && bytes[place] == 45
        guard skip(43) || skip(45), let hours = number(2) else { return nil }
        _ = skip(58)
        let minutes = isAtEnd ? 0 : number(2)
        guard let minutes, hours < 24, minutes < 60 else { return nil }
        return (isWest ? -1 : 1) * (hours * 3600 + minutes * 60)
    }
}
