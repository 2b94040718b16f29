#if PostgreSQL
    import Catalog
    import CatalogRows

    /// The catalog's own error for anything that was thrown on the way.
    func catalogError(_ error: any Error, operation: String) -> CatalogError {
        func failure(_ code: CatalogError.Code, _ message: String) -> CatalogError {
            CatalogError(code, operation: operation, message: message)
        }
        switch error {
        case let error as CatalogError:
            return CatalogError(error.code, operation: operation, message: error.message)
        case is CancellationError:
            return failure(.cancelled, "the task was cancelled; nothing was written")
        case let error as UnreadableValue:
            return failure(.invalidValue, error.message)
        case let error as ConnectionSettings.Wrong:
            return failure(.unavailable, error.message)
        case let error as RefusedRow:
            let (code, message) = meaning(of: error.refusal, values: error.values, removing: error.removing)
            return failure(code, message)
        case let error as PostgresFailure:
            let (code, message) = meaning(of: error)
            return failure(code, message)
        default:
            return failure(.unavailable, "\(error)")
        }
    }

    private func meaning(of error: PostgresFailure) -> (CatalogError.Code, String) {
        switch error {
        case .refused(let refusal):
            return meaning(of: refusal, values: [:], removing: false)
        case .broken(let said):
            return (.unavailable, "the PostgreSQL server cannot be reached (\(said)); check that it runs")
        case .unknownOutcome(let said):
            return (
                .unavailable,
                "the connection was lost while what was written was made durable (\(said)); whether it was is not known"
            )
        case .silent(let seconds):
            return (
                .unavailable,
                "the PostgreSQL server did not answer for \(Int(seconds)) s; check that it runs and is reached"
            )
        case .exhausted(let seconds, let connections):
            return (
                .busy,
                "all \(connections) connections to PostgreSQL were in use for \(Int(seconds)) s; try again, or allow"
                    + " more connections"
            )
        case .closed:
            return (.closed, "the catalog was closed; open it again")
        }
    }

    /// What a refusal means, by its SQLSTATE, and what to do about it.
    private func meaning(
        of refusal: PostgresFailure.Refusal, values: [String: String], removing: Bool
    ) -> (CatalogError.Code, String) {
        let said = refusal.message
        switch refusal.state {
        case let state where state.hasPrefix("23"):
            return constraint(refusal, values: values, removing: removing)
        case "57014" where Task.isCancelled:
            return (.cancelled, "the task was cancelled; nothing was written")
        case "57014":
            return (.busy, "the server stopped the statement (\(said)); try again when it has less to do")
        case "55P03", "40001", "40P01":
            return (.busy, "another program held the catalog for too long (\(said)); try again")
        case "53100":
            return (.full, "no room is left (\(said)); free some space on the disk of the PostgreSQL server")
        case "XX001", "XX002":
            return (.corrupt, "the database is damaged (\(said)); restore it from a backup")
        case "28P01", "28000":
            return (.unavailable, "PostgreSQL refuses the user (\(said)); check user and password")
        case "3D000":
            return (.unavailable, "there is no such database (\(said)); make it with createdb")
        case "42501":
            return (.unavailable, "the user lacks a right (\(said)); GRANT it")
        case "54000", "22001":
            return (.invalidValue, "a value is too long to be stored (\(said))")
        case let state where state.hasPrefix("22"):
            return (.invalidValue, "a value is outside what the schema allows (\(said))")
        default:
            return (.unavailable, "\(said) (SQLSTATE \(refusal.state))")
        }
    }

    private func constraint(
        _ refusal: PostgresFailure.Refusal, values: [String: String], removing: Bool
    ) -> (CatalogError.Code, String) {
        let table = refusal.table.map { "\($0)." } ?? ""
        switch refusal.state {
        case "23505", "23P01":
            return (.conflict, "\(keyed(refusal, table, values)) is taken already; choose another")
        case "23503" where removing, "23001" where removing:
            return (.conflict, "other rows still refer to it; change them first")
        case "23503":
            return (.invalidValue, "a reference leads nowhere (\(keyed(refusal, "", values))); make its target first")
        case "23502":
            return (.invalidValue, "\(table)\(refusal.column ?? "a column") must have a value")
        default:
            return (.invalidValue, "\(checked(refusal, values)) is outside what the schema allows")
        }
    }

    /// The column that a check is named after, with its value.
    private func checked(_ refusal: PostgresFailure.Refusal, _ values: [String: String]) -> String {
        guard let name = refusal.constraint?.split(separator: "/").first else { return refusal.message }
        let column = name.split(separator: ".").last.map(String.init) ?? ""
        return values[column].map { "\(name) = \($0)" } ?? String(name)
    }

    /// The columns of a key, with their values.
    private func keyed(_ refusal: PostgresFailure.Refusal, _ table: String, _ values: [String: String]) -> String {
        guard let key = refusal.key else { return refusal.constraint ?? refusal.message }
        let parts = key.columns.count == 1 ? [key.value] : key.value.split(separator: ", ").map(String.init)
        guard parts.count == key.columns.count else {
            return "\(table)\(key.columns.joined(separator: ", ")) = \(key.value)"
        }
        return zip(key.columns, parts).map { column, value in
            "\(table)\(column) = \(values[column] ?? value)"
        }.joined(separator: ", ")
    }
#endif
