public import Inventory

/// What is known of one interface when its purpose is decided.
///
/// Texts are as the agent answered them, decoded to UTF-8; an absent object is an empty string.
public struct ClassificationInput: Sendable, Hashable {
    /// ifName (IF-MIB 1.3.6.1.2.1.31.1.1.1.1).
    public var name: String
    /// ifDescr (IF-MIB 1.3.6.1.2.1.2.2.1.2).
    public var descr: String
    /// ifAlias (IF-MIB 1.3.6.1.2.1.31.1.1.1.18).
    public var alias: String
    /// ifType, the IANA number; `nil` where the agent does not say.
    public var ifType: Int?
    /// Speed in bits per second; `nil` where unknown.
    public var speedBps: Int64?
    /// ifAdminStatus (1 up, 2 down, 3 testing).
    public var adminStatus: Int?
    /// ifOperStatus (1 up, 2 down, 7 lowerLayerDown).
    public var operStatus: Int?
    /// What LLDP or CDP tells of the far end; `nil` where nothing was heard.
    public var neighbour: NeighbourFacts?

    /// An interface as known.
    public init(
        name: String = "", descr: String = "", alias: String = "", ifType: Int? = nil, speedBps: Int64? = nil,
        adminStatus: Int? = nil, operStatus: Int? = nil, neighbour: NeighbourFacts? = nil
    ) {
        self.name = name
        self.descr = descr
        self.alias = alias
        self.ifType = ifType
        self.speedBps = speedBps
        self.adminStatus = adminStatus
        self.operStatus = operStatus
        self.neighbour = neighbour
    }

    /// The decoded facts of an agent together with what its neighbour tells.
    public init(facts: InterfaceFacts, neighbour: NeighbourFacts? = nil) {
        self.init(
            name: facts.ifName ?? "", descr: facts.ifDescr ?? "", alias: facts.ifAlias ?? "", ifType: facts.ifType,
            speedBps: facts.ifSpeed, adminStatus: facts.adminStatus, operStatus: facts.operStatus,
            neighbour: neighbour)
    }
}
