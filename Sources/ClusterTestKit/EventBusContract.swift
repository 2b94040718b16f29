public import Cluster
import Inventory

/// What every event bus must do: the sentences of the `EventBus` protocol as checks that any implementation can run.
///
/// ```swift
/// @Test(arguments: EventBusContract.all)
/// func keepsTheContract(_ check: EventBusContract.Check) async throws {
///     try await check.run { try await openBus() }
/// }
/// ```
///
/// Each check makes up topics of its own, so checks may share a store and run at the same time. They use real time, in small
/// pieces: a check takes some seconds at most, and a minute where something never comes.
public enum EventBusContract {
    /// One sentence of the contract.
    public struct Check: Sendable, CustomStringConvertible {
        /// What holds, as a sentence.
        public let name: String
        private let body: @Sendable (BusWorld) async throws -> Void

        /// A check of this name; `body` throws a `ContractViolation` where it does not hold.
        init(_ name: String, _ body: @escaping @Sendable (BusWorld) async throws -> Void) {
            self.name = name
            self.body = body
        }

        /// Runs the check; throws `ContractViolation` or what a bus threw.
        ///
        /// - Parameter open: Opens another bus on the same store, as another process of the cluster would; all that were
        ///   opened are closed at the end.
        public func run(on open: @escaping @Sendable () async throws -> any EventBus) async throws {
            let world = BusWorld(opening: open)
            do {
                try await body(world)
                await world.close()
            } catch {
                await world.close()
                if error is ContractViolation { throw error }
                throw ContractViolation("'\(name)' ended with an unexpected error: \(error)")
            }
        }

        /// The sentence.
        public var description: String { name }
    }

    /// All checks.
    public static let all: [Check] = hearingChecks + spreadingChecks + refusalChecks + lifeChecks
}

/// The buses that a check opens on one store.
actor BusWorld {
    private let open: @Sendable () async throws -> any EventBus
    private var opened: [any EventBus] = []

    init(opening open: @escaping @Sendable () async throws -> any EventBus) {
        self.open = open
    }

    /// Another process's bus.
    func bus() async throws -> any EventBus {
        let bus = try await open()
        opened.append(bus)
        return bus
    }

    func close() async {
        for bus in opened { await bus.close() }
    }

    /// A topic that no other check uses.
    nonisolated func topic() -> String { "contract-\(NodeID.random())" }
}
