import Alerting
import Inventory
import Logging
import Notifiers
import Pipelines
import RuleText
import Synchronization

/// The alert file: read, watched, and put in force when it changes.
///
/// One that is broken or gone keeps in force what was, and `fault` says so until a good one lies there. Files with
/// secrets and certificates that it names are watched with it. Without a file the shipped rules are in force and nobody
/// is told.
final class AlertFileWatch: Sendable {
    /// What came of reading it.
    enum Outcome: Sendable {
        /// It is in force; with what is doubtful about it.
        case replaced([RuleFileProblem])
        /// It cannot be used: what was before stays.
        case kept([RuleFileProblem])
    }

    /// What is in force.
    fileprivate struct Force: Sendable {
        var reading = AlertReading()
        var laws: AlertLaws
        var senders: [String: AlertSender] = [:]
    }

    fileprivate struct State {
        var watch = RuleFileWatch(read: nil)
        var others: [String: RuleFileWatch] = [:]
        var force: Force
        /// Whether what is in force is from the file.
        var isOfFile = false
        var fault: String?
        /// What is wrong with the file that was refused.
        var refused: [RuleFileProblem] = []
    }

    /// Where the file lies, or would.
    let path: String
    private let name: String
    private let places: SecretPlaces
    private let surroundings: NotifierSurroundings
    private let logger: Logger
    private let state: Mutex<State>

    /// Reads the file, where there is one.
    ///
    /// For a server a file that cannot be used is an error, and so is one that the configuration names and that is not
    /// there; a command goes on with the shipped rules.
    init(
        _ configuration: ServerConfiguration, _ purpose: Services.Purpose, environment: [String: String],
        now: @escaping @Sendable () -> Timestamp, logger: Logger
    ) throws(ConfigurationError) {
        path = configuration.alertFile ?? DataDirectory(path: configuration.dataDirectory).alertsPath
        name = path.split(separator: "/").last.map(String.init) ?? path
        places = SecretPlaces(ofFile: path, environment: environment)
        surroundings = NotifierSurroundings(
            hostName: HostName.current() ?? "localhost", now: now, warn: { logger.warning("\($0)") })
        self.logger = logger
        let laws = AlertLaws(
            rules: AlertRuleBook(AlertFile().effectiveRules),
            waitSeconds: configuration.collection.statusIntervalSeconds)
        state = Mutex(State(force: Force(laws: laws)))
        if configuration.alertFile == nil, FileMark(ofFile: path) == nil { return }
        guard case .kept(let problems) = read(), purpose == .serving else { return }
        throw ConfigurationError([
            .init(
                key: "alerts.file", value: path,
                detail: "the alert file cannot be used:\n" + problems.map(\.description).joined(separator: "\n"))
        ])
    }

    // MARK: - What is in force

    /// Rules, routes and the receivers that keep alerts of their own; cheap.
    var laws: AlertLaws { state.withLock { $0.force.laws } }

    /// How each receiver is told; cheap.
    var senders: [String: AlertSender] { state.withLock { $0.force.senders } }

    /// The receivers, in the file's order.
    var receivers: [Receiver] { state.withLock { $0.force.reading.receivers } }

    /// What the file says, with what is doubtful about it, and what is wrong with a newer one that was refused.
    var saying: (file: AlertFile, problems: [RuleFileProblem]) {
        state.withLock { ($0.force.reading.file, $0.force.reading.problems + $0.refused) }
    }

    /// What is wrong with the file, while what was before is in force; nil where nothing is.
    var fault: String? { state.withLock { $0.fault } }

    /// What is wrong with a text that might take the place of the file; what it names elsewhere is not read.
    func check(_ text: String) -> [RuleFileProblem] {
        var places = places
        places.areRead = false
        return AlertReading(text, name: name, places: places, surroundings: surroundings).problems
    }

    // MARK: - Changes

    /// Looks whether the file, or one that it names, is another one than was read last, and is written to its end.
    func look() -> Bool {
        let mark = FileMark(ofFile: path)
        let others = state.withLock { Array($0.others.keys) }.map { (path: $0, mark: FileMark(ofFile: $0)) }
        let verdict = state.withLock { $0.look(mark, others) }
        if verdict == .gone { logger.error("\(path) is gone, what it said before stays in force; put it back") }
        return verdict == .changed
    }

    /// Reads the file again and says in the log what came of it.
    @discardableResult
    func reload() -> Outcome {
        let outcome = read()
        switch outcome {
        case .replaced(let warnings):
            let (rules, receivers) = (laws.rules.rules.count, receivers.count)
            logger.info("Alerts follow \(path) (\(rules) rules, \(receivers) receivers)")
            for warning in warnings { logger.warning("\(warning)") }
        case .kept(let problems):
            let text = problems.map(\.description).joined(separator: "\n")
            logger.error("\(path) is broken, what was before stays in force:\n\(text)")
        }
        return outcome
    }

    private func read() -> Outcome {
        let mark = FileMark(ofFile: path)
        let text: String
        do throws(SmallFileError) {
            text = try SmallFile.text(of: path, octetsMax: AlertFile.octetsMax)
        } catch {
            let problem = RuleFileProblem(
                severity: .error, code: RuleFileError.unusableCode, file: name, line: 0, column: 0,
                message: error.description, remedy: "correct the path, the file's owner or its content")
            return keep([problem], mark, files: nil)
        }
        let known = state.withLock { $0.force.reading }
        let reading = AlertReading(text, name: name, places: places, surroundings: surroundings, known: known)
        guard reading.isUsable else { return keep(reading.problems, mark, files: reading.files) }
        state.withLock { $0.take(reading, mark) }
        return .replaced(reading.problems)
    }

    private func keep(
        _ problems: [RuleFileProblem], _ mark: FileMark?, files: [String: FileMark?]?
    ) -> Outcome {
        let errors = problems.filter { $0.severity == .error }
        state.withLock { state in
            state.wereRead(mark, files)
            state.refused = errors
            state.fault = Self.fault(errors)
        }
        return .kept(errors)
    }

    private static func fault(_ errors: [RuleFileProblem]) -> String {
        guard let first = errors.first else { return "the alert file cannot be used" }
        if first.code == RuleFileError.unusableCode {
            return "\(first.message) and what was before stays in force; \(first.remedy)"
        }
        let count = errors.count == 1 ? "an error" : "\(errors.count) errors, the first"
        return "the alert file has \(count) at line \(first.line), and what was before stays in force: "
            + "\(first.message); \(first.remedy)"
    }

    /// Gives back what notifiers hold; nothing is sent after it.
    func close() async {
        let notifiers = state.withLock { state in
            defer { state.force.senders = [:] }
            return state.force.reading.notifiers
        }
        for (_, notifier) in notifiers.sorted(by: { $0.key < $1.key }) { await notifier.close() }
    }
}

extension AlertFileWatch.State {
    /// Puts a reading in force.
    fileprivate mutating func take(_ reading: AlertReading, _ mark: FileMark?) {
        wereRead(mark, reading.files)
        var laws = force.laws
        laws.rules = AlertRuleBook(reading.file.effectiveRules)
        laws.routes = reading.routes
        laws.keepsState = Set(reading.receivers.filter(\.keepsState).map(\.name))
        laws.receivers = Set(reading.receivers.map(\.name))
        laws.revision += 1
        var senders: [String: AlertSender] = [:]
        for receiver in reading.receivers {
            guard let notifier = reading.notifiers[receiver.name] else { continue }
            senders[receiver.name] = AlertSender(notifier, keepsState: receiver.keepsState)
        }
        force = AlertFileWatch.Force(reading: reading, laws: laws, senders: senders)
        (isOfFile, fault, refused) = (true, nil, [])
    }

    /// Notes what was read, so that another file is told from it; without files those of before are watched on.
    fileprivate mutating func wereRead(_ mark: FileMark?, _ files: [String: FileMark?]?) {
        watch.wasRead(mark)
        if let files { others = files.mapValues { RuleFileWatch(read: $0) } }
    }

    /// Someone looked; a file that was never there is not missed.
    fileprivate mutating func look(
        _ mark: FileMark?, _ marks: [(path: String, mark: FileMark?)]
    ) -> RuleFileWatch.Verdict {
        var verdict = watch.look(mark)
        if verdict == .gone, !isOfFile { verdict = .nothing }
        if verdict == .gone {
            fault = "the alert file is gone and what it said before stays in force; put it back"
        }
        for one in marks {
            let found = others[one.path]?.look(one.mark)
            if found == .changed, verdict == .nothing { verdict = .changed }
        }
        return verdict
    }
}
