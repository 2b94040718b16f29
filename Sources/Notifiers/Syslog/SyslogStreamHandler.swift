import NIOCore
import NIOSSL
import NIOTLS

/// Writes frames, ends its side of the connection, and waits for the other's end.
final class SyslogStreamHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let frames: [UInt8]
    private let isProtected: Bool
    private let silenceSeconds: Double
    private let ended: EventLoopPromise<Void>
    /// Whether everything was handed to the network and our side ended.
    private var isWritten = false
    private var isOver = false

    init(_ frames: [UInt8], isProtected: Bool, silenceSeconds: Double, ended: EventLoopPromise<Void>) {
        self.frames = frames
        self.isProtected = isProtected
        self.silenceSeconds = silenceSeconds
        self.ended = ended
    }

    func channelActive(context: ChannelHandlerContext) {
        if !isProtected { write(context) }
        context.fireChannelActive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? TLSUserEvent, case .handshakeCompleted = event { write(context) }
        context.fireUserInboundEventTriggered(event)
    }

    /// A syslog server has nothing to say.
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {}

    func channelInactive(context: ChannelHandlerContext) {
        finish(context, ChannelError.eof)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // Many servers close without the farewell of TLS.
        let isFarewell = if let error = error as? NIOSSLError, case .uncleanShutdown = error { true } else { false }
        if isFarewell, isWritten { finish(context, error) } else { end(context) { $0.fail(error) } }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        end(context) { $0.fail(ChannelError.eof) }
    }

    private func write(_ context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.whenComplete { result in
            let (handler, context) = bound.value
            switch result {
            case .success: handler.allWritten(context)
            case .failure(let error): handler.end(context) { $0.fail(error) }
            }
        }
        context.writeAndFlush(wrapOutboundOut(context.channel.allocator.buffer(bytes: frames)), promise: written)
    }

    private func allWritten(_ context: ChannelHandlerContext) {
        guard !isOver else { return }
        isWritten = true
        context.close(mode: .output, promise: nil)
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: .milliseconds(Int64(silenceSeconds * 1000))) {
            bound.value.0.finish(bound.value.1, ChannelError.eof)
        }
    }

    /// The end of the connection, or of patience: good where everything was written.
    private func finish(_ context: ChannelHandlerContext, _ error: any Error) {
        let isWritten = isWritten
        end(context) { isWritten ? $0.succeed() : $0.fail(error) }
    }

    private func end(_ context: ChannelHandlerContext, _ tell: (EventLoopPromise<Void>) -> Void) {
        guard !isOver else { return }
        isOver = true
        tell(ended)
        context.close(promise: nil)
    }
}
