public import Catalog
public import Classification
public import Inventory
public import Jobs
public import Vault

/// The jobs of discovery and topology by their names, schedules and work.
public struct PipelineJobs: Sendable {
    /// Discovers all enabled devices; hourly at :00.
    public static let discoverAll = "discover-all-interfaces"
    /// Removes interfaces that were away for 7 days; daily at 04:00.
    public static let cleanUp = "cleanup-old-interfaces"
    /// Discovers one device, the run's subject.
    public static let discoverDevice = "discover-device-interfaces"
    /// Sweeps the address ranges that are the run's subject.
    public static let sweep = "sweep"
    /// Collects the counters of all monitored interfaces; its books are closed every 300 s.
    public static let collect = "collect-interface-metrics"
    /// Collects the counters of one device, the run's subject.
    public static let collectDevice = "collect-device-metrics"
    /// Sums up the last 24 hours of every interface; every 900 s.
    public static let summarise = "update-interface-summaries"
    /// Discovers the topology of all enabled devices; daily at 05:00.
    public static let discoverTopology = "discover-topology"
    /// Reads the neighbours of one device, the run's subject.
    public static let discoverDeviceTopology = "discover-device-topology"
    /// Learns what is usual on critical interfaces, on the run's subject, or on all; Sunday at 06:00.
    public static let learnBaselines = "learn-baselines"
    /// Judges what came since the last check; every 300 s.
    public static let checkAnomalies = "check-anomalies"
    /// Makes what is known of the run's subject anew from stored history.
    public static let relearnBaselines = "relearn-baselines"
    /// Applies the rules in force to stored interfaces.
    public static let reclassify = "reclassify-interfaces"

    /// Places in the order of the first start: first the interfaces, then what needs them.
    private enum Rank {
        static let discover = 0
        /// After the collection of counters and its summaries.
        static let topology = 30
        static let cleanUp = 90
    }

    /// The pipeline of discovery.
    public let discovery: InterfaceDiscovery
    /// The pipeline of the clean-up.
    public let interfaceCleanUp: InterfaceCleanUp
    /// The pipeline of reclassification.
    public let reclassification: InterfaceReclassification
    /// The pipeline of sweeps.
    public let addressSweep: AddressSweep
    /// The pipeline of topology.
    public let topology: TopologyDiscovery
    /// The devices whose cabling is news; a server runs it.
    public let topologyFollowUp: TopologyFollowUp
    private let settings: PipelineSettings

    /// What of a catalog the jobs use.
    public typealias Store = InterfaceDiscovery.Store & RemovedDeviceCatalog & TopologyCatalog

    /// The jobs on a catalog; throws `invalidSetting` for a setting out of its range.
    ///
    /// - Parameters:
    ///   - openProfile: Opens a sealed credential profile.
    ///   - classifier: The rules in force, asked for anew for each batch of devices.
    public init(
        catalog: any Store,
        openProfile: @escaping @Sendable (SealedProfile) throws -> CredentialProfile, source: DeviceSource,
        classifier: @escaping @Sendable () -> Classifier, settings: PipelineSettings = PipelineSettings()
    ) throws(PipelineError) {
        try settings.check()
        self.settings = settings
        let followUp = TopologyFollowUp()
        topologyFollowUp = followUp
        discovery = InterfaceDiscovery(
            catalog: catalog, openProfile: openProfile, source: source, classifier: classifier, settings: settings,
            firstRead: { followUp.note($0) })
        topology = TopologyDiscovery(
            catalog: catalog, openProfile: openProfile, source: source, classifier: classifier, settings: settings)
        interfaceCleanUp = InterfaceCleanUp(catalog: catalog, settings: settings)
        reclassification = InterfaceReclassification(catalog: catalog, classifier: classifier, settings: settings)
        addressSweep = AddressSweep(catalog: catalog, openProfile: openProfile, source: source, settings: settings)
    }

    /// The jobs with a vault and live rules.
    public init(
        catalog: any Store, vault: Vault, source: DeviceSource, rules: LiveRules,
        settings: PipelineSettings = PipelineSettings()
    ) throws(PipelineError) {
        try self.init(
            catalog: catalog, openProfile: { try vault.open($0) }, source: source,
            classifier: { rules.current.classifier }, settings: settings)
    }

    /// The definitions, for a job runner.
    public var definitions: [JobDefinition] {
        [
            JobDefinition(
                name: Self.discoverAll, schedule: settings.discoverAllSchedule, firstStartRank: Rank.discover
            ) { try await discovery.discoverAll($0) },
            JobDefinition(name: Self.cleanUp, schedule: settings.cleanUpSchedule, firstStartRank: Rank.cleanUp) {
                try await interfaceCleanUp.run($0)
            },
            JobDefinition(name: Self.discoverDevice, subjectKinds: [.device]) { try await discovery.discoverOne($0) },
            JobDefinition(
                name: Self.discoverTopology, schedule: settings.discoverTopologySchedule, firstStartRank: Rank.topology
            ) { try await topology.discoverAll($0) },
            JobDefinition(name: Self.discoverDeviceTopology, subjectKinds: [.device]) {
                try await topology.discoverOne($0)
            },
            JobDefinition(name: Self.sweep, subjectKinds: [.text]) { try await addressSweep.run($0) },
            JobDefinition(name: Self.reclassify) { try await reclassification.run($0) },
        ]
    }
}
