import Inventory
import Listing
import Topology

/// The columns of neighbours that are no devices of the inventory.
enum OrphanColumns {
    /// The table of orphans; by name where a query does not say.
    static let schema = ListSchema<PlacedRow<TopologyOrphan>>(
        "orphans", columns: identity + announced, defaultSort: [SortTerm("neighbor_name")], id: \.id)

    private static let identity: [Column<PlacedRow<TopologyOrphan>>] = [
        Column("key", .text, "What identifies it from run to run; what is adopted.", uses: [.filter]) {
            .text($0.value.key)
        },
        Column("neighbor_name", .text, "How it is called: its name, else address, chassis id or port.", uses: .all) {
            .text($0.value.name)
        },
        Column("seen_by", .list, "Names of the devices that see it.", uses: [.filter, .search]) {
            .list(unique($0.value.seenFrom.map(\.deviceName)))
        },
        Column("sightings", .integer, "How many ports it is seen on.") { .integer(Int64($0.value.seenFrom.count)) },
        Column("protocols", .list, "By which protocols.", uses: [.filter, .search]) {
            .list(Set($0.value.seenFrom.map(\.reading.heardBy)).sorted().map(\.rawValue))
        },
    ]

    private static let announced: [Column<PlacedRow<TopologyOrphan>>] = [
        Column("chassis_id", .text, "Its chassis id.", nullable: true, uses: .all) { row in
            Cell(first(row) { $0.chassis?.text })
        },
        Column("management_addresses", .list, "Its management addresses.", uses: [.filter, .search]) { row in
            .list(unique(row.value.seenFrom.flatMap(\.reading.managementAddresses)))
        },
        Column("platform", .text, "Its platform, by CDP and the like.", nullable: true, uses: .all) { row in
            Cell(first(row) { $0.platform })
        },
        Column("system_description", .text, "Its description of itself.", nullable: true, uses: .all) { row in
            Cell(first(row) { $0.systemDescription })
        },
        Column("capabilities", .list, "What it says it does.", uses: [.filter, .search]) { row in
            .list(
                row.value.seenFrom.reduce(into: Set()) { $0.formUnion($1.reading.capabilities) }.map(\.rawValue)
                    .sorted())
        },
        Column("candidates", .list, "Ids of devices it may be, where the evidence does not decide.", uses: [.filter]) {
            .list(unique($0.value.seenFrom.flatMap(\.candidates)).map(\.description))
        },
    ]

    private static func first(
        _ row: PlacedRow<TopologyOrphan>, _ value: (NeighbourReading) -> String?
    ) -> String? {
        row.value.seenFrom.compactMap { value($0.reading) }.first
    }

    /// The same values in the same order, each once.
    static func unique<Value: Hashable>(_ values: [Value]) -> [Value] {
        var known: Set<Value> = []
        return values.filter { known.insert($0).inserted }
    }
}
