import Inventory
import Series
import SeriesTestKit
import Testing

@testable import SeriesEmbedded

/// A merge that is interrupted, or meets another, leaves right readings and, after maintenance, right roll-ups.
@Suite struct MergeCrashTests {
    @Test func `a crash at any step of a merge leaves roll-ups that maintenance makes right`() async throws {
        let trial = try await filled()
        let missing = missing(trial)
        var writing = try StoreUnderTest.writing(trial.folder, trial.now)
        var job = try writing.beginMerge(missing)
        var isMore = true
        var steps = 0
        while isMore {
            try await expectRight(trial, "after \(steps) steps")
            isMore = try writing.mergeStep(&job)
            steps += 1
        }
        #expect(steps > 2)
        try await expectRight(trial, "in the end")
        writing.close()
    }

    @Test func `two merges of the same chunk at once leave right roll-ups, whatever crash follows`() async throws {
        for order in 0..<3 {
            let trial = try await filled()
            let all = missing(trial)
            let halves = [all.enumerated(), all.enumerated()].enumerated().map { half in
                half.element.filter { $0.offset % 2 == half.offset }.map(\.element)
            }
            var writing = try StoreUnderTest.writing(trial.folder, trial.now)
            var jobs = [try writing.beginMerge(halves[0]), try writing.beginMerge(halves[1])]
            var left = [true, true]
            var turn = 0
            while left[0] || left[1] {
                let place = order == 2 ? turn % 2 : (left[order] ? order : 1 - order)
                turn += 1
                guard left[place] else { continue }
                left[place] = try writing.mergeStep(&jobs[place])
                try await expectRight(trial, "order \(order), turn \(turn)")
            }
            while try writing.maintain(now: trial.now.now).isMoreDue {}
            writing.close()
            let store = try await StoreUnderTest.open(trial.folder, trial.now)
            #expect(try await StoreUnderTest.contents(store) == trial.ledger)
            let right = try await StoreUnderTest.rollups(of: trial.ledger, trial.now)
            #expect(try await StoreUnderTest.rollups(store) == right, "order \(order)")
            await store.close()
        }
    }

    /// A closed store with the readings of two sealed chunks, but for the last six of the first.
    private func filled() async throws -> StoreUnderTest {
        let trial = try await StoreUnderTest(interfaces: 2)
        let gap = Set(missing(trial))
        for cycle in 0..<60 {
            trial.now.set(trial.readings[1][cycle].at)
            let call = trial.interfaces.indices.map { SeriesReading(trial.interfaces[$0], trial.readings[$0][cycle]) }
            _ = try await trial.store.append(call.filter { !gap.contains($0) })
        }
        try await trial.maintainAll()
        await trial.store.close()
        trial.noteAll(60)
        return trial
    }

    private func missing(_ trial: StoreUnderTest) -> [SeriesReading] {
        (18..<24).flatMap { cycle in
            trial.interfaces.indices.map { SeriesReading(trial.interfaces[$0], trial.readings[$0][cycle]) }
        }
    }

    /// What a crash now leaves has, after maintenance, the roll-ups of its readings.
    private func expectRight(_ trial: StoreUnderTest, _ moment: Comment) async throws {
        let image = try trial.folder.crashImage()
        let store = try await StoreUnderTest.open(image, trial.now)
        while try await store.maintain(now: trial.now.now).isMoreDue {}
        let contents = try await StoreUnderTest.contents(store)
        let right = try await StoreUnderTest.rollups(of: contents, trial.now)
        #expect(try await StoreUnderTest.rollups(store) == right, moment)
        await store.close()
    }
}
