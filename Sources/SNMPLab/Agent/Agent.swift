/// Answers requests: GET, GETNEXT, GETBULK and the refusal of SET, in v1 and v2c (RFC 3416 section 4.2, RFC 1157
/// section 4.1, RFC 3584 section 4.2 for what v1 cannot say).
///
/// Pure but for its scratch memory; owned by one thread.
final class Agent {
    /// The largest response in octets.
    let octetsMax: Int
    /// The largest answer where it cannot be cut, a single large row for example; no larger than `octetsMax` where such
    /// requests are refused with tooBig.
    let wholeOctetsMax: Int
    let reader = AgentRequestReader()
    /// Where each repeater of a GETBULK stands.
    private let rows: UnsafeMutablePointer<Int>

    /// What is asked.
    struct Target {
        let image: MIBImage
        /// Who answers for moving rows; nil for recordings.
        let device: ServedDevice?
        /// The moment to answer for.
        let now: Int64
        let tooBigAbove: Int?
        /// What the device's counters are worked out from.
        let basis: CounterBasis?

        @inline(__always)
        init(image: MIBImage, device: ServedDevice?, now: Int64, tooBigAbove: Int?) {
            self.image = image
            self.device = device
            self.now = now
            self.tooBigAbove = tooBigAbove
            basis = device?.basis(at: now)
        }
    }

    /// A response in the caller's buffer; `count` is 0 where there is none to give.
    struct Answer {
        var start = 0
        var count = 0
        var varBinds = 0
    }

    init(octetsMax: Int, wholeOctetsMax: Int = 0) {
        self.octetsMax = octetsMax
        self.wholeOctetsMax = wholeOctetsMax
        rows = .allocate(capacity: AgentRequestReader.varBindsMax)
        rows.initialize(repeating: 0, count: AgentRequestReader.varBindsMax)
    }

    deinit {
        rows.deallocate()
    }

    /// Answers a request that was read from `source`.
    func answer(
        _ request: AgentRequest, _ source: UnsafePointer<UInt8>, _ target: Target,
        into buffer: UnsafeMutablePointer<UInt8>
    ) -> Answer {
        let empty = AgentResponse(buffer, to: request, octetsMax: octetsMax)
        if let limit = target.tooBigAbove, asked(request) > limit { return tooBig(request, source, empty) }
        if let answer = attempt(request, source, target, empty) { return answer }
        guard wholeOctetsMax > octetsMax else { return tooBig(request, source, empty) }
        var one = request
        one.maxRepetitions = min(request.maxRepetitions, 1)
        let roomy = AgentResponse(buffer, to: request, octetsMax: wholeOctetsMax)
        return attempt(one, source, target, roomy) ?? tooBig(request, source, empty)
    }

    /// A refusal with the request's own VarBinds.
    func refuse(
        _ request: AgentRequest, _ source: UnsafePointer<UInt8>, _ status: UInt8,
        into buffer: UnsafeMutablePointer<UInt8>
    ) -> Answer {
        echo(request, source, AgentResponse(buffer, to: request, octetsMax: octetsMax), status, index: 0)
    }

    /// The answer to a request; nil where it does not fit the response.
    private func attempt(
        _ request: AgentRequest, _ source: UnsafePointer<UInt8>, _ target: Target, _ empty: AgentResponse
    ) -> Answer? {
        var response = empty
        switch request.kind {
        case AgentRequest.set: return refuseSet(request, source, target, response)
        case AgentRequest.getBulk:
            guard bulk(request, source, target, &response) else { return nil }
        default:
            for position in 0..<request.count {
                let name = reader.names[position]
                let outcome =
                    request.kind == AgentRequest.get
                    ? get(request, source + name.start, name.count, target, &response)
                    : next(request, source + name.start, name.count, target, &response)
                switch outcome {
                case .written: break
                case .full: return nil
                case .noSuchName:
                    return echo(request, source, response, AgentErrorStatus.noSuchName, index: position + 1)
                }
            }
        }
        return finish(request, source, response, AgentErrorStatus.noError, index: 0)
    }

    private enum Outcome {
        case written, full, noSuchName
    }

    private func asked(_ request: AgentRequest) -> Int {
        guard request.kind == AgentRequest.getBulk else { return request.count }
        let single = min(request.nonRepeaters, request.count)
        return single + (request.count - single) * request.maxRepetitions
    }

    // MARK: GET and GETNEXT

    private func get(
        _ request: AgentRequest, _ name: UnsafePointer<UInt8>, _ count: Int, _ target: Target,
        _ response: inout AgentResponse
    ) -> Outcome {
        let found = target.image.find(name, count)
        if request.version == 0 {
            guard found.exact, target.image.value(found.row)[0] != BER.counter64 else { return .noSuchName }
        }
        if found.exact { return write(found.row, target, &response) ? .written : .full }
        let tag = target.image.hasSibling(of: name, count) ? BER.noSuchInstance : BER.noSuchObject
        return writeException(tag, name, count, &response) ? .written : .full
    }

    private func next(
        _ request: AgentRequest, _ name: UnsafePointer<UInt8>, _ count: Int, _ target: Target,
        _ response: inout AgentResponse
    ) -> Outcome {
        let image = target.image
        var row = image.successor(name, count)
        if request.version == 0 {
            while row < image.count, image.value(row)[0] == BER.counter64 { row += 1 }
            if row >= image.count { return .noSuchName }
        }
        if row < image.count { return write(row, target, &response) ? .written : .full }
        return writeException(BER.endOfMibView, name, count, &response) ? .written : .full
    }

    // MARK: GETBULK

    /// Fills a response as far as it goes (RFC 3416 section 4.2.3); false where not even one VarBind fits.
    private func bulk(
        _ request: AgentRequest, _ source: UnsafePointer<UInt8>, _ target: Target, _ response: inout AgentResponse
    ) -> Bool {
        let single = min(request.nonRepeaters, request.count)
        for position in 0..<single {
            let name = reader.names[position]
            if next(request, source + name.start, name.count, target, &response) == .full {
                return response.varBinds > 0
            }
        }
        let repeaters = request.count - single
        guard repeaters > 0, request.maxRepetitions > 0 else { return true }
        for index in 0..<repeaters {
            let name = reader.names[single + index]
            rows[index] = target.image.successor(source + name.start, name.count)
        }
        if repeaters == 1, target.image.kinds == nil || target.device == nil {
            let wanted = min(request.maxRepetitions, target.image.count - rows[0])
            let written = writeStill(from: rows[0], wanted, target.image, &response)
            if written < wanted { return response.varBinds > 0 }
            rows[0] += written
            guard written < request.maxRepetitions else { return true }
            return writeEnd(0, request, source, target, &response) || response.varBinds > 0
        }
        return repeatRows(repeaters, request, source, target, &response)
    }

    private func repeatRows(
        _ repeaters: Int, _ request: AgentRequest, _ source: UnsafePointer<UInt8>, _ target: Target,
        _ response: inout AgentResponse
    ) -> Bool {
        let image = target.image
        let counters = CounterRows(target)
        for _ in 0..<request.maxRepetitions {
            var ended = 0
            for index in 0..<repeaters {
                if rows[index] < image.count {
                    switch counters?.write(rows[index], &response) {
                    case .written:
                        rows[index] += 1
                        continue
                    case .full: return response.varBinds > 0
                    default: break
                    }
                    guard write(rows[index], target, &response) else { return response.varBinds > 0 }
                    rows[index] += 1
                } else {
                    guard writeEnd(index, request, source, target, &response) else { return response.varBinds > 0 }
                    ended += 1
                }
            }
            if ended == repeaters { break }
        }
        return true
    }

    /// endOfMibView under the name that came before it: the last row's, or the one asked where that is later.
    private func writeEnd(
        _ repeater: Int, _ request: AgentRequest, _ source: UnsafePointer<UInt8>, _ target: Target,
        _ response: inout AgentResponse
    ) -> Bool {
        let asked = reader.names[min(request.nonRepeaters, request.count) + repeater]
        let image = target.image
        if image.count > 0 {
            let last = image.name(image.count - 1)
            if ObjectName.compare(last.start, last.count, source + asked.start, asked.count) > 0 {
                return writeException(BER.endOfMibView, last.start, last.count, &response)
            }
        }
        return writeException(BER.endOfMibView, source + asked.start, asked.count, &response)
    }
}

extension Agent {
    // MARK: rows

    /// Adds a row; false where it does not fit.
    @inline(__always)
    private func write(_ row: Int, _ target: Target, _ response: inout AgentResponse) -> Bool {
        if let kinds = target.image.kinds, kinds[row] != 0, let device = target.device {
            return writeMoving(row, kinds[row], device, target, &response)
        }
        let varBind = target.image.varBind(row)
        guard response.used + varBind.count <= response.bodyMax else { return false }
        response.place.update(from: varBind.start, count: varBind.count)
        response.used += varBind.count
        response.varBinds += 1
        return true
    }

    /// Adds up to `wanted` rows that stand still, in one copy; answers how many fitted.
    private func writeStill(from row: Int, _ wanted: Int, _ image: MIBImage, _ response: inout AgentResponse) -> Int {
        guard wanted > 0 else { return 0 }
        let start = Int(image.offsets[row])
        let limit = start + response.bodyMax - response.used
        var last = row
        while last < row + wanted, Int(image.offsets[last + 1]) <= limit { last += 1 }
        let octets = Int(image.offsets[last]) - start
        response.place.update(from: image.bytes + start, count: octets)
        response.used += octets
        response.varBinds += last - row
        return last - row
    }

    /// Adds a row whose value is worked out now.
    ///
    /// The buffer's slack takes what turns out not to fit.
    private func writeMoving(
        _ row: Int, _ kind: UInt8, _ device: ServedDevice, _ target: Target, _ response: inout AgentResponse
    ) -> Bool {
        guard response.used <= response.bodyMax, let kind = RowKind(rawValue: kind) else { return false }
        let name = target.image.name(row)
        let slot = target.image.slots.map { Int($0[row]) } ?? 0
        // Names of moving rows are short: the VarBind's header is two octets unless a long sysName makes it more.
        let place = response.place
        let value = place + 2 + 2 + name.count
        var octets = device.write(kind, slot: slot, at: target.now, to: value)
        octets += 2 + name.count
        guard octets < 0x80 else { return writeLong(name, value, octets - 2 - name.count, &response) }
        place[0] = BER.sequence
        place[1] = UInt8(truncatingIfNeeded: octets)
        place[2] = BER.objectIdentifier
        place[3] = UInt8(truncatingIfNeeded: name.count)
        (place + 4).update(from: name.start, count: name.count)
        guard response.used + octets + 2 <= response.bodyMax else { return false }
        response.used += octets + 2
        response.varBinds += 1
        return true
    }

    /// The same where the VarBind is longer than 127 octets: the value moves to make room for the longer header.
    private func writeLong(
        _ name: (start: UnsafePointer<UInt8>, count: Int), _ value: UnsafeMutablePointer<UInt8>, _ valueOctets: Int,
        _ response: inout AgentResponse
    ) -> Bool {
        let content = 2 + name.count + valueOctets
        let header = 1 + BER.lengthOctets(content)
        guard response.used + header + content <= response.bodyMax else { return false }
        let place = response.place
        var index = valueOctets - 1
        while index >= 0 {
            place[header + 2 + name.count + index] = value[index]
            index -= 1
        }
        _ = BER.writeHeader(BER.sequence, content, to: place)
        _ = BER.writeHeader(BER.objectIdentifier, name.count, to: place + header)
        (place + header + 2).update(from: name.start, count: name.count)
        response.used += header + content
        response.varBinds += 1
        return true
    }

    private func writeException(
        _ tag: UInt8, _ name: UnsafePointer<UInt8>, _ count: Int, _ response: inout AgentResponse
    ) -> Bool {
        let content = 1 + BER.lengthOctets(count) + count + 2
        let octets = 1 + BER.lengthOctets(content) + content
        guard response.used + octets <= response.bodyMax else { return false }
        var place = response.place
        place += BER.writeHeader(BER.sequence, content, to: place)
        place += BER.writeHeader(BER.objectIdentifier, count, to: place)
        place.update(from: name, count: count)
        place[count] = tag
        place[count + 1] = 0
        response.used += octets
        response.varBinds += 1
        return true
    }

    // MARK: errors

    private func finish(
        _ request: AgentRequest, _ source: UnsafePointer<UInt8>, _ response: AgentResponse, _ status: UInt8, index: Int
    ) -> Answer {
        let message = response.finish(request, source, status: status, index: index)
        return Answer(start: message.start, count: message.count, varBinds: response.varBinds)
    }

    /// An error with the request's own VarBinds.
    private func echo(
        _ request: AgentRequest, _ source: UnsafePointer<UInt8>, _ unfinished: AgentResponse, _ status: UInt8,
        index: Int
    ) -> Answer {
        var response = unfinished
        guard request.list.count <= response.bodyMax else { return Answer() }
        response.used = 0
        response.place.update(from: source + request.list.start, count: request.list.count)
        response.used = request.list.count
        response.varBinds = request.count
        return finish(request, source, response, status, index: index)
    }

    /// tooBig: without VarBinds in v2c (RFC 3416 section 4.2.1), with the request's own in v1.
    private func tooBig(
        _ request: AgentRequest, _ source: UnsafePointer<UInt8>, _ unfinished: AgentResponse
    ) -> Answer {
        if request.version == 0 { return echo(request, source, unfinished, AgentErrorStatus.tooBig, index: 0) }
        var response = unfinished
        response.used = 0
        response.varBinds = 0
        return response.bodyMax < 0 ? Answer() : finish(request, source, response, AgentErrorStatus.tooBig, index: 0)
    }

    /// Nothing can be set: noAccess in v2c; in v1 readOnly for what exists and noSuchName for what does not.
    private func refuseSet(
        _ request: AgentRequest, _ source: UnsafePointer<UInt8>, _ target: Target, _ response: AgentResponse
    ) -> Answer {
        guard request.count > 0 else { return finish(request, source, response, AgentErrorStatus.noError, index: 0) }
        let name = reader.names[0]
        if request.version == 1 { return echo(request, source, response, AgentErrorStatus.noAccess, index: 1) }
        let exists = target.image.find(source + name.start, name.count).exact
        let status = exists ? AgentErrorStatus.readOnly : AgentErrorStatus.noSuchName
        return echo(request, source, response, status, index: 1)
    }
}
