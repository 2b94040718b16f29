import Inventory
import Series
import SeriesTestKit
import Testing

@testable import SeriesEmbedded

/// A crash at any moment loses nothing that was acknowledged, and counts nothing twice.
@Suite struct CrashTests {
    @Test func `what was acknowledged is there after a crash at any append and at any step of sealing`() async throws {
        let trial = try await StoreUnderTest()
        for cycle in 0..<60 {
            try await trial.append(cycle)
            try await expectSurvives(trial, "after cycle \(cycle)")
            try await trial.maintainAll { try await expectSurvives(trial, "sealing after cycle \(cycle)") }
        }
        await trial.store.close()
        try await expectSurvives(trial, "after closing")
    }

    @Test func `a crash image that is maintained and appended to goes on as if nothing had been`() async throws {
        let trial = try await StoreUnderTest()
        for cycle in 0..<30 { try await trial.append(cycle) }
        let image = try trial.folder.crashImage()
        let ledger = trial.ledger
        for cycle in 30..<60 { try await trial.append(cycle) }
        let reopened = try await StoreUnderTest.open(image, trial.now)
        for readings in trial.ledger {
            let call = readings.value.map { SeriesReading(readings.key, $0) }
            let outcome = try await reopened.append(call)
            #expect(outcome.repeated == ledger[readings.key]?.count)
            #expect(outcome.accepted == 30)
        }
        while try await reopened.maintain(now: trial.now.now.advanced(bySeconds: 86_400)).isMoreDue {}
        #expect(try await StoreUnderTest.contents(reopened) == trial.ledger)
        await reopened.close()
    }

    private func expectSurvives(_ trial: StoreUnderTest, _ moment: Comment) async throws {
        let image = try trial.folder.crashImage()
        let reopened = try await StoreUnderTest.open(image, trial.now)
        #expect(try await StoreUnderTest.contents(reopened) == trial.ledger, moment)
        #expect(await reopened.statistics().state == .working, moment)
        await reopened.close()
    }
}
