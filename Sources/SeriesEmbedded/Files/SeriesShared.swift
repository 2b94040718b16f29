import GRDB
import Inventory
import Series
import Synchronization

/// What the writing thread and the reading threads have in common.
final class SeriesShared: Sendable {
    /// Seconds a chunk stays open after its end, for what is late.
    static let graceSeconds: Double = 300

    let configuration: EmbeddedSeriesConfiguration
    let folder: StoreFolder
    let files: FileCache
    let state = Mutex(OpenState())
    let now: @Sendable () -> Timestamp
    let monotonicSeconds: @Sendable () -> Double
    /// Files that were found damaged by reading threads, to be put aside by the writing one.
    let suspects = Mutex<Set<BlockFileName>>([])
    let isClosed = Atomic<Bool>(false)

    init(
        _ configuration: EmbeddedSeriesConfiguration, now: @escaping @Sendable () -> Timestamp,
        monotonicSeconds: @escaping @Sendable () -> Double
    ) {
        self.configuration = configuration
        self.now = now
        self.monotonicSeconds = monotonicSeconds
        folder = StoreFolder(path: configuration.directory)
        files = FileCache(folder: folder, readOnly: configuration.readOnly)
    }

    /// Counts a block that was left out.
    func noteDamaged(_ kind: BlockFileName.Kind, _ key: Int64) {
        state.withLock { $0.tally.noteDamaged(kind, key) }
    }

    /// Notes what was lost or put aside.
    func noteTrouble(_ text: String) {
        state.withLock { $0.tally.noteTrouble(text) }
    }

    /// Runs a read of a file of blocks; nil where there is no such file, or where it is damaged.
    func read<Outcome>(
        _ name: BlockFileName, lane: Int, _ body: (Database) throws -> Outcome
    ) throws -> Outcome? {
        let drops = files.drops(of: name)
        do {
            let queue: DatabaseQueue?
            do {
                queue = try files.reader(name, lane: lane)
            } catch let error as DatabaseError where error.lacksIndex && !configuration.readOnly {
                return try files.readAlone(name, body)
            }
            return try queue?.read(body)
        } catch let error as DatabaseError where error.isDamage {
            suspect(name, drops)
            noteTrouble("\(name) is damaged (\(error.message ?? "malformed")); what it held is missing")
            return nil
        }
    }

    /// Has a damaged file put aside, unless that was done since `drops` was asked for: what was read then is no more.
    func suspect(_ name: BlockFileName, _ drops: Int) {
        suspects.withLock { suspects in
            if files.drops(of: name) == drops { suspects.insert(name) }
        }
    }

    /// Puts a damaged file aside, so that a new one can be made; answers its new path.
    func putAside(_ name: BlockFileName) throws -> String {
        // Under the lock, so that nobody who read the old file suspects the new one.
        let aside = try suspects.withLock { suspects in
            files.drop(name)
            suspects.remove(name)
            return try folder.putAside(folder.path(of: name))
        }
        noteTrouble("\(name) was damaged and is now \(aside); restore it from a backup, or remove it")
        return aside
    }
}
