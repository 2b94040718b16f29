import Inventory
import Series

extension SeriesContract {
    static let appendChecks: [Check] = [
        Check("readings appended come back exactly, ascending") { trial in
            let interface = InterfaceID.random()
            let readings = SeriesSpecimens.readings(40, from: trial.start)
            try await trial.append(interface, readings)
            try await trial.expectReadings(interface, readings, "40 readings in one call")
        },
        Check("readings appended one by one come back exactly") { trial in
            let interface = InterfaceID.random()
            let readings = SeriesSpecimens.readings(60, from: trial.start)
            for reading in readings { try await trial.append(interface, [reading]) }
            try await trial.expectReadings(interface, readings, "60 readings in as many calls")
        },
        Check("every field comes back, and counters of all bits, fallen ones too") { trial in
            let interface = InterfaceID.random()
            let readings = SeriesSpecimens.changing(48, from: trial.start, counterMax: trial.traits.counterMax)
            try await trial.append(interface, readings)
            try await trial.expectReadings(interface, readings, "readings whose fields all change")
        },
        Check("an interval of 10 seconds is kept as well") { trial in
            let interface = InterfaceID.random()
            let readings = SeriesSpecimens.readings(1500, from: trial.start, stepSeconds: 10)
            try await trial.append(interface, readings)
            try await trial.expectReadings(interface, readings, "1,500 readings")
        },
        Check("many interfaces in one call keep their readings apart") { trial in
            let interfaces = (0..<700).map { _ in InterfaceID.random() }
            var expected: [InterfaceID: [CounterReading]] = [:]
            for round in 0..<3 {
                trial.now.set(trial.at(Double(round) * 300 + 30))
                let call = interfaces.enumerated().map { index, interface in
                    SeriesReading(
                        interface,
                        SeriesSpecimens.readings(
                            1, from: trial.at(Double(round) * 300), seed: UInt64(index * 3 + round))[0])
                }
                for one in call { expected[one.interface, default: []].append(one.reading) }
                let outcome = try await trial.store.append(call)
                try expectEqual(outcome, .accepted(interfaces.count), "the outcome of round \(round)")
            }
            let found = try await trial.scan(interfaces)
            try expectEqual(found.count, interfaces.count, "interfaces found")
            for (interface, expected) in expected {
                try trial.expectSame(found[interface] ?? [], expected, "interface \(interface)")
            }
        },
        Check("an empty call does nothing") { trial in
            try expectEqual(try await trial.store.append([]), AppendOutcome(), "the outcome of appending nothing")
            try expectEqual(try await trial.store.merge([]), AppendOutcome(), "the outcome of merging nothing")
        },
        Check("the same call again changes nothing, and is counted as repeated") { trial in
            let interfaces = (0..<5).map { _ in InterfaceID.random() }
            let reading = SeriesSpecimens.readings(1, from: trial.start)[0]
            trial.now.set(reading.at)
            let call = interfaces.map { SeriesReading($0, reading) }
            _ = try await trial.store.append(call)
            var expected = AppendOutcome()
            expected.repeated = call.count
            for _ in 0..<3 {
                try expectEqual(try await trial.store.append(call), expected, "the outcome of a replay")
            }
            for interface in interfaces {
                try await trial.expectReadings(interface, [reading], "after three replays")
            }
        },
        Check("a longer call again adds only what is new") { trial in
            let interface = InterfaceID.random()
            let readings = SeriesSpecimens.readings(30, from: trial.start)
            try await trial.append(interface, Array(readings[..<20]))
            trial.now.set(readings[29].at)
            let outcome = try await trial.store.append(readings.map { SeriesReading(interface, $0) })
            try expectEqual(outcome.accepted, 10, "readings accepted of a call of which 20 are there")
            try expectEqual(outcome.repeated + outcome.outOfOrder, 20, "readings not accepted")
            try await trial.expectReadings(interface, readings, "after a longer call")
        },
    ]
}
