import Synchronization

@testable import Commands

/// A console that keeps what was written and reads what a test says.
final class FakeConsole: Sendable {
    private let text = Mutex((output: "", error: ""))
    private let input: String
    private let environment: [String: String]
    private let errorWidth: Int?
    private let outputWidth: Int?

    init(
        environment: [String: String] = [:], input: String = "", errorWidth: Int? = nil, outputWidth: Int? = nil
    ) {
        self.environment = environment
        self.input = input
        self.errorWidth = errorWidth
        self.outputWidth = outputWidth
    }

    /// All that was written to standard output.
    var output: String { text.withLock { $0.output } }
    /// All that was written to standard error.
    var error: String { text.withLock { $0.error } }

    /// The console to run a command with.
    var console: Console {
        Console(
            write: { more in self.text.withLock { $0.output += more } },
            writeError: { more in self.text.withLock { $0.error += more } },
            readInput: { Array(self.input.utf8) }, prompt: { _ in nil }, environment: environment,
            outputWidth: outputWidth, errorWidth: errorWidth, colours: false)
    }
}
