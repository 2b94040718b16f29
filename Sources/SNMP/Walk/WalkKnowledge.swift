/// What one poll of an agent learnt for the next one with the same request.
///
/// A few octets for each column, kept by whoever polls again. Wrong knowledge costs a request, never a row: how far a
/// column goes is decided by the agent's answers alone.
struct WalkKnowledge: Hashable, Sendable {
    /// What is known of one column.
    struct Column: Hashable, Sendable {
        /// The rows it had, exceptions included; negative where its end was not seen.
        var rows: Int32 = -1
        /// The octets of one of its variable bindings; 0 where not known.
        var varBindOctets: UInt16 = 0
        /// The most repetitions that can be asked for it; 0 for no limit.
        var repetitionCap: UInt16 = 0
        /// A request together with other columns failed.
        var isIsolated = false
    }

    /// One entry for each column of the request, in its order; empty when nothing is known.
    var columns: [Column] = []
    /// The number ifNumber gave, negative where it was not asked or not answered.
    var interfaceCount: Int32 = -1
    /// The most variable bindings in a request, as learnt from failures; `Int.max` for no limit.
    var varBindCap = Int.max
    /// The fewest variable bindings of a request that failed by its size.
    var varBindsFailed = Int.max
    /// The most scalars in a request, as learnt from failures.
    var scalarCap = Int.max
    /// Scalars do not travel with columns, because such a request failed.
    var scalarsTravelAlone = false
    /// The agent answers a GETBULK with one row.
    var answersOneRow = false
    /// Polls since a limit was lowered; after 255 the limits are forgotten, in case what they came from is over.
    var pollsSinceFailure: UInt8 = 0
    /// The agent answered the last poll: the next may begin with several requests at once.
    var isAnswering = false

    /// Nothing is known.
    init() {}
}
