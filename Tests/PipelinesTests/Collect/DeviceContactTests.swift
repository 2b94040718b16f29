import Inventory
import Jobs
@testable import Pipelines
import SNMP
import SNMPLab
import Synchronization
import Testing

/// With the real engine, against simulated devices on loopback.
@Suite("Whom polls reached", .timeLimit(.minutes(5)), .serialized)
struct DeviceContactTests {
    @Test("Each poll that ends is told: who was asked when, who answered, and how often in a row it did not")
    func contacts() async throws {
        let scene = try LabScene("grid-3x4")
        defer { scene.close() }
        let ends = scene.collection.contacts()
        let run = Task { try await scene.collection.run(restartDiscovery: { _ in }) }
        while !scene.collection.statistics().isRunning { await Task.yield() }
        try scene.lab.apply(.dead, to: "GRID-SW-2")
        let dead = try #require(scene.catalog.allDevices.first { $0.name == "GRID-SW-2" })
        for _ in 0..<3 { await scene.collectInVain(dead.id) }
        _ = try await scene.collect()
        var told: [DeviceContact] = []
        for await batch in ends {
            told += batch
            if Set(told.map(\.deviceID)).count == 3, told.contains(where: \.isSilent) { break }
        }
        let ofDead = told.filter { $0.deviceID == dead.id && !$0.answered }
        #expect(ofDead.map(\.failures) == Array(1...ofDead.count) && ofDead.count >= 3)
        #expect(ofDead.filter(\.isSilent).map(\.failures) == Array(ofDead.map(\.failures).dropFirst(2)))
        #expect(told.allSatisfy { $0.endedAt >= $0.askedAt && $0.answered == ($0.failures == 0) })
        #expect(told.contains { $0.answered && $0.deviceID != dead.id })
        scene.collection.stop()
        try await run.value
    }

    @Test("A device of which nothing is recorded is asked whether it is there, and is in no figure of collection")
    func presence() async throws {
        let scene = try LabScene("grid-3x4")
        defer { scene.close() }
        let bare = try #require(scene.catalog.allDevices.first { $0.name == "GRID-SW-2" })
        scene.catalog.state.withLock { state in
            for (id, row) in state.live where row.deviceID == bare.id { state.live[id]?.monitoringEnabled = false }
        }
        let ends = scene.collection.contacts()
        let run = Task { try await scene.collection.run(restartDiscovery: { _ in }) }
        while !scene.collection.statistics().isRunning { await Task.yield() }
        let outcome = try await scene.collect()
        #expect(outcome.message?.hasPrefix("Collected metrics for 8 interfaces (64 data points)") == true)
        var contact: DeviceContact?
        for await batch in ends {
            contact = batch.first { $0.deviceID == bare.id }
            if contact != nil { break }
        }
        #expect(contact?.answered == true)
        #expect(scene.collection.statistics().devices == 2 && scene.collection.statistics().unusableDevices == 0)
        let error = await #expect(throws: PipelineError.self) { try await scene.collect(device: bare.id) }
        #expect(error?.code == .noSuchDevice)
        // With an interface to record it is polled for counters, without a new start.
        scene.catalog.state.withLock { state in
            for (id, row) in state.live where row.deviceID == bare.id { state.live[id]?.monitoringEnabled = true }
            state.revision += 1
        }
        let all = try await scene.collect()
        #expect(all.message?.hasPrefix("Collected metrics for 12 interfaces (96 data points)") == true, "\(all)")
        scene.collection.stop()
        try await run.value
    }

    /// Whether an error says that a device is there; nil where it was not asked.
    @Test(
        arguments: [
            (.timeout, false), (.refused, false), (.unreachable(errno: 113), false), (.deadline, false),
            (.undecodable, true), (.emptyResponse, true), (.overloaded, nil), (.cancelled, nil), (.shutdown, nil),
            (.system("socket", errno: 24), nil), (.nameResolution("core", "no server"), nil),
        ] as [(SNMPError.Code, Bool?)])
    func errors(_ code: SNMPError.Code, _ proves: Bool?) { #expect(code.provesAnswer == proves) }
}

extension LabScene {
    fileprivate func collectInVain(_ device: DeviceID) async {
        await #expect(throws: PipelineError.self) { try await self.collect(device: device) }
    }
}
