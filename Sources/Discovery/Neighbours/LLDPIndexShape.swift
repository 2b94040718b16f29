/// Where the parts of lldpRemTable's index are: time mark, local port number, index of the remote system.
///
/// Agents that leave one part out, give two: mark and port, or port and system. Which it is, is seen on all rows.
struct LLDPIndexShape: Sendable, Hashable {
    private let isPortFirst: Bool

    /// The shape of a table's indexes; `isKnownPort` tells the numbers that the device lists as its ports, and
    /// `isInterface` those of its interfaces, for devices that list no ports.
    init(
        _ indexes: [[UInt32]], isKnownPort: (UInt32) -> Bool, isInterface: (UInt32) -> Bool = { _ in false }
    ) {
        let pairs = indexes.filter { $0.count == 2 }
        func count(_ isKnown: (UInt32) -> Bool) -> (first: Int, second: Int) {
            (pairs.count { isKnown($0[0]) }, pairs.count { isKnown($0[1]) })
        }
        let listed = count(isKnownPort)
        let known = listed == (0, 0) ? count(isInterface) : listed
        if known.first != known.second {
            isPortFirst = known.first > known.second
        } else {
            // A number that never varies is no port of a table with several rows; the mark is 0 on such agents.
            isPortFirst = pairs.count > 1 && Set(pairs.map { $0[1] }).count == 1 && pairs[0] != pairs[1]
        }
    }

    /// Whether an index has no local port, as RouterOS before 7.7 answers: `0.0.N`, or the neighbour's number alone.
    static func isWithoutPort(_ index: [UInt32]) -> Bool {
        index.count == 1 || (index.count == 3 && index[1] == 0)
    }

    /// lldpRemLocalPortNum; nil where the index is too short to have one.
    func port(of index: [UInt32]) -> UInt32? {
        guard index.count >= 2 else { return nil }
        return index.count == 2 && isPortFirst ? index[0] : index[1]
    }

    /// lldpRemTimeMark: sysUpTime when the row last changed; 0 where there is none.
    func timeMark(of index: [UInt32]) -> UInt32 {
        index.count == 2 && isPortFirst ? 0 : index.first ?? 0
    }
}
