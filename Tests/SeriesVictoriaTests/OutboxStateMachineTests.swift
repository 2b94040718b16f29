import Testing

@testable import SeriesVictoria

@Suite struct OutboxStateMachineTests {
    private func machine(_ count: Int = 4, octetsMax: Int64 = 1000) -> OutboxStateMachine {
        var machine = OutboxStateMachine(.init(octetsMax: octetsMax, settleMilliseconds: 60_000))
        for sequence in 0..<count { machine.add(.init(sequence: Int64(sequence), octets: 100, readings: 10)) }
        return machine
    }

    private func report(started: Int64 = 5, rows: Int64 = 0) -> ServerReport {
        var report = ServerReport()
        report.startSeconds = started
        report.insertedRows = rows
        return report
    }

    @Test func whatWasTakenIsForgottenOnlyAfterTheServerWasSeenAliveForTheSettlingTime() {
        var machine = machine()
        machine.observe(report(), at: 0)
        machine.take([0, 1])
        for second in stride(from: Int64(5), to: 60, by: 5) {
            machine.observe(report(), at: second * 1000)
            #expect(machine.settled().isEmpty, "after \(second) s")
        }
        machine.observe(report(), at: 60_000)
        #expect(machine.settled() == [0, 1])
        machine.remove([0, 1])
        #expect(machine.items.map(\.sequence) == [2, 3])
        #expect(machine.takenCount == 0)
    }

    @Test func aServerThatWasFrozenDoesNotSettleWhatItTook() {
        var machine = machine()
        machine.observe(report(), at: 0)
        machine.take([0])
        machine.observe(report(), at: 3_600_000)
        #expect(machine.settled().isEmpty)
    }

    @Test func aRestartBringsBackWhatIsNotSettled() {
        var machine = machine()
        machine.observe(report(), at: 0)
        machine.take([0, 1, 2])
        #expect(machine.next(after: nil, readingsMax: 100) == [3])
        let isAnother = machine.observe(report(started: 6), at: 1000)
        #expect(isAnother)
        #expect(machine.next(after: nil, readingsMax: 100) == [0, 1, 2, 3])
        machine.take([0, 1, 2, 3])
        #expect(machine.counts.delivered == 40)
        #expect(machine.counts.resent == 30)
        #expect(machine.counts.restarts == 1)
    }

    @Test func aRestartWithinOneSecondIsSeenByTheRows() {
        var machine = machine()
        machine.observe(report(rows: 500), at: 0)
        machine.take([0])
        let isAnother = machine.observe(report(rows: 20), at: 500)
        #expect(isAnother)
        #expect(machine.takenCount == 0)
    }

    @Test func aServerThatDoesNotSayWhenItStartedIsTrustedTenTimesLater() {
        var machine = machine()
        machine.observe(ServerReport(), at: 0)
        machine.take([0])
        for second in stride(from: Int64(5), to: 600, by: 5) { machine.observe(ServerReport(), at: second * 1000) }
        #expect(machine.settled().isEmpty)
        machine.observe(ServerReport(), at: 600_000)
        #expect(machine.settled() == [0])
    }

    @Test func requestsHoldAsManyBatchesAsFitAndAtLeastOne() {
        let machine = machine()
        #expect(machine.next(after: nil, readingsMax: 25) == [0, 1])
        #expect(machine.next(after: 0, readingsMax: 5) == [1])
        #expect(machine.next(after: 3, readingsMax: 5).isEmpty)
    }

    @Test func whatIsDroppedDuringARoundMakesNothingBePassedOver() {
        var machine = machine(octetsMax: 400)
        machine.observe(report(), at: 0)
        #expect(machine.next(after: nil, readingsMax: 20) == [0, 1])
        let gone = machine.excess(adding: 100)
        machine.drop(gone)
        machine.add(.init(sequence: 4, octets: 100, readings: 10))
        #expect(gone == [0])
        #expect(machine.next(after: 1, readingsMax: 20) == [2, 3])
        machine.take([0, 1, 2, 3])
        #expect(machine.takenCount == 3)
        #expect(machine.next(after: nil, readingsMax: 20) == [4])
    }

    @Test func pausesDoubleUpToAMinute() {
        var machine = machine()
        for pause: Int64 in [1, 2, 4, 8, 16, 32, 60, 60] {
            machine.fail(at: 0)
            #expect(!machine.isDue(at: pause * 1000 - 1))
            #expect(machine.isDue(at: pause * 1000))
        }
        machine.succeed()
        #expect(machine.isDue(at: 0))
    }

    @Test func beyondTheBoundTheOldestGoAndThoseNotTakenAreLost() {
        var machine = machine(octetsMax: 450)
        machine.observe(report(), at: 0)
        machine.take([0])
        let gone = machine.excess(adding: 200)
        #expect(gone == [0, 1])
        machine.drop(gone)
        #expect(machine.counts.dropped == 10)
        #expect(machine.octets == 200)
        #expect(machine.excess(adding: 250).isEmpty)
    }
}
