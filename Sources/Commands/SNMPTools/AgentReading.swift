import SNMP

/// What was read of one agent, and whether that is all.
struct AgentReading: Sendable {
    /// How the reading ended.
    enum Status: String, Sendable {
        /// All was read.
        case complete
        /// What was read is right, but there may be more.
        case partial
        /// Nothing could be read.
        case failed
    }

    /// What was read, in the order it came.
    var varBinds: [VarBind] = []
    /// The agent's word that it has nothing of what was walked; for people only.
    var absence: VarBind?
    /// How it ended.
    var status = Status.complete
    /// Why it is not complete; nil where it is.
    var reason: String?
    /// Deviations from the standards that were tolerated, see `ToleratedNames`.
    var tolerated: [String] = []
    /// Requests sent, without retransmissions.
    var requests: UInt64 = 0
    /// What people are told where it failed.
    var failure: CommandFailure?
    /// How long it took.
    var elapsed = Duration.zero
    /// What the engine counted; nil where none ran.
    var statistics: EngineStatistics?

    /// How the process ends.
    var exitStatus: ExitStatus {
        switch status {
        case .complete: .done
        case .partial: .incomplete
        case .failed: .noAnswer
        }
    }

    /// Takes over how a column ended.
    mutating func end(_ column: ColumnStatus) {
        switch column {
        case .complete, .absent: return
        case .partial(let fault): (status, reason) = (.partial, "\(fault)")
        case .failed(let fault): (status, reason) = (.failed, "\(fault)")
        }
    }

    /// `status`, `reason`, `tolerated` and `requests`, the members that every JSON answer ends with.
    var outcome: [JSONValue.Member] {
        [
            JSONValue.Member(name: "status", value: .string(status.rawValue)),
            JSONValue.Member(name: "reason", value: JSONValue(reason)),
            JSONValue.Member(name: "tolerated", value: .array(tolerated.map(JSONValue.string))),
            JSONValue.Member(name: "requests", value: JSONValue(requests)),
        ]
    }

    /// `{"rows": […], "status": …, "reason": …, "tolerated": […], "requests": …}`.
    var json: JSONValue {
        .object([JSONValue.Member(name: "rows", value: .array(varBinds.map { ValueText.json($0) }))] + outcome)
    }

    /// Tells people what is missing, and ends the command with the status that says so.
    func conclude() throws {
        let console = Console.current
        switch status {
        case .complete: return
        case .partial:
            let count = Units.count(Int64(varBinds.count), "value")
            let what = varBinds.isEmpty ? "not all was read" : "broke off after \(count)"
            console.errorLine("warning: \(what): \(TextWidth.safe(reason ?? "unknown"))")
        case .failed:
            let told = failure ?? CommandFailure(reason ?? "nothing could be read")
            console.errorLine(told.description)
        }
        throw QuietExit(status: exitStatus)
    }
}
