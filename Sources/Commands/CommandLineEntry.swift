import ArgumentParser
import Glibc
import Server

/// The way from a process's arguments to its exit status.
public enum CommandLineEntry {
    /// Runs the command the process was started with and ends the process.
    ///
    /// Secrets among the arguments are overwritten before anything else happens.
    public static func run() async -> Never {
        let arguments = Array(CommandLine.arguments.dropFirst())
        ArgumentSecrets.wipe()
        signal(SIGPIPE, SIG_IGN)
        let status = await execute(arguments)
        exit(StandardOutput.finalStatus(status))
    }

    /// Runs a command on the current console and returns its exit status.
    static func execute(_ arguments: [String]) async -> Int32 {
        // Not the parser's: it would take the --version of SNMP for this one wherever something else is wrong.
        if arguments == ["--version"] {
            Console.current.line(ProductVersion.current)
            return ExitStatus.done.rawValue
        }
        do {
            var command = try WardFluxCommand.parseAsRoot(arguments)
            for line in EnvironmentCheck.warnings(Console.current.environment) { Console.current.errorLine(line) }
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            return ExitStatus.done.rawValue
        } catch {
            return report(error)
        }
    }

    /// Prints what ended a command and returns the exit status that says so.
    private static func report(_ error: any Error) -> Int32 {
        let console = Console.current
        switch error {
        case let failure as CommandFailure:
            console.errorLine(failure.description)
            return failure.status.rawValue
        case let invalid as ConfigurationError:
            let failure = CommandFailure(
                "the configuration cannot be used", details: invalid.faults.map(\.description), status: .usage)
            console.errorLine(failure.description)
            return failure.status.rawValue
        case let quiet as QuietExit:
            return quiet.status.rawValue
        case is CancellationError:
            return ExitStatus.interrupted.rawValue
        default:
            return reportParsing(error)
        }
    }

    /// Help and version go to standard output with 0, errors of the command line to standard error with 64.
    private static func reportParsing(_ error: any Error) -> Int32 {
        let console = Console.current
        let code = WardFluxCommand.exitCode(for: error)
        let message = WardFluxCommand.fullMessage(for: error, columns: console.outputWidth ?? 100)
        if code == .success {
            console.line(message)
        } else if message.hasPrefix("Error: ") {
            console.errorLine("error: " + CommandWords.withoutCode(String(message.dropFirst("Error: ".count))))
        } else if !message.isEmpty {
            console.errorLine(message)
        }
        return code == .validationFailure ? ExitStatus.usage.rawValue : code.rawValue
    }
}
