/// Why nothing can be delivered at the moment.
struct ServerRefusal: Error, Hashable {
    /// What is to be done about it.
    enum Kind: Hashable {
        /// Nobody answers, or says that it cannot now.
        case away
        /// It answers, and takes nothing: user, password, address.
        case refuses
        /// It refuses these readings.
        case dislikes
    }

    var kind: Kind
    var reason: String

    init(_ kind: Kind, _ reason: String) {
        self.kind = kind
        self.reason = reason
    }

    /// What happened, and what to do.
    func text(_ address: VictoriaAddress) -> String {
        let remedy =
            switch kind {
            case .away: "readings are kept in the outbox and sent later; see that it runs and can be reached"
            case .refuses: "readings are kept in the outbox; check the address, user and password"
            case .dislikes: "readings are kept in the outbox; see the server's log"
            }
        return "VictoriaMetrics at \(address) takes no readings (\(reason)): \(remedy)"
    }
}
