import Classification
import Inventory

/// Classifies many different interfaces with a rule file of a given size.
enum ClassifyDriver {
    static func run(interfaces count: Int, rules: Int) throws -> String {
        let set = try RuleSet.load(user: userRules(total: rules))
        let inputs = generate(count)
        let before = ProcessorTime.seconds
        var byType: [InterfaceType: Int] = [:]
        for input in inputs { byType[set.classify(input).type, default: 0] += 1 }
        let used = ProcessorTime.seconds - before
        let types = byType.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\"\($0.key.rawValue)\":\($0.value)" }
        return """
            {"interfaces":\(count),"rules":\(set.rules.count),"cpu_seconds":\(used),\
            "types":{\(types.joined(separator: ","))}}
            """
    }

    /// A user's file that brings the shipped rules up to `total`.
    private static func userRules(total: Int) throws -> String {
        let missing = max(0, try total - RuleSet.load(user: nil).rules.count)
        guard missing > 0 else { return "rules: []\n" }
        let rules = (0..<missing).map { number in
            """
              - id: site-\(number)
                type: branch_link
                match:
                  alias: "(?:^|[^a-z])site[-_ ]?\(number)[a-f]+(?:$|[^a-z])"
                confidence: 0.9
            """
        }
        return "rules:\n" + rules.joined(separator: "\n") + "\n"
    }

    private static let aliases = [
        "", "ISP_MAGTI_1G", "*** Magti uplink ***", "To-BRANCH-%", "srv-db% eno1", "IPCAM-lobby-%", "VoIP phones",
        "user room %", "uplink to CORE-SW-%", "mgmt", "printer floor %", "esxi-host-% vmnic0", "spare", "AP-floor%",
        "SILKNET / IPTRANSIT / 10G / CID=SN-%", "Кавказ Онлайн %", "filiali %", "kamera %", "[do not touch] %", "ATM-%",
    ]

    /// Inputs that differ from each other, so that no cache can answer for the matcher.
    private static func generate(_ count: Int) -> [ClassificationInput] {
        (0..<count).map { number in
            let alias = aliases[number % aliases.count].split(separator: "%", omittingEmptySubsequences: false)
                .joined(separator: String(number))
            let (slot, port) = (number / 48 % 10, number % 48)
            return ClassificationInput(
                name: "Gi\(slot)/0/\(port)", descr: "GigabitEthernet\(slot)/0/\(port)", alias: alias, ifType: 6,
                speedBps: 1_000_000_000)
        }
    }
}
