/// What an I/O thread knows of version 3 at one address: the engine, and the keys of the users that ask it.
///
/// The state is the address's: two devices that share an engine ID do not share boots, time and trust.
final class AgentSecurity {
    /// A user's keys on an engine of this address.
    struct UserKeys {
        let user: SecurityUser
        var keys: LocalizedKeys
        /// A message was authenticated by them, or an answer came where nothing is authenticated.
        var isProven = false
    }

    static let usersMax = 8

    var machine = EngineDiscoveryStateMachine()
    private(set) var users: [UserKeys] = []
    /// Slots of requests that wait for a discovery to end.
    var waiting: [Int32] = []
    /// What speaks against each request that gets no answer: unauthenticated Reports, answers that are not authentic.
    private var doubts: [(userName: [UInt8], kind: SecurityFault.Kind)] = []

    /// The place in `users` of a user's keys on an engine, made now if need be.
    func place(of user: SecurityUser, _ engineID: EngineID) -> Int {
        if let place = users.firstIndex(where: { $0.keys.engineID == engineID && $0.user.hasKeys(of: user) }) {
            return place
        }
        // What was proven stays as long as there is other to forget: anyone can make us try another engine ID.
        if users.count >= Self.usersMax { users.remove(at: users.firstIndex { !$0.isProven } ?? 0) }
        users.append(UserKeys(user: user, keys: LocalizedKeys(user, engineID)))
        return users.count - 1
    }

    /// Runs with the keys at a place.
    func withKeys<Result>(_ place: Int, _ body: (inout LocalizedKeys) -> Result) -> Result { body(&users[place].keys) }

    func prove(_ place: Int) {
        users[place].isProven = true
        if !doubts.isEmpty { doubts.removeAll { $0.userName == users[place].user.nameOctets } }
    }

    /// Whether the user has had a message that counts from here, of whichever engine.
    func isProven(_ user: SecurityUser) -> Bool { users.contains { $0.isProven && $0.user.hasKeys(of: user) } }

    /// Remembers what speaks against a user's requests, in case they get no answer.
    func doubt(_ user: SecurityUser, _ kind: SecurityFault.Kind) {
        doubts.removeAll { $0.userName == user.nameOctets }
        if doubts.count < Self.usersMax { doubts.append((user.nameOctets, kind)) }
    }

    /// Why a user's request got no answer, if anything is known; what was proven is then open to doubt.
    func diagnosis(_ user: SecurityUser, since start: UInt64) -> SecurityFault.Kind? {
        if let doubt = doubts.first(where: { $0.userName == user.nameOctets }) {
            doubts.removeAll { $0.userName == user.nameOctets }
            for place in users.indices where users[place].user.nameOctets == user.nameOctets {
                users[place].isProven = false
            }
            return doubt.kind
        }
        guard let discoveredAt = machine.discoveredAt, discoveredAt >= start else { return nil }
        return isProven(user) ? nil : .silentAfterDiscovery
    }
}

/// The engines behind all addresses an I/O thread asks, bounded.
struct SecurityStates {
    private var agents: [TransportAddress: AgentSecurity] = [:]
    private let countMax: Int

    init(countMax: Int = 1 << 18) { self.countMax = max(1, countMax) }

    var count: Int { agents.count }

    /// The state of an address, empty where there is none yet.
    ///
    /// When there are too many, those that proved nothing go first, then all: they are learnt again.
    mutating func agent(_ address: TransportAddress) -> AgentSecurity {
        if let known = agents[address] { return known }
        if agents.count >= countMax { agents = agents.filter { $0.value.machine.current?.isProven == true } }
        if agents.count >= countMax { agents.removeAll(keepingCapacity: true) }
        let agent = AgentSecurity()
        agents[address] = agent
        return agent
    }

    /// Whether anything is known of an address in this process.
    func isKnown(_ address: TransportAddress) -> Bool { agents[address] != nil }

    /// How often another engine took over at an address.
    func replacements(at address: TransportAddress) -> UInt32 { agents[address]?.machine.replacements ?? 0 }

    /// Forgets an address.
    mutating func forget(_ address: TransportAddress) { agents[address] = nil }

    /// What a later process needs to ask the address without discovery: engine ID, boots, time, and the wall time.
    ///
    /// Nil where nothing authenticated is known. It holds no secret; who changes it can make requests fail once.
    /// Format: an octet 1, the engine ID's length and octets, then big-endian boots (4), time (4), UNIX seconds (8).
    func octets(of address: TransportAddress, now: UInt64, unixSeconds: Int64) -> [UInt8]? {
        guard let engine = agents[address]?.machine.current, engine.isProven,
            engine.clock.authenticated != nil
        else { return nil }
        let (boots, time) = engine.clock.estimate(at: now)
        var octets: [UInt8] = [1, UInt8(engine.id.count)] + engine.id.octets
        withUnsafeBytes(of: boots.bigEndian) { octets += $0 }
        withUnsafeBytes(of: time.bigEndian) { octets += $0 }
        withUnsafeBytes(of: unixSeconds.bigEndian) { octets += $0 }
        return octets
    }

    /// Takes over what `octets` gave an earlier process; false, and nothing changed, where they are not of that form.
    mutating func recall(_ octets: [UInt8], of address: TransportAddress, now: UInt64, unixSeconds: Int64) -> Bool {
        guard octets.count >= 18, octets[0] == 1, octets.count == 18 + Int(octets[1]),
            let id = EngineID(Array(octets[2..<2 + Int(octets[1])])), id.isUsable
        else { return false }
        func number(_ start: Int, _ count: Int) -> Int64 {
            octets[start..<start + count].reduce(0) { $0 << 8 | Int64($1) }
        }
        let start = 2 + id.count
        let (boots, time, saved) = (number(start, 4), number(start + 4, 4), number(start + 8, 8))
        guard (0..<Int64(Int32.max)).contains(boots), (0...Int64(Int32.max)).contains(time) else { return false }
        let (passed, isTooFar) = unixSeconds.subtractingReportingOverflow(saved)
        let elapsed = isTooFar ? 0 : min(max(0, passed), Int64(Int32.max))
        agent(address).machine.recalled(id, boots: Int32(boots), time: time + elapsed, at: now)
        return true
    }
}
