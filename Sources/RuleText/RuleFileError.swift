/// One thing wrong, or doubtful, in a rule file.
public struct RuleFileProblem: Sendable, Hashable, Codable {
    /// How bad it is.
    public enum Severity: String, Sendable, Hashable, Codable {
        /// The file is refused.
        case error
        /// The file works, but hardly as meant.
        case warning
    }

    /// How bad it is.
    public var severity: Severity
    /// What kind: `syntax`, `unknown-key`, `unknown-label`, `wrong-value`, `missing`, `duplicate-id`, `unknown-type`,
    /// `unknown-provider`, `unknown-receiver`, `unknown-vocabulary`, `pattern`, `look-around`, `too-costly`, `unreachable`,
    /// `provider-conflict`, `no-such-rule`, `ascii-edge`, `unusable-file`.
    public var code: String
    /// Which file: `rules` for the user's, `shipped` for ours.
    public var file: String
    /// Line from 1; 0 where none applies.
    public var line: Int
    /// Column from 1; 0 where none applies.
    public var column: Int
    /// What is wrong, naming the field and the value.
    public var message: String
    /// What to do about it.
    public var remedy: String

    package init(
        severity: Severity, code: String, file: String, line: Int, column: Int, message: String, remedy: String
    ) {
        self.severity = severity
        self.code = code
        self.file = file
        self.line = line
        self.column = column
        self.message = message
        self.remedy = remedy
    }

    /// The problem in one line: `rules:3:5: error: message; remedy`.
    public var description: String {
        "\(file):\(line):\(column): \(severity.rawValue): \(message); \(remedy)"
    }
}

extension RuleFileProblem: CustomStringConvertible {}

/// A rule file that cannot be used, with everything that is wrong in it.
public struct RuleFileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// All errors in order of their lines; at least one.
    public var problems: [RuleFileProblem]

    package init(problems: [RuleFileProblem]) {
        self.problems = problems
    }

    /// One line for each problem.
    public var description: String {
        problems.map(\.description).joined(separator: "\n")
    }
}

extension RuleFileError {
    /// The code of the problem of a file that has no text to judge: empty, gone or not readable.
    public static let unusableCode = "unusable-file"

    /// The refusal of a file that has no text to judge.
    public init(unusable message: String, remedy: String) {
        problems = [
            RuleFileProblem(
                severity: .error, code: Self.unusableCode, file: "rules", line: 0, column: 0, message: message,
                remedy: remedy)
        ]
    }
}

/// A place in a rule file.
package struct SourcePosition: Sendable, Hashable {
    package var file: String
    package var line: Int
    package var column: Int

    package init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }
}

/// Everything found wrong so far.
package struct ProblemList: Sendable {
    package private(set) var all: [RuleFileProblem] = []

    package init() {}

    package var errors: [RuleFileProblem] { all.filter { $0.severity == .error } }

    package mutating func error(_ code: String, at position: SourcePosition, _ message: String, remedy: String) {
        add(.error, code, position, message, remedy)
    }

    package mutating func warning(_ code: String, at position: SourcePosition, _ message: String, remedy: String) {
        add(.warning, code, position, message, remedy)
    }

    private mutating func add(
        _ severity: RuleFileProblem.Severity, _ code: String, _ position: SourcePosition, _ message: String,
        _ remedy: String
    ) {
        let problem = RuleFileProblem(
            severity: severity, code: code, file: position.file, line: position.line, column: position.column,
            message: message, remedy: remedy)
        if !all.contains(problem) { all.append(problem) }
    }

    /// All problems by file, line, column and message.
    package var sorted: [RuleFileProblem] {
        all.sorted {
            ($0.file, $0.line, $0.column, $0.message) < ($1.file, $1.line, $1.column, $1.message)
        }
    }
}
