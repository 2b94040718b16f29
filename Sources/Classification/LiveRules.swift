import Synchronization
public import RuleText

/// The rules in force, replaced whole when a new file is good and kept when it is broken.
///
/// Safe to use from any thread; readers get a complete set and keep it as long as they like. Watching the file is the
/// caller's part: it hands over the text.
public final class LiveRules: Sendable {
    /// What came of a reload.
    public enum Reload: Sendable, Hashable {
        /// The new rules are in force, with what is doubtful in them.
        case replaced(warnings: [RuleFileProblem])
        /// The text is the one already in force.
        case unchanged
        /// The file is broken: the old rules stay in force.
        case kept(RuleFileError)
    }

    private struct State {
        var rules: RuleSet
        var text: String?
        var revision: Int
        var failure: RuleFileError?
    }

    private let state: Mutex<State>

    /// Starts with rules known to be good, and the text they came from.
    public init(rules: RuleSet, text: String? = nil) {
        state = Mutex(State(rules: rules, text: text, revision: 1, failure: nil))
    }

    /// The rules in force.
    public var current: RuleSet { state.withLock { $0.rules } }

    /// Rises by one with each set of rules put in force, from 1.
    public var revision: Int { state.withLock { $0.revision } }

    /// Why the last reload was refused; `nil` where the last one was good.
    public var lastFailure: RuleFileError? { state.withLock { $0.failure } }

    /// Puts a new file in force, or keeps the old rules where it is broken.
    ///
    /// `nil` goes back to the shipped rules.
    /// Compiling takes some tens of milliseconds and is done outside the lock.
    @discardableResult
    public func reload(user text: String?) -> Reload {
        let isKnown = state.withLock { state in
            guard state.text == text else { return false }
            state.failure = nil
            return true
        }
        if isKnown { return .unchanged }
        do {
            let rules = try RuleSet.load(user: text)
            state.withLock { state in
                state = State(rules: rules, text: text, revision: state.revision + 1, failure: nil)
            }
            return .replaced(warnings: rules.warnings)
        } catch {
            state.withLock { $0.failure = error }
            return .kept(error)
        }
    }
}
