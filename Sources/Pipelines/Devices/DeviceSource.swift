public import Discovery
public import Inventory
public import SNMP

/// How the pipelines reach devices: functions, so that a test can script what devices answer.
public struct DeviceSource: Sendable {
    /// Reads one device completely; throws where it did not answer at all.
    public var read: @Sendable (Device, CredentialProfile) async throws -> DeviceReading
    /// Reads the neighbour tables of one device; throws where it did not answer at all.
    public var readNeighbours: @Sendable (Device, CredentialProfile, NeighbourOptions) async throws -> DeviceNeighbours
    /// Asks one address of a sweep for its system group; nil where nothing answers.
    public var probe: @Sendable (NetworkAddress, Int, CredentialProfile) async -> SystemFacts?

    /// A source of one's own making.
    public init(
        read: @escaping @Sendable (Device, CredentialProfile) async throws -> DeviceReading,
        readNeighbours:
            @escaping @Sendable (Device, CredentialProfile, NeighbourOptions) async throws ->
            DeviceNeighbours,
        probe: @escaping @Sendable (NetworkAddress, Int, CredentialProfile) async -> SystemFacts?
    ) {
        self.read = read
        self.readNeighbours = readNeighbours
        self.probe = probe
    }

    /// Devices on the network, asked by SNMP.
    ///
    /// A sweep asks each address once more at most, and waits no longer than a second for each.
    public static func network(
        engine: Engine, resolver: AddressResolver, settings: PipelineSettings
    ) -> DeviceSource {
        @Sendable func target(_ device: Device, _ profile: CredentialProfile) async throws -> Target {
            guard let port = UInt16(exactly: device.port) else {
                throw PipelineError(.deviceFailed, message: "port \(device.port) is not a UDP port; set 1 to 65535")
            }
            let address = try await resolver.address(of: device.address, port: port)
            return try settings.target(address, profile, sysObjectID: device.sysObjectID)
        }
        return DeviceSource { device, profile in
            try await DeviceReader(try await target(device, profile), engine: engine).read()
        } readNeighbours: { device, profile, options in
            try await NeighbourReader(try await target(device, profile), engine: engine).read(options: options)
        } probe: { address, port, profile in
            guard let port = UInt16(exactly: port),
                let place = TransportAddress(
                    parsing: address.isIPv6 ? "[\(address)]" : "\(address)", defaultPort: port),
                var target = try? settings.target(place, profile)
            else { return nil }
            target.timeoutMilliseconds = min(target.timeoutMilliseconds, 1000)
            target.retries = min(target.retries, 1)
            return try? await DeviceReader(target, engine: engine).readSystem()
        }
    }
}

extension PipelineSettings {
    /// The target of a device, with the patience of these settings.
    ///
    /// - Parameter sysObjectID: What the device said it is, where that is known: some agents are asked in their own way.
    ///
    /// Throws `noCredentials` where the profile cannot be used.
    public func target(
        _ address: TransportAddress, _ profile: CredentialProfile, sysObjectID: String? = nil
    ) throws(PipelineError) -> Target {
        var target = Target(address, try Credential(profile))
        target.timeoutMilliseconds = UInt32(clamping: timeoutMilliseconds)
        target.retries = retries
        target.deadlineMilliseconds = UInt32(clamping: deviceSecondsMax * 1000)
        target.inFlight = requestsInFlightPerDevice
        target.maxRepetitions = maxRepetitions
        target.apply(quirksOf: sysObjectID)
        return target
    }
}

extension DeviceFailure {
    /// Whether a device failed by answering with something that is not SNMP.
    static func isGarbage(_ error: any Error) -> Bool {
        (error as? SNMPError)?.code == .undecodable
    }

    /// What an error that was thrown while reading a device says of it; nil where the reading was cancelled.
    init?(reading error: any Error) {
        switch error {
        case is CancellationError: return nil
        case let error as SNMPError where error.code == .cancelled: return nil
        case let error as SNMPError: self.init(error)
        case let error as PipelineError: self.init(.unusable, message: error.message)
        default: self.init(.unusable, message: "\(error)")
        }
    }
}
