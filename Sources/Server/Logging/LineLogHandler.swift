import Glibc
public import Inventory
public import Jobs
public import Logging

/// Writes log lines to standard error, each whole, in one system call.
public struct LineLogHandler: LogHandler {
    /// Where lines go.
    public typealias Sink = @Sendable ([UInt8]) -> Void

    /// The least important lines that are written.
    public var logLevel: Logger.Level
    /// What every line of this logger carries.
    public var metadata: Logger.Metadata = [:]
    private let label: String
    private let line: LogLine
    private let sink: Sink
    private let now: @Sendable () -> Timestamp

    /// A handler.
    public init(
        label: String, format: LogFormat, zone: ZoneRules, level: Logger.Level,
        now: @escaping @Sendable () -> Timestamp = { SystemWallClock().now },
        sink: @escaping Sink = LineLogHandler.standardError
    ) {
        self.label = label
        line = LogLine(format: format, zone: zone)
        logLevel = level
        self.now = now
        self.sink = sink
    }

    /// Writes one line.
    public func log(event: LogEvent) {
        let fields = metadata.merging(event.metadata ?? [:]) { _, new in new }
        sink(line.bytes(event, label: label, metadata: fields, at: now()))
    }

    /// One field of what every line carries.
    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Standard error; a line that cannot be written is lost rather than waited for.
    public static let standardError: Sink = { bytes in
        _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}

extension ServerConfiguration {
    /// The log of this configuration.
    public func logger(
        label: String = "wardflux", sink: @escaping LineLogHandler.Sink = LineLogHandler.standardError
    ) -> Logger {
        let (format, zone, level) = (logFormat, zone, logLevel)
        return Logger(label: label) { label in
            LineLogHandler(label: label, format: format, zone: zone, level: level, sink: sink)
        }
    }
}
