import Inventory

/// Watches a run of a job until it ends, with a progress bar where a person looks on.
struct JobFollower: Sendable {
    /// The API it asks.
    let client: APIClient
    /// Waits between two questions: short enough for a bar that moves, long enough to cost nothing.
    var pause: @Sendable () async throws -> Void = { try await Task.sleep(for: .milliseconds(150)) }
    /// Seconds after which a run that is not recorded is one that does not exist.
    var recordSecondsMax = 2.0
    /// Seconds since the process began to follow.
    var elapsedSeconds: @Sendable () -> Double = {
        let began = ContinuousClock.now
        return { Double((ContinuousClock.now - began) / .seconds(1)) }
    }()

    /// Asks again and again until the run has ended; returns it as it ended.
    func follow(_ id: String) async throws -> JSONValue {
        let display = ProgressDisplay(console: .current)
        defer { display.clear() }
        while true {
            guard let run = try await record(id) else {
                try await pause()
                continue
            }
            guard let state = run["state"]?.string.flatMap(JobState.init) else {
                throw CommandFailure("\(client.peer) tells no known state of the run \(id)")
            }
            if state.isFinal { return run }
            display.show(
                ProgressLine(
                    label: run["job"]?.string ?? id, done: Int(run["done"]?.integer ?? 0),
                    total: Int(run["total"]?.integer ?? 0), elapsedSeconds: elapsedSeconds()))
            try await pause()
        }
    }

    /// The run as it stands; nil where it was accepted a moment ago and is not recorded yet.
    private func record(_ id: String) async throws -> JSONValue? {
        do {
            return try await client.get(Routes.jobRun(id))
        } catch let failure as CommandFailure where failure.httpStatus == 404 && elapsedSeconds() < recordSecondsMax {
            return nil
        }
    }

    /// How a command ends that started this run.
    static func status(of run: JSONValue) -> ExitStatus {
        switch run["state"]?.string.flatMap(JobState.init) {
        case .succeeded: .done
        case .partial: nothingWasRead(run) ? .failed : .partial
        case .failed, .cancelled, .abandoned, .queued, .running, nil: .failed
        }
    }

    /// Whether a discovery failed on every device it tried.
    private static func nothingWasRead(_ run: JSONValue) -> Bool {
        func count(_ name: String) -> Int64 { run["results"]?[name]?.integer ?? 0 }
        let read = count("devices_discovered") + count("devices_partial") + count("devices_read")
        return count("devices_failed") > 0 && read == 0
    }

    /// What a person is told of a run that ended: its state, its message, its counted results.
    static func summary(of run: JSONValue) -> String {
        let state = run["state"]?.string ?? "unknown"
        let name = run["job"]?.string ?? "run"
        var text = "\(name) \(state)"
        if let message = run["message"]?.string, !message.isEmpty {
            text += ": " + TextWidth.safe(CommandWords.withoutCode(message))
        }
        for result in run["results"]?.members ?? [] {
            let words = String(result.name.map { $0 == "_" ? " " : $0 })
            text += "\n  \(words): \(result.value.integer.map(Units.count) ?? result.value.plainText)"
        }
        return text
    }
}

/// Draws a progress line over itself on standard error; does nothing where that is no terminal.
struct ProgressDisplay: Sendable {
    let console: Console

    func show(_ line: ProgressLine) {
        guard let width = console.errorWidth else { return }
        console.writeError("\r\u{1B}[K" + TextWidth.safe(line.render(width: width - 1)))
    }

    func clear() {
        guard console.errorWidth != nil else { return }
        console.writeError("\r\u{1B}[K")
    }
}
