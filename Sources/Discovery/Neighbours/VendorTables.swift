import Inventory

/// A table of neighbours that is not LLDP-MIB's nor CISCO-CDP-MIB's.
struct VendorTable: Sendable {
    /// The protocol its rows are told by, for what is said of failures.
    let heardBy: NeighbourProtocol
    /// What is asked for.
    let columns: [NeighbourColumn]
    /// Whether a device of this sysObjectID (dotted; nil where it is unknown) may have it.
    let isWorthAsking: @Sendable (String?) -> Bool
    /// Decodes it.
    let decode: @Sendable (NeighbourAnswer, LocalPorts) -> NeighbourTableReading
}

/// The tables that are read where a device has neither LLDP-MIB nor CISCO-CDP-MIB neighbours, in this order.
enum VendorTables {
    static let all = [
        VendorTable(
            heardBy: .lldp, columns: LLDPV2Tables.columns, isWorthAsking: LLDPV2Tables.isWorthAsking,
            decode: LLDPV2Tables.decode),
        VendorTable(
            heardBy: .lldp, columns: TiMetraLLDP.columns, isWorthAsking: TiMetraLLDP.isWorthAsking,
            decode: TiMetraLLDP.decode),
        VendorTable(
            heardBy: .lldp, columns: JetStreamLLDP.columns, isWorthAsking: JetStreamLLDP.isWorthAsking,
            decode: JetStreamLLDP.decode),
        VendorTable(
            heardBy: .lldp, columns: BDCOMLLDP.columns, isWorthAsking: BDCOMLLDP.isWorthAsking,
            decode: BDCOMLLDP.decode),
        VendorTable(
            heardBy: .mndp, columns: MikroTikNeighbours.columns, isWorthAsking: MikroTikNeighbours.isWorthAsking,
            decode: MikroTikNeighbours.decode),
        VendorTable(
            heardBy: .fdp, columns: FoundryFDP.columns, isWorthAsking: FoundryFDP.isWorthAsking,
            decode: FoundryFDP.decode),
    ]

    /// What the second round asks, after what the first one brought.
    ///
    /// Nothing where LLDP or CDP told neighbours (`isHeard`), but in two cases: RouterOS before 7.7 has LLDP neighbours
    /// without a local port, and some of TP-Link's switches have them under indexes that are not the MIB's; there the
    /// maker's own table is asked too.
    static func secondRound(after answer: NeighbourAnswer, isHeard: Bool) -> [NeighbourColumn] {
        let object = answer[LocalSystemColumns.sysObjectID].rows.first?.value.text
        guard isHeard else { return all.filter { $0.isWorthAsking(object) }.flatMap(\.columns) }
        if LLDPTable.hasOnlyLongIndexes(answer), JetStreamLLDP.isWorthAsking(sysObjectID: object) {
            return JetStreamLLDP.columns
        }
        let lacksPorts = LLDPTable.systemColumns.contains { column in
            answer[column].rows.contains { LLDPIndexShape.isWithoutPort($0.index) }
        }
        return lacksPorts && MikroTikNeighbours.isWorthAsking(sysObjectID: object) ? MikroTikNeighbours.columns : []
    }
}
