import Catalog
import Inventory
import Jobs
import Synchronization
import Testing

@testable import Pipelines

@Suite(.timeLimit(.minutes(5)))
struct AgentMemoryTests {
    private static let now = Timestamp(seconds: 1_790_000_000)

    private func device(_ address: String, port: Int = 161) -> Device {
        Device(name: "\(address) \(port)", address: address, port: port, at: Self.now)
    }

    private func memory(_ address: String, _ octets: [UInt8] = [1], daysAgo: Double = 0) -> StoredAgentMemory {
        StoredAgentMemory(
            address: address, memory: octets, updatedAt: Self.now.advanced(bySeconds: -daysAgo * 86_400))
    }

    @Test("What changed is written, what is the same is left alone, what is of no device goes")
    func plans() {
        let plan = AgentMemoryPlan(
            stored: [memory("10.0.0.1:161"), memory("10.0.0.2:161", daysAgo: 400), memory("10.0.0.9:161")],
            learnt: ["10.0.0.1:161": [2], "10.0.0.2:161": [1], "10.0.0.3:1161": [3], "10.0.0.8:161": [4]],
            devices: [device("10.0.0.1"), device("10.0.0.2"), device("10.0.0.3", port: 1161), device("10.0.0.4")],
            at: Self.now)
        #expect(plan.saved == [memory("10.0.0.1:161", [2]), memory("10.0.0.3:1161", [3])])
        #expect(plan.removed == ["10.0.0.9:161"])
        #expect(plan.kept.map(\.address) == ["10.0.0.1:161", "10.0.0.2:161", "10.0.0.3:1161"])
    }

    @Test("A memory that says the same as before is not written again, whenever it was noted")
    func plansNothingForTheSame() {
        // As if the last octet told when.
        let plan = AgentMemoryPlan(
            stored: [memory("10.0.0.1:161", [1, 7]), memory("10.0.0.2:161", [1, 7])],
            learnt: ["10.0.0.1:161": [1, 8], "10.0.0.2:161": [2, 8]],
            devices: [device("10.0.0.1"), device("10.0.0.2")],
            at: Self.now
        ) { $0.dropLast() == $1.dropLast() }
        #expect(plan.saved == [memory("10.0.0.2:161", [2, 8])])
    }

    @Test("An IPv6 device is found in the form the engine writes")
    func plansIPv6() {
        let plan = AgentMemoryPlan(
            stored: [], learnt: ["[2001:db8::1]:161": [1], "[2001:db8::2]:161": [1]], devices: [device("2001:db8::1")],
            at: Self.now)
        #expect(plan.saved.map(\.address) == ["[2001:db8::1]:161"])
    }

    @Test("Beside devices with host names, other addresses stay while they change, within a bound")
    func plansNames() {
        let stored = [memory("10.0.0.1:161", daysAgo: 8), memory("10.0.0.2:161", daysAgo: 6)]
        let named = [device("sw1.example")]
        #expect(
            AgentMemoryPlan(stored: stored, learnt: [:], devices: named, at: Self.now).removed == ["10.0.0.1:161"])
        // One whose memory changes is heard of.
        let heard = AgentMemoryPlan(stored: stored, learnt: ["10.0.0.1:161": [2]], devices: named, at: Self.now)
        #expect(heard.removed.isEmpty && heard.saved == [memory("10.0.0.1:161", [2])])
        let many = Dictionary(uniqueKeysWithValues: (1...100).map { ("10.0.1.\($0):161", [UInt8($0)]) })
        let bounded = AgentMemoryPlan(stored: stored, learnt: many, devices: named, at: Self.now)
        #expect(bounded.kept.count == AgentMemoryPlan.unknownPerNamedDevice)
        #expect(bounded.removed == ["10.0.0.1:161", "10.0.0.2:161"])
    }

    /// An engine that knows what it is told.
    private final class ScriptedEngine: Sendable {
        let learnt = Mutex<[String: [UInt8]]>([:])
        let recalled = Mutex<[[UInt8]]>([])
    }

    private func keeper(_ catalog: MemoryStore, _ clock: any WallClock, _ engine: ScriptedEngine) -> AgentMemoryKeeper {
        AgentMemoryKeeper(catalog: catalog, clock: clock) {
            engine.learnt.withLock { $0 }
        } recall: { memories in
            engine.recalled.withLock { $0 = memories }
        }
    }

    @Test("What one process learnt, the next one knows, of the devices there are then")
    func survivesARestart() async throws {
        let catalog = MemoryStore(devices: [device("10.0.0.1"), device("10.0.0.2")])
        let clock = ManualWallClock(now: Self.now)
        let first = ScriptedEngine()
        first.learnt.withLock { $0 = ["10.0.0.1:161": [1], "10.0.0.2:161": [2], "10.9.9.9:161": [3]] }
        #expect(try await keeper(catalog, clock, first).save() == 2)
        #expect(try await keeper(catalog, clock, first).save() == 0)
        catalog.state.withLock { _ = $0.devices.removeLast() }
        let second = ScriptedEngine()
        #expect(try await keeper(catalog, clock, second).recallAll() == 1)
        #expect(second.recalled.withLock { $0 } == [[1]])
        #expect(try await keeper(catalog, clock, second).save() == 0)
        #expect(try await catalog.agentMemories().map(\.address) == ["10.0.0.1:161"])
    }

    @Test("Many are written in pieces, so that others can write in between")
    func writesInPieces() async throws {
        let addresses = (0..<2500).map { "10.0.\($0 / 250).\($0 % 250)" }
        let catalog = MemoryStore(devices: addresses.map { device($0) })
        let engine = ScriptedEngine()
        engine.learnt.withLock { $0 = Dictionary(uniqueKeysWithValues: addresses.map { ("\($0):161", [1]) }) }
        #expect(try await keeper(catalog, ManualWallClock(now: Self.now), engine).save() == 2500)
        #expect(catalog.state.withLock { $0.pieces } == [1000, 1000, 500])
    }

    @Test("It is saved every ten minutes, also after a saving that failed")
    func savesAgain() async throws {
        let catalog = MemoryStore(devices: [device("10.0.0.1")])
        let clock = ManualWallClock(now: Self.now)
        let engine = ScriptedEngine()
        let failures = Mutex(0)
        let keeper = keeper(catalog, clock, engine)
        let task = Task { try await keeper.run { _ in failures.withLock { $0 += 1 } } }
        for round in 1...3 {
            let due = Self.now.advanced(bySeconds: Double(round) * 600)
            await clock.untilSleeping(until: due)
            engine.learnt.withLock { $0 = ["10.0.0.1:161": [UInt8(round)]] }
            catalog.state.withLock { $0.isBroken = round == 2 }
            clock.advance(to: due)
        }
        await clock.untilSleeping(until: Self.now.advanced(bySeconds: 2400))
        task.cancel()
        _ = await task.result
        #expect(failures.withLock { $0 } == 1)
        #expect(try await catalog.agentMemories().map(\.memory) == [[3]])
    }
}

/// Devices and memories of agents in memory.
private final class MemoryStore: DeviceCatalog, AgentMemoryCatalog {
    struct State {
        var devices: [Device]
        var memories: [String: StoredAgentMemory] = [:]
        /// How many memories each write held.
        var pieces: [Int] = []
        var isBroken = false
    }

    let state: Mutex<State>

    init(devices: [Device]) {
        state = Mutex(State(devices: devices))
    }

    func devices(_ selection: DeviceSelection) async throws(CatalogError) -> [Device] {
        state.withLock { $0.devices }
    }

    func reviseDevices<Outcome: Sendable>(
        _ selection: DeviceSelection, _ decide: @escaping @Sendable ([Device]) -> (DeviceRevision, Outcome)
    ) async throws(CatalogError) -> Outcome {
        decide(state.withLock { $0.devices }).1
    }

    func agentMemories() async throws(CatalogError) -> [StoredAgentMemory] {
        let (memories, isBroken) = state.withLock { ($0.memories, $0.isBroken) }
        if isBroken { throw CatalogError(.busy, operation: "reading", message: "held by a test") }
        return memories.values.sorted { $0.address < $1.address }
    }

    func reviseAgentMemories(
        saving saved: [StoredAgentMemory], removing addresses: [String]
    ) async throws(CatalogError) {
        state.withLock { state in
            for address in addresses { state.memories[address] = nil }
            for memory in saved { state.memories[memory.address] = memory }
            state.pieces.append(saved.count)
        }
    }
}
