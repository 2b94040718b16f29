/// Reads scalars and columns of one device: decides what to ask, and takes the answers into columns.
///
/// Pure: no socket and no clock. The shell asks `slotGranted` for a request whenever it may send one, encodes it,
/// and reports what became of it by `responseReceived` or `requestFailed`.
///
/// - Each column keeps its own progress. A request packs several columns and as many repetitions as fill a datagram.
/// - A variable binding is assigned by its name; its place only says which column it is expected to continue.
/// - Every response either brings a row, ends a column or makes the next request smaller, so a walk always ends.
/// - All memory is kept for the next poll: `reset` begins it.
struct TableWalkStateMachine: ~Copyable {
    /// What the shell does next.
    enum Action: Hashable {
        /// Encode and send the request with this token.
        case sendRequest(Int)
        /// Ask again after the next event: all that can be asked is under way.
        case wait
        /// Take the table with `finish` or `withTable`.
        case finish
    }

    /// What one device can take; learned limits start from it.
    struct Limits: Hashable {
        var version = SNMPVersion.v2c
        var requestsInFlight = 2
        var repetitionsMax = 64
        var responseOctetsMax = 1472
        var attempts = 3
        /// What a message takes beside its variable bindings.
        var headerOctets = 48
        var quirks: AgentQuirks = []
    }

    /// A request under way: the scalars and columns it asks, in this order.
    struct Plan: Hashable {
        var type = PDUType.getBulk
        var scalars: [Int] = []
        var columns: [Int] = []
        var repetitions = 1
        var isUsed = false
        /// How many rounds of timeouts came before it was sent.
        var timeoutRound = 0

        /// The variable bindings a full answer holds.
        var varBindCount: Int { scalars.count + columns.count * repetitions }
    }

    enum ScalarState: Hashable {
        case idle
        case requested
        case done
    }

    private(set) var limits: Limits
    private(set) var request: TableRequest
    var columns = FixedMemory<ColumnProgress>([])
    var scalars: [SNMPValue?] = []
    var scalarStates: [ScalarState] = []
    var plans = FixedMemory<Plan>([])

    /// The rows expected in each group of columns; negative until something says so.
    var expectedRows: [Int] = []
    /// The group ifNumber speaks of, if a requested column is in it.
    private(set) var interfaceGroup: Int?
    /// The number ifNumber gave; negative until then.
    var interfaceCount = -1
    /// The most variable bindings to ask for in one request: halved by failures, raised again by success.
    var varBindCap = Int.max
    /// The fewest variable bindings of a request that failed by its size.
    var varBindsFailed = Int.max
    /// The most scalars to ask for in one request, lowered by failures.
    var scalarCap = Int.max
    /// The most columns to name in one request: more names are longer than the agent takes.
    var nameCap = Int.max
    /// Scalars no longer travel with columns, because such a request failed.
    var scalarsTravelAlone = false
    /// The agent answers a GETBULK with one row: many columns are asked at once, a row each.
    var answersOneRow = false
    /// The agent answered the last poll: the first requests go out side by side.
    var startsBroadly = false
    /// Nothing was answered, and the last attempt is for the least that can be asked.
    var isLastChance = false
    var lastChanceRequests = 0
    var consecutiveTimeouts = 0
    /// Those of them that asked for a single variable binding.
    var consecutiveSmallTimeouts = 0
    /// Rounds of timeouts: requests that were under way together and got lost together are one.
    var timeoutRound = 0
    /// A request was not answered in this poll, perhaps for its size.
    var hasLostAnswers = false
    /// A request for several variable bindings was not answered; whether less is will show.
    var wasDropped = false

    /// The memory the rows of all columns take, in octets.
    var octetCount = 0
    var anomalies: DecodeAnomalies = []
    var tolerated: ToleratedDeviations = []
    var requestCount = 0
    var responseCount = 0
    var sysUpTime: (value: UInt32, arrivalMilliseconds: UInt64)?
    /// The table that is lent, kept for its memory.
    var lent: Table?

    init(_ request: TableRequest, limits: Limits, knowledge: WalkKnowledge = WalkKnowledge()) {
        self.request = request
        self.limits = limits
        makeRoom()
        begin(knowledge)
    }

    /// Begins another poll, of the same device or of another, in the memory of the one that ended.
    mutating func reset(_ request: TableRequest, limits: Limits, knowledge: WalkKnowledge = WalkKnowledge()) {
        let isSame = request.columns == self.request.columns && request.scalars == self.request.scalars
        self.request = request
        self.limits = limits
        if !isSame { makeRoom() }
        begin(knowledge)
    }

    /// Begins another poll with the same request.
    mutating func restart(limits: Limits, knowledge: WalkKnowledge) {
        self.limits = limits
        begin(knowledge)
    }

    /// Memory for what the request names.
    private mutating func makeRoom() {
        let layout = request.layout
        scalars = Array(repeating: nil, count: request.scalars.count)
        scalarStates = Array(repeating: .idle, count: request.scalars.count)
        interfaceGroup = layout.interfaceGroup
        expectedRows = Array(repeating: -1, count: (layout.groups.max() ?? -1) + 1)
        columns = FixedMemory(
            request.columns.indices.map { position in
                ColumnProgress(
                    oid: request.columns[position], group: layout.groups[position], prefix: layout.prefixes[position])
            })
        lent = nil
    }

    private mutating func begin(_ knowledge: WalkKnowledge) {
        let inFlight = max(1, limits.requestsInFlight)
        if plans.count != inFlight { plans = FixedMemory(repeating: Plan(), count: inFlight) }
        for token in plans.indices { plans[token].isUsed = false }
        for position in scalars.indices {
            scalars[position] = nil
            scalarStates[position] = .idle
        }
        varBindCap = knowledge.varBindCap
        varBindsFailed = knowledge.varBindsFailed
        scalarCap = knowledge.scalarCap
        scalarsTravelAlone = knowledge.scalarsTravelAlone
        answersOneRow = knowledge.answersOneRow
        startsBroadly = knowledge.isAnswering
        nameCap = Int.max
        (isLastChance, lastChanceRequests, wasDropped, hasLostAnswers) = (false, 0, false, false)
        (consecutiveTimeouts, consecutiveSmallTimeouts, timeoutRound) = (0, 0, 0)
        (octetCount, requestCount, responseCount, interfaceCount) = (0, 0, 0, -1)
        (anomalies, tolerated, sysUpTime) = ([], [], nil)
        beginColumns(knowledge)
    }

    private mutating func beginColumns(_ knowledge: WalkKnowledge) {
        for group in expectedRows.indices { expectedRows[group] = -1 }
        let isKnown = knowledge.columns.count == columns.count
        for position in columns.indices {
            columns[position].restart(knowing: isKnown ? knowledge.columns[position] : WalkKnowledge.Column())
            columns[position].facts.mayBeUnordered = limits.quirks.contains(.unorderedRows)
            let group = columns[position].facts.group
            expectedRows[group] = max(expectedRows[group], columns[position].facts.knownRows)
        }
        guard isKnown, knowledge.interfaceCount >= 0, let group = interfaceGroup else { return }
        expectedRows[group] = max(expectedRows[group], Int(knowledge.interfaceCount))
    }

    /// Gives back what was learnt, into the memory that is there.
    mutating func learn(into knowledge: inout WalkKnowledge) {
        knowledge.isAnswering = responseCount > 0
        guard responseCount > 0 else { return }
        let hasFailed = varBindCap < knowledge.varBindCap || scalarCap < knowledge.scalarCap
        knowledge.pollsSinceFailure = hasFailed ? 0 : knowledge.pollsSinceFailure &+ 1
        let isStale = knowledge.pollsSinceFailure == UInt8.max
        knowledge.varBindCap = isStale ? Int.max : varBindCap
        knowledge.varBindsFailed = isStale ? Int.max : varBindsFailed
        knowledge.scalarCap = isStale ? Int.max : scalarCap
        knowledge.scalarsTravelAlone = !isStale && scalarsTravelAlone
        knowledge.answersOneRow = !isStale && answersOneRow
        if interfaceCount >= 0 { knowledge.interfaceCount = Int32(clamping: interfaceCount) }
        if knowledge.columns.count != columns.count {
            knowledge.columns = Array(repeating: WalkKnowledge.Column(), count: columns.count)
        }
        for position in columns.indices {
            var known = columns[position].knowledge
            if isStale { (known.repetitionCap, known.isIsolated) = (0, false) }
            knowledge.columns[position] = known
        }
    }

    // What only looks at the machine is mutating too: it then is used in place, and not copied.

    /// Whether nothing more will be asked and nothing is under way.
    var isFinished: Bool {
        mutating get { hasFinished }
    }

    private var hasFinished: Bool {
        @inline(__always) mutating get {
            for position in columns.indices where !columns[position].facts.hasEnded { return false }
            for state in scalarStates where state != .done { return false }
            return !isAnythingUnderWay
        }
    }

    private var isAnythingUnderWay: Bool {
        @inline(__always) mutating get {
            for token in plans.indices where plans[token].isUsed { return true }
            return false
        }
    }

    /// The shell may send a request now.
    mutating func slotGranted() -> Action {
        guard let token = freePlan else { return hasFinished ? .finish : .wait }
        if requestCount >= request.requestLimit { endIdleColumns(.requestLimit) }
        guard planRequest(token) else { return hasFinished ? .finish : .wait }
        requestCount += 1
        if isLastChance, responseCount == 0 { lastChanceRequests += 1 }
        return .sendRequest(token)
    }

    /// A plan that is not under way.
    ///
    /// Before the first answer only one request is, unless the agent answered the last poll: the device may be dead. The
    /// last chance is two small requests, for a scalar and for a column, since the agent may hang on either.
    private var freePlan: Int? {
        @inline(__always) mutating get {
            if responseCount == 0 {
                if isLastChance {
                    guard lastChanceRequests < 2 else { return nil }
                } else if !startsBroadly, isAnythingUnderWay {
                    return nil
                }
            }
            for token in plans.indices where !plans[token].isUsed { return token }
            return nil
        }
    }

    /// Whether `slotGranted` may lead to a request or to the end.
    var wantsSlot: Bool {
        mutating get {
            guard freePlan != nil else { return false }
            for position in columns.indices where columns[position].facts.isIdle { return true }
            return scalarStates.contains(.idle) || hasFinished
        }
    }

    /// The request came to nothing: no answer, or the network's word that there will be none.
    mutating func requestFailed(_ token: Int, _ fault: ColumnFault) {
        let plan = release(token)
        if fault == .requestTooLarge {
            requestWasTooLarge(plan)
            return
        }
        guard fault == .timeout else {
            pollEnded(fault)
            return
        }
        if plan.varBindCount > 1 { wasDropped = true }
        if responseCount > 0 {
            timeoutReceived(plan)
        } else if isAnythingUnderWay {
            startsBroadly = false
            if !isLastChance { requestWasNoUse(plan, fault) }
        } else if isLastChance || limits.attempts == 1 || (requestCount == 1 && plan.varBindCount == 1) {
            pollEnded(fault)
        } else {
            beginLastChance(plan)
        }
    }

    /// Not dead, perhaps: some agents drop what is too much for them, or hang on one object.
    private mutating func beginLastChance(_ plan: Plan) {
        isLastChance = true
        hasLostAnswers = true
        startsBroadly = false
        scalarCap = 1
        scalarsTravelAlone = true
        guard columns.count > 0 else { return }
        varBindsFailed = min(varBindsFailed, max(2, plan.varBindCount))
        varBindCap = 1
    }

    /// The attempts a request may take: how many, and how many came before for the back-off.
    ///
    /// The last of the first request's is kept for a smaller request: a dead device costs no more by it.
    mutating func attempts(_ token: Int) -> (count: Int, before: Int) {
        if responseCount > 0 || limits.attempts == 1 { return (limits.attempts, 0) }
        if isLastChance { return (1, limits.attempts - 1) }
        return (plans[token].varBindCount > 1 ? limits.attempts - 1 : limits.attempts, 0)
    }

    /// Nothing more can be asked: what is unfinished ends by the fault.
    mutating func pollEnded(_ fault: ColumnFault) {
        for token in plans.indices { plans[token].isUsed = false }
        for position in columns.indices { columns[position].fail(fault) }
        for position in scalarStates.indices { scalarStates[position] = .done }
    }

    /// Takes a plan back: what it asked may be asked again.
    @discardableResult
    mutating func release(_ token: Int) -> Plan {
        plans[token].isUsed = false
        let plan = plans[token]
        askAgain(plan)
        return plan
    }

    mutating func askAgain(_ plan: borrowing Plan) {
        for place in plan.columns.indices {
            let position = plan.columns[place]
            if columns[position].facts.phase == .requested { columns[position].facts.phase = .idle }
        }
        for place in plan.scalars.indices {
            let position = plan.scalars[place]
            if scalarStates[position] == .requested { scalarStates[position] = .idle }
        }
    }

    mutating func endIdleColumns(_ fault: ColumnFault) {
        for position in columns.indices where columns[position].facts.isIdle { columns[position].fail(fault) }
        for position in scalarStates.indices where scalarStates[position] == .idle { scalarStates[position] = .done }
    }
}
