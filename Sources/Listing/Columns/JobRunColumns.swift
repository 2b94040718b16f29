public import Inventory

/// The columns of `job_runs`, as JSON, CSV and queries name them.
public enum JobRunColumns {
    /// The table of job runs; the latest first where a query does not say.
    public static let schema = ListSchema<JobRun>(
        "jobs", columns: columns, defaultSort: [SortTerm("scheduled_at", descending: true)], id: { RowID($0.id) })

    private static let columns: [Column<JobRun>] = [
        Column("id", .identifier, "Identity of the run.") { Cell($0.id) },
        Column("job", .text, "Name of the job, such as discover-all-interfaces.", uses: .all) { Cell($0.job) },
        Column("subject", .text, "What it runs on, such as a device id; null for everything.", nullable: true) {
            Cell($0.subject)
        },
        Column("trigger", .text, "What made it run.", values: JobTrigger.allCases.map(\.rawValue)) {
            .text($0.trigger.rawValue)
        },
        Column("state", .text, "How it stands.", values: JobState.allCases.map(\.rawValue)) {
            .text($0.state.rawValue)
        },
        Column("scheduled_at", .time, "When it was due or asked for.") { .time($0.scheduledAt) },
        Column("started_at", .time, "When it began.", nullable: true) { Cell($0.startedAt) },
        Column("ended_at", .time, "When it ended.", nullable: true) { Cell($0.endedAt) },
        Column("duration_seconds", .real, "Seconds from beginning to end.", nullable: true) { run in
            guard let start = run.startedAt, let end = run.endedAt else { return .null }
            return .real(end.secondsSince(start))
        },
        Column("done", .integer, "Units of work done so far, such as devices.") { Cell($0.done) },
        Column("total", .integer, "Units of work in all; 0 while not known.") { Cell($0.total) },
        Column("message", .text, "How it ended, in a sentence.", nullable: true, uses: .all) { Cell($0.message) },
        Column("results", .counts, "Counted results by name.", uses: []) { .counts($0.results) },
        Column("owner", .text, "Which process runs it.", nullable: true) { Cell($0.owner) },
    ]
}
