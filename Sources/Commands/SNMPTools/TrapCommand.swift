import ArgumentParser

/// `wardflux trap`.
struct TrapCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trap",
        abstract: "Print notifications as they come, and send some.",
        subcommands: [TrapListenCommand.self, TrapSendCommand.self])
}
