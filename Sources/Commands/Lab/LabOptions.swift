import ArgumentParser
import Inventory
import SNMPLab

/// The users of version 3 a lab knows: one by options, any number by a file.
struct LabUserOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("A user of version 3 every device knows.", valueName: "name"))
    var v3User: String?

    @Option(
        name: .long,
        help: ArgumentHelp("How it authenticates: MD5, SHA, SHA-224, SHA-256, SHA-384, SHA-512.", valueName: "protocol")
    )
    var v3Auth: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Its pass phrase of authentication; else --v3-auth-pass-file, else WARDFLUX_AUTH_PASS.", valueName: "text"))
    var v3AuthPass: String?

    @Option(
        name: .long, help: ArgumentHelp("File that holds that pass phrase.", valueName: "file"), completion: .file())
    var v3AuthPassFile: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "How it encrypts: DES, AES, AES-192, AES-256, AES-192-C, AES-256-C (C: keys as Cisco lengthens them).",
            valueName: "protocol"))
    var v3Priv: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Its pass phrase of privacy; else --v3-priv-pass-file, else WARDFLUX_PRIV_PASS.", valueName: "text"))
    var v3PrivPass: String?

    @Option(
        name: .long, help: ArgumentHelp("File that holds that pass phrase.", valueName: "file"), completion: .file())
    var v3PrivPassFile: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "File of users, a line each: NAME [AUTH PASSPHRASE [PRIV PASSPHRASE]].", valueName: "file"),
        completion: .file())
    var v3Users: String?

    mutating func validate() throws {
        if v3User == nil && (v3Auth != nil || v3Priv != nil) {
            throw ValidationError("--v3-auth and --v3-priv go with --v3-user NAME.")
        }
        if v3Auth == nil && v3Priv != nil {
            throw ValidationError("--v3-priv needs --v3-auth: nobody encrypts without authentication.")
        }
    }

    /// The users, those of the file last.
    func users() throws -> [LabUser] {
        var users: [LabUser] = []
        do {
            if let v3User {
                let authentication = try v3Auth.map { name in
                    (
                        try LabUser.authentication(name),
                        try passphrase(v3AuthPass, v3AuthPassFile, "WARDFLUX_AUTH_PASS", "--v3-auth-pass-file")
                    )
                }
                let privacy = try v3Priv.map { name in
                    (
                        try LabUser.privacy(name),
                        try passphrase(v3PrivPass, v3PrivPassFile, "WARDFLUX_PRIV_PASS", "--v3-priv-pass-file")
                    )
                }
                users.append(try LabUser(name: v3User, authentication: authentication, privacy: privacy))
            }
            if let v3Users { users += try LabUser.parse(FileText.text(v3Users)) }
        } catch let error as LabError {
            throw CommandFailure(error.message, status: .usage)
        }
        return users
    }

    private func passphrase(_ given: String?, _ file: String?, _ variable: String, _ option: String) throws -> String {
        if let given { return given }
        if let file { return try SecretInput.read(file: file, what: "pass phrase").reveal() }
        if let value = Console.current.variable(variable) { return value }
        throw CommandFailure(
            "no pass phrase given for the lab's user", remedy: "Give \(option) FILE, or set \(variable).",
            status: .usage)
    }
}

/// Where a lab's notifications go.
struct LabTrapOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Send notifications to 127.x.y.z:PORT or [::1]:PORT: links, starts, wrong communities.",
            valueName: "address"))
    var trapTo: String?

    @Option(name: .long, help: ArgumentHelp("Their version: 1, 2c or 3 (of the first user).", valueName: "version"))
    var trapVersion = "2c"

    @Option(name: .long, help: ArgumentHelp("Their community in versions 1 and 2c.", valueName: "text"))
    var trapCommunity = "public"

    @Flag(name: .long, help: "Send informs, up to four times until they are acknowledged.")
    var trapInform = false

    /// The plan; nil where none are sent.
    func notifications() throws -> LabNotifications? {
        guard let trapTo else { return nil }
        guard let version = LabNotifications.Version(rawValue: trapVersion) else {
            throw CommandFailure("'\(trapVersion)' is no version of notifications: use 1, 2c or 3", status: .usage)
        }
        do {
            return try LabNotifications(
                to: trapTo, version: version, community: trapCommunity, areInforms: trapInform)
        } catch {
            throw CommandFailure(error.message, status: .usage)
        }
    }
}

/// What is wrong with a share of a lab's devices from the start.
struct LabShareOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("So many percent of the devices answer nothing.", valueName: "percent"))
    var deadPercent: Double = 0

    @Option(name: .long, help: ArgumentHelp("So many percent of the requests are lost.", valueName: "percent"))
    var lossPercent: Double = 0

    @Option(name: .long, help: "Which devices are dead.")
    var faultSeed: UInt64 = 1

    mutating func validate() throws {
        guard (0...100).contains(deadPercent), (0...100).contains(lossPercent) else {
            throw ValidationError("--dead-percent and --loss-percent go from 0 to 100.")
        }
    }

    var faults: [LabFault] {
        (deadPercent > 0 ? [.deadShare(percent: deadPercent, seed: faultSeed)] : [])
            + (lossPercent > 0 ? [.lossShare(percent: lossPercent)] : [])
    }
}
