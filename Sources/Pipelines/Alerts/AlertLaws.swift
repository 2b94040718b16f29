public import Alerting

/// By what alerts are judged and told: the rules, routes and receivers in force.
public struct AlertLaws: Sendable {
    /// Which conditions are looked at, in the order in which rules are asked.
    public var rules: AlertRuleBook
    /// Who is told of what.
    public var routes: RouteTree
    /// Names of receivers that keep alerts of their own (Alertmanager): they are told of each at once, ungrouped.
    public var keepsState: Set<String>
    /// Names of all receivers there are; nobody else is owed anything.
    ///
    /// Nil where that is not known.
    public var receivers: Set<String>?
    /// Seconds a verdict about a cause waits for devices that were not heard yet: the interval of status polls.
    public var waitSeconds: Int
    /// Differs whenever anything of it does.
    public var revision: Int

    /// Rules and routes as they are now.
    public init(
        rules: AlertRuleBook, routes: RouteTree = .toNobody, keepsState: Set<String> = [], waitSeconds: Int = 60,
        revision: Int = 0
    ) {
        self.rules = rules
        self.routes = routes
        self.keepsState = keepsState
        self.waitSeconds = waitSeconds
        self.revision = revision
    }
}
