import SNMPLab

/// Compares what was discovered with what was simulated.
enum DemoCheck {
    /// A line for each total that is not as it must be; none where all are.
    static func differences(_ summary: JSONValue, _ truth: GroundTruth) -> [String] {
        let totals: [(what: String, member: String, expected: Int)] = [
            ("interfaces", "total_interfaces", truth.interfaces),
            ("isp", "isp_interfaces", truth.interfacesByPurpose[.isp] ?? 0),
            ("trunk", "trunk_interfaces", truth.interfacesByPurpose[.trunk] ?? 0),
            ("critical", "critical_interfaces", truth.critical),
            ("monitored", "monitoring_enabled", truth.monitored),
        ]
        return totals.compactMap { what, member, expected in
            guard let found = summary[member]?.integer else { return "\(what): not told; \(expected) were simulated" }
            guard found != Int64(expected) else { return nil }
            return "\(what): \(Units.count(found)) found, \(Units.count(Int64(expected))) simulated"
        }
    }
}
