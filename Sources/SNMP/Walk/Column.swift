/// One column as it was read: rows in increasing order of their index, in flat storage.
///
/// Positions run from 0 to `count - 1` and are not indexes: rows of two columns are matched by index.
public struct Column: Hashable, Sendable {
    /// The column's object identifier, as it was asked.
    public let oid: ObjectIdentifier
    /// How reading it ended.
    public internal(set) var status: ColumnStatus
    /// What the agent did against the standards while this column was read, and was tolerated.
    public internal(set) var tolerated: ToleratedDeviations

    var storage: ColumnStorage

    /// The number of rows.
    public var count: Int { storage.count }

    /// The index of a row, when it is a single sub-identifier such as ifIndex; else nil.
    @inline(__always)
    public func simpleIndex(at position: Int) -> UInt32? {
        let cell = storage.cell(at: position)
        return cell.indexCount == 0 ? cell.index : nil
    }

    /// The index of a row: the sub-identifiers that follow the column's own.
    public func index(at position: Int) -> [UInt32] { storage.index(at: position) }

    /// The full name of a row.
    public func name(at position: Int) -> ObjectIdentifier { oid.appending(index(at: position)) }

    /// The identifier octet of a row's value, see `BERTag`.
    public func tag(at position: Int) -> UInt8 { storage.cell(at: position).tag }

    /// The value of a row.
    public func value(at position: Int) -> SNMPValue {
        let cell = storage.cell(at: position)
        switch cell.tag {
        case BERTag.integer: return .integer(Int32(truncatingIfNeeded: cell.payload))
        case BERTag.counter32: return .counter32(UInt32(truncatingIfNeeded: cell.payload))
        case BERTag.gauge32: return .gauge32(UInt32(truncatingIfNeeded: cell.payload))
        case BERTag.timeTicks: return .timeTicks(UInt32(truncatingIfNeeded: cell.payload))
        case BERTag.counter64: return .counter64(cell.payload)
        case BERTag.octetString: return .octetString(storedOctets(at: position))
        case BERTag.opaque: return .opaque(storedOctets(at: position))
        case BERTag.ipAddress: return .ipAddress(storedOctets(at: position))
        case BERTag.objectIdentifier:
            return .objectIdentifier(ObjectIdentifier(encoded: storedOctets(at: position)) ?? "0.0")
        default: return .null
        }
    }

    /// The number of a row, nil where the value is not numeric or above `Int64.max`.
    @inline(__always)
    public func integer(at position: Int) -> Int64? {
        let cell = storage.cell(at: position)
        switch cell.tag {
        case BERTag.counter64: return Int64(exactly: cell.payload)
        case BERTag.integer, BERTag.counter32, BERTag.gauge32, BERTag.timeTicks: return Int64(bitPattern: cell.payload)
        default: return nil
        }
    }

    /// The number of a row, nil where the value is not numeric or is negative.
    @inline(__always)
    public func unsigned(at position: Int) -> UInt64? {
        let cell = storage.cell(at: position)
        switch cell.tag {
        case BERTag.counter64, BERTag.counter32, BERTag.gauge32, BERTag.timeTicks: return cell.payload
        case BERTag.integer: return UInt64(exactly: Int64(bitPattern: cell.payload))
        default: return nil
        }
    }

    /// The octets of a row's OCTET STRING, Opaque or IpAddress; nil for other types.
    public func octets(at position: Int) -> [UInt8]? {
        switch tag(at: position) {
        case BERTag.octetString, BERTag.opaque, BERTag.ipAddress: storedOctets(at: position)
        default: nil
        }
    }

    /// Lends the octets of a row's OCTET STRING, Opaque or IpAddress without copying; nil for other types.
    public func withOctets<R>(at position: Int, _ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R? {
        switch tag(at: position) {
        case BERTag.octetString, BERTag.opaque, BERTag.ipAddress:
            try storage.withOctets(at: position, body)
        default: nil
        }
    }

    private func storedOctets(at position: Int) -> [UInt8] { storage.withOctets(at: position) { Array($0) } }

    /// The position of the row with this index, nil where there is none.
    public func position(of index: UInt32) -> Int? { storage.position(of: CollectionOfOne(index)) }

    /// The position of the row with this index, nil where there is none.
    public func position(of index: [UInt32]) -> Int? { storage.position(of: index) }

    /// The value of the row with this index, nil where there is none.
    public subscript(index: UInt32) -> SNMPValue? { position(of: index).map { value(at: $0) } }

    /// The value of the row with this index, nil where there is none.
    public subscript(index: [UInt32]) -> SNMPValue? { position(of: index).map { value(at: $0) } }
}
