import Testing

@testable import SNMP

/// Columns that end apart from the others, and values that are not what their columns hold.
@Suite("Columns of agents at fault")
struct ColumnFaultTests {
    private static let rows = SampleTables.interfaces(24)
    private static let last = SampleTables.columns[8]

    @Test("endOfMibView in one column leaves the others whole", arguments: [0, 1, 3, 23], [SNMPVersion.v1, .v2c])
    func earlyEnd(rowCount: UInt32, version: SNMPVersion) throws {
        // Nothing follows the last column, which has fewer rows than the others.
        let columns = SampleTables.columns.filter { version == .v2c || $0 != SampleTables.columns[7] }
        let objects = Self.rows.filter { object in
            guard let index = object.name.subIdentifiers.last, object.name < "1.3.6.1.2.1.31.1.5" else { return false }
            let isKept = !object.name.hasPrefix(Self.last) || index <= rowCount
            return isKept && (version == .v2c || !object.name.hasPrefix(SampleTables.columns[7]))
        }
        let driver = try WalkDriver(
            TableRequest(scalars: SampleTables.scalars, columns: columns), ScriptedAgent(objects), version: version)
        for column in driver.table.columns where column.oid != Self.last {
            #expect(column.status == .complete, "\(column.oid)")
            #expect(column.count == 24)
        }
        let short = try #require(driver.table.column(Self.last))
        #expect(short.status == (rowCount == 0 ? .absent : .complete))
        #expect(short.count == Int(rowCount))
        #expect(driver.table.tolerated.isEmpty)
        #expect(driver.table.requests <= (version == .v1 ? 24 * 3 + 10 : 15))
    }

    @Test(
        "a value of another type is delivered as what it is, and costs no other row",
        arguments: [SNMPValue.counter32(7), .null, .octetString([1]), .integer(-7), .ipAddress([127, 0, 0, 1])])
    func otherType(value: SNMPValue) throws {
        let column = SampleTables.columns[7]
        let odd = column.appending(13)
        let objects = Self.rows.map { $0.name == odd ? VarBind(odd, value) : $0 }
        let driver = try WalkDriver(TableRequest(columns: [column]), ScriptedAgent(objects))
        let found = driver.table.columns[0]
        #expect(found.status == .complete)
        #expect(found[13] == value)
        #expect(driver.table.rows(column) == objects.filter { $0.name.hasPrefix(column) })
        #expect(driver.table.requests <= 3)
    }

    @Test(
        "noSuchObject and noSuchInstance of the name asked end a column that has all its rows, and another as partial",
        arguments: [SNMPValue.noSuchObject, .noSuchInstance], [nil, 0, 2, 3, 24] as [Int32?])
    func exceptionAtEnd(exception: SNMPValue, interfaceCount: Int32?) throws {
        let column = SampleTables.columns[0]
        let last = column.appending(3)
        let request = TableRequest(scalars: interfaceCount == nil ? [] : [SampleTables.ifNumber], columns: [column])
        var machine = TableWalkStateMachine(request, limits: .init())
        let scalars = interfaceCount.map { [VarBind(SampleTables.ifNumber, .integer($0))] } ?? []
        let rows: [VarBind] = (1...3).map { VarBind(column.appending($0), .octetString([UInt8($0)])) }
        var answers = [[VarBind(last, exception)], scalars + rows]
        while case .sendRequest(let token) = machine.slotGranted() {
            let answer = answers.popLast()
            let pdu = PDU(type: .response, requestID: 1, varBinds: try #require(answer))
            let octets = CommunityMessage(version: .v2c, community: [], pdu: pdu).encode()
            try octets.withUnsafeBytes {
                machine.responseReceived(token, try MessageView($0), elapsedMilliseconds: 1)
            }
        }
        let table = machine.finish(elapsedMilliseconds: 1, retransmissions: 0)
        #expect(table.rows(column) == rows)
        if let interfaceCount, interfaceCount <= 3 {
            #expect(table.columns[0].status == .complete)
            #expect(table.columns[0].tolerated.contains(.exceptionAtEnd))
        } else {
            #expect(table.columns[0].status == .partial(.nonIncreasing(last)))
        }
    }

    @Test("a column whose own name is answered with noSuchObject is absent; one request")
    func noSuchColumn() throws {
        let column = SampleTables.columns[5]
        let table = try WalkDriver(
            TableRequest(columns: [column]),
            ScriptedAgent(Self.rows, fault: .sameName(VarBind(column, .noSuchObject)))
        ).table
        #expect(table.columns[0].status == .absent)
        #expect(table.columns[0].tolerated.names == ["exceptionAtEnd"])
        #expect(table.requests == 1)
    }
}
