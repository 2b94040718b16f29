public import Alerting

/// How one receiver is told: what the courier needs of a notifier.
public struct AlertSender: Sendable {
    /// Sends a notice and waits until the receiver took it; bounded in time, and ended by the task's cancellation.
    public var send: @Sendable (AlertNotice) async -> SendingOutcome
    /// Tells a receiver that keeps alerts of its own what still fires; nil for one that keeps none.
    public var refresh: (@Sendable ([AlertNotice.Item]) async -> SendingOutcome)?

    /// A way to tell a receiver.
    public init(
        send: @escaping @Sendable (AlertNotice) async -> SendingOutcome,
        refresh: (@Sendable ([AlertNotice.Item]) async -> SendingOutcome)? = nil
    ) {
        self.send = send
        self.refresh = refresh
    }
}

/// What became of an attempt to tell a receiver.
public enum SendingOutcome: Sendable, Hashable {
    /// The receiver took it.
    case taken
    /// It did not; the reason has no secrets.
    ///
    /// `isLasting` where trying again does not help; `retryAfterSeconds` where the receiver asked to wait.
    case refused(_ reason: String, isLasting: Bool = false, retryAfterSeconds: Double? = nil)
}
