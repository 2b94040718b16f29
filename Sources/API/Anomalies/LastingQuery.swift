import Catalog
import Inventory
import Listing

/// What the catalog is asked of things that last: anomalies, incidents, alerts.
protocol RangedQuery: Sendable {
    var from: Timestamp? { get set }
    var to: Timestamp? { get set }
    init(limit: Int)

    /// The columns by which the catalog can choose.
    static var choices: [CatalogChoice<Self>] { get }
}

/// What the catalog is asked of anomalies and incidents.
protocol LastingQuery: RangedQuery {
    var states: Set<AnomalyState> { get set }
    var isOver: Bool? { get set }
}

/// A column by which the catalog can choose.
struct CatalogChoice<Query>: Sendable {
    /// Its name.
    let column: String
    /// Makes a filter of it part of the question; false where the catalog cannot choose by it as a whole.
    let take: @Sendable (_ query: inout Query, _ filter: Filter) -> Bool
}

extension RangedQuery {
    /// Makes a filter of a list part of the question; false where the catalog cannot choose by it as a whole.
    mutating func take(_ filter: Filter) -> Bool {
        guard filter.operation == .equals else { return false }
        return Self.choices.first { $0.column == filter.column }?.take(&self, filter) ?? false
    }
}

extension LastingQuery {
    /// By state, and by whether it is over.
    static var commonChoices: [CatalogChoice<Self>] {
        [
            CatalogChoice(column: "state") { $1.narrow(&$0.states) },
            CatalogChoice(column: "is_over") { $1.narrow(&$0.isOver) },
        ]
    }
}

extension AnomalyQuery: LastingQuery {
    static var choices: [CatalogChoice<AnomalyQuery>] {
        commonChoices + [
            CatalogChoice(column: "severity") { $1.narrow(&$0.severities) },
            CatalogChoice(column: "pattern") { $1.narrow(&$0.patterns) },
            CatalogChoice(column: "interface_id") { $1.narrow(&$0.interfaces) },
            CatalogChoice(column: "device_id") { $1.narrow(&$0.devices) },
        ]
    }
}

extension IncidentQuery: LastingQuery {
    static var choices: [CatalogChoice<IncidentQuery>] { commonChoices }
}

extension Filter {
    /// Makes the values those that are chosen; false where some are already.
    func narrow<Word: RawRepresentable & Hashable>(_ chosen: inout Set<Word>) -> Bool
    where Word.RawValue == String {
        guard chosen.isEmpty else { return false }
        chosen = Set(values.compactMap { if case .text(let text) = $0 { Word(rawValue: text) } else { nil } })
        return true
    }

    /// Makes the identities those that are chosen; false where some are already.
    func narrow<Entity>(_ chosen: inout [Identifier<Entity>]?) -> Bool {
        guard chosen == nil else { return false }
        chosen = values.compactMap { if case .identifier(let id) = $0 { Identifier(id.description) } else { nil } }
        return true
    }

    /// Makes yes or no the one that is chosen; false where one is already.
    func narrow(_ chosen: inout Bool?) -> Bool {
        let wanted = Set(values)
        // Both chooses nothing out.
        guard wanted.count == 1 else { return true }
        guard chosen == nil else { return false }
        chosen = wanted.contains(.boolean(true))
        return true
    }
}
