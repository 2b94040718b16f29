import Catalog
import Inventory
import SNMP

/// Reads the inventory and works out what is to be polled.
actor CollectionPlanner {
    /// What is to be polled, and what cannot be.
    struct Outcome: Sendable {
        var plans: [DeviceID: DevicePlan] = [:]
        /// Names of devices without usable credentials or address, with the reason, by name.
        var unusable: [(name: String, reason: String)] = []
        var ambiguousInterfaces = 0
        /// The interfaces that are recorded: by whichever process where `needsAll`, else at least those of this one.
        var recorded: Set<InterfaceID> = []
        /// Whether a device is named by its host name, so that its address may change by itself.
        var hasHostNames = false
    }

    private static let pageMax = 4096
    private static let namesAtOnce = 32
    /// Devices whose interfaces are read at the same time.
    private static let devicesAtOnce = 4
    /// A share of less than one device in so many is read device by device.
    private static let fewOf = 4

    private let catalog: any MetricsCollection.Store
    /// Whether a device is of this process's share.
    private let owns: @Sendable (DeviceID) -> Bool
    /// Whether it is asked what others record, too.
    private let needsAll: Bool
    private let openProfile: @Sendable (SealedProfile) throws -> CredentialProfile
    private let resolver: AddressResolver
    private let settings: PipelineSettings
    /// The addresses that host names had last.
    private var known: [String: TransportAddress] = [:]

    init(
        _ catalog: any MetricsCollection.Store, owns: @escaping @Sendable (DeviceID) -> Bool = { _ in true },
        needsAll: Bool = true,
        openProfile: @escaping @Sendable (SealedProfile) throws -> CredentialProfile, resolver: AddressResolver,
        settings: PipelineSettings
    ) {
        self.catalog = catalog
        self.owns = owns
        self.needsAll = needsAll
        self.openProfile = openProfile
        self.resolver = resolver
        self.settings = settings
    }

    func plan() async throws -> Outcome {
        let enabled = try await catalog.devices(.all).filter(\.enabled)
        let devices = enabled.filter { owns($0.id) }
        var drafts =
            !needsAll && devices.count * Self.fewOf < enabled.count
            ? try await draftsOfFew(devices.map(\.id)) : try await drafts(of: Set(enabled.map(\.id)))
        let credentials = try await CredentialBook.read(from: catalog, open: openProfile)
        var outcome = Outcome()
        for device in enabled where !owns(device.id) {
            outcome.recorded.formUnion(drafts.removeValue(forKey: device.id)?.recorded ?? [])
        }
        let addresses = await addresses(of: devices, &outcome)
        for device in devices {
            // Of one without recorded interfaces it is asked whether it is there.
            var draft = drafts.removeValue(forKey: device.id) ?? DevicePlanDraft()
            do {
                guard let address = addresses[device.id] else { continue }
                let target = try settings.target(
                    address.get(), credentials.profile(for: device), sysObjectID: device.sysObjectID)
                let plan = draft.finished(device, target)
                outcome.plans[device.id] = plan
                outcome.recorded.formUnion(plan.interfaces.lazy.map(\.id))
                outcome.ambiguousInterfaces += draft.ambiguousCount
            } catch {
                if !draft.isEmpty { outcome.unusable.append((device.name, "\(error)")) }
            }
        }
        return outcome
    }

    /// The profiles as they are stored: no revision tells of a change of theirs.
    func profiles() async throws -> [SealedProfile] { try await catalog.credentialProfiles() }

    private func drafts(of devices: Set<DeviceID>) async throws -> [DeviceID: DevicePlanDraft] {
        var drafts: [DeviceID: DevicePlanDraft] = [:]
        var after: InterfaceID?
        while true {
            let page = try await catalog.interfaces(after: after, limit: Self.pageMax)
            for row in page where devices.contains(row.deviceID) {
                drafts[row.deviceID, default: DevicePlanDraft()].add(row)
            }
            guard page.count == Self.pageMax, let last = page.last else { return drafts }
            after = last.id
        }
    }

    /// Of a small share, so that a process that takes over has not the whole inventory to read first.
    private func draftsOfFew(_ devices: [DeviceID]) async throws -> [DeviceID: DevicePlanDraft] {
        var drafts: [DeviceID: DevicePlanDraft] = [:]
        let catalog = catalog
        try await withThrowingTaskGroup(of: (DeviceID, [Interface]).self) { group in
            for (place, device) in devices.enumerated() {
                if place >= Self.devicesAtOnce, let (id, rows) = try await group.next() {
                    for row in rows { drafts[id, default: DevicePlanDraft()].add(row) }
                }
                group.addTask { (device, try await catalog.interfaces(of: device)) }
            }
            for try await (id, rows) in group { for row in rows { drafts[id, default: DevicePlanDraft()].add(row) } }
        }
        return drafts
    }

    private func addresses(
        of devices: [Device], _ outcome: inout Outcome
    ) async -> [DeviceID: Result<TransportAddress, any Error>] {
        var found: [DeviceID: Result<TransportAddress, any Error>] = [:]
        var named: [(Device, UInt16)] = []
        for device in devices {
            guard let port = UInt16(exactly: device.port) else {
                let message = "port \(device.port) is not a UDP port; set 1 to 65535"
                found[device.id] = .failure(PipelineError(.deviceFailed, message: message))
                continue
            }
            let host = device.address.contains(":") ? "[\(device.address)]" : device.address
            if let numeric = TransportAddress(parsing: host, defaultPort: port) {
                found[device.id] = .success(numeric)
            } else {
                named.append((device, port))
            }
        }
        outcome.hasHostNames = !named.isEmpty
        for start in stride(from: 0, to: named.count, by: Self.namesAtOnce) {
            await resolve(named[start..<min(start + Self.namesAtOnce, named.count)], &found)
        }
        return found
    }

    /// A name that is not resolved for once keeps the address it had.
    private func resolve(
        _ named: ArraySlice<(Device, UInt16)>, _ found: inout [DeviceID: Result<TransportAddress, any Error>]
    ) async {
        let resolver = resolver
        await withTaskGroup(of: (Device, UInt16, Result<TransportAddress, any Error>).self) { group in
            for (device, port) in named {
                group.addTask {
                    do {
                        return (device, port, .success(try await resolver.address(of: device.address, port: port)))
                    } catch {
                        return (device, port, .failure(error))
                    }
                }
            }
            for await (device, port, result) in group {
                let name = "\(device.address.lowercased()):\(port)"
                if case .success(let address) = result { known[name] = address }
                found[device.id] = known[name].map { .success($0) } ?? result
            }
        }
    }
}
