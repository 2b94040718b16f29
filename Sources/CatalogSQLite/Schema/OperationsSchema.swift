/// Job runs, job locks and access tokens: version 2 of the schema.
enum OperationsSchema {
    static let statements = [runs, locks, tokens] + indexes

    private static let states = ["queued", "running", "succeeded", "partial", "failed", "cancelled", "abandoned"]

    private static let runs = """
        CREATE TABLE job_runs (
          \(SQLText.id("job_runs", "id", "PRIMARY KEY NOT NULL")),
          \(SQLText.name("job_runs", "job")),
          subject TEXT,
          \(SQLText.word("job_runs", "trigger_kind", of: ["schedule", "startup", "manual"])),
          \(SQLText.word("job_runs", "state", of: states)),
          \(SQLText.time("job_runs", "scheduled_at")),
          \(SQLText.time("job_runs", "started_at", required: false)),
          \(SQLText.time("job_runs", "ended_at", required: false)),
          \(SQLText.number("job_runs", "done")),
          \(SQLText.number("job_runs", "total")),
          message TEXT,
          results TEXT NOT NULL CONSTRAINT "job_runs.results"
            CHECK (json_valid(results) AND json_type(results) = 'object'),
          owner TEXT
        ) STRICT
        """

    private static let locks = """
        CREATE TABLE job_locks (
          key TEXT PRIMARY KEY NOT NULL CONSTRAINT "job_locks.key" CHECK (key <> ''),
          \(SQLText.name("job_locks", "holder")),
          \(SQLText.time("job_locks", "locked_until"))
        ) STRICT
        """

    private static let tokens = """
        CREATE TABLE access_tokens (
          \(SQLText.id("access_tokens", "id", "PRIMARY KEY NOT NULL")),
          \(SQLText.name("access_tokens", "name")),
          hash TEXT NOT NULL UNIQUE CONSTRAINT "access_tokens.hash" CHECK (hash <> ''),
          \(SQLText.time("access_tokens", "created_at")),
          \(SQLText.time("access_tokens", "revoked_at", required: false))
        ) STRICT
        """

    private static let indexes = [
        "CREATE INDEX job_runs_scheduled ON job_runs (scheduled_at, id)",
        "CREATE INDEX job_runs_job ON job_runs (job, scheduled_at, id)",
        "CREATE INDEX job_runs_open ON job_runs (state) WHERE state IN ('queued', 'running')",
    ]
}
