import Pipelines
import Topology

extension ServerConfiguration {
    /// Reads the settings of topology.
    mutating func readTopology(_ fields: inout SettingReader) {
        fields.text("topology.poller_device") { pipelines.topology.pollerDevice = $0 }
        fields.value("topology.domains", "names of domains such as example.net, with commas between them") {
            Self.domains(of: $0)
        } set: {
            pipelines.topology.stripDomains = $0
        }
        fields.boolean("topology.infer_from_forwarding") { pipelines.topology.infersFromForwarding = $0 }
    }

    /// Reads `example.net, .branch.example.net`: lower case, without points around them, each once; nil for what cannot
    /// be a domain.
    static func domains(of text: String) -> [String]? {
        var found: [String] = []
        for part in text.split(whereSeparator: { $0 == "," || $0.isWhitespace }) {
            let labels = part.lowercased().split(separator: ".")
            let isDomain =
                !labels.isEmpty
                && labels.allSatisfy { label in
                    label.utf8.count <= 63 && label.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
                }
            guard isDomain else { return nil }
            let domain = labels.joined(separator: ".")
            if !found.contains(domain) { found.append(domain) }
        }
        return found
    }
}

extension ConfigurationKey {
    /// The settings of topology.
    static let topology = [
        ConfigurationKey(
            "topology.poller_device", "name, address or id of a device", "the default gateway's",
            "The device next to WARD FLUX, from where it is told what a failure cuts off."),
        ConfigurationKey(
            "topology.domains", "domains, with commas", "none",
            "Domains that do not tell devices apart: `sw1.example.net` is `sw1` for certain where `example.net` is named."
        ),
        ConfigurationKey(
            "topology.infer_from_forwarding", "true, false", "`false`",
            "Whether links of devices that speak neither LLDP nor CDP are inferred from bridges' forwarding tables."),
    ]
}
