public import Inventory
public import Series
import Synchronization
import Traffic

extension VictoriaSeriesStore {
    /// Shards that are read at the same time.
    private static let shardsAtOnce = 2
    /// How far back the reading may lie from which the first hour of roll-ups counts on.
    private static let rollupLeadSeconds = 86400

    /// Reads from the server and from the outbox, in shards that the server can answer.
    ///
    /// Throws `unavailable` where the server cannot be asked.
    public func scan(
        _ query: SeriesQuery, _ take: @escaping @Sendable (SeriesRun) throws -> Void
    ) async throws(SeriesError) -> ScanOutcome {
        let file = try await file()
        guard query.from < query.to else { return ScanOutcome() }
        let shards = ScanShard.plan(query, known: file.memory.withLock { $0.ledger.count })
        let sum = Mutex(ScanOutcome())
        do {
            try await withThrowingTaskGroup(of: ScanOutcome.self) { group in
                for (index, shard) in shards.enumerated() {
                    if index >= Self.shardsAtOnce, let one = try await group.next() { sum.withLock { $0 += one } }
                    group.addTask { try await self.scan(shard, query, file, take) }
                }
                for try await one in group { sum.withLock { $0 += one } }
            }
        } catch let error as AnswerNotTaken {
            throw SeriesError(.cancelled, message: "the scan was ended: \(error.error)")
        } catch is CancellationError {
            throw SeriesError(.cancelled, message: "the scan was cancelled")
        } catch {
            throw error as? SeriesError ?? SeriesError(.failed, message: "the scan failed: \(error)")
        }
        return sum.withLock { $0 }
    }

    /// Makes roll-ups of the readings there are, as far back as the server keeps them.
    public func scanRollups(
        _ query: SeriesQuery, _ take: @escaping @Sendable (RollupRun) throws -> Void
    ) async throws(SeriesError) -> ScanOutcome {
        var wide = query
        wide.from = RollupAccumulator.hour(of: query.from)
        if wide.from < query.from { wide.from = wide.from.advanced(bySeconds: 3600) }
        let last = RollupAccumulator.hour(of: Timestamp(milliseconds: query.to.milliseconds - 1))
        wide.to = last.advanced(bySeconds: 3600)
        wide.leadSeconds = max(query.leadSeconds, Self.rollupLeadSeconds)
        wide.counters = .all
        let from = wide.from
        let values = Mutex((interfaces: 0, hours: 0))
        var outcome = try await scan(wide) { run in
            var accumulator = RollupAccumulator()
            for reading in run.readings {
                if reading.at < from { accumulator.begin(with: reading) } else { accumulator.add(reading) }
            }
            let hours = accumulator.finish().filter { $0.hour >= from }
            guard !hours.isEmpty else { return }
            values.withLock { $0 = ($0.interfaces + 1, $0.hours + hours.count) }
            try take(RollupRun(run.interface, hours))
        }
        (outcome.interfaces, outcome.values) = values.withLock { $0 }
        return outcome
    }

    /// Forgets interfaces here and at the server, which frees the space later.
    public func remove(_ interfaces: [InterfaceID]) async throws(SeriesError) {
        let file = try await file()
        try await file.remove(interfaces)
        // Series of the last seconds are not found, and so not deleted, until the server wrote them.
        _ = try? await transport.exchange(VictoriaRequest(path: "/internal/force_flush", timeoutSeconds: 30))
        for shard in ScanShard.groups(interfaces, size: 100) {
            let body = "match[]=" + FormText.encoded("{\(shard.matcher)}")
            let answer: (status: Int, body: [UInt8])
            do {
                answer = try await transport.exchange(
                    VictoriaRequest(
                        path: "/api/v1/admin/tsdb/delete_series", body: Array(body.utf8),
                        contentType: FormText.contentType, timeoutSeconds: 60))
            } catch {
                throw unavailable(error.reason)
            }
            guard 200..<300 ~= answer.status else { throw unavailable("it answers \(answer.status)") }
        }
    }

    /// Reads one shard; one that is too large for the server is read in parts.
    private func scan(
        _ shard: ScanShard, _ query: SeriesQuery, _ file: OutboxFile, _ take: @Sendable (SeriesRun) throws -> Void
    ) async throws -> ScanOutcome {
        let earliest = query.from.advanced(bySeconds: -Double(query.leadSeconds))
        // The outbox first: what leaves it meanwhile is with the server by then.
        let kept = try await file.readings(from: earliest, to: query.to, of: shard)
        var assembly = ReadingAssembly()
        var refusal: [UInt8] = []
        let status: Int
        do {
            status = try await transport.exchange(shard.request(query, from: earliest)) { status, piece in
                if status == 200 { assembly.add(piece) } else { refusal += piece.prefix(500) }
            }
        } catch let failure as VictoriaFailure {
            guard failure.isTooLong, let parts = shard.parts else { throw unavailable(failure.reason) }
            assembly = ReadingAssembly()
            return try await scan(parts, query, file, take)
        }
        if status != 200 {
            guard let parts = shard.parts, status == 422 || status == 400 || status == 503 else {
                throw unavailable("it answers \(status): \(String(decoding: refusal.prefix(300), as: UTF8.self))")
            }
            return try await scan(parts, query, file, take)
        }
        assembly.finish()
        return try hand(over: assembly, kept: kept, shard, query, take)
    }

    private func scan(
        _ parts: [ScanShard], _ query: SeriesQuery, _ file: OutboxFile, _ take: @Sendable (SeriesRun) throws -> Void
    ) async throws -> ScanOutcome {
        var sum = ScanOutcome()
        for part in parts { sum += try await scan(part, query, file, take) }
        return sum
    }

    private func hand(
        over assembly: ReadingAssembly, kept: [InterfaceID: [CounterReading]], _ shard: ScanShard, _ query: SeriesQuery,
        _ take: (SeriesRun) throws -> Void
    ) throws -> ScanOutcome {
        var outcome = ScanOutcome()
        outcome.damagedBlocks = assembly.damagedLines
        let earliest = query.from.advanced(bySeconds: -Double(query.leadSeconds))
        for interface in Set(assembly.interfaces).union(kept.keys).sorted() where shard.contains(interface) {
            var readings = assembly.readings(of: interface, kept: kept[interface] ?? [])
            let start = readings.firstIndex { $0.at >= query.from } ?? readings.endIndex
            let end = readings.firstIndex { $0.at >= query.to } ?? readings.endIndex
            guard start < end else { continue }
            let first = start > 0 && query.leadSeconds > 0 && readings[start - 1].at >= earliest ? start - 1 : start
            readings = Array(readings[first..<end])
            outcome.interfaces += 1
            outcome.values += readings.count
            do {
                try take(SeriesRun(interface, readings))
            } catch {
                throw AnswerNotTaken(error: error)
            }
        }
        return outcome
    }

    private func unavailable(_ reason: String) -> SeriesError {
        SeriesError(
            .unavailable,
            message: "VictoriaMetrics at \(address) cannot be asked (\(reason)); see that it runs and can be reached")
    }
}

extension ScanOutcome {
    static func += (sum: inout ScanOutcome, one: ScanOutcome) {
        sum.interfaces += one.interfaces
        sum.values += one.values
        sum.damagedBlocks += one.damagedBlocks
    }
}
