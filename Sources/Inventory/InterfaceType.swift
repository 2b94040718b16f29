/// What an interface is for.
public enum InterfaceType: String, CaseIterable, Codable, Sendable, Hashable {
    /// Uplink to a provider of Internet or WAN; always critical.
    case isp
    /// Port-channel, LAG or link between network devices.
    case trunk
    /// Port of an end user or end device.
    case access
    /// Link of a server, hypervisor or storage.
    case serverLink = "server_link"
    /// Link to a branch or a remote site.
    case branchLink = "branch_link"
    /// Out-of-band or management port, controller of a server or power supply.
    case management
    /// Loopback, dummy or discard interface.
    case loopback
    /// Phone, PBX, voice gateway or voice VLAN.
    case voice
    /// Camera, recorder or camera VLAN.
    case camera
}
