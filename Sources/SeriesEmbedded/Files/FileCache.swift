import Dispatch
import GRDB
import Glibc
import Synchronization

/// The open connections to files of blocks: a bounded number, each used by one thread at a time.
final class FileCache: Sendable {
    /// Threads that read; each has connections of its own.
    static let lanes = 4
    /// More than the days that are kept as a rule, so that a scan of them all opens each file once.
    private static let openMax = 40

    private struct Place: Hashable {
        var name: BlockFileName
        var lane: Int
    }

    private struct Entry {
        var queue: DatabaseQueue
        var used: UInt64
        var isIdle = false
    }

    private struct State {
        var open: [Place: Entry] = [:]
        var clock: UInt64 = 0
        /// By file: how often its connections were dropped.
        var drops: [BlockFileName: Int] = [:]
    }

    private let folder: StoreFolder
    private let readOnly: Bool
    private let state = Mutex(State())
    private let alone = DispatchQueue(label: "wardflux.series.alone")

    init(folder: StoreFolder, readOnly: Bool) {
        self.folder = folder
        self.readOnly = readOnly
    }

    /// A connection for reading; nil where there is no such file.
    func reader(_ name: BlockFileName, lane: Int) throws -> DatabaseQueue? {
        if let open = used(Place(name: name, lane: lane)) { return open }
        let drops = drops(of: name)
        let path = folder.path(of: name)
        guard access(path, F_OK) == 0 else { return nil }
        let queue = try SQLiteFile.open(path, for: readOnly ? .readOnly : .read)
        // Who was killed while making the file left it without its table: nothing is in it yet.
        let tables = try? queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_schema") }
        if tables == .some(0) { return nil }
        keep(queue, Place(name: name, lane: lane), drops)
        return queue
    }

    /// Reads a file for which no index can be made, one such read at a time; nil where there is no such file.
    func readAlone<Outcome>(_ name: BlockFileName, _ body: (Database) throws -> Outcome) throws -> Outcome? {
        try alone.sync {
            let path = folder.path(of: name)
            guard access(path, F_OK) == 0 else { return nil }
            let queue = try SQLiteFile.open(path, for: .readAlone)
            defer { try? queue.close() }
            return try queue.read { db in
                guard try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") != 0 else { return nil }
                return try body(db)
            }
        }
    }

    /// How often the connections of a file were dropped.
    func drops(of name: BlockFileName) -> Int {
        state.withLock { $0.drops[name, default: 0] }
    }

    /// A connection for writing; makes the file where there is none.
    func writer(_ name: BlockFileName) throws -> DatabaseQueue {
        let place = Place(name: name, lane: -1)
        if let open = used(place) { return open }
        let drops = drops(of: name)
        let queue = try SQLiteFile.open(
            folder.path(of: name), for: .write(pageOctets: BlockTable.pageOctets, writeAheadLog: true))
        try SQLiteFile.prepare(queue, tables: BlockTable.sql)
        // After a failed fsync the log of the file may have holes: nothing follows before it is folded in.
        try SQLiteFile.fold(queue)
        // The log keeps all until `BlockWriter.settle` has waited for the disk.
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = NORMAL") }
        keep(queue, place, drops)
        return queue
    }

    /// Closes what is open of a file, as soon as nobody uses it any more.
    func drop(_ name: BlockFileName) {
        let dropped = state.withLock { state in
            state.drops[name, default: 0] += 1
            let places = state.open.keys.filter { $0.name == name }
            return places.compactMap { state.open.removeValue(forKey: $0)?.queue }
        }
        withExtendedLifetime(dropped) {}
    }

    /// Closes what was not used since the last call, so that idle days are single files.
    func dropIdle() {
        let dropped = state.withLock { state in
            let idle = state.open.filter(\.value.isIdle).map(\.key)
            let dropped = idle.compactMap { state.open.removeValue(forKey: $0)?.queue }
            for place in state.open.keys { state.open[place]?.isIdle = true }
            return dropped
        }
        withExtendedLifetime(dropped) {}
    }

    /// Closes all.
    func close() {
        let dropped = state.withLock { state in
            defer { state.open = [:] }
            return state.open.values.map(\.queue)
        }
        withExtendedLifetime(dropped) {}
    }

    private func used(_ place: Place) -> DatabaseQueue? {
        state.withLock { state in
            state.clock += 1
            state.open[place]?.used = state.clock
            state.open[place]?.isIdle = false
            return state.open[place]?.queue
        }
    }

    /// Keeps a connection, unless those of its file were dropped since it was begun: it may be of a file put aside.
    private func keep(_ queue: DatabaseQueue, _ place: Place, _ drops: Int) {
        let dropped: DatabaseQueue? = state.withLock { state in
            guard state.drops[place.name, default: 0] == drops else { return nil }
            state.clock += 1
            state.open[place] = Entry(queue: queue, used: state.clock)
            let same = state.open.filter { $0.key.lane == place.lane }
            guard same.count > Self.openMax, let oldest = same.min(by: { $0.value.used < $1.value.used }) else {
                return nil
            }
            return state.open.removeValue(forKey: oldest.key)?.queue
        }
        withExtendedLifetime(dropped) {}
    }
}
