extension TableWalkStateMachine {
    /// A response matched the request: takes its rows, or its error.
    ///
    /// `elapsedMilliseconds` counts from the beginning of the poll.
    mutating func responseReceived(_ token: Int, _ message: MessageView, elapsedMilliseconds: UInt64) {
        // The plan changes hands, so that none of its arrays is retained; then its memory goes back.
        var plan = Plan()
        swap(&plan, &plans[token])
        askAgain(plan)
        noteAnswer()
        anomalies.formUnion(message.anomalies)
        if message.errorStatus == .noError {
            take(plan, message, elapsedMilliseconds)
        } else {
            errorReceived(plan, message.errorStatus, index: Int(message.errorIndex))
        }
        plan.isUsed = false
        swap(&plan, &plans[token])
    }

    private mutating func noteAnswer() {
        responseCount += 1
        consecutiveTimeouts = 0
        consecutiveSmallTimeouts = 0
        if wasDropped {
            wasDropped = false
            tolerated.insert(.silentlyDropped)
        }
    }

    /// What is said of one response while it is read.
    struct Reading {
        var list: BERReader
        var progress = false
        /// A column was not where its place says.
        var hasDoubt = false
        /// A scalar's place held another name.
        var hasStrayScalar = false
        /// The variable bindings read.
        var varBinds = 0
    }

    private mutating func take(_ plan: borrowing Plan, _ message: MessageView, _ elapsedMilliseconds: UInt64) {
        var reading = Reading(list: message.varBinds)
        for place in plan.columns.indices {
            columns[plan.columns[place]].responseBegan(repetitions: plan.repetitions)
        }
        var isWhole = true
        do throws(SNMPDecodeError) {
            if !plan.scalars.isEmpty { try takeScalars(plan, &reading, elapsedMilliseconds) }
            if reading.hasStrayScalar { strayScalarsReceived(plan, message.varBinds, &reading) }
            if !reading.list.isAtEnd, !plan.columns.isEmpty { try takeRows(plan, &reading) }
        } catch {
            isWhole = false
            tolerated.insert(.undecodableResponse)
        }
        anomalies.formUnion(reading.list.anomalies)
        noteShape(plan, reading)
        if reading.hasDoubt, resolveDoubts(plan) { reading.progress = true }
        for place in plan.columns.indices { columnRead(plan.columns[place]) }
        if reading.progress {
            if !plan.columns.isEmpty { raiseVarBindCap(plan) }
        } else {
            if isWhole { tolerated.insert(.emptyResponse) }
            requestWasNoUse(plan, isWhole ? .emptyResponse : .undecodable)
        }
        if octetCount > request.octetLimit { enforceOctetLimit() }
    }

    @inline(__always)
    private mutating func columnRead(_ position: Int) {
        octetCount -= columns[position].facts.octetCount
        columns[position].responseEnded()
        octetCount += columns[position].facts.octetCount
    }

    /// Notes whether the agent did as a GETBULK asks.
    private mutating func noteShape(_ plan: borrowing Plan, _ reading: Reading) {
        guard plan.type == .getBulk, reading.list.isAtEnd else { return }
        if reading.varBinds > plan.varBindCount { tolerated.insert(.surplusVarBinds) }
        guard reading.varBinds == plan.scalars.count + plan.columns.count, plan.columns.count > 0,
            reading.list.end * 4 < limits.responseOctetsMax
        else { return }
        for place in plan.columns.indices where columns[plan.columns[place]].facts.hasEnded { return }
        tolerated.insert(.bulkAsNext)
        answersOneRow = true
    }

    private mutating func takeScalars(
        _ plan: borrowing Plan, _ reading: inout Reading, _ elapsedMilliseconds: UInt64
    ) throws(SNMPDecodeError) {
        for place in plan.scalars.indices {
            guard !reading.list.isAtEnd else { return }
            let position = plan.scalars[place]
            let varBind = try reading.list.readVarBindView()
            reading.varBinds += 1
            reading.progress = true
            scalarStates[position] = .done
            let isNamed = request.scalars[position].isEncoded(as: varBind.name)
            if !isNamed, varBind.tag != BERTag.endOfMibView { reading.hasStrayScalar = true }
            guard isNamed, !BERTag.isException(varBind.tag) else { continue }
            do throws(SNMPDecodeError) {
                let value = try reading.list.decodeValue(varBind.value)
                scalars[position] = value
                noteScalar(position, value, elapsedMilliseconds)
            } catch {
                tolerated.insert(.undecodableValue)
            }
        }
    }

    private mutating func noteScalar(_ position: Int, _ value: SNMPValue, _ elapsedMilliseconds: UInt64) {
        if position == request.layout.sysUpTime, let ticks = value.uint64 {
            sysUpTime = (UInt32(truncatingIfNeeded: ticks), elapsedMilliseconds)
        } else if position == request.layout.ifNumber, let rows = value.int64, rows >= 0 {
            interfaceCountReceived(Int(min(rows, Int64(min(request.rowLimit, TableRequest.interfaceCountMax)))))
        }
    }

    /// The number of interfaces, by the agent's word: what an earlier poll saw holds only where it is the same.
    private mutating func interfaceCountReceived(_ rows: Int) {
        interfaceCount = rows
        guard let group = interfaceGroup, expectedRows[group] != rows else { return }
        expectedRows[group] = rows
        for position in columns.indices where columns[position].facts.group == group {
            columns[position].facts.knownRows = -1
        }
    }

    /// The most rows of a column: a table of interfaces is not believed to be much longer than the agent said.
    @inline(__always)
    private func rowLimit(_ position: Int) -> Int {
        guard interfaceCount >= 0, columns[position].facts.group == interfaceGroup else {
            return request.rowLimit
        }
        return min(request.rowLimit, max(10_000, 8 * interfaceCount))
    }

    /// Takes rows of the usual shape for as long as they come, when only one column was asked.
    @inline(__always)
    private mutating func takeOneColumn(_ position: Int, _ reading: inout Reading) {
        let limit = rowLimit(position)
        let taken = columns[position].usualRowsReceived(rowLimit: limit, from: &reading.list)
        reading.varBinds &+= taken
        if taken > 0 { reading.progress = true }
    }

    private mutating func takeRows(_ plan: borrowing Plan, _ reading: inout Reading) throws(SNMPDecodeError) {
        var place = 0
        while !reading.list.isAtEnd {
            if plan.columns.count == 1 {
                takeOneColumn(plan.columns[0], &reading)
            } else {
                takeUsualRows(plan, &place, &reading)
            }
            guard !reading.list.isAtEnd else { return }
            let start = reading.list.offset
            let varBind = try reading.list.readVarBindView()
            let octets = reading.list.offset - start
            reading.varBinds &+= 1
            let position = plan.columns[place]
            place = place + 1 == plan.columns.count ? 0 : place + 1
            takeVarBind(varBind, octets: octets, position, plan, &reading)
        }
    }

    /// Takes rows of the usual shape for as long as they come in turn, column after column.
    private mutating func takeUsualRows(_ plan: borrowing Plan, _ place: inout Int, _ reading: inout Reading) {
        let count = plan.columns.count
        let limit = rowLimit(plan.columns[0])
        while !reading.list.isAtEnd,
            columns[plan.columns[place]].usualRowReceived(rowLimit: limit, from: &reading.list)
        {
            place = place &+ 1 == count ? 0 : place &+ 1
            reading.varBinds &+= 1
            reading.progress = true
        }
    }

    /// Takes a variable binding that is not a usual row, or not the next one.
    private mutating func takeVarBind(
        _ varBind: VarBindView, octets: Int, _ position: Int, _ plan: borrowing Plan, _ reading: inout Reading
    ) {
        let before = reading.list.anomalies
        reading.list.anomalies = []
        let outcome = columns[position].varBindReceived(
            varBind, octets: octets, rowLimit: rowLimit(position), from: &reading.list)
        switch outcome {
        case .taken: reading.progress = true
        case .ignored:
            columns[position].ignoredVarBindReceived(varBind.name)
            reopenOwner(of: varBind, among: plan, except: position, &reading)
        case .outside: outsideReceived(varBind, position, plan, &reading)
        case .notAhead:
            notAheadReceived(varBind, octets: octets, position, &reading)
            reading.progress = true
        case .overLimit:
            columns[position].fail(.rowLimit)
            reading.progress = true
        }
        if !reading.list.anomalies.isEmpty {
            columns[position].facts.tolerated.formUnion(ToleratedDeviations(reading.list.anomalies))
        }
        reading.list.anomalies.formUnion(before)
    }

    /// The agent named something that is not in the column: its end, unless it belongs to another column asked.
    private mutating func outsideReceived(
        _ varBind: VarBindView, _ position: Int, _ plan: borrowing Plan, _ reading: inout Reading
    ) {
        if varBind.tag != BERTag.endOfMibView {
            reopenOwner(of: varBind, among: plan, except: position, &reading)
            if let other = ownerOf(varBind.name, among: plan, except: position) {
                columns[position].setDoubt(varBind.name, of: other)
                reading.hasDoubt = true
                return
            }
            guard columns[position].isBehindColumn(varBind.name) else {
                columns[position].fail(.nonIncreasing(ObjectIdentifier(unchecked: Array(varBind.name))))
                reading.progress = true
                return
            }
        }
        columnCompleted(position)
        reading.progress = true
    }

    /// A name in another column's place may show that its own column has not ended after all.
    ///
    /// The agent swapped variable bindings: that column is asked alone.
    private mutating func reopenOwner(
        of varBind: VarBindView, among plan: borrowing Plan, except position: Int, _ reading: inout Reading
    ) {
        guard varBind.tag != BERTag.endOfMibView, plan.columns.count > 1 else { return }
        for place in plan.columns.indices {
            let other = plan.columns[place]
            guard other != position, columns[other].facts.hasEnded, columns[other].contains(varBind.name) else {
                continue
            }
            if columns[other].reopen(for: varBind.name) { reading.progress = true }
        }
    }

    /// The other column that is asked for and still expects this name.
    private mutating func ownerOf(
        _ name: UnsafeRawBufferPointer, among plan: borrowing Plan, except position: Int
    ) -> Int? {
        for place in plan.columns.indices {
            let other = plan.columns[place]
            guard other != position, columns[other].contains(name) else { continue }
            return !columns[other].facts.hasEnded && columns[other].isAhead(name) ? other : nil
        }
        return nil
    }

    private mutating func columnCompleted(_ position: Int) {
        columns[position].complete()
        let group = columns[position].facts.group
        expectedRows[group] = max(expectedRows[group], columns[position].facts.rows)
    }

    private mutating func notAheadReceived(
        _ varBind: VarBindView, octets: Int, _ position: Int, _ reading: inout Reading
    ) {
        let outcome = columns[position].swappedVarBindReceived(
            varBind, octets: octets, rowLimit: rowLimit(position), from: &reading.list)
        switch outcome {
        case .taken: break
        case .overLimit: columns[position].fail(.rowLimit)
        default:
            if BERTag.isException(varBind.tag), columns[position].isCursor(varBind.name), hasAllRows(position) {
                columns[position].facts.tolerated.insert(.exceptionAtEnd)
                columnCompleted(position)
            } else {
                columns[position].fail(.nonIncreasing(ObjectIdentifier(unchecked: Array(varBind.name))))
            }
        }
    }

    /// Whether nothing says that more rows follow, and something that none do.
    ///
    /// Some agents answer a name at the end with noSuchObject or noSuchInstance in place of endOfMibView. That alone
    /// says nothing of what follows: a number of rows does, or that the agent has no such column at all.
    private func hasAllRows(_ position: Int) -> Bool {
        let rows = columns[position].facts.rows
        let expected = max(expectedRows[columns[position].facts.group], columns[position].facts.knownRows)
        return rows == 0 || (expected >= 0 && rows >= expected)
    }

    /// Decides about names that belonged to another column which had not come that far.
    ///
    /// When that column got there by itself, the doubtful name was a true end: the agent led into the next column.
    /// Otherwise the agent left out or swapped variable bindings, and the columns are asked alone from now on,
    /// where nothing can be mistaken. True if there was a doubt, each of which is settled now or by that request.
    private mutating func resolveDoubts(_ plan: borrowing Plan) -> Bool {
        var cameForward = false
        for place in plan.columns.indices {
            let position = plan.columns[place]
            guard columns[position].facts.isInDoubt, let doubt = columns[position].doubt else { continue }
            let wasReached =
                !columns[doubt.column].facts.isInDoubt
                && !doubt.name.withUnsafeBytes { columns[doubt.column].isAhead($0) }
            if wasReached {
                columnCompleted(position)
            } else {
                columns[position].facts.isIsolated = true
                columns[position].facts.tolerated.insert(.misplacedVarBinds)
            }
            cameForward = true
        }
        return cameForward
    }

    private mutating func enforceOctetLimit() {
        for position in columns.indices { columns[position].fail(.octetLimit) }
    }
}
