/// Places, models and names the bank is made of.
enum BankPlaces {
    /// Towns with a regional hub, the capital first.
    static let towns = [
        "TBILISI", "KUTAISI", "BATUMI", "RUSTAVI", "GORI", "ZUGDIDI", "POTI", "TELAVI", "AKHALTSIKHE", "OZURGETI",
        "AMBROLAURI", "MTSKHETA", "KHASHURI", "SAMTREDIA", "SENAKI", "ZESTAPONI", "MARNEULI", "KASPI", "BORJOMI",
        "TKIBULI", "CHIATURA", "KOBULETI", "SAGAREJO", "GARDABANI", "LAGODEKHI", "GURJAANI", "KVARELI", "BOLNISI",
        "TSKALTUBO", "KAREIDI", "LANCHKHUTI", "KHOBI", "MARTVILI", "VANI", "ABASHA", "SACHKHERE", "DUSHETI", "ONI",
        "TSALKA", "DMANISI", "AKHALKALAKI", "NINOTSMINDA", "ADIGENI", "KEDA", "KHULO", "MESTIA", "LENTEKHI",
        "STEPANTSMINDA", "SIGHNAGHI", "DEDOPLISTSKARO",
    ]

    /// The name as people write it in text.
    static func title(_ town: String) -> String {
        town.prefix(1) + town.dropFirst().lowercased()
    }

    /// How many `isp` uplinks each provider has.
    static let providers: [(name: String, uplinks: Int)] = [
        ("silknet", 61), ("magti", 52), ("caucasus_online", 21), ("veon", 18), ("geocell", 14), ("beeline", 12),
        ("globaltel", 9),
    ]

    /// Hardware by manner: model and the number that stands in its sysObjectID.
    static func model(_ manner: Manner, isRouter: Bool, _ random: inout SeededRandom) -> (String, UInt32) {
        let models: [(String, UInt32)] =
            switch manner {
            case .ciscoIOS: isRouter ? [("C2900", 1045), ("C1900", 1041)] : [("C2960X", 1208), ("C3560CX", 2134)]
            case .ciscoIOSXE: isRouter ? [("ISR4331", 1707), ("ISR4321", 1708)] : [("C9300", 2494), ("C9200L", 2593)]
            case .ciscoNXOS: [("Nexus9000 C93180YC-FX", 2118), ("Nexus9000 C9336C-FX2", 2247)]
            case .huaweiVRP: isRouter ? [("AR2220", 225), ("AR1220", 224)] : [("S5720", 517), ("S5735", 778)]
            case .mikroTik: [("RB750Gr3", 1), ("RB4011iGS+", 1), ("CCR1009-7G-1C-1S+", 1)]
            case .juniper: isRouter ? [("srx345", 139), ("mx204", 156)] : [("ex4300-48t", 63), ("ex2300-24t", 143)]
            case .procurve: [("2530-24G", 152), ("2920-24G", 150)]
            case .arubaCX: [("JL635A 8325", 56), ("JL660A 6300M", 67)]
            case .fortinet: [("FGT_60F", 643), ("FGT_100F", 1005)]
            case .linux: [("x86_64", 10)]
            }
        return random.pick(models)
    }
}

/// Text on interfaces, in the many ways people write it.
struct BankAliases {
    /// Turns through a list, so that every way occurs.
    private var turns: [String: Int] = [:]

    /// The next of the ways written for a subject.
    mutating func next(_ subject: String, _ ways: [String]) -> String {
        let turn = turns[subject, default: 0]
        turns[subject] = turn + 1
        return ways[turn % ways.count]
    }

    /// An uplink to a provider.
    mutating func uplink(_ provider: String, _ random: inout SeededRandom) -> String {
        let rate = random.pick(["50M", "100M", "200M", "500M", "1G"])
        let ways: [String] =
            switch provider {
            case "magti":
                [
                    "ISP_MAGTI_\(rate)", "*** Magti uplink ***", "MagtiCom Internet \(rate)", "WAN Magti fiber",
                    "magti-inet primary", "ISP Magti \(rate) (contract 20\(random.below(90) + 10))",
                ]
            case "silknet":
                [
                    "ISP_SILKNET_\(rate)", "Silknet Internet \(rate)", "*** SILKNET uplink ***", "WAN-SILKNET-BACKUP",
                    "Silk-Net fiber \(rate)", "uplink silknet GPON", "ISP: Silknet L3VPN",
                ]
            case "veon":
                ["ISP_VEON_\(rate)", "Veon (Beeline) Internet \(rate)", "VEON Georgia DIA", "WAN veon backup"]
            case "beeline":
                ["ISP_BEELINE_\(rate)", "Beeline internet backup", "*** Beeline uplink ***", "WAN-BEELINE"]
            case "geocell":
                ["ISP_GEOCELL_LTE", "GEOCELL_LTE_BACKUP", "Geocell 4G internet", "WAN geocell reserve"]
            case "caucasus_online":
                [
                    "ISP_CAUCASUS_\(rate)", "Caucasus Online Internet", "ISP_CAUCASUS_ONLINE_primary",
                    "*** Caucasus Online uplink ***",
                ]
            default: ["ISP_GLOBALTEL_\(rate)", "GlobalTel Internet \(rate)", "WAN globaltel backup"]
            }
        return next("isp " + provider, ways)
    }

    /// A link to a branch, on the hub's side.
    mutating func toBranch(_ number: Int, _ town: String) -> String {
        let title = BankPlaces.title(town)
        return next(
            "to branch",
            [
                "To-BRANCH-\(number)", "BRANCH-\(number) \(town)", "BR\(number) \(title) CE",
                "branch_\(number) \(title) DATA", "filiali \(number) - \(title)", "WAN to branch \(number) (\(title))",
                "<<< BRANCH \(number) >>>", "Branch \(number) L2VPN \(town)", "link BR-\(number) \(title)",
            ])
    }

    /// The same link on the branch's side.
    mutating func fromBranch(_ number: Int, hub: String) -> String {
        next(
            "from branch",
            [
                "BRANCH-\(number) to \(hub)", "To-HQ (branch \(number))", "MAIN OFFICE <=> BR \(number)",
                "branch \(number) WAN -> \(hub)", "filiali \(number) <-> \(hub)", "BR\(number) primary link",
                "BRANCH LINK \(hub)", "HQ link, branch_\(number)",
            ])
    }

    /// A tunnel from a branch that has no line of its own.
    mutating func tunnel(_ number: Int) -> String {
        next("tunnel", ["GRE to HQ (branch \(number))", "VPN BRANCH-\(number) - HQ", "IPsec HQ hub, branch \(number)"])
    }

    /// A link between network devices.
    mutating func trunk(to device: String, _ port: String) -> String {
        next(
            "trunk",
            [
                "Trunk to \(device) \(port)", "TRUNK_\(device)_\(port)", "uplink \(device) \(port)",
                "dot1q trunk -> \(device)", "Backbone to \(device) \(port)", "inter-switch link \(device)",
                "Downlink \(device) \(port)", "trunk: \(device)", "802.1Q trunk \(device) \(port)",
            ])
    }

    /// A member of a bundle.
    mutating func member(of bundle: String, to device: String) -> String {
        next("member", ["\(bundle) member to \(device)", "LACP \(bundle) trunk \(device)"])
    }

    /// A server's port on a switch.
    mutating func server(_ name: String, _ port: String) -> String {
        next("server", ["\(name) \(port)", "SERVER \(name) \(port)", "to server \(name)", "\(name) NIC \(port)"])
    }

    /// A managed device's port on the out-of-band switch.
    mutating func management(_ name: String, _ port: String) -> String {
        next("management", ["MGMT \(name)", "OOB \(name) \(port)", "oob-mgmt \(name)", "\(name) management port"])
    }
}
