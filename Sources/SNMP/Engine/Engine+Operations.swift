/// What a walk brought, and why it ended.
public struct WalkResult: Sendable {
    /// The variable bindings in the order of their names.
    public let varBinds: [VarBind]
    /// `complete` when the agent itself led past the subtree; `absent` when it has nothing there.
    public let status: ColumnStatus
    /// Requests sent, without retransmissions.
    public let requests: Int
    /// The walk's duration, in milliseconds.
    public let elapsedMilliseconds: UInt64
}

extension Engine {
    /// Reads instances.
    ///
    /// The result has one variable binding for each name, in the order of the names.
    ///
    /// A name the agent does not have is answered by an exception, in version 1 too. Lists of any length are
    /// accepted: they are cut into as many requests as needed.
    /// Throws `errorStatus` where the agent refuses for another reason, and what `SNMPError.Code` lists.
    public func get(_ names: [ObjectIdentifier], from target: Target) async throws(SNMPError) -> [VarBind] {
        try await exchange(ExchangeStateMachine(.get, names: names), .get, target)
    }

    /// Reads what follows each name.
    ///
    /// The result has one variable binding for each name, in the order of the names.
    ///
    /// Where nothing follows, the value is `endOfMibView`, in version 1 too.
    public func getNext(_ names: [ObjectIdentifier], from target: Target) async throws(SNMPError) -> [VarBind] {
        try await exchange(ExchangeStateMachine(.getNext, names: names), .getNext, target)
    }

    /// Sends one GETBULK and returns what the agent answered, which may be less than was asked or more.
    ///
    /// Fewer repetitions are asked when the agent answers tooBig. Throws `invalidArgument` in version 1, which has no
    /// GETBULK, and for numbers out of range.
    public func getBulk(
        _ names: [ObjectIdentifier], nonRepeaters: Int = 0, maxRepetitions: Int, from target: Target
    ) async throws(SNMPError) -> [VarBind] {
        guard target.credential.version != .v1 else {
            let text = "version 1 has no GETBULK; use getNext, walk or table"
            throw SNMPError(.invalidArgument(text), operation: .getBulk, target: target.address)
        }
        guard nonRepeaters >= 0, nonRepeaters <= names.count, (0...Int(Int32.max)).contains(maxRepetitions) else {
            let text = "nonRepeaters must be 0 to the number of names, maxRepetitions 0 to 2147483647"
            throw SNMPError(.invalidArgument(text), operation: .getBulk, target: target.address)
        }
        let machine = ExchangeStateMachine(
            .getBulk, names: names, nonRepeaters: nonRepeaters, maxRepetitions: maxRepetitions)
        return try await exchange(machine, .getBulk, target)
    }

    /// Reads everything under a name, at most `limit` variable bindings.
    ///
    /// Throws only where the agent never answered. After that the result holds what was read and says why it ended.
    public func walk(
        _ root: ObjectIdentifier, of target: Target, limit: Int = 1_000_000
    ) async throws(SNMPError) -> WalkResult {
        guard limit > 0 else {
            let text = "limit must be at least 1, not \(limit)"
            throw SNMPError(.invalidArgument(text), operation: .walk, target: target.address)
        }
        let request = TableRequest(columns: [root], rowLimit: limit)
        let table = try await poll(request, .walk, target)
        guard let column = table.columns.first else {
            return WalkResult(varBinds: [], status: .absent, requests: 0, elapsedMilliseconds: 0)
        }
        let varBinds = (0..<column.count).map { VarBind(column.name(at: $0), column.value(at: $0)) }
        return WalkResult(
            varBinds: varBinds, status: column.status, requests: table.requests,
            elapsedMilliseconds: table.elapsedMilliseconds)
    }

    /// Reads scalars and table columns together, in as few round trips as the agent allows.
    ///
    /// Throws only where the agent never answered. After that every column says whether it is complete.
    public func table(_ request: TableRequest, from target: Target) async throws(SNMPError) -> Table {
        try await poll(request, .table, target)
    }

    private func poll(
        _ request: TableRequest, _ operation: SNMPError.Operation, _ target: Target
    ) async throws(SNMPError) -> Table {
        if let fault = request.fault {
            throw SNMPError(.invalidArgument(fault), operation: operation, target: target.address)
        }
        let result = try await run(target, operation) { TablePoll(request, target, operation, $0, $1) }
        guard case .table(let table) = result else {
            throw SNMPError(.shutdown, operation: operation, target: target.address)
        }
        return table
    }

    private func exchange(
        _ machine: ExchangeStateMachine, _ operation: SNMPError.Operation, _ target: Target
    ) async throws(SNMPError) -> [VarBind] {
        guard !machine.names.isEmpty else { return [] }
        let result = try await run(target, operation) { ExchangePoll(machine, target, operation, $0, $1) }
        guard case .varBinds(let varBinds) = result else {
            throw SNMPError(.shutdown, operation: operation, target: target.address)
        }
        return varBinds
    }
}

extension TableRequest {
    /// More rows than memory holds.
    static let rowLimitMax = 1 << 28
    /// More interfaces than a device has, whatever its ifNumber says.
    static let interfaceCountMax = 1 << 24

    /// What is wrong with the values, as a clause with the remedy; nil if nothing.
    var fault: String? {
        if rowLimit < 1 || octetLimit < 1 || requestLimit < 1 {
            return "rowLimit, octetLimit and requestLimit must be at least 1"
        }
        if rowLimit > Self.rowLimitMax { return "rowLimit must be at most \(Self.rowLimitMax), not \(rowLimit)" }
        return columns.isEmpty && scalars.isEmpty ? "the request names neither scalars nor columns" : nil
    }
}
