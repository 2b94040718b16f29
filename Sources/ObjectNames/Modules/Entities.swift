extension ObjectModules {
    /// ENTITY-MIB (RFC 6933), ENTITY-SENSOR-MIB (RFC 3433) and POWER-ETHERNET-MIB (RFC 3621).
    static let entities = """
        module ENTITY-MIB
        enum PhysicalClass 1 other unknown chassis backplane container powerSupply fan sensor module port stack cpu
         energyObject battery storageDrive
        entityMIB mib-2.47
        entityMIBObjects entityMIB.1
        entityPhysical entityMIBObjects.1
        entPhysicalTable entityPhysical.1 table entPhysicalEntry
         entPhysicalIndex int
         entPhysicalDescr text
         entPhysicalVendorType oid
         entPhysicalContainedIn int
         entPhysicalClass PhysicalClass
         entPhysicalParentRelPos int
         entPhysicalName text
         entPhysicalHardwareRev text
         entPhysicalFirmwareRev text
         entPhysicalSoftwareRev text
         entPhysicalSerialNum text
         entPhysicalMfgName text
         entPhysicalModelName text
         entPhysicalAlias text
         entPhysicalAssetID text
         entPhysicalIsFRU TruthValue
         entPhysicalMfgDate date
         entPhysicalUris octets
         entPhysicalUUID octets
        entityLogical entityMIBObjects.2
        entityMapping entityMIBObjects.3
        entAliasMappingTable entityMapping.2 table entAliasMappingEntry
         entAliasLogicalIndexOrZero int
         entAliasMappingIdentifier oid
        entPhysicalContainsTable entityMapping.3 table entPhysicalContainsEntry
         entPhysicalChildIndex int
        entityGeneral entityMIBObjects.4
         entLastChangeTime ticks
        entityMIBTraps entityMIB.2
        entityMIBTrapPrefix entityMIBTraps.0
        entConfigChange entityMIBTrapPrefix.1 notification
        module ENTITY-SENSOR-MIB
        enum EntitySensorDataType 1 other unknown voltsAC voltsDC amperes watts hertz celsius percentRH rpm cmm
         truthvalue
        enum EntitySensorDataScale 1 yocto zepto atto femto pico nano micro milli units kilo mega giga tera exa peta
         zetta yotta
        enum EntitySensorStatus 1 ok unavailable nonoperational
        entitySensorMIB mib-2.99
        entitySensorObjects entitySensorMIB.1
        entPhySensorTable entitySensorObjects.1 table entPhySensorEntry
         entPhySensorType EntitySensorDataType
         entPhySensorScale EntitySensorDataScale
         entPhySensorPrecision int
         entPhySensorValue int
         entPhySensorOperStatus EntitySensorStatus
         entPhySensorUnitsDisplay text
         entPhySensorValueTimeStamp ticks
         entPhySensorValueUpdateRate gauge
        module POWER-ETHERNET-MIB
        enum PethPowerPairs 1 signal spare
        enum PethDetectionStatus 1 disabled searching deliveringPower fault test otherFault
        enum PethPowerPriority 1 critical high low
        enum PethPowerClass 1 class0 class1 class2 class3 class4
        enum PethMainPseStatus 1 on off faulty
        powerEthernetMIB mib-2.105
        pethNotifications powerEthernetMIB.0
         pethPsePortOnOffNotification notification
         pethMainPowerUsageOnNotification notification
         pethMainPowerUsageOffNotification notification
        pethObjects powerEthernetMIB.1
        pethPsePortTable pethObjects.1 table pethPsePortEntry
         pethPsePortGroupIndex int
         pethPsePortIndex int
         pethPsePortAdminEnable TruthValue
         pethPsePortPowerPairsControlAbility TruthValue
         pethPsePortPowerPairs PethPowerPairs
         pethPsePortDetectionStatus PethDetectionStatus
         pethPsePortPowerPriority PethPowerPriority
         pethPsePortMPSAbsentCounter counter
         pethPsePortType text
         pethPsePortPowerClassifications PethPowerClass
         pethPsePortInvalidSignatureCounter counter
         pethPsePortPowerDeniedCounter counter
         pethPsePortOverLoadCounter counter
         pethPsePortShortCounter counter
        pethMainPseObjects pethObjects.3
        pethMainPseTable pethMainPseObjects.1 table pethMainPseEntry
         pethMainPseGroupIndex int
         pethMainPsePower gauge
         pethMainPseOperStatus PethMainPseStatus
         pethMainPseConsumptionPower gauge
         pethMainPseUsageThreshold int
        """
}
