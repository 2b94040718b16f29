extension Schedule {
    /// Reads a schedule as settings write it.
    ///
    /// Accepted: five cron fields (`0 4 * * *`, with lists, ranges, steps, month and day names, 7 for Sunday),
    /// `@hourly`, `@daily`, `@weekly`, `@monthly`; an interval (`every 300 s`, `300`, `5m`, `1 hour`); `hourly at :00`,
    /// `daily at 04:00`, `Sunday at 06:00`. Letter case does not matter. Throws `invalidSchedule` otherwise, saying
    /// which part is wrong.
    public init(parsing text: String) throws(JobError) {
        let words = text.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
        guard let first = words.first else {
            throw ScheduleText.error(text, "it is empty")
        }
        if let macro = Self.macros[first], words.count == 1 {
            self = macro
        } else if words.contains("at") {
            self = try ScheduleText.spoken(words, text)
        } else if words.count == 5 {
            self = try Schedule(.calendar(ScheduleText.cron(words, text)))
        } else {
            self = try ScheduleText.interval(words, text)
        }
    }

    /// Reads a schedule or the word `off`, which gives nil: the job then runs only when asked.
    public static func setting(_ text: String) throws(JobError) -> Schedule? {
        text.lowercased() == "off" ? nil : try Schedule(parsing: text)
    }

    private static let macros: [String: Schedule] = [
        "@hourly": .hourly(minute: 0), "@daily": .daily(hour: 0, minute: 0), "@midnight": .daily(hour: 0, minute: 0),
        "@weekly": .weekly(day: 0, hour: 0, minute: 0),
        "@monthly": Schedule(
            .calendar(
                CronFields(
                    minutes: .only(0, in: .minute), hours: .only(0, in: .hour), daysOfMonth: .only(1, in: .dayOfMonth)))
        ),
    ]
}

/// The forms of a schedule's text.
enum ScheduleText {
    static func error(_ text: String, _ problem: String) -> JobError {
        JobError(
            .invalidSchedule,
            message: "schedule '\(text)' cannot be read: \(problem); write five cron fields such as '0 4 * * *', "
                + "an interval such as 'every 300 s', 'hourly at :00', 'daily at 04:00', 'Sunday at 06:00', or 'off'")
    }

    /// `every 300 s`, `300`, `5m`, `2 hours`.
    static func interval(_ words: [String], _ text: String) throws(JobError) -> Schedule {
        let joined = words.drop { $0 == "every" }.joined()
        let digits = joined.prefix { $0.isASCII && $0.isNumber }
        guard words.count <= 3, let number = Int(digits) else {
            throw error(text, "it has \(words.count) fields and is no interval")
        }
        guard let scale = unitSeconds(joined.dropFirst(digits.count)) else {
            throw error(text, "'\(joined.dropFirst(digits.count))' is not a unit (s, m, h, d)")
        }
        let (seconds, overflow) = number.multipliedReportingOverflow(by: scale)
        guard !overflow, (1...Schedule.intervalSecondsMax).contains(seconds) else {
            throw error(text, "an interval is 1 second to 7 days")
        }
        return .every(seconds: seconds)
    }

    private static func unitSeconds(_ word: Substring) -> Int? {
        switch word {
        case "", "s", "sec", "second", "seconds": return 1
        case "m", "min", "minute", "minutes": return 60
        case "h", "hour", "hours": return 3600
        case "d", "day", "days": return 86_400
        default: return nil
        }
    }

    /// `hourly at :00`, `daily at 04:00`, `sunday at 06:00`, `weekly on sunday at 06:00`.
    static func spoken(_ words: [String], _ text: String) throws(JobError) -> Schedule {
        guard words.count >= 3, words[words.count - 2] == "at", let time = words.last else {
            throw error(text, "the time must follow 'at'")
        }
        let parts = time.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].count == 2, let minute = Int(parts[1]), (0...59).contains(minute) else {
            throw error(text, "'\(time)' is not a time such as 04:00")
        }
        let day = words.dropLast(2).filter { $0 != "weekly" && $0 != "on" }
        if day == ["hourly"], parts[0].isEmpty { return .hourly(minute: minute) }
        guard let hour = Int(parts[0]), (0...23).contains(hour) else {
            throw error(text, "'\(time)' is not a time such as 04:00")
        }
        if day == ["daily"] { return .daily(hour: hour, minute: minute) }
        guard day.count == 1, let weekday = CronFields.weekdays.firstIndex(where: { $0.lowercased() == day[0] }) else {
            throw error(text, "'\(day.joined(separator: " "))' is not hourly, daily or a day of the week")
        }
        return .weekly(day: weekday, hour: hour, minute: minute)
    }

    /// The five fields of cron.
    static func cron(_ words: [String], _ text: String) throws(JobError) -> CronFields {
        var values: [CronValues] = []
        for part in CronPart.allCases {
            values.append(try field(words[part.rawValue], of: part, text))
        }
        let fields = CronFields(
            minutes: values[0], hours: values[1], daysOfMonth: values[2], months: values[3], daysOfWeek: values[4])
        guard fields.everOccurs else { throw error(text, "no month has such a day") }
        return fields
    }

    private static func field(_ word: String, of part: CronPart, _ text: String) throws(JobError) -> CronValues {
        var values = CronValues.none
        for item in word.split(separator: ",", omittingEmptySubsequences: false) {
            let pieces = item.split(separator: "/", omittingEmptySubsequences: false)
            guard pieces.count <= 2, let span = span(pieces[0], of: part, stepped: pieces.count == 2) else {
                throw error(text, "'\(item)' is not a \(part.name) (\(part.range.lowerBound)-\(part.range.upperBound))")
            }
            var step = 1
            if pieces.count == 2 {
                guard let given = Int(pieces[1]), (1...60).contains(given) else {
                    throw error(text, "'/\(pieces[1])' is not a step (1-60)")
                }
                step = given
            }
            for value in stride(from: span.lowerBound, through: span.upperBound, by: step) {
                values.insert(part == .dayOfWeek ? value % 7 : value)
            }
        }
        return values
    }

    /// `*`, `5`, `1-5`; a single value with a step runs to the field's end.
    private static func span(_ text: Substring, of part: CronPart, stepped: Bool) -> ClosedRange<Int>? {
        if text == "*" { return part.range }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { value($0, of: part) }
        switch ends.count {
        case 1:
            guard let only = ends[0] else { return nil }
            return only...(stepped ? max(only, part.range.upperBound) : only)
        case 2:
            guard let low = ends[0], let high = ends[1], low <= high else { return nil }
            return low...high
        default:
            return nil
        }
    }

    private static func value(_ text: Substring, of part: CronPart) -> Int? {
        if let index = part.words.firstIndex(of: String(text)) { return index + part.range.lowerBound }
        let highest = part == .dayOfWeek ? 7 : part.range.upperBound
        guard text.allSatisfy(\.isNumber), let number = Int(text), (part.range.lowerBound...highest).contains(number)
        else { return nil }
        return number
    }
}
