import ArgumentParser

/// In which form a command prints its answer.
struct AnswerOptions: ParsableArguments {
    @Option(name: .long, help: "Form of the output; a table for people where not given.")
    var format: Form?

    @Flag(name: .long, help: "The same as --format json.")
    var json = false

    /// The forms of an answer.
    enum Form: String, ExpressibleByArgument, CaseIterable, Sendable {
        case table
        case json
        case csv
    }

    mutating func validate() throws {
        if json, let format, format != .json {
            throw ValidationError("--json and --format \(format.rawValue) exclude each other; give one of them.")
        }
    }

    /// The form that was asked for.
    var form: Form { json ? .json : format ?? .table }

    /// The same as the options of other commands say it.
    var output: OutputOptions {
        var options = OutputOptions()
        options.json = form == .json
        options.csv = form == .csv
        return options
    }
}
