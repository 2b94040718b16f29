import Discovery
import Inventory
import Jobs
import Pipelines
import SNMP
import Testing

@Suite(.timeLimit(.minutes(5)))
struct DeviceSourceTests {
    private func profile(_ version: SNMPVersionName) -> CredentialProfile {
        CredentialProfile(name: "lab", version: version, community: Secret("s3cr3t"), at: Timestamp(seconds: 0))
    }

    @Test("A device at whose address nothing listens is recorded as down and summed up as not answering")
    func nothingListens() async throws {
        var settings = PipelineSettings()
        settings.timeoutMilliseconds = 50
        settings.retries = 0
        let clock = SystemWallClock()
        let engine = try Engine()
        defer { engine.shutdown() }
        let resolver = AddressResolver(clock: clock, secondsKept: 60, secondsMax: 5)
        // The discard port: no agent listens there.
        let device = Device(name: "GONE", address: "127.0.0.1", port: 9, at: Timestamp(seconds: 0))
        let scene = Scene([device])
        let jobs = try PipelineJobs(
            catalog: scene.catalog, openProfile: { _ in profile(.v2c) },
            source: .network(engine: engine, resolver: resolver, settings: settings),
            classifier: { Scene.nameRules }, settings: settings)
        let error = await #expect(throws: PipelineError.self) { try await jobs.discovery.discoverAll(scene.context()) }
        #expect(error?.message.hasSuffix("; 1 device did not answer: GONE") == true, "\(error?.message ?? "")")
        #expect(scene.catalog.allDevices[0].status == .down)
        #expect(scene.catalog.allDevices[0].lastError?.contains("127.0.0.1:9") == true)
        #expect(scene.log.recorded.contains("warning 1 device did not answer: GONE"))
        #expect(!scene.log.recorded.contains { $0.contains("s3cr3t") })
    }

    @Test("A target has the patience of the settings and the version of the profile")
    func target() throws {
        var settings = PipelineSettings()
        settings.timeoutMilliseconds = 700
        settings.deviceSecondsMax = 30
        let address = TransportAddress(127, 0, 0, 1)
        let target = try settings.target(address, profile(.v1))
        #expect(target.credential == .v1(community: Community("s3cr3t")))
        #expect(target.timeoutMilliseconds == 700 && target.deadlineMilliseconds == 30_000)
        let user = SNMPUser(name: "reader", authentication: .init(.sha1, Secret("s3cr3t-s3cr3t")))
        let profile = CredentialProfile(name: "lab", user: user, at: Timestamp(seconds: 0))
        let asked = USMUser(name: "reader", authentication: .init(.sha1, Passphrase("s3cr3t-s3cr3t")))
        #expect(try settings.target(address, profile).credential == .v3(asked))
    }

    @Test("A device of a product whose agents are known is asked in their way, any other as usual")
    func quirks() throws {
        let address = TransportAddress(127, 0, 0, 1)
        func quirks(_ sysObjectID: String?) throws -> AgentQuirks {
            try PipelineSettings().target(address, profile(.v2c), sysObjectID: sysObjectID).quirks
        }
        #expect(try quirks("1.3.6.1.4.1.3808.1.1.3.4") == AgentQuirks.known(forSysObjectID: "1.3.6.1.4.1.3808.1.1.3.4"))
        #expect(try !quirks("1.3.6.1.4.1.3808.1.1.3.4").isEmpty)
        for other in [nil, "", "nonsense", "1.3.6.1.4.1.9.1.2694"] { #expect(try quirks(other) == []) }
    }
}
