import Alerting
import Inventory
import NIOCore
import NIOSSL

/// Tells a syslog server, one message an alert.
///
/// Syslog has no acknowledgement. Over UDP a notice counts as delivered when its datagrams left, unless the server's
/// machine says at once that nobody listens; over TCP and TLS when the server closed the connection after we ended our
/// side of it, or took everything and stayed silent for two seconds.
struct SyslogNotifier: Notifier {
    private let message: SyslogMessage
    private let sender: SyslogSender
    private let transport: SyslogSettings.Transport

    init(_ settings: SyslogSettings, _ surroundings: NotifierSurroundings) throws(NotifierError) {
        message = try SyslogMessage(settings, hostName: surroundings.hostName)
        transport = settings.transport
        let usual =
            switch settings.transport {
            case .udp: 514
            case .tcp: 601
            case .tls: 6514
            }
        sender = SyslogSender(
            server: try HostPort(host: settings.host, port: settings.port ?? usual, field: "host"),
            tls: settings.transport == .tls ? try Trust.context(settings.caFile) : nil,
            timeoutSeconds: try TimeLimit.checked(settings.timeoutSeconds))
    }

    func send(_ notice: AlertNotice) async throws(NotifierError) {
        let isDatagram = transport == .udp
        let messages = message.octets(
            notice, octetsMax: isDatagram ? SyslogMessage.datagramOctetsMax : SyslogMessage.streamOctetsMax)
        guard !messages.isEmpty else { return }
        try await isDatagram ? sender.sendDatagrams(messages) : sender.sendStream(messages)
    }
}
