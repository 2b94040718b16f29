public import Catalog
import Inventory
public import Jobs
public import SNMP

/// Keeps what the engine learnt of agents across restarts.
///
/// At the start an agent is then asked in the sizes it stands, and one of SNMPv3 without asking for its engine first.
public struct AgentMemoryKeeper: Sendable {
    /// What of a catalog it uses.
    public typealias Store = DeviceCatalog & AgentMemoryCatalog

    /// Seconds between two savings.
    public static let saveSeconds = 600.0
    /// Memories of one transaction, so that other writers wait for little.
    static let batchMax = 1000

    private let catalog: any Store
    private let clock: any WallClock
    private let learnt: @Sendable () -> [String: [UInt8]]
    private let recall: @Sendable ([[UInt8]]) -> Void
    private let isSame: @Sendable ([UInt8], [UInt8]) -> Bool

    /// A keeper of functions, so that a test can be the engine.
    ///
    /// - Parameters:
    ///   - learnt: Memories by address, encoded.
    ///   - recall: Takes encoded memories; those it cannot read are passed over.
    ///   - isSame: Whether two encoded memories say the same.
    init(
        catalog: any Store, clock: any WallClock, learnt: @escaping @Sendable () -> [String: [UInt8]],
        recall: @escaping @Sendable ([[UInt8]]) -> Void,
        isSame: @escaping @Sendable ([UInt8], [UInt8]) -> Bool = { $0 == $1 }
    ) {
        self.catalog = catalog
        self.clock = clock
        self.learnt = learnt
        self.recall = recall
        self.isSame = isSame
    }

    /// A keeper of an engine's memories.
    public init(catalog: any Store, clock: any WallClock, engine: Engine) {
        self.init(
            catalog: catalog, clock: clock, learnt: { engine.encodedMemories }, recall: { engine.recall(encoded: $0) },
            isSame: Engine.isSameMemory)
    }

    /// Gives the engine what is stored of the devices there are; returns of how many agents.
    @discardableResult
    public func recallAll() async throws(CatalogError) -> Int {
        let plan = AgentMemoryPlan(
            stored: try await catalog.agentMemories(), learnt: [:], devices: try await catalog.devices(.all),
            at: clock.now)
        recall(plan.kept.map(\.memory))
        return plan.kept.count
    }

    /// Writes what changed since, and removes what is of no device; returns how many rows were written.
    @discardableResult
    public func save() async throws(CatalogError) -> Int {
        let learnt = learnt()
        let plan = AgentMemoryPlan(
            stored: try await catalog.agentMemories(), learnt: learnt, devices: try await catalog.devices(.all),
            at: clock.now, isSame: isSame)
        for start in stride(from: 0, to: plan.removed.count, by: Self.batchMax) {
            let end = min(start + Self.batchMax, plan.removed.count)
            try await catalog.reviseAgentMemories(saving: [], removing: Array(plan.removed[start..<end]))
        }
        for start in stride(from: 0, to: plan.saved.count, by: Self.batchMax) {
            let end = min(start + Self.batchMax, plan.saved.count)
            try await catalog.reviseAgentMemories(saving: Array(plan.saved[start..<end]), removing: [])
        }
        return plan.saved.count
    }

    /// Saves every ten minutes until the task is cancelled; `failed` is told of each saving that was not done.
    public func run(failed: @Sendable (CatalogError) -> Void) async throws {
        while true {
            try await clock.sleep(seconds: Self.saveSeconds)
            do throws(CatalogError) {
                try await save()
            } catch {
                if error.code != .cancelled { failed(error) }
            }
        }
    }
}
