/// How far one column has been read.
struct ColumnProgress {
    enum Phase: Hashable {
        /// More rows are expected and no request is out for them.
        case idle
        /// A request for its next rows is out.
        case requested
        /// Nothing more will be asked.
        case ended
    }

    /// What planning looks at.
    ///
    /// Apart from the arrays, so that looking at all columns before each request copies no references.
    struct Facts {
        var phase = Phase.idle
        /// Columns of one table share a group: they are expected to have equally many rows.
        let group: Int
        /// Asked alone, because a request together with others failed or its answer could not be assigned.
        var isIsolated = false
        /// The most repetitions to ask, lowered by failures.
        var repetitionCap = Int.max
        /// Rows read, those included whose value was an exception.
        var rows = 0
        /// The rows it had in an earlier poll; negative where not known.
        var knownRows = -1
        /// The octets a variable binding takes, as measured; a guess before the first row.
        var octetsPerVarBind: Int
        /// The memory the rows take, in octets.
        var octetCount = 0
        /// Rows stored when the response now being read began.
        var firstRowOfResponse = 0
        /// Whether the rest of the response now being read is not taken: `doubt` is set, or the column was reopened.
        var isInDoubt = false
        /// Whether rows arrived out of order.
        var isUnsorted = false
        /// Whether rows need not increase, as long as none comes twice.
        var mayBeUnordered = false
        /// The agent itself led past the column's end.
        var isAtEnd = false
        /// What was tolerated.
        var tolerated: ToleratedDeviations = []

        var isIdle: Bool { phase == .idle }
        var hasEnded: Bool { phase == .ended }
    }

    /// What became of a variable binding.
    enum Outcome {
        /// It brought the column forward.
        case taken
        /// The column has ended, or is in doubt.
        case ignored
        /// Its name is not in the column.
        case outside
        /// Its name does not follow the ones before it.
        case notAhead
        /// It would be a row too many.
        case overLimit
    }

    let oid: ObjectIdentifier
    /// The column's name in a form that is quick to compare, where it has one.
    private let prefix: ColumnPrefix?
    var facts: Facts
    private(set) var status: ColumnStatus?
    private(set) var storage = ColumnStorage()
    /// The greatest name seen, in BER octets: the next request asks what follows it.
    ///
    /// Behind `lastIndex` while a run of usual rows is taken; `settleCursor` brings it up.
    private(set) var cursor: [UInt8]
    /// The only sub-identifier after the column in the greatest name seen; `noRow` before the first.
    ///
    /// `otherShape` where that name has another shape: rows are then compared octet by octet.
    private var lastIndex = Self.noRow
    private var cursorIsBehind = false
    /// `lastIndex` when the response now being read was asked for, and the cursor where that is of another shape.
    private var baseIndex = Self.noRow
    private var base: [UInt8] = []
    /// The name that may be this column's end, and the requested column it belongs to.
    private(set) var doubt: (column: Int, name: [UInt8])?
    private var responseOctets = 0
    /// The octets of all indexes, only where they need not increase.
    private var seen: Set<[UInt8]> = []

    private static let noRow: Int64 = -1
    private static let otherShape = Int64.max

    init(oid: ObjectIdentifier, group: Int, prefix: ColumnPrefix?) {
        self.oid = oid
        self.prefix = prefix
        facts = Facts(group: group, octetsPerVarBind: oid.encoded.count + 18)
        cursor = oid.encoded
        cursor.reserveCapacity(oid.encoded.count + 16)
    }

    /// Begins anew, in the memory it has.
    mutating func restart(knowing known: WalkKnowledge.Column) {
        var fresh = Facts(group: facts.group, octetsPerVarBind: oid.encoded.count + 18)
        fresh.knownRows = Int(known.rows)
        if known.varBindOctets > 0 { fresh.octetsPerVarBind = Int(known.varBindOctets) }
        if known.repetitionCap > 0 { fresh.repetitionCap = Int(known.repetitionCap) }
        fresh.isIsolated = known.isIsolated
        facts = fresh
        status = nil
        storage.removeAll()
        // One as long as the column's own name is that name: others lie in the column.
        if cursor.count != oid.encoded.count { Self.overwrite(&cursor, with: oid.encoded) }
        lastIndex = Self.noRow
        cursorIsBehind = false
        if doubt != nil { doubt = nil }
        responseOctets = 0
        if !seen.isEmpty { seen.removeAll(keepingCapacity: true) }
    }

    /// What the next poll may use.
    @inline(__always)
    var knowledge: WalkKnowledge.Column {
        var known = WalkKnowledge.Column()
        if facts.isAtEnd { known.rows = Int32(clamping: facts.rows) }
        if facts.rows > 0 { known.varBindOctets = UInt16(clamping: facts.octetsPerVarBind) }
        if facts.repetitionCap < Int(UInt16.max) { known.repetitionCap = UInt16(facts.repetitionCap) }
        known.isIsolated = facts.isIsolated
        return known
    }

    /// A response with rows of this column is about to be read.
    @inline(__always)
    mutating func responseBegan(repetitions: Int) {
        facts.firstRowOfResponse = storage.count
        storage.makeRoom(for: repetitions)
        baseIndex = lastIndex
        if lastIndex == Self.otherShape { Self.overwrite(&base, with: cursor) }
    }

    /// The response was read.
    mutating func responseEnded() {
        if facts.phase != .ended { settleCursor() }
        if facts.rows > 0 { facts.octetsPerVarBind = (responseOctets + facts.rows - 1) / facts.rows }
        facts.octetCount = storage.octetCount
        if facts.isInDoubt {
            facts.isInDoubt = false
            doubt = nil
        }
    }

    mutating func setDoubt(_ name: UnsafeRawBufferPointer, of other: Int) {
        doubt = (other, Array(name))
        facts.isInDoubt = true
    }

    private static func overwrite(_ target: inout [UInt8], with source: [UInt8]) {
        source.withUnsafeBytes { overwrite(&target, with: $0) }
    }

    @inline(__always)
    private static func overwrite(_ target: inout [UInt8], with source: UnsafeRawBufferPointer) {
        target.removeAll(keepingCapacity: true)
        target.append(contentsOf: source)
    }

    /// Takes the next variable binding if it is a usual row that continues the column; false leaves the reader where
    /// it was, and `varBindReceived` decides.
    @inline(__always)
    mutating func usualRowReceived(rowLimit: Int, from reader: inout BERReader) -> Bool {
        guard facts.phase == .idle, !facts.isInDoubt, !facts.mayBeUnordered, storage.count < rowLimit, let prefix else {
            return false
        }
        let before = reader.offset
        guard let index = storage.takeUsualRow(of: prefix, after: lastIndex, from: &reader) else { return false }
        facts.rows &+= 1
        lastIndex = index
        cursorIsBehind = true
        responseOctets &+= reader.offset &- before
        return true
    }

    /// Takes usual rows that continue the column for as long as they come; answers how many.
    ///
    /// The reader stays before the first other variable binding: `varBindReceived` decides about that.
    @inline(__always)
    mutating func usualRowsReceived(rowLimit: Int, from reader: inout BERReader) -> Int {
        guard facts.phase == .idle, !facts.isInDoubt, !facts.mayBeUnordered, let prefix else { return 0 }
        let before = reader.offset
        let rowsMax = rowLimit &- storage.count
        let run = storage.takeUsualRows(of: prefix, after: lastIndex, rowsMax: rowsMax, from: &reader)
        guard run.rows > 0 else { return 0 }
        facts.rows &+= run.rows
        lastIndex = run.lastIndex
        cursorIsBehind = true
        responseOctets &+= reader.offset &- before
        return run.rows
    }

    /// Takes the next variable binding, whose size on the wire is given, if it continues the column.
    ///
    /// A value that cannot be decoded costs itself only.
    mutating func varBindReceived(
        _ varBind: VarBindView, octets: Int, rowLimit: Int, from reader: inout BERReader
    ) -> Outcome {
        guard facts.phase == .idle, !facts.isInDoubt else { return .ignored }
        guard contains(varBind.name), varBind.tag != BERTag.endOfMibView else { return .outside }
        if facts.mayBeUnordered { return unorderedReceived(varBind, octets: octets, rowLimit: rowLimit, from: &reader) }
        guard isAhead(varBind.name) else { return .notAhead }
        guard append(varBind, octets: octets, rowLimit: rowLimit, from: &reader) else { return .overLimit }
        follow(varBind.name)
        return .taken
    }

    private mutating func follow(_ name: UnsafeRawBufferPointer) {
        Self.overwrite(&cursor, with: name)
        lastIndex = ColumnStorage.singleSubIdentifier(index(of: name)).map(Int64.init) ?? Self.otherShape
    }

    /// Takes a row of a column that need not increase, if it has not been seen.
    private mutating func unorderedReceived(
        _ varBind: VarBindView, octets: Int, rowLimit: Int, from reader: inout BERReader
    ) -> Outcome {
        let index = index(of: varBind.name)
        guard index.count > 0, seen.insert(Array(index)).inserted else { return .notAhead }
        let isAhead = isAhead(varBind.name)
        guard append(varBind, octets: octets, rowLimit: rowLimit, from: &reader) else { return .overLimit }
        if !isAhead {
            facts.isUnsorted = true
            facts.tolerated.insert(.unorderedRows)
        }
        follow(varBind.name)
        return .taken
    }

    /// Takes a row that is not ahead, if rows of this response were only swapped: it follows what was asked, and no
    /// other row has its name.
    mutating func swappedVarBindReceived(
        _ varBind: VarBindView, octets: Int, rowLimit: Int, from reader: inout BERReader
    ) -> Outcome {
        guard !facts.mayBeUnordered, !BERTag.isException(varBind.tag), isAheadOfRequest(varBind.name) else {
            return .notAhead
        }
        guard !storage.contains(index(of: varBind.name), from: facts.firstRowOfResponse) else { return .notAhead }
        guard append(varBind, octets: octets, rowLimit: rowLimit, from: &reader) else { return .overLimit }
        facts.isUnsorted = true
        facts.tolerated.insert(.swappedRows)
        return .taken
    }

    /// Makes `cursor` say what `lastIndex` says.
    mutating func settleCursor() {
        guard cursorIsBehind else { return }
        cursorIsBehind = false
        cursor.removeAll(keepingCapacity: true)
        cursor.append(contentsOf: oid.encoded)
        ObjectIdentifier.append(UInt32(truncatingIfNeeded: lastIndex), to: &cursor)
    }

    /// Whether the name lies in this column.
    @inline(__always)
    func contains(_ name: UnsafeRawBufferPointer) -> Bool {
        oid.encoded.withUnsafeBytes { ObjectIdentifier.has(prefix: $0, name) }
    }

    /// Whether the name is the greatest seen, or before the first row the column's own.
    func isCursor(_ name: UnsafeRawBufferPointer) -> Bool { cursor.withUnsafeBytes { $0.elementsEqual(name) } }

    /// Whether the name follows everything seen of this column.
    @inline(__always)
    mutating func isAhead(_ name: UnsafeRawBufferPointer) -> Bool {
        settleCursor()
        return cursor.withUnsafeBytes { ObjectIdentifier.compare(name, $0) } > 0
    }

    /// Whether a name that is not in the column follows it: then it follows all of the column's names.
    @inline(__always)
    func isBehindColumn(_ name: UnsafeRawBufferPointer) -> Bool {
        oid.encoded.withUnsafeBytes { ObjectIdentifier.compare(name, $0) } > 0
    }

    private func isAheadOfRequest(_ name: UnsafeRawBufferPointer) -> Bool {
        var asked = base
        if baseIndex != Self.otherShape {
            asked = oid.encoded
            if baseIndex != Self.noRow { ObjectIdentifier.append(UInt32(truncatingIfNeeded: baseIndex), to: &asked) }
        }
        return asked.withUnsafeBytes { ObjectIdentifier.compare(name, $0) } > 0
    }

    private func index(of name: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: name[oid.encoded.count...])
    }

    /// Stores a row; false where it would be one too many.
    private mutating func append(
        _ varBind: VarBindView, octets: Int, rowLimit: Int, from reader: inout BERReader
    ) -> Bool {
        // Rows without a value count too: an agent may have them without end.
        guard facts.rows < rowLimit else { return false }
        responseOctets += octets
        facts.rows += 1
        if BERTag.isException(varBind.tag) {
            facts.tolerated.insert(.exceptionRow)
            return true
        }
        do throws(SNMPDecodeError) {
            try storage.append(index: index(of: varBind.name), value: varBind.value, from: &reader)
        } catch {
            facts.tolerated.insert(.undecodableValue)
        }
        return true
    }
}

/// Ends.
extension ColumnProgress {
    /// Ends the column by a fault: partial where rows were read, else failed.
    mutating func fail(_ fault: ColumnFault) {
        guard facts.phase != .ended else { return }
        facts.phase = .ended
        status = storage.count > 0 ? .partial(fault) : .failed(fault)
    }

    /// A name came after the column's end, in the same response: where it lies further on in the column, the end was none.
    mutating func ignoredVarBindReceived(_ name: UnsafeRawBufferPointer) {
        guard facts.isAtEnd, contains(name), isAhead(name) else { return }
        facts.isAtEnd = false
        let fault = ColumnFault.nonIncreasing(ObjectIdentifier(unchecked: Array(name)))
        status = storage.count > 0 ? .partial(fault) : .failed(fault)
    }

    /// A name of this column came in another's place after the column was believed to have ended; true if it had not.
    ///
    /// What else the response holds of it is in doubt too: rows may be left out. It is asked again, alone.
    mutating func reopen(for name: UnsafeRawBufferPointer) -> Bool {
        guard facts.isAtEnd, isAhead(name) else { return false }
        facts.isAtEnd = false
        facts.phase = .idle
        facts.isIsolated = true
        facts.isInDoubt = true
        facts.tolerated.insert(.misplacedVarBinds)
        status = nil
        return true
    }

    /// Ends the column because the agent led past it.
    ///
    /// Complete only where every row is there: one whose value could not be decoded is missing.
    mutating func complete() {
        facts.isAtEnd = true
        if facts.tolerated.contains(.undecodableValue) {
            fail(.undecodable)
        } else {
            facts.phase = .ended
            status = facts.rows > 0 ? .complete : .absent
        }
    }

    /// Hands the rows over to a column, in order, or takes them back.
    ///
    /// Nothing is copied: the memory changes hands.
    mutating func exchangeRows(with column: inout Column) {
        if facts.isUnsorted {
            storage.sort()
            facts.isUnsorted = false
        }
        swap(&storage, &column.storage)
    }
}
