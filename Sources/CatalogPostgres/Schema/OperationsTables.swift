#if PostgreSQL
    /// Job runs, job locks, access tokens, and what was learnt of agents.
    enum OperationsTables {
        static let statements = [runs, locks, tokens, memories] + indexes

        private static let states = ["queued", "running", "succeeded", "partial", "failed", "cancelled", "abandoned"]

        private static let runs = """
            CREATE TABLE job_runs (
              id UUID PRIMARY KEY,
              \(ColumnText.name("job_runs", "job")),
              \(ColumnText.texts("subject")),
              \(ColumnText.word("job_runs", "trigger_kind", of: ["schedule", "startup", "manual"])),
              \(ColumnText.word("job_runs", "state", of: states)),
              \(ColumnText.time("job_runs", "scheduled_at")),
              \(ColumnText.time("job_runs", "started_at", required: false)),
              \(ColumnText.time("job_runs", "ended_at", required: false)),
              \(ColumnText.count("job_runs", "done")),
              \(ColumnText.count("job_runs", "total")),
              \(ColumnText.texts("message")),
              \(ColumnText.json("job_runs", "results", "object")),
              \(ColumnText.texts("owner"))
            ) WITH (fillfactor = 70)
            """

        private static let locks = """
            CREATE TABLE job_locks (
              \(ColumnText.name("job_locks", "key")) PRIMARY KEY,
              \(ColumnText.name("job_locks", "holder")),
              \(ColumnText.time("job_locks", "locked_until"))
            ) WITH (fillfactor = 50)
            """

        private static let tokens = """
            CREATE TABLE access_tokens (
              id UUID PRIMARY KEY,
              \(ColumnText.name("access_tokens", "name")),
              \(ColumnText.name("access_tokens", "hash")) UNIQUE,
              \(ColumnText.time("access_tokens", "created_at")),
              \(ColumnText.time("access_tokens", "revoked_at", required: false))
            )
            """

        private static let memories = """
            CREATE TABLE agent_memories (
              \(ColumnText.name("agent_memories", "address")) PRIMARY KEY,
              memory BYTEA NOT NULL,
              \(ColumnText.time("agent_memories", "updated_at"))
            )
            """

        private static let indexes = [
            "CREATE INDEX job_runs_scheduled ON job_runs (scheduled_at, id)",
            "CREATE INDEX job_runs_job ON job_runs (job, scheduled_at, id)",
            "CREATE INDEX job_runs_open ON job_runs (state) WHERE state IN ('queued', 'running')",
        ]
    }
#endif
