import ArgumentParser
import Glibc
import Server

/// Which data directory a command works on, and how it is configured.
struct DataOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Work on this data directory (else WARDFLUX_DATA_DIR, else the default one).", valueName: "dir"),
        completion: .directory)
    var dataDir: String?

    @Option(
        name: .long,
        help: ArgumentHelp("Configuration file, YAML (else WARDFLUX_CONFIG).", valueName: "file"),
        completion: .file())
    var config: String?

    /// The configuration: flags win over the environment, the environment wins over the file.
    ///
    /// - Parameters:
    ///   - flags: settings by key, of the command line.
    ///   - mustExist: whether a data directory that is not there is an error.
    func configuration(
        flags: [String: String] = [:], mustExist: Bool = false
    ) throws -> ServerConfiguration {
        let console = Console.current
        var flags = flags
        if let dataDir { flags["data_dir"] = dataDir }
        let file = config ?? console.variable("WARDFLUX_CONFIG")
        let configuration = try ServerConfiguration.read(
            flags: flags, environment: console.environment, file: try file.map { try FileText.text($0) },
            defaultDataDirectory: Self.defaultDirectory(console, isRoot: geteuid() == 0))
        if mustExist && !FileText.isDirectory(configuration.dataDirectory) {
            throw CommandFailure(
                "there is no data directory \(configuration.dataDirectory)",
                remedy: "Name one with --data-dir, or a server with --server; `wardflux serve` makes one.")
        }
        return configuration
    }

    /// The data directory where nobody names one.
    ///
    /// `/var/lib/wardflux` for root, else `$XDG_DATA_HOME/wardflux`, else `~/.local/share/wardflux`.
    static func defaultDirectory(_ console: Console, isRoot: Bool) -> String {
        if isRoot { return "/var/lib/wardflux" }
        if let data = console.variable("XDG_DATA_HOME") { return data + "/wardflux" }
        return (console.variable("HOME") ?? ".") + "/.local/share/wardflux"
    }
}
