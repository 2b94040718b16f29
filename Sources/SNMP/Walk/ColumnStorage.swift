/// A column's cells while and after they are read: flat arrays, nothing allocated per variable binding.
struct ColumnStorage: Hashable, Sendable {
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

    private(set) var cells: [Cell] = []
    private(set) var octets: [UInt8] = []
    private(set) var indexOctets: [UInt8] = []

    var count: Int { cells.count }
    /// The memory in use, in octets.
    var octetCount: Int { cells.count * 16 + octets.count + indexOctets.count }

    mutating func reserve(rows: Int) { cells.reserveCapacity(rows) }

    /// Decodes a value into the column, under the index whose BER octets are given.
    @inline(__always)
    mutating func append(
        index: UnsafeRawBufferPointer, value: BERElement, from reader: inout BERReader
    ) throws(SNMPDecodeError) {
        let payload = try payload(of: value, from: &reader)
        let (first, indexCount) = appendIndex(index)
        cells.append(Cell(payload: payload, index: first, indexCount: indexCount, tag: value.tag))
    }

    /// Decodes a value into the column, under an index of one sub-identifier.
    @inline(__always)
    mutating func append(
        index: UInt32, value: BERElement, from reader: inout BERReader
    ) throws(SNMPDecodeError) {
        let payload = try payload(of: value, from: &reader)
        cells.append(Cell(payload: payload, index: index, indexCount: 0, tag: value.tag))
    }

    @inline(__always)
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
        case BERTag.objectIdentifier: try reader.validateObjectIdentifier(value)
        case BERTag.ipAddress:
            guard value.count == 4 else {
                throw SNMPDecodeError(.wrongContentLength, at: value.start, found: UInt32(value.count))
            }
        case BERTag.null: return 0
        default: throw SNMPDecodeError(.unexpectedTag, at: value.start, found: UInt32(value.tag))
        }
        if octets.isEmpty, value.count > 0 { octets.reserveCapacity(cells.capacity * (value.count + 4)) }
        let start = UInt64(octets.count)
        octets.append(contentsOf: reader.bytes(of: value))
        return start << 32 | UInt64(value.count)
    }

    @inline(__always)
    private mutating func appendIndex(_ index: UnsafeRawBufferPointer) -> (UInt32, UInt16) {
        if let simple = Self.singleSubIdentifier(index) { return (simple, 0) }
        let start = UInt32(truncatingIfNeeded: indexOctets.count)
        indexOctets.append(contentsOf: index)
        return (start, UInt16(truncatingIfNeeded: index.count))
    }

    /// The value of an index of exactly one sub-identifier, else nil.
    @inline(__always)
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

    private func withIndexOctets<R>(_ cell: Cell, _ body: (UnsafeRawBufferPointer) -> R) -> R {
        indexOctets.withUnsafeBytes {
            body(UnsafeRawBufferPointer(rebasing: $0[Int(cell.index)..<Int(cell.index) + Int(cell.indexCount)]))
        }
    }

    func index(at position: Int) -> [UInt32] {
        let cell = cells[position]
        guard cell.indexCount > 0 else { return [cell.index] }
        return withIndexOctets(cell) { ObjectIdentifier.decodeSubIdentifiers($0) }
    }

    /// Puts the rows in the order of their indexes; needed only after an agent swapped some.
    mutating func sort() {
        let keys = cells.indices.map { (index: index(at: $0), cell: cells[$0]) }
        cells = keys.sorted { $0.index.lexicographicallyPrecedes($1.index) }.map(\.cell)
    }

    /// The position of the row with the given index, by binary search; nil where there is none.
    func position(of key: some Collection<UInt32>) -> Int? {
        var low = 0
        var high = cells.count
        while low < high {
            let middle = (low + high) / 2
            if isBefore(middle, key) { low = middle + 1 } else { high = middle }
        }
        guard low < cells.count, index(at: low).elementsEqual(key) else { return nil }
        return low
    }

    private func isBefore(_ position: Int, _ key: some Collection<UInt32>) -> Bool {
        let cell = cells[position]
        guard cell.indexCount == 0, let first = key.first else {
            return index(at: position).lexicographicallyPrecedes(key)
        }
        return cell.index < first || (cell.index == first && key.count > 1)
    }

    func withOctets<R>(at position: Int, _ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        let payload = cells[position].payload
        let start = Int(payload >> 32)
        let end = start + Int(payload & 0xFFFF_FFFF)
        return try octets.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[start..<end])) }
    }
}
