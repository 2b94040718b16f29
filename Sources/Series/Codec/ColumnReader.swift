/// A column found in a block: its head is read and its place known; its values are decoded when asked for.
struct ColumnReader {
    private let first: UInt64
    private var reference: UInt64 = 0
    private var width = 0
    private var packed: PackedBits?
    private var exceptions: OctetReader?
    /// Values after the first.
    private let rises: Int

    /// Reads the head of a column of `count` values, at least one, and goes to what follows the column.
    @inline(__always)
    init(_ reader: inout OctetReader, count: Int) throws(DamagedBlock) {
        rises = count - 1
        let tag = try reader.octet()
        guard tag != Column.Tag.zero else {
            first = 0
            return
        }
        first = try reader.varint()
        guard tag != Column.Tag.unchanged else { return }
        width = Int(tag & ~Column.Tag.exceptions)
        guard width <= 64 else { throw DamagedBlock(reason: "a column of form \(tag)") }
        reference = UInt64(bitPattern: try reader.signed())
        if tag & Column.Tag.exceptions != 0 {
            let octets = try reader.number(atMost: reader.remaining, "the size of exceptions")
            exceptions = reader.part(octets)
        }
        packed = try reader.take(PackedBits.octets(count: rises, width: width))
    }

    /// Calls `body` with the index and the value of each, in order.
    @inline(__always)
    func forEach(_ body: (Int, UInt64) -> Void) throws(DamagedBlock) {
        var value = first
        body(0, value)
        guard let packed, width > 0 || exceptions != nil else {
            for index in 0..<rises {
                value &+= reference
                body(index + 1, value)
            }
            return
        }
        if var exceptions {
            try withExceptions(packed, &exceptions, body)
            return
        }
        let fast = width <= 56 ? packed.wholeWords(of: rises, width: width) : 0
        for index in 0..<fast {
            value &+= reference &+ packed.narrow(index, width: width)
            body(index + 1, value)
        }
        for index in fast..<rises {
            value &+= reference &+ packed.any(index, width: width)
            body(index + 1, value)
        }
    }

    /// As `forEach`, with the high bits of the exceptions put back.
    @inline(__always)
    private func withExceptions(
        _ packed: PackedBits, _ exceptions: inout OctetReader, _ body: (Int, UInt64) -> Void
    ) throws(DamagedBlock) {
        var value = first
        let fast = width <= 56 ? packed.wholeWords(of: rises, width: width) : 0
        var next = try exceptions.nextException(after: -1, rises)
        for index in 0..<rises {
            var rise = index < fast ? packed.narrow(index, width: width) : packed.any(index, width: width)
            if index == next {
                rise |= try exceptions.varint() << UInt64(width)
                next = try exceptions.nextException(after: index, rises)
            }
            value &+= reference &+ rise
            body(index + 1, value)
        }
        try exceptions.finish()
    }
}

extension OctetReader {
    /// Which rise is the next exception; beyond the last one where there is none.
    fileprivate mutating func nextException(after index: Int, _ rises: Int) throws(DamagedBlock) -> Int {
        guard remaining > 0 else { return rises }
        return index + 1 + (try number(atMost: rises - index - 2, "the place of an exception"))
    }
}
