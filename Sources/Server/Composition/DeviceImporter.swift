import API
import Catalog
import Discovery
import Inventory
import Vault

/// Imports files of devices: the pure plan, carried out on catalog and vault.
struct DeviceImporter: Sendable {
    let catalog: any Catalog
    let vault: Vault
    let now: @Sendable () -> Timestamp

    /// Does, or only plans, what a file asks for.
    func run(_ request: DeviceImportRequest) async throws -> DeviceImportReport {
        let file = DeviceImport.read(request.bytes, as: Self.format(request.format))
        let mode: ImportMode = request.keepsGoodRows ? .goodRows : .allOrNothing
        let names = try await ProfileNames.read(from: catalog, vault: vault)
        let time = now()
        let (_, outcome) = Self.plan(try await catalog.devices(.all), file.drafts, names, time)
        guard !request.isDryRun, !file.isRefused(mode, with: outcome) else { return Self.report(file, mode, outcome) }
        try await save(outcome.profiles, time)
        // Planned again, as devices may have changed since; what is written is what is reported.
        let written = try await catalog.reviseDevices(.all) { devices in
            let (revision, outcome) = Self.plan(devices, file.drafts, names, time)
            return (file.isRefused(mode, with: outcome) ? DeviceRevision() : revision, outcome)
        }
        return Self.report(file, mode, written)
    }

    private static func plan(
        _ devices: [Device], _ drafts: [DeviceDraft], _ names: ProfileNames, _ time: Timestamp
    ) -> (DeviceRevision, ImportOutcome) {
        var names = names
        return ImportPlan.plan(
            existing: devices, drafts: drafts, at: time, knownProfiles: names.known,
            profileName: { names.name(of: $0, $1) })
    }

    private func save(_ profiles: [ImportedProfile], _ time: Timestamp) async throws {
        let known = Set(try await catalog.credentialProfiles().map(\.name))
        for profile in profiles where !known.contains(profile.name) {
            let sealed = try vault.seal(
                CredentialProfile(
                    name: profile.name, version: profile.version, community: profile.community, at: time))
            try await catalog.saveCredentialProfile(sealed)
        }
    }

    private static func format(_ format: DeviceImportRequest.Format) -> ImportFormat {
        switch format {
        case .csv: .csv
        case .netboxCSV: .netBoxCSV
        case .netboxJSON: .netBoxJSON
        }
    }

    private static func report(
        _ file: DeviceImport, _ mode: ImportMode, _ outcome: ImportOutcome
    ) -> DeviceImportReport {
        let problems = file.problems(with: outcome)
        let done = file.isRefused(mode, with: outcome) ? ImportOutcome() : outcome
        return DeviceImportReport(
            added: done.created, changed: done.updated, unchanged: done.unchanged,
            skipped: problems.filter { $0.severity == .skipped }.map(failure),
            failures: problems.filter { $0.severity == .error }.map(failure))
    }

    private static func failure(_ problem: ImportProblem) -> DeviceImportReport.Failure {
        let whole = problem.place?.line == nil ? "file" : "row"
        return DeviceImportReport.Failure(
            line: problem.place?.line, column: problem.place?.column, field: problem.place?.field ?? whole,
            value: nil, detail: problem.message)
    }
}

/// Names of the profiles that communities of imports go by: the one that holds a community already, else a new one.
struct ProfileNames: Sendable {
    private struct Key: Hashable, Sendable {
        var community: Secret
        var version: SNMPVersionName
    }

    private(set) var known: Set<String>
    private var names: [Key: String] = [:]

    /// Opens the profiles there are; those that do not open are left alone.
    static func read(from catalog: any Catalog, vault: Vault) async throws(CatalogError) -> ProfileNames {
        let sealed = try await catalog.credentialProfiles()
        var result = ProfileNames(known: Set(sealed.map(\.name)))
        for profile in sealed {
            guard let opened = try? vault.open(profile) else { continue }
            let key = Key(community: opened.community, version: opened.version)
            if result.names[key] == nil { result.names[key] = opened.name }
        }
        return result
    }

    private init(known: Set<String>) {
        self.known = known
    }

    /// The name for a community; it tells nothing of it.
    mutating func name(of community: Secret, _ version: SNMPVersionName) -> String {
        let key = Key(community: community, version: version)
        if let name = names[key] { return name }
        var number = 1
        while known.contains("imported-\(number)") { number += 1 }
        known.insert("imported-\(number)")
        names[key] = "imported-\(number)"
        return "imported-\(number)"
    }
}
