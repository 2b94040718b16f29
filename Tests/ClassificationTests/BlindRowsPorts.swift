/// Interfaces composed without sight of the rules: ports of end users, servers, phones and cameras, and what is local.
let blindPortRows = """
    access | Gi1/0/7 ~ GigabitEthernet1/0/7 | 6@1000 | PC-HR-Nino | |
    access | Fa0/14 ~ FastEthernet0/14 | 6@100 | Printer HP M428 2nd floor | |
    access | GE1/0/17 ~ GigabitEthernet1/0/17 | 6@1000 | | |
    access | ether6 | 6@1000 | | |
    access | 17 | 6@1000 | | |
    access | Gi2/0/15 ~ GigabitEthernet2/0/15 | 6@1000 | bankomati #204 | |
    access | Gi1/0/3 ~ GigabitEthernet1/0/3 | 6@1000 | ბუღალტერია | |
    access | Gi1/0/9 ~ GigabitEthernet1/0/9 | 6@1000 | касса 3 | |
    access | Gi1/0/19 ~ GigabitEthernet1/0/19 | 6@1000 | рабочее место оператора | |
    access | Vlan20 | 53@1000 | USERS-2F | |
    access | Vlan99 | 53@0 | Guest-WiFi | |
    access | Gi1/0/33 ~ GigabitEthernet1/0/33 | 6@1000 | AP-lobby-01 | |
    access | Gi1/0/34 ~ GigabitEthernet1/0/34 | 6@1000 | | bridge,wlan-ap; Ubiquiti UniFi U6-Pro; U6-hall |
    access | gi1/0/28 ~ gigabitethernet1/0/28 | 6@100 | turniketi shesasvleli | |
    access | Gi1/0/44 ~ GigabitEthernet1/0/44 | 6@1000 | spare | |
    access | Gi1/0/45 ~ GigabitEthernet1/0/45 | 6@1000 | was SRV-OLD, free now | | server_link
    access | Gi0/9 ~ GigabitEthernet0/9 | 6@1000 | Silknet billing office PC | |
    access | Gi1/0/26 ~ GigabitEthernet1/0/26 | 6@1000 | branch director laptop | |
    access | wlan1 | 71@300 | | |
    access | Gi1/0/12 ~ GigabitEthernet1/0/12 | 6@1000 | POS terminal 2 + PinPad | |
    access | Gi3/0/2 ~ GigabitEthernet3/0/2 | 6@1000 | conf room TV / Barco | |
    access | Gi1/0/5 ~ GigabitEthernet1/0/5 | 6@1000 | desk 417 phone+pc | |
    access | Gi1/0/6 ~ GigabitEthernet1/0/6 | 6@1000 | skud controller door 3 | |
    access | ge-0/0/11 | 6@1000 | oфис-менеджер | |
    access | Gi1/0/46 ~ GigabitEthernet1/0/46 | 6@1000 | rezervi | |
    access | fa12 ~ fastethernet12 | 6@100 | queue kiosk | |
    access | 1:14 | 6@1000 | | |
    access | Gi1/0/29 ~ GigabitEthernet1/0/29 | 6@1000 | operatori 3 fanjara | |
    access | Gi1/0/30 ~ GigabitEthernet1/0/30 | 6@1000 | dev team camera-app tester pc | |
    access | Gi1/0/8 ~ GigabitEthernet1/0/8 | 6@1000 | | station; Windows 10 Pro; DESKTOP-8KQ2L1 |
    access | bridge-guest | 209@0 | | |
    server_link | Gi1/0/1 ~ GigabitEthernet1/0/1 | 6@1000 | SRV-DC01 NIC1 | |
    server_link | Eth1/12 ~ Ethernet1/12 | 6@10000 | esx07 vmnic2 | |
    server_link | Te1/0/9 ~ TenGigabitEthernet1/0/9 | 6@10000 | NetApp FAS2750 e0c | |
    server_link | eno2 | 6@1000 | | |
    server_link | enp3s0f1 | 6@10000 | | |
    server_link | Po101 ~ port-channel101 | 161@20000 | oracle-db-2 LACP | | trunk
    server_link | Gi1/0/22 ~ GigabitEthernet1/0/22 | 6@1000 | სერვერი 1C | |
    server_link | Gi1/0/23 ~ GigabitEthernet1/0/23 | 6@1000 | сервер резервного копирования | |
    server_link | Gi1/0/21 ~ GigabitEthernet1/0/21 | 6@1000 | serveri bazis | |
    server_link | fc1/14 | 56@16000 | | |
    server_link | virbr0 | 6@0 | | | access,trunk
    server_link | docker0 | 6@0 | | |
    server_link | vmk0 ~ Virtual interface: vmk0 on vswitch vSwitch0 portgroup Management | 6@1000 | | | management
    server_link | Gi1/0/13 ~ GigabitEthernet1/0/13 | 6@1000 | zabbix (monitors ISP magti/silknet) | |
    server_link | 1/1/15 | 6@25000 | ucs-fi-a eth1/5 | | trunk
    server_link | Gi1/0/16 ~ GigabitEthernet1/0/16 | 6@1000 | | station; Linux pve3 6.5.11-8-pve; pve3 |
    server_link | Ethernet1/7 | 6@10000 | F5-LTM-1 1.1 | | trunk
    server_link | Vlan210 | 53@0 | VLAN_DB_SERVERS | |
    server_link | xe-0/0/14 | 6@10000 | kvm-host-11 p1p2 | |
    server_link | Gi1/0/18 ~ GigabitEthernet1/0/18 | 6@1000 | Veeam proxy | |
    server_link | Microsoft Hyper-V Network Adapter | 6@10000 | | |
    server_link | Gi0/14 ~ GigabitEthernet0/14 | 6@1000 | QNAP TS-453 (backup) | |
    server_link | Te1/0/21 ~ TenGigabitEthernet1/0/21 | 6@10000 | exch01 / mail | |
    server_link | Gi1/0/24 ~ GigabitEthernet1/0/24 | 6@1000 | www-prod-03 eth0 | |
    management | mgmt0 | 6@1000 | | |
    management | me0 | 6@1000 | | |
    management | MEth0/0/0 | 6@100 | | |
    management | Management1 | 6@1000 | | |
    management | MgmtEth0/RP0/CPU0/0 | 6@1000 | | |
    management | Vlan999 | 53@0 | NETWORK-MGMT | |
    management | Gi1/0/37 ~ GigabitEthernet1/0/37 | 6@1000 | iDRAC esx07 | |
    management | Gi1/0/38 ~ GigabitEthernet1/0/38 | 6@100 | APC UPS netcard | | access
    management | vlan 5 | 53@0 | ქსელის მართვა | |
    management | Gi0/7 ~ GigabitEthernet0/7 | 6@100 | PDU rack 12-B | | access
    management | M-GigabitEthernet0/0/0 | 6@1000 | | |
    management | Gi1/0/39 ~ GigabitEthernet1/0/39 | 6@1000 | iLO5 dl380-g10-4 | |
    management | ether5 | 6@100 | menejmenti | |
    management | vlan100 | 53@0 | VLAN управления | |
    management | Gi1/0/20 ~ GigabitEthernet1/0/20 | 6@1000 | OOB console server opengear | |
    management | wan1-mgmt | 6@1000 | OOB-MGMT only | |
    management | Gi1/0/41 ~ GigabitEthernet1/0/41 | 6@1000 | storage controller A mgmt | |
    trunk | Fa1 ~ FastEthernet1 | 6@100 | mgmnt sw | | management
    loopback | Lo0 ~ Loopback0 | 24@0 | router-id | |
    loopback | lo | 24@10 | | |
    loopback | lo0.0 | 24@0 | | |
    loopback | Loopback100 | 24@0 | MAGTI BGP source | | provider:magti
    loopback | LoopBack1 | 24@0 | VPN termination | |
    loopback | Software Loopback Interface 1 | 24@1073 | | |
    loopback | lo0.16385 | 24@0 | | |
    loopback | Nu0 ~ Null0 | 1@0 | | |
    loopback | NULL0 | 1@0 | | |
    loopback | lobridge | 209@0 | loopback for OSPF | |
    loopback | dsc | 1@0 | | |
    loopback | system | 24@0 | | |
    loopback | Lo10 ~ Loopback10 | 24@0 | branch tunnels source | |
    loopback | discard0 | 1@0 | | |
    voice | Gi1/0/4 ~ GigabitEthernet1/0/4 | 6@100 | IP phone reception | |
    voice | Vlan110 | 53@0 | VOIP | |
    voice | Gi1/0/10 ~ GigabitEthernet1/0/10 | 6@100 | | bridge,telephone; Cisco IP Phone 8841; SEP00AABBCCDDEE | access
    voice | Gi0/0/3 ~ GigabitEthernet0/0/3 | 6@1000 | Asterisk PBX | |
    voice | Gi1/0/11 ~ GigabitEthernet1/0/11 | 6@1000 | CUCM-SUB2 | |
    voice/magti | Gi0/0/6 ~ GigabitEthernet0/0/6 | 6@1000 | SIP trunk Magti | | provider:null
    voice | FXS 0/2/1 ~ Foreign Exchange Station 0/2/1 | 102@0 | | |
    voice | Se0/0/0:15 ~ Serial0/0/0:15 | 81@64 | PRI D-channel | |
    voice | Gi1/0/12 ~ GigabitEthernet1/0/12 | 6@100 | телефония АТС Panasonic | |
    voice | Gi1/0/14 ~ GigabitEthernet1/0/14 | 6@100 | ტელეფონი 3-12 | |
    voice | Gi1/0/15 ~ GigabitEthernet1/0/15 | 6@100 | ip telefoni mdivani | |
    voice | Gi1/0/20 ~ GigabitEthernet1/0/20 | 6@100 | grandstream gxw4224 | |
    voice | Gi0/11 ~ GigabitEthernet0/11 | 6@1000 | Avaya G450 | |
    voice | E1 1/0 | 18@2 | ISDN PRI to PSTN | |
    voice | Gi1/0/25 ~ GigabitEthernet1/0/25 | 6@100 | camera lobby | telephone,bridge; Polycom VVX 401; Polycom_64167f | access
    voice | Vl55 ~ Vlan55 | 53@1000 | callcentre headsets voip | |
    voice | Gi1/0/27 ~ GigabitEthernet1/0/27 | 6@1000 | 3CX | |
    camera | Gi1/0/2 ~ GigabitEthernet1/0/2 | 6@100 | CAM-12 entrance | |
    camera | GE0/0/14 ~ GigabitEthernet0/0/14 | 6@100 | NVR-1 | |
    camera | Gi1/0/5 ~ GigabitEthernet1/0/5 | 6@100 | ვიდეოკამერა ეზო | |
    camera | fa0/18 ~ FastEthernet0/18 | 6@100 | камера парковка | |
    camera | ether7 | 6@100 | kamera saqasca 2 | |
    camera | Vlan77 | 53@0 | CCTV | |
    camera | Gi1/0/17 ~ GigabitEthernet1/0/17 | 6@100 | | station; AXIS P3245-LV Network Camera; axis-accc8e |
    camera | Gi1/0/18 ~ GigabitEthernet1/0/18 | 6@1000 | Hik DVR 16ch | |
    camera | Gi1/0/21 ~ GigabitEthernet1/0/21 | 6@100 | IP-CAM ATM#17 | |
    camera | Gi1/0/22 ~ GigabitEthernet1/0/22 | 6@100 | dahua ptz roof | |
    camera | Gi1/0/23 ~ GigabitEthernet1/0/23 | 6@100 | videosatvaltvalo | |
    camera | port9 | 6@100 | видеорегистратор | |
    camera | Gi1/0/31 ~ GigabitEthernet1/0/31 | 6@100 | Surveillance srv-room | |
    camera | Gi1/0/32 ~ GigabitEthernet1/0/32 | 6@100 | user PC 12 | station; Hanwha Techwin XNV-6080R; XNV-6080R | access
    camera | Gi1/0/35 ~ GigabitEthernet1/0/35 | 6@1000 | Milestone recorder 2 | | server_link
    camera | 9 | 6@100 | Camra kassa-2 | |
    camera | Gi0/16 ~ GigabitEthernet0/16 | 6@100 | LPR cam gate | |
    """
