import NIOCore
import NIOSSL
import NIOTLS

/// The shell around one conversation: octets to replies, actions to octets, patience to timers.
final class SMTPHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var machine: SMTPStateMachine
    private var parser = SMTPReplyParser()
    private let server: HostPort
    private let tls: NIOSSLContext
    private let timeoutSeconds: Double
    private let result: EventLoopPromise<SMTPOutcome>
    private var timer: Scheduled<Void>?
    private var isOver = false

    init(
        _ machine: SMTPStateMachine, server: HostPort, tls: NIOSSLContext, timeoutSeconds: Double,
        result: EventLoopPromise<SMTPOutcome>
    ) {
        self.machine = machine
        self.server = server
        self.tls = tls
        self.timeoutSeconds = timeoutSeconds
        self.result = result
    }

    func channelActive(context: ChannelHandlerContext) {
        startTimer(context)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isOver else { return }
        do throws(SMTPReplyParser.Garbage) {
            let replies = try parser.take(unwrapInboundIn(data).readableBytesView)
            for (index, reply) in replies.enumerated() where !isOver {
                let action = machine.replyReceived(reply)
                // Octets that came along with the yes to STARTTLS were not protected: whoever sent them is refused.
                if action == .beginTLS, index + 1 < replies.count || parser.hasRest {
                    return fail("it sent more than its answer before TLS began", context)
                }
                perform(action, context)
            }
        } catch {
            fail("what it sends is not SMTP", context)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? TLSUserEvent, case .handshakeCompleted = event, machine.state == .handshake {
            perform(machine.tlsBegan(), context)
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        fail("it closed the connection before \(machine.step)", context)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail(WireFailure.reason(error), context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        fail("the connection failed", context)
    }

    private func perform(_ action: SMTPStateMachine.Action, _ context: ChannelHandlerContext) {
        switch action {
        case .wait:
            break
        case .send(let octets):
            write(octets, context)
            startTimer(context)
        case .beginTLS:
            beginTLS(context)
        case .finish(let outcome):
            write(Array("QUIT\r\n".utf8), context)
            end(context) { $0.succeed(outcome) }
        }
    }

    private func write(_ octets: [UInt8], _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(context.channel.allocator.buffer(bytes: octets)), promise: nil)
    }

    private func beginTLS(_ context: ChannelHandlerContext) {
        do {
            let handler = try NIOSSLClientHandler(context: tls, serverHostname: server.isAddress ? nil : server.host)
            try context.pipeline.syncOperations.addHandler(handler, position: .first)
            startTimer(context)
        } catch {
            fail(WireFailure.reason(error), context)
        }
    }

    private func startTimer(_ context: ChannelHandlerContext) {
        timer?.cancel()
        let seconds = timeoutSeconds * machine.patience
        let late = "no answer within \(TimeLimit.text(seconds)): \(machine.step) is missing"
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(in: .milliseconds(Int64(seconds * 1000))) {
            bound.value.0.fail(late, bound.value.1)
        }
    }

    private func fail(_ reason: String, _ context: ChannelHandlerContext) {
        end(context) { $0.fail(NotifierError("mail server \(server.text): \(reason)")) }
    }

    private func end(_ context: ChannelHandlerContext, _ tell: (EventLoopPromise<SMTPOutcome>) -> Void) {
        guard !isOver else { return }
        isOver = true
        timer?.cancel()
        tell(result)
        context.close(promise: nil)
    }
}
