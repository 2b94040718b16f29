import Catalog
import Inventory
import Jobs
import Synchronization

/// Job records and locks in memory, with faults on request.
final class MemoryJobCatalog: JobCatalog {
    struct State {
        var runs: [JobRunID: JobRun] = [:]
        var saves: [JobRun] = []
        var locks: [String: (holder: String, until: Timestamp)] = [:]
        var isUnavailable = false
    }

    let state: Mutex<State>

    init(runs: [JobRun] = []) {
        var initial = State()
        for run in runs { initial.runs[run.id] = run }
        state = Mutex(initial)
    }

    /// All runs, the earliest due first.
    var runs: [JobRun] {
        state.withLock { state in
            state.runs.values.sorted { ($0.scheduledAt, $0.id) < ($1.scheduledAt, $1.id) }
        }
    }

    /// Everything that was ever saved, in order.
    var saves: [JobRun] { state.withLock { $0.saves } }

    func holdLock(_ key: String, holder: String, until: Timestamp) {
        state.withLock { $0.locks[key] = (holder, until) }
    }

    func setUnavailable(_ isUnavailable: Bool) {
        state.withLock { $0.isUnavailable = isUnavailable }
    }

    func jobRuns(_ query: JobRunQuery) async throws(CatalogError) -> [JobRun] {
        try check("reading runs")
        let matching = runs.reversed().filter { run in
            (query.job == nil || query.job == run.job) && (query.states.isEmpty || query.states.contains(run.state))
        }
        return Array(matching.prefix(query.limit))
    }

    func jobRun(_ id: JobRunID) async throws(CatalogError) -> JobRun? {
        try check("reading a run")
        return state.withLock { $0.runs[id] }
    }

    func saveJobRun(_ run: JobRun) async throws(CatalogError) {
        try check("saving a run")
        state.withLock { state in
            state.runs[run.id] = run
            state.saves.append(run)
        }
    }

    func lockJob(
        _ key: String, holder: String, now: Timestamp, until: Timestamp
    ) async throws(CatalogError) -> Bool {
        try check("locking a job")
        return state.withLock { state in
            if let lock = state.locks[key], lock.holder != holder, now < lock.until { return false }
            state.locks[key] = (holder, until)
            return true
        }
    }

    func unlockJob(_ key: String, holder: String) async throws(CatalogError) {
        try check("unlocking a job")
        state.withLock { state in
            if state.locks[key]?.holder == holder { state.locks[key] = nil }
        }
    }

    func removeJobRuns(endedBefore time: Timestamp) async throws(CatalogError) -> Int {
        try check("removing runs")
        return state.withLock { state in
            let old = state.runs.values.filter { run in (run.endedAt ?? time) < time }
            for run in old { state.runs[run.id] = nil }
            return old.count
        }
    }

    /// A catalog in a cancelled task writes nothing, as the real ones do.
    private func check(_ operation: String) throws(CatalogError) {
        if Task.isCancelled { throw CatalogError(.cancelled, operation: operation, message: "the task was cancelled") }
        if state.withLock({ $0.isUnavailable }) {
            throw CatalogError(.unavailable, operation: operation, message: "the disk is gone")
        }
    }
}
