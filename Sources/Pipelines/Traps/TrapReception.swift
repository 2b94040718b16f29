public import Catalog
public import Inventory
public import Jobs
public import Logging
public import SNMP
import Synchronization

/// Takes notifications from a listener, finds their devices and interfaces, and hands them on.
///
/// The inventory's addresses are read anew every 30 s while notifications come, after 5 s where one is of nobody. A
/// device that says it started anew (coldStart, warmStart) is discovered, once in five minutes and after up to a
/// minute; one that says its neighbours changed (lldpRemTablesChange) is told of in the same rhythm.
public final class TrapReception: Sendable {
    /// What it reads.
    public typealias Store = DeviceCatalog & InterfaceCatalog

    /// What it does with what it finds.
    public struct Actions: Sendable {
        /// The numeric address of a host name; nil where there is none.
        public var resolve: @Sendable (String) async -> String?
        /// Asks for a discovery of a device.
        public var discover: @Sendable (DeviceID) async throws -> Void
        /// Told of a device that says that its neighbours changed.
        public var neighboursChanged: @Sendable (DeviceID) -> Void
        /// Takes what was received, in order.
        public var deliver: @Sendable ([ReceivedTrap]) async -> Void

        /// Actions.
        public init(
            resolve: @escaping @Sendable (String) async -> String?,
            discover: @escaping @Sendable (DeviceID) async throws -> Void,
            neighboursChanged: @escaping @Sendable (DeviceID) -> Void = { _ in },
            deliver: @escaping @Sendable ([ReceivedTrap]) async -> Void
        ) {
            self.resolve = resolve
            self.discover = discover
            self.neighboursChanged = neighboursChanged
            self.deliver = deliver
        }
    }

    private struct State {
        var counts = TrapCounts()
        var resolved: [String: String] = [:]
    }

    private static let keptSeconds = 30.0
    private static let keptSecondsOfNobody = 5.0
    private static let namesSeconds = 30.0
    private static let namesAtOnce = 32

    private let catalog: any Store
    private let clock: any WallClock
    private let actions: Actions
    private let logger: Logger
    private let state = Mutex(State())

    /// A reception at rest.
    public init(catalog: any Store, clock: any WallClock, actions: Actions, logger: Logger) {
        self.catalog = catalog
        self.clock = clock
        self.actions = actions
        self.logger = logger
    }

    /// What was received so far.
    public var counts: TrapCounts { state.withLock { $0.counts } }

    /// Takes batches until they end or the task is cancelled.
    public func run(_ batches: some AsyncSequence<[SNMPNotification], Never> & Sendable) async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.resolveNames() }
            var book = AddressBook()
            var (restarts, recablings) = (RestartSchedule(), RestartSchedule())
            for await batch in batches {
                let traps = await received(batch, &book)
                await actions.deliver(traps)
                for (device, due) in due(traps, \.isRestart, &restarts) {
                    group.addTask { await self.discover(device, at: due) }
                }
                for (device, due) in due(traps, \.tellsOfNeighbours, &recablings) {
                    group.addTask { await self.tellOfNeighbours(device, at: due) }
                }
            }
            group.cancelAll()
        }
    }

    // MARK: - Inside

    private struct AddressBook {
        var addresses = DeviceAddresses([])
        var readAt: Timestamp?
    }

    private func received(_ batch: [SNMPNotification], _ book: inout AddressBook) async -> [ReceivedTrap] {
        await refresh(&book, afterSeconds: Self.keptSeconds)
        if batch.contains(where: { book.addresses.device(of: $0) == nil }) {
            await refresh(&book, afterSeconds: Self.keptSecondsOfNobody)
        }
        var traps = batch.map { ReceivedTrap($0, device: book.addresses.device(of: $0)) }
        await findInterfaces(&traps)
        state.withLock { state in for trap in traps { state.counts.add(trap) } }
        return traps
    }

    private func refresh(_ book: inout AddressBook, afterSeconds seconds: Double) async {
        let now = clock.now
        if let readAt = book.readAt, abs(now.secondsSince(readAt)) < seconds { return }
        do {
            let devices = try await catalog.devices(.all)
            book.addresses = DeviceAddresses(devices, resolved: state.withLock { $0.resolved })
            book.readAt = now
        } catch {
            logger.warning("traps are matched with the devices of before: \(error)")
        }
    }

    /// Reads the interfaces of each device once for all its notifications.
    private func findInterfaces(_ traps: inout [ReceivedTrap]) async {
        var known: [DeviceID: [Interface]] = [:]
        for place in traps.indices {
            guard let link = traps[place].link, let device = traps[place].device?.id else { continue }
            if known[device] == nil {
                do {
                    known[device] = try await catalog.interfaces(of: device)
                } catch {
                    logger.warning("the interface of a trap was not looked up: \(error)")
                    known[device] = []
                }
            }
            traps[place].interface = link.interface(among: known[device] ?? [])
        }
    }

    /// When something is to be done about devices whose traps say so.
    private func due(
        _ traps: [ReceivedTrap], _ isAbout: (ReceivedTrap) -> Bool, _ schedule: inout RestartSchedule
    ) -> [(device: DeviceID, due: Timestamp)] {
        traps.compactMap { trap in
            guard let device = trap.device, device.enabled, isAbout(trap),
                let due = schedule.restarted(device.id, at: clock.now)
            else { return nil }
            return (device.id, due)
        }
    }

    private func discover(_ device: DeviceID, at due: Timestamp) async {
        guard (try? await clock.sleep(until: due)) != nil else { return }
        do {
            try await actions.discover(device)
            state.withLock { $0.counts.discoveries += 1 }
        } catch {
            logger.warning("the device \(device) started anew and was not discovered: \(error)")
        }
    }

    private func tellOfNeighbours(_ device: DeviceID, at due: Timestamp) async {
        guard (try? await clock.sleep(until: due)) != nil else { return }
        actions.neighboursChanged(device)
    }

    /// Keeps the addresses of devices that are known by name.
    private func resolveNames() async {
        while !Task.isCancelled {
            let named = DeviceAddresses((try? await catalog.devices(.all)) ?? []).named
            let names = Set(named.map(\.address)).sorted()
            var found: [String: String] = [:]
            for start in stride(from: 0, to: names.count, by: Self.namesAtOnce) {
                let piece = names[start..<min(start + Self.namesAtOnce, names.count)]
                await withTaskGroup(of: (String, String?).self) { group in
                    for name in piece { group.addTask { (name, await self.actions.resolve(name)) } }
                    for await (name, address) in group { found[name] = address }
                }
            }
            let all = found
            // A name that is not resolved for once keeps its address of before.
            state.withLock { state in
                state.resolved = state.resolved.filter { names.contains($0.key) }.merging(all) { _, new in new }
            }
            guard (try? await clock.sleep(seconds: Self.namesSeconds)) != nil else { return }
        }
    }
}

extension ReceivedTrap {
    /// Whether the device says that it started anew.
    var isRestart: Bool {
        notification.kind == .coldStart || notification.kind == .warmStart
    }

    /// lldpRemTablesChange of LLDP-MIB, and its successor of LLDP-V2-MIB.
    private static let neighbourTraps: Set<ObjectIdentifier> = [
        "1.0.8802.1.1.2.0.0.1", "1.3.111.2.802.1.1.13.0.0.1",
    ]

    /// Whether the device says that its neighbours changed.
    var tellsOfNeighbours: Bool {
        guard case .other(let name) = notification.kind else { return false }
        return Self.neighbourTraps.contains(name)
    }
}
