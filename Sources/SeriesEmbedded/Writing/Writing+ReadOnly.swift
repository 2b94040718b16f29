import GRDB
import Glibc
import Inventory
import Series
import Synchronization

extension Writing {
    /// Opens the store beside the process that writes it.
    mutating func openForReading() throws {
        guard access(shared.folder.logPath, R_OK) == 0 else {
            throw SeriesError(
                .cannotOpen, message: "there are no time series in \(shared.folder.path); name the right folder")
        }
        sequence = -1
        try refresh()
    }

    /// Takes what the writing process committed since the last time.
    mutating func refresh() throws {
        try requireOpen()
        let log = try log ?? ReadingLog.openReadOnly(shared.folder.logPath)
        self.log = log
        var replay = LogReplay(after: sequence)
        try log.queue.read { db in
            let (rows, _) = try IdentityTable.read(db)
            let marks = try ChunkMarks.read(db)
            try shared.state.withLock { state in
                for row in rows where row.id != state.directory.id(of: row.number) {
                    if let id = row.id {
                        state.directory.add(row.number, id)
                    } else {
                        state.directory.remove(row.number)
                    }
                }
                state.sealed = Set(marks.keys)
                for chunk in marks.keys { state.chunks[chunk] = nil }
                try ReadingLog.rows(db, after: replay.last) { row, octets in
                    replay.take(row, octets, into: &state)
                }
                state.tally.damagedBlocks += replay.damaged
            }
        }
        sequence = replay.last
    }
}
