public import Catalog
public import Inventory

/// A credential profile that an import needs.
public struct ImportedProfile: Sendable, Hashable {
    /// Its name, which does not tell the community.
    public var name: String
    /// The version it speaks.
    public var version: SNMPVersionName
    /// The community.
    public var community: Secret
}

/// What an import does, in numbers and names.
public struct ImportOutcome: Sendable, Hashable {
    /// Devices that are new.
    public var created = 0
    /// Devices of which a column changes.
    public var updated = 0
    /// Devices that are as the file says.
    public var unchanged = 0
    /// Profiles to make before the devices are written, each name once, in the order of the file.
    public var profiles: [ImportedProfile] = []
    /// Rows that cannot be imported because of devices that are there already.
    public var problems: [ImportProblem] = []

    /// Nothing yet.
    public init() {}
}

/// Compares drafts with the devices there are, and says what shall change.
///
/// Pure. A draft is the device of its name, else the device at its address and port that no other draft names. Fields
/// that a draft does not give stay; importing the same file twice changes nothing the second time.
public enum ImportPlan {
    /// Says what shall change.
    ///
    /// - Parameters:
    ///   - existing: all devices.
    ///   - drafts: names unique, addresses with ports unique, as `DeviceImport` gives them.
    ///   - knownProfiles: names of the credential profiles there are; nil leaves them unchecked.
    ///   - profileName: the name of the profile for a community, the same for the same one.
    ///   - makeID: makes the id of a new device.
    public static func plan(
        existing: [Device], drafts: [DeviceDraft], at now: Timestamp, knownProfiles: Set<String>? = nil,
        profileName: (Secret, SNMPVersionName) -> String, makeID: () -> DeviceID = { .random() }
    ) -> (DeviceRevision, ImportOutcome) {
        var outcome = ImportOutcome()
        var work = Planning(existing: existing, drafts: drafts)
        work.match()
        for place in drafts.indices {
            let draft = drafts[place]
            if let profile = draft.profile, let knownProfiles, !knownProfiles.contains(profile) {
                work.refuseProfile(place, profile, at: now, makeID)
                continue
            }
            let profile = draft.community.map { profileName($0, draft.version ?? .v2c) } ?? draft.profile
            work.draw(place, profile: profile, at: now, makeID)
        }
        work.refuseConflicts()
        for place in drafts.indices where work.rows[place] != nil {
            note(drafts[place], profileName, &outcome)
        }
        return work.finished(outcome, at: now)
    }

    private static func note(
        _ draft: DeviceDraft, _ profileName: (Secret, SNMPVersionName) -> String, _ outcome: inout ImportOutcome
    ) {
        guard let community = draft.community else { return }
        let version = draft.version ?? .v2c
        let name = profileName(community, version)
        guard !outcome.profiles.contains(where: { $0.name == name }) else { return }
        outcome.profiles.append(ImportedProfile(name: name, version: version, community: community))
    }
}

/// The plan in the making.
private struct Planning {
    private let existing: [Device]
    private let drafts: [DeviceDraft]
    /// For each draft the place of its device among the existing ones.
    private var deviceOf: [Int?]
    /// For each draft the row it leads to; nil where it was refused.
    private(set) var rows: [Device?]
    /// Rows refused for their profile, by the place of their draft: looked at again, so that all is told at once.
    private var doomed: [Int: Device] = [:]
    private var problems: [ImportProblem] = []

    init(existing: [Device], drafts: [DeviceDraft]) {
        self.existing = existing
        self.drafts = drafts
        deviceOf = Array(repeating: nil, count: drafts.count)
        rows = Array(repeating: nil, count: drafts.count)
    }

    mutating func match() {
        var byName: [String: Int] = [:]
        var byPlace: [String: Int] = [:]
        for (place, device) in existing.enumerated() {
            byName[device.name] = place
            byPlace[DevicePlace.key(address: device.address, port: device.port)] = place
        }
        var taken = Set<Int>()
        for (place, draft) in drafts.enumerated() {
            guard let device = byName[draft.name] else { continue }
            deviceOf[place] = device
            taken.insert(device)
        }
        for (place, draft) in drafts.enumerated() where deviceOf[place] == nil {
            let key = DevicePlace.key(address: draft.address, port: draft.port ?? 161)
            guard let device = byPlace[key], taken.insert(device).inserted else { continue }
            deviceOf[place] = device
        }
    }

    /// Refuses a row; `field` is the place of what is wrong with it.
    private mutating func refuse(_ place: Int, at field: KeyPath<FieldPlaces, ImportPlace?>, _ message: String) {
        rows[place] = nil
        problems.append(ImportProblem(at: drafts[place].places[keyPath: field] ?? drafts[place].place, message))
    }

    /// Refuses a row whose profile does not exist.
    mutating func refuseProfile(_ place: Int, _ profile: String, at now: Timestamp, _ makeID: () -> DeviceID) {
        draw(place, profile: nil, at: now, makeID)
        doomed[place] = rows[place]
        refuse(place, at: \.profile, "there is no credential profile '\(profile)'; create it, or correct the name")
    }

    /// Draws the row a draft leads to.
    mutating func draw(_ place: Int, profile: String?, at now: Timestamp, _ makeID: () -> DeviceID) {
        let draft = drafts[place]
        var row =
            deviceOf[place].map { existing[$0] }
            ?? Device(id: makeID(), name: draft.name, address: draft.address, port: draft.port ?? 161, at: now)
        if draft.isNameGiven { row.name = draft.name }
        let isSameHost =
            DevicePlace.key(address: row.address, port: 0) == DevicePlace.key(address: draft.address, port: 0)
        if !isSameHost { row.address = draft.address }
        row.port = draft.port ?? row.port
        row.credentialProfile = profile ?? row.credentialProfile
        row.deviceType = draft.deviceType ?? row.deviceType
        row.location = draft.location ?? row.location
        row.tags = draft.tags ?? row.tags
        row.enabled = draft.enabled ?? row.enabled
        if let device = deviceOf[place], row != existing[device] { row.updatedAt = now }
        rows[place] = row
    }

    /// Refuses drafts that would leave two devices with one name, or with one address and port, until none is left.
    mutating func refuseConflicts() {
        var isSettled = false
        while !isSettled {
            isSettled = true
            var (names, places) = keptDevices()
            for place in drafts.indices {
                guard let row = rows[place] else { continue }
                if refuseConflicts(of: row, place, names, places) {
                    isSettled = false
                } else {
                    places[DevicePlace.key(address: row.address, port: row.port)] = row
                    names[row.name] = row
                }
            }
        }
        refuseDoomed()
    }

    /// Refuses a row for a device of its address and port, and for one of its name; true where there is any.
    private mutating func refuseConflicts(
        of row: Device, _ place: Int, _ names: [String: Device], _ places: [String: Device]
    ) -> Bool {
        let neighbour = places[DevicePlace.key(address: row.address, port: row.port)].flatMap { other in
            other.id == row.id ? nil : other
        }
        let namesake = names[row.name].flatMap { other in other.id == row.id ? nil : other }
        if let neighbour {
            refuse(
                place, at: \.address,
                "address \(row.address) port \(row.port) belongs to device '\(neighbour.name)'; change or delete "
                    + "that device, or give this one another address")
        }
        if namesake != nil {
            refuse(place, at: \.name, "another device is named '\(row.name)'; give this one another name")
        }
        return neighbour != nil || namesake != nil
    }

    /// Tells also what else is wrong with the rows that were refused for their profile.
    private mutating func refuseDoomed() {
        guard !doomed.isEmpty else { return }
        var (names, places) = keptDevices()
        for row in rows.compactMap({ $0 }) {
            names[row.name] = row
            places[DevicePlace.key(address: row.address, port: row.port)] = row
        }
        for (place, row) in doomed.sorted(by: { $0.key < $1.key }) {
            _ = refuseConflicts(of: row, place, names, places)
        }
    }

    /// The devices that stay as they are.
    private func keptDevices() -> (names: [String: Device], places: [String: Device]) {
        let changed = Set(drafts.indices.compactMap { rows[$0] == nil ? nil : deviceOf[$0] })
        var names: [String: Device] = [:]
        var places: [String: Device] = [:]
        for (place, device) in existing.enumerated() where !changed.contains(place) {
            names[device.name] = device
            places[DevicePlace.key(address: device.address, port: device.port)] = device
        }
        return (names, places)
    }

    func finished(_ outcome: ImportOutcome, at now: Timestamp) -> (DeviceRevision, ImportOutcome) {
        var outcome = outcome
        var revision = DeviceRevision()
        for place in drafts.indices {
            guard let row = rows[place] else { continue }
            if let device = deviceOf[place] {
                if row == existing[device] {
                    outcome.unchanged += 1
                } else {
                    outcome.updated += 1
                    revision.updated.append(row)
                }
            } else {
                outcome.created += 1
                revision.inserted.append(row)
            }
        }
        outcome.problems = problems
        return (revision, outcome)
    }
}
