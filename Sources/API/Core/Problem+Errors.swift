import Catalog
import Jobs
import Listing
import Series

extension Problem {
    /// What an error of a room below means to a client; nil for one that should not happen.
    static func of(_ error: any Error) -> Problem? {
        switch error {
        case let problem as Problem: problem
        case let error as ListError: of(error)
        case let error as CatalogError: of(error)
        case let error as JobError: of(error)
        case let error as SeriesError: of(error)
        case is CancellationError:
            unavailable("the server is stopping", remedy: "Ask again in a moment.")
        default: nil
        }
    }

    private static func of(_ error: ListError) -> Problem {
        let errors = error.problems.map { ProblemError(field: $0.parameter, value: $0.value, detail: $0.detail) }
        guard error.problems.allSatisfy({ $0.parameter == "cursor" && isWellFormed($0.value) }) else {
            return badQuery(errors)
        }
        return refused(
            errors.map(\.detail).joined(separator: "; "),
            remedy: "Give the next_cursor of the page before with the same sort, or leave it out.", errors: errors)
    }

    /// Whether a cursor has the letters of one.
    private static func isWellFormed(_ cursor: String) -> Bool {
        !cursor.isEmpty
            && cursor.utf8.allSatisfy { byte in
                switch byte {
                case 45, 48...57, 65...90, 95, 97...122: true
                default: false
                }
            }
    }

    private static func of(_ error: CatalogError) -> Problem {
        switch error.code {
        case .conflict:
            conflict(error.message, remedy: "Choose another value, or change the row that has it already.")
        case .invalidValue:
            refused(error.message, remedy: "Send a value within the limits of the field.")
        default:
            unavailable(error.message, remedy: "Ask again; /api/v1/health and the log say what is wrong.")
        }
    }

    private static func of(_ error: SeriesError) -> Problem {
        let remedy =
            error.code == .outcomeUnknown
            ? "Send the same again: what is there already is not added twice."
            : "Ask again; /api/v1/series/statistics, /api/v1/health and the log say what is wrong."
        return unavailable(error.message, remedy: remedy)
    }

    private static func of(_ error: JobError) -> Problem {
        switch error.code {
        case .unknownJob: missing("job", error, remedy: "GET /api/v1/jobs/schedules lists the jobs.")
        case .unknownRun: missing("run", error, remedy: "GET /api/v1/jobs lists the runs.")
        case .invalidSubject, .invalidSchedule, .invalidZone:
            refused(error.message, remedy: "Send a subject that the job takes, such as a device's id.")
        case .runEnded, .runsElsewhere:
            conflict(error.message, remedy: "GET /api/v1/jobs tells how the runs stand and whose they are.")
        default:
            unavailable(error.message, remedy: "Ask again in a moment; /api/v1/health says what is wrong.")
        }
    }

    private static func missing(_ what: String, _ error: JobError, remedy: String) -> Problem {
        Problem(
            status: 404, kind: "not-found", title: "There is no such \(what)", detail: error.message, remedy: remedy)
    }
}
