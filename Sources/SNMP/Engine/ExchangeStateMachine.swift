/// A GET, GETNEXT or GETBULK of given names, in as few requests as the agent allows.
///
/// Pure.
///
/// GET and GETNEXT lists are cut to what fits a datagram, halved on tooBig or where they are too long for the agent, and repeated without a name that version 1
/// refuses. A GETBULK is one request, with fewer repetitions on tooBig.
struct ExchangeStateMachine {
    enum Action: Hashable {
        /// Encode and send the request.
        case sendRequest
        /// The request under way has not ended.
        case wait
        /// Take the result.
        case finish
    }

    let type: PDUType
    let names: [ObjectIdentifier]
    let nonRepeaters: Int
    private(set) var maxRepetitions: Int
    private(set) var requestCount = 0
    private(set) var failure: SNMPError.Code?
    private var answers: [VarBind?]
    private var bulk: [VarBind] = []
    private var pending: [[Int]]
    private var current: [Int]?

    init(_ type: PDUType, names: [ObjectIdentifier], nonRepeaters: Int = 0, maxRepetitions: Int = 0) {
        self.type = type
        self.names = names
        self.nonRepeaters = nonRepeaters
        self.maxRepetitions = maxRepetitions
        answers = Array(repeating: nil, count: names.count)
        pending = type == .getBulk ? [Array(names.indices)] : Self.batches(names)
    }

    /// Positions grouped so that the answer to each group fits a datagram, as far as the names alone tell.
    private static func batches(_ names: [ObjectIdentifier]) -> [[Int]] {
        var all: [[Int]] = []
        var octets = Int.max
        for (position, name) in names.enumerated() {
            let added = name.encoded.count + 24
            if octets > 1400 - added {
                all.append([])
                octets = 0
            }
            all[all.count - 1].append(position)
            octets += added
        }
        return all.reversed()
    }

    var isFinished: Bool { failure != nil || (current == nil && pending.isEmpty) }
    var wantsSlot: Bool { current == nil }

    /// The answers in the order of the names; for GETBULK as the agent sent them.
    var result: [VarBind] { type == .getBulk ? bulk : answers.compactMap { $0 } }

    mutating func slotGranted() -> Action {
        if isFinished { return .finish }
        if current != nil { return .wait }
        current = pending.popLast()
        requestCount += 1
        return .sendRequest
    }

    /// Puts the data unit of the current request in front of what the writer holds.
    func encode(requestID: Int32, into writer: inout BERWriter) {
        let mark = writer.count
        for each in (current ?? []).reversed() { writer.prepend(VarBind(names[each])) }
        writer.wrap(BERTag.sequence, since: mark)
        writer.prependSigned(type == .getBulk ? Int64(maxRepetitions) : 0)
        writer.prependSigned(type == .getBulk ? Int64(nonRepeaters) : 0)
        writer.prependFixedInteger(requestID)
        writer.wrap(type.rawValue, since: mark)
    }

    mutating func requestFailed(_ code: SNMPError.Code) {
        let batch = current
        current = nil
        if code == .requestTooLarge, type != .getBulk, let batch {
            halve(batch, else: code)
            return
        }
        failure = code
    }

    mutating func responseReceived(_ message: MessageView) {
        guard let batch = current else { return }
        current = nil
        guard message.errorStatus == .noError else {
            errorReceived(batch, message.errorStatus, index: Int(message.errorIndex))
            return
        }
        do throws(SNMPDecodeError) {
            var list = message.varBinds
            var varBinds: [VarBind] = []
            while !list.isAtEnd { varBinds.append(try list.readVarBind()) }
            accept(varBinds, batch)
        } catch {
            failure = .undecodable
        }
    }

    private mutating func accept(_ varBinds: [VarBind], _ batch: [Int]) {
        switch type {
        case .getBulk: bulk = varBinds
        case .get: acceptNamed(varBinds, batch)
        default: acceptInOrder(varBinds, batch)
        }
    }

    /// GET: an answer counts for the name it carries, wherever it stands.
    private mutating func acceptNamed(_ varBinds: [VarBind], _ batch: [Int]) {
        var missing: [Int] = []
        for (place, position) in batch.enumerated() {
            if place < varBinds.count, varBinds[place].name == names[position] {
                answers[position] = varBinds[place]
            } else if let found = varBinds.first(where: { $0.name == names[position] }) {
                answers[position] = found
            } else {
                missing.append(position)
            }
        }
        retry(missing, of: batch)
    }

    /// GETNEXT: the answers stand in the order of the names.
    private mutating func acceptInOrder(_ varBinds: [VarBind], _ batch: [Int]) {
        for (position, varBind) in zip(batch, varBinds) { answers[position] = varBind }
        retry(Array(batch.dropFirst(varBinds.count)), of: batch)
    }

    private mutating func retry(_ missing: [Int], of batch: [Int]) {
        if missing.isEmpty { return }
        if missing.count < batch.count {
            pending.append(missing)
        } else {
            halve(batch, else: .emptyResponse)
        }
    }

    private mutating func halve(_ batch: [Int], else code: SNMPError.Code) {
        guard batch.count > 1 else {
            failure = code
            return
        }
        pending.append(Array(batch[(batch.count / 2)...]))
        pending.append(Array(batch[..<(batch.count / 2)]))
    }

    private mutating func errorReceived(_ batch: [Int], _ status: ErrorStatus, index: Int) {
        let code = SNMPError.Code.errorStatus(
            status, index: batch.indices.contains(index - 1) ? batch[index - 1] + 1 : 0)
        switch status {
        case .tooBig where type == .getBulk && maxRepetitions > 1:
            maxRepetitions /= 2
            pending.append(batch)
        case .tooBig: if type == .getBulk { failure = code } else { halve(batch, else: code) }
        case .noSuchName where type != .getBulk: noSuchNameReceived(batch, index: batch.count == 1 ? 1 : index)
        default: failure = code
        }
    }

    /// Version 1 fails the whole request for one name: that one is answered by the exception version 2 would give.
    private mutating func noSuchNameReceived(_ batch: [Int], index: Int) {
        guard batch.indices.contains(index - 1) else {
            halve(batch, else: .errorStatus(.noSuchName, index: 0))
            return
        }
        let position = batch[index - 1]
        answers[position] = VarBind(names[position], type == .get ? .noSuchInstance : .endOfMibView)
        let rest = batch.filter { $0 != position }
        if !rest.isEmpty { pending.append(rest) }
    }
}
