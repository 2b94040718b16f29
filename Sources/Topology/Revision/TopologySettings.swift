/// How topology is made: what the keys `topology.*` of the configuration say.
public struct TopologySettings: Sendable, Hashable {
    /// Domains that names end in without meaning anything, such as `example.net`; without leading dots, lower case.
    ///
    /// Where it is empty, a name without all its domain labels still matches, only as weaker evidence.
    public var stripDomains: [String]
    /// Whether links are inferred from forwarding tables of bridges where devices speak no neighbour protocol.
    public var infersFromForwarding: Bool
    /// Name of the device next to the poller, from where impact is seen; nil where it is not known.
    public var pollerDevice: String?

    /// The defaults: no domains, no inference, the poller's place unknown.
    public init(stripDomains: [String] = [], infersFromForwarding: Bool = false, pollerDevice: String? = nil) {
        self.stripDomains = stripDomains
        self.infersFromForwarding = infersFromForwarding
        self.pollerDevice = pollerDevice
    }
}
