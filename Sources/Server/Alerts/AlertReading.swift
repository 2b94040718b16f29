import Alerting
import Notifiers
import RuleText

/// What an alert file says, made ready for use, with all that is wrong with it.
struct AlertReading: Sendable {
    /// Rules, routes and the names of receivers.
    var file = AlertFile()
    /// Who is told of what.
    var routes = RouteTree.toNobody
    /// The receivers that can be used, in the file's order.
    var receivers: [Receiver] = []
    /// Their notifiers, by name.
    var notifiers: [String: any Notifier] = [:]
    /// Files that were read besides it, with what told them from others; nil for what is not there.
    var files: [String: FileMark?] = [:]
    /// Problems by their places; with an error among them the file is not to be used.
    var problems: [RuleFileProblem] = []

    /// Nothing but the shipped rules, and nobody is told.
    init() {}

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - name: how it is called in problems.
    ///   - known: receivers with notifiers that are used on where nothing of them changed.
    init(
        _ text: String, name: String, places: SecretPlaces, surroundings: NotifierSurroundings,
        known: AlertReading = AlertReading()
    ) {
        let (file, found) = AlertFile.read(text, name: name)
        self.file = file
        var reader = ReceiverReader(file: name, places: places)
        var made: [String: any Notifier] = [:]
        receivers = reader.receivers(in: text) { receiver throws(NotifierError) in
            if let notifier = known.notifier(of: receiver) {
                made[receiver.name] = notifier
            } else {
                made[receiver.name] = try Notifiers.make(receiver.settings, surroundings)
            }
        }
        notifiers = made
        files = reader.files
        reader.warnOfThoseNeverTold(routed: file.route?.mentioned ?? [])
        problems = Self.joined(found, reader.problems)
        // Matchers were tried when they were read: a tree of them cannot fail.
        routes = file.route.flatMap { try? RouteTree($0) } ?? .toNobody
    }

    /// Whether the file can be used.
    var isUsable: Bool { !problems.contains { $0.severity == .error } }

    private func notifier(of receiver: Receiver) -> (any Notifier)? {
        receivers.contains(receiver) ? notifiers[receiver.name] : nil
    }

    /// What both readers found, each once, in the order of places.
    private static func joined(_ rules: [RuleFileProblem], _ receivers: [RuleFileProblem]) -> [RuleFileProblem] {
        (rules + receivers.filter { !rules.contains($0) }).sorted {
            ($0.line, $0.column, $0.message) < ($1.line, $1.column, $1.message)
        }
    }
}

extension AlertRoute {
    /// The names of all receivers it leads to.
    var mentioned: Set<String> {
        var names = Set(receivers ?? [])
        for step in escalations ?? [] { names.formUnion(step.receivers) }
        for child in children { names.formUnion(child.mentioned) }
        return names
    }
}
