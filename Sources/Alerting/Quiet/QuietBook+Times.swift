public import Inventory

extension QuietBook {
    /// Windows that are followed where each begins before the one before it ends.
    private static let joinedMax = 32
    /// Halvings after which even centuries are shorter than a second.
    private static let halvingsMax = 40

    /// When a window that is open at a time ends; nil where it is not open.
    ///
    /// Where a schedule is due again before the window ends, that is when the last of them ends, of 32 at most.
    public func end(of window: MaintenanceWindow, at now: Timestamp) -> Timestamp? {
        let length = Double(window.durationSeconds)
        switch window.begins {
        case .at(let start):
            let end = start.advanced(bySeconds: length)
            return start <= now && now < end ? end : nil
        case .schedule:
            let earliest = now.advanced(bySeconds: -length)
            guard var start = latestStart(of: window, after: earliest, upTo: now) else { return nil }
            for _ in 0..<Self.joinedMax {
                let end = start.advanced(bySeconds: length)
                guard let later = latestStart(of: window, after: start, upTo: end) else { break }
                start = later
            }
            return start.advanced(bySeconds: length)
        }
    }

    /// When a window next begins after a time; nil where it does not any more.
    func begin(of window: MaintenanceWindow, after now: Timestamp) -> Timestamp? {
        if case .at(let start) = window.begins { return start > now ? start : nil }
        return nextStart(window, now).flatMap { start in window.endsAt.map { start <= $0 } ?? true ? start : nil }
    }

    /// The latest start of a schedule after one time and not after another, by halving the time in between: there may
    /// be tens of thousands.
    private func latestStart(of window: MaintenanceWindow, after early: Timestamp, upTo late: Timestamp) -> Timestamp? {
        let late = window.endsAt.map { min($0, late) } ?? late
        func start(after time: Timestamp) -> Timestamp? { nextStart(window, time).flatMap { $0 <= late ? $0 : nil } }
        guard let first = start(after: early) else { return nil }
        guard var latest = start(after: first) else { return first }
        // None is after `free`.
        var free = late
        for _ in 0..<Self.halvingsMax where free.secondsSince(latest) >= 1 {
            let middle = latest.advanced(bySeconds: free.secondsSince(latest) / 2)
            if let found = start(after: middle) { latest = found } else { free = middle }
        }
        return latest
    }
}
