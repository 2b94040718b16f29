extension TableWalkStateMachine {
    /// A response matched the request: takes its rows, or its error.
    ///
    /// `elapsedMilliseconds` counts from the beginning of the poll.
    mutating func responseReceived(_ token: Int, _ message: MessageView, elapsedMilliseconds: UInt64) {
        let plan = release(token)
        responseCount += 1
        consecutiveTimeouts = 0
        consecutiveSmallTimeouts = 0
        anomalies.formUnion(message.anomalies)
        guard message.errorStatus == .noError else {
            errorReceived(plan, message.errorStatus, index: Int(message.errorIndex))
            return
        }
        var list = message.varBinds
        var progress = false
        for each in plan.columns { columns[each].responseBegan() }
        let isWhole: Bool
        do throws(SNMPDecodeError) {
            try takeScalars(plan, from: &list, &progress, elapsedMilliseconds)
            try takeRows(plan, from: &list, &progress)
            isWhole = true
        } catch {
            isWhole = false
        }
        anomalies.formUnion(list.anomalies)
        if resolveDoubts(plan) { progress = true }
        if progress {
            if !plan.columns.isEmpty { raiseVarBindCap(plan) }
        } else {
            requestWasNoUse(plan, isWhole ? .emptyResponse : .undecodable)
        }
        enforceOctetLimit()
    }

    private mutating func takeScalars(
        _ plan: Plan, from list: inout BERReader, _ progress: inout Bool, _ elapsedMilliseconds: UInt64
    ) throws(SNMPDecodeError) {
        for each in plan.scalars {
            guard !list.isAtEnd else { return }
            let varBind = try list.readVarBindView()
            let isNamed = scalarNames[each].encoded.withUnsafeBytes { $0.elementsEqual(varBind.name) }
            scalarStates[each] = .done
            progress = true
            guard isNamed, !BERTag.isException(varBind.tag) else { continue }
            let value = try list.decodeValue(varBind.value)
            scalars[each] = value
            noteScalar(scalarNames[each], value, elapsedMilliseconds)
        }
    }

    private mutating func noteScalar(_ name: ObjectIdentifier, _ value: SNMPValue, _ elapsedMilliseconds: UInt64) {
        if name == WellKnown.sysUpTime, let ticks = value.uint64 {
            sysUpTime = (UInt32(truncatingIfNeeded: ticks), elapsedMilliseconds)
        } else if name == WellKnown.ifNumber, let group = request.layout.interfaceGroup, let rows = value.int64,
            rows >= 0
        {
            expectedRows[group] = Int(min(rows, Int64(request.rowLimit)))
            reserveRows(in: group)
        }
    }

    private mutating func reserveRows(in group: Int) {
        let rows = expectedRows[group]
        for position in columns.indices where columns[position].facts.group == group && columns[position].facts.isIdle {
            columns[position].reserve(rows: min(rows, 4096))
        }
    }

    private mutating func takeRows(
        _ plan: Plan, from list: inout BERReader, _ progress: inout Bool
    ) throws(SNMPDecodeError) {
        guard !plan.columns.isEmpty else { return }
        let rowLimit = request.rowLimit
        var place = 0
        while !list.isAtEnd {
            let run = try takeUsualRows(plan.columns, &place, from: &list)
            if run > 0 { progress = true }
            guard !list.isAtEnd else { return }
            for each in plan.columns { columns[each].settleCursor() }
            let start = list.offset
            let varBind = try list.readVarBindView()
            let octets = list.offset - start
            let position = plan.columns[place]
            place = place + 1 == plan.columns.count ? 0 : place + 1
            let outcome = try columns[position].varBindReceived(
                varBind, octets: octets, rowLimit: rowLimit, from: &list)
            switch outcome {
            case .taken: progress = true
            case .ignored: columns[position].ignoredVarBindReceived(varBind.name)
            case .outside: if outsideReceived(varBind, position, plan) { progress = true }
            case .notAhead:
                try notAheadReceived(varBind, octets: octets, position, from: &list)
                progress = true
            case .overLimit:
                columns[position].fail(.rowLimit)
                progress = true
            }
        }
    }

    /// Takes rows of the usual shape for as long as they come in turn, column after column; answers how many.
    ///
    /// This is where nearly all the time of a walk is spent: nothing here is copied, retained or allocated.
    private mutating func takeUsualRows(
        _ order: [Int], _ place: inout Int, from list: inout BERReader
    ) throws(SNMPDecodeError) -> Int {
        let rowLimit = request.rowLimit
        return try columns.withUnsafeMutableBufferPointer { columns throws(SNMPDecodeError) -> Int in
            var taken = 0
            while !list.isAtEnd, try columns[order[place]].usualRowReceived(rowLimit: rowLimit, from: &list) {
                place = place + 1 == order.count ? 0 : place + 1
                taken += 1
            }
            return taken
        }
    }

    /// The agent named something that is not in the column: its end, unless it belongs to another column asked.
    private mutating func outsideReceived(_ varBind: VarBindView, _ position: Int, _ plan: Plan) -> Bool {
        if varBind.tag != BERTag.endOfMibView {
            if let other = ownerOf(varBind.name, among: plan.columns, except: position) {
                columns[position].setDoubt(varBind.name, of: other)
                return false
            }
            guard columns[position].isAhead(varBind.name) else {
                columns[position].fail(.nonIncreasing(ObjectIdentifier(unchecked: Array(varBind.name))))
                return true
            }
        }
        columnCompleted(position)
        return true
    }

    /// The other column that is asked for and still expects this name.
    private func ownerOf(_ name: UnsafeRawBufferPointer, among order: [Int], except position: Int) -> Int? {
        // The names are looked up in the request: a look into `columns` would retain each column's arrays.
        let owner = order.first { other in
            other != position
                && request.columns[other].encoded.withUnsafeBytes { ObjectIdentifier.has(prefix: $0, name) }
        }
        guard let owner, !columns[owner].facts.hasEnded, columns[owner].isAhead(name) else { return nil }
        return owner
    }

    private mutating func columnCompleted(_ position: Int) {
        columns[position].complete()
        let group = columns[position].facts.group
        let rows = columns[position].facts.rows
        guard rows > expectedRows[group] else { return }
        expectedRows[group] = rows
        reserveRows(in: group)
    }

    private mutating func notAheadReceived(
        _ varBind: VarBindView, octets: Int, _ position: Int, from list: inout BERReader
    ) throws(SNMPDecodeError) {
        let outcome = try columns[position].swappedVarBindReceived(
            varBind, octets: octets, rowLimit: request.rowLimit, from: &list)
        switch outcome {
        case .taken: break
        case .overLimit: columns[position].fail(.rowLimit)
        default:
            if BERTag.isException(varBind.tag), columns[position].facts.rows == 0 {
                columns[position].complete()
            } else {
                columns[position].fail(.nonIncreasing(ObjectIdentifier(unchecked: Array(varBind.name))))
            }
        }
    }

    /// Decides about names that belonged to another column which had not come that far.
    ///
    /// When that column got there by itself, the doubtful name was a true end: the agent led into the next column.
    /// Otherwise the agent left out or swapped variable bindings, and the columns are asked alone from now on,
    /// where nothing can be mistaken. True if there was a doubt, each of which is settled now or by that request.
    private mutating func resolveDoubts(_ plan: Plan) -> Bool {
        var cameForward = false
        for position in plan.columns where columns[position].facts.isInDoubt {
            guard let doubt = columns[position].doubt else { continue }
            // Looked at in place: a copy of a column's progress would retain each of its arrays.
            let wasReached =
                !columns[doubt.column].facts.isInDoubt
                && !doubt.name.withUnsafeBytes { columns[doubt.column].isAhead($0) }
            if wasReached { columnCompleted(position) } else { columns[position].facts.isIsolated = true }
            cameForward = true
        }
        for position in plan.columns {
            octetCount -= columns[position].facts.octetCount
            columns[position].responseEnded()
            octetCount += columns[position].facts.octetCount
        }
        return cameForward
    }

    private mutating func enforceOctetLimit() {
        let limit = min(request.octetLimit, Int(Int32.max))
        guard octetCount > limit else { return }
        for position in columns.indices { columns[position].fail(.octetLimit) }
    }
}
