/// Its form in an agent's memory.
///
/// | octets | content |
/// |---|---|
/// | 1 | flags: scalars travel alone 1, one row a response 2, the agent answers 4 |
/// | 1 | polls since a failure |
/// | 4, 4, 4, 4 | interface count, most variable bindings, fewest that failed, most scalars; all ones for no limit |
/// | 9 for each column | rows 4, octets of a variable binding 2, repetition cap 2, isolated 1 |
extension WalkKnowledge {
    private static let headerOctets = 18
    private static let columnOctets = 9

    /// Its octets, for the memory kept across restarts.
    var encoded: [UInt8] {
        var octets: [UInt8] = []
        octets.reserveCapacity(Self.headerOctets + Self.columnOctets * columns.count)
        octets.append((scalarsTravelAlone ? 1 : 0) | (answersOneRow ? 2 : 0) | (isAnswering ? 4 : 0))
        octets.append(pollsSinceFailure)
        octets.append(number: UInt32(bitPattern: interfaceCount))
        for limit in [varBindCap, varBindsFailed, scalarCap] { octets.append(number: UInt32(clamping: limit)) }
        for column in columns {
            octets.append(number: UInt32(bitPattern: column.rows))
            octets.append(number: column.varBindOctets)
            octets.append(number: column.repetitionCap)
            octets.append(column.isIsolated ? 1 : 0)
        }
        return octets
    }

    /// Reads octets of `encoded`; nil for any others.
    init?(decoding octets: ArraySlice<UInt8>) {
        guard octets.count >= Self.headerOctets, (octets.count - Self.headerOctets) % Self.columnOctets == 0 else {
            return nil
        }
        var reader = NumberReader(rest: octets)
        guard let flags = reader.number(UInt8.self), flags < 8, let polls = reader.number(UInt8.self),
            let interfaces = reader.number(UInt32.self), let cap = reader.limit(), let failed = reader.limit(),
            let scalars = reader.limit()
        else { return nil }
        self.init()
        (scalarsTravelAlone, answersOneRow, isAnswering) = (flags & 1 != 0, flags & 2 != 0, flags & 4 != 0)
        pollsSinceFailure = polls
        interfaceCount = Int32(bitPattern: interfaces)
        (varBindCap, varBindsFailed, scalarCap) = (cap, failed, scalars)
        while let rows = reader.number(UInt32.self), let varBindOctets = reader.number(UInt16.self),
            let repetitions = reader.number(UInt16.self), let flag = reader.number(UInt8.self)
        {
            guard flag < 2 else { return nil }
            columns.append(
                Column(
                    rows: Int32(bitPattern: rows), varBindOctets: varBindOctets, repetitionCap: repetitions,
                    isIsolated: flag == 1))
        }
    }
}

extension NumberReader {
    /// A limit of at least 1; all ones stand for none.
    fileprivate mutating func limit() -> Int? {
        guard let number = number(UInt32.self), number > 0 else { return nil }
        return number == .max ? Int.max : Int(number)
    }
}
