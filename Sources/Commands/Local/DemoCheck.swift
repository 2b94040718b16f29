import Inventory
import SNMPLab

/// Compares what was discovered and measured with what was simulated.
enum DemoCheck {
    /// Seconds by which an answer may be older than the moment it arrived.
    static let answerSecondsMax = 0.5

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

    /// Whether an answer of `/interfaces/{id}/summary` has rates of two polls.
    static func hasRates(_ traffic: JSONValue) -> Bool {
        guard let current = traffic["current"] else { return false }
        return current["in_bps"]?.double != nil && current["out_bps"]?.double != nil
    }

    /// A line for each direction whose rate is not what the interface truly carried; none where both are.
    ///
    /// The counters were read at some moment before each answer arrived: what the rate says must lie between what was
    /// carried in the shortest and in the longest time that this leaves.
    static func differences(
        _ traffic: JSONValue, of place: DemoHistory.Place, in network: SimulatedNetwork
    ) -> [String] {
        let device = network.devices[place.device]
        let name = "\(device.name) \(device.interfaces[place.position].name)"
        guard let current = traffic["current"], let since = time(current["since"]), let at = time(current["at"]) else {
            return ["\(name): no rates yet"]
        }
        let slack = Int64(answerSecondsMax * 1000)
        func carried(_ from: Int64, _ to: Int64) -> InterfaceCounters {
            network.traffic(interface: place.position, ofDevice: place.device, from: from, to: to)
        }
        let (least, most) = (carried(since, max(since, at - slack)), carried(since - slack, at))
        let directions = [
            ("in", current["in_bps"]?.double, least.inbound.octets, most.inbound.octets),
            ("out", current["out_bps"]?.double, least.outbound.octets, most.outbound.octets),
        ]
        return directions.compactMap { direction, rate, least, most in
            guard let rate else { return "\(name) \(direction): no rate" }
            let octets = rate * Double(at - since) / 8000
            // A counter is a whole number: one octet less or more at each end.
            guard octets < Double(least) - 2 || octets > Double(most) + 2 else { return nil }
            return "\(name) \(direction): \(Int64(octets)) octets in \(Double(at - since) / 1000) s, "
                + "\(least) to \(most) were carried"
        }
    }

    private static func time(_ value: JSONValue?) -> Int64? {
        value?.string.flatMap { Timestamp($0) }?.milliseconds
    }
}
