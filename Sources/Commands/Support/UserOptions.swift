import ArgumentParser
import Inventory
import SNMP

/// A user of version 3: its name, how it authenticates and encrypts, and where its pass phrases come from.
struct UserOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("Name of the user of version 3.", valueName: "name"))
    var user: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Authenticate by MD5, SHA, SHA-224, SHA-256, SHA-384 or SHA-512.", valueName: "protocol"),
        transform: AuthenticationProtocol.reading)
    var auth: AuthenticationProtocol?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "File that holds the pass phrase of --auth, else WARDFLUX_AUTH_PASS, else asked for; '-' is standard input.",
            valueName: "file"),
        completion: .file())
    var authPassFile: String?

    @Option(
        name: .long,
        help: ArgumentHelp("The pass phrase of --auth itself; as with --community.", valueName: "text"))
    var authPass: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Encrypt by DES, AES, AES-192, AES-256, or AES-192-C, AES-256-C (keys lengthened as Cisco does).",
            valueName: "protocol"),
        transform: PrivacyProtocol.reading)
    var priv: PrivacyProtocol?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "File that holds the pass phrase of --priv, else WARDFLUX_PRIV_PASS, else asked for; '-' is standard input.",
            valueName: "file"),
        completion: .file())
    var privPassFile: String?

    @Option(
        name: .long,
        help: ArgumentHelp("The pass phrase of --priv itself; as with --community.", valueName: "text"))
    var privPass: String?

    @Option(name: .long, help: ArgumentHelp("Context to ask in, of version 3.", valueName: "name"))
    var context: String?

    /// The options that were given, for a message.
    var given: [String] {
        let all: [(String, Bool)] = [
            ("--user", user != nil), ("--auth", auth != nil), ("--auth-pass-file", authPassFile != nil),
            ("--auth-pass", authPass != nil), ("--priv", priv != nil), ("--priv-pass-file", privPassFile != nil),
            ("--priv-pass", privPass != nil), ("--context", context != nil),
        ]
        return all.filter(\.1).map(\.0)
    }

    mutating func validate() throws {
        if authPass != nil && authPassFile != nil {
            throw ValidationError("--auth-pass and --auth-pass-file exclude each other; give one of them.")
        }
        if privPass != nil && privPassFile != nil {
            throw ValidationError("--priv-pass and --priv-pass-file exclude each other; give one of them.")
        }
        if authPassFile == "-" && privPassFile == "-" {
            throw ValidationError("--auth-pass-file and --priv-pass-file cannot both be standard input.")
        }
        if auth == nil && (authPass != nil || authPassFile != nil) {
            throw ValidationError("a pass phrase of authentication needs its protocol: give --auth, for example SHA.")
        }
        if priv == nil && (privPass != nil || privPassFile != nil) {
            throw ValidationError("a pass phrase of privacy needs its protocol: give --priv, for example AES.")
        }
        if priv != nil && auth == nil {
            throw ValidationError("--priv needs --auth: a message is encrypted only where it is authenticated.")
        }
    }

    /// The user with its pass phrases: of the arguments, the files, the environment, else asked for.
    func required() throws -> USMUser {
        guard let user else {
            throw CommandFailure("version 3 needs a user", remedy: "Give --user NAME.", status: .usage)
        }
        var made = USMUser(name: user, contextName: context ?? "")
        if let auth {
            made.authentication = USMUser.Authentication(auth, try Self.authentication.read(authPass, authPassFile))
        }
        if let priv {
            made.privacy = USMUser.Privacy(priv, try Self.privacy.read(privPass, privPassFile))
        }
        if let fault = made.fault {
            throw CommandFailure("user \(user): \(fault)", status: .usage)
        }
        return made
    }

    private static let authentication = PassphraseSource(
        what: "authentication pass phrase", variable: "WARDFLUX_AUTH_PASS", fileOption: "--auth-pass-file")
    private static let privacy = PassphraseSource(
        what: "privacy pass phrase", variable: "WARDFLUX_PRIV_PASS", fileOption: "--priv-pass-file")
}

/// Where a pass phrase comes from.
private struct PassphraseSource {
    let what: String
    let variable: String
    let fileOption: String

    /// The pass phrase of an argument, else of a file, else of the variable, else as typed.
    func read(_ argument: String?, _ file: String?) throws -> Passphrase {
        if let argument { return Passphrase(argument) }
        if let file { return Passphrase(try SecretInput.read(file: file, what: what).reveal()) }
        let console = Console.current
        if let text = console.variable(variable) { return Passphrase(text) }
        let question = what.prefix(1).uppercased() + what.dropFirst() + ": "
        if let typed = console.prompt(question), !typed.isEmpty { return Passphrase(typed) }
        throw CommandFailure(
            "no \(what) given", remedy: "Give \(fileOption) FILE, or set \(variable).", status: .usage)
    }
}

extension AuthenticationProtocol {
    /// Reads `SHA-256`, `sha256` and the like.
    @Sendable static func reading(_ text: String) throws(ValidationError) -> AuthenticationProtocol {
        switch text.uppercased().filter({ $0 != "-" && $0 != "_" }) {
        case "MD5": return .md5
        case "SHA", "SHA1": return .sha1
        case "SHA224": return .sha224
        case "SHA256": return .sha256
        case "SHA384": return .sha384
        case "SHA512": return .sha512
        default:
            let known = allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("'\(text)' is no way to authenticate known here; there are \(known)")
        }
    }
}

extension PrivacyProtocol {
    /// Reads `AES`, `aes128`, `AES-256-C` and the like.
    @Sendable static func reading(_ text: String) throws(ValidationError) -> PrivacyProtocol {
        switch text.uppercased().filter({ $0 != "-" && $0 != "_" }) {
        case "DES": return .des
        case "AES", "AES128": return .aes128
        case "AES192": return .aes192
        case "AES256": return .aes256
        case "AES192C": return .aes192Reeder
        case "AES256C": return .aes256Reeder
        default:
            let known = allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("'\(text)' is no way to encrypt known here; there are \(known)")
        }
    }
}
