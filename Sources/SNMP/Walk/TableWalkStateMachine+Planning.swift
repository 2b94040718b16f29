extension TableWalkStateMachine {
    /// Repetitions worth having before another column is added to a request: fewer names to send and to look up.
    private static let preferredRepetitions = 7
    /// Rows to expect in a table nothing is known of.
    private static let unknownRows = 8
    /// Message, data unit and list headers, with a community of ordinary length.
    private static let headerOctets = 60

    /// Fills a free plan with what to ask next; false where nothing can be asked now.
    mutating func planRequest(_ token: Int) -> Bool {
        plans[token].scalars.removeAll(keepingCapacity: true)
        plans[token].columns.removeAll(keepingCapacity: true)
        plans[token].repetitions = 1
        planScalars(token)
        if plans[token].scalars.isEmpty || !scalarsTravelAlone { planColumns(token) }
        guard plans[token].varBindCount > 0 else { return false }
        plans[token].isUsed = true
        plans[token].type = limits.version == .v1 || plans[token].columns.isEmpty ? .getNext : .getBulk
        for each in plans[token].columns { columns[each].facts.phase = .requested }
        for each in plans[token].scalars { scalarStates[each] = .requested }
        return true
    }

    private mutating func planScalars(_ token: Int) {
        for position in scalarStates.indices where scalarStates[position] == .idle {
            guard plans[token].scalars.count < scalarCap else { return }
            plans[token].scalars.append(position)
        }
    }

    private mutating func planColumns(_ token: Int) {
        let scalarOctets = plans[token].scalars.reduce(0) { $0 + scalarNames[$1].encoded.count + 32 }
        let budget = limits.responseOctetsMax - Self.headerOctets - scalarOctets
        guard let first = columns.firstIndex(where: { $0.facts.isIdle && !$0.facts.isIsolated }) else {
            if plans[token].scalars.isEmpty { planIsolatedColumn(token, budget: budget) }
            return
        }
        chooseColumns(token, from: first, budget: max(budget, 1))
    }

    private mutating func planIsolatedColumn(_ token: Int, budget: Int) {
        guard let position = columns.firstIndex(where: \.facts.isIdle) else { return }
        plans[token].columns.append(position)
        let fitting = budget / columns[position].facts.octetsPerVarBind
        plans[token].repetitions = repetitions(token, fitting: fitting, wanted: rowsWanted(position))
    }

    /// The columns of the next request, and how often to repeat them.
    private mutating func chooseColumns(_ token: Int, from first: Int, budget: Int) {
        let columnMax = min(columnShare(budget: budget), varBindCap)
        let preferred = limits.version == .v1 ? 1 : min(rowsWanted(first), Self.preferredRepetitions)
        var octets = 0
        var wanted = 1
        for position in columns.indices[first...]
        where columns[position].facts.isIdle && !columns[position].facts.isIsolated {
            let added = octets + columns[position].facts.octetsPerVarBind
            let count = plans[token].columns.count
            guard count == 0 || (count < columnMax && budget / added >= preferred) else { break }
            plans[token].columns.append(position)
            octets = added
            wanted = max(wanted, rowsWanted(position))
        }
        plans[token].repetitions = repetitions(token, fitting: budget / octets, wanted: wanted)
    }

    /// The most columns one request takes, so that the other requests in flight have work too.
    private func columnShare(budget: Int) -> Int {
        let freePlans = plans.reduce(0) { $0 + ($1.isUsed ? 0 : 1) }
        var idle = 0
        var octets = 0
        for position in columns.indices where columns[position].facts.isIdle && !columns[position].facts.isIsolated {
            idle += 1
            octets += columns[position].facts.octetsPerVarBind * rowsWanted(position)
        }
        guard freePlans > 1, octets > budget, responseCount > 0 else { return idle }
        return max(1, (idle + freePlans - 1) / freePlans)
    }

    private func repetitions(_ token: Int, fitting: Int, wanted: Int) -> Int {
        guard limits.version != .v1 else { return 1 }
        var capped = min(fitting, wanted, limits.repetitionsMax)
        for each in plans[token].columns { capped = min(capped, columns[each].facts.repetitionCap) }
        return max(1, min(capped, varBindCap / max(1, plans[token].columns.count)))
    }

    /// The rows still expected in a column, and the one after them that shows its end.
    private func rowsWanted(_ position: Int) -> Int {
        let read = columns[position].facts.rows
        let expected = expectedRows[columns[position].facts.group]
        if expected < 0 { return max(Self.unknownRows, read) }
        return expected >= read ? expected - read + 1 : Self.unknownRows
    }

    /// Puts a request's data unit in front of what the writer holds.
    func encode(_ token: Int, requestID: Int32, into writer: inout BERWriter) {
        let plan = plans[token]
        let mark = writer.count
        for each in plan.columns.reversed() { Self.prepend(columns[each].cursor, into: &writer) }
        for each in plan.scalars.reversed() { Self.prepend(request.layout.scalarPredecessors[each], into: &writer) }
        writer.wrap(BERTag.sequence, since: mark)
        writer.prependSigned(plan.type == .getBulk ? Int64(plan.repetitions) : 0)
        writer.prependSigned(plan.type == .getBulk ? Int64(plan.scalars.count) : 0)
        writer.prependFixedInteger(requestID)
        writer.wrap(plan.type.rawValue, since: mark)
    }

    private static func prepend(_ name: [UInt8], into writer: inout BERWriter) {
        let mark = writer.count
        writer.prependHeader(BERTag.null, count: 0)
        writer.prepend(BERTag.objectIdentifier, contents: name)
        writer.wrap(BERTag.sequence, since: mark)
    }
}
