/// The few objects the engine itself knows the meaning of.
enum WellKnown {
    /// sysUpTime.0 (RFC 3418).
    static let sysUpTime: ObjectIdentifier = "1.3.6.1.2.1.1.3.0"
    /// ifNumber.0 (RFC 2863): the number of interfaces.
    static let ifNumber: ObjectIdentifier = "1.3.6.1.2.1.2.1.0"
    /// ifEntry (RFC 2863), the rows of ifTable.
    static let ifEntry: ObjectIdentifier = "1.3.6.1.2.1.2.2.1"
    /// ifXEntry (RFC 2863), the same rows augmented.
    static let ifXEntry: ObjectIdentifier = "1.3.6.1.2.1.31.1.1.1"
    /// dot3StatsEntry (RFC 3635), those of the rows that are of Ethernet: at most devices nearly all.
    static let dot3StatsEntry: ObjectIdentifier = "1.3.6.1.2.1.10.7.2.1"

    /// Numbers the columns so that those with about equally many rows share a number: the columns of one entry, and
    /// those of ifTable, ifXTable and dot3StatsTable together.
    static func groups(of columns: [ObjectIdentifier]) -> [Int] {
        var seen: [ObjectIdentifier?: Int] = [:]
        return columns.map { column in
            let parent = column.parent
            let entry = parent == ifXEntry || parent == dot3StatsEntry ? ifEntry : parent
            let group = seen[entry] ?? seen.count
            seen[entry] = group
            return group
        }
    }

    /// The BER octets of the greatest name before an instance, so that GETNEXT of it answers the instance.
    ///
    /// For `x.0` that is `x`. For another last sub-identifier n it is `x.(n-1).4294967295`, which no agent has.
    static func predecessor(of instance: ObjectIdentifier) -> [UInt8] {
        guard let parent = instance.parent, let last = instance.suffix(after: parent)?.last else {
            return instance.encoded
        }
        if last == 0 { return parent.encoded }
        return parent.appending(last - 1, UInt32.max).encoded
    }
}
