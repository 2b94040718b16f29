import SNMP

extension Target {
    /// Takes over what is known of the agents of a product, by the product's sysObjectID.
    mutating func apply(quirksOf sysObjectID: String?) {
        guard let name = sysObjectID.flatMap({ ObjectIdentifier($0) }) else { return }
        quirks = AgentQuirks.known(forSysObjectID: name)
    }
}
