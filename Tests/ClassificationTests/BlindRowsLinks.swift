/// Interfaces composed without sight of the rules, to measure them on what they were not made for: links that lead out.
///
/// The form is that of `labelledRows`, with ifDescr after `~` where it is not the name, the speed in Mbit/s after `@`,
/// and several other answers between commas.
let blindLinkRows = """
    isp/magti | Gi0/0/2 ~ GigabitEthernet0/0/2 | 6@1000 | MAGTICOM-DIA-200M-CID88123 | |
    isp/magti | port1 | 6@1000 | magtiGPON | |
    isp/magti | Te0/0/0/3 ~ TenGigE0/0/0/3 | 6@10000 | PEERING:AS20771:Magti:IX | |
    isp/magti | ether1 | 6@1000 | მაგთი ინტერნეტი (მთავარი) | |
    isp/magti | GE0/0/1.700 ~ GigabitEthernet0/0/1.700 | 135@1000 | wan_mgti_300m | |
    isp/magti | Di1 ~ Dialer1 | 23@0 | Magti PPPoE GPON login 55-7781 | |
    isp/magti | Gi0/1 ~ GigabitEthernet0/1 | 6@1000 | Магти, основной канал, 500 Мбит | |
    isp/magti | ae3.1210 | 135@20000 | m a g t i internet vlan 1210 | |
    isp/magti | Gi0/0/0 ~ GigabitEthernet0/0/0 | 6@1000 | | bridge,router; Huawei NE40E-M2K; magti-pe-vake-2 |
    isp/silknet | xe-0/0/1 | 6@10000 | SILKNET-BGP-AS35805-PRIMARY | |
    isp/silknet | wan2 | 6@1000 | Silknet GPON резерв | |
    isp/silknet | Gi0/3 ~ GigabitEthernet0/3 | 6@100 | silcnet optika 100/100 | |
    isp/silknet | Po5 ~ Port-channel5 | 161@20000 | SILKNET 2x10G IP transit | |
    isp/silknet | GE0/0/8 ~ GigabitEthernet0/0/8 | 6@1000 | სილქნეტის ბოჭკო, სარეზერვო | |
    isp/silknet | Vlan3501 ~ Vlan3501 | 53@1000 | L3-HANDOFF-SLK-NET | |
    isp/silknet | eth0 | 6@1000 | Силкнет 100М (договор 4471) | |
    isp/silknet | ether2 | 6@1000 | | bridge,router; MikroTik RouterOS 6.48 CCR1009; silknet-cpe-44182 |
    isp/veon | Gi0/0/4 ~ GigabitEthernet0/0/4 | 6@100 | veon-l3vpn uplink | | provider:beeline
    isp/veon | lte1 | 6@0 | VEON sim 599-00-11-22 | |
    isp/veon | port3 | 6@1000 | ВЕОН Грузия 50 мбит | |
    isp/veon | Gi0/2 ~ GigabitEthernet0/2 | 6@1000 | ვეონი (ბილაინი) ინტერნეტ არხი | | provider:beeline
    isp/beeline | GE0/0/3 ~ GigabitEthernet0/0/3 | 6@1000 | Билайн бизнес 100 | |
    isp/beeline | Cellular0 | 243@0 | beeline apn internet.beeline.ge | |
    isp/beeline | ge-0/0/5 | 6@1000 | BEELINE_L2_TRANSPORT_TO_INET | |
    isp/beeline | ether5 | 6@100 | bilaini optika rezervi | |
    isp/geocell | wwan0 | 6@150 | geocell | |
    isp/geocell | Gi0/1/0 ~ GigabitEthernet0/1/0 | 6@1000 | Geocel 4G router (huawei b525) internet | |
    isp/geocell | ppp-out1 | 23@0 | ჯეოსელი 3G | |
    isp/geocell | Ce0/0/0 ~ Cellular0/0/0 | 243@50 | Джеоселл LTE | |
    isp/caucasus_online | Gi0/0/1 ~ GigabitEthernet0/0/1 | 6@1000 | Caucasus-Online fiber 250M | |
    isp/caucasus_online | xe-1/0/0 | 6@10000 | CO-IPT-10G // Caucasus Online LLC // NOC +995322480048 | |
    isp/caucasus_online | ether1-wan | 6@1000 | kavkasus onlain | |
    isp/caucasus_online | Gi0/3 ~ GigabitEthernet0/3 | 6@1000 | КавказОнлайн 2-й канал | |
    isp/caucasus_online | GigabitEthernet0/0/0 | 6@1000 | CaucasusOnline_DIA | |
    isp/globaltel | Gi0/2 ~ GigabitEthernet0/2 | 6@100 | Globaltel wimax backup | |
    isp/globaltel | eth4 | 6@100 | გლობალტელი 30მბ | |
    isp/globaltel | ether3 | 6@100 | global tel radio link inet | |
    isp | Gi0/0/0 ~ GigabitEthernet0/0/0 | 6@1000 | Skytel internet 50M | | provider:other
    isp | wan | 6@1000 | | |
    isp | port2 | 6@1000 | TIX exchange point Tbilisi | |
    isp | pp0.0 | 23@0 | | |
    isp | untrust | 6@1000 | | |
    isp | Gi0/0 ~ GigabitEthernet0/0 | 6@1000 | интернет (провайдер) | |
    isp | reth0 | 161@1000 | ISP-2 handoff 203.0.113.8/30 | |
    isp | ether1 | 6@1000 | ONT bridge -> inet | |
    isp | Gi0/0/5 ~ GigabitEthernet0/0/5 | 6@1000 | MPLS L3VPN PE uplink | | branch_link
    branch_link | Tu12 ~ Tunnel12 | 131@0 | IPsec to Batumi branch | |
    branch_link | Gi0/0/0.318 ~ GigabitEthernet0/0/0.318 | 135@1000 | filiali_318_Zestafoni | |
    branch_link | st0.14 | 131@0 | | |
    branch_link | wg-ozurgeti | 131@0 | | |
    branch_link | eoip-telavi | 131@0 | | |
    branch_link | GE0/0/2 ~ GigabitEthernet0/0/2 | 6@100 | филиал Рустави | |
    branch_link | Gi0/1.77 ~ GigabitEthernet0/1.77 | 135@1000 | ფილიალი 77 - ახალციხე | |
    branch_link/silknet | Gi0/0/1.214 ~ GigabitEthernet0/0/1.214 | 135@1000 | BR214 Marneuli via Silknet L2VPN | | provider:null
    branch_link/magti | Vlan1822 | 53@1000 | Magti L2 -> SC Gldani branch | | provider:null
    branch_link | Se0/1/0 ~ Serial0/1/0 | 22@2 | to Branch-9 Khashuri E1 leased line | |
    branch_link | ether7 | 6@100 | ubnt radio -> Sagarejo filial | | 
    branch_link | Gi0/2 ~ GigabitEthernet0/2 | 6@1000 | HQ-BR031 MPLS CE | |
    branch_link | tun3 | 131@0 | site2site-partner-TBCPay | |
    branch_link | sstp-gurjaani | 23@0 | | |
    branch_link | ovpn-out1 | 131@0 | HO vpn | |
    branch_link | Vi3 ~ Virtual-Access3 | 23@0 | BR-AKHALTSIKHE dialin | |
    branch_link | gr-0/0/0.12 | 131@0 | GRE->Poti-office | |
    branch_link | GE0/0/7 ~ GigabitEthernet0/0/7 | 6@1000 | sareg.ofisi Zugdidi | |
    branch_link | Gi1/0/40 ~ GigabitEthernet1/0/40 | 6@1000 | отделение №12 (Ваке) оптика | | 
    branch_link | VPN_Kobuleti | 131@0 | | |
    branch_link | Gi0/0/3 ~ GigabitEthernet0/0/3 | 6@1000 | Brnach 55 Senaki | |
    branch_link | vti7 | 131@0 | aws-vgw tunnel A | |
    branch_link | Te1/1/4 ~ TenGigabitEthernet1/1/4 | 6@10000 | DR-site / branch ring east | | trunk
    branch_link | ae0.412 | 135@20000 | BRANCH-412-LAGODEKHI-DATA+VOICE | |
    trunk | Po12 ~ Port-channel12 | 161@20000 | | |
    trunk | Gi1/0/48 ~ GigabitEthernet1/0/48 | 6@1000 | UPLINK-TO-DIST-02 | |
    trunk | Te1/1/1 ~ TenGigabitEthernet1/1/1 | 6@10000 | core1 te2/0/14 | |
    trunk | XGE0/0/1 ~ XGigabitEthernet0/0/1 | 6@10000 | To_S6730-Core_XGE1/0/7 | |
    trunk | ae12 | 161@40000 | | |
    trunk | sfp-sfpplus1 | 6@10000 | uplink ccr2004 | |
    trunk | Gi0/1 ~ GigabitEthernet0/1 | 6@1000 | | bridge; Cisco IOS Software, C2960 Software; SW-ACC-11 |
    trunk | 49 | 6@1000 | | bridge,router; ProCurve J9146A Switch 2910al-24G-PoE; hp-2910-b |
    trunk | StackPort1 | 53@0 | | |
    trunk | Ethernet1/49 | 6@100000 | MLAG peer | |
    trunk | ha1-a | 6@1000 | | |
    trunk | port15 | 6@1000 | HA heartbeat to FGT-B | |
    trunk | Trk2 | 54@4000 | | |
    trunk | Gi1/0/24 ~ GigabitEthernet1/0/24 | 6@1000 | მე-4 სართულის სვიჩი | |
    trunk | Gi0/24 ~ GigabitEthernet0/24 | 6@1000 | связь с коммутатором 5 этаж | |
    trunk | gi0/23 ~ GigabitEthernet0/23 | 6@1000 | svichi me-2 sartuli | |
    trunk | 100GE1/0/3 | 6@100000 | spine-leaf underlay leaf04 | |
    trunk | Te1/0/2 ~ TenGigabitEthernet1/0/2 | 6@10000 | DCI lambda 2 DC1<->DC2 | |
    trunk | Gi1/0/2 ~ GigabitEthernet1/0/2 | 6@1000 | cam-switch-3 uplink | bridge; HIKVISION DS-3E0326P; cam-sw3 | camera
    trunk | fortilink | 161@2000 | | |
    trunk | Gi0/0/1.99 ~ GigabitEthernet0/0/1.99 | 135@1000 | | | access
    trunk | Bridge-Aggregation3 | 161@20000 | | |
    trunk | Te2/0/5 ~ TenGigabitEthernet2/0/5 | 6@10000 | WLC-5520 dist port 1 | |
    trunk | Gi1/0/12 ~ GigabitEthernet1/0/12 | 6@1000 | printer accounting | bridge,router; Cisco IOS Software, Catalyst L3; SW-5F-03 |
    trunk | vcp-255/1/0 | 53@0 | | |
    trunk | lag 7 | 161@20000 | sw-idf-3 | |
    trunk | Gi1/0/52 ~ GigabitEthernet1/0/52 | 6@1000 | FW-ASA-1 inside | |
    trunk | ether8 | 6@1000 | tranki switch-2 | |
    trunk | LAG1 | 161@2000 | ISL | |
    """
