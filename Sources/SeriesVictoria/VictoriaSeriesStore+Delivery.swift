public import Inventory
import Logging
public import Series
import Synchronization

extension VictoriaSeriesStore {
    /// Readings a request holds at most.
    static let readingsPerRequest = ReadingBatch.entriesMax
    /// Time after which a round of delivery ends.
    private static let roundMilliseconds: Int64 = 5000
    /// Pause between two looks at a server to which nothing is to be sent.
    private static let lookMilliseconds: Int64 = 5000

    /// Sends what waits, and forgets what is safe with the server.
    public func maintain(now: Timestamp) async throws(SeriesError) -> MaintenanceOutcome {
        let file = try await file()
        let isFree = condition.withLock { condition in
            defer { condition.isMaintaining = true }
            return !condition.isMaintaining
        }
        guard isFree else { return MaintenanceOutcome() }
        defer { condition.withLock { $0.isMaintaining = false } }
        var outcome = MaintenanceOutcome()
        do {
            guard isDue(file) else { return outcome }
            try await look(file)
            let sent = try await sendRound(file)
            if !sent.isEmpty {
                let readings = try await look(file, having: sent)
                outcome.delivered = readings
            }
            file.memory.withLock { $0.machine.succeed() }
            set(trouble: nil)
            try await file.forget(file.memory.withLock { $0.machine.settled() })
            try await file.shrink()
            outcome.isMoreDue = file.memory.withLock { $0.machine.items.count > $0.machine.takenCount }
        } catch let refusal as ServerRefusal {
            file.memory.withLock { $0.machine.fail(at: steadyMilliseconds()) }
            set(trouble: refusal.text(address))
        } catch {
            throw error as? SeriesError ?? SeriesError(.failed, message: "delivery failed: \(error)")
        }
        return outcome
    }

    private func isDue(_ file: OutboxFile) -> Bool {
        let moment = steadyMilliseconds()
        let lookedAt = condition.withLock(\.lookedAt)
        return file.memory.withLock { memory in
            guard memory.machine.isDue(at: moment) else { return false }
            if memory.machine.items.count > memory.machine.takenCount { return true }
            return lookedAt.map { moment - $0 >= Self.lookMilliseconds } ?? true
        }
    }

    /// Looks at the server, and counts batches as taken where it is still the same; returns their readings.
    @discardableResult
    private func look(_ file: OutboxFile, having sent: [Int64] = []) async throws -> Int {
        let report = try await serverReport()
        let moment = steadyMilliseconds()
        condition.withLock { $0.lookedAt = moment }
        let (isAnother, readings) = file.memory.withLock { memory in
            let isAnother = memory.machine.observe(report, at: moment)
            let before = memory.machine.counts
            if !isAnother { memory.machine.take(sent) }
            let after = memory.machine.counts
            return (isAnother, after.delivered - before.delivered + after.resent - before.resent)
        }
        if isAnother { logger.warning("VictoriaMetrics started anew: what was not safe yet is sent again") }
        return Int(readings)
    }

    /// Sends batches in order until nothing waits or the round is over; those the server took.
    private func sendRound(_ file: OutboxFile) async throws -> [Int64] {
        let end = steadyMilliseconds() + Self.roundMilliseconds
        var sent: [Int64] = []
        while steadyMilliseconds() < end {
            let last = sent.last
            let next = file.memory.withLock { $0.machine.next(after: last, readingsMax: Self.readingsPerRequest) }
            guard !next.isEmpty else { break }
            var parcel = try await file.parcel(next)
            try await file.relabel(&parcel, await labels(parcel.owners.values.sorted()))
            do {
                try await deliver(parcel, file)
            } catch let refusal as ServerRefusal {
                if sent.isEmpty { throw refusal }
                file.memory.withLock { $0.machine.fail(at: steadyMilliseconds()) }
                break
            }
            sent += next
        }
        return sent
    }

    private func set(trouble: String?) {
        let before = condition.withLock { condition in
            defer { condition.trouble = trouble }
            return condition.trouble
        }
        guard before != trouble else { return }
        if let trouble {
            logger.warning("\(trouble)")
        } else {
            logger.info("VictoriaMetrics at \(address) takes readings again")
        }
    }

    private func serverReport() async throws(ServerRefusal) -> ServerReport {
        let answer: (status: Int, body: [UInt8])
        do {
            answer = try await transport.exchange(VictoriaRequest(path: "/metrics", timeoutSeconds: 5))
        } catch {
            throw ServerRefusal(.away, error.reason)
        }
        switch answer.status {
        case 200: return ServerReport(metrics: answer.body)
        case 401: throw ServerRefusal(.refuses, "it answers 401")
        // A proxy may let imports through and nothing else.
        case 403, 404, 405: return ServerReport()
        default: throw ServerRefusal(.away, "it answers \(answer.status)")
        }
    }
}
