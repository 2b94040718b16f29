import GRDB
import Series

/// The one table of a file of blocks, and the check that binds a block to its key.
///
/// SQLite has no checksums of its own. The codec's guards the octets of a block; four more at its end guard its key, so
/// that a key changed by the disk never gives one interface the readings of another.
enum BlockTable {
    /// Blocks of a day take some kilobytes, and none begins on the page where another left too little room for it.
    static let pageOctets = 32_768
    static let sql = "CREATE TABLE IF NOT EXISTS blocks (id INTEGER PRIMARY KEY, payload BLOB NOT NULL)"

    private static let insert = "INSERT OR REPLACE INTO blocks (id, payload) VALUES (?1, ?2)"
    private static let one = "SELECT id, payload FROM blocks WHERE id = ?1"
    private static let some = "SELECT id, payload FROM blocks WHERE id >= ?1 AND id <= ?2 ORDER BY id"
    private static let all = "SELECT id FROM blocks WHERE id >= ?1 AND id <= ?2 ORDER BY id"
    private static let first = "SELECT id FROM blocks WHERE id >= ?1 AND id <= ?2 ORDER BY id LIMIT 1"
    private static let remove = "DELETE FROM blocks WHERE id = ?1"
    private static let downwards = "SELECT id, payload FROM blocks WHERE id >= ?1 AND id <= ?2 ORDER BY id DESC"

    /// Writes a block.
    static func write(_ db: Database, _ key: Int64, _ octets: consuming [UInt8]) throws {
        var payload = octets
        withUnsafeBytes(of: check(key).littleEndian) { payload.append(contentsOf: $0) }
        try db.put(insert, key, payload)
    }

    /// Removes a block; nothing where there is none.
    static func remove(_ db: Database, _ key: Int64) throws {
        try db.rows(remove, [key]) { _, _ in }
    }

    /// The lowest key of a range that has a block; nil where none has.
    static func first(_ db: Database, _ keys: ClosedRange<Int64>) throws -> Int64? {
        try Int64.fetchOne(
            db.cachedStatement(sql: first), arguments: [keys.lowerBound, keys.upperBound])
    }

    /// The keys of a range that have blocks, ascending.
    static func keys(_ db: Database, _ keys: ClosedRange<Int64>) throws -> [Int64] {
        try Int64.fetchAll(db.cachedStatement(sql: all), arguments: [keys.lowerBound, keys.upperBound])
    }

    /// The octets of one block; nil where there is none, `DamagedBlock` where its key is not its own.
    static func block<Outcome>(
        _ db: Database, _ key: Int64, _ take: (UnsafeRawBufferPointer) throws -> Outcome
    ) throws -> Outcome? {
        var outcome: Outcome?
        try read(db, each: CollectionOfOne(key)) { _, octets in
            guard let octets else { throw DamagedBlock(reason: "the key is not its block's own") }
            outcome = try take(octets)
        }
        return outcome
    }

    /// Hands over the blocks of keys; nil octets where a key is not its block's own.
    static func read(
        _ db: Database, each keys: some Sequence<Int64>, _ take: (Int64, UnsafeRawBufferPointer?) throws -> Void
    ) throws {
        let statement = try db.statement(one)
        for key in keys {
            try db.rows(statement, [key]) { key, payload in try take(key, unbound(payload, key)) }
        }
    }

    /// Hands over the blocks of a range of keys, descending.
    static func readDescending(
        _ db: Database, _ keys: ClosedRange<Int64>, _ take: (Int64, UnsafeRawBufferPointer?) throws -> Void
    ) throws {
        let keys = [keys.lowerBound, keys.upperBound]
        try db.rows(downwards, keys) { key, payload in try take(key, unbound(payload, key)) }
    }

    /// Hands over the blocks of a range of keys, ascending; nil octets where a key is not its block's own.
    static func read(
        _ db: Database, _ keys: ClosedRange<Int64>, _ take: (Int64, UnsafeRawBufferPointer?) throws -> Void
    ) throws {
        try db.rows(some, [keys.lowerBound, keys.upperBound]) { key, payload in try take(key, unbound(payload, key)) }
    }

    private static func unbound(_ payload: UnsafeRawBufferPointer, _ key: Int64) -> UnsafeRawBufferPointer? {
        guard payload.count > 4 else { return nil }
        let found = UInt32(littleEndian: payload.loadUnaligned(fromByteOffset: payload.count - 4, as: UInt32.self))
        return found == check(key) ? UnsafeRawBufferPointer(rebasing: payload.dropLast(4)) : nil
    }

    /// FNV-1a of the key's eight octets, folded to 32 bits.
    private static func check(_ key: Int64) -> UInt32 {
        let sum = KeyCheck.sum(withUnsafeBytes(of: key.littleEndian) { Array($0) })
        return UInt32(truncatingIfNeeded: sum ^ sum >> 32)
    }
}

/// FNV-1a of 64 bits: any change of one octet changes it.
enum KeyCheck {
    static func sum(_ octets: some Sequence<UInt8>) -> UInt64 {
        octets.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
