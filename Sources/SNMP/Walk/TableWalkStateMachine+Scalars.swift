/// Scalars whose places in a response hold other names.
extension TableWalkStateMachine {
    /// Decides about names in scalars' places that are not the scalars'.
    ///
    /// Usually they are what follows an instance the agent has not. Names that cannot all be right were moved or left
    /// out, and then the rows behind them stand in the wrong places too: the scalars are asked alone, the rows again.
    mutating func strayScalarsReceived(_ plan: borrowing Plan, _ list: BERReader, _ reading: inout Reading) {
        guard plan.scalars.count + plan.columns.count > 1 else { return }
        var list = list
        var names: [UnsafeRawBufferPointer] = []
        var isEnd: [Bool] = []
        while names.count < plan.scalars.count + plan.columns.count, !list.isAtEnd {
            guard let varBind = try? list.readVarBindView() else { break }
            names.append(varBind.name)
            isEnd.append(varBind.tag == BERTag.endOfMibView)
        }
        guard areMoved(plan, names, isEnd) else { return }
        tolerated.insert(.misplacedVarBinds)
        scalarsTravelAlone = true
        scalarCap = 1
        for place in plan.scalars.indices where !isScalar(plan.scalars[place], names, place) {
            scalarStates[plan.scalars[place]] = .idle
        }
        reading.list.offset = reading.list.end
    }

    /// Whether the names of a response contradict one another.
    private mutating func areMoved(
        _ plan: borrowing Plan, _ names: [UnsafeRawBufferPointer], _ isEnd: [Bool]
    ) -> Bool {
        guard names.count >= plan.scalars.count else { return true }
        for place in plan.scalars.indices where !isEnd[place] && !isScalar(plan.scalars[place], names, place) {
            // A GETNEXT leads forward.
            let asked = request.layout.scalarPredecessors[plan.scalars[place]]
            if asked.withUnsafeBytes({ ObjectIdentifier.compare(names[place], $0) }) <= 0 { return true }
            if isAnotherScalar(names[place], plan, names) || isRowPassedOver(names[place], plan, names) { return true }
        }
        return false
    }

    private func isScalar(_ position: Int, _ names: [UnsafeRawBufferPointer], _ place: Int) -> Bool {
        guard place < names.count else { return false }
        return request.scalars[position].encoded.withUnsafeBytes { $0.elementsEqual(names[place]) }
    }

    /// Whether the name is a scalar's whose own place holds another one.
    private func isAnotherScalar(
        _ name: UnsafeRawBufferPointer, _ plan: borrowing Plan, _ names: [UnsafeRawBufferPointer]
    ) -> Bool {
        for place in plan.scalars.indices where !isScalar(plan.scalars[place], names, place) {
            let isNamed = request.scalars[plan.scalars[place]].encoded.withUnsafeBytes { $0.elementsEqual(name) }
            if isNamed { return true }
        }
        return false
    }

    /// Whether the name is a row of a column whose own place leads past it.
    private mutating func isRowPassedOver(
        _ name: UnsafeRawBufferPointer, _ plan: borrowing Plan, _ names: [UnsafeRawBufferPointer]
    ) -> Bool {
        for place in plan.columns.indices {
            let position = plan.columns[place]
            guard columns[position].contains(name), columns[position].isAhead(name) else { continue }
            let own = plan.scalars.count + place
            guard own < names.count, ObjectIdentifier.compare(names[own], name) <= 0 else { return true }
        }
        return false
    }
}
