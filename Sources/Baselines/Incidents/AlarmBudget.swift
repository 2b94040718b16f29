public import Inventory

/// How many incidents may be told in any seven days.
///
/// An incident is spent on its start, once, however many members it has. The last quarter of a budget, rounded down, is
/// kept for severities high and critical; where all of it is spent, nothing is told. What is held back is stored and
/// shown with the state `held_back`.
///
/// An incident that operators marked as expected stays spent, once: it did disturb someone. It makes the budget no
/// stricter, as the mark already raises the limit of the side it was about, and a single noisy interface must not
/// silence the others. One that is muted is not spent.
public struct AlarmBudget: Sendable, Hashable {
    /// Days a budget is for.
    public static let days = 7
    /// Of all interfaces; nil for as many as there are.
    public var perWeek: Int?
    /// Of groups of interfaces; an incident needs room in each budget that one of its members is under.
    public var groups: [AlarmGroup: Int]

    /// A budget; without numbers nothing is held back.
    public init(perWeek: Int? = nil, groups: [AlarmGroup: Int] = [:]) {
        self.perWeek = perWeek
        self.groups = groups
    }

    /// How many incidents of a severity a budget of so many has room for.
    public static func room(of limit: Int, for severity: AnomalySeverity) -> Int {
        max(0, severity >= .high ? limit : limit - limit / 4)
    }

    /// The budgets that an incident of these interfaces is under; nil stands for the one of all.
    func budgets(over places: some Sequence<InterfacePlace>) -> Set<AlarmGroup?> {
        var found: Set<AlarmGroup?> = perWeek == nil ? [] : [nil]
        guard !groups.isEmpty else { return found }
        for place in places {
            for group in groups.keys where !found.contains(group) && group.holds(place) { found.insert(group) }
        }
        return found
    }

    /// Whether an incident of a severity may be told where so many were.
    func hasRoom(
        for severity: AnomalySeverity, in budgets: Set<AlarmGroup?>, spent: [AlarmGroup?: Int]
    ) -> Bool {
        budgets.allSatisfy { group in
            guard let limit = group.map({ groups[$0] }) ?? perWeek else { return true }
            return spent[group, default: 0] < Self.room(of: limit, for: severity)
        }
    }
}

/// How a budget stands.
public struct AlarmBudgetStanding: Sendable, Hashable {
    /// Whose it is; nil for all interfaces.
    public var group: AlarmGroup?
    /// Incidents that may be told in seven days.
    public var perWeek: Int
    /// Incidents that were told in the last seven days.
    public var told: Int
    /// Incidents that were held back in the last seven days.
    public var heldBack: Int
}

/// The incidents of the last seven days, as the budget sees them.
struct AlarmLedger: Sendable {
    /// An incident.
    struct Entry: Sendable {
        var startedAt: Timestamp
        var state: AnomalyState
        var budgets: Set<AlarmGroup?>

        /// Whether it is spent.
        var isTold: Bool { state == .raised || state == .expected }
    }

    private(set) var entries: [IncidentID: Entry] = [:]

    /// Notes what became of an incident.
    mutating func note(_ incident: Incident, budgets: Set<AlarmGroup?>) {
        entries[incident.id] = Entry(startedAt: incident.startedAt, state: incident.state, budgets: budgets)
    }

    /// Strikes out an incident.
    mutating func remove(_ incident: IncidentID) {
        entries[incident] = nil
    }

    /// Strikes out what is older than seven days.
    mutating func forget(before now: Timestamp) {
        entries = entries.filter { Self.counts($0.value, at: now) }
    }

    /// How many incidents each budget has spent.
    func spent(at now: Timestamp) -> [AlarmGroup?: Int] {
        var spent: [AlarmGroup?: Int] = [:]
        for entry in entries.values where entry.isTold && Self.counts(entry, at: now) {
            for group in entry.budgets { spent[group, default: 0] += 1 }
        }
        return spent
    }

    /// How each budget stands: that of all first, then by text.
    func standings(of budget: AlarmBudget, at now: Timestamp) -> [AlarmBudgetStanding] {
        let counting = entries.values.filter { Self.counts($0, at: now) }
        func standing(_ group: AlarmGroup?, _ limit: Int) -> AlarmBudgetStanding {
            let own = counting.filter { $0.budgets.contains(group) }
            let held = own.count { $0.state == .heldBack }
            return AlarmBudgetStanding(group: group, perWeek: limit, told: own.count(where: \.isTold), heldBack: held)
        }
        let groups = budget.groups.sorted { $0.key.text < $1.key.text }.map { standing($0.key, $0.value) }
        return (budget.perWeek.map { [standing(nil, $0)] } ?? []) + groups
    }

    static func counts(_ entry: Entry, at now: Timestamp) -> Bool {
        now.secondsSince(entry.startedAt) < Double(AlarmBudget.days) * 86_400
    }
}
