import Synchronization

/// What a poll ends with.
enum PollResult: Sendable {
    case varBinds([VarBind])
    case table(Table)
    /// A table that stays in the poll, to be lent.
    case lent
}

/// What the loop does for a poll that was offered a place in the window.
enum PollAction: Hashable {
    /// Encode and send the request with this token.
    case sendRequest(Int)
    /// Nothing can be asked before the next event.
    case wait
    /// Take the result.
    case finish
}

/// Whether a caller gave up; shared between the caller's task and the I/O thread.
final class PollTicket: Sendable {
    let id: UInt64
    private let cancelled = Atomic<Bool>(false)

    init(id: UInt64) { self.id = id }

    var isCancelled: Bool { cancelled.load(ordering: .acquiring) }
    func cancel() { cancelled.store(true, ordering: .releasing) }
}

/// One caller's operation on one agent.
///
/// Made by the caller, then owned by one I/O thread until it ends; recurring ones are made there and used again.
///
/// The subclasses are shells around a state machine each; this class holds what they have in common.
class Poll {
    typealias Completion = @Sendable (Result<PollResult, SNMPError>) -> Void

    let ticket: PollTicket
    @exclusivity(unchecked) private(set) var target: Target
    let operation: SNMPError.Operation
    let firstName: ObjectIdentifier?
    private(set) var processing: CommunityProcessing
    let completion: Completion
    /// The agent's number on this thread, while the poll is under way.
    @exclusivity(unchecked) var agent = 0
    /// Names the request among those whose walks are remembered; nil where nothing is.
    var knowledgeKey: UInt64? { nil }

    /// The device's place in the schedule, where it is a recurring poll; else negative.
    @exclusivity(unchecked) var place = -1
    /// When the first request was sent, in milliseconds.
    @exclusivity(unchecked) var startedAt: UInt64?
    /// Slots of requests under way.
    @exclusivity(unchecked) var slots: [Int] = []
    /// What is known of version 3 at the target; nil for other versions, and before the first request.
    @exclusivity(unchecked) var security: AgentSecurity?
    @exclusivity(unchecked) var isQueued = false
    @exclusivity(unchecked) var isFinished = false
    @exclusivity(unchecked) var retransmissions = 0
    /// Attempts since the agent was last heard of.
    @exclusivity(unchecked) var attempts = 0
    /// What the network said about an attempt, as errno; 0 for nothing.
    ///
    /// Attempts go on meanwhile.
    @exclusivity(unchecked) var networkError: Int32 = 0

    init(
        _ target: Target, _ operation: SNMPError.Operation, _ name: ObjectIdentifier?, _ ticket: PollTicket,
        processing: CommunityProcessing? = nil, _ completion: @escaping Completion
    ) {
        self.ticket = ticket
        self.target = target.withQuirksApplied
        self.operation = operation
        self.firstName = name
        self.completion = completion
        self.processing = processing ?? CommunityProcessing(target.credential)
        slots.reserveCapacity(target.inFlight)
    }

    /// Makes the poll ready to be used again, for another target with its keys.
    func reset(_ target: Target, _ processing: CommunityProcessing) {
        self.processing = processing
        self.target = target.withQuirksApplied
        rewind()
    }

    /// Makes the poll ready to be used again, for a target that differs in its address alone.
    func reset(_ address: TransportAddress) {
        target.address = address
        rewind()
    }

    private func rewind() {
        if security != nil { security = nil }
        startedAt = nil
        isFinished = false
        retransmissions = 0
        attempts = 0
        networkError = 0
    }

    func elapsed(_ now: UInt64) -> UInt64 { startedAt.map { now - min($0, now) } ?? 0 }

    /// An error of this poll with its context.
    func error(_ code: SNMPError.Code, _ now: UInt64) -> SNMPError {
        var error = SNMPError(code, operation: operation, target: target.address, name: firstName)
        error.attempts = attempts
        error.elapsedMilliseconds = elapsed(now)
        return error
    }

    /// How patiently the request with this token is repeated.
    func retryPolicy(_ token: Int) -> RetryPolicy {
        RetryPolicy(
            timeoutMilliseconds: target.timeoutMilliseconds, timeoutMillisecondsMax: target.timeoutMillisecondsMax,
            retries: target.retries)
    }

    /// The poll, where it is a recurring one.
    var scheduled: ScheduledPoll? { nil }
    /// Whether nothing more will be asked and nothing is under way.
    var isDone: Bool { true }
    /// Whether `slotGranted` may lead to a request or to the end.
    var wantsSlot: Bool { false }
    /// Whether nothing was answered and the least is asked once more.
    var isLastChance: Bool { false }
    /// Begins, with what earlier walks learnt of the agent.
    func begin(knowing knowledge: WalkKnowledge) {}
    /// Adds what this walk learnt of the agent.
    func learn(into knowledge: inout WalkKnowledge) {}
    func slotGranted() -> PollAction { .finish }
    func encode(_ token: Int, requestID: Int32, into writer: inout BERWriter) {}
    func responseReceived(_ token: Int, _ message: MessageView, _ now: UInt64) {}
    func requestFailed(_ token: Int, _ fault: ColumnFault) {}
    /// The poll as a whole cannot go on; its requests under way are abandoned.
    func pollEnded(_ fault: ColumnFault) {}
    /// What the poll brought, once `slotGranted` said `finish`; a code where it is worth nothing.
    func result(_ now: UInt64) -> Result<PollResult, PollFailure> { .failure(PollFailure(SNMPError.Code.shutdown)) }
}

/// A code on its way to becoming an `SNMPError` with context.
struct PollFailure: Error {
    let code: SNMPError.Code

    init(_ code: SNMPError.Code) { self.code = code }

    init(_ fault: ColumnFault) {
        switch fault {
        case .timeout: code = .timeout
        case .refused: code = .refused
        case .unreachable(let number): code = .unreachable(errno: number)
        case .requestTooLarge: code = .requestTooLarge
        case .errorStatus(let status): code = .errorStatus(status, index: 0)
        case .emptyResponse: code = .emptyResponse
        case .undecodable, .nonIncreasing: code = .undecodable
        case .rowLimit, .octetLimit, .requestLimit, .deadline: code = .deadline
        case .shutdown: code = .shutdown
        case .security(let fault): code = .security(fault)
        }
    }
}

/// A poll of scalars and columns, or a walk.
class TablePoll: Poll {
    /// Proof: unchecked exclusivity, because the machine knows nothing of the poll; only `withTable` calls out, to a
    /// receiver that has no way to reach the poll.
    @exclusivity(unchecked) private var machine: TableWalkStateMachine
    private let request: TableRequest
    private let requestKey: UInt64
    @exclusivity(unchecked) var lastFault = ColumnFault.timeout

    init(
        _ request: TableRequest, _ target: Target, _ operation: SNMPError.Operation, _ ticket: PollTicket,
        processing: CommunityProcessing? = nil, _ completion: @escaping Completion
    ) {
        self.request = request
        requestKey = request.knowledgeKey
        machine = TableWalkStateMachine(request, limits: Self.limits(target.withQuirksApplied))
        super.init(
            target, operation, request.columns.first ?? request.scalars.first, ticket, processing: processing,
            completion)
    }

    private static func limits(_ target: Target) -> TableWalkStateMachine.Limits {
        TableWalkStateMachine.Limits(
            version: target.credential.version, requestsInFlight: target.inFlight,
            repetitionsMax: target.maxRepetitions, responseOctetsMax: target.responseOctetsMax,
            attempts: target.retries + 1, headerOctets: target.credential.headerOctets,
            quirks: target.quirks)
    }

    override var knowledgeKey: UInt64? { requestKey }

    override func begin(knowing knowledge: WalkKnowledge) {
        var knowledge = knowledge
        if target.quirks.contains(.oneVarBindPerRequest) {
            (knowledge.varBindCap, knowledge.varBindsFailed) = (1, 2)
            (knowledge.scalarCap, knowledge.scalarsTravelAlone) = (1, true)
        }
        machine.restart(limits: Self.limits(target), knowledge: knowledge)
    }

    override func learn(into knowledge: inout WalkKnowledge) { inPlace { $0.learn(into: &knowledge) } }

    /// Uses the machine where it is: to read it through the property would copy it, with a reference for each array.
    @inline(__always)
    private func inPlace<Result>(_ body: (inout TableWalkStateMachine) -> Result) -> Result { body(&machine) }

    /// Whether the agent answered anything: then there is a table.
    var isAnswered: Bool { machine.responseCount > 0 }

    /// The memory the rows take, in octets.
    var storedOctets: Int { inPlace { $0.octetCount } }

    /// Lends the table as far as it was read.
    func withTable(_ now: UInt64, _ body: (borrowing Table) -> Void) {
        machine.withTable(elapsedMilliseconds: elapsed(now), retransmissions: retransmissions, body)
    }

    override func retryPolicy(_ token: Int) -> RetryPolicy {
        var policy = super.retryPolicy(token)
        let attempts = inPlace { $0.attempts(token) }
        policy.retries = attempts.count - 1
        policy.attemptsBefore = attempts.before
        return policy
    }

    override var isDone: Bool { inPlace { $0.isFinished } }
    override var wantsSlot: Bool { inPlace { $0.wantsSlot } }
    override var isLastChance: Bool { inPlace { $0.isLastChance && $0.responseCount == 0 } }

    override func slotGranted() -> PollAction {
        switch machine.slotGranted() {
        case .sendRequest(let token): .sendRequest(token)
        case .wait: .wait
        case .finish: .finish
        }
    }

    override func encode(_ token: Int, requestID: Int32, into writer: inout BERWriter) {
        inPlace { $0.encode(token, requestID: requestID, into: &writer) }
    }

    override func responseReceived(_ token: Int, _ message: MessageView, _ now: UInt64) {
        machine.responseReceived(token, message, elapsedMilliseconds: elapsed(now))
    }

    override func requestFailed(_ token: Int, _ fault: ColumnFault) {
        lastFault = fault
        machine.requestFailed(token, fault)
    }

    override func pollEnded(_ fault: ColumnFault) {
        lastFault = fault
        machine.pollEnded(fault)
    }

    override func result(_ now: UInt64) -> Result<PollResult, PollFailure> {
        guard machine.responseCount > 0 else { return .failure(PollFailure(lastFault)) }
        return .success(.table(machine.finish(elapsedMilliseconds: elapsed(now), retransmissions: retransmissions)))
    }
}

/// A GET, GETNEXT or GETBULK.
final class ExchangePoll: Poll {
    private var machine: ExchangeStateMachine

    init(
        _ machine: ExchangeStateMachine, _ target: Target, _ operation: SNMPError.Operation, _ ticket: PollTicket,
        _ completion: @escaping Completion
    ) {
        self.machine = machine
        super.init(target, operation, machine.names.first, ticket, completion)
    }

    override var isDone: Bool { machine.isFinished }
    override var wantsSlot: Bool { machine.wantsSlot }

    override func slotGranted() -> PollAction {
        switch machine.slotGranted() {
        case .sendRequest: .sendRequest(0)
        case .wait: .wait
        case .finish: .finish
        }
    }

    override func encode(_ token: Int, requestID: Int32, into writer: inout BERWriter) {
        machine.encode(requestID: requestID, into: &writer)
    }

    override func responseReceived(_ token: Int, _ message: MessageView, _ now: UInt64) {
        machine.responseReceived(message)
    }

    override func requestFailed(_ token: Int, _ fault: ColumnFault) {
        machine.requestFailed(PollFailure(fault).code)
    }

    override func pollEnded(_ fault: ColumnFault) { machine.requestFailed(PollFailure(fault).code) }

    override func result(_ now: UInt64) -> Result<PollResult, PollFailure> {
        if let code = machine.failure { return .failure(PollFailure(code)) }
        return .success(.varBinds(machine.result))
    }
}
