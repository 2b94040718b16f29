import Listing

/// `/traps`: what devices told by themselves.
struct TrapRoutes: RouteGroup {
    let state: APIState

    var routes: [Route] {
        [
            Route(
                method: "GET", path: "/traps", operation: "listTraps", tag: "traps",
                summary: "The latest traps and informs, the newest first.",
                doc: "The latest \(TrapJournal.keptMax) since the server started; empty where it does not listen for "
                    + "them (`traps.enabled`). The component `traps` of /health counts them all.",
                query: NumberedTrap.schema.listParameters(),
                answers: [AnswerDescriptions.list("TrapPage", "A page of traps.")]
            ) { call in
                try Answers.list(Listing(state.traps.latest, schema: NumberedTrap.schema), call)
            }
        ]
    }
}

extension APIApplication {
    /// Takes traps in the order of their arrival: into the list, and into the event stream.
    ///
    /// Each is an event `trap`, as /traps shows it. In a storm most are not told one by one: `traps` says how many.
    public func receive(_ traps: [TrapRecord]) {
        for trap in state.traps.append(traps, at: state.services.now()) {
            var writer = JSONWriter()
            NumberedTrap.schema.write(trap, to: &writer)
            state.events.publish("trap", writer.bytes)
        }
    }
}
