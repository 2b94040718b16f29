import Inventory
import SNMP

extension EndedPoll {
    init(
        _ outcome: borrowing PollOutcome, _ kind: CounterRequest, _ meanings: [CounterRequest.Meaning],
        plan: [PlannedInterface], _ planVersion: Int
    ) {
        self.kind = kind
        self.planVersion = planVersion
        let started = outcome.startedMilliseconds
        let unix = outcome.startedAtUnixMilliseconds
        clockOffset = unix - Int64(clamping: started)
        guard let table = outcome.table else {
            failure = outcome.error.map { "\($0)" }
            if let error = outcome.error { hasAnswered = error.code.provesAnswer }
            moment = PollMoment(at: Timestamp(milliseconds: unix), steadyMilliseconds: started)
            return
        }
        let arrival = table.sysUpTime == nil ? table.elapsedMilliseconds : table.sysUpTimeArrivalMilliseconds
        moment = PollMoment(
            at: Timestamp(milliseconds: unix + Int64(clamping: arrival)), steadyMilliseconds: started + arrival,
            sysUpTime: table.sysUpTime,
            tableLastChange: table.scalars.count > 1
                ? table.scalars[1].flatMap { $0.uint64.flatMap { UInt32(exactly: $0) } } : nil)
        rows = CounterRows(table, meanings, plan)
    }
}

/// Hands the ends of polls of one kind to the desk.
final class CounterReceiver: PollReceiver {
    private let kind: CounterRequest
    private let meanings: [CounterRequest.Meaning]
    /// Weak, because the desk keeps what keeps this.
    private let desk: Weak

    private struct Weak: Sendable {
        weak let desk: CollectionDesk?
    }

    init(_ kind: CounterRequest, _ desk: CollectionDesk) {
        self.kind = kind
        meanings = kind.columns.map(\.meaning)
        self.desk = Weak(desk: desk)
    }

    func pollEnded(_ outcome: borrowing PollOutcome) {
        desk.desk?.pollEnded(outcome, kind, meanings)
    }
}
