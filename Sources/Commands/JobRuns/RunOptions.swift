import ArgumentParser

/// How a command that starts a job waits for its end and tells of it.
struct RunOptions: ParsableArguments {
    @Flag(name: .long, help: "Print the run as JSON.")
    var json = false

    @Flag(name: .long, help: "Return at once with the id of the run; it needs a server to go on.")
    var noWait = false

    /// Attempts at a job whose run turns out to be that of a process that died.
    private static let attemptsMax = 3

    /// Starts a job, follows its run, and ends the command as the run ended.
    ///
    /// A run that is at work already is followed in place of a new one. Where that one was left behind by a process
    /// that died, it is found abandoned after a moment, and the job is started again.
    ///
    /// - Parameter show: prints the run as it ended, in place of its summary or its JSON.
    func finish(
        _ client: APIClient, show: (@Sendable (JSONValue) -> Void)? = nil,
        start: @Sendable () async throws -> JSONValue
    ) async throws {
        let console = Console.current
        var attempt = 1
        while true {
            let accepted = try await start()
            guard let id = accepted["id"]?.string else {
                throw CommandFailure("\(client.peer) accepted the job and names no run")
            }
            if noWait {
                console.line(json ? JSONWriter.pretty(accepted) : id)
                return
            }
            let run = try await JobFollower(client: client).follow(id)
            if run["state"]?.string == "abandoned" && attempt < Self.attemptsMax {
                console.errorLine("run \(id) was left behind by a process that died; starting again")
                attempt += 1
                continue
            }
            if let show {
                show(run)
            } else {
                console.line(json ? JSONWriter.pretty(run) : JobFollower.summary(of: run))
            }
            let status = JobFollower.status(of: run)
            if status != .done { throw QuietExit(status: status) }
            return
        }
    }
}
