/// Keeps news for one who reads them, up to a bound; of one who does not keep up the oldest are lost, and that is said.
public struct AlertNewsQueue: Sendable {
    /// The news in order; it ends with `finish`.
    public let stream: AsyncStream<AlertNews>
    private let continuation: AsyncStream<AlertNews>.Continuation
    private let bufferMax: Int
    private var count = 0
    /// The place of the last news that say that some before them were lost; 0 for none.
    private var lossTold = 0

    /// An empty queue that keeps so many news, 2 or more.
    public init(bufferMax: Int = 1024) {
        self.bufferMax = max(2, bufferMax)
        (stream, continuation) = AsyncStream.makeStream(
            of: AlertNews.self, bufferingPolicy: .bufferingNewest(self.bufferMax))
    }

    /// Adds news; where that drives out the oldest, something that says so is kept behind them.
    public mutating func add(_ news: AlertNews) {
        count += 1
        guard case .dropped = continuation.yield(news) else { return }
        // Nothing is read of a queue that is full: what was driven out came as many before as it keeps. Who reads on
        // meets what was said after that.
        guard count - bufferMax >= lossTold else { return }
        count += 1
        lossTold = count
        continuation.yield(AlertNews(isAfterLoss: true))
    }

    /// Ends the stream behind what is kept.
    public func finish() { continuation.finish() }

    /// Does something when nobody reads any more.
    public func onEnd(_ action: @escaping @Sendable () -> Void) { continuation.onTermination = { _ in action() } }
}
