/// How many requests one agent may have under way at one time, all polls of it together.
///
/// Pure. Grows by one with each poll that lost nothing, up to `Target.inFlight`, and halves when a request is lost:
/// additive increase, multiplicative decrease. Weak agents drop bursts, so it begins small.
struct RequestWindow: Hashable, Sendable {
    private static let initialSize: UInt16 = 2

    /// The requests that may be under way, before the target's own limit.
    private(set) var size: UInt16 = Self.initialSize
    /// The requests under way; a retransmission is not another one.
    private(set) var inFlight: UInt16 = 0

    init() {}

    /// The same requests under way, in a window of the size known before.
    func recalled(size: UInt16) -> RequestWindow {
        var window = self
        window.size = max(1, min(size, 64))
        return window
    }

    /// Whether one more request may be sent, for a target with this limit, in a window of at least so many.
    func hasRoom(limit: Int, atLeast least: Int = 1) -> Bool { Int(inFlight) < min(max(Int(size), least), limit) }

    mutating func requestStarted() { inFlight += 1 }
    mutating func requestEnded() { inFlight -= inFlight > 0 ? 1 : 0 }

    /// A poll ended without a retransmission.
    mutating func pollWasClean(limit: Int) { if Int(size) < limit { size += 1 } }

    /// A request was lost.
    mutating func requestLost() { size = max(1, size / 2) }
}
