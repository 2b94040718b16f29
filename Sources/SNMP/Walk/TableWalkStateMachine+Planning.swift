extension TableWalkStateMachine {
    /// Rows to expect in a table nothing is known of: when several columns are asked, and when one is.
    private static let unknownRows = 8
    private static let unknownRowsAlone = 20
    /// Fewer repetitions are not worth another column in a request, when the columns need several requests anyway.
    private static let repetitionsMin = 4
    /// How many worse choices are looked at before the best one is taken.
    private static let patience = 6

    /// Fills a free plan with what to ask next; false where nothing can be asked now.
    mutating func planRequest(_ token: Int) -> Bool {
        while !plans[token].scalars.isEmpty { plans[token].scalars.removeLast() }
        while !plans[token].columns.isEmpty { plans[token].columns.removeLast() }
        plans[token].repetitions = 1
        planScalars(token)
        if plans[token].scalars.isEmpty || !scalarsTravelAlone { planColumns(token) }
        guard plans[token].varBindCount > 0 else { return false }
        plans[token].isUsed = true
        plans[token].timeoutRound = timeoutRound
        // A single repetition is asked by GETNEXT: any agent answers that.
        plans[token].type = plans[token].columns.isEmpty || plans[token].repetitions == 1 ? .getNext : .getBulk
        for place in plans[token].columns.indices { columns[plans[token].columns[place]].facts.phase = .requested }
        for place in plans[token].scalars.indices { scalarStates[plans[token].scalars[place]] = .requested }
        return true
    }

    private mutating func planScalars(_ token: Int) {
        for position in scalarStates.indices where scalarStates[position] == .idle {
            guard plans[token].scalars.count < scalarCap else { return }
            plans[token].scalars.append(position)
        }
    }

    private mutating func planColumns(_ token: Int) {
        var budget = limits.responseOctetsMax - limits.headerOctets
        for place in plans[token].scalars.indices {
            budget -= request.scalars[plans[token].scalars[place]].encoded.count + 32
        }
        for first in columns.indices where mayBeJoined(first) {
            chooseColumns(token, from: first, budget: max(budget, 1))
            return
        }
        if plans[token].scalars.isEmpty { planIsolatedColumn(token, budget: budget) }
    }

    @inline(__always)
    private func mayBeJoined(_ position: Int) -> Bool {
        columns[position].facts.isIdle && !columns[position].facts.isIsolated
    }

    private var firstIdleColumn: Int? {
        for position in columns.indices where columns[position].facts.isIdle { return position }
        return nil
    }

    private mutating func planIsolatedColumn(_ token: Int, budget: Int) {
        guard let position = firstIdleColumn else { return }
        plans[token].columns.append(position)
        let fitting = min(budget / columns[position].facts.octetsPerVarBind, columns[position].facts.repetitionCap)
        plans[token].repetitions = max(1, min(fitting, rowsWanted(position), repetitionsAllowed, varBindCap))
    }

    /// A choice of columns for one request: how many, how often repeated, and what it costs for each column.
    private struct Choice {
        var count = 0
        var repetitions = 1
        var cost = Int.max
    }

    /// The columns of the next request, and how often to repeat them.
    ///
    /// Whole columns as far as they fit a response: then no request waits for another. Columns that do not fit are read
    /// so many at a time that the fewest responses bring them; each further name costs the agent and the network too.
    private mutating func chooseColumns(_ token: Int, from first: Int, budget: Int) {
        var wanted = rowsWanted(first)
        var octets = 0
        var cap = min(repetitionsAllowed, varBindCap)
        var columnMax = min(varBindCap, nameCap)
        var best = Choice()
        for position in first..<columns.count where mayBeJoined(position) {
            let count = plans[token].columns.count + 1
            let needed = count == 1 ? wanted : rowsWanted(position)
            guard isAlike(needed, wanted) else { continue }
            if count == 2 { columnMax = min(columnMax, columnShare(budget: budget)) }
            octets += columns[position].facts.octetsPerVarBind
            guard count == 1 || (count <= columnMax && octets <= budget) else { break }
            wanted = max(wanted, needed)
            cap = min(cap, columns[position].facts.repetitionCap)
            let repetitions = max(1, min(budget / octets, wanted, cap, varBindCap / count))
            let rounds = (wanted + repetitions - 1) / repetitions
            if count > 1, rounds > 1, repetitions < min(Self.repetitionsMin, cap) { break }
            let cost = rounds * (16 + count) * 64 / count
            plans[token].columns.append(position)
            if cost <= best.cost { best = Choice(count: count, repetitions: repetitions, cost: cost) }
            // A response filled with whole columns to three quarters is good enough.
            if rounds == 1, wanted * octets * 4 > budget * 3 { break }
            if count > best.count + Self.patience { break }
        }
        while plans[token].columns.count > best.count { plans[token].columns.removeLast() }
        plans[token].repetitions = best.repetitions
    }

    /// Whether two columns can be asked together without many variable bindings in vain.
    @inline(__always)
    private func isAlike(_ one: Int, _ other: Int) -> Bool {
        abs(one - other) <= max(one, other) / 4
    }

    /// The most columns one request takes, so that the other requests in flight have work too.
    private func columnShare(budget: Int) -> Int {
        var freePlans = 0
        for token in plans.indices where !plans[token].isUsed { freePlans += 1 }
        guard freePlans > 1, responseCount > 0 || startsBroadly else { return Int.max }
        var idle = 0
        var octets = 0
        for position in columns.indices where mayBeJoined(position) {
            idle += 1
            octets += columns[position].facts.octetsPerVarBind * rowsWanted(position)
        }
        return octets > budget ? max(1, (idle + freePlans - 1) / freePlans) : Int.max
    }

    /// The most repetitions the agent may be asked for at all.
    private var repetitionsAllowed: Int {
        limits.version == .v1 || answersOneRow || limits.quirks.contains(.noGetBulk) ? 1 : limits.repetitionsMax
    }

    /// The rows still expected in a column, and the one after them that shows its end.
    @inline(__always)
    private func rowsWanted(_ position: Int) -> Int {
        let read = columns[position].facts.rows
        let known = columns[position].facts.knownRows
        let expected = known >= 0 ? known : expectedRows[columns[position].facts.group]
        if expected < 0 { return max(columns.count > 1 ? Self.unknownRows : Self.unknownRowsAlone, read) }
        return expected >= read ? expected - read + 1 : Self.unknownRows
    }

    /// Puts a request's data unit in front of what the writer holds.
    ///
    /// Requests with equally many columns and repetitions, and names of equal length, are equally long: they can go out
    /// as segments of one message.
    ///
    /// Nothing changes; it is mutating so that a machine held by an object is used in place and not copied.
    mutating func encode(_ token: Int, requestID: Int32, into writer: inout BERWriter) {
        let mark = writer.count
        for place in plans[token].columns.indices.reversed() {
            writer.prependName(columns[plans[token].columns[place]].cursor)
        }
        for place in plans[token].scalars.indices.reversed() {
            writer.prependName(request.layout.scalarPredecessors[plans[token].scalars[place]])
        }
        writer.wrap(BERTag.sequence, since: mark)
        let isBulk = plans[token].type == .getBulk
        writer.prependSigned(isBulk ? Int64(plans[token].repetitions) : 0)
        writer.prependSigned(isBulk ? Int64(plans[token].scalars.count) : 0)
        writer.prependFixedInteger(requestID)
        writer.wrap(plans[token].type.rawValue, since: mark)
    }
}
