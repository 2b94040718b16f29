public import Inventory

/// Work that some process is to do, each piece once: kept until it is done.
///
/// A piece that was claimed and not kept up is there for others again, so a process that dies loses none; a piece may then be begun
/// twice, and has to bear that. Every implementation passes the same contract suite.
public protocol WorkQueue: Sendable {
    /// Adds a piece; nothing happens where one of the same id is there.
    ///
    /// Throws `refused` for a body above `WorkItem.octetsMax`, or a queue's name that is not 1 to 100 characters.
    func put(_ item: WorkItem) async throws(ClusterError)

    /// Claims at most `limit` pieces for `seconds`, the oldest first; waits up to `waitSeconds` where there is none.
    ///
    /// A piece whose claim has run out is claimed again, with its `attempt` one higher; the first is 1.
    func claim(
        from queue: String, for node: NodeID, limit: Int, seconds: Double, waitSeconds: Double
    ) async throws(ClusterError) -> [WorkClaim]

    /// Prolongs a claim from now for `seconds`; false where it was lost: the piece is another's, or done.
    func keep(_ claim: WorkClaim, seconds: Double) async throws(ClusterError) -> Bool

    /// Removes a piece that was done; nothing happens where the claim was lost.
    func finish(_ claim: WorkClaim) async throws(ClusterError)

    /// Gives a piece back: to be claimed again by whoever is first, after `seconds`.
    func giveBack(_ claim: WorkClaim, afterSeconds seconds: Double) async throws(ClusterError)

    /// Ends what waits; calls after it throw `closed`.
    func close() async
}

/// A piece of work.
public struct WorkItem: Sendable, Hashable {
    /// Octets that a body can have: 64 KiB.
    public static let octetsMax = 1 << 16

    /// Which it is: that of a job's run.
    public var id: JobRunID
    /// The queue: `work`, `evaluation`.
    public var queue: String
    /// What is to be done.
    public var body: [UInt8]

    /// A piece of work.
    public init(id: JobRunID, queue: String, body: [UInt8]) {
        self.id = id
        self.queue = queue
        self.body = body
    }
}

/// A piece of work in the hands of a process.
public struct WorkClaim: Sendable, Hashable {
    /// The piece.
    public var item: WorkItem
    /// Who claimed it.
    public var node: NodeID
    /// The how-manieth claim of this piece it is, from 1.
    public var attempt: Int
    /// What the queue knows this claim by.
    public var ticket: String

    /// A claim.
    public init(item: WorkItem, node: NodeID, attempt: Int, ticket: String) {
        self.item = item
        self.node = node
        self.attempt = attempt
        self.ticket = ticket
    }
}
