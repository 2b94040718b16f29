import Alerting
import Catalog
import Inventory
import Listing

/// A receiver as the API shows it: without secrets, with how its deliveries go.
struct ReceiverRow: Sendable {
    let place: Int
    let name: String
    /// How it is told; nil where the configuration has it no more.
    let kind: String?
    /// Whether a route leads to it.
    let isUsed: Bool
    let counts: AlertDeliveryCounts

    /// The receivers of the configuration in its order, then those that only deliveries know.
    static func all(
        _ receivers: [AlertReceiver], used: Set<String>, _ counts: [String: AlertDeliveryCounts]
    ) -> [ReceiverRow] {
        let known = receivers.map { (name: $0.name, kind: Optional($0.kind)) }
        let names = Set(receivers.map(\.name))
        let gone = counts.keys.filter { !names.contains($0) }.sorted().map { (name: $0, kind: String?.none) }
        return (known + gone).enumerated().map { place, one in
            ReceiverRow(
                place: place, name: one.name, kind: one.kind, isUsed: used.contains(one.name),
                counts: counts[one.name] ?? AlertDeliveryCounts())
        }
    }

    /// The names of receivers to which a route, its children or its escalations lead.
    static func used(_ route: AlertRoute?) -> Set<String> {
        guard let route else { return [] }
        let own = (route.receivers ?? []) + (route.escalations ?? []).flatMap(\.receivers)
        return route.children.reduce(into: Set(own)) { $0.formUnion(used($1)) }
    }

    /// The table of receivers; in the order of the configuration where a query does not say.
    static let schema = ListSchema<ReceiverRow>(
        "receivers",
        columns: [
            Column("name", .text, "Its name in the alert file.", uses: .all) { .text($0.name) },
            Column("kind", .text, "How it is told; null: it is not configured any more.", nullable: true, uses: .all) {
                Cell($0.kind)
            },
            Column("is_used", .boolean, "Whether a route leads to it.") { .boolean($0.isUsed) },
            Column("waiting", .integer, "Deliveries that are to be made.") { Cell($0.counts.waiting) },
            Column("oldest_waiting_at", .time, "When the oldest of them was written.", nullable: true) {
                Cell($0.counts.oldestWaiting)
            },
            Column("delivered", .integer, "Deliveries that were made in seven days.") { Cell($0.counts.delivered) },
            Column("failed", .integer, "Deliveries that were given up in seven days.") { Cell($0.counts.failed) },
            Column("last_error", .text, "Why the last attempt failed.", nullable: true, uses: .all) {
                Cell($0.counts.lastError)
            },
        ], id: { RowID(high: 0, low: UInt64($0.place)) })
}
