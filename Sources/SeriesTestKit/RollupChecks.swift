import Inventory
import Series
import Traffic

extension SeriesContract {
    static let rollupChecks: [Check] = [
        Check("roll-ups are those of the readings, at any moment") { trial in
            let interface = InterfaceID.random()
            let readings = SeriesSpecimens.readings(100, from: trial.start)
            for (begin, end) in [(0, 1), (1, 2), (2, 12), (12, 13), (13, 24), (24, 25), (25, 60), (60, 100)] {
                try await trial.append(interface, Array(readings[begin..<end]))
                try await trial.expectRollups(interface, of: Array(readings[..<end]), "after \(end) readings")
                try await trial.maintainAll()
                try await trial.expectRollups(interface, of: Array(readings[..<end]), "after \(end), maintained")
            }
        },
        Check("roll-ups know of resets, missing counters and gaps what the readings say", needs: { $0.keepsContext }) {
            trial in
            let interface = InterfaceID.random()
            let readings = SeriesSpecimens.changing(96, from: trial.start, counterMax: trial.traits.counterMax)
                .enumerated().filter { $0.offset % 20 != 7 }.map(\.element)
            for reading in readings { try await trial.append(interface, [reading]) }
            try await trial.expectRollups(interface, of: readings, "before maintenance")
            trial.now.advance(bySeconds: 3 * 3600)
            try await trial.maintainAll()
            try await trial.expectRollups(interface, of: readings, "after maintenance")
        },
        Check("a range of roll-ups holds the hours that begin in it") { trial in
            let interface = InterfaceID.random()
            let readings = SeriesSpecimens.readings(90, from: trial.start)
            try await trial.append(interface, readings)
            for (from, to) in [(0.0, 3600.0), (3600, 14_400), (1, 7200), (7200, 7201), (3600, 3600), (7200, 3600)] {
                try await trial.expectRollups(
                    interface, of: readings, "hours in \(from)..<\(to)", from: trial.at(from), to: trial.at(to))
            }
        },
        Check("roll-ups of unknown interfaces are left out") { trial in
            let interface = InterfaceID.random()
            try await trial.append(interface, SeriesSpecimens.readings(13, from: trial.start))
            let found = try await trial.scanRollups([InterfaceID.random(), interface])
            try expectEqual(Array(found.keys), [interface], "interfaces with roll-ups")
        },
    ]
}
