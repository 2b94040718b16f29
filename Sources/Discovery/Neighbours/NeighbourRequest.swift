import SNMP

/// What is asked of a device about its neighbours, and how the answer is laid out for the decoder.
struct NeighbourRequest: Sendable {
    /// Objects with one instance, .0.
    let scalars: [NeighbourColumn]
    /// Columns of tables.
    let columns: [NeighbourColumn]
    /// What goes to the engine.
    let request: TableRequest

    /// A request for scalars and columns, each once, the scalars told from the columns by where they stand.
    init(_ objects: [NeighbourColumn], options: NeighbourOptions) {
        var seen: Set<String> = []
        let asked = objects.filter { ObjectIdentifier($0.dotted) != nil && seen.insert($0.dotted).inserted }
        scalars = asked.filter(Self.isScalar)
        columns = asked.filter { !Self.isScalar($0) }
        request = TableRequest(
            scalars: self.scalars.compactMap { ObjectIdentifier($0.dotted)?.appending(0) },
            columns: self.columns.compactMap { ObjectIdentifier($0.dotted) }, rowLimit: options.rowsMax,
            requestLimit: options.requestsMax)
    }

    /// The first round: the device itself, LLDP-MIB, CISCO-CDP-MIB, and the forwarding tables where they are wanted.
    static func first(_ options: NeighbourOptions, knowing known: NeighbourAnswer) -> NeighbourRequest {
        let neighbours = LLDPTable.columns + CDPTable.columns
        let own = [LocalSystemColumns.sysObjectID] + LocalSystemColumns.placing + LocalSystemReading.columns
        let wanted =
            neighbours + own + (options.describesDevice ? LocalSystemReading.tables : [])
            + (options.readsForwarding ? Forwarding.columns : [])
        return NeighbourRequest(wanted.filter { known.columns[$0] == nil }, options: options)
    }

    /// Groups whose members are scalars: system, dot1dBase, lldpLocalSystemData, lldpV2LocalSystemData, cdpGlobal.
    private static let scalarGroups: Set<String> = [
        "1.3.6.1.2.1.1", "1.3.6.1.2.1.17.1", "1.0.8802.1.1.2.1.3", "1.3.111.2.802.1.1.13.1.3", "1.3.6.1.4.1.9.9.23.1.3",
    ]

    private static func isScalar(_ object: NeighbourColumn) -> Bool {
        guard let end = object.dotted.lastIndex(of: ".") else { return false }
        return scalarGroups.contains(String(object.dotted[..<end]))
    }

    /// Adds what the engine brought to an answer.
    func add(_ table: Table, to answer: inout NeighbourAnswer) {
        for (scalar, value) in zip(scalars, table.scalars) {
            answer.columns[scalar] = NeighbourRows(rows: value.map { [.init(index: [0], value: MIBValue($0))] } ?? [])
        }
        for (column, read) in zip(columns, table.columns) { answer.columns[column] = NeighbourRows(read) }
    }
}

extension NeighbourRows {
    /// A column out of the engine's storage.
    init(_ column: Column) {
        self.init()
        rows.reserveCapacity(column.count)
        for position in 0..<column.count {
            rows.append(Row(index: column.index(at: position), value: MIBValue(column.value(at: position))))
        }
        switch column.status {
        case .complete, .absent: failure = nil
        case .partial(let fault): failure = "ended after \(column.count) rows: \(fault)"
        case .failed(let fault): failure = "\(fault)"
        }
    }
}
