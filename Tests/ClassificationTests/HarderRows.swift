/// Harder interfaces labelled by hand: a word misleads, signs disagree, or two readings are possible.
///
/// The form is that of `labelledRows`.
let harderRows = """
    isp/magti | Gi0/0/1 | 6 | MAGTI-PRI 1G cid 44120 | |
    isp/magti | Gi0/0/2 | 6 | M A G T I  100 | |
    isp/silknet | Vlan101 | 53 | inet silknet | |
    isp/silknet | ge-0/0/5 | 6 | Силк-нет 1Гбит | |
    isp/silknet | port1 | 6 | silkneti optika | |
    isp/caucasus_online | Gi0/2 | 6 | Caucasus Onlain internet | |
    isp/caucasus_online | xe-0/0/0 | 6 | CO_TRANSIT_10G Caucasus.Online | |
    isp/geocell | lte2 | 243 | Geocell SIM 599-112233 | |
    isp/globaltel | wan1 | 6 | Global Tel | |
    isp/beeline | ether2-beeline | 6 | | |
    isp/magti | ether1-magti | 6 | | |
    isp/silknet | Gi0/0 | 6 | Silknet (ex Caucasus Online) | | provider:caucasus_online
    isp/veon | Gi0/0 | 6 | ვეონი (ბილაინი) სარეზერვო | | provider:beeline
    isp | eth0 | 6 | WAN | |
    isp | Virtual-PPP1 | 23 | | | branch_link
    isp | X2 | 6 | Turk Telekom peering IX | |
    isp | eth9 | 6 | ISP2 fiber to roof radio | |
    isp | Gi0/0/9 | 6 | wan switch vlan 10 | | trunk
    trunk | Gi1/0/24 | 6 | Magti router room sw uplink | |
    trunk | Te1/0/4 | 6 | core-rtr-1 xe-0/0/4 | |
    trunk | Gi1/0/24 | 6 | uplink to switch in branch manager room | | branch_link
    trunk | Gi1/0/24 | 6 | UPLINK 3-rd floor cameras sw | |
    trunk | Ethernet49 | 6 | MLAG peer | |
    trunk | reth0 | 6 | | |
    trunk | bond0 | 161 | LACP to sw1/sw2 | |
    trunk | Gi0/0 | 6 | inside | | access
    trunk | 1/A | 6 | to-ASA-inside | |
    trunk | Gi0/25 | 6 | svichi me-3 sartuli | |
    trunk | Gi0/26 | 6 | maGistrali seqtori B | |
    trunk | Gi0/27 | 6 | коммутатор серверной | |
    trunk | Gi0/28 | 6 | server room switch | |
    trunk | Gi0/1 | 6 | DC1-DC2 dark fiber | | isp
    trunk | Gi0/2 | 6 | WiFi controller | |
    trunk | Gi0/3 | 6 | PA-3220 eth1/3 | |
    access | Gi1/0/1 | 6 | ISP guy laptop | | isp
    access | Gi1/0/2 | 6 | Beeline salon PC | |
    access | Gi1/0/3 | 6 | Geocell office 3 | |
    access | Gi1/0/4 | 6 | Камера хранения касса | | camera
    access | Gi1/0/5 | 6 | server admin desk | | server_link
    access | Gi1/0/6 | 6 | voice+data port 12 | | voice
    access | Gi1/0/7 | 6 | PC + IP phone | | voice
    access | Gi1/0/8 | 6 | трансформатор тока датчик | |
    access | Gi1/0/9 | 6 | zal 2 | |
    access | Gi1/0/10 | 6 | momxmarebeli 12 | |
    access | Gi1/0/11 | 6 | direktori | |
    access | Gi1/0/12 | 6 | kasa 4 | |
    access | Gi1/0/13 | 6 | WAP-02 | |
    access | Gi1/0/14 | 6 | Unifi UAP lobby | |
    access | Gi1/0/15 | 6 | рабочее место 17 | |
    access | Gi1/0/16 | 6 | приемная | |
    access | Gi1/0/17 | 6 | სტუმრების WiFi | |
    access | Gi1/0/18 | 6 | Internet for guests | | isp
    access | Gi1/0/19 | 6 | Silk Road hotel lobby | |
    access | Gi1/0/20 | 6 | Management floor printer | |
    access | Gi1/0/21 | 6 | decommissioned server | | server_link
    access | Gi1/0/22 | 6 | rezervi (yofili kamera) | | camera
    access | Gi1/0/23 | 6 | former Silknet uplink | | isp
    access | wl0 | 6 | | |
    access | Vlan1 | 53 | | |
    access | Gi1/0/24 | 6 | access control reader | |
    server_link | Gi1/0/1 | 6 | DB-CLUSTER-01 | |
    server_link | Gi1/0/2 | 6 | backup server (veeam) | |
    server_link | Gi1/0/3 | 6 | VMWARE HOST 3 NIC 1 | |
    server_link | Gi1/0/4 | 6 | video archive storage server | | camera
    server_link | Gi1/0/5 | 6 | Silknet monitoring probe | |
    server_link | Gi1/0/6 | 6 | k8s-worker-3 | |
    server_link | Gi1/0/7 | 6 | ფაილ სერვერი | |
    server_link | Gi1/0/8 | 6 | სერვერი (სერვერული ოთახი) | |
    server_link | Gi1/0/9 | 6 | IBM Storwize node1 | |
    server_link | Gi1/0/10 | 6 | SMS gateway Magti | |
    server_link | vmbr1 | 6 | | |
    server_link | Gi1/0/11 | 6 | mail | |
    server_link | Gi1/0/12 | 6 | AD-DC01 | |
    server_link | Gi1/0/13 | 6 | print server | | access
    server_link | Gi1/0/14 | 6 | UCS FI-A | | trunk
    server_link | Gi1/0/15 | 6 | pdc01 domain controller | |
    branch_link | Gi0/1 | 6 | p2p Kutaisi office | |
    branch_link | Gi0/2 | 6 | ქუთაისის ოფისი | |
    branch_link | Gi0/3 | 6 | офис Батуми | |
    branch_link | Gi0/4 | 6 | L2VPN Zugdidi | |
    branch_link/magti | Gi0/5 | 6 | Magti MPLS BR-21 | | provider:null
    branch_link | Gi0/6 | 6 | HQ uplink | |
    branch_link | Gi0/7 | 6 | satao ofisi | |
    branch_link | st0.4 | 131 | | |
    branch_link | ovpn-out2 | 131 | internet backup | |
    branch_link | Gi0/8 | 6 | ATM site Vake VPN | | access
    branch_link | Gi0/9 | 6 | warehouse Lilo radio link | |
    branch_link | Gi0/10 | 6 | BR33 router | |
    branch_link | Gi0/11 | 6 | shop #14 | |
    branch_link | Gi0/12 | 6 | отделение Сабуртало | |
    management | Gi1/0/1 | 6 | IP KVM | |
    management | Gi1/0/2 | 6 | FW mgmt | |
    management | Gi1/0/3 | 6 | sw-core oob | |
    management | Gi1/0/4 | 6 | ИБП серверная | | access
    management | Gi1/0/5 | 6 | Silknet CPE mgmt | |
    management | Gi1/0/6 | 6 | camera server idrac | |
    management | Gi1/0/7 | 6 | out-of-band | |
    management | Gi1/0/8 | 6 | device management network | |
    management | Gi1/0/9 | 6 | admin | | access
    voice/magti | Gi1/0/1 | 6 | Magti SIP | | isp
    voice | Gi1/0/2 | 6 | door phone? no - IP phone reception | | access
    voice | Gi1/0/3 | 6 | FreePBX server | | server_link
    voice | Gi1/0/4 | 6 | ip-tel 2233 | |
    voice | Gi1/0/5 | 6 | тел. 22-33 | |
    voice | Gi1/0/6 | 6 | phone director | | access
    voice | Gi1/0/7 | 6 | voip server room | |
    voice | Gi1/0/8 | 6 | ATA analog fax | |
    voice | BRI0/1/0 | 75 | | |
    camera | Gi1/0/1 | 6 | cam uplink yard | | trunk
    camera | Gi1/0/2 | 6 | CAM-BR12-entrance | |
    camera | Gi1/0/3 | 6 | видео вход | |
    camera | Gi1/0/4 | 6 | CCTV DVR office 3 | |
    camera | Gi1/0/5 | 6 | PTZ roof | |
    camera | Gi1/0/6 | 6 | kamera bankomati | |
    camera | Gi1/0/7 | 6 | ვიდეოთვალი | |
    camera | Gi1/0/8 | 6 | IPC-3 | |
    loopback | Discard0 | 6 | | |
    loopback | Loopback100 | 24 | BRANCH mgmt | |
    isp/magti | Gi0/0/0.300 | 135 | MAGTI-L3VPN | |
    isp/silknet | ae5.100 | 135 | transit: Silknet AS35805 | |
    isp/geocell | wwan0 | 6 | geocel 4G резерв | |
    isp | Te0/0/0/1 | 6 | Turkcell peering Istanbul | |
    isp | port16 | 6 | ინტერნეტის მთავარი ხაზი | |
    isp | eth5 | 6 | ext-net | |
    isp | Gi0/1 | 6 | Подключение к провайдеру | |
    isp/magti | ge-0/0/7 | 6 | Magticom-BGP-v4 | |
    isp/caucasus_online | Gi0/0 | 6 | კავკასუს ონლაინი სათადარიგო | |
    isp | vlan 4001 | 53 | ISP handoff vlan | |
    trunk | Gi1/0/1 | 6 | k kommutatoru 2 etazha | |
    trunk | Gi1/0/2 | 6 | Соединение с ядром | |
    trunk | Gi1/0/3 | 6 | link na 2-oi svitch | |
    trunk | Eth1/1 | 6 | leaf-04 swp49 | |
    trunk | Gi1/0/4 | 6 | Stack member 2 | |
    trunk | XGigabitEthernet0/0/4 | 6 | to-S6730-core | |
    trunk | Gi0/10 | 6 | uplnk ASW-12 | |
    trunk | Gi0/11 | 6 | დამაკავშირებელი სვიჩებს შორის | |
    access | Gi1/0/1 | 6 | ticket printer counter 4 | |
    access | Gi1/0/2 | 6 | IPTV box lobby | |
    access | Gi1/0/3 | 6 | kabineti 12 gia | |
    access | Gi1/0/4 | 6 | წიგნიერების ბუღალტერი | |
    access | Gi1/0/5 | 6 | стол 14 Петров | |
    access | Gi1/0/6 | 6 | lab bench 3 | |
    access | Gi1/0/7 | 6 | MFU 3 etaj | |
    access | Gi1/0/8 | 6 | Nino's PC | |
    access | Gi1/0/9 | 6 | konferencia darbazi | |
    access | Gi1/0/10 | 6 | unused - old ISP Magti | | isp
    access | Gi1/0/11 | 6 | NOC videowall PC | |
    access | Gi1/0/12 | 6 | internet banking team | |
    server_link | Gi1/0/1 | 6 | ora-rac2 interconnect | | trunk
    server_link | Gi1/0/2 | 6 | DELL R740 #2 | |
    server_link | Gi1/0/3 | 6 | SRV_FILE | |
    server_link | Gi1/0/4 | 6 | backup to tape library | |
    server_link | Gi1/0/5 | 6 | ფოსტის სერვერი | |
    server_link | Gi1/0/6 | 6 | сервер видеонаблюдения | | camera
    server_link | Gi1/0/7 | 6 | FreeNAS lagg0 | |
    server_link | Gi1/0/8 | 6 | AIX p750 | |
    server_link | Gi1/0/9 | 6 | web-frontend-2 | |
    branch_link | Gi0/1 | 6 | Br. Marneuli | |
    branch_link | Gi0/2 | 6 | გორის ფილიალი | |
    branch_link | Gi0/3 | 6 | канал на филиал №3 | |
    branch_link | Gi0/4 | 6 | Ozurgeti | |
    branch_link | Gi0/5 | 6 | Filail Telavi | |
    branch_link | Gi0/6 | 6 | VPN-Batumi-port | |
    branch_link | Gi0/7 | 6 | remote ofice Vake | |
    branch_link | Gi0/8 | 6 | servis-centri Dighomi | |
    management | Gi1/0/1 | 6 | remote console KVM | |
    management | Gi1/0/2 | 6 | rack-3 pdu left | | access
    management | Gi1/0/3 | 6 | порт управления СХД | | server_link
    management | Gi1/0/4 | 6 | mngmt | |
    management | Gi1/0/5 | 6 | OOB-MGMT-SW uplnk | | trunk
    management | eth0 | 6 | device mgmt | |
    voice | Gi1/0/1 | 6 | IP-ATC Panasonic | |
    voice | Gi1/0/2 | 6 | phoone reception | |
    voice | Gi1/0/3 | 6 | ტელ. 204 | |
    voice | Gi1/0/4 | 6 | Panasonic KX-NS500 | |
    voice | Gi1/0/5 | 6 | телефон охраны | |
    voice | Vlan55 | 53 | IPT | |
    camera | Gi1/0/1 | 6 | kamery parkovka | |
    camera | Gi1/0/2 | 6 | Axis P1375 garage | |
    camera | Gi1/0/3 | 6 | outdoor camra gate | |
    camera | Gi1/0/4 | 6 | видеокам. касса 3 | |
    camera | Gi1/0/5 | 6 | ვიდეორეგისტრატორი | |
    camera | Gi1/0/6 | 6 | CCTV-encoder | |
    camera | Gi1/0/7 | 6 | LPR barrier | | access
    """
