extension ObjectModules {
    /// The tree above all modules (RFC 2578), and who owns the arcs under `enterprises` (IANA's registry).
    static let roots = """
        module SNMPv2-SMI
        org 1.3
        dod org.6
        internet dod.1
        directory internet.1
        mgmt internet.2
        mib-2 mgmt.1
        transmission mib-2.10
        experimental internet.3
        private internet.4
        enterprises private.1
        security internet.5
        snmpV2 internet.6
        snmpDomains snmpV2.1
        snmpProxys snmpV2.2
        snmpModules snmpV2.3
        zeroDotZero 0.0
        module SNMPv2-TC
        enum TruthValue 1 true false
        enum RowStatus 1 active notInService notReady createAndGo createAndWait destroy
        enum StorageType 1 other volatile nonVolatile permanent readOnly
        module CISCO-SMI
        cisco enterprises.9
        module SEMI-MIB
        hp enterprises.11
        module DLINK-ID-REC-MIB
        dlink enterprises.171
        module MSFT-MIB
        microsoft enterprises.311
        module PowerNet-MIB
        apc enterprises.318
        module EXTREME-BASE-MIB
        extremenetworks enterprises.1916
        module FOUNDRY-SN-ROOT-MIB
        foundry enterprises.1991
        module HUAWEI-MIB
        huawei enterprises.2011
        module UCD-SNMP-MIB
        ucdavis enterprises.2021
        module CHECKPOINT-MIB
        checkpoint enterprises.2620
        module JUNIPER-SMI
        juniperMIB enterprises.2636
        module NETSCREEN-SMI
        netscreen enterprises.3224
        module F5-BIGIP-COMMON-MIB
        f5 enterprises.3375
        module TIMETRA-GLOBAL-MIB
        timetra enterprises.6527
        module VMWARE-ROOT-MIB
        vmware enterprises.6876
        module NET-SNMP-MIB
        netSnmp enterprises.8072
        module FORTINET-CORE-MIB
        fortinet enterprises.12356
        module ARUBA-MIB
        aruba enterprises.14823
        module MIKROTIK-MIB
        mikrotik enterprises.14988
        module PAN-GLOBAL-REG
        panRoot enterprises.25461
        module HH3C-OID-MIB
        hh3c enterprises.25506
        module ARISTA-SMI-MIB
        arista enterprises.30065
        module ELTEX-SMI-ACTUAL
        eltexLtd enterprises.35265
        module UBNT-MIB
        ubnt enterprises.41112
        """
}
