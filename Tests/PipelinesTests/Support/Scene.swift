import Catalog
import Discovery
import Inventory
import Jobs
import Pipelines
import SNMP
import Synchronization

/// A small network whose devices answer by script, and a pipeline on a catalog in memory.
struct Scene {
    /// What devices answer, by name; a device without a script answers with one interface.
    final class Script: Sendable {
        typealias Answer = @Sendable (Device, CredentialProfile) async throws -> DeviceReading
        typealias NeighbourAnswer = @Sendable (Device) async throws -> DeviceNeighbours

        private struct State {
            var answers: [String: Answer] = [:]
            var neighbours: [String: NeighbourAnswer] = [:]
            var reading = 0
            var readingMost = 0
            var asked: [String] = []
        }

        private let state = Mutex(State())

        func set(_ name: String, _ answer: @escaping Answer) {
            state.withLock { $0.answers[name] = answer }
        }

        func setNeighbours(_ name: String, _ answer: @escaping NeighbourAnswer) {
            state.withLock { $0.neighbours[name] = answer }
        }

        /// The most devices that were being read at one time.
        var readingMost: Int { state.withLock { $0.readingMost } }
        /// Names of the devices asked, with the profile.
        var asked: [String] { state.withLock { $0.asked } }

        func read(_ device: Device, _ profile: CredentialProfile) async throws -> DeviceReading {
            let answer = state.withLock { state in
                state.reading += 1
                state.readingMost = max(state.readingMost, state.reading)
                state.asked.append("\(device.name) \(profile.name)")
                return state.answers[device.name]
            }
            defer { state.withLock { $0.reading -= 1 } }
            return try await answer?(device, profile) ?? Scene.reading(["Gi0/1"])
        }

        /// What a device hears: nothing where there is no script.
        func readNeighbours(_ device: Device) async throws -> DeviceNeighbours {
            let answer = state.withLock { state in
                state.reading += 1
                state.readingMost = max(state.readingMost, state.reading)
                state.asked.append("\(device.name) neighbours")
                return state.neighbours[device.name]
            }
            defer { state.withLock { $0.reading -= 1 } }
            return try await answer?(device) ?? DeviceNeighbours()
        }
    }

    let clock = ManualWallClock(now: Timestamp(seconds: 1_795_354_200))
    let log = LogRecorder()
    let script = Script()
    let catalog: MemoryCatalog
    var settings = PipelineSettings()
    var rules: @Sendable () -> Classifier = { Scene.nameRules }
    let report = JobReport()

    init(_ devices: [Device], profiles: [String] = ["default"]) {
        catalog = MemoryCatalog(devices: devices, profiles: profiles)
    }

    /// Devices named D001, D002 and so on.
    static func devices(_ count: Int) -> [Device] {
        (1...count).map { number in
            let name = "D" + String(String(1000 + number).dropFirst())
            return Device(name: name, address: "127.0.1.\(number)", at: Timestamp(seconds: 0))
        }
    }

    /// A complete reading of interfaces with these names, all up, the alias equal to the name.
    static func reading(_ names: [String]) -> DeviceReading {
        var system = SystemFacts()
        system.sysUpTime = 100_000
        let interfaces = names.enumerated().map { place, name in
            var facts = InterfaceFacts(ifIndex: Int64(place + 1))
            facts.ifName = name
            facts.ifDescr = name
            facts.ifAlias = name
            facts.ifType = 6
            facts.adminStatus = 1
            facts.operStatus = 1
            return facts
        }
        return DeviceReading(system: system, interfaces: interfaces)
    }

    /// `ISP…` is isp, `Po…` is trunk, all else access.
    static let nameRules: Classifier = { subject in
        let name = subject.facts.ifName ?? ""
        let type: InterfaceType = name.hasPrefix("ISP") ? .isp : name.hasPrefix("Po") ? .trunk : .access
        return InterfaceVerdict(type: type, isCritical: type == .isp, confidence: 0.9, rule: "name-\(type.rawValue)")
    }

    func jobs() throws -> PipelineJobs {
        let script = script
        return try PipelineJobs(
            catalog: catalog,
            openProfile: { sealed in
                guard sealed.name != "sealed-by-another" else {
                    throw PipelineError(.noCredentials, message: "the key does not open it")
                }
                return CredentialProfile(
                    name: sealed.name, version: sealed.version, community: Secret("s3cr3t"), at: sealed.createdAt)
            },
            source: DeviceSource(
                read: { try await script.read($0, $1) },
                readNeighbours: { device, _, _ in try await script.readNeighbours(device) },
                probe: { address, port, profile in
                    guard address.description.hasSuffix(".7"), profile.name == "branch", port == 161 else { return nil }
                    var system = SystemFacts()
                    system.sysName = "BRANCH-7"
                    return system
                }),
            classifier: rules, settings: settings)
    }

    func context(
        _ job: String = PipelineJobs.discoverAll, subject: String? = nil, parameters: [String: String] = [:]
    ) -> JobContext {
        let run = JobRun(job: job, subject: subject, trigger: .manual, scheduledAt: clock.now)
        return JobContext(run: run, parameters: parameters, clock: clock, logger: log.logger, report: report)
    }
}
