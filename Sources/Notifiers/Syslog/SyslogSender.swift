import NIOCore
import NIOPosix
import NIOSSL

/// Carries syslog messages to one server, a socket each time.
struct SyslogSender: Sendable {
    /// How long a refusal of a datagram, or the end of a connection, is waited for.
    private static let datagramPatienceMilliseconds = 50
    let server: HostPort
    let tls: NIOSSLContext?
    let timeoutSeconds: Double

    /// A datagram a message (RFC 5426).
    func sendDatagrams(_ messages: [[UInt8]]) async throws(NotifierError) {
        try await limited {
            let (channel, refusal) = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(host: server.host, port: server.port, channelInitializer: Self.listener)
            try await withTaskCancellationHandler {
                defer { channel.close(promise: nil) }
                try await Self.write(messages, channel, refusal)
            } onCancel: {
                channel.close(promise: nil)
            }
        }
    }

    /// All messages over one connection, each after its length (RFC 6587 3.4.1, RFC 5425 4.3).
    func sendStream(_ messages: [[UInt8]]) async throws(NotifierError) {
        var octets: [UInt8] = []
        for message in messages { octets += Array("\(message.count) ".utf8) + message }
        let frames = octets
        try await limited {
            let (channel, ended) = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connectTimeout(.milliseconds(Int64(timeoutSeconds * 1000)))
                .connect(host: server.host, port: server.port) { channel in
                    channel.eventLoop.makeCompletedFuture { (channel, try self.prepare(channel, frames)) }
                }
            try await withTaskCancellationHandler {
                try await ended.get()
            } onCancel: {
                channel.close(promise: nil)
            }
        }
    }

    private func limited(_ work: @escaping @Sendable () async throws -> Void) async throws(NotifierError) {
        let late = NotifierError(
            "syslog server \(server.text) did not take the messages within \(TimeLimit.text(timeoutSeconds))")
        do {
            try await TimeLimit.run(seconds: timeoutSeconds, late, work)
        } catch let error as NotifierError {
            throw error
        } catch {
            let reason = Task.isCancelled ? "sending was cancelled" : WireFailure.reason(error)
            throw NotifierError("syslog server \(server.text): \(reason)")
        }
    }

    private func prepare(_ channel: any Channel, _ frames: [UInt8]) throws -> EventLoopFuture<Void> {
        if let tls {
            let name = server.isAddress ? nil : server.host
            try channel.pipeline.syncOperations.addHandler(NIOSSLClientHandler(context: tls, serverHostname: name))
        }
        let ended = channel.eventLoop.makePromise(of: Void.self)
        let silence = min(2, timeoutSeconds / 2)
        let handler = SyslogStreamHandler(frames, isProtected: tls != nil, silenceSeconds: silence, ended: ended)
        try channel.pipeline.syncOperations.addHandler(handler)
        return ended.futureResult
    }

    private static let listener: @Sendable (any Channel) -> EventLoopFuture<(any Channel, EventLoopFuture<Void>)> = {
        channel in
        channel.eventLoop.makeCompletedFuture {
            let refused = channel.eventLoop.makePromise(of: Void.self)
            try channel.pipeline.syncOperations.addHandler(SyslogDatagramHandler(refused: refused))
            return (channel, refused.futureResult)
        }
    }

    /// Writes and waits a moment, so that a machine that says that nobody listens is heard.
    private static func write(
        _ messages: [[UInt8]], _ channel: any Channel, _ refusal: EventLoopFuture<Void>
    ) async throws {
        for message in messages { try await channel.writeAndFlush(ByteBuffer(bytes: message)) }
        channel.eventLoop.scheduleTask(in: .milliseconds(Int64(datagramPatienceMilliseconds))) {
            channel.close(promise: nil)
        }
        try await refusal.get()
    }
}

/// Hears whether datagrams were refused; all that comes back otherwise is thrown away.
final class SyslogDatagramHandler: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    private let refused: EventLoopPromise<Void>
    private var isOver = false

    /// `refused` fails where the messages were refused, and succeeds when the channel is closed.
    init(refused: EventLoopPromise<Void>) {
        self.refused = refused
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {}

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end { $0.fail(error) }
        context.close(promise: nil)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        end { $0.succeed() }
    }

    private func end(_ tell: (EventLoopPromise<Void>) -> Void) {
        guard !isOver else { return }
        isOver = true
        tell(refused)
    }
}
