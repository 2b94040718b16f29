public import Alerting

/// Tells a receiver: one kind of way to do so, to one receiver of the configuration.
///
/// At least once: after a failure the same notice is sent again. Every notifier passes `NotifierContract` in the tests.
public protocol Notifier: Sendable {
    /// Sends a notice and waits until the receiver took it.
    ///
    /// Bounded in time by the notifier's own timeout; a cancelled task stops it. Errors name the receiver's address and
    /// the remedy, and no secret.
    func send(_ notice: AlertNotice) async throws(NotifierError)

    /// Tells a receiver that keeps state of its own (Alertmanager) what still fires; others do nothing.
    func refresh(_ firing: [AlertNotice.Item]) async throws(NotifierError)

    /// Gives back what it holds; no calls after it.
    func close() async
}

extension Notifier {
    /// Receivers without state of their own are not told again.
    public func refresh(_ firing: [AlertNotice.Item]) async throws(NotifierError) {}

    /// There is nothing to give back.
    public func close() async {}
}

/// Why a receiver was not told.
public struct NotifierError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Whether it is this notice that is refused, so that trying it again does not help.
    ///
    /// Not where an operator can mend it meanwhile: an address, a password, a server that is away.
    public var isLasting: Bool
    /// What happened and what to do; without secrets.
    public var reason: String
    /// Seconds the receiver asked to wait (Retry-After, RFC 9110 10.2.3); nil where it did not.
    public var retryAfterSeconds: Double?
    /// Whether less at a time may be taken.
    var isTooLong = false

    /// A failure.
    public init(_ reason: String, isLasting: Bool = false, retryAfterSeconds: Double? = nil) {
        self.reason = reason
        self.isLasting = isLasting
        self.retryAfterSeconds = retryAfterSeconds
    }

    /// The reason.
    public var description: String { reason }
}
