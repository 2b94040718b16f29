import SNMP
import Synchronization

/// Adds up what the devices answer.
final class Totals: PollReceiver {
    struct Sums: Sendable {
        var polls = 0
        var silent = 0
        var incomplete = 0
        var octets: UInt64 = 0
    }

    private let sums = Mutex(Sums())

    /// What was added up since the last call.
    func take() -> Sums {
        sums.withLock { sums in
            defer { sums = Sums() }
            return sums
        }
    }

    /// On an I/O thread: takes out of the table what is needed, and returns.
    func pollEnded(_ outcome: borrowing PollOutcome) {
        var octets: UInt64 = 0
        if let column = outcome.table?.columns.first {
            for position in 0..<column.count { octets &+= column.unsigned(at: position) ?? 0 }
        }
        let isSilent = outcome.table == nil
        let isIncomplete = outcome.table?.isComplete == false
        sums.withLock { sums in
            sums.polls += 1
            sums.silent += isSilent ? 1 : 0
            sums.incomplete += isIncomplete ? 1 : 0
            sums.octets &+= octets
        }
    }
}

struct PollDevices {
    static func main() async throws {
        var addresses: [TransportAddress] = []
        while let line = readLine() { addresses += TransportAddress(parsing: line).map { [$0] } ?? [] }
        let engine = try Engine()
        let totals = Totals()
        let subscription = try poll(addresses, everyMilliseconds: 60_000, engine, totals)
        while !Task.isCancelled {
            try await Task.sleep(for: .seconds(60))
            let (sums, now) = (totals.take(), engine.statistics)
            print(
                "\(sums.polls) polls, \(sums.silent) without an answer, \(sums.incomplete) incomplete;",
                "\(now.openBreakers) devices are only probed; oldest overdue \(now.oldestOverdueMilliseconds) ms")
        }
        subscription.end()
    }

    /// Polls ifHCInOctets of all devices; ends when the subscription is released.
    static func poll(
        _ addresses: [TransportAddress], everyMilliseconds: UInt32, _ engine: Engine, _ receiver: some PollReceiver
    ) throws(SNMPError) -> PollSubscription {
        let request = TableRequest(
            scalars: ["1.3.6.1.2.1.1.3.0"],  // sysUpTime.0, for the age of the counters
            columns: ["1.3.6.1.2.1.31.1.1.1.6"])  // ifHCInOctets
        let subscription = try engine.poll(request, everyMilliseconds: everyMilliseconds, receiver: receiver)
        for (key, address) in addresses.enumerated() {
            subscription.add(Target(address, .v2c(community: Community("public"))), key: UInt64(key))
        }
        return subscription
    }
}
