extension ObjectModules {
    /// IF-MIB (RFC 2863).
    static let interfaces = """
        module IF-MIB
        enum IfAdminStatus 1 up down testing
        enum IfOperStatus 1 up down testing unknown dormant notPresent lowerLayerDown
        enum IfLinkTrap 1 enabled disabled
        enum IfRcvAddressType 1 other volatile nonVolatile
        enum IfTestStatus 1 notInUse inUse
        enum IfTestResult 1 none success inProgress notSupported unAbleToRun aborted failed
        interfaces mib-2.2
         ifNumber int
        ifTable interfaces.2 table ifEntry
         ifIndex int
         ifDescr text
         ifType IANAifType
         ifMtu int
         ifSpeed gauge
         ifPhysAddress mac
         ifAdminStatus IfAdminStatus
         ifOperStatus IfOperStatus
         ifLastChange ticks
         ifInOctets counter
         ifInUcastPkts counter
         ifInNUcastPkts counter
         ifInDiscards counter
         ifInErrors counter
         ifInUnknownProtos counter
         ifOutOctets counter
         ifOutUcastPkts counter
         ifOutNUcastPkts counter
         ifOutDiscards counter
         ifOutErrors counter
         ifOutQLen gauge
         ifSpecific oid
        ifMIB mib-2.31
        ifMIBObjects ifMIB.1
        ifXTable ifMIBObjects.1 table ifXEntry
         ifName text
         ifInMulticastPkts counter
         ifInBroadcastPkts counter
         ifOutMulticastPkts counter
         ifOutBroadcastPkts counter
         ifHCInOctets counter64
         ifHCInUcastPkts counter64
         ifHCInMulticastPkts counter64
         ifHCInBroadcastPkts counter64
         ifHCOutOctets counter64
         ifHCOutUcastPkts counter64
         ifHCOutMulticastPkts counter64
         ifHCOutBroadcastPkts counter64
         ifLinkUpDownTrapEnable IfLinkTrap
         ifHighSpeed gauge
         ifPromiscuousMode TruthValue
         ifConnectorPresent TruthValue
         ifAlias text
         ifCounterDiscontinuityTime ticks
        ifStackTable ifMIBObjects.2 table ifStackEntry
         ifStackHigherLayer int
         ifStackLowerLayer int
         ifStackStatus RowStatus
        ifTestTable ifMIBObjects.3 table ifTestEntry
         ifTestId int
         ifTestStatus IfTestStatus
         ifTestType oid
         ifTestResult IfTestResult
         ifTestCode oid
         ifTestOwner text
        ifRcvAddressTable ifMIBObjects.4 table ifRcvAddressEntry
         ifRcvAddressAddress mac
         ifRcvAddressStatus RowStatus
         ifRcvAddressType IfRcvAddressType
        ifTableLastChange ifMIBObjects.5 ticks
        ifStackLastChange ifMIBObjects.6 ticks
        linkDown snmpTraps.3 notification
        linkUp snmpTraps.4 notification
        """

    /// EtherLike-MIB (RFC 3635): dot3StatsTable and the counters of pause frames.
    static let etherLike = """
        module EtherLike-MIB
        enum Dot3Duplex 1 unknown halfDuplex fullDuplex
        enum Dot3PauseMode 1 disabled enabledXmit enabledRcv enabledXmitAndRcv
        enum Dot3RateControl 1 rateControlOff rateControlOn rateControlUnknown
        dot3 transmission.7
        dot3StatsTable dot3.2 table dot3StatsEntry
         dot3StatsIndex int
         dot3StatsAlignmentErrors counter
         dot3StatsFCSErrors counter
         dot3StatsSingleCollisionFrames counter
         dot3StatsMultipleCollisionFrames counter
         dot3StatsSQETestErrors counter
         dot3StatsDeferredTransmissions counter
         dot3StatsLateCollisions counter
         dot3StatsExcessiveCollisions counter
         dot3StatsInternalMacTransmitErrors counter
         dot3StatsCarrierSenseErrors counter
         =13 dot3StatsFrameTooLongs counter
         =16 dot3StatsInternalMacReceiveErrors counter
         dot3StatsEtherChipSet oid
         dot3StatsSymbolErrors counter
         dot3StatsDuplexStatus Dot3Duplex
         dot3StatsRateControlAbility TruthValue
         dot3StatsRateControlStatus Dot3RateControl
        dot3ControlTable dot3.9 table dot3ControlEntry
         dot3ControlFunctionsSupported octets
         dot3ControlInUnknownOpcodes counter
         dot3HCControlInUnknownOpcodes counter64
        dot3PauseTable dot3.10 table dot3PauseEntry
         dot3PauseAdminMode Dot3PauseMode
         dot3PauseOperMode Dot3PauseMode
         dot3InPauseFrames counter
         dot3OutPauseFrames counter
         dot3HCInPauseFrames counter64
         dot3HCOutPauseFrames counter64
        dot3HCStatsTable dot3.11 table dot3HCStatsEntry
         dot3HCStatsAlignmentErrors counter64
         dot3HCStatsFCSErrors counter64
         dot3HCStatsInternalMacTransmitErrors counter64
         dot3HCStatsFrameTooLongs counter64
         dot3HCStatsInternalMacReceiveErrors counter64
         dot3HCStatsSymbolErrors counter64
        """

    /// IANAifType-MIB: the kinds of interface, as far as IANA's registry gave them names of common use.
    static let interfaceTypes = """
        module IANAifType-MIB
        enum IANAifType 1 other regular1822 hdh1822 ddnX25 rfc877x25 ethernetCsmacd iso88023Csmacd iso88024TokenBus
         iso88025TokenRing iso88026Man starLan proteon10Mbit proteon80Mbit hyperchannel fddi lapb sdlc ds1 e1 basicISDN
         primaryISDN propPointToPointSerial ppp softwareLoopback eon ethernet3Mbit nsip slip ultra ds3 sip frameRelay
         rs232 para arcnet arcnetPlus atm miox25 sonet x25ple iso88022llc localTalk smdsDxi frameRelayService v35 hssi
         hippi modem aal5 sonetPath sonetVT smdsIcip propVirtual propMultiplexor ieee80212 fibreChannel hippiInterface
         frameRelayInterconnect aflane8023 aflane8025 cctEmul fastEther isdn v11 v36 g703at64k g703at2mb qllc
         fastEtherFX channel ieee80211 ibm370parChan escon dlsw isdns isdnu lapd ipSwitch rsrb atmLogical ds0 ds0Bundle
         bsc async cnr iso88025Dtr eplrs arap propCnls hostPad termPad frameRelayMPI x213 adsl radsl sdsl vdsl
         iso88025CRFPInt myrinet voiceEM voiceFXO voiceFXS voiceEncap voiceOverIp atmDxi atmFuni atmIma
         pppMultilinkBundle ipOverCdlc ipOverClaw stackToStack virtualIpAddress mpc ipOverAtm iso88025Fiber tdlc
         gigabitEthernet hdlc lapf v37 x25mlp x25huntGroup transpHdlc interleave fast ip docsCableMaclayer
         docsCableDownstream docsCableUpstream a12MppSwitch tunnel coffee ces atmSubInterface l2vlan l3ipvlan l3ipxvlan
         digitalPowerline mediaMailOverIp dtm dcn ipForward msdsl ieee1394 if-gsn dvbRccMacLayer dvbRccDownstream
         dvbRccUpstream atmVirtual mplsTunnel srp voiceOverAtm voiceOverFrameRelay idsl compositeLink ss7SigLink
         propWirelessP2P frForward rfc1483 usb ieee8023adLag bgppolicyaccounting frf16MfrBundle h323Gatekeeper
         h323Proxy mpls mfSigLink hdsl2 shdsl ds1FDL pos dvbAsiIn dvbAsiOut plc nfas tr008 gr303RDT gr303IDT isup
         propDocsWirelessMaclayer propDocsWirelessDownstream propDocsWirelessUpstream hiperlan2 propBWAp2Mp
         sonetOverheadChannel digitalWrapperOverheadChannel aal2 radioMAC atmRadio imt mvl reachDSL frDlciEndPt
         atmVciEndPt opticalChannel opticalTransport propAtm voiceOverCable infiniband teLink q2931 virtualTg sipTg
         sipSig docsCableUpstreamChannel econet pon155 pon622 bridge linegroup voiceEMFGD voiceFGDEANA voiceDID
         mpegTransport sixToFour gtp pdnEtherLoop1 pdnEtherLoop2 opticalChannelGroup homepna gfp ciscoISLvlan
         actelisMetaLOOP fcipLink rpr qam lmp cblVectaStar docsCableMCmtsDownstream adsl2 macSecControlledIF
         macSecUncontrolledIF aviciOpticalEther atmbond voiceFGDOS mocaVersion1 ieee80216WMAN adsl2plus dvbRcsMacLayer
         dvbTdm dvbRcsTdma x86Laps wwanPP wwanPP2 voiceEBS ifPwType ilan pip aluELP gpon vdsl2 capwapDot11Profile
         capwapDot11Bss capwapWtpVirtualRadio bits docsCableUpstreamRfPort cableDownstreamRfPort vmwareVirtualNic
         ieee802154 otnOdu otnOtu ifVfiType g9981 g9982 g9983 aluEpon aluEponOnu aluEponPhysicalUni aluEponLogicalLink
         aluGponOnu aluGponPhysicalUni vmwareNicTeam
        """
}
