import Inventory

/// Turns what a device answered for the system group, ifTable, ifXTable and dot3StatsTable into facts.
///
/// Sources: RFC 3418, RFC 2863, RFC 3635.
///
/// Rows are joined by instance, never by position. A row exists where any column of IF-MIB has its instance.
public enum InterfaceReading {
    /// Decodes an answer; every input gives a reading, what could not be used is counted in `quirks`.
    public static func decode(_ answer: TableAnswer) -> DeviceReading {
        var decoder = InterfaceTableDecoder(answer)
        let interfaces = decoder.decode()
        let system = systemFacts(answer.scalars)
        if let number = system.ifNumber, number != Int64(interfaces.count), decoder.readAllRows {
            decoder.note(.ifNumberDiffers)
        }
        return DeviceReading(
            system: system, interfaces: interfaces, failedColumns: decoder.failed, quirks: decoder.quirks)
    }

    private static func systemFacts(_ scalars: [SystemScalar: MIBValue]) -> SystemFacts {
        var facts = SystemFacts()
        facts.sysDescr = scalars[.sysDescr]?.text
        if case .objectIdentifier(let dotted) = scalars[.sysObjectID] { facts.sysObjectID = dotted }
        facts.sysUpTime = scalars[.sysUpTime]?.unsignedNumber
        facts.sysContact = scalars[.sysContact]?.text
        facts.sysName = scalars[.sysName]?.text
        facts.sysLocation = scalars[.sysLocation]?.text
        facts.ifNumber = scalars[.ifNumber]?.unsignedNumber
        facts.ifTableLastChange = scalars[.ifTableLastChange]?.unsignedNumber
        return facts
    }
}

/// Joins columns to rows.
private struct InterfaceTableDecoder {
    private let columns: [InterfaceColumn: ColumnAnswer]
    private var rows: [InterfaceFacts]
    private(set) var quirks: [InterfaceQuirk: Int] = [:]
    let failed: [InterfaceColumn: String]

    init(_ answer: TableAnswer) {
        columns = answer.columns
        failed = answer.columns.compactMapValues(\.failure)
        rows = []
    }

    /// Whether no row is missing because a column failed.
    var readAllRows: Bool { !failed.keys.contains(where: \.tellsOfRows) }

    mutating func note(_ quirk: InterfaceQuirk, count: Int = 1) {
        if count > 0 { quirks[quirk, default: 0] += count }
    }

    mutating func decode() -> [InterfaceFacts] {
        rows = instances().map { InterfaceFacts(ifIndex: $0) }
        checkIndexColumn()
        text(.ifDescr, \.ifDescr)
        text(.ifName, \.ifName)
        text(.ifAlias, \.ifAlias)
        number(.ifType) { $0.ifType = Int($1) }
        number(.ifMtu) { $0.ifMtu = $1 }
        status(.ifAdminStatus, \.adminStatus)
        status(.ifOperStatus, \.operStatus)
        number(.ifLastChange) { $0.ifLastChange = $1 }
        number(.ifCounterDiscontinuityTime) { $0.counterDiscontinuityTime = $1 }
        number(.ifConnectorPresent) { $0.connectorPresent = $1 == 1 ? true : $1 == 2 ? false : nil }
        number(.dot3StatsDuplexStatus) { $0.duplex = Duplex(dot3StatsDuplexStatus: $1) }
        physicalAddresses()
        speeds()
        return rows
    }

    /// All usable instances of all columns, ascending, each once.
    private mutating func instances() -> [Int64] {
        var inIfTable = Set<Int64>()
        var inIfXTable = Set<Int64>()
        var unusable = 0
        for (column, answer) in columns where column.tellsOfRows {
            for index in answer.indexes {
                guard let index, index >= 0, index <= Int64(Int32.max) else {
                    unusable += 1
                    continue
                }
                if column.isInIfXTable { inIfXTable.insert(index) } else { inIfTable.insert(index) }
            }
        }
        note(.unusableInstance, count: unusable)
        if inIfXTable.isEmpty, !inIfTable.isEmpty { note(.noIfXTable) }
        note(.rowOnlyInIfXTable, count: inIfXTable.subtracting(inIfTable).count)
        let all = inIfTable.union(inIfXTable).sorted()
        if all.first == 0 { note(.ifIndexZero) }
        return all
    }

    /// Calls `apply` with each value of a column and the position of its row.
    private mutating func each(_ column: InterfaceColumn, _ apply: (inout Self, Int, MIBValue) -> Void) {
        guard let answer = columns[column] else { return }
        var cursor = 0
        var previous = -1
        for (index, value) in zip(answer.indexes, answer.values) {
            guard let index, let position = position(of: index, startingAt: cursor) else { continue }
            if position == previous {
                note(.repeatedInstance)
                continue
            }
            previous = position
            cursor = position + 1
            if case .null = value {
                note(.nullValue)
            } else {
                apply(&self, position, value)
            }
        }
    }

    /// Where the row of an instance is; tables come in order, so the next row is looked at first.
    private func position(of index: Int64, startingAt cursor: Int) -> Int? {
        if cursor < rows.count, rows[cursor].ifIndex == index { return cursor }
        var low = 0
        var high = rows.count
        while low < high {
            let middle = (low + high) / 2
            if rows[middle].ifIndex < index { low = middle + 1 } else { high = middle }
        }
        return low < rows.count && rows[low].ifIndex == index ? low : nil
    }

    private mutating func text(_ column: InterfaceColumn, _ field: WritableKeyPath<InterfaceFacts, String?>) {
        each(column) { decoder, position, value in
            decoder.rows[position][keyPath: field] = value.text
        }
    }

    private mutating func number(_ column: InterfaceColumn, _ store: (inout InterfaceFacts, Int64) -> Void) {
        each(column) { decoder, position, value in
            guard let number = decoder.checked(value) else { return }
            store(&decoder.rows[position], number)
        }
    }

    private mutating func checked(_ value: MIBValue) -> Int64? {
        guard let number = value.unsignedNumber else {
            note(.notANumber)
            return nil
        }
        if value.isNumberAsText { note(.numberAsText) }
        return number
    }

    private mutating func status(_ column: InterfaceColumn, _ field: WritableKeyPath<InterfaceFacts, Int?>) {
        number(column) { $0[keyPath: field] = Int($1) }
        let strange = rows.count { row in
            row[keyPath: field].map { InterfaceStatus(rawValue: $0) == nil } ?? false
        }
        note(.statusOutOfEnumeration, count: strange)
    }

    private mutating func checkIndexColumn() {
        each(.ifIndex) { decoder, position, value in
            if value.number != decoder.rows[position].ifIndex { decoder.note(.ifIndexDiffersFromInstance) }
        }
    }

    private mutating func physicalAddresses() {
        each(.ifPhysAddress) { decoder, position, value in
            decoder.rows[position].ifPhysAddress = PhysicalAddress.text(of: value)
            if PhysicalAddress.isText(value) { decoder.note(.physAddressAsText) }
        }
    }

    /// ifSpeed first, then ifHighSpeed over it where it says more than 0.
    private mutating func speeds() {
        var plain = [Int64](repeating: 0, count: rows.count)
        each(.ifSpeed) { decoder, position, value in
            guard let speed = decoder.checked(value) else { return }
            plain[position] = speed
            decoder.rows[position].ifSpeed = speed > 0 && speed != Int64(UInt32.max) ? speed : nil
        }
        each(.ifHighSpeed) { decoder, position, value in
            guard let speed = decoder.checked(value), speed > 0 else { return }
            let isBits = speed >= 1_000_000 && speed == plain[position]
            if isBits { decoder.note(.highSpeedInBitsPerSecond) }
            decoder.rows[position].ifSpeed = isBits ? speed : speed <= Int64.max / 1_000_000 ? speed * 1_000_000 : nil
        }
    }
}
