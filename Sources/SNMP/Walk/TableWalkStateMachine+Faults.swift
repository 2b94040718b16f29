extension TableWalkStateMachine {
    /// The most variable bindings to ask for once an answer was lost: any agent answers so many, on any way.
    private static let varBindsAfterLoss = 10

    /// The agent answered with an error-status.
    mutating func errorReceived(_ plan: borrowing Plan, _ status: ErrorStatus, index: Int) {
        switch status {
        case .noSuchName: noSuchNameReceived(plan, index: index)
        case .authorizationError, .noAccess:
            for place in plan.columns.indices { columns[plan.columns[place]].fail(.errorStatus(status)) }
            for place in plan.scalars.indices { scalarStates[plan.scalars[place]] = .done }
        case .tooBig:
            tolerate(.tooBig, plan)
            requestWasNoUse(plan, .errorStatus(status))
        default:
            tolerate(.errorStatus, plan)
            genErrReceived(plan, status, index: index)
        }
    }

    private mutating func tolerate(_ deviation: ToleratedDeviations, _ plan: borrowing Plan) {
        tolerated.insert(deviation)
        for place in plan.columns.indices { columns[plan.columns[place]].facts.tolerated.insert(deviation) }
    }

    /// Version 1: nothing follows one of the names, or it is not in the view.
    ///
    /// Only that one ends. Some agents answer so to a whole GETBULK that leads past the end: a single repetition only
    /// says that nothing follows.
    private mutating func noSuchNameReceived(_ plan: borrowing Plan, index: Int) {
        if plan.type == .getBulk, plan.repetitions > 1 {
            requestWasNoUse(plan, .errorStatus(.noSuchName))
            return
        }
        let place = plan.scalars.count + plan.columns.count == 1 ? 0 : index - 1
        if plan.scalars.indices.contains(place) {
            scalarStates[plan.scalars[place]] = .done
        } else if plan.columns.indices.contains(place - plan.scalars.count) {
            columns[plan.columns[place - plan.scalars.count]].complete()
        } else {
            splitRequest(plan, .errorStatus(.noSuchName))
        }
    }

    /// An object fails in the agent: it is asked alone, so that it does not take the others down.
    private mutating func genErrReceived(_ plan: borrowing Plan, _ status: ErrorStatus, index: Int) {
        let place = index - 1 - plan.scalars.count
        if plan.scalars.indices.contains(index - 1) {
            scalarStates[plan.scalars[index - 1]] = .done
        } else if plan.columns.indices.contains(place), plan.scalars.count + plan.columns.count > 1 {
            columns[plan.columns[place]].facts.isIsolated = true
        } else {
            splitRequest(plan, .errorStatus(status))
        }
    }

    /// A request brought nothing: the next one for the same is smaller; the smallest one's failure is final.
    ///
    /// Fewer repetitions first, then fewer columns.
    mutating func requestWasNoUse(_ plan: borrowing Plan, _ fault: ColumnFault) {
        guard plan.scalars.isEmpty, plan.repetitions > 1 else {
            splitRequest(plan, fault)
            return
        }
        if fault == .timeout {
            hasLostAnswers = true
            limitVarBinds(to: min(plan.varBindCount / 2, Self.varBindsAfterLoss), failed: plan)
        } else if plan.columns.count > 1 {
            limitVarBinds(to: plan.varBindCount / 2, failed: plan)
        } else {
            splitRequest(plan, fault)
        }
    }

    /// A request could not even be sent, by its size: the next one has fewer names.
    ///
    /// Its repetitions do not matter, and it costs the agent nothing.
    mutating func requestWasTooLarge(_ plan: borrowing Plan) {
        requestCount -= 1
        if isLastChance, responseCount == 0 { lastChanceRequests -= 1 }
        if plan.scalars.isEmpty, plan.columns.count > 1 {
            nameCap = plan.columns.count / 2
        } else if plan.scalars.isEmpty, let only = plan.columns.first {
            columns[only].fail(.requestTooLarge)
        } else {
            splitRequest(plan, .requestTooLarge)
        }
    }

    /// No answer to a request after others were answered: a smaller one, or the end.
    ///
    /// One object the agent hangs on must cost its own column only, so the poll ends by requests for a single variable
    /// binding alone.
    mutating func timeoutReceived(_ plan: borrowing Plan) {
        // Those lost together say no more than one: the way takes less than that.
        let isNew = plan.timeoutRound == timeoutRound
        if isNew {
            timeoutRound += 1
            consecutiveTimeouts += 1
        }
        if plan.varBindCount == 1 { consecutiveSmallTimeouts += 1 }
        if consecutiveSmallTimeouts >= 3 {
            pollEnded(.timeout)
        } else if isNew, consecutiveTimeouts >= 2, plan.scalars.isEmpty, plan.varBindCount > 1 {
            for place in plan.columns.indices {
                columns[plan.columns[place]].facts.isIsolated = true
                columns[plan.columns[place]].facts.repetitionCap = 1
            }
        } else {
            requestWasNoUse(plan, .timeout)
        }
    }

    mutating func limitVarBinds(to cap: Int, failed plan: borrowing Plan) {
        varBindCap = max(1, min(varBindCap, cap))
        varBindsFailed = max(varBindCap + 1, min(varBindsFailed, plan.varBindCount))
    }

    /// A request as large as the cap was answered: goes half of the way to the smallest that failed, or doubles it.
    ///
    /// Where answers were lost, each try that is too large costs all attempts: there is at most one such in a poll.
    mutating func raiseVarBindCap(_ plan: borrowing Plan) {
        guard varBindCap < Int.max, plan.varBindCount * 2 > varBindCap, varBindCap + 1 < varBindsFailed else { return }
        let raised = varBindCap + (varBindsFailed == Int.max ? varBindCap : (varBindsFailed - varBindCap) / 2)
        varBindCap = hasLostAnswers ? max(varBindCap, min(raised, Self.varBindsAfterLoss)) : raised
    }

    /// Asks for less at once: scalars apart from columns, half of the scalars, each column alone, half of its rows.
    private mutating func splitRequest(_ plan: borrowing Plan, _ fault: ColumnFault) {
        if !plan.scalars.isEmpty, !plan.columns.isEmpty {
            scalarsTravelAlone = true
        } else if plan.scalars.count > 1 {
            scalarCap = min(scalarCap, plan.scalars.count / 2)
        } else if let only = plan.scalars.first {
            scalarStates[only] = .done
        } else if plan.columns.count > 1 {
            for place in plan.columns.indices { columns[plan.columns[place]].facts.isIsolated = true }
        } else if let only = plan.columns.first {
            reduceRepetitions(only, plan, fault)
        }
    }

    private mutating func reduceRepetitions(_ position: Int, _ plan: borrowing Plan, _ fault: ColumnFault) {
        guard plan.repetitions > 1 else {
            columns[position].fail(fault)
            return
        }
        columns[position].facts.isIsolated = true
        columns[position].facts.repetitionCap = plan.repetitions / 2
    }
}
