import Catalog
import Inventory
import Pipelines
import SNMP

/// Asks a device at once whether it is there, with little patience: a verdict waits for it.
struct DeviceProbe: Sendable {
    /// Milliseconds each of the two attempts waits.
    static let attemptMilliseconds: UInt32 = 300
    /// The profile of devices that name none.
    private static let usualProfile = "default"
    private static let sysUpTime: ObjectIdentifier = "1.3.6.1.2.1.1.3.0"
    private static let ifAdminStatus: ObjectIdentifier = "1.3.6.1.2.1.2.2.1.7"

    let engine: Engine
    let catalog: any Catalog
    let open: @Sendable (SealedProfile) throws -> CredentialProfile
    let resolver: AddressResolver
    let settings: PipelineSettings

    /// Whether it answered; nil where it could not be asked, as nothing follows of that.
    func answers(_ id: DeviceID) async -> Bool? {
        guard let target = try? await target(id) else { return nil }
        do throws(SNMPError) {
            _ = try await engine.get([Self.sysUpTime], from: target)
            return true
        } catch {
            return error.code.provesAnswer
        }
    }

    /// ifAdminStatus of the interface with an ifIndex; nil where it does not tell, or could not be asked.
    func adminStatus(of index: Int64, on id: DeviceID) async -> UInt8? {
        guard let index = UInt32(exactly: index), let target = try? await target(id) else { return nil }
        let name = Self.ifAdminStatus.appending(index)
        let answer = try? await engine.get([name], from: target)
        return answer?.first { $0.name == name }?.value.int64.flatMap { UInt8(exactly: $0) }
    }

    private func target(_ id: DeviceID) async throws -> Target? {
        let found = try await catalog.devices(.ids([id]))
        let profiles = try await catalog.credentialProfiles()
        guard let device = found.first, let port = UInt16(exactly: device.port) else { return nil }
        let name = device.credentialProfile ?? Self.usualProfile
        guard let sealed = profiles.first(where: { $0.name == name }) else { return nil }
        let address = try await resolver.address(of: device.address, port: port)
        var target = try settings.target(address, try open(sealed), sysObjectID: device.sysObjectID)
        target.timeoutMilliseconds = Self.attemptMilliseconds
        target.timeoutMillisecondsMax = Self.attemptMilliseconds
        target.retries = 1
        return target
    }
}
