import Inventory
import Series

extension SeriesContract {
    static let maintenanceChecks: [Check] = [
        Check("maintenance at any moment changes no answer") { trial in
            let interfaces = (0..<4).map { _ in InterfaceID.random() }
            let readings = interfaces.indices.map { place in
                SeriesSpecimens.readings(130, from: trial.at(Double(place) * 17), seed: UInt64(place + 1))
            }
            var random = SplitMix(state: 11)
            for index in 0..<130 {
                trial.now.set(readings[3][index].at)
                let call = interfaces.indices.map { SeriesReading(interfaces[$0], readings[$0][index]) }
                try expectEqual(try await trial.store.append(call), .accepted(4), "the outcome of round \(index)")
                guard Int.random(in: 0..<4, using: &random) == 0 else { continue }
                _ = try await trial.store.maintain(now: trial.now.now)
                let place = index % 4
                try await trial.expectReadings(
                    interfaces[place], Array(readings[place][...index]), "after round \(index)")
            }
            trial.now.advance(bySeconds: 3600)
            try await trial.maintainAll()
            for place in interfaces.indices {
                try await trial.expectReadings(interfaces[place], readings[place], "interface \(place) in the end")
                try await trial.expectReadings(
                    interfaces[place], Array(readings[place][19..<101]), "a part with its lead",
                    from: readings[place][20].at, to: readings[place][101].at, leadSeconds: 400)
            }
        },
        Check("an interface that comes late, or pauses for hours, keeps its readings") { trial in
            let (steady, pausing) = (InterfaceID.random(), InterfaceID.random())
            let readings = SeriesSpecimens.readings(120, from: trial.start)
            let kept = readings.enumerated().filter { $0.offset > 30 && !(50..<100).contains($0.offset) }.map(\.element)
            for reading in readings {
                try await trial.append(steady, [reading])
                if kept.contains(reading) { try await trial.append(pausing, [reading]) }
                _ = try await trial.store.maintain(now: trial.now.now)
            }
            try await trial.expectReadings(steady, readings, "the steady one")
            try await trial.expectReadings(pausing, kept, "the one that pauses")
        },
    ]

    static let retentionChecks: [Check] = [
        Check("old readings go in whole days, newer ones never, roll-ups stay", needs: { $0.retentionDays != nil }) {
            trial in
            let interface = InterfaceID.random()
            let days = trial.traits.retentionDays ?? 0
            let first = trial.at(Double(2 - days) * 86_400)
            let readings = SeriesSpecimens.readings(days * 24, from: first, stepSeconds: 3600)
                .filter { $0.at < trial.start }
            for part in stride(from: 0, to: readings.count, by: 100) {
                let call = readings[part..<min(part + 100, readings.count)].map { SeriesReading(interface, $0) }
                try expectEqual(try await trial.store.merge(call), .accepted(call.count), "the outcome of a merge")
            }
            try await trial.rounds()
            try await trial.expectReadings(interface, readings, "nothing is older than the retention yet")
            for _ in 0..<5 {
                trial.now.advance(bySeconds: 86_400)
                try await trial.rounds()
                try await trial.expectOnlyOldDaysGone(interface, readings, days)
            }
            try await trial.expectGone(interface, readings, days)
            guard trial.traits.keepsRollups else { return }
            try await trial.expectRollups(interface, of: readings, "roll-ups of readings that have gone")
        }
    ]
}

extension SeriesTrial {
    /// Maintains often enough for a store that wants to be sure of the time first.
    fileprivate func rounds() async throws {
        for _ in 0..<40 {
            now.advance(bySeconds: 10)
            try await maintainAll()
        }
    }

    /// Throws unless what is there is every reading from some midnight on that is old enough.
    fileprivate func expectOnlyOldDaysGone(
        _ interface: InterfaceID, _ readings: [CounterReading], _ days: Int
    ) async throws {
        let found = try await scan([interface])[interface] ?? []
        let gone = readings.count - found.count
        try expectSame(found, Array(readings[max(0, gone)...]), "what is left at \(now.now)")
        guard gone > 0, let first = found.first else { return }
        let day: Int64 = 86_400
        try expect(
            readings[gone - 1].at.seconds / day != first.at.seconds / day, "a day went in part, at \(first.at)")
        let oldest = now.now.advanced(bySeconds: -Double(days) * 86_400)
        try expect(readings[gone - 1].at < oldest, "\(readings[gone - 1].at) went, which is within \(days) days")
    }

    /// Throws unless everything older than the retention and two days has gone.
    fileprivate func expectGone(_ interface: InterfaceID, _ readings: [CounterReading], _ days: Int) async throws {
        let limit = now.now.advanced(bySeconds: -Double(days + 2) * 86_400)
        try expect(readings.contains { $0.at < limit }, "the check must hold readings that are old enough")
        let found = try await scan([interface], to: limit)
        try expect(found.isEmpty, "readings of before \(limit) are there still")
    }
}
