/// Which source address a response may come from.
public enum SourcePolicy: Hashable, Sendable {
    /// Exactly the address and port the request went to.
    case strict
    /// The same address; another port is accepted and counted in `EngineStatistics.otherPort`.
    case anyPort
    /// Any address, for multihomed agents that answer from another of theirs; counted in the statistics.
    case anyAddress
}

/// One agent to ask, and how patiently.
public struct Target: Hashable, Sendable {
    /// Where it listens.
    public var address: TransportAddress
    /// Version, and community or user.
    public var credential: Credential
    /// How long the first attempt waits for an answer; each further one waits twice as long, with jitter of a tenth.
    ///
    /// All attempts together wait as long as that. Where the agent's round trips are known from earlier answers, the first
    /// repetition is sent sooner, after a few of them but not under 200 ms; what is saved goes to the last attempt.
    public var timeoutMilliseconds: UInt32 = 1500
    /// The longest an attempt waits, whatever the doubling.
    public var timeoutMillisecondsMax: UInt32 = 8000
    /// Attempts after the first, 0 to 16.
    public var retries = 2
    /// The longest a whole poll may take once its first request was sent; unfinished columns then end as partial.
    public var deadlineMilliseconds: UInt32 = 120_000
    /// The most repetitions a GETBULK asks for.
    ///
    /// Fewer are asked where more would not fit a response.
    public var maxRepetitions = 64
    /// The response size to aim at, in octets of UDP payload: 1472 fills an Ethernet frame.
    public var responseOctetsMax = 1472
    /// The most requests under way to this agent at one time, all polls of the engine together, 1 to 64.
    ///
    /// This is the budget an agent is never loaded beyond. The engine begins with 2, goes up by one with each poll that
    /// lost nothing, and halves when something is lost. Operations beyond it wait for their turn, before their time begins
    /// to count. Weak agents drop bursts: 1 to 4 is sensible.
    public var inFlight = 4
    /// The most requests to this agent in a second, retransmissions included; 0 for no limit.
    public var requestsPerSecondMax = 0
    /// What is wrong with the agent, see `AgentQuirks.known(forSysObjectID:)`.
    public var quirks: AgentQuirks = []
    /// Which source address a response may come from.
    public var sourcePolicy = SourcePolicy.anyPort

    /// Makes a target with the default patience.
    public init(_ address: TransportAddress, _ credential: Credential) {
        self.address = address
        self.credential = credential
    }

    /// Makes a target.
    public init(
        address: TransportAddress, credential: Credential, timeoutMilliseconds: UInt32 = 1500, retries: Int = 2,
        maxRepetitions: Int = 64, inFlight: Int = 4, sourcePolicy: SourcePolicy = .anyPort
    ) {
        self.address = address
        self.credential = credential
        self.timeoutMilliseconds = timeoutMilliseconds
        self.retries = retries
        self.maxRepetitions = maxRepetitions
        self.inFlight = inFlight
        self.sourcePolicy = sourcePolicy
    }

    /// What is wrong with the values, as a clause with the remedy; nil if nothing.
    var fault: String? {
        if !(1...600_000).contains(timeoutMilliseconds) { return "timeoutMilliseconds must be 1 to 600000" }
        if timeoutMillisecondsMax < timeoutMilliseconds && timeoutMillisecondsMax < 1 {
            return "timeoutMillisecondsMax must be at least 1"
        }
        if !(0...16).contains(retries) { return "retries must be 0 to 16, not \(retries)" }
        if !(1...2_147_483_647).contains(maxRepetitions) { return "maxRepetitions must be at least 1" }
        if !(1...64).contains(inFlight) { return "inFlight must be 1 to 64, not \(inFlight)" }
        if !(0...1_000_000).contains(requestsPerSecondMax) { return "requestsPerSecondMax must be 0 to 1000000" }
        if !(484...65_507).contains(responseOctetsMax) { return "responseOctetsMax must be 484 to 65507" }
        return credential.fault
    }
}
