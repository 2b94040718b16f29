public import Alerting
public import Inventory
public import RuleText
public import Series

/// What the API knows of alerts besides the catalog: by which rules they are found, who can be told, and what is new.
public struct AlertSource: Sendable {
    /// Says that an operator changed something that is to be looked at now: an acknowledgement, a silence, a window.
    public var nudge: @Sendable () async -> Void
    /// How the checks fare.
    public var statistics: @Sendable () async -> AlertCheckStatistics
    /// The rules and routes in force.
    public var rules: @Sendable () -> AlertRulesInForce
    /// What is wrong with the text of an alert file, its receivers included.
    public var check: @Sendable (String) async -> [RuleFileProblem]
    /// The receivers of the configuration, in its order; without secrets.
    public var receivers: @Sendable () -> [AlertReceiver]
    /// Sends a receiver a message that says that it is a trial, and waits for what becomes of it.
    ///
    /// Nil where nobody can be told.
    public var trial: (@Sendable (_ receiver: String) async -> AlertTrialOutcome)?
    /// Runs rules over stored history by the engine that judges live facts; nil where no history is kept.
    public var replay: (@Sendable (AlertReplayQuestion) async throws -> AlertReplayAnswer)?
    /// What evaluations change from now on, once it is written; nil where nothing is evaluated.
    public var updates: (@Sendable () async -> AsyncStream<AlertNews>)?

    /// A source; without arguments the shipped rules are in force, nobody can be told and nothing is evaluated.
    public init(
        nudge: @escaping @Sendable () async -> Void = {},
        statistics: @escaping @Sendable () async -> AlertCheckStatistics = { AlertCheckStatistics() },
        rules: @escaping @Sendable () -> AlertRulesInForce = { AlertRulesInForce() },
        check: @escaping @Sendable (String) async -> [RuleFileProblem] = { AlertFile.read($0).problems },
        receivers: @escaping @Sendable () -> [AlertReceiver] = { [] },
        trial: (@Sendable (_ receiver: String) async -> AlertTrialOutcome)? = nil,
        replay: (@Sendable (AlertReplayQuestion) async throws -> AlertReplayAnswer)? = nil,
        updates: (@Sendable () async -> AsyncStream<AlertNews>)? = nil
    ) {
        self.nudge = nudge
        self.statistics = statistics
        self.rules = rules
        self.check = check
        self.receivers = receivers
        self.trial = trial
        self.replay = replay
        self.updates = updates
    }
}

/// What an evaluation changed, as it was stored.
public struct AlertNews: Sendable, Hashable {
    /// Alerts as they are now.
    public var alerts: [Alert]
    /// What happened to them, in order.
    public var changes: [AlertChange]
    /// Alerts that were pending and never fired: they are gone.
    public var removed: [AlertID]
    /// Whether news before these were lost: whoever watches has to look for themselves.
    public var isAfterLoss: Bool

    /// What an evaluation changed.
    public init(
        alerts: [Alert] = [], changes: [AlertChange] = [], removed: [AlertID] = [], isAfterLoss: Bool = false
    ) {
        self.alerts = alerts
        self.changes = changes
        self.removed = removed
        self.isAfterLoss = isAfterLoss
    }
}

/// How the checks for alerts fare.
public struct AlertCheckStatistics: Sendable, Hashable {
    /// When the last check began; nil where there was none since the start.
    public var checkedAt: Timestamp?
    /// How long it took, the writing aside.
    public var checkMilliseconds: Double?
    /// Interfaces that are looked at.
    public var interfaces: Int
    /// Why the catalog did not take what was found; nil where it did.
    public var storeFault: String?
    /// More numbers, in a fixed order: evaluations, ...
    public var numbers: [SeriesStatistics.Number]

    /// Nothing was checked yet.
    public init(
        checkedAt: Timestamp? = nil, checkMilliseconds: Double? = nil, interfaces: Int = 0, storeFault: String? = nil,
        numbers: [SeriesStatistics.Number] = []
    ) {
        self.checkedAt = checkedAt
        self.checkMilliseconds = checkMilliseconds
        self.interfaces = interfaces
        self.storeFault = storeFault
        self.numbers = numbers
    }
}

/// The alert file in force.
public struct AlertRulesInForce: Sendable, Hashable {
    /// What it says.
    public var file: AlertFile
    /// What is doubtful about it, and, where a newer one was refused, what is wrong with that.
    public var problems: [RuleFileProblem]

    /// A file in force; without arguments it says nothing, and the shipped rules are.
    public init(file: AlertFile = AlertFile(), problems: [RuleFileProblem] = []) {
        self.file = file
        self.problems = problems
    }
}

/// Somebody who can be told of alerts.
public struct AlertReceiver: Sendable, Hashable {
    /// Its name in the alert file.
    public var name: String
    /// How it is told: `alertmanager`, `webhook`, `mail`, ...
    public var kind: String

    /// A receiver.
    public init(name: String, kind: String) {
        self.name = name
        self.kind = kind
    }
}

/// What became of a trial of a receiver.
public struct AlertTrialOutcome: Sendable, Hashable {
    /// Why it was not taken, and what to do, without secrets; nil where it was.
    public var refusal: String?
    /// Seconds it took.
    public var seconds: Double

    /// An outcome.
    public init(refusal: String? = nil, seconds: Double) {
        self.refusal = refusal
        self.seconds = seconds
    }
}
