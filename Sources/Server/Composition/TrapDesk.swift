import API
import Catalog
import Glibc
import Inventory
import Jobs
import Logging
import Pipelines
import SNMP
import Synchronization

/// Listens for traps while a server serves, and says how that goes.
///
/// At rest until it is opened. The communities and users it believes are those of the credential profiles, read anew
/// every 10 s.
final class TrapDesk: Sendable {
    /// What it needs of the others.
    struct Parts: Sendable {
        var catalog: any Catalog
        var open: @Sendable (SealedProfile) throws -> CredentialProfile
        var resolver: AddressResolver
        var runner: JobRunner
        /// Told of a device that says that its neighbours changed.
        var neighboursChanged: @Sendable (DeviceID) -> Void = { _ in }
        /// Told of everything that was received, before anybody is shown it.
        var heard: @Sendable ([ReceivedTrap]) async -> Void = { _ in }
        var clock: any WallClock
        var logger: Logger
    }

    private struct State {
        var listener: NotificationListener?
        var profiles: [SealedProfile] = []
        var reception: TrapReception?
    }

    private static let profileSeconds = 10.0
    private let settings: TrapSettings
    private let parts: Parts
    private let state = Mutex(State())

    init(_ settings: TrapSettings, _ parts: Parts) {
        self.settings = settings
        self.parts = parts
    }

    /// Binds its addresses, where it is switched on; throws what is wrong with which setting, and the remedy.
    func open() async throws {
        guard settings.isEnabled else { return }
        let profiles = try await parts.catalog.credentialProfiles()
        var configuration = NotificationConfiguration()
        configuration.addresses = settings.addresses
        configuration.access = access(profiles)
        configuration.sourcePerSecond = Double(settings.perSecondOfSource)
        configuration.sourceBurst = 10 * configuration.sourcePerSecond
        configuration.totalPerSecond = Double(settings.perSecond)
        configuration.engineID = settings.engineID
        let listener: NotificationListener
        do {
            listener = try NotificationListener(configuration)
        } catch {
            throw Self.explained(error, settings)
        }
        state.withLock { $0 = State(listener: listener, profiles: profiles) }
        parts.logger.info("Listening for traps on \(Self.names(listener))")
    }

    /// Takes traps until `stop()` or the end of the task; returns at once where it is switched off.
    func run(deliver: @escaping @Sendable ([TrapRecord]) -> Void) async {
        guard let listener = state.withLock({ $0.listener }) else { return }
        let (resolver, runner, heard) = (parts.resolver, parts.runner, parts.heard)
        let actions = TrapReception.Actions(
            resolve: { try? await resolver.address(of: $0, port: TransportAddress.agentPort).host },
            discover: { _ = try await runner.start(job: PipelineJobs.discoverDevice, subject: "\($0)") },
            neighboursChanged: parts.neighboursChanged,
            deliver: { traps in
                await heard(traps)
                deliver(traps.map(TrapRecord.init))
            })
        let reception = TrapReception(
            catalog: parts.catalog, clock: parts.clock, actions: actions, logger: parts.logger)
        state.withLock { $0.reception = reception }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.followProfiles() }
            await reception.run(listener.notifications)
            group.cancelAll()
        }
        listener.shutdown()
    }

    /// Makes `run` return.
    func stop() {
        state.withLock { $0.listener }?.shutdown()
    }

    /// How it stands, for `/health`.
    var probe: HealthProbe {
        HealthProbe(name: "traps") { self.health }
    }

    private var health: (state: HealthState, detail: String?) {
        guard settings.isEnabled else {
            return (.healthy, "off; `traps.listen` says where to listen, such as :162 or :1162")
        }
        guard let listener = state.withLock({ $0.listener }) else {
            return (.healthy, "only a server listens for traps")
        }
        let counts = state.withLock { $0.reception }?.counts ?? TrapCounts()
        return Self.state(listener.statistics, counts, at: Self.names(listener))
    }

    /// How it stands after what came: degraded where notifications were lost on this host.
    static func state(
        _ heard: NotificationStatistics, _ found: TrapCounts, at names: String
    ) -> (state: HealthState, detail: String?) {
        if heard.kernelDrops > 0 {
            return (
                .degraded, "the kernel dropped \(heard.kernelDrops) datagrams at \(names); raise net.core.rmem_max"
            )
        }
        if heard.dropped > 0 {
            return (.degraded, "\(heard.dropped) traps were dropped as too many waited; lower `traps.total_rate`")
        }
        let refused = heard.wrongCommunity + heard.unknownUser + heard.unauthenticated
        let text =
            "listening on \(names): \(heard.delivered) taken, \(found.unmatched) of no known device, "
            + "\(refused) refused for community or user, \(heard.rateLimited) above the rate, "
            + "\(heard.undecodable + heard.wrongType) not traps"
        return (.healthy, text)
    }

    private func followProfiles() async {
        while (try? await parts.clock.sleep(seconds: Self.profileSeconds)) != nil {
            let (listener, before) = state.withLock { ($0.listener, $0.profiles) }
            let present = try? await parts.catalog.credentialProfiles()
            guard let profiles = present, profiles != before else { continue }
            state.withLock { $0.profiles = profiles }
            do {
                try listener?.change(access(profiles))
            } catch {
                parts.logger.warning("traps are still taken by the credential profiles of before: \(error)")
            }
        }
    }

    /// The communities and users of profiles; one that cannot be used is left out.
    private func access(_ profiles: [SealedProfile]) -> NotificationAccess {
        var access = NotificationAccess()
        access.acceptsUnknownCommunities = settings.acceptsUnknownCommunities
        for sealed in profiles {
            do {
                switch try Credential(try parts.open(sealed)) {
                case .v1(let community), .v2c(let community): access.communities.insert(community)
                case .v3(let user): access.users.append(user)
                }
            } catch {
                parts.logger.warning("traps of credential profile '\(sealed.name)' are refused: \(error)")
            }
        }
        return access
    }

    private static func names(_ listener: NotificationListener) -> String {
        listener.addresses.map(\.description).joined(separator: " and ")
    }

    /// Why an address cannot be bound, in the operator's words.
    static func explained(_ error: SNMPError, _ settings: TrapSettings) -> any Error {
        guard case .system(_, let number) = error.code else { return error }
        let remedy: String
        switch number {
        case EACCES, EPERM:
            remedy =
                "ports below 1024 need the capability CAP_NET_BIND_SERVICE: give it (`setcap "
                + "cap_net_bind_service=+ep` on the program, or AmbientCapabilities in its systemd unit), or listen on a "
                + "port such as :1162 and redirect 162 to it"
        case EADDRINUSE: remedy = "another program listens there, perhaps snmptrapd: end it, or choose another port"
        case EADDRNOTAVAIL: remedy = "this host has no such address: give one of its own, or :162 for all"
        default: remedy = "choose another address or port, or switch it off with traps.enabled: false"
        }
        let place = error.target.map { "\($0): " } ?? ""
        return ConfigurationError([
            .init(
                key: "traps.listen", value: settings.listen,
                detail: "cannot listen for traps: \(place)\(String(cString: strerror(number))); \(remedy)")
        ])
    }
}
