import Testing

@testable import SNMP

@Suite("Walks of agents at fault")
struct TableWalkFaultTests {
    private static let column = SampleTables.columns[5]
    private static let request = TableRequest(columns: [column])
    private static let rows = SampleTables.interfaces(24)

    private func walk(_ fault: ScriptedAgent.Fault) throws -> (Column, Table) {
        let table = try WalkDriver(Self.request, ScriptedAgent(Self.rows, fault: fault)).table
        return (try #require(table.columns.first), table)
    }

    private func isNonIncreasing(_ status: ColumnStatus) -> Bool {
        switch status {
        case .partial(.nonIncreasing), .failed(.nonIncreasing): true
        default: false
        }
    }

    @Test("the same name for ever ends as partial")
    func sameName() throws {
        let (column, table) = try walk(.sameName(VarBind(Self.column.appending(3), .counter32(1))))
        #expect(isNonIncreasing(column.status))
        #expect(column.count == 1)
        #expect(table.requests == 1)
    }

    @Test("names in a cycle end as partial, each row once")
    func cycle() throws {
        let objects = (1...8).map { VarBind(Self.column.appending(UInt32($0)), .counter32(1)) }
        let table = try WalkDriver(Self.request, ScriptedAgent(objects, fault: .cycle(8))).table
        #expect(isNonIncreasing(table.columns[0].status))
        #expect(table.columns[0].count == 8)
        #expect(table.requests <= 2)
    }

    @Test("rows swapped inside a response are all delivered, in order")
    func swapped() throws {
        let (column, table) = try walk(.swapsFirstTwo)
        #expect(column.status == .complete)
        #expect(table.rows(Self.column) == Self.rows.filter { $0.name.hasPrefix(Self.column) })
    }

    @Test(
        "swapped or missing bindings of several columns lose nothing",
        arguments: [ScriptedAgent.Fault.swapsFirstTwo, .leavesOut(0), .leavesOut(1), .leavesOut(5)])
    func misplaced(fault: ScriptedAgent.Fault) throws {
        let request = TableRequest(columns: Array(SampleTables.columns[..<3]))
        let table = try WalkDriver(request, ScriptedAgent(Self.rows, fault: fault)).table
        for column in table.columns {
            #expect(column.status == .complete)
            #expect(column.count == 24)
        }
    }

    @Test("a response without bindings ends, as failed")
    func emptyResponse() throws {
        let (column, table) = try walk(.emptyResponse)
        #expect(column.status == .failed(.emptyResponse))
        #expect(table.requests <= 8)
    }

    @Test("genErr half-way keeps the rows before it and says so", arguments: [true, false])
    func genErr(indexed: Bool) throws {
        let (column, table) = try walk(.genErr(Self.column.appending(21), indexed: indexed))
        #expect(column.status == .partial(.errorStatus(.genErr)))
        #expect(column.count == 20)
        #expect(table.requests <= 20)
    }

    @Test("a failing object does not take other columns down", arguments: [true, false])
    func failingObject(indexed: Bool) throws {
        let bad = SampleTables.columns[2].appending(5)
        for fault in [ScriptedAgent.Fault.genErr(bad, indexed: indexed), .silent(bad)] {
            let request = TableRequest(scalars: SampleTables.scalars, columns: SampleTables.columns)
            let agent = ScriptedAgent(Self.rows, fault: fault)
            let table = try WalkDriver(request, agent).table
            for oid in SampleTables.columns where oid != SampleTables.columns[2] {
                #expect(table.column(oid)?.status == .complete, "\(oid) \(fault)")
                #expect(table.column(oid)?.count == 24)
            }
            #expect(table.column(SampleTables.columns[2])?.count == 4)
            #expect(table.column(SampleTables.columns[2])?.status != .complete)
        }
    }

    @Test("a GETBULK past the end that is refused as a whole loses no rows")
    func noSuchNamePastTheEnd() throws {
        let (column, table) = try walk(.noSuchNamePast(Self.column))
        #expect(column.status == .complete)
        #expect(column.count == 24)
        #expect(table.requests <= 20)
    }

    @Test("rows that come back after a foreign name are not passed over in silence", arguments: [0, 1, 5])
    func backIntoTheColumn(place: Int) throws {
        let (column, _) = try walk(.foreignAt(place))
        #expect(isNonIncreasing(column.status))
        #expect(column.count == place)
    }

    @Test("an agent that hangs on any one scalar still gives its columns")
    func hangingScalar() throws {
        for scalar in SampleTables.scalars where scalar != SampleTables.missing {
            let request = TableRequest(scalars: SampleTables.scalars, columns: SampleTables.columns)
            let table = try WalkDriver(request, ScriptedAgent(Self.rows, fault: .silent(scalar))).table
            for column in table.columns { #expect(column.status == .complete, "\(scalar) \(column.oid)") }
        }
    }

    @Test("an agent that hangs on one row keeps all other columns whole", arguments: [1, 13, 24] as [UInt32])
    func hangingRow(row: UInt32) throws {
        for bad in SampleTables.columns {
            let request = TableRequest(scalars: SampleTables.scalars, columns: SampleTables.columns)
            let agent = ScriptedAgent(Self.rows, fault: .silent(bad.appending(row)))
            let table = try WalkDriver(request, agent).table
            // What follows the column before is the bad one's first row: its end cannot be seen, and is not claimed.
            let before = row == 1 ? SampleTables.columns.last { $0 < bad } : nil
            for oid in SampleTables.columns where oid != bad {
                let column = try #require(table.column(oid))
                #expect(column.count == 24)
                let wanted: ColumnStatus = oid == before ? .partial(.timeout) : .complete
                #expect(column.status == wanted, "\(oid), hanging on \(bad) \(row)")
            }
            #expect(table.column(bad)?.count == Int(row) - 1)
        }
    }

    @Test("a dead agent is asked three times at most")
    func dead() throws {
        let request = TableRequest(scalars: SampleTables.scalars, columns: SampleTables.columns)
        let walk = try WalkDriver(request, ScriptedAgent([], fault: .silentOver(0)))
        #expect(walk.requests.count <= 3)
        #expect(walk.table.columns.allSatisfy { $0.status == .failed(.timeout) })
    }

    @Test("an exception in one row is skipped, the column goes on")
    func exceptionRow() throws {
        let (column, _) = try walk(.exception(Self.column.appending(6)))
        #expect(column.status == .complete)
        #expect(column.count == 23)
        #expect(column[6] == nil)
        #expect(column[7] != nil)
    }

    @Test("names outside the subtree end the column, whatever follows")
    func outside() throws {
        let (column, table) = try walk(.sameName(VarBind("1.3.6.1.4.1.9.1", .integer(1))))
        #expect(column.status == .absent)
        #expect(table.requests == 1)
        let before = try walk(.sameName(VarBind("1.3.6.1.2.1.1.1.0", .integer(1)))).0
        #expect(isNonIncreasing(before.status))
    }

    @Test("rows without end stop at the row, request or octet limit")
    func limits() throws {
        let agent = ScriptedAgent([], fault: .endless)
        var request = TableRequest(columns: [Self.column], rowLimit: 500)
        var column = try WalkDriver(request, agent).table.columns[0]
        #expect(column.status == .partial(.rowLimit))
        #expect(column.count == 500)
        request = TableRequest(columns: [Self.column], requestLimit: 3)
        column = try WalkDriver(request, agent).table.columns[0]
        #expect(column.status == .partial(.requestLimit))
        request = TableRequest(columns: [Self.column], octetLimit: 4000)
        column = try WalkDriver(request, agent).table.columns[0]
        #expect(column.status == .partial(.octetLimit))
        #expect(column.storage.octetCount < 6000)
    }

    @Test("rows without a value, without end, stop at the row limit")
    func exceptionsWithoutEnd() throws {
        var request = Self.request
        request.rowLimit = 500
        let driver = try WalkDriver(request, ScriptedAgent([])) { octets in
            guard var message = try? CommunityMessage(decoding: octets), let name = message.pdu.varBinds.first?.name
            else { return nil }
            let last = name == Self.column ? 0 : name.subIdentifiers.last ?? 0
            message.pdu.type = .response
            (message.pdu.errorStatus, message.pdu.errorIndex) = (.noError, 0)
            message.pdu.varBinds = (1...10).map { VarBind(Self.column.appending(last + $0), .noSuchInstance) }
            return message.encode()
        }
        #expect(driver.table.columns[0].status == .failed(.rowLimit))
        #expect(driver.table.requests <= 51)
    }

    @Test("an agent that may not answer says so in every column, at once")
    func authorization() throws {
        let request = TableRequest(columns: SampleTables.columns)
        let agent = ScriptedAgent(Self.rows, fault: .status(.authorizationError))
        let table = try WalkDriver(request, agent).table
        #expect(table.columns.allSatisfy { $0.status == .failed(.errorStatus(.authorizationError)) })
        #expect(table.requests <= 3)
    }

    @Test("what was tolerated is told, by column and by name")
    func tolerated() throws {
        #expect(try walk(.exception(Self.column.appending(6))).0.tolerated.names == ["exceptionRow"])
        #expect(try walk(.swapsFirstTwo).0.tolerated.names == ["swappedRows"])
        let (column, table) = try walk(.tooBig(over: 10))
        #expect(column.status == .complete)
        #expect(column.tolerated.names == ["tooBig"])
        #expect(table.tolerated.names == ["tooBig"])
        #expect(try walk(.silentOver(10)).1.tolerated.names == ["silentlyDropped"])
        #expect(try walk(.none).1.tolerated.names.isEmpty)
    }

    @Test("rows that do not increase are taken where that is allowed, each once")
    func unordered() throws {
        // An agent whose rows come as 2, 1, 4, 3: what follows a name is what it says, not what is greater.
        let order: [UInt32] = [2, 1, 4, 3]
        let names = order.map { Self.column.appending($0) }
        var machine = TableWalkStateMachine(Self.request, limits: .init(quirks: [.unorderedRows]))
        var answers = 0
        while case .sendRequest(let token) = machine.slotGranted() {
            let from = answers * 2
            let rows = from < 4 ? names[from..<from + 2].map { VarBind($0, .counter32(7)) } : [VarBind("1.3.9", .null)]
            answers += 1
            let pdu = PDU(type: .response, requestID: 1, varBinds: Array(rows))
            let octets = CommunityMessage(version: .v2c, community: [], pdu: pdu).encode()
            try octets.withUnsafeBytes {
                machine.responseReceived(token, try MessageView($0), elapsedMilliseconds: 1)
            }
        }
        let column = machine.finish(elapsedMilliseconds: 1, retransmissions: 0).columns[0]
        #expect(column.status == .complete)
        #expect((0..<column.count).map { column.index(at: $0) } == [[1], [2], [3], [4]])
        #expect(column.tolerated.contains(.unorderedRows))
    }

    @Test("a value of an unknown type costs itself only, and its column is not called complete")
    func unknownValue() throws {
        let agent = ScriptedAgent(Self.rows)
        var machine = TableWalkStateMachine(Self.request, limits: .init())
        while case .sendRequest(let token) = machine.slotGranted() {
            var memory = [UInt8](repeating: 0, count: 4096)
            let request = memory.withUnsafeMutableBytes { buffer in
                var writer = BERWriter(buffer)
                machine.encode(token, requestID: 0x4000_0000, into: &writer)
                CommunityProcessing(.v2c(community: Community("public"))).wrap(&writer)
                return Array(buffer[writer.offset...])
            }
            var octets = try #require(agent.respond(to: request))
            let name = Self.column.appending(3).encoded
            // The tag of row 3's value becomes one that no type has.
            let place = octets.indices.dropLast(name.count).first { Array(octets[$0..<$0 + name.count]) == name }
            if let place, octets[place + name.count] == BERTag.counter32 { octets[place + name.count] = 0x47 }
            try octets.withUnsafeBytes {
                machine.responseReceived(token, try MessageView($0), elapsedMilliseconds: 1)
            }
        }
        let column = machine.finish(elapsedMilliseconds: 1, retransmissions: 0).columns[0]
        #expect(column.status == .partial(.undecodable))
        #expect(column.count == 23)
        #expect(column[3] == nil && column[24] != nil)
        #expect(column.tolerated.names == ["undecodableValue"])
    }

    @Test("a column that had not ended after all is asked alone, whatever else its response holds")
    func reopened() throws {
        let (one, two) = (Self.column, SampleTables.columns[6])
        let foreign = VarBind("1.3.6.1.4.1.9.1.1", .null)
        func row(_ column: ObjectIdentifier, _ index: UInt32) -> VarBind { VarBind(column.appending(index), .null) }
        let honest = ScriptedAgent([row(one, 1), row(one, 2), row(two, 1), row(two, 2), row(two, 3), foreign])
        var isFirst = true
        let driver = try WalkDriver(TableRequest(columns: [one, two]), honest) { octets in
            guard isFirst, var message = try? CommunityMessage(decoding: octets) else {
                return honest.respond(to: octets)
            }
            isFirst = false
            message.pdu.type = .response
            (message.pdu.errorStatus, message.pdu.errorIndex) = (.noError, 0)
            message.pdu.varBinds = [row(one, 1), row(two, 1), row(one, 2), foreign, row(two, 2), foreign]
            return message.encode()
        }
        #expect(driver.table.columns.map(\.status) == [.complete, .complete])
        #expect(driver.table.columns.map(\.count) == [2, 3])
    }

    @Test("spoilt responses never trap and never lead to a walk without end", arguments: 1...60)
    func mutation(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let request = TableRequest(scalars: SampleTables.scalars, columns: SampleTables.columns)
        let agent = ScriptedAgent(Self.rows)
        var machine = TableWalkStateMachine(request, limits: .init())
        for _ in 0..<300 {
            guard case .sendRequest(let token) = machine.slotGranted() else { break }
            var memory = [UInt8](repeating: 0, count: 4096)
            let octets = memory.withUnsafeMutableBytes { buffer in
                var writer = BERWriter(buffer)
                machine.encode(token, requestID: 0x4000_0000, into: &writer)
                CommunityProcessing(.v2c(community: Community("public"))).wrap(&writer)
                return Array(buffer[writer.offset...])
            }
            let response = Mutations.mutate(try #require(agent.respond(to: octets)), &random)
            response.withUnsafeBytes { buffer in
                if let view = try? MessageView(buffer) {
                    machine.responseReceived(token, view, elapsedMilliseconds: 0)
                } else {
                    _ = machine.release(token)
                }
            }
        }
        for column in machine.finish(elapsedMilliseconds: 0, retransmissions: 0).columns {
            let names = (0..<column.count).map { column.name(at: $0) }
            #expect(names == names.sorted(), "seed \(seed)")
            for position in 0..<column.count { _ = column.value(at: position) }
        }
    }
}
