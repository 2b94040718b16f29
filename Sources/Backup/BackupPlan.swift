import FoundationEssentials

/// Which files of a data directory are copied, and in which order.
///
/// The log of the time series goes before the files that it is turned into: what is turned meanwhile is in both then, as after a
/// crash, and never in neither.
struct BackupPlan {
    /// A file: a SQLite file may be written to meanwhile.
    struct Item: Hashable {
        var path: String
        var isSQLite: Bool
    }

    static let keyFile = "secret.key"
    private static let first = ["catalog.sqlite", "series/log.sqlite", "series/directory.sqlite"]
    private static let plain = ["baselines.state", "alerts.yaml"]

    let items: [Item]

    /// - Parameter hasCatalog: whether the catalog is in the directory, not in a database.
    /// - Throws: `BackupError` where it should be there and is not.
    init(_ dataDirectory: String, withKey: Bool, hasCatalog: Bool) throws(BackupError) {
        let all: [String]
        do { all = try FileManager.default.subpathsOfDirectory(atPath: dataDirectory) } catch {
            throw BackupError("cannot read the data directory \(dataDirectory): \(error)")
        }
        let databases = Set(all.filter { $0.hasSuffix(".sqlite") })
        guard !hasCatalog || databases.contains(Self.first[0]) else {
            throw BackupError("there is no catalog in \(dataDirectory); name the data directory with --data-dir")
        }
        // One that was moved to a database is left from before.
        let leading = Self.first.filter { databases.contains($0) && (hasCatalog || $0 != Self.first[0]) }
        let others = databases.subtracting(Self.first).sorted()
        let rest = (withKey ? [Self.keyFile] : []) + Self.plain
        items =
            (leading + others).map { Item(path: $0, isSQLite: true) }
            + rest.filter(all.contains).map { Item(path: $0, isSQLite: false) }
        if withKey, !all.contains(Self.keyFile) {
            throw BackupError("there is no \(Self.keyFile) in \(dataDirectory); leave --with-key out")
        }
    }
}
