import Catalog
import Inventory
import Listing

extension AlertQuery: RangedQuery {
    static var choices: [CatalogChoice<AlertQuery>] {
        [
            CatalogChoice(column: "state") { $1.narrow(&$0.states) },
            CatalogChoice(column: "is_over") { $0.take(isOver: $1) },
            CatalogChoice(column: "hold") { $1.narrow(&$0.holds) },
            CatalogChoice(column: "is_held") { $1.narrow(&$0.isHeld) },
            CatalogChoice(column: "severity") { $1.narrow(&$0.severities) },
            CatalogChoice(column: "condition") { $1.narrow(&$0.conditions) },
            CatalogChoice(column: "interface_id") { $1.narrow(&$0.interfaces) },
            CatalogChoice(column: "device_id") { $1.narrow(&$0.devices) },
            CatalogChoice(column: "cause_id") { $1.narrow(&$0.causes) },
        ]
    }

    /// Being over is being in some states: with a choice of states it is none of the catalog's.
    private mutating func take(isOver filter: Filter) -> Bool {
        var wanted: Bool?
        guard filter.narrow(&wanted), let isOver = wanted else { return true }
        guard states.isEmpty else { return false }
        states = isOver ? [.resolved] : AlertState.open
        return true
    }
}

extension AlertState {
    /// The states of alerts that are not over.
    static let open: Set<AlertState> = [.pending, .firing, .acknowledged]
}
