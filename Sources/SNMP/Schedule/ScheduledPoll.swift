/// One recurring poll of one device, or a probe of a device that did not answer.
///
/// Used again and again: after its outcome was delivered it serves another device of the same subscription.
final class ScheduledPoll: TablePoll {
    let group: PollGroup
    /// Which common target the poll was last used for; see `SharedValues.stamp`.
    var profile = UInt64.max
    private(set) var dueAt: UInt64 = 0
    private(set) var startedAtUnixMilliseconds: Int64 = 0
    private(set) var missed: UInt32 = 0
    private(set) var endedAt: UInt64 = 0
    /// Why there is no table to report.
    private(set) var error: SNMPError?
    private var probe = Probe.none

    private enum Probe {
        case none
        case toSend
        case sent
        case failed
    }

    init(_ group: PollGroup, _ target: Target, _ processing: CommunityProcessing) {
        self.group = group
        super.init(group.request, target, .table, PollTicket(id: 0), processing: processing) { _ in }
    }

    override var scheduled: ScheduledPoll? { self }
    var isProbing: Bool { probe != .none }

    /// Begins anew, for the device of a place.
    func begin(_ device: PollSchedule.Device, at place: Int, missed: UInt32, isProbe: Bool, unixMilliseconds: Int64) {
        self.place = place
        self.missed = missed
        dueAt = device.dueAt
        startedAtUnixMilliseconds = unixMilliseconds
        probe = isProbe ? .toSend : .none
        error = nil
    }

    /// Notes how it ended.
    func ended(_ result: Result<PollResult, SNMPError>, at now: UInt64) {
        endedAt = now
        if case .failure(let failure) = result { error = failure }
    }

    /// Lends the outcome to the receiver.
    func report(key: UInt64) {
        if let error {
            group.receiver.pollEnded(outcome(key, nil, error))
        } else {
            withTable(endedAt) { group.receiver.pollEnded(outcome(key, copy $0, nil)) }
        }
    }

    private func outcome(_ key: UInt64, _ table: Table?, _ error: SNMPError?) -> PollOutcome {
        PollOutcome(
            key: key, address: target.address, dueMilliseconds: dueAt, startedMilliseconds: startedAt ?? endedAt,
            endedMilliseconds: endedAt, startedAtUnixMilliseconds: startedAtUnixMilliseconds, missed: missed,
            table: table, error: error)
    }

    override func result(_ now: UInt64) -> Result<PollResult, PollFailure> {
        isAnswered ? .success(.lent) : .failure(PollFailure(lastFault))
    }

    override func retryPolicy(_ token: Int) -> RetryPolicy {
        guard isProbing else { return super.retryPolicy(token) }
        return RetryPolicy(
            timeoutMilliseconds: target.timeoutMilliseconds, timeoutMillisecondsMax: target.timeoutMillisecondsMax,
            retries: 0)
    }

    override var isDone: Bool { probe == .failed || (!isProbing && super.isDone) }
    override var wantsSlot: Bool { isProbing ? probe != .sent : super.wantsSlot }

    override func slotGranted() -> PollAction {
        switch probe {
        case .none: return super.slotGranted()
        case .toSend:
            probe = .sent
            return .sendRequest(0)
        case .sent: return .wait
        case .failed: return .finish
        }
    }

    override func encode(_ token: Int, requestID: Int32, into writer: inout BERWriter) {
        guard isProbing else { return super.encode(token, requestID: requestID, into: &writer) }
        let mark = writer.count
        writer.prepend(VarBind(WellKnown.sysUpTime, .null))
        writer.wrap(BERTag.sequence, since: mark)
        writer.prependSigned(0)
        writer.prependSigned(0)
        writer.prependFixedInteger(requestID)
        writer.wrap(PDUType.get.rawValue, since: mark)
    }

    override func responseReceived(_ token: Int, _ message: MessageView, _ now: UInt64) {
        guard isProbing else { return super.responseReceived(token, message, now) }
        // Whatever it answered, the agent is alive: the poll goes on in full, at once. It is this device's time.
        probe = .none
    }

    override func requestFailed(_ token: Int, _ fault: ColumnFault) {
        guard isProbing else { return super.requestFailed(token, fault) }
        lastFault = fault
        probe = .failed
    }

    override func pollEnded(_ fault: ColumnFault) {
        super.pollEnded(fault)
        if isProbing { probe = .failed }
    }
}
