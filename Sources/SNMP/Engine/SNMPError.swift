/// Why an operation on an agent failed: what was tried, on whom, for how long, and what came in the meantime.
public struct SNMPError: Error, Hashable, Sendable {
    /// What went wrong.
    public enum Code: Hashable, Sendable {
        /// No answer that counts, to any attempt.
        case timeout
        /// Nothing listens at the address (ICMP port unreachable).
        case refused
        /// This host or the network cannot reach the address; the number is the errno.
        case unreachable(errno: Int32)
        /// The request is longer than the agent takes (msgMaxSize, RFC 3412), or than 4096 octets, even for one name.
        case requestTooLarge
        /// Only datagrams arrived that are not SNMP, or an answer whose contents cannot be decoded.
        case undecodable
        /// The agent answered without any variable binding.
        case emptyResponse
        /// The agent answered with an error; the index counts the names from 1, 0 for none of them.
        case errorStatus(ErrorStatus, index: Int)
        /// Version 3 came in the way: user, cause and remedy.
        case security(SecurityFault)
        /// The poll's deadline passed.
        case deadline
        /// The calling task was cancelled.
        case cancelled
        /// The engine has as many polls as its configuration allows.
        case overloaded
        /// The engine was shut down.
        case shutdown
        /// An argument is out of range; the text names it and the remedy.
        case invalidArgument(String)
        /// A name could not be resolved, with the resolver's words.
        case nameResolution(String, String)
        /// The operating system refused what the engine needs: the call and its errno.
        case system(String, errno: Int32)
    }

    /// What was being done.
    public enum Operation: String, Hashable, Sendable {
        /// GET of instances.
        case get
        /// GETNEXT of names.
        case getNext
        /// One GETBULK.
        case getBulk
        /// A walk of one subtree.
        case walk
        /// A poll of scalars and columns.
        case table
        /// Sending an inform and waiting for its acknowledgement.
        case inform
        /// Looking a host name up.
        case resolve
        /// Starting the engine.
        case start
    }

    /// Datagrams that came from the agent while it was waited for and did not count as its answer.
    public struct Tolerated: Hashable, Sendable {
        /// Not SNMP messages.
        public var undecodable = 0
        /// Responses with another community.
        public var wrongCommunity = 0
        /// Responses from another source address.
        public var wrongSource = 0
        /// Responses with a foreign request-id, of another version, or messages that are no responses.
        public var other = 0
        /// Makes a record of nothing.
        public init() {}
    }

    /// What went wrong.
    public var code: Code
    /// What was being done.
    public var operation: Operation
    /// The agent, nil where none is concerned.
    public var target: TransportAddress?
    /// The first name asked, nil where none is concerned.
    public var name: ObjectIdentifier?
    /// Attempts of the request that failed, the first included.
    public var attempts = 0
    /// From the first attempt to the failure.
    public var elapsedMilliseconds: UInt64 = 0
    /// What came from the agent and did not count.
    public var tolerated = Tolerated()

    init(_ code: Code, operation: Operation, target: TransportAddress? = nil, name: ObjectIdentifier? = nil) {
        self.code = code
        self.operation = operation
        self.target = target
        self.name = name
    }
}

extension SNMPError: CustomStringConvertible {
    /// A sentence: operation, agent, name, cause, what was tolerated, and the remedy.
    public var description: String {
        var text = operation.rawValue
        if let name { text += " \(name)" }
        if let target { text += " of \(target)" }
        text += ": \(cause)"
        if attempts > 0 { text += " (\(attempts) attempt\(attempts == 1 ? "" : "s"), \(elapsedMilliseconds) ms)" }
        let meanwhile = tolerated.clauses
        if !meanwhile.isEmpty { text += "; meanwhile arrived " + meanwhile.joined(separator: ", ") }
        return text + "; " + remedy
    }

    private var cause: String {
        switch code {
        case .timeout: "no answer"
        case .refused: "nothing listens at this port"
        case .unreachable(let number): "the address cannot be reached (errno \(number))"
        case .requestTooLarge: "the request is longer than the agent takes"
        case .undecodable: "the answer is not valid SNMP"
        case .emptyResponse: "the answer holds no variable binding"
        case .errorStatus(let status, let index):
            "the agent answered \(status)" + (index > 0 ? " for name \(index)" : "")
        case .security(let fault): fault.description
        case .deadline: "the deadline passed"
        case .cancelled: "cancelled"
        case .overloaded: "too many polls are waiting"
        case .shutdown: "the engine was shut down"
        case .invalidArgument(let text): text
        case .nameResolution(let host, let reason): "the name \(host) cannot be resolved: \(reason)"
        case .system(let call, let number): "\(call) failed with errno \(number)"
        }
    }

    private var remedy: String {
        switch code {
        case .timeout where tolerated.wrongCommunity > 0:
            "the answers carry another community than was sent: check the agent's configuration"
        case .timeout: "check address, port, version, community, and the agent's access list"
        case .refused: "check the port, and that the agent runs"
        case .unreachable: "check address and routes"
        case .requestTooLarge: "ask for shorter names, or raise the agent's message size"
        case .undecodable: "check that an SNMP agent listens at this port"
        case .emptyResponse, .errorStatus: "ask for fewer or other names"
        case .security(let fault): fault.remedy
        case .deadline: "raise deadlineMilliseconds or ask for less"
        case .cancelled, .shutdown: "nothing was changed"
        case .overloaded: "poll less often, or raise pollsMax"
        case .invalidArgument: "correct the argument"
        case .nameResolution: "check the name, or give a numeric address"
        case .system: "check the process's limits"
        }
    }
}

extension SNMPError.Tolerated {
    fileprivate var clauses: [String] {
        [
            (undecodable, "undecodable"), (wrongCommunity, "with another community"),
            (wrongSource, "from another source address"), (other, "that match no request"),
        ].filter { $0.0 > 0 }.map { "\($0.0) datagram\($0.0 == 1 ? "" : "s") \($0.1)" }
    }
}
