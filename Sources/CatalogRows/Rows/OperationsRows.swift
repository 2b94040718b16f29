package import Inventory

extension SealedProfile: TableRow {
    package static let table = "snmp_credentials"
    package static let columns = ["name", "version", "sealed", "created_at", "updated_at"]

    package func write(to sink: inout some ColumnSink) {
        sink.text(name)
        sink.text(version.rawValue)
        sink.bytes(sealed)
        sink.time(createdAt)
        sink.time(updatedAt)
    }

    package init(reading row: inout some ColumnReading) throws {
        self.init(
            name: row.requiredText(), version: try row.word(), sealed: row.bytes(),
            createdAt: try row.requiredTime(), updatedAt: try row.requiredTime())
    }
}

extension JobRun: TableRow {
    package static let table = "job_runs"
    package static let columns = [
        "id", "job", "subject", "trigger_kind", "state", "scheduled_at", "started_at", "ended_at", "done", "total",
        "message", "results", "owner",
    ]

    package func write(to sink: inout some ColumnSink) {
        sink.id(id)
        sink.text(job)
        sink.text(subject)
        sink.text(trigger.rawValue)
        sink.text(state.rawValue)
        sink.time(scheduledAt)
        sink.time(startedAt)
        sink.time(endedAt)
        sink.integer(Int64(done))
        sink.integer(Int64(total))
        sink.text(message)
        sink.text(JSONText.counts(results))
        sink.text(owner)
    }

    package init(reading row: inout some ColumnReading) throws {
        let id = try row.requiredID(JobRun.self)
        let (job, subject) = (row.requiredText(), row.text())
        let (trigger, state): (JobTrigger, JobState) = (try row.word(), try row.word())
        self.init(id: id, job: job, subject: subject, trigger: trigger, scheduledAt: try row.requiredTime())
        self.state = state
        startedAt = try row.time()
        endedAt = try row.time()
        done = Int(row.requiredInteger())
        total = Int(row.requiredInteger())
        message = row.text()
        results = try JSONText.readCounts(row.requiredText(), column: "results")
        owner = row.text()
    }
}

extension AccessToken: TableRow {
    package static let table = "access_tokens"
    package static let columns = ["id", "name", "hash", "created_at", "revoked_at"]

    package func write(to sink: inout some ColumnSink) {
        sink.id(id)
        sink.text(name)
        sink.text(hash)
        sink.time(createdAt)
        sink.time(revokedAt)
    }

    package init(reading row: inout some ColumnReading) throws {
        self.init(
            id: try row.requiredID(AccessToken.self), name: row.requiredText(), hash: row.requiredText(),
            createdAt: try row.requiredTime(), revokedAt: try row.time())
    }
}
