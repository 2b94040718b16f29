import Catalog
import Classification
import Discovery
import Inventory
import Listing

/// Reads and changes single interfaces.
struct InterfaceEditor: Sendable {
    let state: APIState

    /// The interface that a path names.
    static func id(_ call: Call) throws(Problem) -> InterfaceID {
        let text = call.path["id"] ?? ""
        guard text.utf8.count == 36, let id = InterfaceID(text) else { throw missing(text) }
        return id
    }

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
        let now = state.services.now()
        let changed = try await state.services.catalog.reviseInterfaces(of: [known.interface.deviceID]) { books in
            guard let stored = books.first?.live.first(where: { $0.id == id }) else { return ([], Interface?.none) }
            let row = change.applied(to: stored, verdict: Self.verdict(of: stored, rules), at: now)
            var revision = InterfaceRevision(deviceID: stored.deviceID)
            if row != stored { revision.updated = [row] }
            return (row == stored ? [] : [revision], row)
        }
        guard let changed else { throw Self.missing("\(id)") }
        state.inventoryChanged()
        return InterfaceRow(interface: changed, deviceName: known.deviceName)
    }

    /// What the rules say of a stored row.
    private static func verdict(of row: Interface, _ rules: RuleSet) -> RowVerdict {
        let found = rules.classify(ClassificationInput(stored: row))
        let verdict = InterfaceVerdict(
            type: found.type, provider: found.provider, isCritical: found.isCritical, monitoring: found.monitoring,
            confidence: found.confidence, rule: found.rule)
        return RowVerdict { verdict.apply(to: &$0) }
    }

    private static func missing(_ id: String) -> Problem {
        .notFound("interface", id, remedy: "GET /api/v1/interfaces/list shows the interfaces with their ids.")
    }
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
