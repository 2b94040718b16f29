/// Spaces the requests to one agent, where its target limits them per second.
///
/// Pure. Retransmissions count too. After a pause there is no credit for what was not sent, except for the lateness of
/// timers: `toleranceMicroseconds`.
struct RequestPace: Hashable, Sendable {
    private static let toleranceMicroseconds: UInt64 = 20_000

    /// When the next request may be sent, in microseconds.
    private(set) var nextAt: UInt64 = 0

    func allows(at nowMicroseconds: UInt64) -> Bool { nextAt <= nowMicroseconds }

    /// A request was sent; `perSecond` 0 is no limit.
    mutating func requestSent(at nowMicroseconds: UInt64, perSecond: Int) {
        guard perSecond > 0 else { return }
        let earliest = nowMicroseconds - min(nowMicroseconds, Self.toleranceMicroseconds)
        nextAt = max(nextAt, earliest) + 1_000_000 / UInt64(perSecond)
    }
}
