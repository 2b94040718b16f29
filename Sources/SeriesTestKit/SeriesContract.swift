import Series

/// What every time-series store must do: the sentences of the `SeriesStore` protocol as checks that any store can run.
///
/// ```swift
/// @Test(arguments: SeriesContract.checks(for: .exact))
/// func keepsTheContract(_ check: SeriesContract.Check) async throws {
///     try await check.run(on: SeriesBench { now in try await openFreshStore(now) })
/// }
/// ```
public enum SeriesContract {
    /// One sentence of the contract.
    public struct Check: Sendable, CustomStringConvertible {
        /// What holds, as a sentence.
        public let name: String
        private let needs: @Sendable (SeriesTraits) -> Bool
        private let body: @Sendable (SeriesTrial) async throws -> Void

        /// A check of this name for stores that have what it needs; `body` throws a `SeriesViolation` where it fails.
        init(
            _ name: String, needs: @escaping @Sendable (SeriesTraits) -> Bool = { _ in true },
            _ body: @escaping @Sendable (SeriesTrial) async throws -> Void
        ) {
            self.name = name
            self.needs = needs
            self.body = body
        }

        /// Whether stores of such traits are asked for it.
        public func applies(to traits: SeriesTraits) -> Bool { needs(traits) }

        /// Runs the check on a fresh store and closes it; throws `SeriesViolation` where it does not hold.
        public func run(on bench: SeriesBench) async throws {
            let now = ManualNow(bench.start)
            let trial = SeriesTrial(bench, store: try await bench.open(now), now: now)
            do {
                try await body(trial)
            } catch let violation as SeriesViolation {
                await trial.store.close()
                throw violation
            } catch {
                await trial.store.close()
                throw SeriesViolation("'\(name)' ended with an unexpected error: \(error)")
            }
            await trial.store.close()
        }

        /// The sentence.
        public var description: String { name }
    }

    /// All checks, in the order of the protocol's declarations.
    public static let all: [Check] =
        appendChecks + refusalChecks + scanChecks + mergeChecks + rollupChecks + maintenanceChecks + retentionChecks
        + lifeChecks

    /// The checks for stores of such traits.
    public static func checks(for traits: SeriesTraits) -> [Check] {
        all.filter { $0.applies(to: traits) }
    }
}

/// A sentence of the contract that a store does not keep.
public struct SeriesViolation: Error, Sendable, CustomStringConvertible {
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
    throw SeriesViolation("\(what) (\(file):\(line))\n  expected \(expected)\n  found    \(found)")
}

/// Throws unless a condition holds.
func expect(_ holds: Bool, _ what: String, line: UInt = #line, file: String = #fileID) throws {
    guard !holds else { return }
    throw SeriesViolation("\(what) (\(file):\(line))")
}
