import Inventory

/// The columns of `interface_neighbours`, as JSON, CSV and queries name them.
public enum NeighbourColumns {
    /// The table of neighbours; by interface where a query does not say.
    public static let schema = ListSchema<NeighbourRow>(
        "neighbours", columns: place + announced + match + state,
        defaultSort: [SortTerm("local_if_name"), SortTerm("local_port"), SortTerm("protocol")],
        id: { RowID($0.neighbour.id) })

    private static let place: [Column<NeighbourRow>] = [
        Column("id", .identifier, "Identity; stays while the same neighbour is heard on the same port.") {
            Cell($0.neighbour.id)
        },
        Column("device_id", .identifier, "The device that hears it.") { Cell($0.neighbour.deviceID) },
        Column("device_name", .text, "Name of the device that hears it.", uses: .all) { .text($0.deviceName) },
        Column("interface_id", .identifier, "The interface it is heard on.", nullable: true) {
            Cell($0.neighbour.interfaceID)
        },
        Column("local_if_name", .text, "Name of that interface.", nullable: true, uses: .all) {
            Cell($0.interfaceName)
        },
        Column("local_if_index", .integer, "ifIndex of that interface.", nullable: true) {
            Cell($0.neighbour.reading.localIfIndex)
        },
        Column("local_port", .text, "The device's own word for the port.", uses: .all) {
            .text($0.neighbour.reading.localPort)
        },
        Column(
            "local_port_rule", .text, "What put it on that interface.", nullable: true,
            values: LocalPortRule.allCases.map(\.rawValue)
        ) { Cell($0.neighbour.reading.localPortRule?.rawValue) },
        Column("protocol", .text, "Which protocol told.", values: NeighbourProtocol.allCases.map(\.rawValue)) {
            .text($0.neighbour.reading.heardBy.rawValue)
        },
    ]

    private static let announced: [Column<NeighbourRow>] = [
        Column("neighbor_name", .text, "How it is called: its name, else address, chassis id or port.", uses: .all) {
            .text($0.neighbour.reading.displayName)
        },
        Column("neighbor_port", .text, "Its port.", nullable: true, uses: .all) {
            Cell($0.neighbour.reading.displayPort)
        },
        Column("neighbor_port_desc", .text, "Its description of that port.", nullable: true, uses: .all) {
            Cell($0.neighbour.reading.portDescription)
        },
        Column("chassis_id", .text, "Its chassis id.", nullable: true, uses: .all) {
            Cell($0.neighbour.reading.chassis?.text)
        },
        Column("port_id", .text, "The id of its port.", nullable: true, uses: .all) {
            Cell($0.neighbour.reading.port?.text)
        },
        Column("management_addresses", .list, "Its management addresses.", uses: [.filter, .search]) {
            .list($0.neighbour.reading.managementAddresses)
        },
        Column("platform", .text, "Its platform.", nullable: true, uses: .all) {
            Cell($0.neighbour.reading.platform)
        },
        Column("system_description", .text, "Its description of itself.", nullable: true, uses: .all) {
            Cell($0.neighbour.reading.systemDescription)
        },
        Column("capabilities", .list, "What it says it does.", uses: [.filter, .search]) {
            .list($0.neighbour.reading.capabilities.map(\.rawValue).sorted())
        },
    ]

    private static let match: [Column<NeighbourRow>] = [
        Column("connected_to_device_id", .identifier, "The device it is.", nullable: true) {
            Cell($0.neighbour.match.deviceID)
        },
        Column("connected_to_device_name", .text, "Name of that device.", nullable: true, uses: .all) {
            Cell($0.farDeviceName)
        },
        Column("connected_to_interface_id", .identifier, "The interface its port is.", nullable: true) {
            Cell($0.neighbour.match.interfaceID)
        },
        Column("connected_to_if_name", .text, "Name of that interface.", nullable: true, uses: .all) {
            Cell($0.farInterfaceName)
        },
        Column("device_rules", .list, "What spoke for the device, the strongest first.", uses: [.filter]) {
            .list($0.neighbour.match.deviceRules.map(\.rawValue))
        },
        Column("interface_rules", .list, "What spoke for the interface, the strongest first.", uses: [.filter]) {
            .list($0.neighbour.match.interfaceRules.map(\.rawValue))
        },
        Column("candidates", .list, "Ids of devices it may be, where the evidence does not decide.", uses: [.filter]) {
            .list($0.neighbour.match.candidates.map(\.description))
        },
        Column("confidence", .real, "How sure the device is, 0 to 1.") { .real($0.neighbour.match.confidence) },
    ]

    private static let state: [Column<NeighbourRow>] = [
        Column("first_seen_at", .time, "When it was first heard.") { .time($0.neighbour.firstSeenAt) },
        Column("last_seen_at", .time, "When it was last heard.") { .time($0.neighbour.lastSeenAt) },
    ]
}
