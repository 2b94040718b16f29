import Inventory
import Series

extension SeriesContract {
    static let refusalChecks: [Check] = [
        Check("a reading older than the newest of its interface is refused and counted") { trial in
            let interface = InterfaceID.random()
            let readings = SeriesSpecimens.readings(10, from: trial.start)
            try await trial.append(interface, [readings[0], readings[9]])
            let outcome = try await trial.store.append([SeriesReading(interface, readings[4])])
            var expected = AppendOutcome()
            expected.outOfOrder = 1
            try expectEqual(outcome, expected, "the outcome of an older reading")
            try await trial.expectReadings(interface, [readings[0], readings[9]], "after an older reading")
        },
        Check("a refused reading does not hold back the others of its call") { trial in
            let interface = InterfaceID.random()
            let other = InterfaceID.random()
            let readings = SeriesSpecimens.readings(3, from: trial.start)
            try await trial.append(interface, [readings[1]])
            trial.now.set(readings[2].at)
            let outcome = try await trial.store.append([
                SeriesReading(interface, readings[0]), SeriesReading(other, readings[0]),
                SeriesReading(interface, readings[2]),
            ])
            var expected = AppendOutcome.accepted(2)
            expected.outOfOrder = 1
            try expectEqual(outcome, expected, "the outcome of a mixed call")
            try await trial.expectReadings(interface, Array(readings[1...]), "the one")
            try await trial.expectReadings(other, [readings[0]], "the other")
        },
        Check("another reading of a time that is there never overwrites it") { trial in
            let interface = InterfaceID.random()
            let readings = SeriesSpecimens.readings(30, from: trial.start)
            try await trial.append(interface, readings)
            var forged = readings
            for index in forged.indices { forged[index].counters &+= 1 }
            let outcome = try await trial.store.append(forged.map { SeriesReading(interface, $0) })
            var expected = AppendOutcome()
            expected.outOfOrder = 30
            try expectEqual(outcome, expected, "the outcome of other readings of the same times")
            try await trial.expectReadings(interface, readings, "after an attempt to overwrite")
        },
        Check("a clock that jumped back changes nothing of what is there") { trial in
            let interface = InterfaceID.random()
            let readings = SeriesSpecimens.readings(12, from: trial.start)
            try await trial.append(interface, readings)
            trial.now.set(trial.at(-3000))
            let early = SeriesSpecimens.readings(12, from: trial.at(-3600), seed: 9)
            let outcome = try await trial.store.append(early.map { SeriesReading(interface, $0) })
            try expectEqual(outcome.accepted, 0, "readings accepted from before")
            trial.now.set(readings[11].at)
            try await trial.expectReadings(interface, readings, "after a jump back")
        },
        Check("a reading later than now plus an interval is refused and counted") { trial in
            let interface = InterfaceID.random()
            let readings = SeriesSpecimens.readings(3, from: trial.start)
            trial.now.set(readings[0].at)
            var ahead = readings[1]
            ahead.at = readings[0].at.advanced(bySeconds: 300.001)
            var expected = AppendOutcome()
            expected.outOfRange = 1
            try expectEqual(
                try await trial.store.append([SeriesReading(interface, ahead)]), expected,
                "the outcome of a late reading")
            ahead.at = readings[0].at.advanced(bySeconds: 299)
            try expectEqual(
                try await trial.store.append([SeriesReading(interface, ahead)]), .accepted(1), "within an interval")
            try await trial.expectReadings(interface, [ahead], "after one refused and one taken")
        },
        Check(
            "a reading older than the retention is refused and counted, by either way",
            needs: { $0.retentionDays != nil }
        ) { trial in
            let interface = InterfaceID.random()
            let days = Double(trial.traits.retentionDays ?? 0) + 2
            let old = SeriesSpecimens.readings(2, from: trial.at(-days * 86_400)).map { SeriesReading(interface, $0) }
            var expected = AppendOutcome()
            expected.outOfRange = 2
            try expectEqual(try await trial.store.append(old), expected, "the outcome of appending too old readings")
            try expectEqual(try await trial.store.merge(old), expected, "the outcome of merging too old readings")
            try await trial.expectReadings(interface, [], "after too old readings")
        },
    ]
}
