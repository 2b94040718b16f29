import Cluster
import API
import Catalog
import Classification
import Dashboard
import Hummingbird
import Inventory
import Jobs
public import Logging
import NIOCore
import Pipelines
public import Series
import ServiceLifecycle
import Synchronization
import UnixSignals

/// The server: all parts as services of one group, from start to the signal that ends it.
public struct ServerApplication: Sendable {
    private let configuration: ServerConfiguration
    private let environment: [String: String]
    private let version: String
    private let logger: Logger
    private let opened: @Sendable (any SeriesStore) -> Void
    private let ready: @Sendable (Int) async -> Void
    private let place = ListeningPlace()
    /// Seconds that services get to end by themselves.
    private static let shutdownSecondsMax: Int64 = 20
    /// Seconds after which a connection is closed that sends nothing, in the middle of a request too.
    private static let idleSecondsMax: Int64 = 30
    /// Connections open at a time; further ones are closed.
    private static let connectionsMax = 1024

    /// A server at rest; `ready` is told the port once the API listens, `opened` before that the time-series store.
    public init(
        _ configuration: ServerConfiguration, environment: [String: String] = [:], version: String, logger: Logger,
        ready: @escaping @Sendable (Int) async -> Void = { _ in },
        opened: @escaping @Sendable (any SeriesStore) -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.environment = environment
        self.version = version
        self.logger = logger
        self.opened = opened
        self.ready = ready
    }

    /// Serves until SIGTERM, SIGINT or the cancellation of the task; then ends in order.
    ///
    /// Throws where it cannot start, naming the key and the remedy.
    public func run() async throws {
        while true {
            do {
                return try await serve()
            } catch let lost as DutyLost {
                logger.warning(
                    "another process is the cluster's \(lost.duty.rawValue) now; this one begins anew without it")
            }
        }
    }

    /// Serves once; throws `DutyLost` where it has to begin anew.
    private func serve() async throws {
        let services = try await Services.open(
            configuration, for: .serving, environment: environment, version: version, logger: logger)
        do {
            try await requireTokens(services)
            opened(services.series)
            let dashboard = try dashboard()
            try await services.traps.open()
            try await group(services, dashboard).run()
        } catch {
            await services.close()
            throw explained(error)
        }
        await services.close()
        logger.info("WARD FLUX has ended")
    }

    /// The parts, in the order in which they start; they end in the opposite one.
    private func group(_ services: Services, _ dashboard: Dashboard) -> ServiceGroup {
        var parts: [any Service] = [
            JobService(services: services), AlertService(services: services),
            TopologyFollowUpService(services: services), RuleWatchService(services: services),
        ]
        if services.cluster?.roles.contains(.api) ?? true {
            parts += [http(services, dashboard), EventService(services: services)]
        }
        parts += [
            AgentMemoryService(services: services), TrapService(services: services),
            CollectionService(services: services),
        ]
        if let desk = services.clusterDesk { parts.append(ClusterService(services: services, desk: desk)) }
        var settings = ServiceGroupConfiguration(
            services: parts, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        settings.maximumGracefulShutdownDuration = .seconds(Self.shutdownSecondsMax)
        return ServiceGroup(configuration: settings)
    }

    /// The pages, from the program itself or from the folder that the configuration names.
    private func dashboard() throws(ConfigurationError) -> Dashboard {
        do {
            return try Dashboard(configuration.webFolder.map { .folder($0) } ?? .embedded)
        } catch {
            throw ConfigurationError([
                .init(key: "http.web_folder", value: configuration.webFolder ?? "", detail: error.description)
            ])
        }
    }

    private func http(_ services: Services, _ dashboard: Dashboard) -> some Service {
        let (host, logger, ready, place) = (configuration.host, logger, ready, place)
        let limit = ConnectionLimit(Self.connectionsMax, logger: logger)
        return Application(
            responder: APIResponder(services.application) { dashboard.answer($0) },
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [ConnectionLimitHandler(limit)],
                    idleTimeout: .seconds(Self.idleSecondsMax))),
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: place.port ?? configuration.port), serverName: nil),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? 0
                place.port = port
                logger.info("The API listens on http://\(host.contains(":") ? "[\(host)]" : host):\(port)")
                await ready(port)
            },
            logger: Logger(label: "http") { _ in QuietLogHandler(inner: logger) })
    }

    /// An API that others can reach must know who asks.
    private func requireTokens(_ services: Services) async throws {
        guard !configuration.isLoopback, services.cluster?.roles.contains(.api) ?? true else { return }
        guard try await services.catalog.accessTokens().contains(where: { $0.revokedAt == nil }) else {
            throw ConfigurationError([
                .init(
                    key: "http.host", value: configuration.host,
                    detail: "others could reach this address and there is no access token; make one with "
                        + "`wardflux tokens create NAME`, or listen on 127.0.0.1")
            ])
        }
    }

    private func explained(_ error: any Error) -> any Error {
        guard let failure = error as? IOError else { return error }
        return ConfigurationError([
            .init(
                key: "http.port", value: "\(configuration.host):\(configuration.port)",
                detail: "cannot listen there: \(failure.description); choose another port, or end what listens there")
        ])
    }
}

/// The port that was taken: a process that begins anew listens where it did.
private final class ListeningPlace: Sendable {
    private let taken = Mutex<Int?>(nil)

    var port: Int? {
        get { taken.withLock { $0 } }
        set { taken.withLock { $0 = newValue } }
    }
}

/// Jobs as a service.
private struct JobService: Service {
    let services: Services

    func run() async throws {
        try await withGracefulShutdownHandler {
            try await services.runner.run()
        } onGracefulShutdown: {
            services.runner.stop()
        }
    }
}

/// The event stream as a service.
private struct EventService: Service {
    let services: Services

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await services.application.run() }
        } catch is CancellationError {
            // The way in which it ends.
        }
    }
}

/// Finds alerts and tells of them until the others have ended, unless that is switched off.
private struct AlertService: Service {
    let services: Services

    func run() async throws {
        guard services.configuration.alerts.checkSchedule != nil else { return try await gracefulShutdown() }
        await cancelWhenGracefulShutdown {
            guard await services.cluster?.keeper.hasDuty(.evaluator) ?? true else { return }
            await services.alerts.run(services.collection, services.watch)
        }
        // A service that returns ends the others.
        try await gracefulShutdown()
    }
}

/// Saves what the engine learnt of agents from time to time; the last time is the end of the services.
private struct AgentMemoryService: Service {
    let services: Services

    func run() async throws {
        guard let agents = services.agents else { return try await gracefulShutdown() }
        let logger = services.logger
        do {
            try await cancelWhenGracefulShutdown {
                try await agents.run { logger.warning("what was learnt of agents was not saved: \($0)") }
            }
        } catch is CancellationError {
            // The way in which it ends.
        }
    }
}

/// The polls of counters and status as a service, unless they are switched off; the first to end, so that what was read is
/// stored.
private struct CollectionService: Service {
    let services: Services

    func run() async throws {
        guard services.configuration.collection.collectSchedule != nil,
            services.cluster?.roles.contains(.worker) ?? true
        else { return try await gracefulShutdown() }
        let (collection, runner) = (services.collection, services.runner)
        try await withGracefulShutdownHandler {
            try await collection.run { device in
                _ = try? await runner.start(job: PipelineJobs.discoverDevice, subject: "\(device)")
            }
        } onGracefulShutdown: {
            collection.stop()
        }
        // A service that returns ends the others.
        try await gracefulShutdown()
    }
}

/// Reads the neighbours of devices whose cabling is news, where topology is discovered by schedule.
private struct TopologyFollowUpService: Service {
    let services: Services
    private static let ended: Set<JobState> = [.succeeded, .partial, .failed, .cancelled, .abandoned]

    func run() async throws {
        guard services.configuration.pipelines.discoverTopologySchedule != nil,
            services.cluster?.roles.contains(.worker) ?? true
        else { return try await gracefulShutdown() }
        let (catalog, runner) = (services.catalog, services.runner)
        await cancelWhenGracefulShutdown {
            await services.topologyFollowUp.run(clock: SystemWallClock(), logger: services.logger) {
                let query = JobRunQuery(job: PipelineJobs.discoverTopology, states: Self.ended, limit: 1)
                return try await catalog.jobRuns(query).isEmpty
            } start: { job, subject in
                switch try await runner.start(job: job, subject: subject) {
                case .started: true
                case .alreadyRunning: false
                }
            }
        }
        // A service that returns ends the others.
        try await gracefulShutdown()
    }
}

/// Traps as a service.
private struct TrapService: Service {
    let services: Services

    func run() async throws {
        await withGracefulShutdownHandler {
            await services.traps.run { services.application.receive($0) }
        } onGracefulShutdown: {
            services.traps.stop()
        }
        // A service that returns ends the others.
        try await gracefulShutdown()
    }
}

/// Looks every two seconds whether the rule file or the alert file changed.
private struct RuleWatchService: Service {
    let services: Services
    private static let lookSeconds = 2.0

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await watch() }
        } catch is CancellationError {
            // The way in which it ends.
        }
    }

    private func watch() async throws {
        while true {
            try await Task.sleep(for: .seconds(Self.lookSeconds))
            await services.alerts.lookAtFile()
            guard services.rules.look() else { continue }
            do {
                _ = try await services.reloadRules()
            } catch {
                services.logger.error("the rules were not reloaded: \(error)")
            }
        }
    }
}
