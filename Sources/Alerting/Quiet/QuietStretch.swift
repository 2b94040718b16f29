import Inventory
import Synchronization

/// A time in which no silence and no window begins or ends, and what holds alerts back in it.
struct QuietStretch: Sendable {
    /// Something that holds back what its matchers fit.
    struct Hold: Sendable {
        var matchers: LabelMatchers
        var verdict: QuietBook.Verdict
    }

    var from: Timestamp
    /// When something next begins or ends; nil where nothing does.
    var until: Timestamp?
    /// In the order in which they are asked.
    var holds: [Hold]

    func covers(_ time: Timestamp) -> Bool { from <= time && until.map { time < $0 } ?? true }
}

/// The stretch that was asked for last: what it says follows from the book alone, so that copies of the book share it.
final class LastQuietStretch: Sendable {
    private let kept = Mutex<QuietStretch?>(nil)

    /// The stretch around a time, made anew where it is not the last one.
    func stretch(at time: Timestamp, _ make: () -> QuietStretch) -> QuietStretch {
        if let last = kept.withLock({ $0 }), last.covers(time) { return last }
        let made = make()
        kept.withLock { $0 = made }
        return made
    }
}
