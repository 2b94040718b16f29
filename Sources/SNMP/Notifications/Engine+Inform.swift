/// An InformRequest (RFC 3416 section 4.2.7) and its acknowledgement.
final class InformPoll: Poll {
    private let varBinds: [VarBind]
    private var isUnderWay = false
    private var isAcknowledged = false
    private var failure: SNMPError.Code?

    init(_ varBinds: [VarBind], _ target: Target, _ ticket: PollTicket, _ completion: @escaping Completion) {
        self.varBinds = varBinds
        super.init(target, .inform, varBinds.first?.name, ticket, completion)
    }

    override var isDone: Bool { isAcknowledged || failure != nil }
    override var wantsSlot: Bool { !isUnderWay }

    override func slotGranted() -> PollAction {
        if isDone { return .finish }
        if isUnderWay { return .wait }
        isUnderWay = true
        return .sendRequest(0)
    }

    override func encode(_ token: Int, requestID: Int32, into writer: inout BERWriter) {
        let mark = writer.count
        for varBind in varBinds.reversed() { writer.prepend(varBind) }
        writer.wrap(BERTag.sequence, since: mark)
        writer.prependSigned(0)
        writer.prependSigned(0)
        writer.prependFixedInteger(requestID)
        writer.wrap(PDUType.inform.rawValue, since: mark)
    }

    override func responseReceived(_ token: Int, _ message: MessageView, _ now: UInt64) {
        isUnderWay = false
        if message.errorStatus == .noError {
            isAcknowledged = true
        } else {
            failure = .errorStatus(message.errorStatus, index: Int(message.errorIndex))
        }
    }

    override func requestFailed(_ token: Int, _ fault: ColumnFault) {
        isUnderWay = false
        failure = PollFailure(fault).code
    }

    override func pollEnded(_ fault: ColumnFault) { failure = PollFailure(fault).code }

    override func result(_ now: UInt64) -> Result<PollResult, PollFailure> {
        if let failure { return .failure(PollFailure(failure)) }
        return .success(.varBinds([]))
    }
}

extension Engine {
    /// Sends an inform and returns when it was acknowledged.
    ///
    /// The first two variable bindings are sysUpTime.0 and snmpTrapOID.0. In version 3 the receiver's engine is discovered,
    /// as an agent's is. Throws `invalidArgument` in version 1, which has no informs, `errorStatus` where the receiver
    /// refuses, and what `SNMPError.Code` lists.
    public func inform(_ varBinds: [VarBind], to target: Target) async throws(SNMPError) {
        guard target.credential.version != .v1 else {
            let text = "version 1 has no informs; send a trap"
            throw SNMPError(.invalidArgument(text), operation: .inform, target: target.address)
        }
        _ = try await run(target, .inform) { InformPoll(varBinds, target, $0, $1) }
    }
}
