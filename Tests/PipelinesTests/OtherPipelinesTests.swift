import Catalog
import Classification
import Discovery
import Inventory
import Jobs
@testable import Pipelines
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(5)))
struct OtherPipelinesTests {
    @Test("The clean-up removes what was away for seven discovered days, and it returns with its id")
    func cleanUp() async throws {
        let scene = Scene(Scene.devices(1))
        let jobs = try scene.jobs()
        scene.script.set("D001") { _, _ in Scene.reading(["Gi1", "Gi2"]) }
        _ = try await jobs.discovery.discoverAll(scene.context())
        let ids = scene.catalog.allInterfaces.map(\.id)
        scene.script.set("D001") { _, _ in Scene.reading(["Gi1"]) }
        for hour in 0...168 {
            scene.clock.advance(bySeconds: 3600)
            _ = try await jobs.discovery.discoverAll(scene.context())
            let outcome = try await jobs.interfaceCleanUp.run(scene.context(PipelineJobs.cleanUp))
            #expect(outcome.results["interfaces_removed"] == (hour == 168 ? 1 : 0), "after \(hour) hours")
        }
        let longAgo = scene.clock.now.advanced(bySeconds: -400 * 86_400)
        #expect(scene.catalog.state.withLock { $0.forgottenBefore } == longAgo)
        #expect(scene.catalog.state.withLock { $0.topology.removedBefore } == longAgo)
        #expect(scene.catalog.allInterfaces.map { $0.facts.ifName } == ["Gi1"])
        #expect(scene.log.recorded.last == "info Removed 1 interface not seen for 7 days")
        scene.script.set("D001") { _, _ in Scene.reading(["Gi1", "Gi2"]) }
        _ = try await jobs.discovery.discoverAll(scene.context())
        #expect(scene.catalog.allInterfaces.map(\.id) == ids)
    }

    @Test("New rules change only what they see differently and never what an operator set")
    func reclassify() async throws {
        var scene = Scene(Scene.devices(100))
        _ = try await scene.jobs().discovery.discoverAll(scene.context())
        let chosen = try #require(scene.catalog.allInterfaces.first)
        scene.catalog.state.withLock { state in
            state.live[chosen.id]?.overrides = [.interfaceType]
            state.live[chosen.id]?.interfaceType = .camera
            state.live[chosen.id]?.classificationRule = "operator"
        }
        scene.rules = {
            { _ in InterfaceVerdict(type: .serverLink, confidence: 0.8, rule: "new") }
        }
        scene.clock.advance(bySeconds: 60)
        let context = scene.context(PipelineJobs.reclassify)
        let outcome = try await scene.jobs().reclassification.run(context)
        #expect(outcome.message == "Reclassified 99 interfaces")
        let kept = scene.catalog.allInterfaces.first { $0.id == chosen.id }
        #expect(kept?.interfaceType == .camera && kept?.classificationRule == "operator")
        #expect(scene.catalog.allInterfaces.count { $0.interfaceType == .serverLink } == 99)
        #expect(scene.report.content.done == 100)
        let again = try await scene.jobs().reclassification.run(context)
        #expect(again.results == ["interfaces_changed": 0])
    }

    @Test("The shipped rules classify what discovery stores")
    func shippedRules() async throws {
        var scene = Scene(Scene.devices(1))
        let rules = LiveRules(rules: try RuleSet.load(user: nil))
        scene.rules = { rules.current.classifier }
        scene.script.set("D001") { _, _ in Scene.reading(["ISP_MAGTI_1G"]) }
        _ = try await scene.jobs().discovery.discoverAll(scene.context())
        let row = try #require(scene.catalog.allInterfaces.first)
        #expect(row.interfaceType == .isp && row.ispProvider == "magti" && row.isCritical)
        #expect(!row.classificationRule.isEmpty && row.classificationConfidence > 0.5)
    }

    @Test("A sweep tries profiles in order, tells known from new, and adds only when asked, once")
    func sweep() async throws {
        let scene = Scene([], profiles: ["default", "branch"])
        let jobs = try scene.jobs()
        func run(_ parameters: [String: String]) async throws -> JobOutcome {
            let context = scene.context(PipelineJobs.sweep, subject: "10.0.0.0/28, 10.0.1.7", parameters: parameters)
            let ended = scene.log.recorded.count { $0.hasPrefix("info Sweep:") } + 1
            async let outcome = jobs.addressSweep.run(context)
            while scene.log.recorded.count(where: { $0.hasPrefix("info Sweep:") }) < ended {
                scene.clock.advance(bySeconds: 0.1)
                await Task.yield()
            }
            return try await outcome
        }
        let outcome = try await run([:])
        #expect(
            outcome.message
                == "2 of 15 addresses answered, 2 of them new: 10.0.0.7 BRANCH-7 (profile branch, new), "
                + "10.0.1.7 BRANCH-7 (profile branch, new)")
        #expect(scene.catalog.allDevices.isEmpty)
        #expect(scene.report.content.total == 15)
        _ = try await run(["add": "true", "profiles": "default,branch"])
        #expect(scene.catalog.allDevices.map(\.address).sorted() == ["10.0.0.7", "10.0.1.7"])
        #expect(scene.catalog.allDevices.allSatisfy { $0.credentialProfile == "branch" && $0.status == .up })
        #expect(scene.catalog.allDevices.allSatisfy { $0.lastCompleteDiscoveryAt == nil && $0.lastError == nil })
        #expect(Set(scene.catalog.allDevices.map(\.name)).count == 2)
        let again = try await run(["add": "yes", "rate": "1000"])
        #expect(again.results["devices_added"] == 0)
    }

    @Test("A sweep's message names the first five, in 300 characters at most", arguments: [0, 1, 5, 6, 900])
    func sweepMessage(count: Int) {
        let lines = (0..<count).map { "10.0.\($0 / 256).\($0 % 256) SW-\($0) (profile lab, new)" }
        let message = AddressSweep.message("counts", lines)
        #expect(message.hasPrefix("counts") && message.count <= 300)
        #expect(message.contains("10.0.0.4 ") == (count >= 5))
        #expect(!message.contains("10.0.0.5 "))
        #expect(message.hasSuffix("and 895 more") == (count == 900))
        let long = lines.map { $0 + String(repeating: "x", count: 260) }
        #expect(AddressSweep.message("counts", long).count <= 300)
    }

    @Test(
        "A sweep that cannot be understood is refused with the part that is wrong",
        arguments: [
            ("10.0.0.0/40", [:], "ranges '10.0.0.0/40'"), ("", [:], "ranges ''"),
            ("10.0.0.1", ["port": "0"], "port '0'"), ("10.0.0.1", ["add": "maybe"], "add is 'maybe'"),
            ("10.0.0.1", ["speed": "9"], "no parameter 'speed'"), ("10.0.0.1", ["rate": "0"], "rate is '0'"),
            ("10.0.0.1", ["profiles": "gone"], "'gone'"),
        ] as [(String, [String: String], String)])
    func refusedSweeps(ranges: String, parameters: [String: String], part: String) async throws {
        let scene = Scene([])
        let context = scene.context(PipelineJobs.sweep, subject: ranges, parameters: parameters)
        let sweep = try scene.jobs().addressSweep
        let error = await #expect(throws: PipelineError.self) { try await sweep.run(context) }
        #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
    }

    @Test("The jobs have the names, schedules and order of the contract")
    func definitions() throws {
        let definitions = try Scene([]).jobs().definitions
        let lines = definitions.map { "\($0.name) \($0.schedule?.description ?? "on request")" }
        #expect(
            lines == [
                "discover-all-interfaces hourly at :00", "cleanup-old-interfaces daily at 04:00",
                "discover-device-interfaces on request", "discover-topology daily at 05:00",
                "discover-device-topology on request", "sweep on request", "reclassify-interfaces on request",
            ])
        #expect(definitions.map(\.firstStartRank) == [0, 90, nil, 30, nil, nil, nil])
    }

    @Test("A setting out of its range is refused by its name")
    func settings() throws {
        var scene = Scene([])
        scene.settings.devicesInFlightMax = 5000
        let error = #expect(throws: PipelineError.self) { _ = try scene.jobs() }
        #expect(error?.message == "devicesInFlightMax is 5,000; set it to 1 to 4,096")
    }
}
