import SNMP

/// Names of deviations from the standards that were tolerated, as `--json` lists them.
enum ToleratedNames {
    /// What an engine that asked one agent tolerated in its answers, in a fixed order.
    ///
    /// A second answer to a request that was sent twice is none.
    static func names(_ deviations: ToleratedDeviations, _ statistics: EngineStatistics) -> [String] {
        let transport: [(UInt64, String)] = [
            (statistics.retransmissions == 0 ? statistics.duplicate : 0, "duplicateResponse"),
            (statistics.unmatched, "unmatchedResponse"), (statistics.undecodable, "undecodableDatagram"),
            (statistics.wrongType, "wrongMessageType"), (statistics.wrongCommunity, "wrongCommunity"),
            (statistics.wrongSource, "wrongSource"), (statistics.otherPort, "otherSourceAddress"),
        ]
        return deviations.names + transport.filter { $0.0 > 0 }.map(\.1)
    }
}
