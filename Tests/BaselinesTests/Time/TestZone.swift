import Inventory

/// Zones with rules written down, so that no test depends on the host's tables.
struct TestZone: Sendable, CustomStringConvertible {
    let name: String
    /// Seconds east of UTC in winter, by northern reckoning: where the year begins.
    let first: Int
    /// Moments at which clocks changed, with what they were off from then on.
    let steps: [(at: String, offset: Int)]
    /// Moments around which tests look.
    var changes: [String] { steps.isEmpty ? ["2026-03-29T01:00:00Z"] : steps.map(\.at) }

    var description: String { name }

    var rules: ZoneRules {
        let steps = steps.compactMap { step in Timestamp(step.at).map { (at: $0, offset: step.offset) } }
        let first = first
        return ZoneRules(name: name) { moment in steps.last { $0.at <= moment }?.offset ?? first }
    }

    /// Changes of 2026 as the IANA time zone database has them.
    static let all = [
        TestZone(
            name: "Europe/Berlin", first: 3600,
            steps: [("2026-03-29T01:00:00Z", 7200), ("2026-10-25T01:00:00Z", 3600)]),
        TestZone(
            name: "America/New_York", first: -18_000,
            steps: [("2026-03-08T07:00:00Z", -14_400), ("2026-11-01T06:00:00Z", -18_000)]),
        TestZone(
            name: "Australia/Lord_Howe", first: 39_600,
            steps: [("2026-04-04T15:00:00Z", 37_800), ("2026-10-03T15:30:00Z", 39_600)]),
        TestZone(name: "Asia/Tbilisi", first: 14_400, steps: []),
        TestZone(name: "Asia/Kolkata", first: 19_800, steps: []),
    ]
}
