import Cluster

/// A sentence of a contract that an implementation does not keep.
public struct ContractViolation: Error, Sendable, CustomStringConvertible {
    /// What was expected and what was found.
    public let description: String

    /// A violation in words.
    init(_ description: String) {
        self.description = description
    }
}

/// Throws unless two values are equal.
func expectEqual<Value: Equatable>(
    _ found: Value, _ expected: Value, _ what: String, line: UInt = #line, file: String = #fileID
) throws {
    guard found != expected else { return }
    throw ContractViolation("\(what) (\(file):\(line))\n  expected \(expected)\n  found    \(found)")
}

/// Throws unless a condition holds.
func expect(_ holds: Bool, _ what: String, line: UInt = #line, file: String = #fileID) throws {
    guard !holds else { return }
    throw ContractViolation("\(what) (\(file):\(line))")
}

/// Throws unless `body` throws a cluster error of a kind; gives that error back.
@discardableResult
func expectFailure(
    _ code: ClusterError.Code, _ what: String, line: UInt = #line, file: String = #fileID,
    _ body: () async throws -> Void
) async throws -> ClusterError {
    do {
        try await body()
    } catch let error as ClusterError {
        try expectEqual(error.code, code, "\(what) must throw \(code): \(error)", line: line, file: file)
        return error
    }
    throw ContractViolation("\(what) must throw \(code), but went through (\(file):\(line))")
}

/// Waits until a condition holds, looking again and again; throws after a minute.
func eventually(
    _ what: String, seconds: Double = 60, line: UInt = #line, file: String = #fileID,
    _ condition: () async throws -> Bool
) async throws {
    let end = ContinuousClock.now + .seconds(seconds)
    while !(try await condition()) {
        guard ContinuousClock.now < end else {
            throw ContractViolation("this never came true in \(seconds) s: \(what) (\(file):\(line))")
        }
        try await Task.sleep(for: .milliseconds(10))
    }
}
