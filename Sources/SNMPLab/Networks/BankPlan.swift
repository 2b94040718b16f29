/// The reference bank in numbers.
///
/// The builder lays the network out from these; a test holds the totals to the published ones (876 devices, 3,247
/// interfaces, 187 isp, 456 trunk, 201 critical, 3,120 monitored, 2,145 neighbour entries, 1,987 of them to devices of
/// the network, 831 devices connected).
enum BankPlan {
    static let interfaces = 3_247
    static let cores = 4
    static let edges = 8
    static let hubs = 24
    static let spines = 4
    static let leaves = 20
    static let firewalls = 16
    static let adminSwitches = 5
    static let servers = 60
    /// Branches with a line to a hub; some have a second switch, some a second line.
    static let branches = 605
    static let branchSwitches = 85
    static let secondLines = 34
    /// Branches that reach the bank over the Internet only: no cable to any device of the network.
    static let remoteBranches = 45

    /// Servers whose LLDP daemon talks while their agent has no tables: two one-sided links each.
    static let silentServers = 30
    /// Branch routers of the same kind: one one-sided link each.
    static let silentBranches = 7

    /// Providers' uplinks at the edge, at hubs and at firewalls; remote branches have one each, branches the rest.
    static let uplinksPerEdge = 4
    static let hubUplinks = 12
    static let firewallUplinks = 6

    /// Ports switched off that never were up: with the loopbacks, the 127 that are not monitored.
    static let sparePorts = 31
    static let criticalTrunks = 14

    /// Neighbours that are not of the network: 158.
    static let providerRouters = 24
    static let phones = 70
    static let computers = 6
    static let accessPoints = 30
    static let cameras = 20
    static let hypervisors = 8

    /// Branch LAN ports by what hangs on them; the rest are access ports.
    static let voicePorts = 118
    static let cameraPorts = 96
    static let managementVLANs = 20
    static let hypervisorPorts = 22
}
