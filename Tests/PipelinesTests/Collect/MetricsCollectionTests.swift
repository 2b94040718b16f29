import Catalog
import Inventory
import Jobs
@testable import Pipelines
import Series
import SNMP
import SNMPLab
import Synchronization
import Testing
import Traffic

/// With the real engine, against simulated devices on loopback whose counters are known exactly.
@Suite(.timeLimit(.minutes(5)), .serialized)
struct MetricsCollectionTests {
    @Test("All monitored interfaces are collected by hand, and counters and increases equal the truth")
    func truth() async throws {
        let scene = try LabScene("grid-6x8")
        defer { scene.close() }
        let report = JobReport()
        let outcome = try await scene.collect(report: report)
        #expect(outcome.completion == .succeeded)
        let line = try #require(outcome.message)
        #expect(line.hasPrefix("Collected metrics for 48 interfaces (384 data points) in "), "\(line)")
        #expect(scene.log.recorded.contains("info \(line)"))
        #expect(report.content.results["data_points"] == 384)
        let before = scene.truths
        scene.labTime.advance(seconds: 300)
        _ = try await scene.collect()
        let stored = scene.series.all
        for (first, second) in zip(before, scene.truths) {
            let readings = try #require(stored[first.row.id])
            #expect(readings.map(\.counters) == [first.counters.inOrder, second.counters.inOrder])
            #expect(readings.allSatisfy { $0.present == .all && $0.operStatus == 1 && $0.sysUpTime != nil })
            #expect(readings.allSatisfy { $0.ifSpeed == first.row.facts.ifSpeed && $0.intervalSeconds == 3600 })
            let narrow: CounterSet = [
                CounterSet(.inErrors), CounterSet(.outErrors), CounterSet(.inDiscards), CounterSet(.outDiscards),
            ]
            #expect(readings.allSatisfy { $0.narrow == narrow && !$0.clockWasSet })
            let rates = try #require(scene.collection.board.rates(of: first.row.id))
            #expect(rates.reading == readings[1] && rates.step?.from == readings[0].at)
        }
        #expect(scene.collection.statistics().stored == 96)
    }

    @Test(
        "Devices without 64-bit counters, and all that speak SNMPv1, are collected by their 32-bit counters",
        arguments: [SNMPVersionName.v1, .v2c])
    func narrow(_ version: SNMPVersionName) async throws {
        let scene = try LabScene("grid-2x4", version: version)
        defer { scene.close() }
        if version == .v2c { try scene.lab.apply(.counters(.narrow(true)), to: "GRID-SW-1") }
        let outcome = try await scene.collect()
        let prefix = "Collected metrics for 8 interfaces (64 data points) in "
        #expect(outcome.message?.hasPrefix(prefix) == true, "\(outcome)")
        let devices = Dictionary(uniqueKeysWithValues: scene.catalog.allDevices.map { ($0.id, $0.name) })
        for truth in scene.truths {
            let last = try #require(scene.series.all[truth.row.id]?.last)
            let isNarrow = version == .v1 || devices[truth.row.deviceID] == "GRID-SW-1"
            #expect((last.narrow == .all) == isNarrow)
            let expected = isNarrow ? truth.counters.inOrder & SIMD8(repeating: 0xFFFF_FFFF) : truth.counters.inOrder
            #expect(last.counters == expected)
        }
    }

    @Test("A device that does not answer is named, and the others are collected")
    func dead() async throws {
        let scene = try LabScene("grid-3x4")
        defer { scene.close() }
        try scene.lab.apply(.dead, to: "GRID-SW-2")
        let outcome = try await scene.collect()
        #expect(outcome.completion == .partial)
        let line = try #require(outcome.message)
        #expect(line.hasPrefix("Collected metrics for 8 interfaces (64 data points) in "), "\(line)")
        #expect(line.hasSuffix("; 1 device could not be polled: GRID-SW-2"), "\(line)")
        for name in ["GRID-SW-1", "GRID-SW-3"] { try scene.lab.apply(.dead, to: name) }
        let error = await #expect(throws: PipelineError.self) { try await scene.collect() }
        #expect(error?.code == .deviceFailed)
    }

    @Test("After a restart with new numbers nothing is recorded until a discovery, and then of the right interfaces")
    func renumbered() async throws {
        let scene = try LabScene("grid-1x6")
        defer { scene.close() }
        _ = try await scene.collect()
        #expect(scene.series.count == 6)
        try scene.lab.apply(.reboot(renumber: true), to: "GRID-SW-1")
        scene.labTime.advance(seconds: 30)
        let held = try await scene.collect()
        #expect(held.completion == .partial)
        #expect(held.message?.contains("1 device not recorded until discovered: GRID-SW-1") == true, "\(held)")
        #expect(scene.series.count == 6)
        #expect(scene.collection.statistics().heldBack > 0)
        let device = scene.catalog.allDevices[0]
        var target = Target(
            try #require(TransportAddress(parsing: device.address, defaultPort: scene.lab.port)),
            .v2c(community: Community("public")))
        target.retries = 3
        let names: ObjectIdentifier = "1.3.6.1.2.1.31.1.1.1.1"
        let table = try await scene.engine.table(TableRequest(columns: [names]), from: target)
        let column = try #require(table.column(names))
        var indexes: [String: Int64] = [:]
        for position in 0..<column.count {
            let name = String(decoding: column.octets(at: position) ?? [], as: UTF8.self)
            indexes[name] = column.simpleIndex(at: position).map(Int64.init)
        }
        let now = SystemWallClock().now
        let found = indexes
        scene.catalog.state.withLock { state in
            for (id, row) in state.live { state.live[id]?.facts.ifIndex = found[row.facts.ifName ?? ""] ?? 0 }
            state.devices[device.id]?.lastCompleteDiscoveryAt = now
        }
        // Where the discovery came after the restart by the device's own clock.
        scene.labTime.advance(seconds: 600)
        let outcome = try await scene.collect()
        #expect(outcome.completion == .succeeded, "\(outcome)")
        let port = column.count
        #expect(port == 6 && scene.series.count == 12)
        let octets: ObjectIdentifier = "1.3.6.1.2.1.31.1.1.1.6"
        let counters = try await scene.engine.table(TableRequest(columns: [octets]), from: target)
        for row in scene.catalog.allInterfaces {
            let index = UInt32(row.facts.ifIndex)
            let value = counters.column(octets)?[index]?.uint64
            #expect(scene.series.all[row.id]?.last?[.inOctets] == value)
        }
    }

    @Test("While it runs, changes of status are told and written, and a plan follows the inventory")
    func running() async throws {
        let scene = try LabScene("grid-2x6")
        defer { scene.close() }
        let changes = scene.collection.statusChanges()
        let updates = scene.collection.board.updates()
        let run = Task { try await scene.collection.run(restartDiscovery: { _ in }) }
        // Waits until it has begun, as a first run at start does.
        while !scene.collection.statistics().isRunning, !Task.isCancelled { await Task.yield() }
        _ = try await scene.collect(.startup)
        var shown = 0
        for await rows in updates {
            shown += rows.count
            if shown >= 12 { break }
        }
        #expect(shown == 12)
        let row = try #require(scene.catalog.allInterfaces.first { $0.facts.operStatus == 1 })
        let device = try #require(scene.catalog.allDevices.first { $0.id == row.deviceID })
        try scene.lab.apply(.linkDown(interface: row.facts.ifName ?? "", alone: true), to: device.name)
        _ = try await scene.collect(device: device.id)
        var told: [StatusChange] = []
        for await batch in changes {
            told += batch
            break
        }
        guard case .interface(let change)? = told.first else {
            Issue.record("nothing was told: \(told)")
            return
        }
        #expect(change.interfaceID == row.id && change.operBefore == 1 && change.oper == 2)
        let written = scene.catalog.allInterfaces.first { $0.id == row.id }
        #expect(written?.facts.operStatus == 2)
        #expect(written?.updatedAt == change.at)
        scene.catalog.state.withLock { state in
            state.live[row.id]?.monitoringEnabled = false
            state.revision += 1
        }
        let all = try await scene.collect()
        #expect(all.message?.hasPrefix("Collected metrics for 11 interfaces (88 data points)") == true, "\(all)")
        #expect(scene.collection.board.rates(of: row.id) == nil)
        scene.collection.stop()
        try await run.value
        #expect(scene.collection.statistics().buffered == 0)
        #expect(scene.series.state.withLock { $0.maintenances } > 0)
    }

    @Test("A port that a notification called down and a poll finds up is told, though no poll saw it down")
    func lostLinkUp() async throws {
        let scene = try LabScene("grid-2x4")
        defer { scene.close() }
        let changes = scene.collection.statusChanges()
        let row = try #require(scene.catalog.allInterfaces.first { $0.facts.operStatus == 1 })
        func heard() -> InterfaceStatusChange {
            InterfaceStatusChange(
                deviceID: row.deviceID, interfaceID: row.id, adminBefore: 0, admin: 0, operBefore: 0, oper: 2,
                at: SystemWallClock().now)
        }
        let run = Task { try await scene.collection.run(restartDiscovery: { _ in }) }
        // Before its device is planned for, and after.
        scene.collection.heard(heard())
        while !scene.collection.statistics().isRunning { await Task.yield() }
        _ = try await scene.collect(device: row.deviceID)
        scene.collection.heard(heard())
        _ = try await scene.collect(device: row.deviceID)
        scene.collection.stop()
        try await run.value
        var told: [StatusChange] = []
        for await batch in changes { told += batch }
        let ups = told.compactMap { change in
            if case .interface(let port) = change, port.interfaceID == row.id { return [port.operBefore, port.oper] }
            return nil as [UInt8]?
        }
        #expect(ups == [[2, 1], [2, 1]])
    }

    @Test("A store that fails loses nothing: the same readings are stored later, in order")
    func failingStore() async throws {
        let scene = try LabScene("grid-2x4")
        defer { scene.close() }
        let failures: [SeriesError.Code] = [.full, .outcomeUnknown]
        scene.series.state.withLock { $0.failures = failures.map { SeriesError($0, message: "told to fail") } }
        _ = try await scene.collect()
        #expect(scene.series.count == 8)
        #expect(scene.series.all.values.allSatisfy { $0.count == 1 })
        #expect(scene.log.recorded.filter { $0.contains("told to fail") }.count == 1)
        #expect(scene.log.recorded.contains { $0.contains("takes readings again; nothing was lost") })
    }

    @Test("The last rates of before are on the board when it begins")
    func primed() async throws {
        let scene = try LabScene("grid-1x4")
        defer { scene.close() }
        let row = try #require(scene.catalog.allInterfaces.first)
        let now = SystemWallClock().now
        for seconds in [-400.0, -100] {
            var reading = CounterReading(at: now.advanced(bySeconds: seconds), intervalSeconds: 3600)
            reading[.inOctets] = UInt64(4000 + seconds)
            _ = try await scene.series.append([SeriesReading(row.id, reading)])
        }
        _ = await scene.collection.begin()
        #expect(scene.collection.board.rates(of: row.id)?.step?.increase(.inOctets) == 300)
        await scene.collection.end()
    }

    @Test("A collection of one device asks no other, and refuses one that is not polled")
    func oneDevice() async throws {
        let scene = try LabScene("grid-3x4")
        defer { scene.close() }
        let device = try #require(scene.catalog.allDevices.first)
        let outcome = try await scene.collect(device: device.id)
        #expect(outcome.message?.hasPrefix("Collected metrics for 4 interfaces (32 data points)") == true)
        let error = await #expect(throws: PipelineError.self) { try await scene.collect(device: .random()) }
        #expect(error?.code == .noSuchDevice)
    }
}
