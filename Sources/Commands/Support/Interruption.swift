import UnixSignals

/// Waits for the end a person or the system asks for.
enum Interruption {
    /// Returns at SIGINT, SIGTERM or SIGHUP, or when the task is cancelled.
    static func wait() async {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup)
        for await _ in signals { return }
    }
}
