import ArgumentParser
import Inventory

/// Where a community comes from: a file, the environment, a prompt, or, for tests, an argument.
struct CommunityOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The community itself. Overwritten in the process list at once, yet a shell keeps it in its history: use one of the other ways where you can.",
            valueName: "text"))
    var community: String?

    @Option(
        name: .long,
        help: ArgumentHelp("File that holds the community; '-' is standard input.", valueName: "file"),
        completion: .file())
    var communityFile: String?

    mutating func validate() throws {
        if community != nil && communityFile != nil {
            throw ValidationError("--community and --community-file exclude each other; give one of them.")
        }
    }

    /// The community: of the argument, the file, or the variable `WARDFLUX_COMMUNITY`; nil where none is given.
    func given() throws -> Secret? {
        if let community { return Secret(community) }
        if let communityFile { return try SecretInput.read(file: communityFile, what: "community") }
        return Console.current.variable("WARDFLUX_COMMUNITY").map(Secret.init)
    }

    /// The community as `given`, else asked for on the terminal.
    func required() throws -> Secret {
        if let secret = try given() { return secret }
        if let typed = Console.current.prompt("Community: "), !typed.isEmpty { return Secret(typed) }
        throw CommandFailure(
            "no community given", remedy: "Give --community-file FILE, or set WARDFLUX_COMMUNITY.", status: .usage)
    }
}

/// Reads secrets from files.
enum SecretInput {
    /// The first line of a file, without white space around it; `-` is standard input.
    static func read(file: String, what: String) throws -> Secret {
        let text = try FileText.text(file)
        let line = text.prefix { !$0.isNewline }
        let trimmed = line.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()
        guard !trimmed.isEmpty else {
            throw CommandFailure("\(file) holds no \(what)", remedy: "Write the \(what) on its first line.")
        }
        return Secret(String(trimmed))
    }
}
