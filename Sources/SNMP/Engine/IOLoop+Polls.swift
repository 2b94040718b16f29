import CSNMPIO
import Glibc

/// Polls, their requests, and the window they share.
extension IOLoop {
    /// Puts a poll at the end of the queue for the window: each poll in turn gets one request.
    func enqueue(_ poll: Poll) {
        guard !poll.isQueued, !poll.isFinished else { return }
        poll.isQueued = true
        ready.append(poll)
    }

    /// Gives free places in the window to the polls under way and, in turn with them, to the devices that are due.
    func grantSlots() {
        var isExhausted = false
        while slots.freeCount > 0, !isExhausted {
            isExhausted = true
            if let poll = nextReady() {
                isExhausted = false
                if !poll.isFinished { grantSlot(poll) }
            }
            if slots.freeCount > 0, let poll = beginDuePoll() {
                isExhausted = false
                grantSlot(poll)
            }
        }
    }

    /// The poll that waits longest for a place, nil if none does.
    private func nextReady() -> Poll? {
        guard readyHead < ready.count else { return nil }
        let poll = ready[readyHead]
        readyHead += 1
        poll.isQueued = false
        if readyHead == ready.count {
            ready.removeAll(keepingCapacity: true)
            readyHead = 0
        } else if readyHead > 8192 {
            ready.removeFirst(readyHead)
            readyHead = 0
        }
        return poll
    }

    /// Sends what the poll may have under way: one request after the other, so that they can travel together.
    private func grantSlot(_ poll: Poll) {
        if isAbandoned(poll) {
            finish(poll, .failure(poll.error(.cancelled, now)))
            return
        }
        if poll.elapsed(now) > UInt64(poll.target.deadlineMilliseconds) {
            abandonRequests(poll)
            poll.pollEnded(.deadline)
        }
        while slots.freeCount > 0 {
            guard isAdmitted(poll) || poll.isDone else {
                park(poll)
                return
            }
            switch poll.slotGranted() {
            case .sendRequest(let token): start(poll, token)
            case .wait: return
            case .finish:
                finish(poll)
                return
            }
            guard poll.wantsSlot else { return }
        }
        enqueue(poll)
    }

    /// Whether nobody waits for the poll any more.
    private func isAbandoned(_ poll: Poll) -> Bool {
        poll.place >= 0 ? schedule.isRemoved(poll.place) : poll.ticket.isCancelled
    }

    private func start(_ poll: Poll, _ token: Int) {
        if poll.startedAt == nil { poll.startedAt = now }
        guard hasSocket(for: poll.target.address) else {
            requestFailed(poll, token, .unreachable(EAFNOSUPPORT))
            return
        }
        guard let (slot, requestID) = slots.take() else { return }
        guard encode(poll, token, requestID, slot) else {
            slots.release(slot, answered: false)
            requestFailed(poll, token, .requestTooLarge)
            return
        }
        var policy = poll.retryPolicy(token)
        let roundTrip = agents[poll.agent].roundTrip
        if roundTrip.hasSample {
            policy.expectedMilliseconds = roundTrip.timeoutMilliseconds(cap: policy.timeoutMilliseconds)
        }
        flights[slot].poll = poll
        flights[slot].address = poll.target.address
        flights[slot].token = token
        flights[slot].requestID = requestID
        flights[slot].sentAt = nowMicroseconds
        flights[slot].request = RequestStateMachine(policy)
        poll.slots.append(slot)
        statistics.requests += 1
        let perSecondMax = poll.target.requestsPerSecondMax
        agents[poll.agent].requestSent(perSecondMax: perSecondMax, at: nowMicroseconds)
        perform(flights[slot].request.started(at: now, jitter: random.unit()), slot)
    }

    private func encode(_ poll: Poll, _ token: Int, _ requestID: Int32, _ slot: Int) -> Bool {
        let buffer: UnsafeMutableRawPointer
        if let existing = flights[slot].buffer {
            buffer = existing
        } else {
            buffer = .allocate(byteCount: Self.requestOctetsMax, alignment: 16)
            flights[slot].buffer = buffer
        }
        let octets = UnsafeMutableRawBufferPointer(start: buffer, count: Self.requestOctetsMax)
        if poll.processing.user != nil { return encodeSecured(poll, token, requestID, slot, octets) }
        var writer = BERWriter(octets)
        poll.encode(token, requestID: requestID, into: &writer)
        poll.processing.wrap(&writer)
        flights[slot].start = writer.offset
        return !writer.overflowed
    }

    func perform(_ action: RequestStateMachine.Action, _ slot: Int) {
        switch action {
        case .send(let deadline):
            wheel.schedule(slot, at: deadline)
            guard !flights[slot].isQueued, !isHeld(slot) else { return }
            queue(slot)
        case .scheduleTimer(let deadline): wheel.schedule(slot, at: deadline)
        case .giveUp: gaveUp(slot)
        case .ignore: break
        }
    }

    func fireTimers() {
        fired.removeAll(keepingCapacity: true)
        wheel.advance(to: now, fired: &fired)
        for slot in fired {
            guard let poll = flights[slot].poll else { continue }
            if poll.elapsed(now) > UInt64(poll.target.deadlineMilliseconds) {
                abandonRequests(poll)
                poll.pollEnded(.deadline)
                enqueue(poll)
                continue
            }
            let action = flights[slot].request.timerFired(at: now, jitter: random.unit())
            if case .send = action {
                statistics.retransmissions += 1
                poll.retransmissions += 1
                let sentAt = flights[slot].sentAt
                agents[poll.agent].requestRepeated(poll.target, sentAt: sentAt, at: nowMicroseconds)
                flights[slot].sentAt = nowMicroseconds
                if poll.processing.user != nil { encodeAgain(poll, slot) }
            }
            perform(action, slot)
        }
        firePaceTimers()
    }

    private func gaveUp(_ slot: Int) {
        guard let poll = flights[slot].poll else { return }
        statistics.timeouts += 1
        agents[poll.agent].requestTimedOut(sentAt: flights[slot].sentAt, at: nowMicroseconds)
        slotFailed(slot, poll.networkError == 0 ? .timeout : .unreachable(poll.networkError))
    }

    /// Ends the request in a slot without an answer.
    func slotFailed(_ slot: Int, _ fault: ColumnFault) {
        guard let poll = flights[slot].poll else { return }
        // Requests that wait side by side are one attempt: what counts is how often the agent had its time to answer.
        let request = flights[slot].request
        poll.attempts = max(poll.attempts, request.policy.attemptsBefore + request.attempts)
        let token = flights[slot].token
        release(slot, of: poll, answered: false)
        requestFailed(poll, token, fault)
    }

    private func requestFailed(_ poll: Poll, _ token: Int, _ fault: ColumnFault) {
        poll.requestFailed(token, fault)
        switch fault {
        case .timeout, .requestTooLarge: break
        default: abandonRequests(poll)
        }
        enqueue(poll)
    }

    /// Frees a slot: its timer, its place in the send queue, its link to the poll.
    func release(_ slot: Int, of poll: Poll, answered: Bool) {
        wheel.cancel(slot)
        flights[slot].poll = nil
        flights[slot].isQueued = false
        slots.release(slot, answered: answered)
        if let place = poll.slots.firstIndex(of: slot) {
            poll.slots[place] = poll.slots[poll.slots.count - 1]
            poll.slots.removeLast()
        }
        agents[poll.agent].window.requestEnded()
        unpark(poll.agent, limit: 1)
    }

    private func abandonRequests(_ poll: Poll) {
        while let slot = poll.slots.last { release(slot, of: poll, answered: false) }
    }

    private func finish(_ poll: Poll) {
        switch poll.result(now) {
        case .success(let result): finish(poll, .success(result))
        case .failure(let failure): finish(poll, .failure(explain(poll, failure.code)))
        }
    }

    /// The error with what came from the agent meanwhile; an agent that only talks garbage is said to do so.
    private func explain(_ poll: Poll, _ code: SNMPError.Code) -> SNMPError {
        let fault = code == .timeout ? securityFault(of: poll) : nil
        var error = poll.error(fault.map { .security($0) } ?? code, now)
        guard let seen = tolerated[poll.target.address] else { return error }
        error.tolerated = seen
        if error.code == .timeout, seen.undecodable > 0, seen.wrongCommunity == 0 { error.code = .undecodable }
        return error
    }

    func finish(_ poll: Poll, _ result: Result<PollResult, SNMPError>) {
        guard !poll.isFinished else { return }
        poll.isFinished = true
        abandonRequests(poll)
        if !tolerated.isEmpty { tolerated[poll.target.address] = nil }
        statistics.pollsFinished += 1
        if case .success = result { disengage(poll, isAnswered: true) } else { disengage(poll, isAnswered: false) }
        // The window may have grown, and a place this poll was offered may be left.
        unpark(poll.agent, limit: 2)
        if let recurring = poll.scheduled {
            scheduledPollEnded(recurring, result)
        } else {
            polls[poll.ticket.id] = nil
            finished.append((poll.completion, result))
        }
    }
}
