/// A column's cells while and after they are read: flat arrays, nothing allocated per variable binding.
///
/// The array of cells is longer than the column: rows are written into places that exist already.
struct ColumnStorage: Sendable {
    /// One value: 16 octets.
    struct Cell: Hashable, Sendable {
        /// The number; or for octets their start (high half) and count (low half) in `octets`.
        var payload: UInt64
        /// The only sub-identifier of the index; or where the index begins in `indexOctets`.
        var index: UInt32
        /// The octets of the index in `indexOctets`; 0 if it is a single sub-identifier.
        var indexCount: UInt16
        /// The identifier octet of the value.
        var tag: UInt8
    }

    private(set) var count = 0
    private var places: [Cell] = []
    private(set) var octets: [UInt8] = []
    private(set) var indexOctets: [UInt8] = []

    private static let empty = Cell(payload: 0, index: 0, indexCount: 0, tag: BERTag.null)

    /// The memory in use, in octets.
    var octetCount: Int { count * 16 + octets.count + indexOctets.count }

    /// The rows.
    var cells: ArraySlice<Cell> { places[..<count] }

    @inline(__always)
    func cell(at position: Int) -> Cell {
        precondition(position < count, "there is no such row")
        return places[position]
    }

    /// Forgets the rows and keeps the memory.
    mutating func removeAll() {
        count = 0
        if !octets.isEmpty { octets.removeAll(keepingCapacity: true) }
        if !indexOctets.isEmpty { indexOctets.removeAll(keepingCapacity: true) }
    }

    /// Makes places for more rows.
    mutating func makeRoom(for rows: Int) {
        guard count + rows > places.count else { return }
        let wanted = max(count + rows, min(places.count * 2, places.count + 65_536))
        places.reserveCapacity(wanted)
        while places.count < wanted { places.append(Self.empty) }
    }

    /// The outcome of a run of usual rows.
    struct Run {
        var rows = 0
        var lastIndex: Int64
        /// Where the reader stands after it.
        var offset = 0
    }

    /// Takes usual rows of a column from the reader for as long as they come and their indexes increase.
    ///
    /// At most `rowsMax`, and no more than there are places. Stops before the first other variable binding.
    mutating func takeUsualRows(
        of column: ColumnPrefix, after index: Int64, rowsMax: Int, from reader: inout BERReader
    ) -> Run {
        let limit = min(places.count, count + max(0, rowsMax))
        guard let base = reader.octets.baseAddress, count < limit else { return Run(lastIndex: index) }
        var octets: [UInt8] = []
        swap(&octets, &self.octets)
        let (first, start, end) = (count, reader.offset, reader.end)
        var run = Run(lastIndex: index)
        places.withUnsafeMutableBufferPointer { places in
            let rest = UnsafeMutableBufferPointer(rebasing: places[first..<limit])
            run = Self.takeUsualRows(of: column, after: index, into: rest, &octets, base, start, end)
        }
        swap(&octets, &self.octets)
        count += run.rows
        reader.offset = run.offset
        return run
    }

    /// The run of rows itself: this is where nearly all the time of a walk is spent.
    ///
    /// Nothing here is copied, retained or allocated, but for octets that outgrow their memory.
    @inline(never)
    private static func takeUsualRows(
        of column: ColumnPrefix, after index: Int64, into places: UnsafeMutableBufferPointer<Cell>,
        _ octets: inout [UInt8], _ base: UnsafeRawPointer, _ start: Int, _ end: Int
    ) -> Run {
        var (at, position, last) = (start, 0, index)
        while position < places.count, let place = places.baseAddress {
            var numbers = UsualNumbers(at: base + at, last: last)
            position += numbers.read(base + end, of: column, into: place + position, places.count - position)
            (at, last) = (numbers.at - base, numbers.last)
            var row = UsualVarBind()
            guard position < places.count, row.read(base, at, end, of: column), Int64(row.index) > last else { break }
            if !row.isNumber {
                guard row.isOctets(base) else { break }
                row.payload = keep(base, row, in: &octets)
            }
            places[position] = Cell(payload: row.payload, index: row.index, indexCount: 0, tag: row.tag)
            position &+= 1
            at = row.end
            last = Int64(row.index)
        }
        return Run(rows: position, lastIndex: last, offset: at)
    }

    /// Takes the next variable binding if it is a usual row of the column behind the given index; nil leaves the reader
    /// where it was.
    ///
    /// Answers the row's index.
    @inline(__always)
    mutating func takeUsualRow(of column: ColumnPrefix, after last: Int64, from reader: inout BERReader) -> Int64? {
        guard count < places.count, let base = reader.octets.baseAddress else { return nil }
        var row = UsualVarBind()
        guard row.read(base, reader.offset, reader.end, of: column), Int64(row.index) > last else { return nil }
        if !row.isNumber {
            guard row.isOctets(base) else { return nil }
            row.payload = Self.keep(base, row, in: &octets)
        }
        places[count] = Cell(payload: row.payload, index: row.index, indexCount: 0, tag: row.tag)
        count &+= 1
        reader.offset = row.end
        return Int64(row.index)
    }

    @inline(__always)
    private static func keep(_ base: UnsafeRawPointer, _ row: UsualVarBind, in octets: inout [UInt8]) -> UInt64 {
        let start = UInt64(octets.count)
        let count = row.end - row.valueStart
        octets.append(contentsOf: UnsafeRawBufferPointer(start: base + row.valueStart, count: count))
        return start << 32 | UInt64(count)
    }

    /// Decodes a value into the column, under the index whose BER octets are given.
    mutating func append(
        index: UnsafeRawBufferPointer, value: BERElement, from reader: inout BERReader
    ) throws(SNMPDecodeError) {
        let payload = try payload(of: value, from: &reader)
        let (first, indexCount) = appendIndex(index)
        makeRoom(for: 1)
        places[count] = Cell(payload: payload, index: first, indexCount: indexCount, tag: value.tag)
        count += 1
    }

    private mutating func payload(
        of value: BERElement, from reader: inout BERReader
    ) throws(SNMPDecodeError) -> UInt64 {
        switch value.tag {
        case BERTag.counter64: try reader.unsigned64(value)
        case BERTag.counter32, BERTag.gauge32, BERTag.timeTicks: UInt64(try reader.unsigned32(value))
        case BERTag.integer: UInt64(bitPattern: Int64(try reader.integer32(value)))
        default: try appendOctets(value, from: &reader)
        }
    }

    private mutating func appendOctets(
        _ value: BERElement, from reader: inout BERReader
    ) throws(SNMPDecodeError) -> UInt64 {
        switch value.tag {
        case BERTag.octetString, BERTag.opaque: break
        case BERTag.objectIdentifier:
            try reader.validateObjectIdentifier(value)
            if value.count == 0 { reader.anomalies.insert(.emptyObjectIdentifier) }
        case BERTag.ipAddress:
            guard value.count == 4 else {
                throw SNMPDecodeError(.wrongContentLength, at: value.start, found: UInt32(value.count))
            }
        case BERTag.null:
            if value.count > 0 { reader.anomalies.insert(.unexpectedContent) }
            return 0
        default: throw SNMPDecodeError(.unexpectedTag, at: value.start, found: UInt32(value.tag))
        }
        let start = UInt64(octets.count)
        octets.append(contentsOf: reader.bytes(of: value))
        return start << 32 | UInt64(value.count)
    }

    private mutating func appendIndex(_ index: UnsafeRawBufferPointer) -> (UInt32, UInt16) {
        if let simple = Self.singleSubIdentifier(index) { return (simple, 0) }
        let start = UInt32(truncatingIfNeeded: indexOctets.count)
        indexOctets.append(contentsOf: index)
        return (start, UInt16(truncatingIfNeeded: index.count))
    }

    /// The value of an index of exactly one sub-identifier, else nil.
    static func singleSubIdentifier(_ index: UnsafeRawBufferPointer) -> UInt32? {
        guard index.count > 0, index.count <= 5 else { return nil }
        var value: UInt32 = 0
        for position in 0..<index.count - 1 {
            guard index[position] >= 0x80 else { return nil }
            value = value << 7 | UInt32(index[position] & 0x7F)
        }
        return value << 7 | UInt32(index[index.count - 1])
    }

    /// Whether a row with this index is among those from a position on.
    func contains(_ index: UnsafeRawBufferPointer, from start: Int) -> Bool {
        let simple = Self.singleSubIdentifier(index)
        return cells[start...].contains { cell in
            guard cell.indexCount > 0 else { return cell.index == simple }
            return withIndexOctets(cell) { $0.elementsEqual(index) }
        }
    }
}

/// Reading.
extension ColumnStorage {
    private func withIndexOctets<R>(_ cell: Cell, _ body: (UnsafeRawBufferPointer) -> R) -> R {
        indexOctets.withUnsafeBytes {
            body(UnsafeRawBufferPointer(rebasing: $0[Int(cell.index)..<Int(cell.index) + Int(cell.indexCount)]))
        }
    }

    func index(at position: Int) -> [UInt32] {
        let cell = cell(at: position)
        guard cell.indexCount > 0 else { return [cell.index] }
        return withIndexOctets(cell) { ObjectIdentifier.decodeSubIdentifiers($0) }
    }

    /// Puts the rows in the order of their indexes; needed only after an agent swapped some.
    mutating func sort() {
        let keys = (0..<count).map { (index: index(at: $0), cell: places[$0]) }
        let sorted = keys.sorted { $0.index.lexicographicallyPrecedes($1.index) }
        for (position, key) in sorted.enumerated() { places[position] = key.cell }
    }

    /// The position of the row with the given index, by binary search; nil where there is none.
    func position(of key: some Collection<UInt32>) -> Int? {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isBefore(middle, key) { low = middle + 1 } else { high = middle }
        }
        guard low < count, index(at: low).elementsEqual(key) else { return nil }
        return low
    }

    private func isBefore(_ position: Int, _ key: some Collection<UInt32>) -> Bool {
        let cell = cell(at: position)
        guard cell.indexCount == 0, let first = key.first else {
            return index(at: position).lexicographicallyPrecedes(key)
        }
        return cell.index < first || (cell.index == first && key.count > 1)
    }

    func withOctets<R>(at position: Int, _ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        let payload = cell(at: position).payload
        let start = Int(payload >> 32)
        let end = start + Int(payload & 0xFFFF_FFFF)
        return try octets.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[start..<end])) }
    }
}

extension ColumnStorage: Hashable {
    /// The rows and their octets; spare places do not count.
    static func == (left: ColumnStorage, right: ColumnStorage) -> Bool {
        left.cells == right.cells && left.octets == right.octets && left.indexOctets == right.indexOctets
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(cells)
        hasher.combine(octets)
        hasher.combine(indexOctets)
    }
}
