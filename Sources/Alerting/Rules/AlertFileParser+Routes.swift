import Inventory
import RuleText
import Yams

extension AlertFileParser {
    private static let routeKeys = [
        "match", "receivers", "group_by", "wait", "interval", "repeat", "escalate", "continue", "routes",
    ]
    private static let depthMax = 8

    mutating func route(_ node: Node, depth: Int) -> AlertRoute {
        var route = AlertRoute()
        guard let fields = reader.fields(node, of: "a route", known: Self.routeKeys) else { return route }
        guard depth < Self.depthMax else {
            refuse(node, "routes are nested deeper than \(Self.depthMax)")
            return route
        }
        refuseEmpty(fields["match"], "`match`")
        route.matchers = matchers(fields["match"])
        route.receivers = fields["receivers"].map { receiverNames($0, of: "`receivers`") }
        route.groupBy = fields["group_by"].map { groupLabels($0) }
        route.waitSeconds = seconds(fields["wait"], of: "`wait`", atMost: 3_600).map { Double($0) }
        route.intervalSeconds = seconds(fields["interval"], of: "`interval`", atMost: 86_400).map { Double($0) }
        route.repeatSeconds = seconds(fields["repeat"], of: "`repeat`", atMost: 2_592_000).map { Double($0) }
        route.escalations = fields["escalate"].map { node in
            reader.items(node, of: "`escalate`").compactMap { escalation($0) }
        }
        route.continues = reader.flag(fields["continue"], of: "`continue`") ?? false
        let nodes = reader.items(fields["routes"], of: "`routes`")
        route.children = nodes.map { self.route($0, depth: depth + 1) }
        warnOfRoutesNeverAsked(route.children, nodes)
        return route
    }

    private mutating func groupLabels(_ node: Node) -> [String] {
        let labels = reader.texts(node, of: "`group_by`")
        labelsMentioned += labels
        return labels.map(\.value)
    }

    /// A route behind a brother that fits everything and does not continue leads nobody anywhere.
    private mutating func warnOfRoutesNeverAsked(_ routes: [AlertRoute], _ nodes: [Node]) {
        let last = nodes.indices.first { place in
            routes[place].matchers.isEmpty && !routes[place].continues && nodes[place]["match"] == nil
        }
        guard let last else { return }
        let line = reader.position(nodes[last]).line
        for node in nodes[(last + 1)...] {
            reader.problems.warning(
                "unreachable", at: reader.position(node),
                "this route is never asked: the one before it at line \(line) fits everything",
                remedy: "put it before that one, or give that one a `match` or `continue: true`")
        }
    }

    private mutating func escalation(_ node: Node) -> AlertEscalation? {
        guard let fields = reader.fields(node, of: "an escalation", known: ["after", "receivers"]),
            let after = required(fields["after"], "after", of: "an escalation", at: node),
            let names = required(fields["receivers"], "receivers", of: "an escalation", at: node),
            let seconds = seconds(after, of: "`after`", atMost: 604_800)
        else { return nil }
        return AlertEscalation(afterSeconds: Double(seconds), receivers: receiverNames(names, of: "`receivers`"))
    }

    private mutating func matchers(_ node: Node?) -> [AlertMatcher] {
        reader.texts(node, of: "`match`").compactMap { text in
            do throws(MatcherError) {
                let matcher = try AlertMatcher(parsing: text.value)
                _ = try LabelMatchers([matcher])
                labelsMentioned.append(Located(value: matcher.label, position: text.position))
                return matcher
            } catch {
                reader.problems.error(
                    "pattern", at: text.position, "`match` cannot be used: \(error.reason)",
                    remedy: "write matchers such as type=\"isp\" or device=~\"CORE-.*\"")
                return nil
            }
        }
    }

    // MARK: - Receivers

    private mutating func receiverNames(_ node: Node, of what: String) -> [String] {
        let names = reader.texts(node, of: what)
        receiversMentioned += names
        return names.map(\.value)
    }

    mutating func receivers(_ node: Node?) -> [String] {
        var names: [String] = []
        for item in reader.items(node, of: "`receivers`") {
            guard case .mapping(let mapping) = item, let named = mapping["name"] else {
                refuse(item, "a receiver has no `name`")
                continue
            }
            guard let name = name(named, of: "`name` of a receiver") else { continue }
            if names.contains(name) { refuse(named, "the receiver `\(name)` is written twice") }
            names.append(name)
        }
        return names
    }

    mutating func refuseUnknownReceivers(_ names: [String]) {
        for one in receiversMentioned where !names.contains(one.value) {
            reader.problems.error(
                "unknown-receiver", at: one.position, "no receiver is called `\(one.value)`",
                remedy: names.isEmpty
                    ? "describe it under `receivers`" : "use one of \(names.joined(separator: ", ")), or describe it")
        }
    }

    // MARK: - Labels

    /// A label that no alert has is the empty text everywhere: a slip of the pen that tells the wrong people.
    mutating func warnOfUnknownLabels(_ rules: [AlertRule]) {
        let own = Set(rules.flatMap(\.labels.keys))
        for one in labelsMentioned where !AlertLabels.isBuiltIn(one.value) && !own.contains(one.value) {
            reader.problems.warning(
                "unknown-label", at: one.position, "no alert has the label `\(one.value)`",
                remedy: "use \(AlertLabels.names.joined(separator: ", ")), tag_<key>, or one under `labels` of a rule")
        }
    }
}
