import Logging
import NIOCore
import Synchronization

/// Keeps the number of open connections within a limit, and says so once when it is reached.
final class ConnectionLimit: Sendable {
    private struct State {
        var open = 0
        var hasWarned = false
    }

    private let openMax: Int
    private let logger: Logger
    private let state = Mutex(State())

    init(_ openMax: Int, logger: Logger) {
        self.openMax = openMax
        self.logger = logger
    }

    /// Counts a connection; false where it is one too many.
    func opened() -> Bool {
        let (isAllowed, isNews) = state.withLock { state in
            state.open += 1
            guard state.open > openMax else { return (true, false) }
            defer { state.hasWarned = true }
            return (false, !state.hasWarned)
        }
        if isNews { logger.warning("\(openMax) connections are open; further ones are closed until some end") }
        return isAllowed
    }

    /// Counts the end of a connection, whether or not it was allowed.
    func closed() {
        state.withLock { state in
            state.open -= 1
            // Not at every step around the limit.
            if state.open < openMax / 2 { state.hasWarned = false }
        }
    }
}

/// Counts its connection, and closes it where it is one too many.
final class ConnectionLimitHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny
    private let limit: ConnectionLimit
    private var isAllowed = true

    init(_ limit: ConnectionLimit) {
        self.limit = limit
    }

    func handlerAdded(context: ChannelHandlerContext) {
        isAllowed = limit.opened()
        if !isAllowed, context.channel.isActive { context.close(promise: nil) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        limit.closed()
    }

    func channelActive(context: ChannelHandlerContext) {
        guard isAllowed else { return context.close(promise: nil) }
        context.fireChannelActive()
    }
}
