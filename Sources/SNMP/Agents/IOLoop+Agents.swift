/// Agents: their budgets, and what is learnt of them.
extension IOLoop {
    /// Ties a poll to its agent, and gives it what is known.
    func engage(_ poll: Poll, agent: Int) {
        poll.agent = agent
        guard let key = poll.knowledgeKey else { return }
        poll.begin(knowing: agents[agent].knowledge[key] ?? WalkKnowledge())
    }

    /// Whether the agent's budget allows the poll one more request now.
    ///
    /// The two small requests of a walk's last chance go out side by side, though a loss has halved the window.
    func isAdmitted(_ poll: Poll) -> Bool {
        agents[poll.agent].admits(poll.target, at: nowMicroseconds, atLeast: poll.isLastChance ? 2 : 1)
    }

    /// Puts a poll aside until its agent's budget allows a request.
    ///
    /// One that has requests under way is offered a place anyway when one of them ends.
    func park(_ poll: Poll) {
        let paceAt = agents[poll.agent].pace.nextAt
        if poll.target.requestsPerSecondMax > 0, paceAt > nowMicroseconds {
            if poll.agent >= paceWheel.capacity { paceWheel.grow(to: max(64, poll.agent * 2)) }
            paceWheel.schedule(poll.agent, at: paceAt / 1000 + 1)
        } else if !poll.slots.isEmpty {
            return
        }
        poll.isQueued = true
        parked[poll.agent, default: []].append(poll)
    }

    /// The agent's budget has room: those that wait longest for it, up to a limit, are offered a place.
    func unpark(_ agent: Int, limit: Int) {
        guard !parked.isEmpty, var waiting = parked.removeValue(forKey: agent) else { return }
        var (taken, offered) = (0, 0)
        while offered < limit, taken < waiting.count {
            let poll = waiting[taken]
            taken += 1
            poll.isQueued = false
            guard !poll.isFinished else { continue }
            enqueue(poll)
            offered += 1
        }
        waiting.removeFirst(taken)
        if !waiting.isEmpty { parked[agent] = waiting }
    }

    /// Offers places to polls that waited for their agent's pace.
    func firePaceTimers() {
        guard paceWheel.count > 0 else { return }
        fired.removeAll(keepingCapacity: true)
        paceWheel.advance(to: now, fired: &fired)
        for agent in fired { unpark(agent, limit: .max) }
    }

    /// The request in a slot was answered.
    func noteAnswer(_ slot: Int, _ poll: Poll) {
        let isSample = flights[slot].request.responseReceived()
        let sentAt = flights[slot].sentAt
        if agents[poll.agent].failingDevices > 0 { closeBreakers(poll) }
        agents[poll.agent].responseReceived(sentAt: sentAt, isSample: isSample, at: nowMicroseconds)
        if isSample { statistics.roundTrips.count(microseconds: nowMicroseconds - min(sentAt, nowMicroseconds)) }
    }

    /// Counts a response that no request waits for, where the agent is known.
    func countStray(_ source: TransportAddress, _ counter: WritableKeyPath<AgentState.Counters, UInt32>) {
        guard let agent = agents.number(of: source) else { return }
        agents[agent].counters[keyPath: counter] &+= 1
    }

    /// A poll ended: its agent's window and knowledge follow.
    func disengage(_ poll: Poll, isAnswered: Bool) {
        if isAnswered, poll.retransmissions == 0 {
            agents[poll.agent].window.pollWasClean(limit: poll.target.inFlight)
        }
        if let key = poll.knowledgeKey {
            agents[poll.agent].knowledge.update(key, isNew: isAnswered) { poll.learn(into: &$0) }
        }
        // The devices of the schedule hold their agents themselves.
        if poll.place < 0 { agents.release(poll.agent) }
    }
}

extension Engine {
    /// What the engine knows and has counted of an agent; nil for one it does not know.
    ///
    /// Waits for the I/O thread's next turn, for under a millisecond as a rule.
    public func statistics(of address: TransportAddress) -> AgentStatistics? {
        loop(of: address).ask(among: loops) { loop in
            loop.agents.number(of: address).map {
                AgentStatistics(
                    loop.agents[$0], consecutiveFailures: loop.consecutiveFailures(of: $0),
                    enginesReplaced: loop.security.states.replacements(at: address),
                    nowMicroseconds: loop.nowMicroseconds)
            }
        }
    }

    /// What is worth keeping of all agents across a restart, in no particular order.
    ///
    /// Holds the I/O threads up for about a microsecond for each agent: call it rarely, and before shutting down.
    public func memories() -> [AgentMemory] {
        var all: [AgentMemory] = []
        for loop in loops { all += loop.ask(among: loops) { $0.memories() } }
        return all
    }

    /// Gives back what `memories()` noted in an earlier process.
    ///
    /// What was learnt in this one already is kept. Memories beyond `EngineConfiguration.agentsRememberedMax` are left out.
    public func recall(_ memories: [AgentMemory]) {
        var shares: [[AgentMemory]] = Array(repeating: [], count: loops.count)
        for memory in memories { shares[IOLoop.home(of: memory.address, among: loops.count)].append(memory) }
        for (loop, share) in zip(loops, shares) where !share.isEmpty {
            loop.ask(among: loops) { $0.recall(share) }
        }
    }
}

extension IOLoop {
    fileprivate func memories() -> [AgentMemory] {
        let unixNow = Self.unixMilliseconds()
        var all: [AgentMemory] = []
        all.reserveCapacity(agents.count)
        agents.forEach { state in
            let engine = security.states.octets(of: state.address, now: now, unixSeconds: unixNow / 1000)
            guard state.isWorthKeeping || engine != nil else { return }
            all.append(AgentMemory(state, security: engine ?? [], savedAtUnixMilliseconds: unixNow))
        }
        return all
    }

    fileprivate func recall(_ memories: [AgentMemory]) {
        let unixSeconds = Self.unixMilliseconds() / 1000
        for memory in memories {
            guard let agent = agents.remember(memory.address) else { continue }
            agents[agent].recall(memory)
            guard !security.states.isKnown(memory.address) else { continue }
            _ = security.states.recall(memory.security, of: memory.address, now: now, unixSeconds: unixSeconds)
        }
    }
}
