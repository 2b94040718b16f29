public import Baselines
public import Inventory
public import Jobs

/// How traffic is watched for what is out of the usual.
public struct AnomalySettings: Sendable, Hashable {
    /// How both methods judge.
    public var detection = DetectionSettings()
    /// The method that raises anomalies where no rule of `modes` says otherwise.
    public var mode = DetectionMode.adaptive
    /// Which method raises where; the narrowest rule counts: an interface's, then its type's.
    public var modes: [ModeScope: DetectionMode] = [:]
    /// For which interfaces the classic method keeps its samples, some 45 kB each.
    ///
    /// It always does where it raises anomalies.
    public var classicScope = ClassicScope.critical
    /// Incidents raised in seven days at most, each number 1 to 100,000; no number is no limit.
    public var budget = AlarmBudget()
    /// Days for which anomalies that are over are kept, 1 to 3650.
    public var keptDays = 90
    /// Days of stored readings a state is rebuilt from, 7 to 400; as far as the store has them.
    public var historyDays = 35
    /// Seconds between two writings of the state file, 60 to 86,400.
    public var saveSeconds = 3600.0
    /// When traffic is checked, every 300 s by default; nil for only when asked.
    public var checkSchedule: Schedule? = .every(seconds: 300)
    /// When baselines are learnt, Sunday at 06:00 by default; nil for only when asked.
    public var learnSchedule: Schedule? = .weekly(day: 0, hour: 6, minute: 0)

    /// The defaults.
    public init() {}

    /// Throws `invalidSetting` for the first setting that is out of its range.
    public func check() throws(PipelineError) {
        try PipelineError.check("classicThreshold", detection.classicThreshold, 0.5...100)
        try PipelineError.check("youngThreshold", detection.youngThreshold, 0.5...100)
        try PipelineError.check("adaptive.threshold", detection.adaptive.threshold, 0.5...100)
        try PipelineError.check("minimumConfidence", detection.minimumConfidence, 0...1)
        try PipelineError.check("lookBackDays", Double(detection.lookBackDays), 7...56)
        try PipelineError.check("relativeMinimum", Double(detection.adaptive.relativeMinimum), 0...10)
        try PipelineError.check("capacityShareMinimum", Double(detection.adaptive.capacityShareMinimum), 0...1)
        if let most = budget.perWeek { try PipelineError.check("budgetPerWeek", Double(most), 1...100_000) }
        for (group, most) in budget.groups.sorted(by: { $0.key.text < $1.key.text }) {
            try PipelineError.check("budgets, \(group.text)", Double(most), 1...100_000)
        }
        try PipelineError.check("keptDays", Double(keptDays), 1...3650)
        try PipelineError.check("historyDays", Double(historyDays), 7...400)
        try PipelineError.check("saveSeconds", saveSeconds, 60...86_400)
    }

    /// The method that raises anomalies on an interface.
    public func mode(of interface: InterfaceID, type: InterfaceType) -> DetectionMode {
        modes[.interface(interface)] ?? modes[.type(type)] ?? mode
    }

    /// Whether the classic method keeps samples of an interface.
    func keepsClassic(of interface: InterfaceID, type: InterfaceType, isCritical: Bool) -> Bool {
        classicScope == .all || isCritical || mode(of: interface, type: type) == .classic
    }
}

/// For which interfaces the classic method keeps its samples.
public enum ClassicScope: String, CaseIterable, Sendable, Hashable {
    /// Critical ones.
    case critical
    /// All that are monitored.
    case all
}

/// The interfaces a choice of method is about.
public enum ModeScope: Sendable, Hashable {
    /// One interface.
    case interface(InterfaceID)
    /// All interfaces of a type.
    case type(InterfaceType)

    /// Reads `interface:<id>` or `type:isp`; nil for anything else.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ":", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        if parts[0] == "interface", let id = InterfaceID(parts[1]) {
            self = .interface(id)
        } else if parts[0] == "type", let type = InterfaceType(rawValue: String(parts[1])) {
            self = .type(type)
        } else {
            return nil
        }
    }
}
