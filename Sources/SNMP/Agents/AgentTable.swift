/// The agents one I/O thread knows, found by address or by the number they are given while they are in use.
///
/// An agent in use stays. What was learnt of the others is kept up to a limit; after that those found unused first go.
struct AgentTable: Sendable {
    /// An agent's place.
    typealias Number = Int

    private struct Entry {
        var state: AgentState
        /// Polls and scheduled devices that hold the number.
        var users: Int32 = 0
        var isFree = false
    }

    private var entries: [Entry] = []
    private var free: [Int32] = []
    private var numbers: [TransportAddress: Int32] = [:]
    private let idleMax: Int
    private var idleCount = 0
    private var sweep = 0

    init(idleMax: Int) { self.idleMax = idleMax }

    var count: Int { numbers.count }

    /// Memory is lent, not copied: what is done to a state is done in place.
    subscript(number: Number) -> AgentState {
        @inline(__always) _read { yield entries[number].state }
        @inline(__always) _modify { yield &entries[number].state }
    }

    /// The number of an agent, nil for one that is not known.
    func number(of address: TransportAddress) -> Number? { numbers[address].map(Int.init) }

    /// Takes an agent into use; each call wants a `release`.
    mutating func acquire(_ address: TransportAddress) -> Number {
        let number = numbers[address].map(Int.init) ?? insert(address)
        if entries[number].users == 0 { idleCount -= 1 }
        entries[number].users += 1
        return number
    }

    /// Ends one use of an agent.
    mutating func release(_ number: Number) {
        entries[number].users -= 1
        guard entries[number].users == 0 else { return }
        idleCount += 1
        if !entries[number].state.isWorthKeeping { remove(number) }
        while idleCount > idleMax { removeIdle() }
    }

    /// Remembers an agent nobody uses at this time; nil where there is no room for more.
    mutating func remember(_ address: TransportAddress) -> Number? {
        if let known = number(of: address) { return known }
        guard idleCount < idleMax else { return nil }
        return insert(address)
    }

    /// A new agent that nobody uses yet.
    private mutating func insert(_ address: TransportAddress) -> Number {
        let entry = Entry(state: AgentState(address))
        let number: Int
        if let place = free.popLast() {
            number = Int(place)
            entries[number] = entry
        } else {
            number = entries.count
            entries.append(entry)
        }
        numbers[address] = Int32(number)
        idleCount += 1
        return number
    }

    private mutating func removeIdle() {
        while entries[sweep].isFree || entries[sweep].users > 0 { sweep = (sweep + 1) % entries.count }
        remove(sweep)
    }

    private mutating func remove(_ number: Number) {
        numbers[entries[number].state.address] = nil
        entries[number] = Entry(state: AgentState(entries[number].state.address), isFree: true)
        free.append(Int32(number))
        idleCount -= 1
    }

    /// Lends each agent in turn.
    func forEach(_ body: (AgentState) -> Void) {
        for entry in entries where !entry.isFree { body(entry.state) }
    }
}
