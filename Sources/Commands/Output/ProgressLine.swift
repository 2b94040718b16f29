/// The line that shows how far a job is.
struct ProgressLine: Sendable, Hashable {
    /// What is going on, such as `discover-all-interfaces`.
    var label: String
    /// Units done.
    var done: Int
    /// Units in all; 0 while not known.
    var total: Int
    /// Seconds since the work began.
    var elapsedSeconds: Double

    /// The line, at most `width` columns wide.
    ///
    /// Before the total is known there is no bar: `discover-all-interfaces  12 done  3 s`.
    func render(width: Int) -> String {
        let seconds = "\(Int(elapsedSeconds)) s"
        guard total > 0 else { return TextWidth.cut("\(label)  \(done) done  \(seconds)", to: width) }
        let fraction = min(1, max(0, Double(done) / Double(total)))
        let percent = "\(Int(fraction * 100)) %"
        let tail = "\(done)/\(total)  \(percent)  \(seconds)"
        let room = width - TextWidth.columns(of: label) - tail.count - 6
        guard room >= 8 else { return TextWidth.cut("\(label)  \(tail)", to: width) }
        let barWidth = min(40, room)
        let filled = Int(fraction * Double(barWidth))
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: barWidth - filled)
        return "\(label)  \(bar)  \(tail)"
    }
}
