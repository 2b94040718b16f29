/// What is asked of the recurring polls of one I/O thread.
enum ScheduleCommand: Sendable {
    case open(PollGroup)
    case add(UInt64, Target, CommunityProcessing, UInt64, UInt32?)
    case remove(UInt64, UInt64)
    case pollNow(UInt64, UInt64)
    case close(UInt64)
}

/// Recurring polls: subscriptions and their devices.
extension IOLoop {
    func carryOut(_ command: ScheduleCommand) {
        switch command {
        case .open(let group): open(group)
        case .add(let id, let target, let processing, let key, let phase): add(target, processing, key, phase, to: id)
        case .remove(let id, let key):
            if let (number, _) = group(id) { remove(key, from: number) }
        case .pollNow(let id, let key):
            if let (_, group) = group(id), let place = group.places[key] { schedule.pollNow(Int(place), now: now) }
        case .close(let id): endSubscription(id)
        }
    }

    private func group(_ id: UInt64) -> (number: Int, group: PollGroup)? {
        guard let number = groups.firstIndex(where: { $0?.id == id && $0?.isClosed == false }) else { return nil }
        return groups[number].map { (number, $0) }
    }

    private func open(_ group: PollGroup) {
        if let vacant = groups.firstIndex(where: { $0 == nil }) {
            groups[vacant] = group
        } else {
            groups.append(group)
        }
    }

    private func add(
        _ target: Target, _ processing: CommunityProcessing, _ key: UInt64, _ phase: UInt32?, to id: UInt64
    ) {
        guard let (number, group) = group(id) else { return }
        remove(key, from: number)
        let agent = agents.acquire(target.address)
        var common = target
        common.address = TransportAddress(ipv4: 0, port: 0)
        let device = PollSchedule.Device(
            key: key, group: number, agent: agent, profile: profile(common, processing),
            intervalMilliseconds: group.intervalMilliseconds)
        let place = schedule.add(
            device,
            phase: phase
                ?? PollSchedule.phase(of: target.address, intervalMilliseconds: group.intervalMilliseconds), now: now)
        schedule.link(place, next: agents[agent].firstDevice)
        agents[agent].firstDevice = Int32(place)
        group.places[key] = Int32(place)
        group.deviceCount += 1
    }

    /// The place of what a target has in common with others, with its keys.
    private func profile(_ common: Target, _ processing: CommunityProcessing) -> Int {
        let place = profiles.acquire(common)
        if place < processings.count { processings[place] = processing } else { processings.append(processing) }
        return place
    }

    private func remove(_ key: UInt64, from number: Int) {
        guard let place = groups[number]?.places.removeValue(forKey: key).map(Int.init) else { return }
        let device = schedule[place]
        if schedule.remove(place) { vacated(device, place) }
    }

    /// Ends a subscription: nothing is reported of it from now on.
    func endSubscription(_ id: UInt64) {
        guard let (number, group) = group(id) else { return }
        group.close()
        for key in Array(group.places.keys) { remove(key, from: number) }
        if group.deviceCount == 0 { groups[number] = nil }
    }

    /// A device is out of the schedule: what it held is given back.
    private func vacated(_ device: PollSchedule.Device, _ place: Int) {
        let agent = Int(device.agent)
        countClosed(device)
        unlink(device, place)
        agents.release(agent)
        profiles.release(Int(device.profile))
        guard let group = groups[Int(device.group)] else { return }
        group.deviceCount -= 1
        if group.isClosed, group.deviceCount == 0 { groups[Int(device.group)] = nil }
    }
}

/// Recurring polls: from their time to their outcome.
extension IOLoop {
    /// Time went by: devices become due.
    func advanceSchedule() {
        guard schedule.count > 0 else { return }
        let (missed, skipped) = schedule.advance(to: now) { $0.breaker.verdict(at: now) == .skip }
        statistics.pollsMissed += UInt64(missed)
        statistics.pollsSkipped += UInt64(skipped)
        if schedule.hasDue { unixOffsetMilliseconds = Self.unixMilliseconds() - Int64(now) }
    }

    /// Begins the poll of the device that waits longest; nil where none waits.
    func beginDuePoll() -> Poll? {
        while let place = schedule.nextDue() {
            let device = schedule[place]
            guard !device.isRemoved, let group = groups[Int(device.group)] else {
                if schedule.ended(place) { vacated(device, place) }
                continue
            }
            let agent = Int(device.agent)
            let poll = takePoll(of: device, group)
            let isProbe = device.breaker.isOpen && !device.isAskedFor
            poll.begin(
                device, at: place, missed: schedule.started(place), isProbe: isProbe,
                unixMilliseconds: unixOffsetMilliseconds + Int64(now))
            engage(poll, agent: agent)
            statistics.pollsStarted += 1
            if isProbe { statistics.probes += 1 }
            guard poll.profile == .max, let fault = poll.target.fault else { return poll }
            let address = poll.target.address
            finish(poll, .failure(SNMPError(.invalidArgument(fault), operation: .table, target: address)))
        }
        return nil
    }

    /// A poll for a device: one that served another like it wants its address only.
    private func takePoll(of device: PollSchedule.Device, _ group: PollGroup) -> ScheduledPoll {
        let stamp = profiles.stamp(of: Int(device.profile))
        let spare = group.takeSpare()
        if let spare, spare.profile == stamp {
            spare.reset(agents[Int(device.agent)].address)
            return spare
        }
        let target = target(of: device)
        let processing = processings[Int(device.profile)]
        let poll = spare ?? ScheduledPoll(group, target, processing)
        poll.reset(target, processing)
        poll.profile = target.fault == nil ? stamp : .max
        return poll
    }

    private func target(of device: PollSchedule.Device) -> Target {
        var target = profiles[Int(device.profile)]
        target.address = agents[Int(device.agent)].address
        return target
    }

    /// A recurring poll ended: it is reported when the turn's counters are published.
    func scheduledPollEnded(_ poll: ScheduledPoll, _ result: Result<PollResult, SNMPError>) {
        if case .failure(let error) = result, error.isSilence { silenceNoted(poll) }
        poll.ended(result, at: now)
        reported.append(poll)
    }

    /// Lends the outcomes of this turn to their receivers, and takes the polls back.
    func reportOutcomes() {
        guard !reported.isEmpty else { return }
        var polls: [ScheduledPoll] = []
        swap(&polls, &reported)
        for poll in polls {
            let device = schedule[poll.place]
            if !device.isRemoved, !poll.group.isClosed { poll.report(key: device.key) }
            if schedule.ended(poll.place) { vacated(device, poll.place) }
            // One that is still in a queue is left to it.
            if !poll.isQueued { poll.group.recycle(poll) }
        }
        polls.removeAll(keepingCapacity: true)
        if reported.isEmpty { swap(&polls, &reported) }
    }
}

/// Breakers: one for each device of each subscription.
extension IOLoop {
    private func silenceNoted(_ poll: ScheduledPoll) {
        let before = schedule[poll.place].breaker
        schedule.pollFailed(poll.place, due: poll.dueAt)
        if before.consecutiveFailures == 0 { agents[poll.agent].failingDevices += 1 }
        if !before.isOpen, schedule[poll.place].breaker.isOpen { statistics.openBreakers += 1 }
    }

    /// An agent answered: none of its devices with the same credential is held back any more.
    func closeBreakers(_ poll: Poll) {
        var next = agents[poll.agent].firstDevice
        while next >= 0 {
            let (place, device) = (Int(next), schedule[Int(next)])
            next = device.nextOfAgent
            guard device.breaker.consecutiveFailures > 0,
                profiles[Int(device.profile)].credential == poll.target.credential
            else { continue }
            countClosed(device)
            schedule.answered(place)
        }
    }

    private func countClosed(_ device: PollSchedule.Device) {
        guard device.breaker.consecutiveFailures > 0 else { return }
        agents[Int(device.agent)].failingDevices -= 1
        if device.breaker.isOpen { statistics.openBreakers -= 1 }
    }

    private func unlink(_ device: PollSchedule.Device, _ place: Int) {
        guard agents[Int(device.agent)].firstDevice != Int32(place) else {
            agents[Int(device.agent)].firstDevice = device.nextOfAgent
            return
        }
        var previous = agents[Int(device.agent)].firstDevice
        while previous >= 0, schedule[Int(previous)].nextOfAgent != Int32(place) {
            previous = schedule[Int(previous)].nextOfAgent
        }
        if previous >= 0 { schedule.link(Int(previous), next: device.nextOfAgent) }
    }

    /// The polls in a row that were not answered, of the agent's device that fares worst.
    func consecutiveFailures(of agent: Int) -> Int {
        var (most, next) = (0, agents[agent].firstDevice)
        while next >= 0 {
            most = max(most, Int(schedule[Int(next)].breaker.consecutiveFailures))
            next = schedule[Int(next)].nextOfAgent
        }
        return most
    }
}

extension SNMPError {
    /// Whether the agent did not answer at all.
    fileprivate var isSilence: Bool {
        switch code {
        // Where anything was answered there is a table, and no error.
        case .timeout, .deadline, .refused, .unreachable, .undecodable: true
        default: false
        }
    }
}
