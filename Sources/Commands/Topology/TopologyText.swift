/// What people are told of the wiring besides tables.
enum TopologyText {
    /// The sums of a graph, in a few lines.
    static func sums(_ statistics: JSONValue) -> String {
        func count(_ name: String, _ noun: String) -> String {
            Units.count(statistics[name]?.integer ?? 0, noun)
        }
        func number(_ name: String) -> String { Units.count(statistics[name]?.integer ?? 0) }
        let share = Units.percent((statistics["connected_percent"]?.double ?? 0).rounded())
        var lines = [
            "\(count("total_devices", "device")), \(number("connected_devices")) connected (\(share)), "
                + "\(number("unconnected_devices")) not",
            "\(count("edges", "cable")), \(number("edges_seen_from_both_sides")) seen from both sides",
            "\(count("total_connections", "connection")), \(number("mapped_connections")) mapped to devices; "
                + count("orphans", "orphan"),
        ]
        if let contradictions = statistics["contradictions"]?.integer, contradictions > 0 {
            lines.append("\(Units.count(contradictions, "contradiction")): wardflux topology contradictions")
        }
        if let at = statistics["at"]?.string {
            lines.append("revision \(statistics["revision"]?.plainText ?? "") of \(Units.time(at))")
        }
        return lines.joined(separator: "\n")
    }

    /// A cable in a few words: `CORE-SW-01 Gi0/1 – ACC-SW-02 Gi0/24`.
    static func cable(_ edge: JSONValue?) -> String {
        guard let edge else { return "" }
        return end(edge, "source") + " – " + end(edge, "target")
    }

    /// A device or a cable that fails, in a few words.
    static func element(_ element: JSONValue?) -> String {
        element?["device_name"]?.string ?? cable(element?["edge"])
    }

    /// One end of a cable, such as `CORE-SW-01 Gi0/1`.
    static func end(_ edge: JSONValue, _ side: String) -> String {
        [edge["\(side)_name"]?.plainText ?? "", edge["\(side)_interface"]?.plainText ?? ""]
            .filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// What fails and what that means, in a sentence.
    static func impact(_ impact: JSONValue) -> String {
        let what = element(impact["element"])
        if impact["viewpoint_fails"]?.bool == true {
            return "If \(what) fails, everything is cut off: it is next to the poller."
        }
        let count = impact["cut_off_count"]?.integer ?? 0
        let place = impact["viewpoint"]?["device_name"]?.string
        let view = place.map { ", seen from \($0)" } ?? ", seen from the largest part that remains"
        let verb = count > 1 ? "are" : "is"
        return "If \(what) fails, \(count == 0 ? "no device" : Units.count(count, "device")) \(verb) cut off\(view)."
    }
}
