import NIOCore
import NIOPosix
import NIOSSL

/// Errors of connections in words a person uses.
enum WireFailure {
    /// What happened; the texts of errors that may show more than that are left out.
    static func reason(_ error: any Error) -> String {
        switch error {
        case let error as NotifierError: return error.reason
        case is CancellationError: return "sending was cancelled"
        case let error as ChannelError: return channel(error)
        case let error as NIOSSLError: return tls(error)
        case is BoringSSLError, is NIOSSLExtraError: return "TLS failed"
        case let error as IOError: return errno(error.errnoCode)
        case is SocketAddressError: return "its name is not known"
        case let error as NIOConnectionError: return connection(error)
        default: return "the connection failed (\(type(of: error)))"
        }
    }

    /// Of several addresses of a host, why the first was not reached.
    private static func connection(_ error: NIOConnectionError) -> String {
        if let first = error.connectionErrors.first { return reason(first.error) }
        return "its name is not known"
    }

    private static func channel(_ error: ChannelError) -> String {
        switch error {
        case .connectTimeout: "the connection was not accepted in time"
        case .eof, .ioOnClosedChannel, .alreadyClosed, .inputClosed, .outputClosed: "it closed the connection"
        case .writeMessageTooLarge: "the message is too large for a datagram"
        default: "the connection failed"
        }
    }

    private static func tls(_ error: NIOSSLError) -> String {
        switch error {
        case .handshakeFailed(let detail):
            "\(detail)".contains("CERTIFICATE_VERIFY_FAILED")
                ? "its certificate is not trusted; give the authority that signed it as ca_file"
                : "the TLS handshake failed"
        case .unableToValidateCertificate:
            "its certificate is not trusted; give the authority that signed it as ca_file"
        case .uncleanShutdown: "it closed the connection"
        default: "TLS failed"
        }
    }

    private static func errno(_ code: CInt) -> String {
        switch code {
        case 111: "connection refused"
        case 104, 32: "it closed the connection"
        case 110: "the connection was not accepted in time"
        case 101, 113: "there is no way to it"
        default: "the connection failed (errno \(code))"
        }
    }
}
