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
        /// The octets a variable binding takes, as measured; a guess before the first row.
        var octetsPerVarBind: Int
        /// The memory the rows take, in octets.
        var octetCount = 0
        /// Rows stored when the response now being read began.
        var firstRowOfResponse = 0
        /// Whether `doubt` is set.
        var isInDoubt = false
        /// Whether rows arrived out of order inside one response.
        var isUnsorted = false

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

    private static let noRow: Int64 = -1
    private static let otherShape = Int64.max

    init(oid: ObjectIdentifier, group: Int, prefix: ColumnPrefix?) {
        self.oid = oid
        self.prefix = prefix
        facts = Facts(group: group, octetsPerVarBind: oid.encoded.count + 18)
        cursor = oid.encoded
        cursor.reserveCapacity(oid.encoded.count + 16)
    }

    mutating func reserve(rows: Int) { storage.reserve(rows: rows) }

    mutating func responseBegan() {
        facts.firstRowOfResponse = storage.count
        baseIndex = lastIndex
        if lastIndex == Self.otherShape { Self.overwrite(&base, with: cursor) }
    }

    mutating func responseEnded() {
        settleCursor()
        if storage.count > 0 { facts.octetsPerVarBind = responseOctets / storage.count + 1 }
        facts.octetCount = storage.octetCount
        facts.isInDoubt = false
        doubt = nil
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
        if target.count == source.count {
            target.withUnsafeMutableBytes { $0.copyMemory(from: source) }
        } else {
            target.removeAll(keepingCapacity: true)
            target.append(contentsOf: source)
        }
    }

    /// Takes the next variable binding, whose size on the wire is given, if it continues the column.
    @inline(__always)
    mutating func varBindReceived(
        _ varBind: VarBindView, octets: Int, rowLimit: Int, from reader: inout BERReader
    ) throws(SNMPDecodeError) -> Outcome {
        guard facts.phase == .idle, !facts.isInDoubt else { return .ignored }
        guard contains(varBind.name), varBind.tag != BERTag.endOfMibView else { return .outside }
        guard isAhead(varBind.name) else { return .notAhead }
        if !BERTag.isException(varBind.tag) {
            guard storage.count < rowLimit else { return .overLimit }
            try append(varBind, octets: octets, from: &reader)
        }
        facts.rows += 1
        Self.overwrite(&cursor, with: varBind.name)
        lastIndex = ColumnStorage.singleSubIdentifier(index(of: varBind.name)).map(Int64.init) ?? Self.otherShape
        return .taken
    }

    /// Takes the next variable binding if it is a usual row that continues the column; false leaves the reader where
    /// it was, and `varBindReceived` decides.
    @inline(__always)
    mutating func usualRowReceived(rowLimit: Int, from reader: inout BERReader) throws(SNMPDecodeError) -> Bool {
        guard facts.phase == .idle, !facts.isInDoubt, storage.count < rowLimit else { return false }
        let before = reader
        guard let prefix, let row = reader.readUsualVarBind(of: prefix), Int64(row.index) > lastIndex,
            !BERTag.isException(row.value.tag)
        else {
            reader = before
            return false
        }
        try storage.append(index: row.index, value: row.value, from: &reader)
        responseOctets += row.octetCount
        facts.rows += 1
        lastIndex = Int64(row.index)
        cursorIsBehind = true
        return true
    }

    /// Makes `cursor` say what `lastIndex` says.
    mutating func settleCursor() {
        guard cursorIsBehind else { return }
        cursorIsBehind = false
        cursor.removeAll(keepingCapacity: true)
        cursor.append(contentsOf: oid.encoded)
        ObjectIdentifier.append(UInt32(truncatingIfNeeded: lastIndex), to: &cursor)
    }

    /// Takes a row that is not ahead, if rows of this response were only swapped: it follows what was asked, and no
    /// other row has its name.
    mutating func swappedVarBindReceived(
        _ varBind: VarBindView, octets: Int, rowLimit: Int, from reader: inout BERReader
    ) throws(SNMPDecodeError) -> Outcome {
        guard !BERTag.isException(varBind.tag), isAheadOfRequest(varBind.name) else { return .notAhead }
        guard !storage.contains(index(of: varBind.name), from: facts.firstRowOfResponse) else { return .notAhead }
        guard storage.count < rowLimit else { return .overLimit }
        try append(varBind, octets: octets, from: &reader)
        facts.rows += 1
        facts.isUnsorted = true
        return .taken
    }

    /// Whether the name lies in this column.
    @inline(__always)
    func contains(_ name: UnsafeRawBufferPointer) -> Bool {
        oid.encoded.withUnsafeBytes { ObjectIdentifier.has(prefix: $0, name) }
    }

    /// Whether the name follows everything seen of this column.
    @inline(__always)
    func isAhead(_ name: UnsafeRawBufferPointer) -> Bool {
        cursor.withUnsafeBytes { ObjectIdentifier.compare(name, $0) } > 0
    }

    private func isAheadOfRequest(_ name: UnsafeRawBufferPointer) -> Bool {
        var asked = base
        if baseIndex != Self.otherShape {
            asked = oid.encoded
            if baseIndex != Self.noRow { ObjectIdentifier.append(UInt32(truncatingIfNeeded: baseIndex), to: &asked) }
        }
        return asked.withUnsafeBytes { ObjectIdentifier.compare(name, $0) } > 0
    }

    @inline(__always)
    private func index(of name: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: name[oid.encoded.count...])
    }

    @inline(__always)
    private mutating func append(
        _ varBind: VarBindView, octets: Int, from reader: inout BERReader
    ) throws(SNMPDecodeError) {
        try storage.append(index: index(of: varBind.name), value: varBind.value, from: &reader)
        responseOctets += octets
    }

    /// Ends the column by a fault: partial where rows were read, else failed.
    mutating func fail(_ fault: ColumnFault) {
        guard facts.phase != .ended else { return }
        facts.phase = .ended
        status = storage.count > 0 ? .partial(fault) : .failed(fault)
    }

    /// A name came after the column's end, in the same response: where it lies further on in the column, the end was none.
    mutating func ignoredVarBindReceived(_ name: UnsafeRawBufferPointer) {
        guard facts.hasEnded, status == .complete || status == .absent, contains(name), isAhead(name) else { return }
        let fault = ColumnFault.nonIncreasing(ObjectIdentifier(unchecked: Array(name)))
        status = storage.count > 0 ? .partial(fault) : .failed(fault)
    }

    /// Ends the column because the agent led past it.
    mutating func complete() {
        facts.phase = .ended
        status = storage.count > 0 ? .complete : .absent
    }

    /// The finished column.
    consuming func column() -> Column {
        if facts.isUnsorted { storage.sort() }
        return Column(oid: oid, status: status ?? .failed(.timeout), storage: storage)
    }
}
