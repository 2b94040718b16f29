public import Inventory

/// The columns of `standalone_devices`, as JSON, CSV and queries name them.
public enum DeviceColumns {
    /// The table of devices; sorted by name where a query does not say.
    public static let schema = ListSchema<Device>(
        "devices", columns: identity + system + state, defaultSort: [SortTerm("name")], id: { RowID($0.id) })

    private static let identity: [Column<Device>] = [
        Column("id", .identifier, "Identity; never changes.") { Cell($0.id) },
        Column("name", .text, "The operator's name for it; unique.", uses: .all) { Cell($0.name) },
        Column("ip", .text, "IPv4 or IPv6 address, or host name.", uses: .all) { Cell($0.address) },
        Column("port", .integer, "UDP port of its SNMP agent.") { Cell($0.port) },
        Column("device_type", .text, "What kind of device it is.", values: DeviceType.allCases.map(\.rawValue)) {
            .text($0.deviceType.rawValue)
        },
        Column("vendor", .text, "Maker.", nullable: true, uses: .all) { Cell($0.vendor) },
        Column("model", .text, "Model.", nullable: true, uses: .all) { Cell($0.model) },
        Column("os_version", .text, "Version of its operating system.", nullable: true, uses: .all) {
            Cell($0.osVersion)
        },
        Column("location", .text, "Where it stands.", nullable: true, uses: .all) { Cell($0.location) },
    ]

    private static let system: [Column<Device>] = [
        Column("sys_name", .text, "sysName (SNMPv2-MIB).", nullable: true, uses: .all) { Cell($0.sysName) },
        Column("sys_descr", .text, "sysDescr (SNMPv2-MIB).", nullable: true, uses: .all) { Cell($0.sysDescr) },
        Column("sys_object_id", .text, "sysObjectID, dotted.", nullable: true) { Cell($0.sysObjectID) },
        Column(
            "credential_profile", .text, "Name of the credential profile it is asked with; null means `default`.",
            nullable: true
        ) { Cell($0.credentialProfile) },
    ]

    private static let state: [Column<Device>] = [
        Column("enabled", .boolean, "The operator's switch; jobs leave a device that is off alone.") {
            .boolean($0.enabled)
        },
        Column("status", .text, "Whether it answers.", values: DeviceStatus.allCases.map(\.rawValue)) {
            .text($0.status.rawValue)
        },
        Column("last_seen_at", .time, "When it last answered.", nullable: true) { Cell($0.lastSeenAt) },
        Column("uptime", .integer, "Seconds since it started, at last_seen_at.", nullable: true) {
            Cell($0.uptimeSeconds)
        },
        Column("tags", .list, "The operator's tags.", uses: [.filter, .search]) { .list($0.tags) },
        Column("last_error", .text, "Why the last discovery failed; null after a good one.", nullable: true) {
            Cell($0.lastError)
        },
        Column(
            "last_complete_discovery_at", .time, "When its interfaces were last read completely.", nullable: true
        ) { Cell($0.lastCompleteDiscoveryAt) },
        Column("created_at", .time, "When the row was made.") { .time($0.createdAt) },
        Column("updated_at", .time, "When anything but the seen-timestamps last changed.") { .time($0.updatedAt) },
    ]
}
