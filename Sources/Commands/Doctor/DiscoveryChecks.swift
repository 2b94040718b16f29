import Inventory

/// Phase 1: all devices are discovered hourly, ISP interfaces are classified, agents answer.
struct DiscoveryChecks {
    private let answers: DoctorAnswers
    private let isPromised: Bool
    private static let job = "discover-all-interfaces"
    /// An hour, and another one for a run that is at work.
    private static let secondsMax = 7_200.0
    private static let namedMax = 5

    init(_ answers: DoctorAnswers, isPromised: Bool) {
        (self.answers, self.isPromised) = (answers, isPromised)
    }

    var findings: [Finding] {
        guard answers.faults["devices"] == nil else { return [] }
        guard !enabled.isEmpty else {
            return [
                Finding(
                    verdict: isPromised ? .failed : .warning, check: "devices",
                    text: answers.devices.isEmpty ? "there are no devices yet" : "all devices are switched off",
                    remedies: [
                        "wardflux devices add NAME ADDRESS --profile PROFILE", "wardflux devices import FILE.csv",
                        "wardflux sweep 10.0.0.0/24 --profile PROFILE finds those that answer",
                    ])
            ]
        }
        let check = JobCheck(answers: answers, isPromised: isPromised)
        let job =
            check.off("discovery", Self.job, "new interfaces stay unknown")
            ?? check.lastRun("discovery", Self.job, withinSeconds: Self.secondsMax)
        return [job, silent, unread, providers].compactMap(\.self)
    }

    private var enabled: [JSONValue] { answers.devices.filter { $0["enabled"]?.bool == true } }

    private var trouble: Finding.Verdict { isPromised ? .failed : .warning }

    /// Devices that do not answer: what a silent agent needs.
    private var silent: Finding? {
        let down = enabled.filter(Self.isSilent)
        guard let first = down.first else {
            return .good("devices", "\(Units.count(Int64(enabled.count), "device")); none is known not to answer")
        }
        let address = first["ip"]?.string ?? "ADDRESS"
        return Finding(
            verdict: trouble, check: "devices",
            text: "\(down.count) of \(enabled.count) do not answer: \(Self.names(down))",
            remedies: [
                first["last_error"]?.string.map { "\(first["name"]?.string ?? address) said last: \($0)" },
                "ask one of them: wardflux doctor --device \(first["name"]?.string ?? "NAME")",
                "from this host: snmpwalk -v2c -c COMMUNITY \(address) 1.3.6.1.2.1.1",
                "a silent Cisco needs: snmp-server community COMMUNITY RO ACL, and: access-list ACL permit THIS-HOST",
            ].compactMap(\.self))
    }

    /// Whether a device does not answer, or never could be asked.
    private static func isSilent(_ device: JSONValue) -> Bool {
        switch device["status"]?.string {
        case "down": true
        case "unknown": device["last_error"]?.string != nil
        default: false
        }
    }

    /// Devices whose interfaces were not read to the end of late.
    private var unread: Finding? {
        let late = enabled.filter { device in
            guard !Self.isSilent(device) else { return false }
            guard let age = answers.seconds(since: device["last_complete_discovery_at"]) else { return true }
            return age > Self.secondsMax
        }
        guard !late.isEmpty else { return nil }
        return Finding(
            verdict: trouble, check: "discovery",
            text: "\(late.count) of \(enabled.count) devices were not read to the end in the last two hours: "
                + Self.names(late),
            remedies: ["wardflux discover \(late[0]["name"]?.string ?? "NAME")"])
    }

    private var providers: Finding? {
        guard let total = answers.summary["total_interfaces"]?.integer, total > 0 else { return nil }
        let isp = answers.summary["isp_interfaces"]?.integer ?? 0
        guard isp > 0 else {
            return Finding(
                verdict: isPromised ? .failed : .note, check: "providers",
                text: "none of \(Units.count(total, "interface")) is classified as a provider's uplink",
                remedies: [
                    "see why: wardflux rules explain DEVICE:INTERFACE",
                    "name your providers in a rule file (rules.file), and check it: wardflux rules check FILE",
                ])
        }
        let named = (answers.summary["by_provider"]?.members ?? []).compactMap(\.value.integer).reduce(0, +)
        guard named < isp else { return .good("providers", "\(Units.count(isp, "uplink")), all with their provider") }
        return .note(
            "providers", "\(isp - named) of \(isp) uplinks have no provider's name",
            "wardflux interfaces list --type isp, and add the missing names to the rule file")
    }

    static func names(_ devices: [JSONValue]) -> String {
        let shown = devices.prefix(namedMax).compactMap { $0["name"]?.string }.joined(separator: ", ")
        return devices.count > namedMax ? "\(shown) and \(devices.count - namedMax) more" : shown
    }
}
