import Alerting
import Notifiers
import Pipelines

extension AlertSender {
    /// How a receiver is told by its notifier.
    init(_ notifier: any Notifier, keepsState: Bool) {
        let refresh: @Sendable ([AlertNotice.Item]) async -> SendingOutcome = { items in
            do throws(NotifierError) {
                try await notifier.refresh(items)
                return .taken
            } catch {
                return SendingOutcome(error)
            }
        }
        self.init(
            send: { notice in
                do throws(NotifierError) {
                    try await notifier.send(notice)
                    return .taken
                } catch {
                    return SendingOutcome(error)
                }
            }, refresh: keepsState ? refresh : nil)
    }
}

extension SendingOutcome {
    /// Why a notifier failed.
    init(_ error: NotifierError) {
        self = .refused(error.reason, isLasting: error.isLasting, retryAfterSeconds: error.retryAfterSeconds)
    }
}
