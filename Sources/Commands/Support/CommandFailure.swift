/// How a command ends, for scripts.
enum ExitStatus: Int32, Sendable {
    /// All of it was done.
    case done = 0
    /// Nothing was done, or what was asked for failed.
    case failed = 1
    /// Some of it was done; the output says what was not.
    case partial = 2
    /// A device was not read to the end; what was read was printed, with the reason.
    case incomplete = 3
    /// A device gave nothing.
    case noAnswer = 4
    /// The command line is wrong (EX_USAGE of sysexits.h).
    case usage = 64
    /// Ended by Ctrl-C (128 + SIGINT).
    case interrupted = 130
}

/// Why a command did not do what it was asked: printed as `error: …` on standard error.
struct CommandFailure: Error, Hashable, CustomStringConvertible {
    /// What failed, on what, and why; one line.
    var message: String
    /// Details, a line each, such as the errors of a file.
    var details: [String] = []
    /// What to do about it.
    var remedy: String?
    /// How the process ends.
    var status: ExitStatus = .failed
    /// The status of the HTTP answer that said so; nil where there was none.
    var httpStatus: Int?

    /// A failure with its remedy.
    init(_ message: String, details: [String] = [], remedy: String? = nil, status: ExitStatus = .failed) {
        self.message = message
        self.details = details
        self.remedy = remedy
        self.status = status
    }

    /// The lines as they are printed.
    var description: String {
        var lines = ["error: \(TextWidth.safe(message))"]
        lines += details.map { "  " + TextWidth.safe($0) }
        if let remedy { lines.append("  " + remedy) }
        return lines.joined(separator: "\n")
    }
}

/// An end without an error message, because the output already says what happened.
struct QuietExit: Error, Hashable {
    /// How the process ends.
    var status: ExitStatus
}
