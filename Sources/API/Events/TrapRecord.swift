public import Inventory
import Listing

/// A trap or inform as the API shows it.
public struct TrapRecord: Sendable, Hashable {
    /// When it was received.
    public var receivedAt: Timestamp
    /// What happened: linkDown, linkUp, coldStart, warmStart, authenticationFailure, or an object identifier.
    public var kind: String
    /// snmpTrapOID, dotted.
    public var trapOID: String
    /// The device it is of; nil where none is known.
    public var deviceID: DeviceID?
    /// Name of the device.
    public var deviceName: String?
    /// The interface it is about; nil where none is known.
    public var interfaceID: InterfaceID?
    /// Name of the interface, as the inventory or else the message has it.
    public var interfaceName: String?
    /// ifIndex of the message.
    public var ifIndex: Int64?
    /// ifAdminStatus of the message.
    public var adminStatus: Int64?
    /// ifOperStatus of the message.
    public var operStatus: Int64?
    /// Address it came from.
    public var source: String
    /// The agent's own word for its address.
    public var agentAddress: String?
    /// Version of SNMP: 1, 2c or 3.
    public var version: String
    /// The user of version 3.
    public var user: String?
    /// Security level of version 3.
    public var level: String?
    /// Whether it was an inform.
    public var isInform: Bool
    /// Whether community or user is one of the configured ones.
    public var isTrusted: Bool
    /// Seconds the agent was up at the event.
    public var uptimeSeconds: Double?
    /// The variable bindings, `name = value` each.
    public var varBinds: [String]

    /// A record of what was received.
    public init(
        receivedAt: Timestamp, kind: String, trapOID: String, source: String, version: String, isInform: Bool,
        isTrusted: Bool, varBinds: [String]
    ) {
        self.receivedAt = receivedAt
        self.kind = kind
        self.trapOID = trapOID
        self.source = source
        self.version = version
        self.isInform = isInform
        self.isTrusted = isTrusted
        self.varBinds = varBinds
    }
}

/// A record with its place in the order of arrival, from 1.
struct NumberedTrap: Sendable {
    let number: Int64
    let record: TrapRecord

    /// The table of traps; the latest first where a query does not say.
    static let schema = ListSchema<NumberedTrap>(
        "traps", columns: what + whom + how, defaultSort: [SortTerm("number", descending: true)],
        id: { RowID(high: 0, low: UInt64($0.number)) })

    private static let what: [Column<NumberedTrap>] = [
        Column("number", .integer, "Place in the order of arrival, from 1 since the server started.") {
            .integer($0.number)
        },
        Column("received_at", .time, "When it was received.") { .time($0.record.receivedAt) },
        Column(
            "kind", .text,
            "linkDown, linkUp, coldStart, warmStart, authenticationFailure, or the object identifier of another one.",
            uses: .all
        ) { .text($0.record.kind) },
        Column("trap_oid", .text, "snmpTrapOID, dotted; of version 1 as RFC 3584 translates it.", uses: .all) {
            .text($0.record.trapOID)
        },
    ]

    private static let whom: [Column<NumberedTrap>] = [
        Column("device_id", .identifier, "The device it is of; null: its address is no device's.", nullable: true) {
            Cell($0.record.deviceID)
        },
        Column("device_name", .text, "Name of the device.", nullable: true, uses: .all) {
            Cell($0.record.deviceName)
        },
        Column("interface_id", .identifier, "The interface of a linkDown or linkUp; null: not known.", nullable: true) {
            Cell($0.record.interfaceID)
        },
        Column("if_name", .text, "Name of the interface.", nullable: true, uses: .all) {
            Cell($0.record.interfaceName)
        },
        Column("if_index", .integer, "ifIndex of a linkDown or linkUp.", nullable: true) { Cell($0.record.ifIndex) },
        Column("if_admin_status", .integer, "ifAdminStatus, where the message has it.", nullable: true) {
            Cell($0.record.adminStatus)
        },
        Column("if_oper_status", .integer, "ifOperStatus, where the message has it.", nullable: true) {
            Cell($0.record.operStatus)
        },
    ]

    private static let how: [Column<NumberedTrap>] = [
        Column("source", .text, "Address it came from.", uses: .all) { .text($0.record.source) },
        Column("agent_address", .text, "The agent's own word for its address.", nullable: true, uses: .all) {
            Cell($0.record.agentAddress)
        },
        Column("version", .text, "Version of SNMP.", values: SNMPVersionName.allCases.map(\.rawValue)) {
            .text($0.record.version)
        },
        Column("user", .text, "User of version 3.", nullable: true, uses: .all) { Cell($0.record.user) },
        Column("level", .text, "Security level of version 3.", nullable: true) { Cell($0.record.level) },
        Column("inform", .boolean, "Whether it was an inform, which was acknowledged.") {
            .boolean($0.record.isInform)
        },
        Column("trusted", .boolean, "Whether its community or user is that of a credential profile.") {
            .boolean($0.record.isTrusted)
        },
        Column("uptime_seconds", .real, "Seconds the agent was up at the event.", nullable: true) {
            $0.record.uptimeSeconds.map(Cell.real) ?? .null
        },
        Column("varbinds", .list, "The variable bindings, `name = value` each.", uses: .search) {
            .list($0.record.varBinds)
        },
    ]
}
