import GRDB
import Series

/// Thrown inside the module when a closed store is used.
struct ClosedSeries: Error {}

/// Thrown inside the module when something is to be changed in a store that is only read.
struct ReadOnlySeries: Error {}

extension DatabaseError {
    /// Whether the file itself is not what it should be.
    var isDamage: Bool {
        resultCode == .SQLITE_CORRUPT || resultCode == .SQLITE_NOTADB
    }

    /// Whether there is no more space.
    var isFull: Bool { resultCode == .SQLITE_FULL }

    /// Whether SQLite cannot make the index of a write-ahead log beside its file, as where no octet is free.
    var lacksIndex: Bool {
        switch extendedResultCode {
        case .SQLITE_IOERR_SHMSIZE, .SQLITE_IOERR_SHMMAP, .SQLITE_IOERR_SHMOPEN: true
        default: isFull || resultCode == .SQLITE_CANTOPEN
        }
    }
}

/// The store's own error for anything that was thrown on the way.
func seriesError(_ error: any Error, _ operation: String) -> SeriesError {
    switch error {
    case let error as SeriesError: error
    case is ClosedSeries: SeriesError(.closed, message: "\(operation): the store was closed; open it again")
    case is ReadOnlySeries:
        SeriesError(.failed, message: "\(operation): the store was opened read-only; write through the server")
    case is CancellationError: SeriesError(.cancelled, message: "\(operation): cancelled")
    case let error as LaterVersion:
        SeriesError(
            .cannotOpen,
            message: "\(error.path) has version \(error.version), written by a later program; use that program")
    case let error as DatabaseError: databaseError(error, operation)
    default: SeriesError(.failed, message: "\(operation): \(error)")
    }
}

private func databaseError(_ error: DatabaseError, _ operation: String) -> SeriesError {
    let said = error.message ?? "SQLite result \(error.extendedResultCode.rawValue)"
    // Where an index cannot grow, no space is left either.
    let code = error.extendedResultCode == .SQLITE_IOERR_SHMSIZE ? .SQLITE_FULL : error.resultCode
    switch code {
    case .SQLITE_FULL:
        return SeriesError(.full, message: "\(operation): no space is left (\(said)); free some on the disk")
    case .SQLITE_IOERR:
        return SeriesError(.failed, message: "\(operation): the disk failed (\(said)); check the disk and its log")
    case .SQLITE_CORRUPT, .SQLITE_NOTADB:
        return SeriesError(.damaged, message: "\(operation): a file is damaged (\(said)); restore it from a backup")
    case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY, .SQLITE_AUTH:
        return SeriesError(
            .cannotOpen, message: "\(operation): a file cannot be opened or written (\(said)); check its rights")
    case .SQLITE_INTERRUPT:
        return SeriesError(.cancelled, message: "\(operation): cancelled")
    default:
        return SeriesError(.failed, message: "\(operation): \(said)")
    }
}
