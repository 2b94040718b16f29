/// One thing that is wrong with a query.
public struct ListProblem: Sendable, Hashable {
    /// The parameter.
    public var parameter: String
    /// What was given.
    public var value: String
    /// What is wrong, and what would be right.
    public var detail: String

    /// A thing that is wrong.
    public init(parameter: String, value: String, detail: String) {
        self.parameter = parameter
        self.value = value
        self.detail = detail
    }
}

/// Why a query cannot be answered: everything that is wrong with it.
public struct ListError: Error, Sendable, Hashable, CustomStringConvertible {
    /// All that is wrong, in the order of the query; never empty.
    public var problems: [ListProblem]

    /// A query that cannot be answered.
    public init(_ problems: [ListProblem]) {
        self.problems = problems
    }

    /// The problems in one line.
    public var description: String {
        problems.map { "\($0.parameter)=\($0.value): \($0.detail)" }.joined(separator: "; ")
    }
}
