extension ObjectModules {
    /// SNMPv2-MIB (RFC 3418): the system and snmp groups and the standard notifications.
    static let system = """
        module SNMPv2-MIB
        enum SnmpEnableAuthenTraps 1 enabled disabled
        system mib-2.1
         sysDescr text
         sysObjectID oid
         sysUpTime ticks
         sysContact text
         sysName text
         sysLocation text
         sysServices int
         sysORLastChange ticks
        sysORTable system.9 table sysOREntry
         sysORIndex int
         sysORID oid
         sysORDescr text
         sysORUpTime ticks
        snmp mib-2.11
         snmpInPkts counter
         snmpOutPkts counter
         snmpInBadVersions counter
         snmpInBadCommunityNames counter
         snmpInBadCommunityUses counter
         snmpInASNParseErrs counter
         =8 snmpInTooBigs counter
         snmpInNoSuchNames counter
         snmpInBadValues counter
         snmpInReadOnlys counter
         snmpInGenErrs counter
         snmpInTotalReqVars counter
         snmpInTotalSetVars counter
         snmpInGetRequests counter
         snmpInGetNexts counter
         snmpInSetRequests counter
         snmpInGetResponses counter
         snmpInTraps counter
         snmpOutTooBigs counter
         snmpOutNoSuchNames counter
         snmpOutBadValues counter
         =24 snmpOutGenErrs counter
         snmpOutGetRequests counter
         snmpOutGetNexts counter
         snmpOutSetRequests counter
         snmpOutGetResponses counter
         snmpOutTraps counter
         snmpEnableAuthenTraps SnmpEnableAuthenTraps
         snmpSilentDrops counter
         snmpProxyDrops counter
        snmpMIB snmpModules.1
        snmpMIBObjects snmpMIB.1
        snmpTrap snmpMIBObjects.4
         snmpTrapOID oid
         =3 snmpTrapEnterprise oid
        snmpTraps snmpMIBObjects.5
         coldStart notification
         warmStart notification
         =5 authenticationFailure notification
        snmpSet snmpMIBObjects.6
         snmpSetSerialNo int
        """

    /// SNMP-FRAMEWORK-MIB (RFC 3411), SNMP-MPD-MIB (RFC 3412), SNMP-USER-BASED-SM-MIB (RFC 3414),
    /// SNMP-TARGET-MIB (RFC 3413), SNMP-COMMUNITY-MIB (RFC 3584) and SNMP-VIEW-BASED-ACM-MIB (RFC 3415), their scalars
    /// and identities.
    static let framework = """
        module SNMP-FRAMEWORK-MIB
        snmpFrameworkMIB snmpModules.10
        snmpFrameworkAdmin snmpFrameworkMIB.1
        snmpAuthProtocols snmpFrameworkAdmin.1
        snmpPrivProtocols snmpFrameworkAdmin.2
        snmpFrameworkMIBObjects snmpFrameworkMIB.2
        snmpEngine snmpFrameworkMIBObjects.1
         snmpEngineID octets
         snmpEngineBoots int
         snmpEngineTime int
         snmpEngineMaxMessageSize int
        snmpFrameworkMIBConformance snmpFrameworkMIB.3
        snmpFrameworkMIBCompliances snmpFrameworkMIBConformance.1
        snmpFrameworkMIBCompliance snmpFrameworkMIBCompliances.1
        module SNMP-MPD-MIB
        snmpMPDMIB snmpModules.11
        snmpMPDStats snmpMPDMIB.2.1
         snmpUnknownSecurityModels counter
         snmpInvalidMsgs counter
         snmpUnknownPDUHandlers counter
        snmpMPDCompliance snmpMPDMIB.3.1.1
        module SNMP-TARGET-MIB
        snmpTargetMIB snmpModules.12
        snmpTargetObjects snmpTargetMIB.1
         snmpTargetSpinLock int
         =4 snmpUnavailableContexts counter
         snmpUnknownContexts counter
        module SNMP-USER-BASED-SM-MIB
        usmNoAuthProtocol snmpAuthProtocols.1
        usmHMACMD5AuthProtocol snmpAuthProtocols.2
        usmHMACSHAAuthProtocol snmpAuthProtocols.3
        usmNoPrivProtocol snmpPrivProtocols.1
        usmDESPrivProtocol snmpPrivProtocols.2
        snmpUsmMIB snmpModules.15
        usmMIBObjects snmpUsmMIB.1
        usmStats usmMIBObjects.1
         usmStatsUnsupportedSecLevels counter
         usmStatsNotInTimeWindows counter
         usmStatsUnknownUserNames counter
         usmStatsUnknownEngineIDs counter
         usmStatsWrongDigests counter
         usmStatsDecryptionErrors counter
        usmUser usmMIBObjects.2
         usmUserSpinLock int
        usmUserTable usmUser.2 table usmUserEntry
         usmUserEngineID octets
         usmUserName text
         usmUserSecurityName text
         usmUserCloneFrom oid
         usmUserAuthProtocol oid
         usmUserAuthKeyChange octets
         usmUserOwnAuthKeyChange octets
         usmUserPrivProtocol oid
         usmUserPrivKeyChange octets
         usmUserOwnPrivKeyChange octets
         usmUserPublic octets
         usmUserStorageType StorageType
         usmUserStatus RowStatus
        usmMIBCompliance snmpUsmMIB.2.1.1
        module SNMP-VIEW-BASED-ACM-MIB
        snmpVacmMIB snmpModules.16
        vacmMIBObjects snmpVacmMIB.1
        vacmBasicGroup snmpVacmMIB.2.2.1
        module SNMP-COMMUNITY-MIB
        snmpCommunityMIB snmpModules.18
        snmpCommunityMIBObjects snmpCommunityMIB.1
        snmpTrapAddress snmpCommunityMIBObjects.3 ip
        snmpTrapCommunity snmpCommunityMIBObjects.4 text
        """
}
