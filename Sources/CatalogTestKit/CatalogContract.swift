public import Catalog

/// What every catalog must do: the sentences of the `Catalog` protocol as checks that any backend can run.
///
/// ```swift
/// @Test(arguments: CatalogContract.all)
/// func keepsTheContract(_ check: CatalogContract.Check) async throws {
///     try await check.run(on: try makeFreshCatalog())
/// }
/// ```
public enum CatalogContract {
    /// One sentence of the contract.
    public struct Check: Sendable, CustomStringConvertible {
        /// What holds, as a sentence.
        public let name: String
        private let body: @Sendable (any Catalog) async throws -> Void

        /// A check of this name; `body` throws a `ContractViolation` where it does not hold.
        init(_ name: String, _ body: @escaping @Sendable (any Catalog) async throws -> Void) {
            self.name = name
            self.body = body
        }

        /// Runs the check on a fresh, empty catalog; throws `ContractViolation` or what the catalog threw.
        public func run(on catalog: any Catalog) async throws {
            do {
                try await body(catalog)
            } catch let violation as ContractViolation {
                throw violation
            } catch {
                throw ContractViolation("'\(name)' ended with an unexpected error: \(error)")
            }
        }

        /// The sentence.
        public var description: String { name }
    }

    /// All checks, in the order of the protocol's declarations.
    public static let all: [Check] =
        storeChecks + deviceChecks + deviceKeyChecks + deviceValueChecks + returningDeviceChecks + interfaceChecks
        + interfaceRevisionChecks
        + retirementChecks + concurrencyChecks + credentialChecks + jobRunChecks + jobLockChecks + accessTokenChecks
        + agentMemoryChecks + metricsSummaryChecks + topologyRowChecks + topologyRevisionChecks + connectionChecks
        + linkChecks + linkHistoryChecks + manualLinkChecks + topologyStateChecks + topologyRemovalChecks
        + baselineChecks + anomalyChecks + anomalyQueryChecks + incidentChecks + anomalyMoveChecks
        + anomalyActionChecks
        + baselineExclusionChecks + alertChecks + alertLifeChecks + alertQueryChecks + alertActionChecks
        + silenceChecks + maintenanceWindowChecks + alertDeliveryChecks
}

/// A sentence of the contract that a catalog does not keep.
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

/// Throws unless `body` throws a catalog error of a kind; gives that error back.
@discardableResult
func expectFailure(
    _ code: CatalogError.Code, _ what: String, line: UInt = #line, file: String = #fileID,
    _ body: () async throws -> Void
) async throws -> CatalogError {
    do {
        try await body()
    } catch let error as CatalogError {
        try expectEqual(error.code, code, "\(what) must throw \(code): \(error)", line: line, file: file)
        return error
    }
    throw ContractViolation("\(what) must throw \(code), but went through (\(file):\(line))")
}
