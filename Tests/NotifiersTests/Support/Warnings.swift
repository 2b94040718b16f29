import Synchronization

@testable import Notifiers

/// What a notifier warned of.
final class Warnings: Sendable {
    private let texts = Mutex<[String]>([])

    var all: [String] { texts.withLock { $0 } }

    /// Surroundings that keep the warnings here.
    var surroundings: NotifierSurroundings {
        NotifierSurroundings(
            hostName: "monitor", now: { Notices.start }, warn: { text in self.texts.withLock { $0.append(text) } })
    }
}
