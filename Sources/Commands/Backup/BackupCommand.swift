import ArgumentParser
import Backup
import Inventory
import Server

/// `wardflux backup`.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy the data directory into a new folder, while a server works on it; the copy is checked.",
        discussion: """
            The copy holds the catalog, the time series, what was learnt and the alert file, each as of one moment, and a \
            manifest with the digest of each file. The key that opens credential profiles is left out unless --with-key is \
            given: keep it elsewhere. Rule and configuration files outside of the data directory are not in it.
            """)

    @Option(name: .long, help: ArgumentHelp("The new folder.", valueName: "folder"), completion: .directory)
    var to: String

    @Flag(name: .long, help: "Copy the key that opens credential profiles too.")
    var withKey = false

    @Flag(name: .long, help: "Print the manifest as JSON.")
    var json = false

    @OptionGroup var data: DataOptions

    func run() async throws {
        let configuration = try data.configuration(mustExist: true)
        let display = ProgressDisplay(console: .current)
        let manifest: BackupManifest
        do {
            manifest = try DataBackup(dataDirectory: configuration.dataDirectory).make(
                to: to, withKey: withKey, hasCatalog: configuration.catalog.url == nil, program: ProductVersion.current,
                at: .hostTime
            ) { path, done, total in
                display.show(ProgressLine(label: path, done: done, total: total, elapsedSeconds: 0))
            }
        } catch {
            display.clear()
            throw CommandFailure(error.message)
        }
        display.clear()
        BackupReport.show(manifest, "backed up to \(to)", json: json)
        if configuration.catalog.url != nil, !json {
            Console.current.errorLine(
                "The catalog is in a database, and not in it: copy that with pg_dump --format=custom, after this.")
        }
        if !withKey, !json {
            Console.current.errorLine(
                "The key that opens credential profiles is not in it: keep a copy of secret.key in another place.")
        }
    }
}

/// `wardflux restore`.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract:
            "Put a backup back as the data directory, which must be empty or not there; all of it is checked first.",
        discussion: "With --check nothing is put back: the backup is only checked, file by file.")

    @Option(name: .long, help: ArgumentHelp("The folder of the backup.", valueName: "folder"), completion: .directory)
    var from: String

    @Flag(name: .long, help: "Check the backup, and put nothing back.")
    var check = false

    @Flag(name: .long, help: "Print the manifest as JSON.")
    var json = false

    @OptionGroup var data: DataOptions

    func run() async throws {
        do {
            if check {
                let manifest = try BackupManifest.read(from)
                try DataBackup.verify(manifest, in: from)
                BackupReport.show(manifest, "\(from) is whole", json: json)
                return
            }
            let directory = try data.configuration().dataDirectory
            let manifest = try DataBackup(dataDirectory: directory).restore(from: from)
            BackupReport.show(manifest, "restored to \(directory)", json: json)
            if !manifest.hasKey, !json {
                Console.current.errorLine(
                    "The key is not in the backup: put secret.key into \(directory) before the server starts, or its "
                        + "credential profiles stay closed.")
            }
        } catch let error as BackupError {
            throw CommandFailure(error.message)
        }
    }
}

/// What people and programs are told of a backup.
private enum BackupReport {
    static func show(_ manifest: BackupManifest, _ what: String, json: Bool) {
        let files: [JSONValue] = manifest.files.map { file in
            ["path": .string(file.path), "octets": JSONValue(file.octets), "sha256": .string(file.sha256)]
        }
        if json {
            let value: JSONValue = [
                "format": JSONValue(manifest.format), "made_at": .string(manifest.madeAt.description),
                "program": .string(manifest.program), "has_key": JSONValue(manifest.hasKey), "files": .array(files),
            ]
            return Console.current.line(JSONWriter.pretty(value))
        }
        let megabytes = Units.count((manifest.octets + 524_288) / 1_048_576)
        let count = Units.count(Int64(manifest.files.count), "file")
        Console.current.line("\(count), \(megabytes) MB, as of \(Units.time(manifest.madeAt.description)) UTC: \(what)")
    }
}
