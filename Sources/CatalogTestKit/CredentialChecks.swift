import Catalog
import Inventory

extension CatalogContract {
    private static func profile(_ name: String, sealed: [UInt8] = [1, 2, 3]) -> SealedProfile {
        SealedProfile(
            name: name, version: .v2c, sealed: sealed, createdAt: Specimens.noon,
            updatedAt: Specimens.noon.advanced(bySeconds: 1))
    }

    static let credentialChecks: [Check] = [
        Check("credential profiles are ordered by name and come back as stored") { catalog in
            var binary = profile("b 🔑", sealed: Array(0...255))
            binary.version = .v3
            let profiles = [profile("C", sealed: []), profile("a"), binary]
            for profile in profiles.reversed() { try await catalog.saveCredentialProfile(profile) }
            try expectEqual(try await catalog.credentialProfiles(), profiles, "profiles")
        },
        Check("saving a profile of the same name replaces it, also while a device refers to it") { catalog in
            try await catalog.saveCredentialProfile(profile("core"))
            var device = Specimens.device("a")
            device.credentialProfile = "core"
            try await catalog.add(device)
            var changed = profile("core", sealed: [9])
            changed.version = .v1
            changed.updatedAt = Specimens.noon.advanced(bySeconds: 100)
            try await catalog.saveCredentialProfile(changed)
            try expectEqual(try await catalog.credentialProfiles(), [changed], "profiles")
            try expectEqual(try await catalog.device(device.id), device, "device")
        },
        Check("removing a profile tells whether there was one") { catalog in
            try await catalog.saveCredentialProfile(profile("core"))
            try expect(try await catalog.removeCredentialProfile(named: "core"), "the profile is there to be removed")
            try expect(!(try await catalog.removeCredentialProfile(named: "core")), "a removed profile is gone")
            try expectEqual(try await catalog.credentialProfiles(), [], "profiles")
        },
        Check("removing a profile that a device refers to is a conflict") { catalog in
            try await catalog.saveCredentialProfile(profile("core"))
            var device = Specimens.device("a")
            device.credentialProfile = "core"
            try await catalog.add(device)
            try await expectFailure(.conflict, "removing a profile in use") {
                _ = try await catalog.removeCredentialProfile(named: "core")
            }
            try expectEqual(try await catalog.credentialProfiles().count, 1, "count of profiles")
            device.credentialProfile = nil
            try await catalog.reviseDevices(.all) { [device] _ in
                var revision = DeviceRevision()
                revision.updated = [device]
                return (revision, ())
            }
            try expect(try await catalog.removeCredentialProfile(named: "core"), "an unused profile can be removed")
        },
    ]
}
