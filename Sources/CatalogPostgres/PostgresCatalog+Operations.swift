#if PostgreSQL
    public import Catalog
    import CatalogRows
    public import Inventory

    extension PostgresCatalog {
        /// All profiles, ordered by name.
        public func credentialProfiles() async throws(CatalogError) -> [SealedProfile] {
            try await with("reading credential profiles") { session in
                try await session.rows("\(SealedProfile.selectSQL) ORDER BY name")
            }
        }

        /// Adds a profile or replaces the one of the same name.
        public func saveCredentialProfile(_ profile: SealedProfile) async throws(CatalogError) {
            try await with("saving the credential profile '\(profile.name)'") { session in
                _ = try await session.save([profile])
            }
        }

        /// Removes a profile; false where there was none.
        public func removeCredentialProfile(named name: String) async throws(CatalogError) -> Bool {
            try await with("removing the credential profile '\(name)'") { session in
                do {
                    return try await session.run("DELETE FROM snmp_credentials WHERE name = $1", .text(name)) > 0
                } catch PostgresFailure.refused(let refusal) where refusal.state.hasPrefix("23") {
                    throw RefusedRow(refusal: refusal, values: ["name": name], removing: true)
                }
            }
        }

        /// The latest runs first, by `scheduledAt`, then id.
        public func jobRuns(_ query: JobRunQuery) async throws(CatalogError) -> [JobRun] {
            var conditions = Conditions()
            if let job = query.job { conditions.add("job = \(conditions.number(.text(job)))") }
            conditions.add("state", in: query.states)
            let limit = conditions.number(.count(query.limit))
            let statement = conditions.statement(
                JobRun.selectSQL, "ORDER BY scheduled_at DESC, id DESC LIMIT \(limit)")
            return try await with("reading job runs") { session in try await session.one(statement).rows() }
        }

        /// One run; nil where there is none.
        public func jobRun(_ id: JobRunID) async throws(CatalogError) -> JobRun? {
            try await with("reading a job run") { session in
                try await session.first("\(JobRun.selectSQL) WHERE id = $1", .id(id))
            }
        }

        /// Adds a run or replaces the one of the same id.
        public func saveJobRun(_ run: JobRun) async throws(CatalogError) {
            try await with("saving a run of \(run.job)") { session in _ = try await session.save([run]) }
        }

        /// Takes or renews the lock of a job; one whose end is absurdly far ahead counts as free.
        public func lockJob(
            _ key: String, holder: String, now: Timestamp, until: Timestamp
        ) async throws(CatalogError) -> Bool {
            let sql = """
                INSERT INTO job_locks (key, holder, locked_until) VALUES ($1, $2, $3)
                ON CONFLICT (key) DO UPDATE SET holder = excluded.holder, locked_until = excluded.locked_until
                WHERE job_locks.holder = excluded.holder
                   OR job_locks.locked_until <= $4 OR job_locks.locked_until > $5
                """
            return try await with("locking the job '\(key)'") { session in
                try await session.run(
                    sql, .text(key), .text(holder), .time(until), .time(now.clamped),
                    .time(now.advanced(bySeconds: jobLockSecondsMax).clamped)) > 0
            }
        }

        /// Gives a lock back, where this holder has it.
        public func unlockJob(_ key: String, holder: String) async throws(CatalogError) {
            try await with("unlocking the job '\(key)'") { session in
                _ = try await session.run(
                    "DELETE FROM job_locks WHERE key = $1 AND holder = $2", .text(key), .text(holder))
            }
        }

        /// Removes old final runs, but keeps the latest final run of each (job, subject).
        public func removeJobRuns(endedBefore time: Timestamp) async throws(CatalogError) -> Int {
            let final = JobState.allCases.filter(\.isFinal).map { "'\($0.rawValue)'" }.joined(separator: ", ")
            let sql = """
                DELETE FROM job_runs AS old
                WHERE state IN (\(final)) AND ended_at < $1 AND EXISTS (
                  SELECT 1 FROM job_runs AS later
                  WHERE later.job = old.job AND later.subject IS NOT DISTINCT FROM old.subject
                    AND later.state IN (\(final)) AND (later.scheduled_at, later.id) > (old.scheduled_at, old.id)
                )
                """
            return try await with("removing old job runs") { session in
                try await session.run(sql, .time(time.clamped))
            }
        }

        /// All tokens, ordered by creation, then id.
        public func accessTokens() async throws(CatalogError) -> [AccessToken] {
            try await with("reading access tokens") { session in
                try await session.rows("\(AccessToken.selectSQL) ORDER BY created_at, id")
            }
        }

        /// Adds a token or replaces the one of the same id.
        public func saveAccessToken(_ token: AccessToken) async throws(CatalogError) {
            try await with("saving the access token '\(token.name)'") { session in _ = try await session.save([token]) }
        }

        /// All memories, ordered by address.
        public func agentMemories() async throws(CatalogError) -> [StoredAgentMemory] {
            try await with("reading what was learnt of agents") { session in
                try await session.rows("\(StoredAgentMemory.selectSQL) ORDER BY address")
            }
        }

        /// Adds memories or replaces those of the same addresses, and removes others, in one transaction.
        public func reviseAgentMemories(
            saving saved: [StoredAgentMemory], removing addresses: [String]
        ) async throws(CatalogError) {
            guard !saved.isEmpty || !addresses.isEmpty else { return }
            try await change("saving what was learnt of agents") { session in
                if !addresses.isEmpty {
                    try await session.run("DELETE FROM agent_memories WHERE address = ANY($1)", .texts(addresses))
                }
                _ = try await session.save(lastOfEach(saved, by: \.address))
            }
        }
    }
#endif
