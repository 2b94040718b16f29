import Alerting
import Inventory
import Jobs

/// What the desk asks devices at once, as it cannot wait for the next poll.
enum DeskQuestion: Sendable {
    /// Whether a device answers.
    case device(DeviceID)
    /// Whether an operator switched a port off.
    case port(InterfaceID)
}

extension AlertDesk {
    /// The most questions that wait to be asked.
    static let questionsMax = 4096
    /// The most linkDowns that wait for whether an operator switched the port off; those beyond are believed.
    private static let doubtfulMax = 256
    /// Seconds after which a device that could not be asked is tried again.
    private static let unaskableSeconds = 10.0
    /// Seconds after which a silent device that notifies is asked again.
    private static let silentSeconds = 2.0

    /// Asks what waits, each at once, until the task is cancelled.
    func keepAsking() async {
        await withDiscardingTaskGroup { group in
            for await question in questions {
                group.addTask {
                    switch question {
                    case .device(let device): await self.probe(device)
                    case .port(let port): await self.askOperator(of: port)
                    }
                }
            }
        }
    }

    // MARK: - Devices

    /// Has a device asked, unless it is being asked, or could not be a moment ago.
    func ask(_ device: DeviceID, at now: Timestamp) {
        if let due = unaskable[device], due > now, due.secondsSince(now) <= Self.unaskableSeconds { return }
        unaskable[device] = nil
        guard probing.insert(device).inserted else { return }
        // The nearest to the poller wait already: this one is asked for again by an evaluation to come.
        if case .dropped = questionQueue.yield(.device(device)) { probing.remove(device) }
    }

    /// Asks a device, and takes what comes of it.
    private func probe(_ device: DeviceID) async {
        let askedAt = parts.clock.now
        let hasAnswered = await parts.probe(device)
        probing.remove(device)
        guard !Task.isCancelled else { return }
        let now = parts.clock.now
        switch hasAnswered {
        case true?: heard(device, at: now)
        case false?: engine.failed(device, askedAt: askedAt, at: now)
        case nil:
            // Nothing follows of it, and nothing is to be judged anew.
            unaskable[device] = now.advanced(bySeconds: Self.unaskableSeconds)
            return
        }
        signal.yield()
    }

    /// Has a silent device asked that notified, now and then.
    func askAgain(_ device: DeviceID) {
        let now = parts.clock.now
        if let before = seen.askedAt[device], abs(now.secondsSince(before)) < Self.silentSeconds { return }
        seen.askedAt[device] = now
        ask(device, at: now)
    }

    /// Whether an alert says that a device does not answer.
    func isSilent(_ device: DeviceID) -> Bool {
        let alert = engine.ledger.open[AlertKey(entity: .device(device), condition: .deviceUnreachable)]
        return alert.map { $0.context.clearSince == nil } ?? false
    }

    // MARK: - Ports

    /// Whether a notification of a port is to wait for what the device says of ifAdminStatus.
    ///
    /// linkDown of version 1 and of some vendors lacks it, and comes also where an operator switches the port off.
    func isDoubtful(_ news: InterfaceStatusChange) -> Bool {
        guard parts.adminStatus != nil, news.oper != 1, news.admin == 0,
            let port = seen.inventory.interfaces[news.interfaceID]
        else { return false }
        guard doubtful[news.interfaceID] != nil || doubtful.count < Self.doubtfulMax else { return false }
        return port.facts.adminStatus == 1 && port.monitoringEnabled && port.enabled && port.missingSince == nil
    }

    /// Has a device asked for ifAdminStatus of a port; what it notified counts after that.
    func askOperator(about news: InterfaceStatusChange) {
        doubtful[news.interfaceID] = news
        guard case .dropped = questionQueue.yield(.port(news.interfaceID)) else { return }
        doubtful[news.interfaceID] = nil
        note(news)
    }

    private func askOperator(of port: InterfaceID) async {
        guard let index = seen.inventory.interfaces[port]?.facts.ifIndex, let device = doubtful[port]?.deviceID else {
            doubtful[port] = nil
            return
        }
        let admin = await parts.adminStatus?(device, index)
        // A linkUp may have come meanwhile.
        guard var news = doubtful.removeValue(forKey: port) else { return }
        news.admin = admin ?? 0
        note(news)
    }
}
