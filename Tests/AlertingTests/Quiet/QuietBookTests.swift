import Inventory
import Synchronization
import Testing

@testable import Alerting

@Suite struct QuietBookTests {
    private let scene = Scene()
    private let labels = ["device": "CORE-SW-01", "tag_site": "tbilisi", "severity": "critical"]

    private func silence(_ matchers: [AlertMatcher], from: Double = 0, to: Double = 3_600) -> Silence {
        Silence(
            matchers: matchers, from: scene.at(from), to: scene.at(to), comment: "known", at: scene.at(from))
    }

    @Test(arguments: [
        ([AlertMatcher("device", .equal, "CORE-SW-01")], true), ([AlertMatcher("device", .equal, "core-sw-01")], false),
        ([AlertMatcher("device", .matches, "CORE-.*")], true), ([AlertMatcher("device", .matches, "CORE")], false),
        ([AlertMatcher("device", .matches, "core-.*")], false), ([AlertMatcher("device", .matchesNot, "LAB-.*")], true),
        ([AlertMatcher("device", .notEqual, "CORE-SW-01")], false), ([AlertMatcher("provider", .equal, "")], true),
        ([AlertMatcher("provider", .notEqual, "")], false), ([AlertMatcher("provider", .matches, ".*")], true),
        ([AlertMatcher("device", .matches, "A|CORE-SW-01")], true),
        ([AlertMatcher("device", .matches, "A|CORE")], false),
        ([AlertMatcher("device", .matches, "CORE-.*"), AlertMatcher("tag_site", .equal, "batumi")], false),
    ])
    func matchersAreThoseOfAlertmanager(matchers: [AlertMatcher], fit: Bool) throws {
        #expect(try LabelMatchers(matchers).fit(labels) == fit)
        let book = QuietBook(silences: [silence(matchers)])
        #expect((book.verdict(on: labels, at: scene.at(10)) != nil) == fit)
    }

    @Test(arguments: [
        ("device=CORE-SW-01", AlertMatcher("device", .equal, "CORE-SW-01")),
        (#"device="a b""#, AlertMatcher("device", .equal, "a b")),
        (#"device=~"CORE-.*|EDGE""#, AlertMatcher("device", .matches, "CORE-.*|EDGE")),
        ("type != isp", AlertMatcher("type", .notEqual, "isp")),
        ("type!~isp", AlertMatcher("type", .matchesNot, "isp")),
        (#"alias="say \"hi\" \\ \d""#, AlertMatcher("alias", .equal, #"say "hi" \ \d"#)),
        ("provider=", AlertMatcher("provider", .equal, "")), ("a=b=c", AlertMatcher("a", .equal, "b=c")),
    ])
    func matchersAreReadAsTheyAreWritten(text: String, matcher: AlertMatcher) throws {
        #expect(try AlertMatcher(parsing: text) == matcher)
        #expect(try AlertMatcher(parsing: matcher.text) == matcher)
    }

    @Test(arguments: ["", "device", "=x", "!x", "device CORE"])
    func whatIsNoMatcherIsRefused(text: String) {
        #expect(throws: MatcherError.self) { try AlertMatcher(parsing: text) }
    }

    @Test(arguments: [
        AlertMatcher("device", .matches, "("), AlertMatcher("device", .matches, "(?=x)"),
        AlertMatcher("1st", .equal, "x"),
        AlertMatcher("a-b", .equal, "x"), AlertMatcher("device", .matches, String(repeating: "a", count: 3_000)),
    ])
    func matchersThatCannotBeUsedSayWhy(matcher: AlertMatcher) {
        #expect(throws: MatcherError.self) { try LabelMatchers([matcher]) }
        #expect(QuietBook(silences: [silence([matcher])]).verdict(on: labels, at: scene.at(1)) == nil)
    }

    @Test func aSilenceHoldsFromItsBeginUntilBeforeItsEnd() {
        let book = QuietBook(silences: [silence([AlertMatcher("device", "CORE-SW-01")], from: 100, to: 200)])
        for (second, holds) in [(99.0, false), (100, true), (199.9, true), (200, false)] {
            #expect((book.verdict(on: labels, at: scene.at(second)) != nil) == holds)
        }
        #expect(book.nextChange(after: scene.at(0)) == scene.at(100))
        #expect(book.nextChange(after: scene.at(150)) == scene.at(200))
        #expect(book.nextChange(after: scene.at(200)) == nil)
    }

    @Test func aWindowThatRecursIsOpenForItsLengthAfterEachStart() {
        var window = MaintenanceWindow(
            name: "nightly", begins: .schedule("nightly"), durationSeconds: 3_600, zone: "UTC", at: scene.start)
        window.matchers = [AlertMatcher("tag_site", "tbilisi")]
        // Each day at second 1,000, as a schedule would answer.
        let starts: QuietBook.NextStart = { [scene] _, time in
            let days = (time.secondsSince(scene.at(1_000)) / 86_400).rounded(.down) + 1
            return scene.at(1_000 + days * 86_400)
        }
        let book = QuietBook(windows: [window], nextStart: starts)
        for (second, isOpen) in [
            (1_000.0, true), (4_599, true), (4_600, false), (86_400 + 999, false), (86_400 + 1_001, true),
        ] {
            #expect((book.verdict(on: labels, at: scene.at(second))?.hold == .maintenance) == isOpen, "\(second)")
        }
        #expect(book.verdict(on: ["tag_site": "batumi"], at: scene.at(1_001)) == nil)
        #expect(book.end(of: window, at: scene.at(2_000)) == scene.at(4_600))
        var ended = window
        ended.endsAt = scene.at(50_000)
        #expect(QuietBook(windows: [ended], nextStart: starts).verdict(on: labels, at: scene.at(86_400 + 1_001)) == nil)
        #expect(book.nextChange(after: scene.at(5_000)) == scene.at(86_400 + 1_000))
    }

    /// Starts each so many seconds, as a schedule would answer.
    private func every(_ step: Double) -> QuietBook.NextStart {
        { [scene] _, time in scene.at(((time.secondsSince(scene.start) / step).rounded(.down) + 1) * step) }
    }

    private func window(hours: Double, until end: Double? = nil) -> MaintenanceWindow {
        var window = MaintenanceWindow(
            name: "again", begins: .schedule("again"), durationSeconds: Int(hours * 3_600), zone: "UTC",
            at: scene.start)
        window.endsAt = end.map(scene.at)
        return window
    }

    @Test func schedulesAreAskedOnceHoweverManyAlertsThereAre() {
        let asked = Mutex(0)
        let starts = every(3_600)
        let book = QuietBook(windows: [window(hours: 0.5), window(hours: 0.25)]) { window, time in
            asked.withLock { $0 += 1 }
            return starts(window, time)
        }
        // In both, in the longer one, in none, and again in both.
        for (second, isHeld) in [(10.0, true), (899, true), (1_000, true), (2_000, false), (3_601, true)] {
            for _ in 0..<1_000 { #expect((book.verdict(on: labels, at: scene.at(second)) != nil) == isHeld) }
            _ = book.nextChange(after: scene.at(second))
        }
        #expect(asked.withLock(\.self) <= 4 * 2 * 4, "for each of four stretches, of two windows")
    }

    @Test func aTimeBeforeTheLastOneIsJudgedByItself() {
        let book = QuietBook(windows: [window(hours: 0.5)], nextStart: every(3_600))
        for (second, isHeld) in [(3_700.0, true), (2_000, false), (100, true), (7_100, false), (3_700, true)] {
            #expect((book.verdict(on: labels, at: scene.at(second)) != nil) == isHeld, "\(second)")
        }
    }

    /// Hours of the window, seconds between starts, the last start, now, and when it is over.
    private static let joined: [(hours: Double, step: Double, last: Double, now: Double, end: Double)] = [
        (1, 60, 7_200, 3_630, 10_800), (744, 60, 3_000_000, 2_900_000, 5_678_400),
        (744, 60, 3_456_000, 0, 6_134_400), (1.5, 3_600, 10_000, 100, 12_600), (1.5, 3_600, 10_000, 12_599, 12_600),
        (0.5, 3_600, 10_000, 3_700, 5_400), (1, 3_600, 7_300, 10, 10_800),
    ]

    @Test(arguments: joined.indices)
    func aWindowThatBeginsAgainWhileItIsOpenIsOverWhenTheLastOneIs(index: Int) {
        let (hours, step, last, now, end) = Self.joined[index]
        let book = QuietBook(windows: [window(hours: hours, until: last)], nextStart: every(step))
        #expect(book.end(of: window(hours: hours, until: last), at: scene.at(now)) == scene.at(end))
        #expect(book.verdict(on: labels, at: scene.at(now))?.until == scene.at(end))
        #expect(book.verdict(on: labels, at: scene.at(end - 1)) != nil)
        #expect(book.verdict(on: labels, at: scene.at(end)) == nil)
    }

    @Test func aWindowThatIsNeverOverIsOpenAlways() throws {
        let book = QuietBook(windows: [window(hours: 744)], nextStart: every(60))
        for day in 0..<1_500 {
            let verdict = try #require(book.verdict(on: labels, at: scene.at(Double(day) * 86_400)))
            #expect(verdict.until > scene.at(Double(day) * 86_400))
        }
    }

    @Test func ofSeveralTheWindowIsToldAndOfThoseTheOneThatLastsLongest() {
        let all = [AlertMatcher("device", .matches, ".*")]
        let silences = [silence(all, to: 100), silence(all, to: 90_000), silence(all, from: 50, to: 99_000)]
        let open = (1...3).map { hour in
            MaintenanceWindow(
                name: "\(hour)", begins: .at(scene.at(100)), durationSeconds: (hour == 2 ? 9 : hour) * 3_600,
                zone: "UTC", at: scene.start)
        }
        let book = QuietBook(silences: silences, windows: open)
        let until: [(Double, Double)] = [(10, 90_000), (60, 99_000), (100, 32_500), (32_500, 99_000)]
        for (second, end) in until {
            #expect(book.verdict(on: labels, at: scene.at(second))?.until == scene.at(end), "\(second)")
        }
    }

    @Test func aWindowOnceIsOpenOnce() {
        let window = MaintenanceWindow(
            name: "upgrade", begins: .at(scene.at(60)), durationSeconds: 600, zone: "UTC", at: scene.start)
        let book = QuietBook(windows: [window])
        #expect(book.verdict(on: labels, at: scene.at(59)) == nil)
        #expect(book.verdict(on: labels, at: scene.at(60))?.text.hasPrefix("maintenance: upgrade, until ") == true)
        #expect(book.verdict(on: labels, at: scene.at(660)) == nil)
    }
}
