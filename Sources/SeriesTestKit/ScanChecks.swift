import Inventory
import Series

extension SeriesContract {
    static let scanChecks: [Check] = [
        Check("a range holds its first moment and not its last") { trial in
            let interface = InterfaceID.random()
            let readings = SeriesSpecimens.readings(60, from: trial.start)
            try await trial.append(interface, readings)
            for (first, last) in [(0, 59), (10, 11), (23, 25), (24, 48), (0, 1)] {
                try await trial.expectReadings(
                    interface, Array(readings[first..<last]), "readings \(first)..<\(last)", from: readings[first].at,
                    to: readings[last].at)
            }
        },
        Check("a range without a moment in it answers nothing") { trial in
            let interface = InterfaceID.random()
            let readings = SeriesSpecimens.readings(5, from: trial.start)
            try await trial.append(interface, readings)
            let middle = readings[2].at
            for (from, to) in [(middle, middle), (readings[4].at, readings[0].at), (trial.at(5000), trial.at(6000))] {
                let found = try await trial.scan([interface], from: from, to: to)
                try expect(found.isEmpty, "\(from)..<\(to) must answer no run at all, not \(found)")
            }
        },
        Check("the lead is the last reading before the range, and only if it is near enough") { trial in
            let interface = InterfaceID.random()
            let readings = SeriesSpecimens.readings(40, from: trial.start)
            try await trial.append(interface, readings)
            for first in [1, 12, 24, 30] {
                try await trial.expectReadings(
                    interface, Array(readings[(first - 1)..<35]), "readings \(first)..<35 and a lead",
                    from: readings[first].at, to: readings[35].at, leadSeconds: 700)
                try await trial.expectReadings(
                    interface, Array(readings[first..<35]), "readings \(first)..<35, no lead within 200 s",
                    from: readings[first].at, to: readings[35].at, leadSeconds: 200)
            }
        },
        Check("a lead from hours before is found") { trial in
            let interface = InterfaceID.random()
            let readings = SeriesSpecimens.readings(100, from: trial.start)
            let kept = [readings[0], readings[98], readings[99]]
            try await trial.append(interface, kept)
            try await trial.expectReadings(
                interface, kept, "a lead eight hours before", from: readings[98].at, leadSeconds: 36_000)
        },
        Check("an interface with a lead and nothing in the range is left out") { trial in
            let interface = InterfaceID.random()
            let readings = SeriesSpecimens.readings(3, from: trial.start)
            try await trial.append(interface, readings)
            let found = try await trial.scan([interface], from: trial.at(700), to: trial.at(900), leadSeconds: 3600)
            try expect(found.isEmpty, "a range with only a lead must answer no run")
        },
        Check("the counters asked for are there, exactly") { trial in
            let interface = InterfaceID.random()
            let readings = SeriesSpecimens.readings(40, from: trial.start)
            try await trial.append(interface, readings)
            for set in [CounterSet.octets, .summary, CounterSet(.outUnicastPackets), CounterSet(.inErrors)] {
                let found = try await trial.scan([interface], counters: set)[interface] ?? []
                try expectEqual(found.map(\.at), readings.map(\.at), "times with counters \(set.rawValue)")
                for kind in CounterKind.allCases where set.contains(kind) {
                    try expectEqual(found.map { $0[kind] }, readings.map { $0[kind] }, "\(kind) of \(set.rawValue)")
                }
            }
        },
        Check("unknown interfaces are left out, and one named twice is handed over once") { trial in
            let interface = InterfaceID.random()
            let readings = SeriesSpecimens.readings(3, from: trial.start)
            try await trial.append(interface, readings)
            let found = try await trial.scan([InterfaceID.random(), interface, interface, InterfaceID.random()])
            try expectEqual(Array(found.keys), [interface], "interfaces found")
            try expect(try await trial.scan([InterfaceID.random()]).isEmpty, "an unknown interface has no run")
            try expect(try await trial.scan([]).isEmpty, "no interfaces have no runs")
        },
        Check("all of them includes each with readings in the range, and not the others") { trial in
            let (early, late) = (InterfaceID.random(), InterfaceID.random())
            let first = SeriesSpecimens.readings(5, from: trial.start)
            let second = SeriesSpecimens.readings(5, from: trial.at(7200))
            try await trial.append(early, first)
            try await trial.append(late, second)
            let all = try await trial.scan([early, late], all: true)
            try trial.expectSame(all[early] ?? [], first, "the early one")
            try trial.expectSame(all[late] ?? [], second, "the late one")
            let found = try await trial.scan([early, late], from: trial.at(7200), all: true)
            try expectEqual(Array(found.keys), [late], "interfaces with readings in the later range")
        },
        Check("an error of the taker ends the scan as cancelled") { trial in
            let interface = InterfaceID.random()
            try await trial.append(interface, SeriesSpecimens.readings(3, from: trial.start))
            try await trial.bench.settle(trial.store)
            let query = SeriesQuery(.ids([interface]), from: trial.at(-60), to: trial.at(7200))
            try await trial.expectFailure(.cancelled, "a scan whose taker throws") {
                _ = try await trial.store.scan(query) { _ in throw SeriesViolation("enough") }
            }
            try await trial.expectFailure(.cancelled, "a scan of roll-ups whose taker throws") {
                _ = try await trial.store.scanRollups(query) { _ in throw SeriesViolation("enough") }
            }
        },
    ]
}
