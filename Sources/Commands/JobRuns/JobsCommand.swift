import ArgumentParser

/// `wardflux jobs`.
struct JobsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs",
        abstract: "See what ran and when jobs run next; start, follow and cancel runs.",
        subcommands: [List.self, Show.self, Schedules.self, Run.self, Follow.self, Cancel.self],
        defaultSubcommand: List.self)

    /// `wardflux jobs list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The latest runs, the last one first; `jobs show` tells all of one.")

        @Option(name: .long, help: "Only runs of this job.")
        var job: String?

        @Option(name: .long, help: "Only runs in this state (queued, running, succeeded, partial, failed, …).")
        var state: String?

        @Option(name: .long, help: "At most this many.")
        var limit = 20

        @OptionGroup var output: OutputOptions
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withAPI { client in
                var query: QueryItems = []
                if let job { query.append((name: "job", value: job)) }
                if let state { query.append((name: "state", value: state)) }
                let listed = try await client.list(Routes.jobRuns, query, limit: limit)
                output.print(
                    rows: listed.items, columns: Columns.jobRuns, whole: listed.envelope, empty: "No runs yet.")
            }
        }
    }

    /// `wardflux jobs show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "All that is known of one run.")

        @Argument(help: "Id of the run.")
        var id: String

        @OptionGroup var output: OutputOptions
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withAPI { client in
                output.print(object: try await client.get(Routes.jobRun(id)))
            }
        }
    }

    /// `wardflux jobs schedules`.
    struct Schedules: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The jobs, their schedules and next runs.")

        @OptionGroup var output: OutputOptions
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withAPI { client in
                let answer = try await client.get(Routes.schedules)
                let rows = answer["items"]?.items ?? []
                output.print(rows: rows, columns: Columns.schedules, whole: answer, empty: "No jobs.")
                let isAtRest = rows.allSatisfy { $0["next_run_at"]?.isNull ?? true }
                if isAtRest && !output.json && !output.csv {
                    Console.current.errorLine("Nothing runs by itself here; --server shows when a server runs them.")
                }
            }
        }
    }

    /// `wardflux jobs run`.
    struct Run: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Start a job now and follow it to its end.")

        @Argument(help: "Name of the job, for example discover-all-interfaces.")
        var name: String

        @Option(name: .long, help: "What it shall run on, for jobs that take a device.")
        var device: String?

        @OptionGroup var options: RunOptions
        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withAPI { client in
                let id = device == nil ? nil : try await Lookup.deviceID(device ?? "", client)
                let body: JSONValue? = id.map { ["subject": .string($0)] }
                try await options.finish(client) { try await client.send("POST", Routes.run(job: name), body) }
            }
        }
    }

    /// `wardflux jobs follow`.
    struct Follow: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Watch a run until it ends.")

        @Argument(help: "Id of the run.")
        var id: String

        @Flag(name: .long, help: "Print the run as JSON.")
        var json = false

        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withAPI { client in
                let run = try await JobFollower(client: client).follow(id)
                Console.current.line(json ? JSONWriter.pretty(run) : JobFollower.summary(of: run))
                let status = JobFollower.status(of: run)
                if status != .done { throw QuietExit(status: status) }
            }
        }
    }

    /// `wardflux jobs cancel`.
    struct Cancel: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Ask a run to stop.")

        @Argument(help: "Id of the run.")
        var id: String

        @OptionGroup var connection: ConnectionOptions

        func run() async throws {
            try await connection.withAPI { client in
                let run = try await client.send("POST", Routes.cancel(run: id))
                Console.current.line("asked the run \(id) to stop (\(run["state"]?.string ?? "running"))")
            }
        }
    }
}
