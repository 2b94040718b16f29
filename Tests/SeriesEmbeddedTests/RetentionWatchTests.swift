import Inventory
import Testing

@testable import SeriesEmbedded

/// What is old goes only when the time is certain.
@Suite struct RetentionWatchTests {
    let start = Timestamp(seconds: 1_772_006_400)

    @Test func `three looks a minute apart are needed`() {
        var watch = RetentionWatch()
        let trusts = (0..<4).map { look in
            watch.look(
                wall: start.advanced(bySeconds: Double(look) * 60), monotonicSeconds: Double(look) * 60, newest: start)
        }
        #expect(trusts == [.none, .none, .newest, .newest])
    }

    @Test(arguments: [40.0 * 86_400, 7_200, -86_400])
    func `a clock that jumped is not trusted for a day`(jump: Double) {
        var watch = RetentionWatch()
        for minute in 0..<5 {
            let seconds = Double(minute) * 60
            _ = watch.look(wall: start.advanced(bySeconds: seconds), monotonicSeconds: seconds, newest: start)
        }
        for minute in 5..<1_445 {
            let seconds = Double(minute) * 60
            let wall = start.advanced(bySeconds: seconds + jump)
            #expect(watch.look(wall: wall, monotonicSeconds: seconds, newest: wall) == .none, "minute \(minute)")
        }
        let wall = start.advanced(bySeconds: 1_446 * 60 + jump)
        #expect(watch.look(wall: wall, monotonicSeconds: 1_446 * 60, newest: wall) == .wallClock)
    }

    @Test func `a start with a clock far from the newest reading is not trusted either`() {
        var watch = RetentionWatch()
        for minute in 0..<100 {
            let seconds = Double(minute) * 60
            let trust = watch.look(
                wall: start.advanced(bySeconds: 40 * 86_400 + seconds), monotonicSeconds: seconds, newest: start)
            #expect(trust == .none)
        }
    }

    @Test func `what the newest reading needs stays`() {
        let cutoff = RetentionWatch.cutoff(
            .newest, now: start.advanced(bySeconds: 86_400), newest: start, days: 35)
        #expect(cutoff == start.advanced(bySeconds: -35 * 86_400))
        #expect(RetentionWatch.cutoff(.none, now: start, newest: start, days: 1) == nil)
    }
}
