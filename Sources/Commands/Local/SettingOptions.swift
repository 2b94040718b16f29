import ArgumentParser
import Server

/// Any setting as a flag, for the commands that run the system.
struct SettingOptions: ParsableArguments {
    @Option(name: .long, help: "How the log is written: text or json.")
    var logFormat: String?

    @Option(
        name: .long,
        help: ArgumentHelp("Any other setting; may be repeated.", valueName: "key=value"))
    var set: [String] = []

    mutating func validate() throws {
        for text in set where !text.dropFirst().contains("=") {
            throw ValidationError("'\(text)' is no setting; write key=value, for example snmp.retries=3.")
        }
        let known = ConfigurationKey.all.map(\.name)
        for text in set {
            let key = String(text.prefix { $0 != "=" })
            guard known.contains(key) else {
                throw ValidationError(
                    "there is no setting '\(key)'; the settings are \(known.joined(separator: ", ")).")
            }
        }
    }

    /// Settings by key, of these options.
    var flags: [String: String] {
        var flags: [String: String] = [:]
        for text in set {
            let key = text.prefix { $0 != "=" }
            flags[String(key)] = String(text.dropFirst(key.count + 1))
        }
        if let logFormat { flags["log.format"] = logFormat }
        return flags
    }
}
