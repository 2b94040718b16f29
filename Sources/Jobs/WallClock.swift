import FoundationEssentials
public import Inventory

/// The time of day as jobs see it, so that tests can move it.
public protocol WallClock: Sendable {
    /// The present moment.
    var now: Timestamp { get }

    /// Returns once the clock shows `moment` or later; throws `CancellationError` where the task is cancelled.
    func sleep(until moment: Timestamp) async throws
}

extension WallClock {
    /// Returns once this many seconds of the clock have passed.
    public func sleep(seconds: Double) async throws {
        try await sleep(until: now.advanced(bySeconds: seconds))
    }
}

/// The system's clock.
///
/// It sleeps in short pieces and looks at the time again, so that a clock that is set, or a machine that was
/// suspended, delays nothing by more than a piece.
public struct SystemWallClock: WallClock {
    private static let pieceSecondsMax = 15.0

    /// The system's clock.
    public init() {}

    /// The present moment.
    public var now: Timestamp {
        Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }

    /// Returns once the clock shows `moment` or later.
    public func sleep(until moment: Timestamp) async throws {
        try Task.checkCancellation()
        while true {
            let remaining = moment.secondsSince(now)
            if remaining <= 0 { return }
            try await Task.sleep(for: .seconds(min(remaining, Self.pieceSecondsMax)))
        }
    }
}
