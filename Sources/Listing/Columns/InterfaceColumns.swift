import Inventory

/// The columns of `device_interfaces`, as JSON, CSV and queries name them.
public enum InterfaceColumns {
    /// The table of interfaces; sorted by device and ifIndex where a query does not say.
    public static let schema = ListSchema<InterfaceRow>(
        "interfaces", columns: identity + facts + purpose + neighbour + state,
        defaultSort: [SortTerm("device_name"), SortTerm("if_index")], id: { RowID($0.interface.id) })

    private static let identity: [Column<InterfaceRow>] = [
        Column("id", .identifier, "Identity; outlives renumbering, removal and return.") { Cell($0.interface.id) },
        Column("device_id", .identifier, "The device it belongs to.") { Cell($0.interface.deviceID) },
        Column("device_name", .text, "Name of the device it belongs to.", uses: .all) { Cell($0.deviceName) },
    ]

    private static let facts: [Column<InterfaceRow>] = [
        Column("if_index", .integer, "ifIndex (IF-MIB).") { Cell($0.interface.facts.ifIndex) },
        Column("if_name", .text, "ifName (IF-MIB).", nullable: true, uses: .all) { Cell($0.interface.facts.ifName) },
        Column("if_alias", .text, "ifAlias: the operator's text on the device.", nullable: true, uses: .all) {
            Cell($0.interface.facts.ifAlias)
        },
        Column("if_descr", .text, "ifDescr (IF-MIB).", nullable: true, uses: .all) { Cell($0.interface.facts.ifDescr) },
        Column("if_type", .integer, "ifType, IANA number: 6 Ethernet, 24 loopback, 161 LAG.", nullable: true) {
            Cell($0.interface.facts.ifType)
        },
        Column("if_mtu", .integer, "ifMtu in octets.", nullable: true) { Cell($0.interface.facts.ifMtu) },
        Column("if_speed", .integer, "Speed in bit/s, from ifHighSpeed or ifSpeed.", nullable: true) {
            Cell($0.interface.facts.ifSpeed)
        },
        Column(
            "duplex", .text, "full or half, as EtherLike-MIB last told while it was up.", nullable: true,
            values: Duplex.allCases.map(\.rawValue)
        ) { Cell($0.interface.facts.duplex?.rawValue) },
        Column(
            "if_phys_address", .text, "ifPhysAddress, lower-case hex octets with colons; empty where it has none.",
            nullable: true, uses: .all
        ) { Cell($0.interface.facts.ifPhysAddress) },
        Column("if_admin_status", .integer, "ifAdminStatus: 1 up, 2 down, 3 testing.", nullable: true) {
            Cell($0.interface.facts.adminStatus)
        },
        Column(
            "if_admin_status_name", .text, "Name of ifAdminStatus; the number where the MIB has no name.",
            nullable: true
        ) { Cell($0.interface.facts.adminStatus.map(InterfaceStatus.name)) },
        Column("if_oper_status", .integer, "ifOperStatus: 1 up, 2 down, 7 lowerLayerDown.", nullable: true) {
            Cell($0.interface.facts.operStatus)
        },
        Column(
            "if_oper_status_name", .text, "Name of ifOperStatus; the number where the MIB has no name.",
            nullable: true
        ) { Cell($0.interface.facts.operStatus.map(InterfaceStatus.name)) },
        Column("if_last_change", .integer, "ifLastChange in hundredths of a second of sysUpTime.", nullable: true) {
            Cell($0.interface.facts.ifLastChange)
        },
        Column("if_connector_present", .boolean, "ifConnectorPresent.", nullable: true) {
            $0.interface.facts.connectorPresent.map(Cell.boolean) ?? .null
        },
        Column(
            "if_counter_discontinuity_time", .integer,
            "ifCounterDiscontinuityTime in hundredths of a second of sysUpTime.", nullable: true
        ) { Cell($0.interface.facts.counterDiscontinuityTime) },
    ]

    private static let purpose: [Column<InterfaceRow>] = [
        Column("interface_type", .text, "What it is for.", values: InterfaceType.allCases.map(\.rawValue)) {
            .text($0.interface.interfaceType.rawValue)
        },
        Column("isp_provider", .text, "Provider at the far end, such as magti.", nullable: true, uses: .all) {
            Cell($0.interface.ispProvider)
        },
        Column("is_critical", .boolean, "Whether it is watched most closely.") { .boolean($0.interface.isCritical) },
        Column("classification_confidence", .real, "How sure the rule is, 0 to 1.") {
            .real($0.interface.classificationConfidence)
        },
        Column("classification_rule", .text, "The rule that decided; operator where a person did.") {
            Cell($0.interface.classificationRule)
        },
        Column("classification_overridden", .boolean, "Whether a person set type or provider.") {
            .boolean($0.interface.classificationOverridden)
        },
        Column("overrides", .list, "Fields a person set, which rules and discovery leave alone.") {
            .list($0.interface.overrides.sorted().map(\.rawValue))
        },
    ]

    private static let neighbour: [Column<InterfaceRow>] = [
        Column("connected_to_device_id", .identifier, "The device at the far end.", nullable: true) {
            Cell($0.interface.connectedToDeviceID)
        },
        Column("connected_to_interface_id", .identifier, "The interface at the far end.", nullable: true) {
            Cell($0.interface.connectedToInterfaceID)
        },
        Column("lldp_neighbor_name", .text, "Name of the neighbour, by LLDP or CDP.", nullable: true, uses: .all) {
            Cell($0.interface.lldpNeighborName)
        },
        Column("lldp_neighbor_port", .text, "Port of the neighbour.", nullable: true, uses: .all) {
            Cell($0.interface.lldpNeighborPort)
        },
        Column("neighbor_protocol", .text, "Which protocol told of the neighbour: lldp or cdp.", nullable: true) {
            Cell($0.interface.neighborProtocol)
        },
    ]

    private static let state: [Column<InterfaceRow>] = [
        Column("monitoring_enabled", .boolean, "Whether its counters are recorded.") {
            .boolean($0.interface.monitoringEnabled)
        },
        Column("enabled", .boolean, "The operator's switch for the row as a whole.") {
            .boolean($0.interface.enabled)
        },
        Column("was_up", .boolean, "Whether it was ever seen up.") { .boolean($0.interface.wasUp) },
        Column("notes", .text, "The operator's notes.", nullable: true, uses: .all) { Cell($0.interface.notes) },
        Column("created_at", .time, "When the row was made.") { .time($0.interface.createdAt) },
        Column("updated_at", .time, "When anything but the seen-timestamps last changed.") {
            .time($0.interface.updatedAt)
        },
        Column("last_discovered_at", .time, "When a discovery last read it.") {
            .time($0.interface.lastDiscoveredAt)
        },
        Column("last_seen_at", .time, "When the device last had it.") { .time($0.interface.lastSeenAt) },
        Column("missing_since", .time, "First complete discovery that lacked it.", nullable: true) {
            Cell($0.interface.missingSince)
        },
    ]
}
