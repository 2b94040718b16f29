import FoundationEssentials
import GRDB
import Inventory

/// The table interface <-> number; kept twice, in `directory.sqlite` and in `log.sqlite`, as all depends on it.
///
/// A row's octets are the identity and eight of a check over number and identity; all zero for a removed interface.
enum IdentityTable {
    static let sql = "CREATE TABLE IF NOT EXISTS interfaces (number INTEGER PRIMARY KEY, identity BLOB NOT NULL)"
    private static let insert = "INSERT OR REPLACE INTO interfaces (number, identity) VALUES (?1, ?2)"
    private static let all = "SELECT number, identity FROM interfaces ORDER BY number"

    /// One row.
    struct Row: Sendable, Hashable {
        var number: UInt32
        /// nil for a removed interface.
        var id: InterfaceID?
    }

    static func write(_ db: Database, _ row: Row) throws {
        try db.put(insert, Int64(row.number), octets(row))
    }

    /// The rows whose check holds, and how many do not.
    static func read(_ db: Database) throws -> (rows: [Row], damaged: Int) {
        var rows: [Row] = []
        var damaged = 0
        try db.rows(all, []) { key, octets in
            if let number = UInt32(exactly: key), number < InterfaceDirectory.numbersMax,
                let row = row(number, Array(octets))
            {
                rows.append(row)
            } else {
                damaged += 1
            }
        }
        return (rows, damaged)
    }

    private static func octets(_ row: Row) -> [UInt8] {
        var octets =
            row.id.map { id in withUnsafeBytes(of: id.uuid.uuid) { Array($0) } } ?? Array(repeating: 0, count: 16)
        withUnsafeBytes(of: check(row.number, octets).littleEndian) { octets.append(contentsOf: $0) }
        return octets
    }

    private static func row(_ number: UInt32, _ octets: [UInt8]) -> Row? {
        guard octets.count == 24 else { return nil }
        let identity = Array(octets[0..<16])
        let found = octets.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 16, as: UInt64.self) }
        guard UInt64(littleEndian: found) == check(number, identity) else { return nil }
        if identity.allSatisfy({ $0 == 0 }) { return Row(number: number, id: nil) }
        let uuid = identity.withUnsafeBytes { $0.loadUnaligned(as: uuid_t.self) }
        return Row(number: number, id: InterfaceID(UUID(uuid: uuid)))
    }

    private static func check(_ number: UInt32, _ identity: [UInt8]) -> UInt64 {
        KeyCheck.sum(withUnsafeBytes(of: number.littleEndian) { Array($0) } + identity)
    }
}
