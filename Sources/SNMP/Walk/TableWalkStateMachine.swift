/// Reads scalars and columns of one device: decides what to ask, and takes the answers into columns.
///
/// Pure: no socket and no clock. The shell asks `slotGranted` for a request whenever it may send one, encodes it,
/// and reports what became of it by `responseReceived` or `requestFailed`.
///
/// - Each column keeps its own progress. A request packs several columns and as many repetitions as fill a datagram.
/// - A variable binding is assigned by its name; its place only says which column it is expected to continue.
/// - Every response either brings a row, ends a column or makes the next request smaller, so a walk always ends.
struct TableWalkStateMachine {
    /// What the shell does next.
    enum Action: Hashable {
        /// Encode and send the request with this token.
        case sendRequest(Int)
        /// Ask again after the next event: all that can be asked is under way.
        case wait
        /// Take the table with `finish`.
        case finish
    }

    /// What one device can take; learned limits start from it.
    struct Limits: Hashable {
        var version = SNMPVersion.v2c
        var requestsInFlight = 2
        var repetitionsMax = 64
        var responseOctetsMax = 1472
        var attempts = 3
    }

    /// A request under way: the scalars and columns it asks, in this order.
    struct Plan: Hashable {
        var type = PDUType.getBulk
        var scalars: [Int] = []
        var columns: [Int] = []
        var repetitions = 1
        var isUsed = false

        /// The variable bindings a full answer holds.
        var varBindCount: Int { scalars.count + columns.count * repetitions }
    }

    enum ScalarState: Hashable {
        case idle
        case requested
        case done
    }

    let limits: Limits
    let scalarNames: [ObjectIdentifier]
    let request: TableRequest
    var columns: [ColumnProgress]
    var scalars: [SNMPValue?]
    var scalarStates: [ScalarState]
    var plans: [Plan]

    /// The rows expected in each group of columns; negative until something says so.
    var expectedRows: [Int]
    /// The most variable bindings to ask for in one request: halved by failures, raised again by success.
    var varBindCap = Int.max
    /// The fewest variable bindings of a request that failed by its size.
    var varBindsFailed = Int.max
    /// The most scalars to ask for in one request, lowered by failures.
    var scalarCap = Int.max
    /// Scalars no longer travel with columns, because such a request failed.
    var scalarsTravelAlone = false
    var consecutiveTimeouts = 0
    /// Those of them that asked for a single variable binding.
    var consecutiveSmallTimeouts = 0

    /// The memory the rows of all columns take, in octets.
    var octetCount = 0
    var anomalies: DecodeAnomalies = []
    var requestCount = 0
    var responseCount = 0
    var sysUpTime: (value: UInt32, arrivalMilliseconds: UInt64)?

    init(_ request: TableRequest, limits: Limits) {
        self.request = request
        self.limits = limits
        scalarNames = request.scalars
        scalars = Array(repeating: nil, count: request.scalars.count)
        scalarStates = Array(repeating: .idle, count: request.scalars.count)
        let layout = request.layout
        expectedRows = Array(repeating: -1, count: layout.groups.count)
        columns = request.columns.indices.map { position in
            ColumnProgress(
                oid: request.columns[position], group: layout.groups[position], prefix: layout.prefixes[position])
        }
        plans = Array(repeating: Plan(), count: max(1, limits.requestsInFlight))
    }

    /// Whether nothing more will be asked and nothing is under way.
    var isFinished: Bool {
        columns.allSatisfy(\.facts.hasEnded) && scalarStates.allSatisfy { $0 == .done }
            && !plans.contains(where: \.isUsed)
    }

    /// The shell may send a request now.
    mutating func slotGranted() -> Action {
        guard let token = freePlan else { return isFinished ? .finish : .wait }
        if requestCount >= request.requestLimit { endIdleColumns(.requestLimit) }
        guard planRequest(token) else { return isFinished ? .finish : .wait }
        requestCount += 1
        return .sendRequest(token)
    }

    /// A plan that is not under way.
    ///
    /// Before the first answer only one request is: the device may be dead. The last chance is two small requests, for a
    /// scalar and for a column, since the agent may hang on either.
    private var freePlan: Int? {
        if responseCount == 0, plans.contains(where: \.isUsed), requestCount != 2 { return nil }
        return plans.firstIndex { !$0.isUsed }
    }

    /// Whether `slotGranted` may lead to a request or to the end.
    var wantsSlot: Bool {
        guard freePlan != nil else { return false }
        return columns.contains(where: \.facts.isIdle) || scalarStates.contains(.idle) || isFinished
    }

    /// The request came to nothing: no answer, or the network's word that there will be none.
    mutating func requestFailed(_ token: Int, _ fault: ColumnFault) {
        let plan = release(token)
        switch fault {
        case .timeout where responseCount == 0 && requestCount == 1 && limits.attempts > 1 && plan.varBindCount > 1:
            // Not dead, perhaps: some agents drop what is too much for them, or hang on one object.
            scalarCap = 1
            if !plan.columns.isEmpty { limitVarBinds(to: 1, failed: plan) }
            scalarsTravelAlone = true
        case .timeout where responseCount == 0:
            if !plans.contains(where: \.isUsed) { pollEnded(fault) }
        case .timeout: timeoutReceived(plan)
        default: pollEnded(fault)
        }
    }

    /// The attempts a request may take: how many, and how many came before for the back-off.
    ///
    /// The last of the first request's is kept for a smaller request: a dead device costs no more by it.
    func attempts(_ token: Int) -> (count: Int, before: Int) {
        if responseCount > 0 || limits.attempts == 1 { return (limits.attempts, 0) }
        if requestCount > 1 { return (1, limits.attempts - 1) }
        return (plans[token].varBindCount > 1 ? limits.attempts - 1 : limits.attempts, 0)
    }

    /// Nothing more can be asked: what is unfinished ends by the fault.
    mutating func pollEnded(_ fault: ColumnFault) {
        for token in plans.indices { plans[token].isUsed = false }
        for position in columns.indices { columns[position].fail(fault) }
        for position in scalarStates.indices { scalarStates[position] = .done }
    }

    /// Takes a plan back: what it asked may be asked again.
    mutating func release(_ token: Int) -> Plan {
        plans[token].isUsed = false
        let plan = plans[token]
        for each in plan.columns where columns[each].facts.phase == .requested {
            columns[each].facts.phase = .idle
        }
        for each in plan.scalars where scalarStates[each] == .requested { scalarStates[each] = .idle }
        return plan
    }

    mutating func endIdleColumns(_ fault: ColumnFault) {
        for position in columns.indices where columns[position].facts.isIdle { columns[position].fail(fault) }
        for position in scalarStates.indices where scalarStates[position] == .idle { scalarStates[position] = .done }
    }

    /// The table as far as it was read.
    ///
    /// The machine is used up.
    consuming func finish(elapsedMilliseconds: UInt64, retransmissions: Int) -> Table {
        let requests = requestCount
        return Table(
            scalars: scalars, columns: columns.map { $0.column() }, sysUpTime: sysUpTime?.value,
            sysUpTimeArrivalMilliseconds: sysUpTime?.arrivalMilliseconds ?? 0,
            elapsedMilliseconds: elapsedMilliseconds, requests: requests, retransmissions: retransmissions,
            anomalies: anomalies)
    }
}
