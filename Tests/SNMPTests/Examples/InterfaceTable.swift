import SNMP

struct InterfaceTable {
    /// Made once, used for every device.
    static let request = TableRequest(
        scalars: ["1.3.6.1.2.1.1.3.0", "1.3.6.1.2.1.2.1.0"],  // sysUpTime.0, ifNumber.0
        columns: [
            "1.3.6.1.2.1.31.1.1.1.1",  // ifName
            "1.3.6.1.2.1.2.2.1.8",  // ifOperStatus
            "1.3.6.1.2.1.31.1.1.1.6",  // ifHCInOctets
        ])

    static func main() async throws {
        let engine = try Engine()
        let agent = Target(TransportAddress(127, 0, 0, 1), .v2c(community: Community("public")))
        print(csv(try await engine.table(request, from: agent)), terminator: "")
        engine.shutdown()
    }

    /// A line for each interface; a value the agent did not give is left empty.
    static func csv(_ table: Table) -> String {
        var text = "ifIndex,ifName,ifOperStatus,ifHCInOctets\n"
        let (names, states, octets) = (table.columns[0], table.columns[1], table.columns[2])
        for position in 0..<names.count {
            guard let ifIndex = names.simpleIndex(at: position) else { continue }
            let name = String(decoding: names.octets(at: position) ?? [], as: UTF8.self)
            let state = states[ifIndex]?.int64.map(String.init) ?? ""
            let count = octets[ifIndex]?.uint64.map(String.init) ?? ""
            text += "\(ifIndex),\(name),\(state),\(count)\n"
        }
        for column in table.columns where column.status != .complete {
            text += "# \(column.oid): \(column.status)\n"
        }
        return text
    }
}
