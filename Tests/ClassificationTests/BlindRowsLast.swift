/// A third set composed without sight of the rules, the last measure of what the shipped rules do on the unseen.
let blindLastRows = """
    isp/magti | ge-0/0/3 | 6@1000 | magtikomi 1 gbit tsentraluri | |
    isp/magti | Gi0/0/1 ~ GigabitEthernet0/0/1 | 6@1000 | BGP-MAGTI-AS20771-V4 | |
    isp/magti | Vlan2211 | 53@1000 | MAGTI_PUBLIC_/29 | |
    isp/silknet | Gi0/0 ~ GigabitEthernet0/0 | 6@1000 | სილქნეთი 500 | |
    isp/silknet | ether1 | 6@1000 | Silknet ONT huawei HG8245 | |
    isp/silknet | Te0/0/2 ~ TenGigE0/0/2 | 6@10000 | sliknet ipt backup | |
    isp/veon | wan2 | 6@100 | veon/beeline lte router | | provider:beeline
    isp/beeline | Gi0/1 ~ GigabitEthernet0/1 | 6@100 | билаин аренда канала | |
    isp/geocell | usb1 | 6@0 | geocell huawei e3372 | |
    isp/caucasus_online | Gi0/0/2 ~ GigabitEthernet0/0/2 | 6@1000 | Cauc.Online DIA 100Mb | |
    isp/globaltel | Gi0/4 ~ GigabitEthernet0/4 | 6@100 | GLOBALTEL-ISP3 | |
    isp | Dialer0 | 23@0 | | |
    isp | eth0 | 6@1000 | ISP_MAIN | |
    isp | ge-0/0/0 | 6@1000 | ext. internet /30 | |
    isp | ether1 | 6@1000 | Rostelecom transit | |
    isp | Gi0/1 ~ GigabitEthernet0/1 | 6@1000 | ГТС-интернет, резервный провайдер | |
    access | Gi1/0/8 ~ GigabitEthernet1/0/8 | 6@1000 | plotteri proeqtireba | |
    access | Gi1/0/9 ~ GigabitEthernet1/0/9 | 6@1000 | მე-3 სართული, 305 | |
    access | Gi0/3 ~ GigabitEthernet0/3 | 6@1000 | Beeline shop next door (lan) | |
    access | Gi1/0/11 ~ GigabitEthernet1/0/11 | 6@1000 | отдел закупок | |
    access | VLAN 44 | 53@0 | WIFI-GUEST-PORTAL | |
    access | fa0/4 ~ FastEthernet0/4 | 6@100 | pay terminal lobby | |
    access | Gi1/0/21 ~ GigabitEthernet1/0/21 | 6@1000 | video wall controller NOC | |
    access | swp3 | 6@1000 | | |
    access | Gi1/0/22 ~ GigabitEthernet1/0/22 | 6@1000 | reserved for server migration | | server_link
    access | Gi1/0/23 ~ GigabitEthernet1/0/23 | 6@1000 | | station; Dell OptiPlex 7090; WS-1182 |
    trunk | Gi1/0/24 ~ GigabitEthernet1/0/24 | 6@1000 | FLR4-ACC-SW2:24 | |
    trunk | Te1/1/1 ~ TenGigabitEthernet1/1/1 | 6@10000 | კორ სვიჩი 1 | |
    trunk | Po2 ~ Port-channel2 | 161@2000 | to-stack-B | |
    trunk | xe-0/0/47 | 6@10000 | mx204-1 xe-0/1/0 | |
    trunk | Gi0/28 ~ GigabitEthernet0/28 | 6@1000 | цод-1 - цод-2 темное волокно | |
    trunk | port16 | 6@10000 | palo alto eth1/3 inside | |
    trunk | ether24 | 6@1000 | ubnt nanobeam ptp bldg B | | branch_link
    trunk | Gi1/0/1 ~ GigabitEthernet1/0/1 | 6@1000 | srv-backup-2 | bridge,router; HUAWEI S5735-L48T4X; ACC-7 |
    trunk | Ethernet1/48 | 6@10000 | FEX-101 | |
    trunk | bridge-trunk | 209@0 | | |
    server_link | Te1/0/3 ~ TenGigabitEthernet1/0/3 | 6@10000 | vsphere cluster node C | |
    server_link | Gi1/0/4 ~ GigabitEthernet1/0/4 | 6@1000 | Altera (accounting db) | |
    server_link | 0/5 ~ Slot: 0 Port: 5 10G | 6@10000 | HPE MSA 2050 A1 | |
    server_link | ens224 | 6@10000 | dmz leg | |
    server_link | Gi1/0/6 ~ GigabitEthernet1/0/6 | 6@1000 | domen kontroleri | |
    server_link | Gi1/0/7 ~ GigabitEthernet1/0/7 | 6@1000 | почтовик exchange | |
    server_link | Gi1/0/9 ~ GigabitEthernet1/0/9 | 6@10000 | | station; Red Hat Enterprise Linux 8; rac1.bank.ge |
    server_link | Vl301 ~ Vlan301 | 53@0 | APP-TIER | |
    server_link | Gi1/0/2 ~ GigabitEthernet1/0/2 | 6@1000 | nagios prb | |
    branch_link | Gi0/0/1.33 ~ GigabitEthernet0/0/1.33 | 135@1000 | FIL_33_AMBROLAURI | |
    branch_link | Tunnel7 | 131@0 | | |
    branch_link | ether3 | 6@100 | mikrotik filial mestia | |
    branch_link | Gi0/2 ~ GigabitEthernet0/2 | 6@1000 | В филиал Гори (ВОЛС) | |
    branch_link/beeline | Gi0/0/2.9 ~ GigabitEthernet0/0/2.9 | 135@100 | BR-09 Khulo beeline lte | | provider:null
    branch_link | gre.kaspi | 131@0 | | |
    branch_link | Gi0/5 ~ GigabitEthernet0/5 | 6@1000 | Service Center Rustavi - WAN | |
    branch_link | Se1/0 ~ Serial1/0 | 22@2 | Chiatura | |
    management | Gi1/0/40 ~ GigabitEthernet1/0/40 | 6@100 | HP iLO bl460c bay3 | |
    management | eth1 ~ eth1 | 6@1000 | mgmt-lan | |
    management | Vlan10 | 53@0 | Администрирование сети | |
    management | Gi0/2 ~ GigabitEthernet0/2 | 6@100 | netbotz 250 | | access
    management | OOB_Management | 6@100 | | |
    management | Gi1/0/44 ~ GigabitEthernet1/0/44 | 6@100 | ipmi-proxmox2 | |
    voice | Gi1/0/13 ~ GigabitEthernet1/0/13 | 6@100 | tel mimgebi | |
    voice | Gi1/0/14 ~ GigabitEthernet1/0/14 | 6@100 | ip-phone-guard | |
    voice | Gi0/9 ~ GigabitEthernet0/9 | 6@1000 | audiocodes m500 | |
    voice | Vlan250 | 53@0 | ხმოვანი ვილანი | |
    voice | Gi1/0/18 ~ GigabitEthernet1/0/18 | 6@100 | workstation 11 | telephone; Cisco CP-7942; SEP0011 | access
    voice | BRI0/1/0 | 75@0 | | |
    camera | Gi1/0/19 ~ GigabitEthernet1/0/19 | 6@100 | cam-kassa3 | |
    camera | fa0/7 ~ FastEthernet0/7 | 6@100 | kameris chamweri | |
    camera | Gi1/0/20 ~ GigabitEthernet1/0/20 | 6@100 | видеонаблюдение склад | |
    camera | Vlan66 | 53@0 | IP-CAM-NET | |
    camera | Gi1/0/25 ~ GigabitEthernet1/0/25 | 6@100 | | station; Dahua DHI-NVR4216; NVR-2 |
    camera | Gi1/0/26 ~ GigabitEthernet1/0/26 | 6@100 | entrance dome | |
    loopback | Lo5 ~ Loopback5 | 24@0 | SILKNET prefix originate | | provider:silknet
    loopback | blackhole | 1@0 | | |
    loopback | lo.anycast | 24@0 | | |
    loopback | Loopback0 | 24@0 | mgmt ip | |
    """
