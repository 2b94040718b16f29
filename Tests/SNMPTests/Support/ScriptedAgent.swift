import SNMP

/// An agent as a pure value: a request in, at most one response out.
///
/// Its faults are those real agents show.
struct ScriptedAgent: Sendable {
    enum Fault: Hashable, Sendable {
        case none
        /// Always answers the same name.
        case sameName(VarBind)
        /// Rows 1 to n of the first column, again and again.
        case cycle(Int)
        /// The first two variable bindings of every response change places.
        case swapsFirstTwo
        /// The variable binding at this place is left out, when several columns are asked together.
        case leavesOut(Int)
        /// tooBig when more than so many variable bindings would be answered.
        case tooBig(over: Int)
        /// No error and no variable bindings.
        case emptyResponse
        /// genErr whenever the answer would hold this name; with its index, or with 0.
        case genErr(ObjectIdentifier, indexed: Bool)
        /// No answer whenever the answer would hold this name.
        case silent(ObjectIdentifier)
        /// No answer when more than so many variable bindings would be answered.
        case silentOver(Int)
        /// No answer when it would take more than so many octets: its fragments get lost.
        case silentOverOctets(Int)
        /// noSuchInstance in place of this name's value.
        case exception(ObjectIdentifier)
        /// Every error-status there is, for everything.
        case status(ErrorStatus)
        /// Ever new rows.
        case endless
        /// noSuchName, as in version 1, for a whole GETBULK that leads out of this column.
        case noSuchNamePast(ObjectIdentifier)
        /// A foreign name in this place of the first response that has so many, between rows of the column.
        case foreignAt(Int)
    }

    var objects: [VarBind]
    var fault = Fault.none
    var community = Array("public".utf8)
    /// The most variable bindings in a response.
    var varBindLimit = Int.max
    /// The most octets in a response.
    var octetLimit = 1472

    init(_ objects: [VarBind], fault: Fault = .none) {
        self.objects = objects.sorted { $0.name < $1.name }
        self.fault = fault
    }

    func respond(to octets: [UInt8]) -> [UInt8]? {
        guard let request = try? CommunityMessage(decoding: octets), request.community == community else { return nil }
        var response = request
        response.pdu.type = .response
        if request.version == .v2c || request.pdu.type != .getBulk {
            guard let pdu = answer(request) else { return nil }
            response.pdu = pdu
        }
        return response.encode()
    }

    private func answer(_ request: CommunityMessage) -> PDU? {
        var pdu = PDU(type: .response, requestID: request.pdu.requestID, varBinds: request.pdu.varBinds)
        if case .status(let status) = fault {
            pdu.errorStatus = status
            return pdu
        }
        var found = bindings(request.pdu)
        if case .silentOver(let limit) = fault, found.count > limit { return nil }
        if case .silent(let name) = fault, found.contains(where: { $0.name == name }) { return nil }
        if case .noSuchNamePast(let column) = fault, found.contains(where: { !$0.name.hasPrefix(column) }) {
            pdu.errorStatus = .noSuchName
            pdu.errorIndex = 1
            return pdu
        }
        if case .tooBig(let limit) = fault, found.count > limit {
            pdu.errorStatus = .tooBig
            return pdu
        }
        if case .genErr(let name, let indexed) = fault, let place = found.firstIndex(where: { $0.name == name }) {
            pdu.errorStatus = .genErr
            pdu.errorIndex = indexed ? Int32(place % max(1, request.pdu.varBinds.count)) + 1 : 0
            return pdu
        }
        if request.version == .v1, let place = found.firstIndex(where: { $0.value.isException }) {
            pdu.errorStatus = .noSuchName
            pdu.errorIndex = Int32(place) + 1
            return pdu
        }
        spoil(&found, asked: request.pdu.varBinds.count)
        pdu.varBinds = Array(found.prefix(varBindLimit))
        cut(&pdu)
        if case .silentOverOctets(let limit) = fault {
            let octets = CommunityMessage(version: .v2c, community: community, pdu: pdu).encode().count
            if octets > limit { return nil }
        }
        return pdu
    }

    private func cut(_ pdu: inout PDU) {
        var message = CommunityMessage(version: .v2c, community: community, pdu: pdu)
        while message.encode().count > octetLimit, !message.pdu.varBinds.isEmpty {
            message.pdu.varBinds.removeLast()
        }
        pdu = message.pdu
    }

    private func spoil(_ found: inout [VarBind], asked: Int) {
        switch fault {
        case .swapsFirstTwo where found.count > 1: found.swapAt(0, 1)
        case .leavesOut(let place) where asked > 1 && found.count > place: found.remove(at: place)
        case .emptyResponse: found = []
        case .sameName(let varBind): found = found.map { _ in varBind }
        case .exception(let name):
            found = found.map { $0.name == name ? VarBind(name, .noSuchInstance) : $0 }
        case .foreignAt(let place) where found.count > place: found.insert(VarBind("1.3.6.1.4.1.9.1", .null), at: place)
        case .cycle(let count): found = found.indices.map { objects[$0 % count] }
        default: break
        }
    }

    private func bindings(_ pdu: PDU) -> [VarBind] {
        switch pdu.type {
        case .get:
            return pdu.varBinds.map { asked in
                objects.first { $0.name == asked.name } ?? VarBind(asked.name, .noSuchInstance)
            }
        case .getNext: return pdu.varBinds.map { following($0.name) }
        case .getBulk: return bulk(pdu)
        default: return []
        }
    }

    private func bulk(_ pdu: PDU) -> [VarBind] {
        let fixed = min(Int(pdu.nonRepeaters), pdu.varBinds.count)
        var found = pdu.varBinds[..<fixed].map { following($0.name) }
        var cursors = pdu.varBinds[fixed...].map(\.name)
        for _ in 0..<Int(pdu.maxRepetitions) {
            for place in cursors.indices {
                let next = following(cursors[place])
                found.append(next)
                cursors[place] = next.name
            }
        }
        return found
    }

    private func following(_ name: ObjectIdentifier) -> VarBind {
        if fault == .endless { return VarBind(name.appending(1), .integer(1)).shortened(after: name) }
        var low = 0
        var high = objects.count
        while low < high {
            let middle = (low + high) / 2
            if objects[middle].name <= name { low = middle + 1 } else { high = middle }
        }
        return low < objects.count ? objects[low] : VarBind(name, .endOfMibView)
    }
}

extension VarBind {
    /// The name's successor of the same length, once it is long enough: rows without end.
    fileprivate func shortened(after name: ObjectIdentifier) -> VarBind {
        guard name.count > 12, let parent = name.parent, let last = name.subIdentifiers.last else { return self }
        return VarBind(parent.appending(last + 1), value)
    }
}

/// A small interface table as agents have it.
enum SampleTables {
    static let ifEntry: ObjectIdentifier = "1.3.6.1.2.1.2.2.1"
    static let ifXEntry: ObjectIdentifier = "1.3.6.1.2.1.31.1.1.1"
    static let sysDescr: ObjectIdentifier = "1.3.6.1.2.1.1.1.0"
    static let sysUpTime: ObjectIdentifier = "1.3.6.1.2.1.1.3.0"
    static let sysName: ObjectIdentifier = "1.3.6.1.2.1.1.5.0"
    static let ifNumber: ObjectIdentifier = "1.3.6.1.2.1.2.1.0"
    static let missing: ObjectIdentifier = "1.3.6.1.2.1.1.4.0"
    static let scalars = [sysDescr, sysUpTime, sysName, ifNumber, missing]

    /// ifDescr, ifType, ifSpeed, ifPhysAddress, ifOperStatus, ifInOctets; ifName, ifHCInOctets, ifAlias.
    static let columns: [ObjectIdentifier] =
        [2, 3, 5, 6, 8, 10].map { ifEntry.appending([$0]) } + [1, 6, 18].map { ifXEntry.appending([$0]) }

    static func interfaces(_ count: Int, firstIndex: UInt32 = 1) -> [VarBind] {
        var all = [
            VarBind(sysDescr, .octetString(Array("A switch of no vendor, version 1".utf8))),
            VarBind(sysUpTime, .timeTicks(123_456)),
            VarBind(sysName, .octetString(Array("switch-1".utf8))),
            VarBind(ifNumber, .integer(Int32(count))),
        ]
        for row in 0..<count {
            let index = firstIndex + UInt32(row)
            let values: [(ObjectIdentifier, SNMPValue)] = [
                (columns[0], .octetString(Array("GigabitEthernet0/\(index)".utf8))), (columns[1], .integer(6)),
                (columns[2], .gauge32(1_000_000_000)), (columns[3], .octetString([0, 1, 2, 3, 4, UInt8(row % 250)])),
                (columns[4], .integer(row % 3 == 0 ? 2 : 1)), (columns[5], .counter32(index &* 77_777_777)),
                (columns[6], .octetString(Array("Gi0/\(index)".utf8))),
                (columns[7], .counter64(UInt64(index) << 40)), (columns[8], .octetString([])),
            ]
            for (column, value) in values { all.append(VarBind(column.appending([index]), value)) }
        }
        all.append(VarBind("1.3.6.1.2.1.31.1.5.0", .timeTicks(99)))
        return all
    }
}
