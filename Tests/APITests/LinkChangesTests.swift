import Inventory
import Testing

@testable import API

/// What a limit does to the changes of the wiring.
@Suite struct LinkChangesTests {
    private static let start = Timestamp(seconds: 1_800_000_000)

    private static func record(_ number: Int, appeared revision: Int64, vanished: Int64? = nil) -> LinkRecord {
        let link = Link(
            a: LinkEnd(deviceID: .random(), deviceName: "A\(number)", port: "1"),
            b: LinkEnd(deviceID: .random(), deviceName: "B\(number)", port: "1"), confidence: 1)
        var record = LinkRecord(link: link, revision: revision, at: start.advanced(bySeconds: Double(revision)))
        record.vanishedRevision = vanished
        record.vanishedAt = vanished.map { start.advanced(bySeconds: Double($0)) }
        return record
    }

    /// The latest first, as the catalog answers.
    private static let records = [
        record(1, appeared: 2, vanished: 4), record(2, appeared: 4), record(3, appeared: 3), record(4, appeared: 3),
        record(5, appeared: 2),
    ]

    @Test(arguments: [
        (1, [Int64(4)]), (2, [4, 4]), (3, [4, 4]), (4, [4, 4, 3, 3]), (5, [4, 4, 3, 3, 2, 2]), (9, [4, 4, 3, 3, 2, 2]),
    ])
    func aRevisionIsToldWhole(_ limit: Int, _ revisions: [Int64]) {
        let until = Self.start.advanced(bySeconds: 100)
        let changes = LinkChanges.list(Self.records, limit: limit, after: Self.start, until: until)
        #expect(changes.map(\.revision) == revisions)
    }
}
