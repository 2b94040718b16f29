import Logging

/// Passes on what an operator wants to know of the HTTP server: warnings and worse.
struct QuietLogHandler: LogHandler {
    var logLevel = Logger.Level.warning
    var metadata: Logger.Metadata = [:]
    private let inner: Logger

    init(inner: Logger) {
        self.inner = inner
    }

    func log(event: LogEvent) {
        inner.log(
            level: event.level, event.message, metadata: metadata.merging(event.metadata ?? [:]) { _, new in new })
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }
}
