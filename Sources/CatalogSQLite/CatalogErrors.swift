import Catalog
import CatalogRows
import GRDB

/// A row that the schema refused, with what was to be written, so that the message can name the value.
struct RefusedRow: Error {
    /// What SQLite said.
    var cause: DatabaseError
    /// The values of the row by column.
    var values: [String: String]
    /// Whether the row was to be removed.
    var removing = false
}

/// The catalog's own error for anything that was thrown on the way.
func catalogError(_ error: any Error, operation: String) -> CatalogError {
    func failure(_ code: CatalogError.Code, _ message: String) -> CatalogError {
        CatalogError(code, operation: operation, message: message)
    }
    switch error {
    case let error as CatalogError:
        return CatalogError(error.code, operation: operation, message: error.message)
    case is ClosedStore:
        return failure(.closed, "the catalog was closed; open it again")
    case is CancellationError:
        return failure(.cancelled, "the task was cancelled; nothing was written")
    case let error as UnreadableValue:
        return failure(.invalidValue, error.message)
    case let error as RefusedRow:
        return refusal(error.cause, values: error.values, removing: error.removing, operation: operation)
    case let error as DatabaseError:
        return refusal(error, values: [:], removing: false, operation: operation)
    default:
        return failure(.unavailable, "\(error)")
    }
}

private func refusal(
    _ error: DatabaseError, values: [String: String], removing: Bool, operation: String
) -> CatalogError {
    if error.resultCode == .SQLITE_CONSTRAINT {
        return constraint(error, values: values, removing: removing, operation: operation)
    }
    let said = error.message ?? "SQLite result \(error.extendedResultCode.rawValue)"
    let (code, message) = meaning(of: error, said: said)
    return CatalogError(code, operation: operation, message: message)
}

/// What a result of SQLite other than a refused row means, and what to do about it.
private func meaning(of error: DatabaseError, said: String) -> (CatalogError.Code, String) {
    switch error.resultCode {
    case .SQLITE_INTERRUPT, .SQLITE_ABORT:
        return (.cancelled, "the task was cancelled; nothing was written")
    case .SQLITE_BUSY, .SQLITE_LOCKED:
        return (.busy, "another process held the catalog for too long (\(said)); try again, or end that process")
    case .SQLITE_FULL:
        return (.full, "no room is left (\(said)); free some space on the disk of the data directory")
    case .SQLITE_CORRUPT, .SQLITE_NOTADB:
        return (.corrupt, "the file is damaged or is no catalog (\(said)); restore it from a backup")
    case .SQLITE_CANTOPEN:
        return (
            .unavailable,
            "the file cannot be opened (\(said)); check that its folder exists and that this user may write there"
        )
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
        return (.unavailable, "the file cannot be written (\(said)); check the rights of the file and its folder")
    case .SQLITE_IOERR:
        return (.unavailable, "the disk failed (\(said)); check the disk of the data directory")
    case .SQLITE_MISUSE where said.contains("closed"):
        return (.closed, "the catalog was closed; open it again")
    case .SQLITE_TOOBIG:
        return (.invalidValue, "a value is too long to be stored (\(said))")
    default:
        return (.unavailable, said)
    }
}

private func constraint(
    _ error: DatabaseError, values: [String: String], removing: Bool, operation: String
) -> CatalogError {
    let said = error.message ?? "constraint failed"
    let columns = constrainedColumns(said)
    let shown = columns.map { column in
        let bare = column.split(separator: ".").last.map(String.init) ?? column
        return values[bare].map { "\(column) = \($0)" } ?? column
    }.joined(separator: ", ")
    switch error.extendedResultCode {
    case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID:
        return CatalogError(.conflict, operation: operation, message: "\(shown) is taken already; choose another")
    // ON DELETE RESTRICT is reported as a trigger's refusal.
    case .SQLITE_CONSTRAINT_FOREIGNKEY where removing, .SQLITE_CONSTRAINT_TRIGGER where removing:
        return CatalogError(.conflict, operation: operation, message: "other rows still refer to it; change them first")
    case .SQLITE_CONSTRAINT_FOREIGNKEY:
        let references = referenceColumns.compactMap { name in values[name].map { "\(name) = \($0)" } }
        return CatalogError(
            .invalidValue, operation: operation,
            message: "a reference leads nowhere (\(references.joined(separator: ", "))); make its target first")
    case .SQLITE_CONSTRAINT_NOTNULL:
        return CatalogError(.invalidValue, operation: operation, message: "\(shown) must have a value")
    default:
        let detail = columns.isEmpty ? said : shown
        return CatalogError(
            .invalidValue, operation: operation, message: "\(detail) is outside what the schema allows")
    }
}

/// Columns that refer to other rows; the message of a failed reference lists those that the row fills.
private let referenceColumns = [
    "device_id", "interface_id", "credential_profile", "connected_to_device_id", "connected_to_interface_id",
    "alert_id",
]

/// The columns a refusal names: `UNIQUE constraint failed: standalone_devices.ip, standalone_devices.port`.
///
/// Checks are named after their column in the schema, so they read the same.
func constrainedColumns(_ message: String) -> [String] {
    guard let colon = message.firstIndex(of: ":") else { return [] }
    return message[message.index(after: colon)...].split(separator: ",").map { part in
        String(part.drop { $0 == " " })
    }
}
