import Catalog
import Inventory
import Jobs
import Listing

/// `/jobs`: what ran, what runs, what will run; start and stop.
struct JobRoutes: RouteGroup {
    let state: APIState
    private static let tag = "jobs"
    private static let schema = JobRunColumns.schema
    /// The latest runs that lists show.
    private static let runsMax = 10_000
    private static let subjectRule = TextRule.text(max: 1000, min: 1)

    var routes: [Route] {
        [list, schedules, one, run, cancel]
    }

    private var list: Route {
        Route(
            method: "GET", path: "/jobs", operation: "listJobRuns", tag: Self.tag,
            summary: "The runs of jobs, the latest first.", query: Self.schema.listParameters(),
            answers: [AnswerDescriptions.list("JobRunPage", "A page of runs.")]
        ) { call in
            let runs = try await state.services.catalog.jobRuns(JobRunQuery(limit: Self.runsMax))
            return try Answers.list(Listing(runs, schema: Self.schema), call)
        }
    }

    private var schedules: Route {
        Route(
            method: "GET", path: "/jobs/schedules", operation: "listSchedules", tag: Self.tag,
            summary: "The jobs, when they are due, and when they run next.",
            query: ShortLists.schedules.listParameters(limitDefault: ShortLists.limitDefault),
            answers: [AnswerDescriptions.list("JobSchedulePage", "A page of jobs.")]
        ) { call in
            let rows = PlacedRow.all(await state.services.jobs.schedules())
            return try Answers.list(
                Listing(rows, schema: ShortLists.schedules), call, limitDefault: ShortLists.limitDefault)
        }
    }

    private var one: Route {
        Route(
            method: "GET", path: "/jobs/{id}", operation: "getJobRun", tag: Self.tag, summary: "One run.",
            pathParameters: [PathParameters.id("Id of the run.")],
            answers: [AnswerDescriptions.json("JobRun", "The run.")]
        ) { call in
            let id: JobRunID = try Self.thing.id(call)
            let recorded = try await state.services.catalog.jobRun(id)
            let active = recorded == nil ? await state.services.jobs.activeRun(id) : nil
            guard let run = recorded ?? active else { throw Self.thing.missing("\(id)") }
            // Who sees a run end wants to see what it did.
            if run.state.isFinal { state.inventoryChanged() }
            return Answers.row(run, Self.schema)
        }
    }

    private var run: Route {
        Route(
            method: "POST", path: "/jobs/{name}/run", operation: "runJob", tag: Self.tag, summary: "Runs a job now.",
            pathParameters: [
                PathParameter(
                    name: "name", doc: "Name of the job, such as discover-all-interfaces.",
                    schema: ["type": "string", "minLength": 1])
            ],
            body: BodyDescription(
                doc: "What it shall run on.",
                contents: [
                    (
                        "application/json",
                        Schema.object(
                            [("subject", Schema.nullable(Self.subjectRule.schema))], required: [])
                    )
                ], isRequired: false),
            answers: [AnswerDescriptions.accepted, CommonAnswers.problem(422, "The job does not take this subject.")]
        ) { call in
            var fields = try BodyFields(call.request)
            let subject = fields.text("subject", Self.subjectRule).value
            try fields.finish()
            return try await JobStarter(state: state).start(call.path["name"] ?? "", subject: subject)
        }
    }

    private var cancel: Route {
        Route(
            method: "POST", path: "/jobs/{id}/cancel", operation: "cancelJobRun", tag: Self.tag,
            summary: "Asks a run to end.", pathParameters: [PathParameters.id("Id of the run.")],
            answers: [
                AnswerDescriptions.accepted,
                CommonAnswers.problem(409, "The run has ended, or belongs to another process."),
            ]
        ) { call in
            Answers.accepted(try await state.services.jobs.cancel(try Self.thing.id(call)))
        }
    }

    private static let thing = PathThing(name: "run", remedy: "GET /api/v1/jobs lists the runs with their ids.")
}
