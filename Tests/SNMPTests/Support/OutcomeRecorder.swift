import SNMP
import Synchronization

/// Keeps what recurring polls report.
final class OutcomeRecorder: PollReceiver {
    struct Record: Sendable {
        var key: UInt64
        var address: TransportAddress
        var due: UInt64
        var started: UInt64
        var ended: UInt64
        var missed: UInt32
        var isComplete: Bool
        var rows: Int
        var error: SNMPError?
    }

    private let all = Mutex<[Record]>([])
    private let whenEnded: @Sendable (UInt64) -> Void

    /// Makes a recorder; the closure is called within each report.
    init(_ whenEnded: @escaping @Sendable (UInt64) -> Void = { _ in }) { self.whenEnded = whenEnded }

    var records: [Record] { all.withLock { $0 } }

    func pollEnded(_ outcome: borrowing PollOutcome) {
        let record = Record(
            key: outcome.key, address: outcome.address, due: outcome.dueMilliseconds,
            started: outcome.startedMilliseconds, ended: outcome.endedMilliseconds, missed: outcome.missed,
            isComplete: outcome.table?.isComplete == true, rows: outcome.table?.columns.first?.count ?? 0,
            error: outcome.error)
        all.withLock { $0.append(record) }
        whenEnded(record.key)
    }

    /// Waits until the records fulfil a condition; the suite's time limit bounds it.
    func wait(_ condition: ([Record]) -> Bool) async -> [Record] {
        while true {
            let records = records
            if condition(records) { return records }
            await Task.yield()
        }
    }
}
