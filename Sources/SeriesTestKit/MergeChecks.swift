import Inventory
import Series

extension SeriesContract {
    static let mergeChecks: [Check] = [
        Check("history merged in any order comes back ascending") { trial in
            let interface = InterfaceID.random()
            let readings = SeriesSpecimens.readings(280, from: trial.at(-86_400))
            var random = SplitMix(state: 3)
            for part in stride(from: 0, to: 280, by: 70).shuffled(using: &random) {
                let call = readings[part..<part + 70].shuffled(using: &random).map { SeriesReading(interface, $0) }
                try expectEqual(try await trial.store.merge(call), .accepted(70), "the outcome of a merge")
            }
            try await trial.expectReadings(interface, readings, "280 readings merged")
            try await trial.expectRollups(interface, of: readings, "roll-ups of what was merged")
        },
        Check("history goes between readings that are there, sealed ones too") { trial in
            let interface = InterfaceID.random()
            let readings = SeriesSpecimens.readings(120, from: trial.start)
            for reading in readings where Int(reading.at.secondsSince(trial.start)) / 300 % 3 != 1 {
                try await trial.append(interface, [reading])
                _ = try await trial.store.maintain(now: trial.now.now)
            }
            try await trial.maintainAll()
            let missing = readings.filter { Int($0.at.secondsSince(trial.start)) / 300 % 3 == 1 }
            let outcome = try await trial.store.merge(missing.reversed().map { SeriesReading(interface, $0) })
            try expectEqual(outcome, .accepted(missing.count), "the outcome of filling gaps")
            try await trial.expectReadings(interface, readings, "gaps filled")
            try await trial.expectRollups(interface, of: readings, "roll-ups after gaps were filled")
            try await trial.maintainAll()
            try await trial.expectReadings(interface, readings, "gaps filled, after maintenance")
        },
        Check(
            "a reading merged replaces the one of that very time; the same one again is repeated",
            needs: { $0.keepsContext }
        ) { trial in
            let interface = InterfaceID.random()
            var readings = SeriesSpecimens.readings(100, from: trial.start)
            for reading in readings {
                try await trial.append(interface, [reading])
                _ = try await trial.store.maintain(now: trial.now.now)
            }
            var again = AppendOutcome()
            again.repeated = 1
            for index in [0, 40, 99] {
                readings[index].operStatus = 2
                let one = [SeriesReading(interface, readings[index])]
                try expectEqual(try await trial.store.merge(one), .accepted(1), "the outcome of replacing \(index)")
                try expectEqual(try await trial.store.merge(one), again, "the outcome of the same again")
            }
            try await trial.expectReadings(interface, readings, "three replaced")
        },
        Check("readings go on after history was merged") { trial in
            let interface = InterfaceID.random()
            let readings = SeriesSpecimens.readings(60, from: trial.at(-9_000))
            let now = readings.filter { $0.at >= trial.start }
            try await trial.append(interface, Array(now[..<10]))
            let past = readings.filter { $0.at < trial.start }
            _ = try await trial.store.merge(past.map { SeriesReading(interface, $0) })
            try await trial.append(interface, Array(now[10...]))
            try await trial.expectReadings(interface, readings, "history, then the present")
        },
        Check("history later than now plus an interval is refused") { trial in
            let interface = InterfaceID.random()
            let readings = SeriesSpecimens.readings(2, from: trial.at(7200)).map { SeriesReading(interface, $0) }
            var expected = AppendOutcome()
            expected.outOfRange = 2
            try expectEqual(try await trial.store.merge(readings), expected, "the outcome of merging what is to come")
        },
    ]
}

extension SeriesTrial {
    /// Maintains until nothing more is due, at most a thousand times.
    func maintainAll() async throws {
        for _ in 0..<1000 {
            guard try await store.maintain(now: now.now).isMoreDue else { return }
        }
        throw SeriesViolation("after 1,000 rounds of maintenance more is due still")
    }
}
