/// A second set composed without sight of the rules, after what the first had shown was put right.
let blindMoreRows = """
    isp/magti | TenGigE0/1/0/2 | 6@10000 | to MAGTI (Tbilisi, Jikia 5) / cct MG-0091 | |
    isp/magti | Gi0/1 ~ GigabitEthernet0/1 | 6@1000 | L2VPN handoff Magtikom | |
    isp/magti | sfp2 | 6@1000 | маgti optika | |
    isp/magti | Gi1/0/1 ~ GigabitEthernet1/0/1 | 6@1000 | WAN | bridge,router; ZTE ZXR10; gw-saburtalo.magticom.ge |
    isp/silknet | Gi0/0/1.1771 ~ GigabitEthernet0/0/1.1771 | 135@1000 | slknet_static_ip | |
    isp/silknet | GigabitEthernet0/0/2 | 6@1000 | Silknet (old Adjara Tel.) main | |
    isp/silknet | eth1 | 6@100 | SILK.NET modem ZTE | |
    isp/silknet | pppoe-silk | 23@0 | | |
    isp/veon | Gi0/0/3 ~ GigabitEthernet0/0/3 | 6@1000 | Veon (Beeline) 100M Kostava st | | provider:beeline
    isp/veon | ether2 | 6@1000 | v e o n  3rd line | |
    isp/beeline | lte0 | 6@50 | Beelne SIM card | |
    isp/beeline | GE0/0/1 ~ GigabitEthernet0/0/1 | 6@1000 | ბილაინის ინტერნეტი 2 | |
    isp/geocell | Gi0/0/0 ~ GigabitEthernet0/0/0 | 6@1000 | GEOCELL corp. APN gateway | |
    isp/caucasus_online | ge-0/0/1 | 6@1000 | caucasus onlain dedicated 200 | |
    isp/caucasus_online | Gi0/2 ~ GigabitEthernet0/2 | 6@1000 | კავკასუს ონლაინი რეზერვი | |
    isp/globaltel | Gi0/0/7 ~ GigabitEthernet0/0/7 | 6@100 | глобалтел wifi мост, интернет | |
    isp | ether1 | 6@1000 | Starlink dish roof | |
    isp | ethernet1/1 | 6@10000 | untrust-L3 | | provider:other
    isp | Gi0/0/9 ~ GigabitEthernet0/0/9 | 6@1000 | Cogent AS174 | |
    isp | Vlan4000 | 53@1000 | PUBLIC-IP-SEGMENT ISP | |
    isp | Gi0/0 ~ GigabitEthernet0/0 | 6@1000 | provaideri #2 (FTTB) | |
    access | Gi1/0/2 ~ GigabitEthernet1/0/2 | 6@1000 | Giorgi B. laptop dock | |
    access | fa0/9 ~ FastEthernet0/9 | 6@100 | кассовый терминал №4 | |
    access | Gi1/0/10 ~ GigabitEthernet1/0/10 | 6@1000 | sakonferencio otaxi | |
    access | GE1/0/20 ~ GigabitEthernet1/0/20 | 6@1000 | xerox b7035 | |
    access | Gi1/0/24 ~ GigabitEthernet1/0/24 | 6@1000 | MAGTI call-center operator 7 | |
    access | Vlan30 | 53@0 | Accounting | |
    access | Gi1/0/36 ~ GigabitEthernet1/0/36 | 6@1000 | WiFi AP sala 2 | wlan-ap,bridge; MikroTik cAP ac; cap-2 |
    access | Gi1/0/40 ~ GigabitEthernet1/0/40 | 6@100 | tablo rigebis marTva | |
    access | Gi0/8 ~ GigabitEthernet0/8 | 6@1000 | vakant | |
    access | lan2 | 6@1000 | | |
    access | Gi1/0/31 ~ GigabitEthernet1/0/31 | 6@1000 | sysadmin test | |
    access | Gi1/0/3 ~ GigabitEthernet1/0/3 | 6@1000 | ATM-3042 NCR | |
    access | ge-0/0/19 | 6@1000 | ex-CCTV, not in use | | camera
    access | Port 14 ~ Port 14 on Unit 2 | 6@1000 | | |
    trunk | Hu1/0/49 ~ HundredGigE1/0/49 | 6@100000 | c9500-b Hu1/0/49 | |
    trunk | Po1 ~ Port-channel1 | 161@20000 | SVL link | |
    trunk | Gi0/1 ~ GigabitEthernet0/1 | 6@1000 | UPLNK 3 FLOOR | |
    trunk | Te1/0/24 ~ TenGigabitEthernet1/0/24 | 6@10000 | MAGTI uplink | bridge,router; Cisco IOS Software, C9300; core-sw-2 |
    trunk | bond1 | 161@20000 | | |
    trunk | A2 | 6@10000 | 2530-24G downlink | |
    trunk | Gi1/0/47 ~ GigabitEthernet1/0/47 | 6@1000 | hub v bukhgalterii | | access
    trunk | Ethernet1/50 | 6@100000 | vlti to s5248-2 | |
    trunk | port1 | 6@10000 | | bridge,router; FortiGate-100F v7.2; FGT-EDGE-2 |
    trunk | internal5 | 6@1000 | | bridge; TL-SG2210P; TL-SG2210P |
    trunk | Te0/0/26 ~ TenGigE0/0/26 | 6@10000 | OLT-GPON-1 uplink to agg | |
    trunk | xe-0/1/0 | 6@10000 | გული-2 კომუტატორთან | |
    trunk | Eth-Trunk1.20 | 135@20000 | | | access
    server_link | Gi1/0/5 ~ GigabitEthernet1/0/5 | 6@1000 | hv-node-03 mgmt+vm | | management
    server_link | Te1/1/3 ~ TenGigabitEthernet1/1/3 | 6@10000 | Dell PowerVault ME4 ctlB | |
    server_link | ens18 | 6@0 | | |
    server_link | Gi1/0/30 ~ GigabitEthernet1/0/30 | 6@1000 | AD/DNS primary | |
    server_link | Eth1/20 ~ Ethernet1/20 | 6@10000 | swift alliance gateway srv | |
    server_link | vmbr1 | 209@0 | | | trunk
    server_link | Gi1/0/32 ~ GigabitEthernet1/0/32 | 6@1000 | файловый сервер бухгалтерии | |
    server_link | Gi1/0/33 ~ GigabitEthernet1/0/33 | 6@1000 | bazebis serveri | |
    server_link | bond2 | 161@20000 | iscsi-target | | trunk
    server_link | Te1/0/7 ~ TenGigabitEthernet1/0/7 | 6@10000 | | station; VMware ESXi 7.0.3; esx-prod-4 |
    server_link | Vlan600 | 53@0 | SERVER FARM | |
    branch_link | Gi0/0/2.45 ~ GigabitEthernet0/0/2.45 | 135@1000 | Kaspi-office | |
    branch_link | Tunnel450 | 131@0 | mGRE spokes | |
    branch_link | ipsec-samtredia | 131@0 | | |
    branch_link/silknet | Gi0/0/4 ~ GigabitEthernet0/0/4 | 6@1000 | отд. Поти, канал Силкнет | | provider:null
    branch_link/veon | Gi0/0/5.301 ~ GigabitEthernet0/0/5.301 | 135@1000 | VEON-VPN-BR301 | | provider:null
    branch_link | ge-0/0/7 | 6@1000 | p2p to warehouse Lilo | |
    branch_link | Multilink1 | 108@4 | Bolnisi 2xE1 | |
    branch_link | VLAN 512 | 53@0 | სერვის ცენტრი ვარკეთილი | |
    branch_link | ether10 | 6@1000 | Rem.office Bakuriani | |
    branch_link | tunnel-ke-dc | 131@0 | to partner Visa | |
    branch_link | Gi0/3 ~ GigabitEthernet0/3 | 6@1000 | shop #14 Tskaltubo | |
    management | oob0 | 6@1000 | | |
    management | Gi1/0/48 ~ GigabitEthernet1/0/48 | 6@100 | RSA-II x3650 | |
    management | ma1 | 6@1000 | | |
    management | Gi0/5 ~ GigabitEthernet0/5 | 6@100 | eaton ups 9px | | access
    management | Vlan2 | 53@0 | SW_MANAGMENT | |
    management | Con0 ~ Console0 | 1@0 | | |
    management | Gi1/0/15 ~ GigabitEthernet1/0/15 | 6@1000 | idrac9-r740-2 | station; iDRAC; idrac-7FK2 |
    management | Gi1/0/17 ~ GigabitEthernet1/0/17 | 6@100 | сетевая карта ИБП | | access
    loopback | Loopback0 ~ Loopback0 | 24@8000 | Router ID 10.255.0.7 | |
    loopback | dummy1 | 6@0 | | |
    loopback | lo1 | 24@0 | camera vlan gw | |
    loopback | InLoopBack0 | 24@0 | | |
    loopback | Null0 | 53@0 | | |
    loopback | loopback1 | 209@0 | | |
    voice | Gi1/0/6 ~ GigabitEthernet1/0/6 | 6@100 | tel. 2-14-55 | |
    voice | Vlan120 | 53@0 | IPTelephony | |
    voice | Gi1/0/7 ~ GigabitEthernet1/0/7 | 6@1000 | Cisco VG310 | |
    voice | Gi1/0/8 ~ GigabitEthernet1/0/8 | 6@100 | | bridge,telephone; Grandstream GXP2170; GXP2170_000B82 | access
    voice | Gi0/12 ~ GigabitEthernet0/12 | 6@1000 | mini-ats alcatel | |
    voice/silknet | Gi0/0/2 ~ GigabitEthernet0/0/2 | 6@1000 | SIP Silknet SBC | | provider:null
    voice | voice-port 0/1/0 | 101@0 | | |
    voice | Gi1/0/9 ~ GigabitEthernet1/0/9 | 6@100 | телефоны колл-центр | |
    camera | Gi1/0/11 ~ GigabitEthernet1/0/11 | 6@100 | Cam_Bankomat_Vake | |
    camera | Gi1/0/12 ~ GigabitEthernet1/0/12 | 6@100 | uniview turret 3 | |
    camera | Gi1/0/13 ~ GigabitEthernet1/0/13 | 6@100 | наружная камера №2 | |
    camera | Gi1/0/14 ~ GigabitEthernet1/0/14 | 6@1000 | NVR Hikvision 64ch | |
    camera | Vlanif80 | 53@1000 | VSS-cameras | |
    camera | ether8 | 6@100 | vidiokamera shesasvleli | |
    camera | Gi1/0/16 ~ GigabitEthernet1/0/16 | 6@100 | | station; Bosch FLEXIDOME IP 5000i; flexidome-77 |
    camera | fa0/22 ~ FastEthernet0/22 | 6@100 | სათვალთვალო კამერა სეიფი | |
    """
