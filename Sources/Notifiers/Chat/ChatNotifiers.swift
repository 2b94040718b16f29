import Alerting
import Inventory
import Listing

/// Tells a channel of Slack through an incoming webhook.
///
/// Slack knows no repetitions: a notice that is sent again after an answer was lost appears twice.
struct SlackNotifier: Notifier {
    private let channel: ChatChannel

    init(_ settings: ChatSettings, _ surroundings: NotifierSurroundings) throws(NotifierError) {
        channel = try ChatChannel(settings, surroundings)
    }

    func send(_ notice: AlertNotice) async throws(NotifierError) {
        try await channel.send(SlackMessage.json(notice).bytes, notice)
    }

    func close() async {
        await channel.close()
    }
}

/// Tells a channel of Microsoft Teams through the webhook of a workflow.
///
/// Teams knows no repetitions: a notice that is sent again after an answer was lost appears twice.
struct TeamsNotifier: Notifier {
    private let channel: ChatChannel

    init(_ settings: ChatSettings, _ surroundings: NotifierSurroundings) throws(NotifierError) {
        channel = try ChatChannel(settings, surroundings)
    }

    func send(_ notice: AlertNotice) async throws(NotifierError) {
        try await channel.send(TeamsMessage.octets(notice), notice)
    }

    func close() async {
        await channel.close()
    }
}

/// The way to a channel: its address is the secret that lets write to it, so it goes over TLS, or stays here.
struct ChatChannel: Sendable {
    private let address: WebAddress
    private let poster: HTTPPoster

    init(_ settings: ChatSettings, _ surroundings: NotifierSurroundings) throws(NotifierError) {
        address = try WebAddress(settings.url, field: "url")
        let host = try HostPort(host: address.host, port: 80, field: "url")
        guard address.isProtected || host.isLoopback else {
            throw NotifierError(
                "url: the address of a channel is a secret and must begin with https://", isLasting: true)
        }
        poster = try HTTPPoster(
            caFile: settings.caFile, timeoutSeconds: settings.timeoutSeconds, secrets: [address.path],
            now: surroundings.now)
    }

    func send(_ body: [UInt8], _ notice: AlertNotice) async throws(NotifierError) {
        let headers = [(name: "wardflux-delivery", value: Secret(notice.id.description))]
        try await poster.send(HTTPPost(address: address, headers: headers, body: body))
    }

    func close() async {
        await poster.close()
    }
}
