import Alerting
import Inventory
import Listing

/// Tells any receiver of HTTP requests: the JSON of `docs/webhook.md`, or a body by a template; signed where asked.
///
/// A repetition has the same `WardFlux-Delivery`, another `WardFlux-Attempt`, and a signature of its own time. What is
/// longer than receivers usually take, or is refused as too long, goes in halves, each with an identity of its own that
/// is the same at each attempt.
struct WebhookNotifier: Notifier {
    /// Octets of a body beyond which it goes in halves; a usual limit of servers is 1 MB.
    private static let bodyOctetsMax = 524_288
    private let address: WebAddress
    private let settings: WebhookSettings
    private let headers: [(name: String, value: Secret)]
    private let template: WebhookTemplate?
    private let poster: HTTPPoster
    private let now: @Sendable () -> Timestamp

    init(_ settings: WebhookSettings, _ surroundings: NotifierSurroundings) throws(NotifierError) {
        address = try WebAddress(settings.url, field: "url")
        self.settings = settings
        let authorization = try HeaderFields.authorization(settings.authorization)
        let further = try HeaderFields.checked(settings.headers)
        headers = further + authorization
        try WebhookSignature.check(settings.signingKeys)
        template = try settings.template.map { text throws(NotifierError) in
            try WebhookTemplate(text, contentType: settings.contentType)
        }
        now = surroundings.now
        let secrets =
            [address.path] + settings.headers.values + settings.signingKeys
            + HeaderFields.secrets(settings.authorization)
        poster = try HTTPPoster(
            caFile: settings.caFile, timeoutSeconds: settings.timeoutSeconds, secrets: secrets, now: now)
    }

    func send(_ notice: AlertNotice) async throws(NotifierError) {
        try await HalvedRequests.send(notice.alerts.indices) { range async throws(NotifierError) in
            let part = Self.part(of: notice, range)
            let body =
                if let template { try template.body(part) } else { WebhookBody.json(part).bytes }
            guard body.count <= Self.bodyOctetsMax || range.count < 2 else {
                var error = NotifierError("the notice has \(body.count) octets", isLasting: true)
                error.isTooLong = true
                throw error
            }
            try await post(part, body)
        }
    }

    /// Some of the alerts of a notice, as one of its own; those it only counts are counted in the first.
    static func part(of notice: AlertNotice, _ range: Range<Int>) -> AlertNotice {
        guard range != notice.alerts.indices else { return notice }
        var part = notice
        part.id = .derived(
            at: notice.at, from: notice.id.words + [UInt64(range.lowerBound), UInt64(range.upperBound)])
        part.alerts = Array(notice.alerts[range])
        part.alertCount = range.count + (range.lowerBound == 0 ? notice.alertCount - notice.alerts.count : 0)
        return part
    }

    private func post(_ notice: AlertNotice, _ body: [UInt8]) async throws(NotifierError) {
        var headers = headers
        headers.append(("wardflux-delivery", Secret(notice.id.description)))
        headers.append(("wardflux-attempt", Secret(String(notice.attempt))))
        if let signature = WebhookSignature.value(settings.signingKeys, at: now(), body: body) {
            headers.append((WebhookSignature.header, Secret(signature)))
        }
        try await poster.send(
            HTTPPost(
                address: address, method: settings.method.rawValue, headers: headers,
                contentType: template == nil ? "application/json" : settings.contentType, body: body))
    }

    func close() async {
        await poster.close()
    }
}
