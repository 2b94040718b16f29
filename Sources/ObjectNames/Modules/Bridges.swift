extension ObjectModules {
    /// BRIDGE-MIB (RFC 4188), RSTP-MIB's scalars (RFC 4318) and Q-BRIDGE-MIB (RFC 4363).
    static let bridges = """
        module BRIDGE-MIB
        enum Dot1dBaseType 1 unknown transparent-only sourceroute-only srt
        enum Dot1dStpProtocol 1 unknown decLb100 ieee8021d
        enum Dot1dStpPortState 1 disabled blocking listening learning forwarding broken
        enum EnabledStatus 1 enabled disabled
        enum Dot1dTpFdbStatus 1 other invalid learned self mgmt
        enum Dot1dStaticStatus 1 other invalid permanent deleteOnReset deleteOnTimeout
        dot1dBridge mib-2.17
        dot1dNotifications dot1dBridge.0
         newRoot notification
         topologyChange notification
        dot1dBase dot1dBridge.1
         dot1dBaseBridgeAddress mac
         dot1dBaseNumPorts int
         dot1dBaseType Dot1dBaseType
        dot1dBasePortTable dot1dBase.4 table dot1dBasePortEntry
         dot1dBasePort int
         dot1dBasePortIfIndex int
         dot1dBasePortCircuit oid
         dot1dBasePortDelayExceededDiscards counter
         dot1dBasePortMtuExceededDiscards counter
        dot1dStp dot1dBridge.2
         dot1dStpProtocolSpecification Dot1dStpProtocol
         dot1dStpPriority int
         dot1dStpTimeSinceTopologyChange ticks
         dot1dStpTopChanges counter
         dot1dStpDesignatedRoot octets
         dot1dStpRootCost int
         dot1dStpRootPort int
         dot1dStpMaxAge int
         dot1dStpHelloTime int
         dot1dStpHoldTime int
         dot1dStpForwardDelay int
         dot1dStpBridgeMaxAge int
         dot1dStpBridgeHelloTime int
         dot1dStpBridgeForwardDelay int
        dot1dStpPortTable dot1dStp.15 table dot1dStpPortEntry
         dot1dStpPort int
         dot1dStpPortPriority int
         dot1dStpPortState Dot1dStpPortState
         dot1dStpPortEnable EnabledStatus
         dot1dStpPortPathCost int
         dot1dStpPortDesignatedRoot octets
         dot1dStpPortDesignatedCost int
         dot1dStpPortDesignatedBridge octets
         dot1dStpPortDesignatedPort octets
         dot1dStpPortForwardTransitions counter
         dot1dStpPortPathCost32 int
        dot1dTp dot1dBridge.4
         dot1dTpLearnedEntryDiscards counter
         dot1dTpAgingTime int
        dot1dTpFdbTable dot1dTp.3 table dot1dTpFdbEntry
         dot1dTpFdbAddress mac
         dot1dTpFdbPort int
         dot1dTpFdbStatus Dot1dTpFdbStatus
        dot1dTpPortTable dot1dTp.4 table dot1dTpPortEntry
         dot1dTpPort int
         dot1dTpPortMaxInfo int
         dot1dTpPortInFrames counter
         dot1dTpPortOutFrames counter
         dot1dTpPortInDiscards counter
        dot1dStatic dot1dBridge.5
        dot1dStaticTable dot1dStatic.1 table dot1dStaticEntry
         dot1dStaticAddress mac
         dot1dStaticReceivePort int
         dot1dStaticAllowedToGoTo octets
         dot1dStaticStatus Dot1dStaticStatus
        module RSTP-MIB
        enum Dot1dStpVersion 0 stpCompatible rstp=2
        dot1dStpVersion dot1dStp.16 Dot1dStpVersion
        dot1dStpTxHoldCount dot1dStp.17 int
        module P-BRIDGE-MIB
        pBridgeMIB dot1dBridge.6
        module Q-BRIDGE-MIB
        enum Dot1qVlanVersion 1 version1 version2
        enum Dot1qVlanStatus 1 other permanent dynamicGvrp
        enum Dot1qFrameTypes 1 admitAll admitOnlyVlanTagged
        qBridgeMIB dot1dBridge.7
        qBridgeMIBObjects qBridgeMIB.1
        dot1qBase qBridgeMIBObjects.1
         dot1qVlanVersionNumber Dot1qVlanVersion
         dot1qMaxVlanId int
         dot1qMaxSupportedVlans gauge
         dot1qNumVlans gauge
         dot1qGvrpStatus EnabledStatus
        dot1qTp qBridgeMIBObjects.2
        dot1qFdbTable dot1qTp.1 table dot1qFdbEntry
         dot1qFdbId gauge
         dot1qFdbDynamicCount counter
        dot1qTpFdbTable dot1qTp.2 table dot1qTpFdbEntry
         dot1qTpFdbAddress mac
         dot1qTpFdbPort int
         dot1qTpFdbStatus Dot1dTpFdbStatus
        dot1qTpGroupTable dot1qTp.3 table dot1qTpGroupEntry
         dot1qTpGroupAddress mac
         dot1qTpGroupEgressPorts octets
         dot1qTpGroupLearnt octets
        dot1qStatic qBridgeMIBObjects.3
        dot1qVlan qBridgeMIBObjects.4
         dot1qVlanNumDeletes counter
        dot1qVlanCurrentTable dot1qVlan.2 table dot1qVlanCurrentEntry
         dot1qVlanTimeMark ticks
         dot1qVlanIndex gauge
         dot1qVlanFdbId gauge
         dot1qVlanCurrentEgressPorts octets
         dot1qVlanCurrentUntaggedPorts octets
         dot1qVlanStatus Dot1qVlanStatus
         dot1qVlanCreationTime ticks
        dot1qVlanStaticTable dot1qVlan.3 table dot1qVlanStaticEntry
         dot1qVlanStaticName text
         dot1qVlanStaticEgressPorts octets
         dot1qVlanForbiddenEgressPorts octets
         dot1qVlanStaticUntaggedPorts octets
         dot1qVlanStaticRowStatus RowStatus
        dot1qNextFreeLocalVlanIndex dot1qVlan.4 int
        dot1qPortVlanTable dot1qVlan.5 table dot1qPortVlanEntry
         dot1qPvid gauge
         dot1qPortAcceptableFrameTypes Dot1qFrameTypes
         dot1qPortIngressFiltering TruthValue
         dot1qPortGvrpStatus EnabledStatus
         dot1qPortGvrpFailedRegistrations counter
         dot1qPortGvrpLastPduOrigin mac
         dot1qPortRestrictedVlanRegistration TruthValue
        """
}
