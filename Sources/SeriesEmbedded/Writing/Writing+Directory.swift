import GRDB
import Inventory
import Series
import Synchronization

extension Writing {
    /// The directory's file, opened where it is not.
    mutating func openDirectory() throws -> DatabaseQueue {
        if let directoryFile { return directoryFile }
        let opened = try SQLiteFile.open(
            shared.folder.directoryPath, for: .write(pageOctets: 4096, writeAheadLog: false))
        try SQLiteFile.prepare(opened, tables: IdentityTable.sql)
        directoryFile = opened
        return opened
    }

    /// Gives new interfaces their numbers, or takes removed ones out; durable when it returns.
    mutating func record(_ rows: [IdentityTable.Row]) throws {
        guard !rows.isEmpty else { return }
        if rows.contains(where: { $0.number >= InterfaceDirectory.numbersMax }) {
            throw SeriesError(
                .full, message: "\(InterfaceDirectory.numbersMax) interfaces had readings here; begin a new folder")
        }
        do {
            try writeDirectory(rows)
        } catch let error as DatabaseError where error.isDamage {
            try renewDirectory(because: error.message ?? "malformed")
            try writeDirectory(rows)
        }
        unmirrored += rows
        shared.state.withLock { state in
            for row in rows {
                if let id = row.id { state.directory.add(row.number, id) } else { state.directory.remove(row.number) }
                if row.id != nil { state.setNewest(row.number, .none) }
            }
        }
    }

    /// Puts the directory aside and writes a new one from memory.
    mutating func renewDirectory(because reason: String) throws {
        directoryFile = nil
        let aside = try shared.folder.putAside(shared.folder.directoryPath)
        shared.noteTrouble(
            "directory.sqlite was damaged (\(reason)) and is now \(aside); it was made anew from its copy")
        try writeDirectory(identities(shared.state.withLock { $0.directory }))
    }

    /// After an error nothing is tried on the same connection.
    mutating func writeDirectory(_ rows: [IdentityTable.Row]) throws {
        do {
            try openDirectory().writeWithoutTransaction { db in
                try db.inTransaction(.immediate) {
                    for row in rows { try IdentityTable.write(db, row) }
                    return .commit
                }
            }
        } catch {
            directoryFile = nil
            throw error
        }
    }

    /// Forgets interfaces: they are not found any more from now on; their octets go with the files they are in.
    mutating func remove(_ interfaces: [InterfaceID]) throws {
        try requireWritable()
        let directory = shared.state.withLock { $0.directory }
        let numbers = Set(interfaces).compactMap { directory.number(of: $0) }.sorted()
        try record(numbers.map { IdentityTable.Row(number: $0, id: nil) })
        let rows = unmirrored
        try writeLog { try $0.append([], from: 0, interfaces: rows) }
        unmirrored = []
        shared.state.withLock { state in
            for chunk in state.chunks.keys {
                for number in numbers { state.chunks[chunk]?.remove(number) }
            }
        }
    }
}
