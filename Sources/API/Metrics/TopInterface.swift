import Inventory
import Listing
import Traffic

/// What interfaces are put in order by.
enum TopOrder: String, Sendable, Hashable, CaseIterable {
    /// What comes in and goes out, added.
    case traffic
    /// The busier direction's share of the speed.
    case utilization
    /// The share of packets in error.
    case errors
    /// Discards a second, both directions added; known for now only.
    case discards

    /// The order of the last 24 hours; nil where summaries do not have it.
    var ofDay: MetricsOrder? { MetricsOrder(rawValue: rawValue) }
}

/// One line of `/interfaces/top`: an interface with what goes on there.
struct TopInterface: Sendable {
    var row: InterfaceRow
    var inBitsPerSecond: Double?
    var outBitsPerSecond: Double?
    var inBitsPerSecondMax: Double?
    var outBitsPerSecondMax: Double?
    var utilizationPercent: Double?
    var errorPercent: Double?
    var discardsPerSecond: Double?
    var ifSpeed: Int64?
    var operStatus: Int?
    /// When it was read, or summed up.
    var at: Timestamp

    /// What goes on now.
    init(_ row: InterfaceRow, _ rates: InterfaceRates) {
        self.row = row
        inBitsPerSecond = rates.inBitsPerSecond
        outBitsPerSecond = rates.outBitsPerSecond
        utilizationPercent = rates.utilizationPercent
        errorPercent = rates.errorPercent
        discardsPerSecond = rates.discardsPerSecond
        ifSpeed = rates.reading.ifSpeed ?? row.interface.facts.ifSpeed
        operStatus = rates.reading.operStatus == 0 ? nil : Int(rates.reading.operStatus)
        at = rates.reading.at
    }

    /// What went on in the last 24 hours.
    init(_ row: InterfaceRow, _ summary: MetricsSummary) {
        self.row = row
        inBitsPerSecond = summary.avgInMbps * 1e6
        outBitsPerSecond = summary.avgOutMbps * 1e6
        inBitsPerSecondMax = summary.maxInMbps * 1e6
        outBitsPerSecondMax = summary.maxOutMbps * 1e6
        utilizationPercent = summary.utilizationPercent
        errorPercent = summary.avgErrorRate
        ifSpeed = row.interface.facts.ifSpeed
        operStatus = row.interface.facts.operStatus
        at = summary.updatedAt
    }

    private static func real(_ value: Double?) -> Cell { value.map(Cell.real) ?? .null }

    /// The columns.
    static let schema = ListSchema<TopInterface>(
        "top",
        columns: [
            Column("interface_id", .identifier, "The interface.") { Cell($0.row.interface.id) },
            Column("device_id", .identifier, "Its device.") { Cell($0.row.interface.deviceID) },
            Column("device_name", .text, "Name of its device.") { Cell($0.row.deviceName) },
            Column("if_name", .text, "ifName, else ifDescr, else its ifIndex.") { Cell($0.row.interface.displayName) },
            Column("if_alias", .text, "ifAlias: the operator's text on the device.", nullable: true) {
                Cell($0.row.interface.facts.ifAlias)
            },
            Column("interface_type", .text, "What it is for.", values: InterfaceType.allCases.map(\.rawValue)) {
                .text($0.row.interface.interfaceType.rawValue)
            },
            Column("isp_provider", .text, "Provider at the far end.", nullable: true) {
                Cell($0.row.interface.ispProvider)
            },
            Column("is_critical", .boolean, "Whether it is watched most closely.") {
                .boolean($0.row.interface.isCritical)
            },
            Column("if_speed", .integer, "Speed, bit/s.", nullable: true) { Cell($0.ifSpeed) },
            Column("if_oper_status_name", .text, "Name of ifOperStatus.", nullable: true) {
                Cell($0.operStatus.map(InterfaceStatus.name))
            },
            Column("in_bps", .real, "What comes in, bit/s: now, or the mean of 24 hours.", nullable: true) {
                real($0.inBitsPerSecond)
            },
            Column("out_bps", .real, "What goes out, bit/s.", nullable: true) { real($0.outBitsPerSecond) },
            Column("in_bps_max", .real, "The highest of 24 hours; null for now.", nullable: true) {
                real($0.inBitsPerSecondMax)
            },
            Column("out_bps_max", .real, "The highest of 24 hours; null for now.", nullable: true) {
                real($0.outBitsPerSecondMax)
            },
            Column("utilization_percent", .real, "The busier direction of if_speed.", nullable: true) {
                real($0.utilizationPercent)
            },
            Column(
                "error_percent", .real, "Errors / (errors + unicast packets), the worse direction.", nullable: true
            ) { real($0.errorPercent) },
            Column("discards_per_second", .real, "Both directions; null for 24 hours.", nullable: true) {
                real($0.discardsPerSecond)
            },
            Column("at", .time, "When it was read, or summed up.") { .time($0.at) },
        ], id: { RowID($0.row.interface.id) })
}

extension InterfaceRates {
    /// Discards of both directions a second; nil where neither is known.
    var discardsPerSecond: Double? {
        let rates = [step?.rate(.inDiscards), step?.rate(.outDiscards)].compactMap(\.self)
        return rates.isEmpty ? nil : rates.reduce(0, +)
    }

    /// The value by which an order puts it; nil where it has no place there.
    func value(by order: TopOrder) -> Double? {
        switch order {
        case .traffic:
            inBitsPerSecond == nil && outBitsPerSecond == nil ? nil : (inBitsPerSecond ?? 0) + (outBitsPerSecond ?? 0)
        case .utilization: utilizationPercent
        case .errors: errorPercent
        case .discards: discardsPerSecond
        }
    }
}
