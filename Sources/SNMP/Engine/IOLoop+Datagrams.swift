import CSNMPIO
import Glibc

/// Datagrams in and out.
extension IOLoop {
    /// Receives until nothing is there, at most eight batches: then requests go out before more is read.
    ///
    /// Returns whether more may be left.
    func receive(from socket: DatagramSocket) -> Bool {
        for _ in 0..<8 {
            let count = received.receive(socket.descriptor, flags: Int32(MSG_DONTWAIT))
            if count < 0 {
                guard -count != Int(EAGAIN) else { return false }
                // An ICMP error that was reported here first: it belongs to one request, which the queue names.
                drainErrors(socket)
                continue
            }
            for place in 0..<count { datagramReceived(place, socket) }
            received.recycle(count)
            if count < DatagramBatch.size { return false }
        }
        return true
    }

    private func datagramReceived(_ place: Int, _ socket: DatagramSocket) {
        let octets = received.octets(place)
        statistics.datagrams += 1
        statistics.octets += UInt64(octets.count)
        if received.hasControl(place) { noteDrops(received.control(place), socket) }
        guard let source = received.address(place) else { return }
        if received.isTruncated(place) {
            statistics.truncated += 1
            return
        }
        do throws(SNMPDecodeError) {
            if V3Header.isVersion3(octets) {
                try securedMessageReceived(UnsafeMutableRawBufferPointer(mutating: octets), from: source)
            } else {
                messageReceived(try MessageView(octets), from: source)
            }
        } catch {
            statistics.undecodable += 1
            note(source, \.undecodable)
        }
    }

    private func noteDrops(_ control: csnmpio_received, _ socket: DatagramSocket) {
        guard control.has_dropped == 1 else { return }
        statistics.kernelDrops += UInt64(control.dropped &- socket.kernelDrops)
        socket.kernelDrops = control.dropped
    }

    @inline(__always)
    private func messageReceived(_ message: MessageView, from source: TransportAddress) {
        guard message.type == .response else {
            statistics.wrongType += 1
            note(source, \.other)
            return
        }
        switch slots.match(message.requestID) {
        case .pending(let slot): responseReceived(message, from: source, slot)
        case .duplicate:
            statistics.duplicate += 1
            countStray(source, \.duplicate)
        case .late:
            statistics.late += 1
            countStray(source, \.late)
        case .unmatched:
            statistics.unmatched += 1
            note(source, \.other)
        }
    }

    /// A response with a request-id under way.
    ///
    /// Only when all else fits too does it end the request.
    func responseReceived(_ message: MessageView, from source: TransportAddress, _ slot: Int) {
        guard let poll = flights[slot].poll else { return }
        guard isAccepted(message, from: source, poll) else { return }
        if !message.anomalies.isEmpty { statistics.anomalous += 1 }
        statistics.responses += 1
        noteAnswer(slot, poll)
        let token = flights[slot].token
        release(slot, of: poll, answered: true)
        poll.networkError = 0
        poll.attempts = 0
        poll.responseReceived(token, message, now)
        enqueue(poll)
    }

    /// Whether the target's policy takes messages from this source.
    func isSourceAccepted(_ source: TransportAddress, _ poll: Poll) -> Bool {
        let target = poll.target
        if source != target.address {
            guard target.sourcePolicy != .strict,
                target.sourcePolicy == .anyAddress || source.isSameHost(as: target.address)
            else {
                statistics.wrongSource += 1
                note(target.address, \.wrongSource)
                return false
            }
        }
        return true
    }

    private func isAccepted(_ message: MessageView, from source: TransportAddress, _ poll: Poll) -> Bool {
        let target = poll.target
        guard isSourceAccepted(source, poll) else { return false }
        guard message.version == poll.processing.version else {
            statistics.wrongType += 1
            note(target.address, \.other)
            return false
        }
        guard poll.processing.hasCommunity(of: message) else {
            statistics.wrongCommunity += 1
            note(target.address, \.wrongCommunity)
            return false
        }
        if source != target.address { statistics.otherPort += 1 }
        return true
    }

    /// Remembers a datagram that did not count, for the error of a poll that fails.
    ///
    /// Bounded.
    func note(_ source: TransportAddress, _ counter: WritableKeyPath<SNMPError.Tolerated, Int>) {
        if tolerated.count >= 1024, tolerated[source] == nil { tolerated.removeAll(keepingCapacity: true) }
        tolerated[source, default: SNMPError.Tolerated()][keyPath: counter] += 1
    }

    /// Sends what is queued, in batches.
    ///
    /// A message the kernel refuses fails its own requests only.
    func flush(_ socket: DatagramSocket) {
        var isSecondTry = false
        while socket.hasRequestsToSend, !socket.isBlocked {
            let taken = gather(socket)
            if sending.count == 0 {
                socket.removeSent(taken)
                continue
            }
            let sent = sending.send(socket.descriptor)
            if sent > 0 {
                messagesSent(sent)
                socket.removeSent(sent == sending.count ? taken : places[sending.datagrams(inFirst: sent) - 1].taken)
                isSecondTry = false
                socket.refusals = 0
            } else {
                isSecondTry = sendRefused(Int32(-sent), socket, isSecondTry)
            }
        }
    }

    private func messagesSent(_ count: Int) {
        let datagrams = sending.datagrams(inFirst: count)
        for place in 0..<datagrams { flights[places[place].slot].isQueued = false }
        guard datagrams > count else { return }
        for place in 0..<count where sending.isSegmented(place) { statistics.segmentedMessages += 1 }
    }

    /// Puts queued requests into the batch; answers how far the queue was read.
    ///
    /// Requests to one agent that follow one another share a message as far as their lengths allow.
    private func gather(_ socket: DatagramSocket) -> Int {
        var taken = 0
        var last: TransportAddress?
        sending.clear()
        while sending.hasRoom, socket.sendQueueHead + taken < socket.sendQueue.count {
            let requestID = socket.sendQueue[socket.sendQueueHead + taken]
            let slot = SlotTable.slot(of: requestID)
            taken += 1
            guard flights[slot].isQueued, flights[slot].requestID == requestID, let poll = flights[slot].poll,
                let buffer = flights[slot].buffer
            else {
                continue
            }
            let start = flights[slot].start
            let octets = UnsafeMutableRawBufferPointer(start: buffer + start, count: Self.requestOctetsMax - start)
            let address = poll.target.address
            places[sending.datagramCount] = (slot, taken)
            if last == address, socket.segments(to: address), sending.putSegment(octets) { continue }
            sending.put(octets, to: address)
            last = address
        }
        return taken
    }

    /// The error of sendmmsg concerns the first message, or is an ICMP error of an earlier one that was pending on the
    /// socket: so it counts only when it comes twice and none was pending.
    ///
    /// Returns whether the next try is the second.
    private func sendRefused(_ number: Int32, _ socket: DatagramSocket, _ isSecondTry: Bool) -> Bool {
        if sending.isSegmented(0), [EINVAL, EIO, EMSGSIZE, ENOPROTOOPT].contains(number) {
            // Nothing was sent and nothing is taken off the queue: the same requests go out one by one.
            if let poll = flights[places[0].slot].poll { socket.segmentsRefused(to: poll.target.address, number) }
            return false
        }
        switch number {
        case EINTR: return isSecondTry
        case EAGAIN:
            setBlocked(socket, true)
            return false
        case ENOBUFS, ENOMEM:
            // As if lost on the way: the timer sends it again.
            statistics.sendFailures += 1
            let datagrams = sending.datagrams(inFirst: 1)
            for place in 0..<datagrams { flights[places[place].slot].isQueued = false }
            socket.removeSent(places[datagrams - 1].taken)
            return false
        default:
            socket.refusals += 1
            if drainErrors(socket) > 0, socket.refusals < DatagramSocket.refusalsMax { return false }
            guard isSecondTry else { return true }
            statistics.sendFailures += 1
            socket.removeSent(places[0].taken)
            slotFailed(places[0].slot, number == ECONNREFUSED ? .refused : .unreachable(number))
            return false
        }
    }

    /// Reads the ICMP errors the kernel kept, each with the request it answers.
    ///
    /// Returns how many there were.
    @discardableResult
    func drainErrors(_ socket: DatagramSocket) -> Int {
        var drained = 0
        let flags = Int32(MSG_DONTWAIT) | Int32(MSG_ERRQUEUE)
        while true {
            let count = errors.receive(socket.descriptor, flags: flags)
            guard count > 0 else { return drained }
            for place in 0..<count { errorReceived(place) }
            errors.recycle(count)
            drained += count
        }
    }

    private func errorReceived(_ place: Int) {
        let number = errors.control(place).error
        guard number != 0, let destination = errors.address(place) else { return }
        if let requestID = QuotedRequest.requestID(errors.octets(place)) {
            if let slot = securedSlot(of: requestID) {
                networkRefused(slot, destination, number)
            } else if case .pending(let slot) = slots.match(requestID) {
                networkRefused(slot, destination, number)
            }
        } else {
            for slot in flights.indices { networkRefused(slot, destination, number) }
        }
    }

    private func networkRefused(_ slot: Int, _ destination: TransportAddress, _ number: Int32) {
        guard let poll = flights[slot].poll, poll.target.address == destination else { return }
        if number == ECONNREFUSED {
            statistics.refused += 1
            slotFailed(slot, .refused)
        } else {
            poll.networkError = number
        }
    }
}
