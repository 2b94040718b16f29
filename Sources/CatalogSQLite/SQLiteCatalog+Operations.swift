public import Catalog
import CatalogRows
import GRDB
public import Inventory

extension SQLiteCatalog {
    /// All profiles, ordered by name.
    public func credentialProfiles() async throws(CatalogError) -> [SealedProfile] {
        try await read("reading credential profiles") { db in
            try db.rows("\(SealedProfile.selectSQL) ORDER BY name")
        }
    }

    /// Adds a profile or replaces the one of the same name.
    public func saveCredentialProfile(_ profile: SealedProfile) async throws(CatalogError) {
        try await write("saving the credential profile '\(profile.name)'") { db in
            try db.run(db.cachedStatement(sql: SealedProfile.saveSQL), profile)
        }
    }

    /// Removes a profile; false where there was none.
    public func removeCredentialProfile(named name: String) async throws(CatalogError) -> Bool {
        try await write("removing the credential profile '\(name)'") { db in
            do {
                try db.run("DELETE FROM snmp_credentials WHERE name = ?1") { sink in sink.text(name) }
            } catch let error as DatabaseError {
                throw RefusedRow(cause: error, values: ["name": name], removing: true)
            }
            return db.changesCount > 0
        }
    }

    /// The latest runs first, by `scheduledAt`, then id.
    public func jobRuns(_ query: JobRunQuery) async throws(CatalogError) -> [JobRun] {
        let words = query.states.map { "\"\($0.rawValue)\"" }.joined(separator: ",")
        var conditions: [String] = []
        if query.job != nil { conditions.append("job = ?2") }
        if !query.states.isEmpty { conditions.append("state IN (SELECT value FROM json_each(?3))") }
        let condition = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
        let sql = "\(JobRun.selectSQL)\(condition) ORDER BY scheduled_at DESC, id DESC LIMIT ?1"
        return try await read("reading job runs") { db in
            try db.rows(sql) { sink in
                sink.integer(Int64(max(0, query.limit)))
                if query.job != nil || !query.states.isEmpty { sink.text(query.job) }
                if !query.states.isEmpty { sink.text("[\(words)]") }
            }
        }
    }

    /// One run; nil where there is none.
    public func jobRun(_ id: JobRunID) async throws(CatalogError) -> JobRun? {
        try await read("reading a job run") { db in
            let found: [JobRun] = try db.rows("\(JobRun.selectSQL) WHERE id = ?1") { sink in sink.id(id) }
            return found.first
        }
    }

    /// Adds a run or replaces the one of the same id.
    public func saveJobRun(_ run: JobRun) async throws(CatalogError) {
        try await write("saving a run of \(run.job)") { db in
            try db.run(db.cachedStatement(sql: JobRun.saveSQL), run)
        }
    }

    /// Takes or renews the lock of a job; one whose end is absurdly far ahead counts as free.
    public func lockJob(
        _ key: String, holder: String, now: Timestamp, until: Timestamp
    ) async throws(CatalogError) -> Bool {
        try await write("locking the job '\(key)'") { db in
            let sql = """
                INSERT INTO job_locks (key, holder, locked_until) VALUES (?1, ?2, ?3)
                ON CONFLICT (key) DO UPDATE SET holder = excluded.holder, locked_until = excluded.locked_until
                WHERE job_locks.holder = excluded.holder
                   OR job_locks.locked_until <= ?4 OR job_locks.locked_until > ?5
                """
            try db.run(sql) { sink in
                sink.text(key)
                sink.text(holder)
                sink.time(until)
                sink.time(now)
                sink.time(now.advanced(bySeconds: jobLockSecondsMax))
            }
            return db.changesCount > 0
        }
    }

    /// Gives a lock back, where this holder has it.
    public func unlockJob(_ key: String, holder: String) async throws(CatalogError) {
        try await write("unlocking the job '\(key)'") { db in
            try db.run("DELETE FROM job_locks WHERE key = ?1 AND holder = ?2") { sink in
                sink.text(key)
                sink.text(holder)
            }
        }
    }

    /// Removes old final runs, but keeps the latest final run of each (job, subject).
    public func removeJobRuns(endedBefore time: Timestamp) async throws(CatalogError) -> Int {
        let final = JobState.allCases.filter(\.isFinal).map { "'\($0.rawValue)'" }.joined(separator: ", ")
        let sql = """
            DELETE FROM job_runs AS old
            WHERE state IN (\(final)) AND ended_at < ?1 AND EXISTS (
              SELECT 1 FROM job_runs AS later
              WHERE later.job = old.job AND later.subject IS old.subject AND later.state IN (\(final))
                AND (later.scheduled_at, later.id) > (old.scheduled_at, old.id)
            )
            """
        return try await write("removing old job runs") { db in
            try db.run(sql) { sink in sink.time(time) }
            return db.changesCount
        }
    }

    /// All tokens, ordered by creation, then id.
    public func accessTokens() async throws(CatalogError) -> [AccessToken] {
        try await read("reading access tokens") { db in
            try db.rows("\(AccessToken.selectSQL) ORDER BY created_at, id")
        }
    }

    /// Adds a token or replaces the one of the same id.
    public func saveAccessToken(_ token: AccessToken) async throws(CatalogError) {
        try await write("saving the access token '\(token.name)'") { db in
            try db.run(db.cachedStatement(sql: AccessToken.saveSQL), token)
        }
    }
}
