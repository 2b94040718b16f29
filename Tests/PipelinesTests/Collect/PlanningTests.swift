import Catalog
import Inventory
import Jobs
@testable import Pipelines
import SNMP
import Synchronization
import Testing

@Suite struct PlanningTests {
    @Test("Where the inventory changes all the time, planning takes a fiftieth of the time at most")
    func pause() async throws {
        let clock = ManualWallClock(now: Timestamp(seconds: 1_795_354_200))
        let engine = try Engine()
        defer { engine.shutdown() }
        let revision = Mutex<Int64>(0)
        let collection = try MetricsCollection(
            MetricsCollection.Parts(
                engine: engine, catalog: MemoryCatalog(),
                revision: {
                    // Reading the inventory takes two seconds, and it is another one each time.
                    clock.advance(bySeconds: 2)
                    return CatalogRevision(
                        revision.withLock {
                            $0 += 1
                            return $0
                        })
                },
                openProfile: {
                    CredentialProfile(name: $0.name, version: .v2c, community: Secret("public"), at: $0.createdAt)
                },
                resolver: AddressResolver(clock: clock, secondsKept: 300, secondsMax: 5), series: ScriptedSeries(),
                clock: clock, logger: LogRecorder().logger))
        await collection.plan()
        clock.advance(bySeconds: 90)
        let isDueSoon = await collection.isPlanDue()
        clock.advance(bySeconds: 20)
        let isDueLater = await collection.isPlanDue()
        #expect(!isDueSoon && isDueLater)
    }

    @Test(
        "Every enabled device is asked whether it is there; one that cannot be and has nothing to record fails nothing")
    func presence() async throws {
        let start = Timestamp(seconds: 1_795_354_200)
        let clock = ManualWallClock(now: start)
        let names = ["bare", "nameless", "off"]
        var devices = names.map { Device(name: $0, address: "127.0.2.1", at: start) }
        devices[1].port = 70_000
        devices[2].enabled = false
        let planner = CollectionPlanner(
            MemoryCatalog(devices: devices),
            openProfile: {
                CredentialProfile(name: $0.name, version: .v2c, community: Secret("public"), at: $0.createdAt)
            }, resolver: AddressResolver(clock: clock, secondsKept: 300, secondsMax: 5), settings: PipelineSettings())
        let outcome = try await planner.plan()
        #expect(outcome.plans.keys.sorted() == [devices[0].id])
        #expect(outcome.plans[devices[0].id]?.isPresenceOnly == true)
        #expect(outcome.unusable.isEmpty)
    }

    @Test("A process with a share plans its own devices alone")
    func share() async throws {
        let start = Timestamp(seconds: 1_795_354_200)
        let clock = ManualWallClock(now: start)
        let devices = ["own", "other"].map { Device(name: $0, address: "127.0.2.1", at: start) }
        let own = devices[0].id
        let planner = CollectionPlanner(
            MemoryCatalog(devices: devices), owns: { $0 == own },
            openProfile: {
                CredentialProfile(name: $0.name, version: .v2c, community: Secret("public"), at: $0.createdAt)
            }, resolver: AddressResolver(clock: clock, secondsKept: 300, secondsMax: 5), settings: PipelineSettings())
        let outcome = try await planner.plan()
        #expect(Array(outcome.plans.keys) == [own])
    }

    @Test("A small share is planned for as it would be with all others at hand", arguments: [1, 3, 8])
    func smallShare(_ owned: Int) async throws {
        let start = Timestamp(seconds: 1_795_354_200)
        let clock = ManualWallClock(now: start)
        let devices = (0..<8).map { Device(name: "d\($0)", address: "127.0.2.1", at: start) }
        let catalog = MemoryCatalog(devices: devices)
        catalog.state.withLock { state in
            for (place, device) in devices.enumerated() {
                for index in 0...place {
                    var facts = InterfaceFacts(ifIndex: Int64(index + 1))
                    facts.ifName = "Gi0/\(index)"
                    var row = Interface(deviceID: device.id, facts: facts, at: start)
                    row.monitoringEnabled = true
                    state.live[row.id] = row
                }
            }
        }
        let own = Set(devices.prefix(owned).map(\.id))
        var outcomes: [CollectionPlanner.Outcome] = []
        for needsAll in [true, false] {
            let planner = CollectionPlanner(
                catalog, owns: { own.contains($0) }, needsAll: needsAll,
                openProfile: {
                    CredentialProfile(name: $0.name, version: .v2c, community: Secret("public"), at: $0.createdAt)
                }, resolver: AddressResolver(clock: clock, secondsKept: 300, secondsMax: 5),
                settings: PipelineSettings())
            outcomes.append(try await planner.plan())
        }
        let (all, few) = (outcomes[0], outcomes[1])
        #expect(all.recorded.count == 36 && few.recorded.isSubset(of: all.recorded))
        #expect(Set(few.plans.keys) == own)
        for (id, plan) in few.plans { #expect(plan.interfaces.map(\.id) == all.plans[id]?.interfaces.map(\.id)) }
        #expect(few.plans.values.reduce(0) { $0 + $1.interfaces.count } == owned * (owned + 1) / 2)
    }
}
