/// The form in which knowledge is kept across restarts.
///
/// A version octet, then numbers of seven bits in each octet, the low ones first, the high bit set where more follow:
/// flags, polls since the last failure, three limits (0 for none), the interface count plus 1, the number of columns;
/// then for each column its rows plus 1, octets, repetitions and whether it is isolated.
extension WalkKnowledge {
    private static let version: UInt8 = 1
    /// More columns than any request has.
    private static let columnsMax = 4096

    /// Its octets, for the memory kept across restarts.
    var encoded: [UInt8] {
        var octets = [Self.version]
        let flags = (scalarsTravelAlone ? 1 : 0) | (answersOneRow ? 2 : 0) | (isAnswering ? 4 : 0)
        Self.append(UInt64(flags), to: &octets)
        Self.append(UInt64(pollsSinceFailure), to: &octets)
        for limit in [varBindCap, varBindsFailed, scalarCap] {
            Self.append(limit == Int.max ? 0 : UInt64(max(0, limit)), to: &octets)
        }
        Self.append(UInt64(Int64(interfaceCount) + 1), to: &octets)
        Self.append(UInt64(columns.count), to: &octets)
        for column in columns {
            Self.append(UInt64(Int64(max(-1, column.rows)) + 1), to: &octets)
            Self.append(UInt64(column.varBindOctets), to: &octets)
            Self.append(UInt64(column.repetitionCap), to: &octets)
            Self.append(column.isIsolated ? 1 : 0, to: &octets)
        }
        return octets
    }

    /// Reads octets of `encoded`; nil for any others.
    init?(decoding octets: some Collection<UInt8>) {
        var rest = octets.makeIterator()
        guard rest.next() == Self.version, let flags = Self.number(&rest, 7),
            let polls = Self.number(&rest, UInt64(UInt8.max)), let cap = Self.number(&rest, UInt64(Int32.max)),
            let failed = Self.number(&rest, UInt64(Int32.max)), let scalars = Self.number(&rest, UInt64(Int32.max)),
            let interfaces = Self.number(&rest, UInt64(Int32.max)),
            let count = Self.number(&rest, UInt64(Self.columnsMax))
        else { return nil }
        self.init()
        scalarsTravelAlone = flags & 1 != 0
        answersOneRow = flags & 2 != 0
        isAnswering = flags & 4 != 0
        pollsSinceFailure = UInt8(polls)
        varBindCap = cap == 0 ? Int.max : Int(cap)
        varBindsFailed = failed == 0 ? Int.max : Int(failed)
        scalarCap = scalars == 0 ? Int.max : Int(scalars)
        interfaceCount = Int32(interfaces) - 1
        columns.reserveCapacity(Int(count))
        for _ in 0..<count {
            guard let rows = Self.number(&rest, UInt64(Int32.max)), let size = Self.number(&rest, UInt64(UInt16.max)),
                let repetitions = Self.number(&rest, UInt64(UInt16.max)), let isolated = Self.number(&rest, 1)
            else { return nil }
            columns.append(
                Column(
                    rows: Int32(rows) - 1, varBindOctets: UInt16(size), repetitionCap: UInt16(repetitions),
                    isIsolated: isolated == 1))
        }
        guard rest.next() == nil else { return nil }
    }

    private static func append(_ number: UInt64, to octets: inout [UInt8]) {
        var rest = number
        while rest >= 0x80 {
            octets.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        octets.append(UInt8(rest))
    }

    private static func number(_ octets: inout some IteratorProtocol<UInt8>, _ limit: UInt64) -> UInt64? {
        var number: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 63, by: 7) {
            guard let octet = octets.next() else { return nil }
            number |= UInt64(octet & 0x7F) << shift
            if octet < 0x80 { return number <= limit ? number : nil }
        }
        return nil
    }
}
