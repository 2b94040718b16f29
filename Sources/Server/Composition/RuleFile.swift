import Classification
import FoundationEssentials
import Logging
import Synchronization
import RuleText

/// The operator's rule file: read, watched, and put in force when it changes.
///
/// One that is broken, empty or gone keeps the rules in force, and `fault` says so until a good one lies there.
final class RuleFile: Sendable {
    private struct State {
        var watch: RuleFileWatch
        var hasOwnRules: Bool
        var fault: String?
    }

    /// Why a file has no text to use.
    private struct Unusable: Error {
        var message: String
        var remedy: String
    }

    private static let textBytesMax = 4_000_000
    let path: String?
    let rules: LiveRules
    private let logger: Logger
    private let state: Mutex<State>

    /// Reads the file and makes the rules; a file that is broken at the start is an error.
    init(path: String?, logger: Logger) throws {
        self.path = path
        self.logger = logger
        guard let path else {
            rules = LiveRules(rules: try RuleSet.load(user: nil))
            state = Mutex(State(watch: RuleFileWatch(read: nil), hasOwnRules: false))
            return
        }
        let mark = FileMark(ofFile: path)
        do {
            let text = try Self.read(path)
            rules = LiveRules(rules: try RuleSet.load(user: text), text: text)
            state = Mutex(State(watch: RuleFileWatch(read: mark), hasOwnRules: !Self.isBlank(text)))
        } catch let error as Unusable {
            throw Self.refusal(path, "\(error.message); \(error.remedy)")
        } catch {
            throw Self.refusal(path, "the rules cannot be used:\n\(error)")
        }
    }

    /// What is wrong with the file, while rules from before are in force; nil where nothing is.
    var fault: String? {
        state.withLock { $0.fault }
    }

    /// Reads the file again; one that cannot be used keeps the rules in force.
    func reload() -> LiveRules.Reload {
        guard let path else { return .unchanged }
        let mark = FileMark(ofFile: path)
        let outcome: LiveRules.Reload
        var hasOwnRules = true
        do throws(Unusable) {
            let text = try usable(try Self.read(path))
            hasOwnRules = !Self.isBlank(text)
            outcome = rules.reload(user: text)
        } catch {
            outcome = .kept(RuleFileError(unusable: error.message, remedy: error.remedy))
        }
        state.withLock { state in
            state.watch.wasRead(mark)
            state.fault = Self.fault(outcome)
            if state.fault == nil { state.hasOwnRules = hasOwnRules }
        }
        tell(outcome, path)
        return outcome
    }

    /// Looks whether the file is another one than was read last, and is written to its end; called now and then.
    func look() -> Bool {
        guard let path else { return false }
        let verdict = state.withLock { state in
            let verdict = state.watch.look(FileMark(ofFile: path))
            if verdict == .gone {
                state.fault = "the rule file is gone and the rules before stay in force; put it back"
            }
            return verdict
        }
        if verdict == .gone { logger.error("\(path) is gone, the rules before stay in force; put it back") }
        return verdict == .changed
    }

    /// The text, where it may replace what is in force: a file that lost its content is no wish for no rules.
    private func usable(_ text: String) throws(Unusable) -> String {
        guard Self.isBlank(text), state.withLock({ $0.hasOwnRules }) else { return text }
        throw Unusable(
            message: "the file is empty", remedy: "write the rules again, or a comment to do without rules of your own")
    }

    private func tell(_ outcome: LiveRules.Reload, _ path: String) {
        switch outcome {
        case .replaced(let warnings):
            logger.info("Rules of \(path) are in force (\(rules.current.rules.count) rules)")
            for warning in warnings { logger.warning("\(warning)") }
        case .unchanged: break
        case .kept(let error):
            logger.error("\(path) is broken, the rules before stay in force:\n\(error)")
        }
    }

    private static func fault(_ outcome: LiveRules.Reload) -> String? {
        guard case .kept(let error) = outcome else { return nil }
        if let problem = error.problems.first, problem.code == RuleFileError.unusableCode {
            return "\(problem.message) and the rules before stay in force; \(problem.remedy)"
        }
        return "the rule file has \(error.problems.count) errors and the rules before stay in force; "
            + "`wardflux rules check` names them"
    }

    private static func isBlank(_ text: String) -> Bool {
        text.allSatisfy(\.isWhitespace)
    }

    private static func refusal(_ path: String, _ detail: String) -> ConfigurationError {
        ConfigurationError([.init(key: "rules.file", value: path, detail: detail)])
    }

    private static func read(_ path: String) throws(Unusable) -> String {
        guard let data = FileManager.default.contents(atPath: path), data.count <= textBytesMax else {
            throw Unusable(
                message: "the file cannot be read, or has more than \(textBytesMax) octets",
                remedy: "correct the path, the file's owner or its content")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw Unusable(message: "the file is not UTF-8", remedy: "save it so")
        }
        return text
    }
}
