extension ObjectModules {
    /// LLDP-MIB (IEEE 802.1AB-2005).
    static let lldp = """
        module LLDP-MIB
        enum LldpAdminStatus 1 txOnly rxOnly txAndRx disabled
        enum LldpChassisIdSubtype 1 chassisComponent interfaceAlias portComponent macAddress networkAddress
         interfaceName local
        enum LldpPortIdSubtype 1 interfaceAlias portComponent macAddress networkAddress interfaceName agentCircuitId
         local
        enum LldpManAddrIfSubtype 1 unknown ifIndex systemPortNumber
        bits LldpSystemCapabilities 0 other repeater bridge wlanAccessPoint router telephone docsisCableDevice
         stationOnly
        bits LldpTlvs 0 portDesc sysName sysDesc sysCap
        std 1.0
        iso8802 std.8802
        ieee802dot1 iso8802.1
        ieee802dot1mibs ieee802dot1.1
        lldpMIB ieee802dot1mibs.2
        lldpNotifications lldpMIB.0
        lldpNotificationPrefix lldpNotifications.0
        lldpRemTablesChange lldpNotificationPrefix.1 notification
        lldpObjects lldpMIB.1
        lldpConfiguration lldpObjects.1
         lldpMessageTxInterval int
         lldpMessageTxHoldMultiplier int
         lldpReinitDelay int
         lldpTxDelay int
         lldpNotificationInterval int
        lldpPortConfigTable lldpConfiguration.6 table lldpPortConfigEntry
         lldpPortConfigPortNum int
         lldpPortConfigAdminStatus LldpAdminStatus
         lldpPortConfigNotificationEnable TruthValue
         lldpPortConfigTLVsTxEnable LldpTlvs
        lldpConfigManAddrTable lldpConfiguration.7 table lldpConfigManAddrEntry
         lldpConfigManAddrPortsTxEnable octets
        lldpStatistics lldpObjects.2
         lldpStatsRemTablesLastChangeTime ticks
         lldpStatsRemTablesInserts gauge
         lldpStatsRemTablesDeletes gauge
         lldpStatsRemTablesDrops gauge
         lldpStatsRemTablesAgeouts gauge
        lldpStatsTxPortTable lldpStatistics.6 table lldpStatsTxPortEntry
         lldpStatsTxPortNum int
         lldpStatsTxPortFramesTotal counter
        lldpStatsRxPortTable lldpStatistics.7 table lldpStatsRxPortEntry
         lldpStatsRxPortNum int
         lldpStatsRxPortFramesDiscardedTotal counter
         lldpStatsRxPortFramesErrors counter
         lldpStatsRxPortFramesTotal counter
         lldpStatsRxPortTLVsDiscardedTotal counter
         lldpStatsRxPortTLVsUnrecognizedTotal counter
         lldpStatsRxPortAgeoutsTotal gauge
        lldpLocalSystemData lldpObjects.3
         lldpLocChassisIdSubtype LldpChassisIdSubtype
         lldpLocChassisId octets
         lldpLocSysName text
         lldpLocSysDesc text
         lldpLocSysCapSupported LldpSystemCapabilities
         lldpLocSysCapEnabled LldpSystemCapabilities
        lldpLocPortTable lldpLocalSystemData.7 table lldpLocPortEntry
         lldpLocPortNum int
         lldpLocPortIdSubtype LldpPortIdSubtype
         lldpLocPortId octets
         lldpLocPortDesc text
        lldpLocManAddrTable lldpLocalSystemData.8 table lldpLocManAddrEntry
         lldpLocManAddrSubtype int
         lldpLocManAddr octets
         lldpLocManAddrLen int
         lldpLocManAddrIfSubtype LldpManAddrIfSubtype
         lldpLocManAddrIfId int
         lldpLocManAddrOID oid
        lldpRemoteSystemsData lldpObjects.4
        lldpRemTable lldpRemoteSystemsData.1 table lldpRemEntry
         lldpRemTimeMark ticks
         lldpRemLocalPortNum int
         lldpRemIndex int
         lldpRemChassisIdSubtype LldpChassisIdSubtype
         lldpRemChassisId octets
         lldpRemPortIdSubtype LldpPortIdSubtype
         lldpRemPortId octets
         lldpRemPortDesc text
         lldpRemSysName text
         lldpRemSysDesc text
         lldpRemSysCapSupported LldpSystemCapabilities
         lldpRemSysCapEnabled LldpSystemCapabilities
        lldpRemManAddrTable lldpRemoteSystemsData.2 table lldpRemManAddrEntry
         lldpRemManAddrSubtype int
         lldpRemManAddr octets
         lldpRemManAddrIfSubtype LldpManAddrIfSubtype
         lldpRemManAddrIfId int
         lldpRemManAddrOID oid
        lldpRemUnknownTLVTable lldpRemoteSystemsData.3 table lldpRemUnknownTLVEntry
         lldpRemUnknownTLVType int
         lldpRemUnknownTLVInfo octets
        lldpRemOrgDefInfoTable lldpRemoteSystemsData.4 table lldpRemOrgDefInfoEntry
         lldpRemOrgDefInfoOUI octets
         lldpRemOrgDefInfoSubtype int
         lldpRemOrgDefInfoIndex int
         lldpRemOrgDefInfo octets
        lldpConformance lldpMIB.2
        lldpExtensions lldpObjects.5
        """

    /// LLDP-V2-MIB (IEEE 802.1AB-2009): what a device says of itself and of its neighbours.
    static let lldpV2 = """
        module LLDP-V2-MIB
        lldpV2MIB 1.3.111.2.802.1.1.13
        lldpV2Objects lldpV2MIB.1
        lldpV2LocalSystemData lldpV2Objects.3
         lldpV2LocChassisIdSubtype LldpChassisIdSubtype
         lldpV2LocChassisId octets
         lldpV2LocSysName text
         lldpV2LocSysDesc text
         lldpV2LocSysCapSupported LldpSystemCapabilities
         lldpV2LocSysCapEnabled LldpSystemCapabilities
        lldpV2LocPortTable lldpV2LocalSystemData.7 table lldpV2LocPortEntry
         lldpV2LocPortIfIndex int
         lldpV2LocPortIdSubtype LldpPortIdSubtype
         lldpV2LocPortId octets
         lldpV2LocPortDesc text
        lldpV2RemoteSystemsData lldpV2Objects.4
        lldpV2RemTable lldpV2RemoteSystemsData.1 table lldpV2RemEntry
         lldpV2RemTimeMark ticks
         lldpV2RemLocalIfIndex int
         lldpV2RemLocalDestMACAddress gauge
         lldpV2RemIndex gauge
         lldpV2RemChassisIdSubtype LldpChassisIdSubtype
         lldpV2RemChassisId octets
         lldpV2RemPortIdSubtype LldpPortIdSubtype
         lldpV2RemPortId octets
         lldpV2RemPortDesc text
         lldpV2RemSysName text
         lldpV2RemSysDesc text
         lldpV2RemSysCapSupported LldpSystemCapabilities
         lldpV2RemSysCapEnabled LldpSystemCapabilities
         lldpV2RemRemoteChanges TruthValue
         lldpV2RemTooManyNeighbors TruthValue
        lldpV2RemManAddrTable lldpV2RemoteSystemsData.2 table lldpV2RemManAddrEntry
         lldpV2RemManAddrSubtype int
         lldpV2RemManAddr octets
         lldpV2RemManAddrIfSubtype LldpManAddrIfSubtype
         lldpV2RemManAddrIfId gauge
         lldpV2RemManAddrOID oid
        """

    /// CISCO-SMI's roots and CISCO-CDP-MIB.
    static let cisco = """
        module CISCO-SMI
        ciscoProducts cisco.1
        ciscoLocal cisco.2
        ciscoMgmt cisco.9
        module CISCO-CDP-MIB
        enum CdpDuplex 1 unknown halfduplex fullduplex
        enum CiscoNetworkProtocol 1 ip decnet pup chaos xns x121 appletalk clns lat vines cons apollo stun novell
         qllc snapshot atmIlmi bstun x25pvc ipv6 cdm nbf bpxIgx clnsPfx http unknown=65535
        ciscoCdpMIB ciscoMgmt.23
        ciscoCdpMIBObjects ciscoCdpMIB.1
        cdpInterface ciscoCdpMIBObjects.1
        cdpInterfaceTable cdpInterface.1 table cdpInterfaceEntry
         cdpInterfaceIfIndex int
         cdpInterfaceEnable TruthValue
         cdpInterfaceMessageInterval int
         cdpInterfaceGroup int
         cdpInterfacePort int
         cdpInterfaceName text
        cdpCache ciscoCdpMIBObjects.2
        cdpCacheTable cdpCache.1 table cdpCacheEntry
         cdpCacheIfIndex int
         cdpCacheDeviceIndex int
         cdpCacheAddressType CiscoNetworkProtocol
         cdpCacheAddress octets
         cdpCacheVersion text
         cdpCacheDeviceId text
         cdpCacheDevicePort text
         cdpCachePlatform text
         cdpCacheCapabilities octets
         cdpCacheVTPMgmtDomain text
         cdpCacheNativeVLAN int
         cdpCacheDuplex CdpDuplex
         cdpCacheApplianceID gauge
         cdpCacheVlanID gauge
         cdpCachePowerConsumption gauge
         cdpCacheMTU gauge
         cdpCacheSysName text
         cdpCacheSysObjectID oid
         cdpCachePrimaryMgmtAddrType CiscoNetworkProtocol
         cdpCachePrimaryMgmtAddr octets
         cdpCacheSecondaryMgmtAddrType CiscoNetworkProtocol
         cdpCacheSecondaryMgmtAddr octets
         cdpCachePhysLocation text
         cdpCacheLastChange ticks
        cdpGlobal ciscoCdpMIBObjects.3
         cdpGlobalRun TruthValue
         cdpGlobalMessageInterval int
         cdpGlobalHoldTime int
         cdpGlobalDeviceId text
         cdpGlobalLastChange ticks
        """
}
