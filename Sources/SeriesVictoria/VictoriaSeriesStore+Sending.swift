import Logging
import Series

extension VictoriaSeriesStore {
    /// Sends a parcel; readings that the server refuses for good are put aside, so that they hold nothing up.
    func deliver(_ parcel: OutboxParcel, _ file: OutboxFile) async throws {
        do {
            try await post(parcel.entries[...], parcel.labels)
        } catch let refusal as ServerRefusal where refusal.kind == .dislikes {
            // Is it the readings, or does it take nothing at all?
            try await probe()
            var poisoned: [ReadingBatch.Entry] = []
            try await bisect(parcel.entries[...], parcel.labels, &poisoned)
            let out = Set(poisoned)
            try await file.takeOut(of: parcel.sequences, reason: refusal.reason) { out.contains($0) }
            logger.error("VictoriaMetrics refused \(out.count) readings for good (\(refusal.reason)): put aside")
        }
    }

    /// Sends what of these readings can be sent; the others are handed back.
    private func bisect(
        _ entries: ArraySlice<ReadingBatch.Entry>, _ labels: [UInt32: LabelSet],
        _ poisoned: inout [ReadingBatch.Entry]
    ) async throws {
        do {
            try await post(entries, labels)
        } catch let refusal as ServerRefusal where refusal.kind == .dislikes {
            guard entries.count > 1 else {
                poisoned += entries
                return
            }
            let middle = entries.startIndex + entries.count / 2
            try await bisect(entries[..<middle], labels, &poisoned)
            try await bisect(entries[middle...], labels, &poisoned)
        }
    }

    private func post(_ entries: ArraySlice<ReadingBatch.Entry>, _ labels: [UInt32: LabelSet]) async throws {
        let context = configuration.sendsContext
        let requests =
            switch configuration.route {
            case .prometheus: PrometheusLines.request(entries, labels, context: context)
            case .csv: CSVLines.request(entries, labels, context: context)
            }
        for request in requests { try await post(request) }
    }

    /// Posts nothing, which a server that takes readings answers with 2xx.
    private func probe() async throws {
        let path = configuration.route == .csv ? CSVLines.path + "?format=1:metric:x" : PrometheusLines.path
        try await post(VictoriaRequest(path: path, body: []))
    }

    private func post(_ request: VictoriaRequest) async throws(ServerRefusal) {
        let status: Int
        do {
            status = try await transport.exchange(request).status
        } catch {
            throw ServerRefusal(.away, error.reason)
        }
        switch status {
        case 200..<300: return
        case 401, 403, 404, 405, 407, 300..<400: throw ServerRefusal(.refuses, "it answers \(status)")
        case 408, 425, 429: throw ServerRefusal(.away, "it answers \(status)")
        case 400..<500: throw ServerRefusal(.dislikes, "it answers \(status)")
        default: throw ServerRefusal(.away, "it answers \(status)")
        }
    }
}
