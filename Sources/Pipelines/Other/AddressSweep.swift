import Catalog
public import Discovery
public import Inventory
public import Jobs
import Logging

/// Asks every address of some ranges, and adds what answers as devices where that is wanted.
public struct AddressSweep: Sendable {
    /// What a sweep is asked to do.
    public struct Request: Sendable, Hashable {
        /// The addresses.
        public var ranges: AddressRanges
        /// UDP port.
        public var port: Int
        /// Names of the credential profiles, tried in this order; empty for all, `default` first.
        public var profiles: [String]
        /// Whether devices that are not known yet are added.
        public var addsDevices: Bool
        /// Questions a second; nil for as many as the settings say.
        public var questionsPerSecond: Double?

        /// A sweep.
        public init(ranges: AddressRanges, port: Int = 161, profiles: [String] = [], addsDevices: Bool = false) {
            self.ranges = ranges
            self.port = port
            self.profiles = profiles
            self.addsDevices = addsDevices
        }
    }

    /// A device that answered, and how it stands to those that are known.
    public struct Finding: Sendable, Hashable {
        /// What answered.
        public var hit: SweepHit
        /// Whether it is known.
        public var match: SweepMatch

        /// `10.0.0.7 BRANCH-7 (profile branch, new)`.
        var line: String {
            let name = hit.system.sysName ?? ""
            let standing =
                switch match {
                case .known: "known"
                case .sameName: "known at another address"
                case .new: "new"
                }
            return "\(hit.address)\(name.isEmpty ? "" : " ")\(name) (profile \(hit.profile), \(standing))"
        }
    }

    let catalog: any InterfaceDiscovery.Store
    let openProfile: @Sendable (SealedProfile) throws -> CredentialProfile
    let source: DeviceSource
    let settings: PipelineSettings

    /// A pipeline; `openProfile` is the vault.
    public init(
        catalog: any InterfaceDiscovery.Store,
        openProfile: @escaping @Sendable (SealedProfile) throws -> CredentialProfile, source: DeviceSource,
        settings: PipelineSettings
    ) {
        self.catalog = catalog
        self.openProfile = openProfile
        self.source = source
        self.settings = settings
    }

    /// Sweeps the ranges that are the run's subject, with the parameters `port`, `profiles`, `rate` and `add`.
    public func run(_ context: JobContext) async throws -> JobOutcome {
        let request = try self.request(subject: context.subject, parameters: context.parameters)
        let findings = try await sweep(request, context)
        let new = findings.count { if case .new = $0.match { true } else { false } }
        let counts =
            "\(Wording.count(findings.count)) of \(Wording.count(request.ranges.count, "address")) answered, "
            + "\(Wording.count(new)) of them new\(request.addsDevices ? " and added" : "")"
        context.logger.info("Sweep: \(counts)")
        let lines = findings.map(\.line)
        for line in lines { context.logger.info("Found \(line)") }
        return JobOutcome(
            .succeeded, message: Self.message(counts, lines),
            results: [
                "addresses_asked": Int64(request.ranges.count), "devices_answered": Int64(findings.count),
                "devices_new": Int64(new), "devices_added": Int64(request.addsDevices ? new : 0),
            ])
    }

    /// The counts with the first findings, as many as fit; all of them are in the log.
    static func message(_ counts: String, _ lines: [String]) -> String {
        for named in stride(from: min(namedMax, lines.count), to: 0, by: -1) {
            let message = "\(counts): \(Wording.names(lines, max: named))"
            if message.count <= messageCharactersMax { return message }
        }
        return counts
    }

    private static let namedMax = 5
    private static let messageCharactersMax = 300

    /// Sweeps; the findings in the order of their addresses.
    ///
    /// Throws `noCredentials` where a profile cannot be used or there is none, and where the run is cancelled; then
    /// nothing is added.
    public func sweep(_ request: Request, _ context: JobContext) async throws -> [Finding] {
        let credentials = try await CredentialBook.read(from: catalog, open: openProfile)
        let names = request.profiles.isEmpty ? credentials.names : request.profiles
        guard !names.isEmpty else {
            throw PipelineError(.noCredentials, message: "there is no credential profile to sweep with; make one")
        }
        var profiles: [String: CredentialProfile] = [:]
        for name in names { profiles[name] = try credentials.profile(named: name) }
        let total = request.ranges.count
        context.logger.info("Sweeping \(Wording.count(total, "address")) with \(names.joined(separator: ", "))")
        context.progress(done: 0, total: total)
        let hits = await sweeper(profiles, request, context.clock).sweep(
            request.ranges, port: request.port, profiles: names
        ) { done in context.progress(done: done, total: total) }
        try context.checkCancellation()
        return try await record(hits, addsDevices: request.addsDevices, at: context.clock.now)
    }

    private func sweeper(
        _ profiles: [String: CredentialProfile], _ request: Request, _ clock: any WallClock
    ) -> Sweeper {
        let limits = SweepLimits(
            questionsPerSecond: request.questionsPerSecond ?? settings.sweepQuestionsPerSecond,
            concurrency: settings.sweepConcurrency)
        return Sweeper(limits: limits) {
            clock.now
        } wait: { seconds in
            try await clock.sleep(seconds: seconds)
        } probe: { question in
            guard let profile = profiles[question.profile] else { return nil }
            return await source.probe(question.address, question.port, profile)
        }
    }

    private func record(
        _ hits: [SweepHit], addsDevices: Bool, at now: Timestamp
    ) async throws(CatalogError) -> [Finding] {
        try await catalog.reviseDevices(.all) { known in
            let matches = SweepMatching.match(hits, with: known)
            var revision = DeviceRevision()
            if addsDevices {
                revision.inserted = zip(hits, matches).compactMap { hit, match in
                    guard case .new(let draft) = match else { return nil }
                    return Self.device(draft, hit, at: now)
                }
            }
            return (revision, zip(hits, matches).map { Finding(hit: $0, match: $1) })
        }
    }

    private static func device(_ draft: DeviceDraft, _ hit: SweepHit, at now: Timestamp) -> Device {
        var device = Device(name: draft.name, address: draft.address, port: hit.port, at: now)
        device.credentialProfile = hit.profile
        // Its interfaces are not read yet, which is what a partial reading says.
        let reading = DeviceReading(system: hit.system, failedColumns: [.ifIndex: "not read yet"])
        device = DeviceUpdate.answered(device, reading: reading, at: now)
        device.lastError = nil
        return device
    }
}

extension AddressSweep {
    /// Reads what a manual start asks for; throws `invalidRequest` naming the part that is wrong.
    func request(subject: String?, parameters: [String: String]) throws(PipelineError) -> Request {
        let ranges: AddressRanges
        do {
            ranges = try AddressRanges(subject ?? "", countMax: settings.sweepAddressesMax)
        } catch {
            throw PipelineError(.invalidRequest, message: "ranges \(error)")
        }
        var request = Request(ranges: ranges)
        for (name, value) in parameters.sorted(by: { $0.key < $1.key }) {
            switch name {
            case "port": request.port = try Self.port(value)
            case "profiles":
                request.profiles = value.split(separator: ",").map { $0.split(separator: " ").joined(separator: " ") }
            case "rate": request.questionsPerSecond = try Self.rate(value)
            case "add": request.addsDevices = try Self.flag(value)
            default:
                throw PipelineError(
                    .invalidRequest, message: "a sweep has no parameter '\(name)'; it has port, profiles, rate, add")
            }
        }
        return request
    }

    private static func port(_ text: String) throws(PipelineError) -> Int {
        guard let port = Int(text), (1...65_535).contains(port) else {
            throw PipelineError(.invalidRequest, message: "port '\(text)' is not a UDP port; give 1 to 65535")
        }
        return port
    }

    private static func rate(_ text: String) throws(PipelineError) -> Double {
        guard let rate = Double(text), (1...100_000).contains(rate) else {
            throw PipelineError(.invalidRequest, message: "rate is '\(text)'; give 1 to 100000 questions a second")
        }
        return rate
    }

    private static func flag(_ text: String) throws(PipelineError) -> Bool {
        switch text.lowercased() {
        case "true", "1", "yes": return true
        case "false", "0", "no": return false
        default: throw PipelineError(.invalidRequest, message: "add is '\(text)'; give true or false")
        }
    }
}
