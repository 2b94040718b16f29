extension AgentQuirks {
    /// Quirks of a family of agents, by the beginning of their sysObjectID, and who reported them.
    private struct Known: Sendable {
        let prefix: ObjectIdentifier
        let quirks: AgentQuirks
        let source: String
    }

    /// Only what somebody met on real devices and wrote down.
    ///
    /// Longer prefixes stand before shorter ones.
    private static let table: [Known] = [
        Known(
            prefix: "1.3.6.1.4.1.41112.1.4", quirks: .noGetBulk,
            source: "Ubiquiti airOS; LibreNMS resources/definitions/os_detection/airos.yaml, snmp_bulk: false"),
        Known(
            prefix: "1.3.6.1.4.1.10002.1", quirks: .noGetBulk,
            source: "Ubiquiti airOS, older; LibreNMS resources/definitions/os_detection/airos.yaml, snmp_bulk: false"),
        Known(
            prefix: "1.3.6.1.4.1.3808.1.1.3", quirks: .noGetBulk,
            source: "CyberPower PDU, PDU15SW8FNET; prometheus/snmp_exporter issue 469"),
        Known(
            prefix: "1.3.6.1.4.1.6302", quirks: .noGetBulk,
            source: "Emerson Energy Systems ENP_SCUP; prometheus/snmp_exporter pull request 31"),
    ]

    /// The quirks known of the agents with a sysObjectID (SNMPv2-MIB, `1.3.6.1.2.1.1.2.0`); empty for nearly all.
    public static func known(forSysObjectID sysObjectID: ObjectIdentifier) -> AgentQuirks {
        table.first { sysObjectID.hasPrefix($0.prefix) }?.quirks ?? []
    }

    /// Who reported the quirks known of the agents with a sysObjectID; nil where none are known.
    public static func source(forSysObjectID sysObjectID: ObjectIdentifier) -> String? {
        table.first { sysObjectID.hasPrefix($0.prefix) }?.source
    }
}
