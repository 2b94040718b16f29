import Inventory

/// Checks of the server itself: its parts, and its clock.
struct ServerChecks {
    private let answers: DoctorAnswers
    private let isPromised: Bool
    private static let skewSecondsMax = 5.0

    init(_ answers: DoctorAnswers, isPromised: Bool) {
        (self.answers, self.isPromised) = (answers, isPromised)
    }

    var findings: [Finding] {
        let parts = answers.health["components"]?.members ?? []
        let faults = answers.faults.sorted { $0.key < $1.key }.map { name, fault in
            Finding.failed(name, "could not be asked: \(fault)")
        }
        return faults + [rest].compactMap(\.self) + parts.map(part) + [skew].compactMap(\.self)
    }

    /// Without a server nothing is polled, checked or told.
    private var rest: Finding? {
        guard answers.isAtRest else { return nil }
        return Finding(
            verdict: isPromised ? .failed : .note, check: "server",
            text: "no server works here: what follows is what is stored",
            remedies: ["systemctl start wardflux, or wardflux serve; a server elsewhere is asked with --server URL"])
    }

    private func part(_ member: JSONValue.Member) -> Finding {
        let detail = member.value["detail"]?.string ?? member.value["status"]?.string ?? "unknown"
        switch member.value["status"]?.string {
        case "healthy": return .good(member.name, detail)
        case "degraded": return .warning(member.name, detail)
        default:
            return .failed(
                member.name, detail, "see the log of the server; docs/OPERATIONS.md has the remedy for each part")
        }
    }

    /// Whether the server and this host agree on the time.
    private var skew: Finding? {
        guard let time = answers.health["time"]?.string.flatMap({ Timestamp($0) }) else { return nil }
        let seconds = time.secondsSince(.hostTime)
        guard abs(seconds) > Self.skewSecondsMax else { return nil }
        let word = seconds > 0 ? "ahead of" : "behind"
        return .warning(
            "clock", "the server's clock is \(Ages.text(abs(seconds))) \(word) this host's",
            "synchronise both with NTP")
    }
}
