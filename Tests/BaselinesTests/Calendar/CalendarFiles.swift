/// Calendars in the shapes in which the common programs write them; all names and dates are made up or public holidays.
enum CalendarFiles {
    /// As Google exports a public calendar: CRLF, `VALUE=DATE`, one event a year, folded and escaped text.
    static let google = crlf(
        """
        BEGIN:VCALENDAR
        PRODID:-//Google Inc//Google Calendar 70.9054//EN
        VERSION:2.0
        CALSCALE:GREGORIAN
        METHOD:PUBLISH
        X-WR-CALNAME:Feiertage in Deutschland
        X-WR-TIMEZONE:UTC
        BEGIN:VEVENT
        DTSTART;VALUE=DATE:20261225
        DTEND;VALUE=DATE:20261226
        DTSTAMP:20261101T120000Z
        UID:20261225_a1@google.com
        CLASS:PUBLIC
        CREATED:20250101T000000Z
        DESCRIPTION:Gesetzlicher Feiertag\\nQuelle: eine Liste\\, die jemand gepflegt ha
         t\\; mit viel Text
        SEQUENCE:0
        STATUS:CONFIRMED
        SUMMARY:Erster Weihnachtstag\\, ein Feier
         tag für alle
        TRANSP:TRANSPARENT
        END:VEVENT
        BEGIN:VEVENT
        DTSTART;VALUE=DATE:20270101
        DTEND;VALUE=DATE:20270102
        DTSTAMP:20261101T120000Z
        UID:20270101_a2@google.com
        SUMMARY:Neujahr
        END:VEVENT
        END:VCALENDAR

        """)

    /// As Outlook writes it: byte order mark, a time zone with rules of its own, all-day events as local midnights.
    static let outlook =
        "\u{FEFF}"
        + crlf(
            """
            BEGIN:VCALENDAR
            PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN
            VERSION:2.0
            METHOD:PUBLISH
            X-MS-OLK-FORCEINSPECTOROPEN:TRUE
            BEGIN:VTIMEZONE
            TZID:W. Europe Standard Time
            BEGIN:STANDARD
            DTSTART:16011028T030000
            RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
            TZOFFSETFROM:+0200
            TZOFFSETTO:+0100
            END:STANDARD
            BEGIN:DAYLIGHT
            DTSTART:16010325T020000
            RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
            TZOFFSETFROM:+0100
            TZOFFSETTO:+0200
            END:DAYLIGHT
            END:VTIMEZONE
            BEGIN:VEVENT
            CLASS:PUBLIC
            DTEND;TZID="W. Europe Standard Time":20261227T000000
            DTSTART;TZID="W. Europe Standard Time":20261224T000000
            PRIORITY:5
            SUMMARY;LANGUAGE=en-us:Office closed
            UID:040000008200E00074C5B7101A82E00800000000
            X-MICROSOFT-CDO-ALLDAYEVENT:TRUE
            BEGIN:VALARM
            TRIGGER:-PT1080M
            ACTION:DISPLAY
            DTSTART;VALUE=DATE:20260202
            DESCRIPTION:Reminder
            END:VALARM
            END:VEVENT
            BEGIN:VEVENT
            DTSTART;VALUE=DATE:20260525
            RRULE:FREQ=YEARLY;BYDAY=MO;BYMONTH=5;BYSETPOS=-1
            SUMMARY:Memorial Day
            UID:2
            END:VEVENT
            END:VCALENDAR
            """)

    /// As Apple subscribes: LF, endless yearly rules, an exception, one day that was moved, one that was called off.
    static let apple = """
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//Apple Inc.//macOS 15.1//EN
        CALSCALE:GREGORIAN
        BEGIN:VEVENT
        UID:new-year
        DTSTART;VALUE=DATE:20240101
        RRULE:FREQ=YEARLY
        EXDATE;VALUE=DATE:20270101
        SUMMARY;LANGUAGE=en:New Year’s Day
        END:VEVENT
        BEGIN:VEVENT
        UID:thanksgiving
        DTSTART;VALUE=DATE:20241128
        DURATION:P2D
        RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH
        SUMMARY:Thanksgiving
        END:VEVENT
        BEGIN:VEVENT
        UID:founders
        DTSTART;VALUE=DATE:20250310
        RRULE:FREQ=YEARLY;COUNT=4
        SUMMARY:Founders’ Day
        END:VEVENT
        BEGIN:VEVENT
        UID:founders
        RECURRENCE-ID;VALUE=DATE:20260310
        DTSTART;VALUE=DATE:20260313
        SUMMARY:Founders’ Day (observed)
        END:VEVENT
        BEGIN:VEVENT
        UID:off
        STATUS:CANCELLED
        DTSTART;VALUE=DATE:20260601
        SUMMARY:Never mind
        END:VEVENT
        END:VCALENDAR
        """

    /// A calendar of one event of these lines; the event's first line is line 3.
    static func event(_ lines: String...) -> String {
        (["BEGIN:VCALENDAR", "BEGIN:VEVENT"] + lines + ["END:VEVENT", "END:VCALENDAR", ""]).joined(separator: "\r\n")
    }

    private static func crlf(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
    }
}
