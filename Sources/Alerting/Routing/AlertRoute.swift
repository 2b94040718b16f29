public import Inventory

/// Who is told of which alerts: a tree, as in Alertmanager.
///
/// An alert goes down to the first child that fits (and on to the next where that child says `continues`); where none
/// fits, the route itself tells its receivers. Children inherit what they do not say.
public struct AlertRoute: Sendable, Hashable {
    /// What it fits: all must hold; none fits everything.
    public var matchers: [AlertMatcher] = []
    /// Names of the receivers; nil for those of the parent.
    public var receivers: [String]?
    /// Labels by which alerts are told together; nil for those of the parent.
    public var groupBy: [String]?
    /// Seconds from the first alert of a group until it is told; nil for those of the parent.
    public var waitSeconds: Double?
    /// Seconds between two messages about a group; nil for those of the parent.
    public var intervalSeconds: Double?
    /// Seconds after which what still fires, and nobody acknowledged, is told again; 0 for never, nil for the parent's.
    public var repeatSeconds: Double?
    /// Who is told when nobody acknowledged; nil for those of the parent.
    public var escalations: [AlertEscalation]?
    /// Whether brothers after it are asked too.
    public var continues = false
    /// Narrower routes, asked in order.
    public var children: [AlertRoute] = []

    /// A route that says nothing.
    public init() {}
}

/// Who is told of an alert that nobody acknowledged for a while.
public struct AlertEscalation: Sendable, Hashable {
    /// Seconds after the alert fired.
    public var afterSeconds: Double
    /// Names of the receivers.
    public var receivers: [String]

    /// An escalation.
    public init(afterSeconds: Double, receivers: [String]) {
        self.afterSeconds = afterSeconds
        self.receivers = receivers
    }
}

/// What a route says once all that it inherits is filled in.
public struct AlertWay: Sendable, Hashable {
    /// The receivers.
    public var receivers: [String]
    /// Labels by which alerts are told together.
    public var groupBy: [String]
    /// Seconds from the first alert of a group until it is told.
    public var waitSeconds: Double
    /// Seconds between two messages about a group.
    public var intervalSeconds: Double
    /// Seconds after which it is told again; 0 for never.
    public var repeatSeconds: Double
    /// Who is told when nobody acknowledged, by rising time.
    public var escalations: [AlertEscalation]

    /// What holds where no route says anything.
    public init() {
        receivers = []
        groupBy = []
        waitSeconds = 0
        intervalSeconds = 60
        repeatSeconds = 0
        escalations = []
    }

    func inheriting(_ route: AlertRoute) -> AlertWay {
        var way = self
        if let receivers = route.receivers { way.receivers = receivers }
        if let groupBy = route.groupBy { way.groupBy = groupBy }
        if let seconds = route.waitSeconds { way.waitSeconds = seconds }
        if let seconds = route.intervalSeconds { way.intervalSeconds = seconds }
        if let seconds = route.repeatSeconds { way.repeatSeconds = seconds }
        if let escalations = route.escalations {
            way.escalations = escalations.sorted { $0.afterSeconds < $1.afterSeconds }
        }
        return way
    }
}

/// A tree of routes made ready to be asked often.
public struct RouteTree: Sendable {
    private struct Node: Sendable {
        var matchers: LabelMatchers
        var way: AlertWay
        var continues: Bool
        var children: [Node]
    }

    private let top: Node?

    /// Compiles a tree; throws what is wrong with the first matcher that cannot be used.
    public init(_ route: AlertRoute) throws(MatcherError) {
        top = try Self.node(route, AlertWay())
    }

    private static func node(_ route: AlertRoute, _ parent: AlertWay) throws(MatcherError) -> Node {
        let way = parent.inheriting(route)
        var children: [Node] = []
        for child in route.children { children.append(try node(child, way)) }
        return Node(
            matchers: try LabelMatchers(route.matchers), way: way, continues: route.continues, children: children)
    }

    /// Routes that lead nowhere.
    public static let toNobody = RouteTree()

    private init() { top = nil }

    /// The ways an alert with these labels takes, in order; none where the top does not fit.
    public func ways(for labels: [String: String]) -> [AlertWay] {
        top.flatMap { Self.ways($0, labels) } ?? []
    }

    private static func ways(_ node: Node, _ labels: [String: String]) -> [AlertWay]? {
        guard node.matchers.fit(labels) else { return nil }
        var found: [AlertWay] = []
        for child in node.children {
            guard let ways = ways(child, labels) else { continue }
            found += ways
            if !child.continues { break }
        }
        return found.isEmpty ? [node.way] : found
    }
}
