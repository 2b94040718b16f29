public import SNMP

extension TableAnswer {
    /// What discovery asks a device: the scalars of the system group, columns of ifTable, ifXTable and dot3StatsTable.
    ///
    /// `TableAnswer(_:)` reads the answer to exactly this request.
    public static let request = TableRequest(
        scalars: SystemScalar.allCases.compactMap { ObjectIdentifier($0.dotted) },
        columns: InterfaceColumn.allCases.compactMap { ObjectIdentifier($0.dotted) })

    /// The answer to `request`, out of the engine's storage.
    public init(_ table: Table) {
        self.init()
        for (scalar, value) in zip(SystemScalar.allCases, table.scalars) {
            if let value { scalars[scalar] = MIBValue(value) }
        }
        for (column, answer) in zip(InterfaceColumn.allCases, table.columns) {
            columns[column] = ColumnAnswer(answer)
        }
    }
}

extension ColumnAnswer {
    /// A column out of the engine's storage.
    init(_ column: Column) {
        self.init()
        indexes.reserveCapacity(column.count)
        values.reserveCapacity(column.count)
        for position in 0..<column.count {
            indexes.append(column.simpleIndex(at: position).map { Int64($0) })
            if let number = column.integer(at: position) {
                values.append(.integer(number))
            } else if let octets = column.octets(at: position) {
                values.append(.octets(octets))
            } else {
                values.append(MIBValue(column.value(at: position)))
            }
        }
        switch column.status {
        case .complete, .absent: failure = nil
        case .partial(let fault): failure = "ended after \(column.count) rows: \(fault)"
        case .failed(let fault): failure = "\(fault)"
        }
    }
}

extension MIBValue {
    /// A value of the protocol, reduced to the shapes that interpretation needs.
    init(_ value: SNMPValue) {
        switch value {
        case .integer(let number): self = .integer(Int64(number))
        case .counter32(let number), .gauge32(let number), .timeTicks(let number): self = .integer(Int64(number))
        case .counter64(let number): self = Int64(exactly: number).map { .integer($0) } ?? .null
        case .octetString(let octets), .opaque(let octets), .ipAddress(let octets): self = .octets(octets)
        case .objectIdentifier(let oid): self = .objectIdentifier(oid.description)
        default: self = .null
        }
    }
}
