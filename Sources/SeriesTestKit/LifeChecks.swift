import Inventory
import Series

extension SeriesContract {
    static let lifeChecks: [Check] = [
        Check("what is removed is gone, and the rest stays", needs: { $0.removes }) { trial in
            let (gone, kept) = (InterfaceID.random(), InterfaceID.random())
            let readings = SeriesSpecimens.readings(60, from: trial.start)
            for reading in readings {
                try await trial.append(gone, [reading])
                try await trial.append(kept, [reading])
                _ = try await trial.store.maintain(now: trial.now.now)
            }
            try await trial.store.remove([gone, InterfaceID.random()])
            try await trial.expectReadings(gone, [], "the one removed")
            try expect(try await trial.scanRollups([gone]).isEmpty, "roll-ups of the one removed are there")
            try await trial.expectReadings(kept, readings, "the other")
            try await trial.maintainAll()
            try await trial.expectReadings(gone, [], "the one removed, after maintenance")
            let again = SeriesSpecimens.readings(3, from: trial.at(20_000), seed: 8)
            try await trial.append(gone, again)
            try await trial.expectReadings(gone, again, "the one removed, come back")
        },
        Check("statistics tell how many readings were taken and refused") { trial in
            let interface = InterfaceID.random()
            let readings = SeriesSpecimens.readings(5, from: trial.start)
            let before = await trial.store.statistics()
            try await trial.append(interface, Array(readings[1...]))
            _ = try await trial.store.append([SeriesReading(interface, readings[0])])
            let after = await trial.store.statistics()
            for (name, more) in [("accepted_readings", Int64(4)), ("refused_readings", 1)] {
                try expectEqual(after.counter(name), (before.counter(name) ?? 0) + more, name)
            }
        },
        Check("readings appended while others scan are seen whole and in order") { trial in
            try await appendWhileScanning(trial)
        },
        Check("calls at the same time lose nothing") { trial in
            let interfaces = (0..<16).map { _ in InterfaceID.random() }
            let readings = SeriesSpecimens.readings(40, from: trial.start)
            trial.now.set(readings[39].at)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for interface in interfaces {
                    group.addTask {
                        for reading in readings {
                            let outcome = try await trial.store.append([SeriesReading(interface, reading)])
                            try expectEqual(outcome, .accepted(1), "the outcome of an append among others")
                        }
                    }
                }
                group.addTask { for _ in 0..<30 { _ = try await trial.store.maintain(now: trial.now.now) } }
                try await group.waitForAll()
            }
            for interface in interfaces { try await trial.expectReadings(interface, readings, "one of 16") }
        },
        Check("a store that was closed refuses every call as closed") { trial in
            let interface = InterfaceID.random()
            let readings = SeriesSpecimens.readings(1, from: trial.start).map { SeriesReading(interface, $0) }
            let query = SeriesQuery(.all, from: trial.start, to: trial.at(60))
            await trial.store.close()
            let store = trial.store
            try await trial.expectFailure(.closed, "append") { _ = try await store.append(readings) }
            try await trial.expectFailure(.closed, "merge") { _ = try await store.merge(readings) }
            try await trial.expectFailure(.closed, "scan") { _ = try await store.scan(query) { _ in } }
            try await trial.expectFailure(.closed, "scanRollups") { _ = try await store.scanRollups(query) { _ in } }
            try await trial.expectFailure(.closed, "remove") { try await store.remove([interface]) }
            try await trial.expectFailure(.closed, "maintain") { _ = try await store.maintain(now: trial.start) }
            await store.close()
            _ = await store.statistics()
        },
    ]

    /// Every scan beside the writer sees, of each interface, the readings up to some moment and no others.
    private static func appendWhileScanning(_ trial: SeriesTrial) async throws {
        let interfaces = (0..<8).map { _ in InterfaceID.random() }
        let readings = SeriesSpecimens.readings(80, from: trial.start)
        trial.now.set(readings[79].at)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for reading in readings {
                    _ = try await trial.store.append(interfaces.map { SeriesReading($0, reading) })
                    _ = try await trial.store.maintain(now: reading.at)
                }
            }
            group.addTask {
                let query = SeriesQuery(.ids(interfaces), from: trial.at(-60), to: trial.at(86_400))
                for _ in 0..<40 {
                    _ = try await trial.store.scan(query) { run in
                        try trial.expectSame(
                            run.readings, Array(readings.prefix(run.readings.count)), "a scan beside a writer")
                    }
                }
            }
            try await group.waitForAll()
        }
        for interface in interfaces { try await trial.expectReadings(interface, readings, "after the writer") }
    }
}

extension SeriesStatistics {
    fileprivate func counter(_ name: String) -> Int64? {
        counters.first { $0.name == name }?.value
    }
}
