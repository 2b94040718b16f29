import Catalog
import Inventory
@testable import Pipelines
import Series
import Testing

@Suite struct WriteBacklogTests {
    private static let start = Timestamp(seconds: 1_795_354_200)

    private func readings(_ range: Range<Int>) -> [SeriesReading] {
        let id = InterfaceID.random()
        return range.map { SeriesReading(id, CounterReading(at: Self.start.advanced(bySeconds: Double($0)))) }
    }

    @Test("Readings come out in the order they went in, in pieces, the same again after a failure and a pause")
    func order() throws {
        var backlog = WriteBacklog(readingsMax: 100_000)
        let all = readings(0..<20_000)
        backlog.add(Array(all[..<12_000]))
        var out: [SeriesReading] = []
        let first = try #require(backlog.next(at: Self.start))
        #expect(first.count == WriteBacklog.batchMax)
        let error = SeriesError(.outcomeUnknown, message: "unknown")
        let isFirst = backlog.failed(error, at: Self.start)
        #expect(backlog.next(at: Self.start.advanced(bySeconds: 0.9)) == nil)
        #expect(backlog.next(at: Self.start.advanced(bySeconds: 1)) == first)
        let isFirstAgain = backlog.failed(error, at: Self.start.advanced(bySeconds: 1))
        #expect(isFirst && !isFirstAgain)
        #expect(backlog.next(at: Self.start.advanced(bySeconds: 2.9)) == nil)
        backlog.add(Array(all[12_000...]))
        while let batch = backlog.next(at: Self.start.advanced(bySeconds: 3)) {
            let isNews = backlog.stored(batch.count)
            #expect(isNews == out.isEmpty)
            out += batch
        }
        #expect(out == all && backlog.count == 0 && backlog.dropped == 0 && backlog.fault == nil)
    }

    @Test("Beyond its bound the oldest are dropped and counted")
    func bound() {
        var backlog = WriteBacklog(readingsMax: 1000)
        let all = readings(0..<1500)
        for start in stride(from: 0, to: 1500, by: 100) { backlog.add(Array(all[start..<start + 100])) }
        #expect(backlog.count == 1000 && backlog.dropped == 500)
        #expect(backlog.oldest == all[500].reading.at)
        #expect(backlog.next(at: Self.start) == Array(all[500...]))
    }

    @Test("A pause is over when the clock is set back, and is never longer than a minute")
    func pauses() {
        var backlog = WriteBacklog(readingsMax: 1000)
        backlog.add(readings(0..<1))
        for _ in 0..<20 { _ = backlog.failed(SeriesError(.full, message: "full"), at: Self.start) }
        #expect(backlog.next(at: Self.start.advanced(bySeconds: 59)) == nil)
        #expect(backlog.next(at: Self.start.advanced(bySeconds: 60)) != nil)
        #expect(backlog.next(at: Self.start.advanced(bySeconds: -3600)) != nil)
    }

    @Test("The books count polls that overlap once, and pauses not at all")
    func books() {
        var books = CollectionBooks()
        for (from, to) in [(5000, 6000), (0, 1000), (500, 2000), (9000, 9000)] as [(UInt64, UInt64)] {
            books.enter(from: from, to: to, readings: 2, dataPoints: 16, isFailed: from == 9000, missed: 1)
        }
        #expect(books.secondsUnderWay == 3)
        #expect(books.readings == 8 && books.dataPoints == 64 && books.failedPolls == 1 && books.missed == 4)
    }

    @Test("Of the catalog only what differs is written")
    func records() throws {
        let device = Device(name: "D", address: "127.0.0.1", at: Self.start)
        var row = Interface(deviceID: device.id, facts: InterfaceFacts(ifIndex: 1), at: Self.start)
        row.facts.adminStatus = 1
        row.facts.operStatus = 2
        let book = InterfaceBook(device: device, live: [row], retired: [])
        let later = Self.start.advanced(bySeconds: 60)
        func pending(oper: UInt8) -> StatusRecorder.Pending {
            StatusRecorder.Pending(
                interfaces: [
                    row.id: InterfaceStatusChange(
                        deviceID: device.id, interfaceID: row.id, adminBefore: 1, admin: 1, operBefore: 2, oper: oper,
                        at: later)
                ])
        }
        #expect(StatusRecorder.revision(of: book, pending(oper: 2)) == nil)
        #expect(StatusRecorder.revision(of: book, nil) == nil)
        let revision = try #require(StatusRecorder.revision(of: book, pending(oper: 1)))
        #expect(revision.device == nil && revision.seenAt == nil)
        #expect(revision.updated.map(\.facts.operStatus) == [1])
        #expect(revision.updated.map(\.wasUp) == [true] && revision.updated.map(\.updatedAt) == [later])
        var changes = StatusRecorder.Pending()
        changes.device = DeviceStatusChange(deviceID: device.id, status: .up, at: later, uptimeSeconds: 77)
        let up = try #require(StatusRecorder.revision(of: book, changes)?.device)
        #expect(up.status == .up && up.lastSeenAt == later && up.uptimeSeconds == 77)
    }
}
