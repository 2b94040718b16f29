import Catalog
import Classification
import Discovery
import Inventory
import Listing

/// Reads and changes single interfaces.
struct InterfaceEditor: Sendable {
    let state: APIState
    static let thing = PathThing(
        name: "interface", remedy: "GET /api/v1/interfaces/list shows the interfaces with their ids.")

    /// The interface that a path names.
    static func id(_ call: Call) throws(Problem) -> InterfaceID { try thing.id(call) }

    /// One row with the name of its device.
    func row(_ id: InterfaceID) async throws -> InterfaceRow {
        guard let interface = try await state.services.catalog.interfaces(withIDs: [id]).first else {
            throw Self.missing("\(id)")
        }
        let device = try await state.services.catalog.devices(.ids([interface.deviceID])).first
        return InterfaceRow(interface: interface, deviceName: device?.name ?? "")
    }

    /// Changes one row; throws where there is none.
    func apply(_ change: InterfaceChange, to id: InterfaceID) async throws -> InterfaceRow {
        let known = try await row(id)
        let rules = state.services.rules.current
        try Self.requireProvider(change, rules)
        let now = state.services.now()
        let before = try await state.services.catalog.revision()
        let outcome = try await state.services.catalog.reviseInterfaces(of: [known.interface.deviceID]) { books in
            guard let book = books.first, let stored = book.live.first(where: { $0.id == id }) else {
                return ([], Outcome?.none)
            }
            let row = change.applied(to: stored, verdict: Self.verdict(of: stored, rules), at: now)
            let shown = InterfaceRow(interface: row, deviceName: book.device.name)
            guard row != stored else { return ([], Outcome(row: shown, isChanged: false)) }
            var revision = InterfaceRevision(deviceID: stored.deviceID)
            revision.updated = [row]
            return ([revision], Outcome(row: shown, isChanged: true))
        }
        guard let outcome else { throw Self.missing("\(id)") }
        if outcome.isChanged {
            state.interfaceChanged(outcome.row, from: before, to: try await state.services.catalog.revision())
        }
        return outcome.row
    }

    private struct Outcome: Sendable {
        var row: InterfaceRow
        var isChanged: Bool
    }

    /// Refuses a provider that the rules in force do not know.
    private static func requireProvider(_ change: InterfaceChange, _ rules: RuleSet) throws(Problem) {
        guard let name = change.ispProvider.value, !name.isEmpty else { return }
        let known = rules.providers.map(\.id)
        guard !known.contains(name) else { return }
        let hint = NearestName.of(name, among: known).map { "; did you mean '\($0)'?" } ?? ""
        let detail = "there is no provider '\(name)'\(hint); there are \(known.sorted().joined(separator: ", "))"
        throw .refused(
            detail, remedy: "Send one of these, an empty text for none, or add the provider to the rule file.",
            errors: [ProblemError(field: "isp_provider", value: name, detail: detail)])
    }

    /// What the rules say of a stored row.
    private static func verdict(of row: Interface, _ rules: RuleSet) -> RowVerdict {
        let found = rules.classify(ClassificationInput(stored: row))
        let verdict = InterfaceVerdict(
            type: found.type, provider: found.provider, isCritical: found.isCritical, monitoring: found.monitoring,
            confidence: found.confidence, rule: found.rule)
        return RowVerdict { verdict.apply(to: &$0) }
    }

    static func missing(_ id: String) -> Problem { thing.missing(id) }
}

extension ClassificationInput {
    /// What is stored of an interface, with what is stored of its neighbour.
    init(stored row: Interface) {
        let neighbour = row.neighborProtocol.map {
            NeighbourFacts(protocolName: $0, name: row.lldpNeighborName, port: row.lldpNeighborPort)
        }
        self.init(facts: row.facts, neighbour: neighbour)
    }
}
