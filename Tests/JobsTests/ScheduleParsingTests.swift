import Jobs
import Testing

struct ScheduleParsingTests {
    @Test(
        "Every accepted form means what people expect, and its description reads back as the same schedule",
        arguments: [
            ("0 * * * *", "hourly at :00"), ("@hourly", "hourly at :00"), ("Hourly at :15", "hourly at :15"),
            ("0 4 * * *", "daily at 04:00"), ("daily at 4:00", "daily at 04:00"), ("@daily", "daily at 00:00"),
            ("0 6 * * 0", "Sunday at 06:00"), ("0 6 * * 7", "Sunday at 06:00"), ("0 6 * * SUN", "Sunday at 06:00"),
            ("weekly on Monday at 23:59", "Monday at 23:59"), ("@weekly", "Sunday at 00:00"),
            ("300", "every 300 s"), ("every 300 s", "every 300 s"), ("5m", "every 300 s"),
            ("every 15 minutes", "every 900 s"), ("2 hours", "every 7200 s"), ("7d", "every 604800 s"),
            ("*/20 8-18/5 * * mon-fri", "0,20,40 8,13,18 * * 1-5"), ("0 0 1 jan,jul *", "0 0 1 1,7 *"),
            ("5/20 * * * *", "5,25,45 * * * *"), ("0 0 * * 5-7", "0 0 * * 0,5,6"),
        ])
    func accepted(text: String, description: String) throws {
        let schedule = try Schedule(parsing: text)
        #expect(schedule.description == description)
        #expect(try Schedule(parsing: schedule.description) == schedule)
    }

    @Test(
        "What cannot be read is refused with the part that is wrong and how to write it",
        arguments: [
            ("", "it is empty"), ("60 * * * *", "'60' is not a minute (0-59)"), ("0 24 * * *", "'24' is not a hour"),
            ("0 0 0 * *", "'0' is not a day of month (1-31)"), ("0 0 * 13 *", "'13' is not a month"),
            ("0 0 * * 8", "'8' is not a day of week"), ("*/0 * * * *", "'/0' is not a step"),
            ("5-1 * * * *", "'5-1' is not a minute"), ("1,,2 * * * *", "'' is not a minute"),
            ("1/2/3 * * * *", "'1/2/3' is not a minute"), ("0 0 31 2,4 *", "no month has such a day"),
            ("-5 * * * *", "'-5' is not a minute"), ("0 4 * *", "it has 4 fields"), ("soon", "it has 1 fields"),
            ("5 parsecs", "'parsecs' is not a unit"), ("every 0 s", "an interval is 1 second to 7 days"),
            ("8d", "an interval is 1 second to 7 days"), ("99999999999999999999 s", "it has 2 fields"),
            ("9223372036854775807 d", "an interval is 1 second to 7 days"), ("daily at 25:00", "'25:00' is not a time"),
            ("daily at noon", "'noon' is not a time"),
            ("Caturday at 06:00", "'caturday' is not hourly, daily or a day"),
            ("hourly at", "the time must follow 'at'"), ("hourly at :60", "':60' is not a time"),
        ])
    func refused(text: String, problem: String) throws {
        let error = try #require(throws: JobError.self) { _ = try Schedule(parsing: text) }
        #expect(error.code == .invalidSchedule)
        #expect(error.message.hasPrefix("schedule '\(text)' cannot be read: \(problem)"), "\(error.message)")
        #expect(error.message.contains("'daily at 04:00'"))
    }

    @Test("A setting may switch a job's schedule off")
    func off() throws {
        #expect(try Schedule.setting("OFF") == nil)
        #expect(try Schedule.setting("5m") == .every(seconds: 300))
    }
}
