import Catalog
import Inventory

/// The credential profiles of one run, opened once.
struct CredentialBook: Sendable {
    /// The profile of devices that name none.
    static let defaultProfile = "default"

    private let opened: [String: CredentialProfile]
    private let failures: [String: String]

    /// Reads and opens all profiles; one that does not open fails only the devices that use it.
    static func read(
        from catalog: any CredentialCatalog, open: @Sendable (SealedProfile) throws -> CredentialProfile
    ) async throws(CatalogError) -> CredentialBook {
        var opened: [String: CredentialProfile] = [:]
        var failures: [String: String] = [:]
        for sealed in try await catalog.credentialProfiles() {
            do {
                opened[sealed.name] = try open(sealed)
            } catch {
                failures[sealed.name] = "\(error)"
            }
        }
        return CredentialBook(opened: opened, failures: failures)
    }

    /// The names of the profiles that can be used: `default` first, then by name.
    var names: [String] {
        let rest = opened.keys.filter { $0 != Self.defaultProfile }.sorted()
        return opened[Self.defaultProfile] == nil ? rest : [Self.defaultProfile] + rest
    }

    /// The profile a device is asked with; throws `noCredentials` where there is none that can be used.
    func profile(for device: Device) throws(PipelineError) -> CredentialProfile {
        let name = device.credentialProfile ?? Self.defaultProfile
        if device.credentialProfile == nil, opened[name] == nil, failures[name] == nil {
            throw PipelineError(
                .noCredentials,
                message: "the device names no credential profile and there is no profile 'default'; "
                    + "make one, or name one for the device")
        }
        return try profile(named: name)
    }

    /// A profile by its name; throws `noCredentials` where it is not known or does not open.
    func profile(named name: String) throws(PipelineError) -> CredentialProfile {
        if let profile = opened[name] { return profile }
        if let failure = failures[name] {
            throw PipelineError(.noCredentials, message: "credential profile '\(name)' cannot be used: \(failure)")
        }
        throw PipelineError(
            .noCredentials, message: "there is no credential profile '\(name)'; make it, or name another one")
    }
}
