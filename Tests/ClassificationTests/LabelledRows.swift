/// Interfaces labelled by hand for these tests; they come from no device and from no other collection.
///
/// One row a line: `label | name | ifType | alias | capabilities; platform; name of the neighbour | other answers`.
/// The label is a type and, after a slash, a provider. ifDescr is the name. Speed is 1 Gbit/s.
let labelledRows = """
    isp/magti | Gi0/0/0 | 6 | MAGTI 500M primary | |
    isp/magti | ether1 | 6 | Magticom optika 200mb | |
    isp/magti | xe-0/0/3 | 6 | BGP peer AS16010 Magticom | |
    isp/magti | Gi0/1 | 6 | მაგთიკომი ძირითადი არხი | |
    isp/magti | wan2 | 6 | Магтиком резервный канал | |
    isp/magti | Gi0/2 | 6 | magty internet | |
    isp/magti | pppoe-out1 | 23 | magti gpon | |
    isp/silknet | Te0/1/0 | 6 | *** SILKNET IP transit 10G *** | |
    isp/silknet | GE0/0/1 | 6 | სილქნეტი 300 მბ | |
    isp/silknet | Gi0/0/1 | 6 | Силкнет основной | |
    isp/silknet | port2 | 6 | silkent fiber uplink | |
    isp/silknet | Vlan900 | 53 | silknet p2p /30 | |
    isp/silknet | Gi0/0/3.200 | 135 | SILK-NET-INTERNET | |
    isp/silknet | eth3 | 6 | ISP: SilkNet (backup) | |
    isp/veon | Gi0/1 | 6 | VEON 100 Mbps | |
    isp/veon | ether2 | 6 | ვეონი ინტერნეტი | |
    isp/veon | ge-0/0/0 | 6 | Veon (Beeline) upstream | | provider:beeline
    isp/beeline | Gi0/0/2 | 6 | Beeline DIA 50M | |
    isp/beeline | lte1 | 6 | bilain 4g sim | |
    isp/beeline | Ce0/2/0 | 243 | билайн модем | |
    isp/beeline | eth1 | 6 | Beelne backup internet | |
    isp/geocell | Gi0/0 | 6 | Geocell wimax | |
    isp/geocell | usb0 | 6 | geosel modem | |
    isp/geocell | port3 | 6 | ჯეოსელი LTE | |
    isp/geocell | Cellular0 | 243 | geo-cell | |
    isp/caucasus_online | Gi0/1 | 6 | Caucasus Online 1G | |
    isp/caucasus_online | ge-0/0/1 | 6 | CAUCASUSONLINE_MAIN | |
    isp/caucasus_online | Gi0/3 | 6 | caucassus online transit | |
    isp/caucasus_online | eth1 | 6 | Кавказ-Онлайн интернет | |
    isp/globaltel | Gi0/2 | 6 | GlobalTel L3 circuit | |
    isp/globaltel | port4 | 6 | გლობალტელი 20მბ | |
    isp/globaltel | ether5 | 6 | globtel inet | |
    isp | Gi0/0 | 6 | Internet uplink main | |
    isp | ether1 | 6 | Provaider 1 | |
    isp | ge-0/0/0 | 6 | untrust | |
    isp | outside | 6 | | |
    isp | wan | 6 | | |
    isp | Dialer1 | 23 | | |
    isp | Te1/1/1 | 6 | Cogent IP transit | |
    isp | Gi0/0/4 | 6 | Rostelecom 200M | | provider:other
    isp | Gi0/0/5 | 6 | DE-CIX peering | |
    isp | eth2 | 6 | ВНЕШНИЙ КАНАЛ | |
    isp | eth4 | 6 | პროვაიდერი 2 | |
    isp | ether1-wan | 6 | | |
    isp | Gi0/1 | 6 | MPLS cloud 20M | | branch_link
    isp | ATM0/1/0 | 37 | ADSL line | |
    isp | Gi0/7 | 6 | starlink dish | |
    isp/silknet | Gi0/0/0 | 6 | | router; Cisco IOS XR ASR9001; kut-pe2.silknet.com |
    isp/magti | xe-0/1/0 | 6 | uplink | router; Juniper MX204; br3.magticom.ge |
    trunk | Po1 | 161 | | |
    trunk | ae0 | 161 | to core stack | |
    trunk | Bridge-Aggregation3 | 161 | | |
    trunk | Gi1/0/48 | 6 | UPLINK to DIST-2 | |
    trunk | Gi0/1 | 6 | Trunk SW-FLOOR3 Gi0/24 | |
    trunk | Gi1/0/24 | 6 | аплинк на коммутатор 4 этаж | |
    trunk | Gi1/0/23 | 6 | ტრანკი სერვერული სვიჩი | |
    trunk | gi49 | 6 | uplinck sw-core | |
    trunk | Te1/1/4 | 6 | CCTV switch uplink | |
    trunk | Gi1/0/20 | 6 | to voip-sw-02 | |
    trunk | Eth1/48 | 6 | vPC keepalive | |
    trunk | Te1/0/52 | 6 | DCI DC1<->DC2 | |
    trunk | ha1 | 6 | | |
    trunk | Gi0/7 | 6 | FW heartbeat | |
    trunk | Gi1/0/1 | 6 | FortiGate-100F port5 | |
    trunk | Gi1/0/2 | 6 | WLC-5520 distribution port | |
    trunk | Te1/1/2 | 6 | F5-LTM 1.1 | |
    trunk | StackPort1 | 6 | | |
    trunk | Gi0/0/0.100 | 135 | | | access
    trunk | Te2/1 | 6 | spine02 Eth1/7 | |
    trunk | Gi1/0/47 | 6 | | bridge; cisco WS-C3750X; dist-1 |
    trunk | sfp1 | 6 | printer room | bridge,router; MikroTik RouterOS 6.48 CRS326; crs-floor2 |
    trunk | 49 | 6 | | bridge; ProCurve J9729A; hp-sw-5 |
    trunk | Gi1/0/5 | 6 | camera lobby | bridge; Cisco C1000-8T; sw-lobby | camera
    trunk | Te1/0/1 | 6 | свитч камер видеонаблюдения | |
    trunk | ge-0/0/22 | 6 | inter-switch link | |
    trunk | Gi2/0/24 | 6 | kaskadi sw2 | |
    trunk | Gi1/0/10 | 6 | AP-SW uplink | |
    trunk | Hu1/0/1 | 6 | BACKBONE P2P core1-core2 | |
    access | Gi1/0/12 | 6 | PC Ivanov | |
    access | Fa0/7 | 6 | printer HP 2nd floor | |
    access | Gi1/0/9 | 6 | ATM 4412 | |
    access | Gi1/0/2 | 6 | Guest WiFi AP lobby | |
    access | Gi1/0/3 | 6 | AP-17 | wlan-ap; Aruba AP-515; ap-17 |
    access | Vlan20 | 53 | USERS | |
    access | Vlan30 | 53 | guest internet | |
    access | Gi1/0/4 | 6 | ბუღალტერია | |
    access | Gi1/0/5 | 6 | კომპიუტერი 12 | |
    access | Gi1/0/6 | 6 | бухгалтерия, каб. 12 | |
    access | Gi1/0/7 | 6 | принтер 3 этаж | |
    access | Gi1/0/8 | 6 | printeri otaxi 5 | |
    access | Gi1/0/30 | 6 | salaro 3 | |
    access | Gi1/0/31 | 6 | POS terminal 2 | |
    access | Gi1/0/32 | 6 | door controller east | |
    access | Gi1/0/33 | 6 | server room PC | |
    access | Gi1/0/34 | 6 | branch manager PC | |
    access | Gi1/0/35 | 6 | Magti office printer | |
    access | Gi1/0/36 | 6 | Silknet shop kiosk | |
    access | Gi1/0/37 | 6 | call center seat 14 | | voice
    access | Gi1/0/38 | 6 | spare | |
    access | Gi1/0/39 | 6 | free (was srv-old) | | server_link
    access | Gi1/0/40 | 6 | reserved for camera | | camera
    access | Gi1/0/41 | 6 | свободен | |
    access | Gi1/0/42 | 6 | თავისუფალი | |
    access | Gi1/0/43 | 6 | ex Magti link, not used | | isp
    access | Gi1/0/44 | 6 | telephony dept room 3 | |
    access | Gi1/0/45 | 6 | CCTV operator workstation | |
    access | Gi1/0/46 | 6 | Internet kiosk | |
    access | Gi0/0/9 | 6 | | |
    access | GigabitEthernet0/0/12 | 6 | | |
    access | ether7 | 6 | | |
    access | wlan1 | 71 | | |
    access | Gi1/0/13 | 6 | | station; Windows 10 Pro; DESKTOP-4H2 |
    access | Gi1/0/14 | 6 | desk 4 PC+phone | bridge,telephone; Cisco IP Phone 7841; SEP00112233 | voice
    access | Gi1/0/15 | 6 | otaxi 305 | |
    access | Gi1/0/16 | 6 | meeting room TV | |
    access | Gi1/0/17 | 6 | video conference hall | |
    access | Gi1/0/18 | 6 | turniketi shesasvleli | |
    access | Gi1/0/19 | 6 | management office 3 floor | |
    access | Gi1/0/21 | 6 | pritner kab 7 | |
    access | Gi1/0/22 | 6 | отдел продаж | |
    access | Gi1/0/25 | 6 | банкомат вход | |
    access | Gi1/0/26 | 6 | HR departament | |
    access | Gi1/0/27 | 6 | Jaba | |
    access | Vlan77 | 53 | wifi-corp | |
    access | Gi1/0/28 | 6 | time attendance ZKTeco | |
    server_link | Gi1/0/1 | 6 | srv-db01 eno1 | |
    server_link | Te1/0/2 | 6 | ESXi-04 vmnic2 | |
    server_link | Po12 | 161 | esx-cluster-2 | | trunk
    server_link | Gi1/0/3 | 6 | სერვერი 1C | |
    server_link | Gi1/0/4 | 6 | сервер бэкапов | |
    server_link | Gi1/0/5 | 6 | serveri sql | |
    server_link | Gi1/0/6 | 6 | NetApp e0c | |
    server_link | Gi1/0/7 | 6 | zabbix ISP monitoring server | |
    server_link | Gi1/0/8 | 6 | Magti billing server | |
    server_link | Gi1/0/9 | 6 | proxmox node3 | |
    server_link | Gi1/0/10 | 6 | NAS backup | |
    server_link | Gi1/0/11 | 6 | СХД контроллер A | |
    server_link | Gi1/0/12 | 6 | Hyper-V cluster | |
    server_link | ens192 | 6 | | |
    server_link | eno2 | 6 | | |
    server_link | vmk0 | 6 | | | management
    server_link | fc1/3 | 56 | | |
    server_link | Vlan60 | 53 | iSCSI-A | |
    server_link | Vlan61 | 53 | Servers | |
    server_link | Gi1/0/13 | 6 | | station; Ubuntu 22.04 Linux; app7 |
    server_link | Te1/0/14 | 6 | | bridge,router; VMware ESXi 7.0; esx11 |
    server_link | Gi1/0/15 | 6 | sevrer oracle | |
    server_link | Gi1/0/16 | 6 | HSM Thales | |
    server_link | Gi1/0/17 | 6 | DNS/DHCP | |
    server_link | Gi1/0/18 | 6 | core banking app server | |
    server_link | Gi1/0/19 | 6 | blade chassis 2 | | trunk
    server_link | Gi1/0/20 | 6 | exchange01 | |
    server_link | Gi1/0/21 | 6 | PC room | station; HPE ProLiant DL360 Windows Server 2019; SRV-X |
    branch_link | Gi0/0/1.12 | 135 | BR-12 Zugdidi | |
    branch_link | Gi0/2 | 6 | To-BRANCH-42 | |
    branch_link | Tunnel5 | 131 | | |
    branch_link | Tu7 | 131 | HQ-Batumi GRE | |
    branch_link | gre1 | 131 | partner bank | |
    branch_link/silknet | Gi0/3 | 6 | Branch Telavi via Silknet | | provider:null
    branch_link/magti | Gi0/0/0.77 | 135 | filial Gori Magti L2 20M | | provider:null
    branch_link | Gi0/4 | 6 | ფილიალი 7 | |
    branch_link | Gi0/5 | 6 | филиал Батуми | |
    branch_link | Gi0/6 | 6 | filiali rustavi | |
    branch_link | wg0 | 131 | office2 | |
    branch_link | ipsec1 | 131 | s2s VPN partner | |
    branch_link | Gi0/8 | 6 | DMVPN spoke 4 | |
    branch_link | Gi0/9 | 6 | Service center Poti | |
    branch_link | Gi0/10 | 6 | სერვის ცენტრი გლდანი | |
    branch_link | Gi0/11 | 6 | дополнительный офис 12 | |
    branch_link | Gi0/12 | 6 | link to head office | |
    branch_link | Vlan312 | 53 | BRANCH_312 | |
    branch_link | eoip-tunnel1 | 131 | khashuri | |
    branch_link | Gi0/13 | 6 | remote site Kazbegi radio | |
    branch_link | Gi0/14 | 6 | brnach 15 | |
    branch_link | Gi0/15 | 6 | | router; Cisco ISR4331; br-15-rtr | trunk
    branch_link | Se0/0/0 | 22 | BR-9 | |
    management | mgmt0 | 6 | | |
    management | fxp0 | 6 | | |
    management | MgmtEth0/RP0/CPU0/0 | 6 | | |
    management | M-GigabitEthernet0/0/0 | 6 | | |
    management | MEth0/0/1 | 6 | | |
    management | Management1 | 6 | | |
    management | me0 | 6 | | |
    management | Vlan99 | 53 | MGMT | |
    management | Vlan98 | 53 | სამართავი ქსელი | |
    management | Vlan97 | 53 | сеть управления | |
    management | Gi1/0/1 | 6 | esx-04 iLO | |
    management | Gi1/0/2 | 6 | iDRAC srv-db02 | |
    management | Gi1/0/3 | 6 | UPS APC rack 2 | | access
    management | Gi1/0/4 | 6 | PDU-B | | access
    management | Gi1/0/5 | 6 | console server | |
    management | Gi1/0/6 | 6 | OOB switch mgmt port | | trunk
    management | Gi1/0/7 | 6 | managment vlan | |
    management | Gi1/0/8 | 6 | martvis porti | |
    management | con0 | 1 | | |
    management | Gi1/0/9 | 6 | | station; HPE Integrated Lights-Out 5; ILOCZ12 |
    loopback | Loopback0 | 24 | | |
    loopback | lo | 24 | | |
    loopback | lo0.0 | 24 | Router-ID | |
    loopback | Null0 | 1 | | |
    loopback | system | 24 | server farm | |
    loopback | loopback1 | 24 | Magti BGP source | |
    loopback | dummy1 | 6 | | |
    loopback | dsc | 1 | | |
    voice | Vlan200 | 53 | VoIP phones | |
    voice | Gi1/0/1 | 6 | ip phone 1201 | |
    voice | Gi1/0/2 | 6 | PBX Asterisk | |
    voice | Gi1/0/3 | 6 | ტელეფონი | |
    voice | Gi1/0/4 | 6 | телефония АТС | |
    voice | Gi1/0/5 | 6 | telefoni direqtori | |
    voice | Gi1/0/6 | 6 | CUCM publisher | | server_link
    voice/silknet | Gi1/0/7 | 6 | Silknet SIP trunk | | provider:null
    voice | FXS 0/1/0 | 102 | | |
    voice | Vlan201 | 53 | голос | |
    voice | Gi1/0/8 | 6 | voice gateway VG224 | |
    voice | Gi1/0/9 | 6 | E1 PRI to PSTN | |
    voice | Gi1/0/10 | 6 | | telephone; Grandstream GXP1628; gxp | access
    voice | Gi1/0/11 | 6 | satelefono vlani | |
    voice | Gi1/0/12 | 6 | Avaya IP Office | |
    camera | Gi1/0/1 | 6 | cam-12 parking | |
    camera | Gi1/0/2 | 6 | NVR-1 | |
    camera | Gi1/0/3 | 6 | კამერა ეზო | |
    camera | Gi1/0/4 | 6 | камера вход | |
    camera | Gi1/0/5 | 6 | videokamera salaro | |
    camera | Gi1/0/6 | 6 | ATM camera | |
    camera | Gi1/0/7 | 6 | BR-7 DVR | |
    camera | Vlan300 | 53 | CCTV | |
    camera | Gi1/0/8 | 6 | | station; AXIS P3245-LV Network Camera; axis-accc8e |
    camera | Gi1/0/9 | 6 | kamrea 2 | |
    camera | Gi1/0/10 | 6 | server room cam | |
    camera | Gi1/0/11 | 6 | видеорегистратор | |
    camera | Gi1/0/12 | 6 | printer | station; Dahua DH-IPC-HDBW; IPC |
    camera | Gi1/0/13 | 6 | სამეთვალყურეო კამერა დარბაზი | |
    camera | Gi1/0/14 | 6 | Hikvision gate | |
    """
