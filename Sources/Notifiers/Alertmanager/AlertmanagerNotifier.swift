import Alerting
import Inventory

/// Tells Alertmanager: every server of a cluster, as each keeps alerts of its own and they agree on who sends.
///
/// A notice is delivered when one server took it, and the others are waited for a moment more; which did not take it is
/// a warning. `refresh` posts what still fires again, to be called more often than Alertmanager's `resolve_timeout` (5
/// minutes unless configured).
struct AlertmanagerNotifier: Notifier {
    /// Seconds that servers have once another one took a notice.
    private static let patienceSeconds = 1.0
    private let addresses: [WebAddress]
    private let headers: [(name: String, value: Secret)]
    private let poster: HTTPPoster
    private let warn: @Sendable (String) -> Void

    init(_ settings: AlertmanagerSettings, _ surroundings: NotifierSurroundings) throws(NotifierError) {
        guard !settings.urls.isEmpty else {
            throw NotifierError("urls: name at least one Alertmanager, like http://localhost:9093", isLasting: true)
        }
        var addresses: [WebAddress] = []
        for url in settings.urls {
            var base = url
            while base.hasSuffix("/") { base.removeLast() }
            guard !base.contains("?") else {
                throw NotifierError("urls: an address must not have a part after '?'", isLasting: true)
            }
            addresses.append(try WebAddress(Secret(base + "/api/v2/alerts"), field: "urls"))
        }
        self.addresses = addresses
        headers = try HeaderFields.authorization(settings.authorization)
        warn = surroundings.warn
        poster = try HTTPPoster(
            caFile: settings.caFile, timeoutSeconds: settings.timeoutSeconds,
            secrets: HeaderFields.secrets(settings.authorization), now: surroundings.now)
    }

    func send(_ notice: AlertNotice) async throws(NotifierError) {
        try await tell(AlertmanagerBody.entries(notice))
    }

    func refresh(_ firing: [AlertNotice.Item]) async throws(NotifierError) {
        try await tell(AlertmanagerBody.entries(firing))
    }

    func close() async {
        await poster.close()
    }

    /// All servers at once; throws where none took everything.
    private func tell(_ entries: [AlertmanagerBody.Entry]) async throws(NotifierError) {
        guard !entries.isEmpty else { return }
        let answers = await withTaskGroup(of: (server: Int, failure: NotifierError?)?.self) { group in
            for (index, address) in addresses.enumerated() {
                group.addTask { (index, await post(entries, to: address)) }
            }
            var answers: [Int: NotifierError?] = [:]
            while answers.count < addresses.count, let next = await group.next() {
                // The others had their time.
                guard let (server, failure) = next else { break }
                answers.updateValue(failure, forKey: server)
                guard failure == nil else { continue }
                group.addTask {
                    try? await Task.sleep(for: .seconds(Self.patienceSeconds))
                    return nil
                }
            }
            group.cancelAll()
            return answers
        }
        try settle(answers)
    }

    /// - Parameter answers: by server; none of one that was not waited for.
    private func settle(_ answers: [Int: NotifierError?]) throws(NotifierError) {
        let failures = addresses.indices.compactMap { server -> NotifierError? in
            guard let answer = answers[server] else {
                return NotifierError("\(addresses[server].origin) is slow, and was not waited for")
            }
            return answer
        }
        if failures.count == addresses.count { throw Self.joined(failures) }
        for failure in failures { warn("an Alertmanager was not told, others were: \(failure.reason)") }
    }

    private func post(_ entries: [AlertmanagerBody.Entry], to address: WebAddress) async -> NotifierError? {
        do throws(NotifierError) {
            for start in stride(from: 0, to: entries.count, by: AlertmanagerBody.alertsMax) {
                let piece = start..<min(start + AlertmanagerBody.alertsMax, entries.count)
                try await HalvedRequests.send(piece) { range async throws(NotifierError) in
                    let body = AlertmanagerBody.octets(entries[range])
                    try await poster.send(HTTPPost(address: address, headers: headers, body: body))
                }
            }
            return nil
        } catch {
            return error
        }
    }

    /// Lasting where every server refuses for good; as patient as the most impatient server.
    static func joined(_ failures: [NotifierError]) -> NotifierError {
        NotifierError(
            failures.map(\.reason).joined(separator: "; "), isLasting: failures.allSatisfy(\.isLasting),
            retryAfterSeconds: failures.compactMap(\.retryAfterSeconds).min())
    }
}
