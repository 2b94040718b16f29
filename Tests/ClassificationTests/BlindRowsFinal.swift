/// A fourth set composed without sight of the rules, after the third had shown what it could.
let blindFinalRows = """
    isp/magti | Gi0/0/0.900 ~ GigabitEthernet0/0/0.900 | 135@1000 | magticom wan ip 212.72.x | |
    isp/silknet | GE0/0/5 ~ GigabitEthernet0/0/5 | 6@1000 | S.I.L.K.N.E.T. main | |
    isp/silknet | ge-0/0/1 | 6@1000 | Сiлкнет оптоволокно | |
    isp/caucasus_online | eth2 | 6@1000 | kavkasus onlaini sarezervo | |
    isp/beeline | ether4 | 6@100 | Beeline fixed wireless | |
    isp/geocell | Gi0/0/3 ~ GigabitEthernet0/0/3 | 6@100 | ჯეოსელის მოდემი | |
    isp/veon | GigabitEthernet0/0/4 | 6@1000 | VEON IP VPN | | provider:beeline
    isp/magti | Te0/0/0 ~ TenGigabitEthernet0/0/0 | 6@10000 | core link | router; Juniper Networks, Inc. mx480; bras1.magti.com |
    isp | wan1 | 6@1000 | port from building provider | |
    isp | Gi0/0 ~ GigabitEthernet0/0 | 6@1000 | Turkcell superonline | |
    isp | sfp1 | 6@1000 | ოპტიკა პროვაიდერისგან | |
    isp | outside | 6@1000 | | |
    access | Gi1/0/2 ~ GigabitEthernet1/0/2 | 6@1000 | Kassa N2 + printer | |
    access | Gi1/0/3 ~ GigabitEthernet1/0/3 | 6@1000 | stol 14 | |
    access | Gi1/0/4 ~ GigabitEthernet1/0/4 | 6@1000 | კრედიტ ოფიცერი | |
    access | Gi1/0/5 ~ GigabitEthernet1/0/5 | 6@100 | time attendance device | |
    access | Gi1/0/6 ~ GigabitEthernet1/0/6 | 6@1000 | SPARE-PORT | |
    access | Gi1/0/7 ~ GigabitEthernet1/0/7 | 6@1000 | | bridge,wlan-ap; Aruba AP-515; ap-3f-2 |
    access | Gi1/0/8 ~ GigabitEthernet1/0/8 | 6@1000 | приёмная, розетка 2 | |
    access | xe-0/0/30 | 6@10000 | | |
    trunk | Gi1/0/49 ~ GigabitEthernet1/0/49 | 6@1000 | Link2Access-SW-6 | |
    trunk | Ethernet1/52 | 6@100000 | L3-to-BORDER-LEAF-1 | |
    trunk | Po100 ~ port-channel100 | 161@20000 | PEERLINK | |
    trunk | Gi0/2 ~ GigabitEthernet0/2 | 6@1000 | 2 სართულის სვიჩზე | |
    trunk | gi25 ~ gigabitethernet25 | 6@1000 | apstairs switch | |
    trunk | XGigabitEthernet0/0/3 | 6@10000 | к маршрутизатору NE40 | |
    trunk | port14 | 6@1000 | server 5 | bridge; HPE 1950 24G; asw-14 |
    server_link | Gi1/0/9 ~ GigabitEthernet1/0/9 | 6@1000 | Dell R740 em2 | |
    server_link | Gi1/0/10 ~ GigabitEthernet1/0/10 | 6@1000 | виртуалки host 3 | |
    server_link | Te1/0/11 ~ TenGigabitEthernet1/0/11 | 6@10000 | Hyper-V-CL2 vSwitch | |
    server_link | Gi1/0/12 ~ GigabitEthernet1/0/12 | 6@1000 | მონაცემთა ბაზის სერვერი | |
    server_link | eno49 | 6@10000 | | |
    server_link | 1/1/20 | 6@25000 | purestorage ct0.eth4 | |
    branch_link | Tu31 ~ Tunnel31 | 131@0 | to spoke31 over magti | | provider:magti
    branch_link | Gi0/0/2 ~ GigabitEthernet0/0/2 | 6@1000 | ოფისი ქუთაისი | |
    branch_link | Vl700 ~ Vlan700 | 53@0 | L2-TO-BRANCHES | |
    branch_link | ether6 | 6@100 | офис в Рустави через радио | |
    branch_link/magti | GE0/0/1.55 ~ GigabitEthernet0/0/1.55 | 135@1000 | Branch055_Magti | | provider:null
    branch_link | vpn-rustavi | 131@0 | | |
    management | Gi1/0/13 ~ GigabitEthernet1/0/13 | 6@100 | iDRAC-9 R740 | |
    management | M-Ethernet0/0/0 | 6@100 | | |
    management | Vlan777 | 53@0 | MGMT-NATIVE | |
    management | Gi1/0/14 ~ GigabitEthernet1/0/14 | 6@100 | UPS Eaton 93PM snmp | | access
    management | Gi1/0/15 ~ GigabitEthernet1/0/15 | 6@1000 | порт управления СХД | |
    voice | Gi1/0/16 ~ GigabitEthernet1/0/16 | 6@100 | telefoni mdivani | |
    voice | Gi1/0/17 ~ GigabitEthernet1/0/17 | 6@1000 | Yeastar S100 | |
    voice | Vlan112 | 53@0 | ip-tel | |
    voice | Gi1/0/18 ~ GigabitEthernet1/0/18 | 6@100 | | bridge,telephone; snom D715; snom715 | access
    camera | Gi1/0/19 ~ GigabitEthernet1/0/19 | 6@100 | kamera 7 (garet) | |
    camera | Gi1/0/20 ~ GigabitEthernet1/0/20 | 6@100 | NVR sacavi | |
    camera | Gi1/0/21 ~ GigabitEthernet1/0/21 | 6@100 | | station; Vivotek FD9369; FD9369 |
    camera | Gi1/0/22 ~ GigabitEthernet1/0/22 | 6@100 | в/наблюдение вход | |
    loopback | lo0 | 24@0 | | |
    loopback | Loopback0 | 24@0 | Beeline peering src | | provider:beeline
    loopback | null0 | 1@0 | | |
    """
