import CSNMPIO
import Glibc

/// What a serving thread does: take a batch of datagrams, answer them in place, send the batch.
///
/// Owned by its thread.
///
/// Nothing is allocated for a request unless a fault delays its answer.
final class LabLoop {
    private let owner: LabThread
    private let roster: LabRoster
    private let agent: Agent
    /// nil where there are no users.
    private let secure: SecureAgent?
    private let batch: DatagramBatch
    private var statistics = LabStatistics()
    private var delayed = DelayedAnswers()
    private var random = SeededRandom(seed: 0x1AB)

    init(_ owner: LabThread) {
        self.owner = owner
        roster = LabRoster(owner.world, at: owner.configuration.clock())
        let (usual, whole) = (owner.configuration.responseOctetsMax, owner.configuration.wholeResponseOctetsMax)
        agent = Agent(octetsMax: usual, wholeOctetsMax: whole)
        batch = DatagramBatch(answerOctets: max(usual, whole) + AgentResponse.slack)
        let keys = LocalizedKeys(owner.users, devices: owner.world.network?.devices.count ?? 0)
        secure = owner.users.isEmpty ? nil : SecureAgent(agent, keys)
    }

    /// Serves until the owner is told to stop.
    func run() {
        while !owner.shouldStop {
            // With answers waiting for their time the thread may not sleep in the socket.
            if !delayed.isEmpty { sendDelayed() }
            let received = batch.receive(owner.socket.descriptor, delayed.isEmpty ? Int32(MSG_WAITFORONE) : 0)
            if received > 0 { serve(received) }
        }
        owner.figures.publishProcessorTime(csnmpio_thread_nanoseconds(pthread_self()))
    }

    private func serve(_ received: Int) {
        for news in owner.mail() { roster.take(news) }
        let now = owner.configuration.clock()
        statistics.requests += UInt64(received)
        statistics.batches += 1
        for index in 0..<received { answer(index, now) }
        // Before sending: whoever has an answer finds it counted.
        owner.figures.publish(statistics)
        let unsent = batch.send(owner.socket.descriptor)
        guard unsent > 0 else { return }
        statistics.responses -= UInt64(unsent)
        statistics.unsent += UInt64(unsent)
        owner.figures.publish(statistics)
    }

    private func answer(_ index: Int, _ now: Int64) {
        let datagram = batch.datagram(index)
        guard datagram.destination != 0 else { return statistics.foreign += 1 }
        let request: AgentRequest
        switch agent.reader.read(datagram.bytes, datagram.count) {
        case .success(let read): request = read
        case .failure(.version) where secure != nil: return answerSecure(index, datagram, now)
        case .failure: return statistics.malformed += 1
        }
        let community = UnsafeBufferPointer(
            start: datagram.bytes + request.community.start, count: request.community.count)
        guard let (image, device) = roster.target(datagram.destination, community) else {
            noteWrongCommunity(datagram.destination, now)
            return statistics.unknown += 1
        }
        if let device, isSilent(device) || device.condition.refusesCommunity { return statistics.suppressed += 1 }
        let target = Agent.Target(
            image: image, device: device, now: now, tooBigAbove: device?.condition.tooBigAbove)
        let answer = agent.answer(request, datagram.bytes, target, into: batch.answerBuffer)
        guard answer.count > 0 else { return statistics.unsent += 1 }
        deliver(answer, device, inReplyTo: index)
    }

    /// Answers a message of version 3.
    private func answerSecure(_ index: Int, _ datagram: DatagramBatch.Datagram, _ now: Int64) {
        guard let secure, let message = SecureMessage.read(datagram.bytes, datagram.count) else {
            return statistics.malformed += 1
        }
        statistics.secure += 1
        let device = roster.device(at: datagram.destination)
        if let device, isSilent(device) { return statistics.suppressed += 1 }
        let party = roster.party(datagram.destination, at: now)
        if let lie = party.condition?.security.lie,
            let answer = secure.lie(lie, message, datagram.bytes, party, into: batch.answerBuffer)
        {
            deliver(answer, device, inReplyTo: index)
        }
        guard let answer = secure.answer(message, datagram.bytes, party, into: batch.answerBuffer) else {
            return statistics.unknown += 1
        }
        guard answer.count > 0 else { return statistics.unsent += 1 }
        deliver(answer, device, inReplyTo: index)
    }

    /// Whether a request to a device goes unanswered.
    @inline(__always)
    private func isSilent(_ device: ServedDevice) -> Bool {
        device.isSilent(&random) || roster.networkFaults.silences(device.ordinal, &random)
    }

    private func noteWrongCommunity(_ destination: UInt32, _ now: Int64) {
        guard let notifier = owner.notifier, let device = roster.device(at: destination) else { return }
        notifier.noteWrongCommunity(device.ordinal, device, at: now)
    }

    private func deliver(_ answer: Agent.Answer, _ device: ServedDevice?, inReplyTo index: Int) {
        statistics.responses += 1
        statistics.varBinds += UInt64(answer.varBinds)
        guard let device, !device.isOrdinary else {
            return batch.push(answer.start, answer.count, inReplyTo: index)
        }
        send(answer, device.condition, inReplyTo: index)
    }

    /// An answer of a device that is not well.
    private func send(_ answer: Agent.Answer, _ condition: AnswerCondition, inReplyTo index: Int) {
        if condition.answersGarbage {
            let place = batch.answerBuffer + answer.start
            for offset in 0..<answer.count { place[offset] = UInt8(truncatingIfNeeded: random.next()) }
        }
        guard condition.delayMilliseconds > 0 else {
            return batch.push(answer.start, answer.count, inReplyTo: index)
        }
        let due = csnmpio_monotonic_nanoseconds() + UInt64(condition.delayMilliseconds) * 1_000_000
        delayed.add(batch.letter(answer.start, answer.count, inReplyTo: index), due: due)
    }

    /// Sends what is due, then waits for the next to be due or a datagram to come.
    private func sendDelayed() {
        while let letter = delayed.popDue(csnmpio_monotonic_nanoseconds()) {
            letter.send(owner.socket.descriptor)
        }
        guard let due = delayed.nextDue else { return }
        let now = csnmpio_monotonic_nanoseconds()
        let wait = due > now ? Int32(clamping: (due - now) / 1_000_000 + 1) : 0
        var watched = pollfd(fd: owner.socket.descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&watched, 1, min(wait, Int32(LabSocket.waitMilliseconds)))
    }
}

extension ServedDevice {
    /// Whether a request to the device goes unanswered.
    @inline(__always)
    func isSilent(_ random: inout SeededRandom) -> Bool {
        if isOrdinary { return false }
        if condition.isSilent { return true }
        return condition.lossProbability > 0 && random.chance(condition.lossProbability)
    }
}
