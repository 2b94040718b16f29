import NIOCore
import NIOPosix
import NIOSSL

/// Sends mails to one server, a connection each.
struct SMTPClient: Sendable {
    let server: HostPort
    let tls: NIOSSLContext
    let policy: SMTPStateMachine.Policy
    let timeoutSeconds: Double

    /// Sends a mail; throws where the server could not be talked to.
    func send(_ envelope: SMTPStateMachine.Envelope) async throws(NotifierError) -> SMTPOutcome {
        // Each step has a limit of its own; a server that uses all of it at every step is not waited for for ever.
        let seconds = min(timeoutSeconds * 10, 600)
        let late = NotifierError("mail server \(server.text) did not take the mail within \(TimeLimit.text(seconds))")
        do {
            return try await TimeLimit.run(seconds: seconds, late) { try await converse(envelope) }
        } catch let error as NotifierError {
            throw error
        } catch {
            throw NotifierError("mail server \(server.text): \(WireFailure.reason(error))")
        }
    }

    private func converse(_ envelope: SMTPStateMachine.Envelope) async throws -> SMTPOutcome {
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.milliseconds(Int64(min(timeoutSeconds, 10) * 1000)))
        let (channel, result) = try await bootstrap.connect(host: server.host, port: server.port) { channel in
            channel.eventLoop.makeCompletedFuture { (channel, try self.prepare(channel, envelope)) }
        }
        do {
            return try await withTaskCancellationHandler {
                try await result.get()
            } onCancel: {
                channel.close(promise: nil)
            }
        } catch {
            throw Task.isCancelled ? CancellationError() : error
        }
    }

    /// Puts the handlers of a new connection in place, on its event loop.
    private func prepare(
        _ channel: any Channel, _ envelope: SMTPStateMachine.Envelope
    ) throws -> EventLoopFuture<SMTPOutcome> {
        if policy.protection == .tls {
            let name = server.isAddress ? nil : server.host
            try channel.pipeline.syncOperations.addHandler(NIOSSLClientHandler(context: tls, serverHostname: name))
        }
        let result = channel.eventLoop.makePromise(of: SMTPOutcome.self)
        let handler = SMTPHandler(
            SMTPStateMachine(envelope, policy), server: server, tls: tls, timeoutSeconds: timeoutSeconds,
            result: result)
        try channel.pipeline.syncOperations.addHandler(handler)
        return result.futureResult
    }
}
