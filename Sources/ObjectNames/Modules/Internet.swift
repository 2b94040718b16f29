extension ObjectModules {
    /// IP-MIB (RFC 4293), RFC1213-MIB's routes, IP-FORWARD-MIB's roots, TCP-MIB (RFC 4022) and UDP-MIB (RFC 4113).
    static let internet = """
        module IP-MIB
        enum IpForwarding 1 forwarding notForwarding
        enum IpNetToMediaType 1 other invalid dynamic static
        enum InetAddressType 0 unknown ipv4 ipv6 ipv4z ipv6z dns=16
        enum IpAddressType 1 unicast anycast broadcast
        enum IpAddressOrigin 1 other manual dhcp=4 linklayer random
        enum IpAddressStatus 1 preferred deprecated invalid inaccessible unknown tentative duplicate optimistic
        enum IpNetToPhysicalType 1 other invalid dynamic static local
        enum IpNetToPhysicalState 1 reachable stale delay probe invalid unknown incomplete
        ip mib-2.4
         ipForwarding IpForwarding
         ipDefaultTTL int
         ipInReceives counter
         ipInHdrErrors counter
         ipInAddrErrors counter
         ipForwDatagrams counter
         ipInUnknownProtos counter
         ipInDiscards counter
         ipInDelivers counter
         ipOutRequests counter
         ipOutDiscards counter
         ipOutNoRoutes counter
         ipReasmTimeout int
         ipReasmReqds counter
         ipReasmOKs counter
         ipReasmFails counter
         ipFragOKs counter
         ipFragFails counter
         ipFragCreates counter
         =23 ipRoutingDiscards counter
         =25 ipv6IpForwarding IpForwarding
         ipv6IpDefaultHopLimit int
        ipAddrTable ip.20 table ipAddrEntry
         ipAdEntAddr ip
         ipAdEntIfIndex int
         ipAdEntNetMask ip
         ipAdEntBcastAddr int
         ipAdEntReasmMaxSize int
        ipNetToMediaTable ip.22 table ipNetToMediaEntry
         ipNetToMediaIfIndex int
         ipNetToMediaPhysAddress mac
         ipNetToMediaNetAddress ip
         ipNetToMediaType IpNetToMediaType
        ipAddressTable ip.34 table ipAddressEntry
         ipAddressAddrType InetAddressType
         ipAddressAddr octets
         ipAddressIfIndex int
         ipAddressType IpAddressType
         ipAddressPrefix oid
         ipAddressOrigin IpAddressOrigin
         ipAddressStatus IpAddressStatus
         ipAddressCreated ticks
         ipAddressLastChanged ticks
         ipAddressRowStatus RowStatus
         ipAddressStorageType StorageType
        ipNetToPhysicalTable ip.35 table ipNetToPhysicalEntry
         ipNetToPhysicalIfIndex int
         ipNetToPhysicalNetAddressType InetAddressType
         ipNetToPhysicalNetAddress octets
         ipNetToPhysicalPhysAddress mac
         ipNetToPhysicalLastUpdated ticks
         ipNetToPhysicalType IpNetToPhysicalType
         ipNetToPhysicalState IpNetToPhysicalState
         ipNetToPhysicalRowStatus RowStatus
        ipMIB mib-2.48
        icmp mib-2.5
         icmpInMsgs counter
         icmpInErrors counter
         icmpInDestUnreachs counter
         icmpInTimeExcds counter
         icmpInParmProbs counter
         icmpInSrcQuenchs counter
         icmpInRedirects counter
         icmpInEchos counter
         icmpInEchoReps counter
         =14 icmpOutMsgs counter
         icmpOutErrors counter
         icmpOutDestUnreachs counter
        module RFC1213-MIB
        enum IpRouteType 1 other invalid direct indirect
        enum IpRouteProto 1 other local netmgmt icmp egp ggp hello rip is-is es-is ciscoIgrp bbnSpfIgp ospf bgp
        at mib-2.3
        egp mib-2.8
        ipRouteTable ip.21 table ipRouteEntry
         ipRouteDest ip
         ipRouteIfIndex int
         ipRouteMetric1 int
         ipRouteMetric2 int
         ipRouteMetric3 int
         ipRouteMetric4 int
         ipRouteNextHop ip
         ipRouteType IpRouteType
         ipRouteProto IpRouteProto
         ipRouteAge int
         ipRouteMask ip
         ipRouteMetric5 int
         ipRouteInfo oid
        module IP-FORWARD-MIB
        ipForward ip.24
        ipCidrRouteNumber ipForward.3 gauge
        inetCidrRouteNumber ipForward.6 gauge
        module TCP-MIB
        enum TcpRtoAlgorithm 1 other constant rsre vanj rfc2988
        enum TcpConnState 1 closed listen synSent synReceived established finWait1 finWait2 closeWait lastAck closing
         timeWait deleteTCB
        tcp mib-2.6
         tcpRtoAlgorithm TcpRtoAlgorithm
         tcpRtoMin int
         tcpRtoMax int
         tcpMaxConn int
         tcpActiveOpens counter
         tcpPassiveOpens counter
         tcpAttemptFails counter
         tcpEstabResets counter
         tcpCurrEstab gauge
         tcpInSegs counter
         tcpOutSegs counter
         tcpRetransSegs counter
         =14 tcpInErrs counter
         tcpOutRsts counter
        tcpConnTable tcp.13 table tcpConnEntry
         tcpConnState TcpConnState
         tcpConnLocalAddress ip
         tcpConnLocalPort int
         tcpConnRemAddress ip
         tcpConnRemPort int
        tcpMIB mib-2.49
        module UDP-MIB
        udp mib-2.7
         udpInDatagrams counter
         udpNoPorts counter
         udpInErrors counter
         udpOutDatagrams counter
        udpMIB mib-2.50
        """

    /// HOST-RESOURCES-MIB (RFC 2790): system, storage, devices, processors.
    static let host = """
        module HOST-RESOURCES-MIB
        enum HrDeviceStatus 1 unknown running warning testing down
        host mib-2.25
        hrSystem host.1
         hrSystemUptime ticks
         hrSystemDate date
         hrSystemInitialLoadDevice int
         hrSystemInitialLoadParameters text
         hrSystemNumUsers gauge
         hrSystemProcesses gauge
         hrSystemMaxProcesses int
        hrStorage host.2
        hrStorageTypes hrStorage.1
         hrStorageOther
         hrStorageRam
         hrStorageVirtualMemory
         hrStorageFixedDisk
         hrStorageRemovableDisk
         hrStorageFloppyDisk
         hrStorageCompactDisc
         hrStorageRamDisk
         hrStorageFlashMemory
         hrStorageNetworkDisk
        hrMemorySize hrStorage.2 int
        hrStorageTable hrStorage.3 table hrStorageEntry
         hrStorageIndex int
         hrStorageType oid
         hrStorageDescr text
         hrStorageAllocationUnits int
         hrStorageSize int
         hrStorageUsed int
         hrStorageAllocationFailures counter
        hrDevice host.3
        hrDeviceTypes hrDevice.1
         hrDeviceOther
         hrDeviceUnknown
         hrDeviceProcessor
         hrDeviceNetwork
         hrDevicePrinter
         hrDeviceDiskStorage
        hrDeviceTable hrDevice.2 table hrDeviceEntry
         hrDeviceIndex int
         hrDeviceType oid
         hrDeviceDescr text
         hrDeviceID oid
         hrDeviceStatus HrDeviceStatus
         hrDeviceErrors counter
        hrProcessorTable hrDevice.3 table hrProcessorEntry
         hrProcessorFrwID oid
         hrProcessorLoad int
        hrNetworkTable hrDevice.4 table hrNetworkEntry
         hrNetworkIfIndex int
        hrSWRun host.4
        hrSWRunPerf host.5
        hrSWInstalled host.6
        """
}
