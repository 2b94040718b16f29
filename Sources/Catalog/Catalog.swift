public import Inventory

/// The relational store: devices, interfaces, credentials, job runs, access tokens, what was learnt and summed up.
///
/// Each call is one transaction: it happens as a whole or not at all, and is durable once it returns. Changes that
/// depend on what is stored are written as a `decide` closure, which is pure, sees the rows inside the transaction,
/// and may be called again if the transaction has to be. Several processes may use one catalog at the same time.
/// Every implementation passes the same contract suite.
public protocol Catalog: DeviceCatalog, InterfaceCatalog, CredentialCatalog, JobCatalog, AccessTokenCatalog,
    AgentMemoryCatalog, MetricsSummaryCatalog, RemovedDeviceCatalog, TopologyCatalog, BaselineCatalog, AnomalyCatalog,
    AlertCatalog
{
    /// A number that differs whenever a committed write, of any process, may have changed what lists show.
    ///
    /// Cheap enough to ask before every answer of the API. Seen-timestamps count as a change.
    func revision() async throws(CatalogError) -> CatalogRevision

    /// Checks that the store answers and its schema is this program's; throws what is wrong and what to do.
    func check() async throws(CatalogError)

    /// Closes the store; calls after it throw `CatalogError.Code.closed`.
    func close() async throws(CatalogError)
}

/// A state of the catalog; equal revisions show equal lists.
public struct CatalogRevision: Hashable, Sendable {
    /// Rises by one for each row of devices or interfaces written; starts anywhere.
    public let number: Int64

    /// A revision as an implementation counts it.
    public init(_ number: Int64) {
        self.number = number
    }
}

/// Which devices a call is about.
public enum DeviceSelection: Sendable, Hashable {
    /// All of them.
    case all
    /// Those with these ids; unknown ids are ignored.
    case ids([DeviceID])
}

/// Devices: rows of `standalone_devices`.
public protocol DeviceCatalog: Sendable {
    /// The selected devices, ordered by name.
    func devices(_ selection: DeviceSelection) async throws(CatalogError) -> [Device]

    /// Reads the selected devices, lets `decide` say what shall change, and writes that, in one transaction.
    ///
    /// Names and addresses may pass from one device to another within a revision: swapped, handed on, or taken over by
    /// a new one. Removing a device removes its interfaces, retired ones too, but not its alert history; a new device
    /// that was removed by an earlier call gets its id back (`RemovedDeviceCatalog`), which need not be the one given
    /// here. Throws `conflict` where a name or an (address, port) would occur twice, `invalidValue` where a device
    /// names a credential profile that does not exist.
    func reviseDevices<Outcome: Sendable>(
        _ selection: DeviceSelection,
        _ decide: @escaping @Sendable ([Device]) -> (DeviceRevision, Outcome)
    ) async throws(CatalogError) -> Outcome
}

/// What shall change among devices.
public struct DeviceRevision: Sendable, Hashable {
    /// New rows; one that was removed before is stored with the id it had then.
    public var inserted: [Device] = []
    /// Rows whose columns changed, whole, found by id; ids that do not exist are ignored.
    public var updated: [Device] = []
    /// Rows to remove.
    public var removed: [DeviceID] = []

    /// Nothing changes.
    public init() {}
}

/// Interfaces: rows of `device_interfaces` and `retired_interfaces`.
public protocol InterfaceCatalog: Sendable {
    /// The interfaces of one device, ordered by ifIndex, then id.
    func interfaces(of device: DeviceID) async throws(CatalogError) -> [Interface]

    /// The interfaces with these ids, ordered by id; unknown ids are left out.
    func interfaces(withIDs ids: [InterfaceID]) async throws(CatalogError) -> [Interface]

    /// At most `limit` interfaces with ids above `after`, ordered by id: to read all of them in pieces.
    func interfaces(after: InterfaceID?, limit: Int) async throws(CatalogError) -> [Interface]

    /// How many rows `device_interfaces` has.
    func interfaceCount() async throws(CatalogError) -> Int

    /// Reads what is stored of some devices, lets `decide` say what shall change, and writes that, in one transaction.
    ///
    /// Unknown device ids are left out of what `decide` sees. Books are in the order of the ids given. Throws
    /// `invalidValue` where a revision is about a device that was not read, or holds an interface of another one.
    func reviseInterfaces<Outcome: Sendable>(
        of devices: [DeviceID],
        _ decide: @escaping @Sendable ([InterfaceBook]) -> ([InterfaceRevision], Outcome)
    ) async throws(CatalogError) -> Outcome
}

/// All that is stored of one device's interfaces.
public struct InterfaceBook: Sendable, Hashable {
    /// The device itself.
    public var device: Device
    /// Its interfaces, ordered by ifIndex, then id.
    public var live: [Interface]
    /// Interfaces the clean-up removed: their identity and settings, for when they return.
    public var retired: [Interface]
    /// Stored neighbours of its interfaces: of several on one interface the one that speaks for it
    /// (`NeighbourReading.precedence`, then protocol, then name).
    public var neighbours: [InterfaceID: NeighbourReading]

    /// A device with its interfaces.
    public init(
        device: Device, live: [Interface], retired: [Interface], neighbours: [InterfaceID: NeighbourReading] = [:]
    ) {
        self.device = device
        self.live = live
        self.retired = retired
        self.neighbours = neighbours
    }
}

/// What shall change of one device and its interfaces.
public struct InterfaceRevision: Sendable, Hashable {
    /// The device, whole, where a column of it changed; nil leaves it alone.
    public var device: Device?
    /// The device that is revised.
    public var deviceID: DeviceID
    /// New rows; an id among the retired ones is taken back from there.
    public var inserted: [Interface] = []
    /// Rows whose columns changed, whole, found by id.
    public var updated: [Interface] = []
    /// Rows the clean-up removes; identity and settings go to the retired ones.
    public var retired: [InterfaceID] = []
    /// Advances the seen-timestamps of all rows of the device that are not missing, after the changes above, in one
    /// statement; nil leaves them alone.
    public var seenAt: Timestamp?

    /// Nothing changes yet.
    public init(deviceID: DeviceID) {
        self.deviceID = deviceID
    }
}

/// Credential profiles, sealed: rows of `snmp_credentials`.
public protocol CredentialCatalog: Sendable {
    /// All profiles, ordered by name.
    func credentialProfiles() async throws(CatalogError) -> [SealedProfile]

    /// Adds a profile or replaces the one of the same name.
    func saveCredentialProfile(_ profile: SealedProfile) async throws(CatalogError)

    /// Removes a profile; false where there was none. Throws `conflict` while a device refers to it.
    func removeCredentialProfile(named name: String) async throws(CatalogError) -> Bool
}

/// Which job runs a call is about.
public struct JobRunQuery: Sendable, Hashable {
    /// Only this job; nil means all.
    public var job: String?
    /// Only runs in these states; empty means all.
    public var states: Set<JobState> = []
    /// At most this many, the latest first.
    public var limit: Int

    /// The latest runs.
    public init(job: String? = nil, states: Set<JobState> = [], limit: Int) {
        self.job = job
        self.states = states
        self.limit = limit
    }
}

/// Seconds a lock of a job can last, twice the longest a runner takes it for, as clocks need not agree.
public let jobLockSecondsMax = 7200.0

/// Runs of jobs: rows of `job_runs`, and the locks that keep a job from overlapping itself.
public protocol JobCatalog: Sendable {
    /// The latest runs first, by `scheduledAt`, then id.
    func jobRuns(_ query: JobRunQuery) async throws(CatalogError) -> [JobRun]

    /// One run; nil where there is none.
    func jobRun(_ id: JobRunID) async throws(CatalogError) -> JobRun?

    /// Adds a run or replaces the one of the same id.
    func saveJobRun(_ run: JobRun) async throws(CatalogError)

    /// Takes the lock of a job for its holder until a time; renews it for the same holder.
    ///
    /// False while another holder has it and `now` is before that holder's `until`. An `until` more than
    /// `jobLockSecondsMax` after `now` was written while a clock ran ahead: such a lock is void.
    func lockJob(_ key: String, holder: String, now: Timestamp, until: Timestamp) async throws(CatalogError) -> Bool

    /// Gives a lock back; nothing happens where another holder has it.
    func unlockJob(_ key: String, holder: String) async throws(CatalogError)

    /// Removes final runs that ended before a time, except the latest of each (job, subject); returns how many.
    func removeJobRuns(endedBefore time: Timestamp) async throws(CatalogError) -> Int
}

/// Access tokens of the API: rows of `access_tokens`.
public protocol AccessTokenCatalog: Sendable {
    /// All tokens, revoked ones too, ordered by creation, then id.
    func accessTokens() async throws(CatalogError) -> [AccessToken]

    /// Adds a token or replaces the one of the same id.
    func saveAccessToken(_ token: AccessToken) async throws(CatalogError)
}
