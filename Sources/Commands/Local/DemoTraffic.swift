import Inventory
import SNMPLab
import Series
import Synchronization

/// The traffic of the demo: the past that is filled in, and the check of what is measured.
struct DemoTraffic: Sendable {
    let client: APIClient
    let history: DemoHistory

    /// Interfaces whose rates are compared with the truth.
    private static let checked = 12
    /// Seconds within which two polls must have been rated.
    private static let secondsMax = 60.0

    /// Fills in the past; the readings that were kept.
    func fill(days: Int, until end: Timestamp, _ store: any SeriesStore) async throws -> Int {
        let outcome = try await history.fill(days: days, until: end) { readings in try await store.merge(readings) }
        guard outcome.outOfRange == 0 else {
            throw CommandFailure("\(outcome.outOfRange) readings of the demo's past were refused by the store")
        }
        return outcome.accepted + outcome.repeated
    }

    /// Waits until the interfaces looked at have rates, and makes the summaries.
    ///
    /// - Returns: a line for each rate that is not true, and for each summary that is missing; none where all is well.
    func check() async throws -> [String] {
        let places = Self.spread(history.places, Self.checked)
        guard try await wait(for: places) else {
            return ["not all of \(places.count) interfaces have rates after \(Int(Self.secondsMax)) s"]
        }
        let accepted = try await client.send("POST", Routes.run(job: "update-interface-summaries"))
        guard let id = accepted["id"]?.string else { throw CommandFailure("\(client.peer) names no run of the job") }
        let run = try await JobFollower(client: client).follow(id)
        var lines = JobFollower.status(of: run) == .done ? [] : [JobFollower.summary(of: run)]
        for place in places {
            let traffic = try await traffic(of: place)
            lines += DemoCheck.differences(traffic, of: place, in: history.network)
            if traffic["sample_count"]?.integer ?? 0 < 2 { lines.append("\(place.interface): no summary") }
        }
        return lines
    }

    private func wait(for places: [DemoHistory.Place]) async throws -> Bool {
        let began = ContinuousClock.now
        var left = places[...]
        while let place = left.first {
            if DemoCheck.hasRates(try await traffic(of: place)) {
                left.removeFirst()
                continue
            }
            guard (ContinuousClock.now - began) / .seconds(1) < Self.secondsMax else { return false }
            try await Task.sleep(for: .milliseconds(250))
        }
        return true
    }

    private func traffic(of place: DemoHistory.Place) async throws -> JSONValue {
        try await client.get("\(Routes.interface(place.interface.description))/summary")
    }

    /// Some of many, evenly spread.
    private static func spread(_ places: [DemoHistory.Place], _ count: Int) -> [DemoHistory.Place] {
        guard places.count > count else { return places }
        return (0..<count).map { places[$0 * places.count / count] }
    }
}

/// The store of the server that runs in this process, once it is open.
final class DemoStore: Sendable {
    private let store = Mutex<(any SeriesStore)?>(nil)

    /// Takes the store of the server.
    func give(_ store: any SeriesStore) { self.store.withLock { $0 = store } }

    /// The store; nil where the server has none.
    var opened: (any SeriesStore)? { store.withLock { $0 } }
}
