import Catalog
import Discovery
import Inventory
import Jobs
import Pipelines
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5)))
struct InterfaceDiscoveryTests {
    @Test("A discovery stores and classifies every interface and says so in the lines operators grep")
    func goldenLines() async throws {
        let scene = Scene(Scene.devices(876))
        let clock = scene.clock
        for number in 1...876 {
            // 1,238 interfaces: two on most devices, one of them an uplink on every 100th.
            let name = "D" + String(String(1000 + number).dropFirst())
            let names = number % 100 == 0 ? ["ISP-1", "Po1"] : number <= 370 ? ["Gi1", "Gi2"] : ["Gi1"]
            scene.script.set(name) { _, _ in
                if number == 1 { clock.advance(bySeconds: 2.1) }
                return Scene.reading(names)
            }
        }
        let outcome = try await scene.jobs().discovery.discoverAll(scene.context())
        #expect(
            scene.log.recorded == [
                "info Starting interface discovery for 876 devices", "info Discovered 1,251 interfaces",
                "info Classified 8 as ISP interfaces", "info Discovery completed in 2.1 seconds",
            ])
        #expect(outcome.completion == .succeeded)
        #expect(outcome.message == "1,251 interfaces of 876 devices in 2.1 seconds")
        #expect(scene.catalog.allInterfaces.count == 1251)
        #expect(scene.catalog.allInterfaces.count { $0.isCritical } == 8)
        #expect(scene.report.content.done == 876 && scene.report.content.total == 876)
        let results = scene.report.content.results
        #expect(results["devices_discovered"] == 876 && results["devices_failed"] == 0)
        #expect(results["interfaces_discovered"] == 1251 && results["interfaces_new"] == 1251)
        #expect(results["isp_interfaces"] == 8 && results["trunk_interfaces"] == 8)
        #expect(results["duration_milliseconds"] == 2100)
    }

    @Test("Rediscovery of an unchanged network rewrites no row and advances the seen-timestamps")
    func unchanged() async throws {
        let scene = Scene(Scene.devices(100))
        let discovery = try scene.jobs().discovery
        _ = try await discovery.discoverAll(scene.context())
        let before = scene.catalog.allInterfaces
        scene.catalog.state.withLock { $0.rowsWritten = 0 }
        scene.clock.advance(bySeconds: 3600)
        _ = try await discovery.discoverAll(scene.context())
        #expect(scene.catalog.state.withLock { $0.rowsWritten } == 0)
        for (old, new) in zip(before, scene.catalog.allInterfaces) {
            var expected = old
            expected.lastSeenAt = scene.clock.now
            expected.lastDiscoveredAt = scene.clock.now
            #expect(new == expected)
        }
    }

    @Test("Dead and garbage-talking devices fail alone, are recorded, and are warned about once")
    func failures() async throws {
        let scene = Scene(Scene.devices(10))
        for name in ["D002", "D005", "D006", "D007", "D008", "D009", "D010"] {
            scene.script.set(name) { _, _ in throw Unreachable() }
        }
        scene.script.set("D003") { _, _ in
            throw PipelineError(.deviceFailed, message: "the answer is not valid SNMP")
        }
        let discovery = try scene.jobs().discovery
        let outcome = try await discovery.discoverAll(scene.context())
        #expect(outcome.completion == .partial)
        #expect(scene.report.content.results["devices_failed"] == 8)
        #expect(scene.catalog.allInterfaces.count == 2)
        let dead = try #require(scene.catalog.allDevices.first { $0.name == "D002" })
        #expect(dead.lastError == "no route")
        let garbage = try #require(scene.catalog.allDevices.first { $0.name == "D003" })
        #expect(garbage.lastError == "the answer is not valid SNMP")
        #expect(garbage.status == .unknown)
        let warnings = scene.log.recorded.filter { $0.hasPrefix("warning") }
        #expect(warnings.contains("warning D003 (127.0.1.3 port 161) fails: the answer is not valid SNMP"))
        #expect(warnings.last == "warning 8 devices could not be read: D002, D003, D005, D006, D007 and 3 more")
        #expect(warnings.count == 9)
        _ = try await discovery.discoverAll(scene.context())
        #expect(scene.log.recorded.filter { $0.hasPrefix("warning") }.count == 10)
    }

    @Test("A device that failed keeps its interfaces as they were, and recovers")
    func recovery() async throws {
        let scene = Scene(Scene.devices(1))
        let discovery = try scene.jobs().discovery
        _ = try await discovery.discoverAll(scene.context())
        let before = scene.catalog.allInterfaces
        scene.clock.advance(bySeconds: 3600)
        scene.script.set("D001") { _, _ in throw Unreachable() }
        _ = try? await discovery.discoverAll(scene.context())
        #expect(scene.catalog.allInterfaces == before)
        #expect(scene.catalog.allDevices[0].lastError != nil)
        scene.script.set("D001") { _, _ in Scene.reading(["Gi0/1"]) }
        _ = try await discovery.discoverAll(scene.context())
        #expect(scene.catalog.allDevices[0].lastError == nil)
        #expect(scene.catalog.allDevices[0].status == .up)
        #expect(scene.catalog.allInterfaces.map(\.id) == before.map(\.id))
    }

    @Test("One device that never answers delays no other: all others are stored while it is waited for")
    func slowDevice() async throws {
        let scene = Scene(Scene.devices(300))
        let clock = scene.clock
        let forever = clock.now.advanced(bySeconds: 120)
        scene.script.set("D001") { _, _ in
            try await clock.sleep(until: forever)
            throw Unreachable()
        }
        let discovery = try scene.jobs().discovery
        async let outcome = discovery.discoverAll(scene.context())
        while scene.catalog.allInterfaces.count < 299, !Task.isCancelled {
            // A batch that is not full waits for its time to be up.
            clock.advance(bySeconds: 0.001)
            await Task.yield()
        }
        #expect(scene.catalog.allDevices.first?.lastError == nil)
        await clock.untilSleeping(until: forever)
        clock.advance(to: forever)
        #expect(try await outcome.completion == .partial)
        #expect(scene.catalog.allDevices.first?.lastError == "no route")
    }

    @Test("No more devices are read at once, and no larger batches written, than the settings say")
    func bounds() async throws {
        var scene = Scene(Scene.devices(500))
        scene.settings.devicesInFlightMax = 7
        scene.settings.batchDevicesMax = 16
        for device in scene.catalog.allDevices {
            scene.script.set(device.name) { _, _ in
                await Task.yield()
                return Scene.reading(["Gi0/1"])
            }
        }
        _ = try await scene.jobs().discovery.discoverAll(scene.context())
        #expect(scene.script.readingMost <= 7)
        #expect(scene.catalog.batches.allSatisfy { $0 <= 16 })
        #expect(scene.catalog.batches.reduce(0, +) == 500)
    }

    @Test("Cancelling in the middle leaves whole batches and blames no device")
    func cancellation() async throws {
        var scene = Scene(Scene.devices(200))
        scene.settings.devicesInFlightMax = 10
        scene.settings.batchDevicesMax = 5
        let clock = scene.clock
        let never = clock.now.advanced(bySeconds: 1e6)
        for device in scene.catalog.allDevices where device.name > "D100" {
            scene.script.set(device.name) { _, _ in
                try await clock.sleep(until: never)
                return Scene.reading(["Gi0/1"])
            }
        }
        let catalog = scene.catalog
        let (discovery, context) = (try scene.jobs().discovery, scene.context())
        let run = Task { try await discovery.discoverAll(context) }
        while catalog.allInterfaces.count < 90 {
            clock.advance(bySeconds: 0.01)
            await Task.yield()
        }
        run.cancel()
        await #expect(throws: (any Error).self) { try await run.value }
        let discovered = catalog.allDevices.filter { $0.lastCompleteDiscoveryAt != nil }
        #expect(discovered.count == catalog.allInterfaces.count)
        #expect(catalog.batches.reduce(0, +) == discovered.count)
        #expect(catalog.allDevices.allSatisfy { $0.lastError == nil })
        #expect(scene.log.recorded.last == "info Discovery cancelled after \(discovered.count) of 200 devices")
    }

    @Test("A discovery in which no device could be read has failed, and says so")
    func allDead() async throws {
        let scene = Scene(Scene.devices(3))
        for name in ["D001", "D002", "D003"] { scene.script.set(name) { _, _ in throw Unreachable() } }
        let discovery = try scene.jobs().discovery
        let error = await #expect(throws: PipelineError.self) { try await discovery.discoverAll(scene.context()) }
        #expect(error?.code == .deviceFailed)
        #expect(
            error?.message
                == "none of 3 devices could be read in 0.000 seconds; "
                + "3 devices could not be read: D001, D002, D003")
        #expect(scene.report.content.results["devices_failed"] == 3 && scene.report.content.done == 3)
        #expect(
            scene.log.recorded.last
                == "error Discovery failed after 0.000 seconds: none of 3 devices could be read")
        #expect(!scene.log.recorded.contains { $0.contains("Discovery completed") })
    }

    @Test("Devices are asked with their own profile, else with 'default'; one without any fails alone")
    func credentials() async throws {
        var devices = Scene.devices(4)
        devices[1].credentialProfile = "branch"
        devices[2].credentialProfile = "gone"
        devices[3].credentialProfile = "sealed-by-another"
        let scene = Scene(devices, profiles: ["branch", "default", "sealed-by-another"])
        _ = try await scene.jobs().discovery.discoverAll(scene.context())
        #expect(scene.script.asked.sorted() == ["D001 default", "D002 branch"])
        let errors = scene.catalog.allDevices.map { $0.lastError ?? "" }
        #expect(errors[2] == "there is no credential profile 'gone'; make it, or name another one")
        #expect(errors[3] == "credential profile 'sealed-by-another' cannot be used: the key does not open it")
        #expect(!(errors + scene.log.recorded).contains { $0.contains("s3cr3t") })
        let bare = Scene(Scene.devices(1), profiles: [])
        _ = try? await bare.jobs().discovery.discoverAll(bare.context())
        #expect(bare.catalog.allDevices[0].lastError?.contains("there is no profile 'default'") == true)
    }

    @Test("A device whose answer cannot be stored fails alone")
    func refusedValues() async throws {
        let devices = Scene.devices(30)
        let scene = Scene(devices)
        scene.catalog.state.withLock { _ = $0.refusedDevices.insert(devices[12].id) }
        let outcome = try await scene.jobs().discovery.discoverAll(scene.context())
        #expect(outcome.completion == .partial)
        #expect(scene.catalog.allInterfaces.count == 29)
        #expect(
            scene.catalog.allDevices[12].lastError
                == "what it answered could not be stored: if_mtu is out of range")
    }

    @Test("A catalog that cannot be written ends the discovery with its reason")
    func fullCatalog() async throws {
        let scene = Scene(Scene.devices(30))
        let catalog = scene.catalog
        scene.script.set("D001") { _, _ in
            catalog.state.withLock { $0.isFull = true }
            return Scene.reading(["Gi0/1"])
        }
        let discovery = try scene.jobs().discovery
        let error = await #expect(throws: CatalogError.self) { try await discovery.discoverAll(scene.context()) }
        #expect(error?.code == .full)
    }

    @Test("Disabled devices are left alone; without devices a discovery succeeds")
    func disabled() async throws {
        var devices = Scene.devices(2)
        devices[0].enabled = false
        let scene = Scene(devices)
        _ = try await scene.jobs().discovery.discoverAll(scene.context())
        #expect(scene.script.asked == ["D002 default"])
        let empty = Scene([])
        let outcome = try await empty.jobs().discovery.discoverAll(empty.context())
        #expect(outcome.completion == .succeeded)
        #expect(empty.log.recorded.first == "info Starting interface discovery for 0 devices")
        #expect(empty.log.recorded.last == "info Discovery completed in 0.000 seconds")
    }

    @Test("The discovery of one device fails with its reason: unknown, switched off, not answering")
    func oneDevice() async throws {
        var devices = Scene.devices(3)
        devices[1].enabled = false
        let scene = Scene(devices)
        scene.script.set("D003") { _, _ in throw Unreachable() }
        let discovery = try scene.jobs().discovery
        func run(_ subject: String) async throws -> JobOutcome {
            try await discovery.discoverOne(scene.context(PipelineJobs.discoverDevice, subject: subject))
        }
        #expect(try await run("\(devices[0].id)").message == "1 interface of 1 device in 0.000 seconds")
        #expect(scene.log.recorded.first == "info Starting interface discovery for 1 device")
        let unknown = DeviceID.random().description
        for (subject, code, message) in [
            ("\(devices[1].id)", PipelineError.Code.noSuchDevice, "D002 is switched off; enable it first"),
            ("\(devices[2].id)", .deviceFailed, "D003: no route"),
            (unknown, .noSuchDevice, "no device has the id \(unknown)"),
            ("x", .invalidRequest, "'x' is not the id of a device"),
        ] {
            let error = await #expect(throws: PipelineError.self) { try await run(subject) }
            #expect(error?.code == code)
            #expect(error?.message == message)
        }
    }

    private struct Unreachable: Error, CustomStringConvertible {
        var description: String { "no route" }
    }
}
