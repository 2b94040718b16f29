import Glibc

/// Where a command reads and writes: the process's own streams, or those of a test.
struct Console: Sendable {
    /// Writes text to standard output.
    var write: @Sendable (String) -> Void
    /// Writes text to standard error.
    var writeError: @Sendable (String) -> Void
    /// Reads all of standard input.
    var readInput: @Sendable () throws -> [UInt8]
    /// The descriptor of standard input, for what is too long to be read at once; nil where there is none.
    var inputDescriptor: Int32?
    /// Asks for a text that is not shown while it is typed; nil where there is no terminal to ask on.
    var prompt: @Sendable (String) -> String?
    /// Variables of the environment.
    var environment: [String: String]
    /// Columns of the terminal standard output goes to; nil where it goes elsewhere.
    var outputWidth: Int?
    /// Columns of the terminal standard error goes to; nil where it goes elsewhere.
    var errorWidth: Int?
    /// Whether output may be coloured.
    var colours: Bool
    /// Columns and lines of the terminal standard output goes to at the moment; nil where it goes elsewhere.
    var outputSize: @Sendable () -> (columns: Int, lines: Int)? = { nil }

    /// The console of the command that runs in this task.
    @TaskLocal static var current = Console.process

    /// One line on standard output.
    func line(_ text: String) {
        write(text + "\n")
    }

    /// One line on standard error.
    func errorLine(_ text: String) {
        writeError(text + "\n")
    }

    /// The value of a variable; nil where it is not set or empty.
    func variable(_ name: String) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension Console {
    /// The streams of this process.
    ///
    /// Colours follow https://no-color.org and `TERM=dumb`.
    static let process: Console = {
        let environment = processEnvironment()
        let width = terminalWidth(of: STDOUT_FILENO)
        let plain = !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
        return Console(
            write: StandardOutput.write,
            writeError: { _ = DescriptorWriter.write($0, to: STDERR_FILENO) },
            readInput: { try FileText.read(descriptor: STDIN_FILENO, name: "standard input") },
            inputDescriptor: STDIN_FILENO,
            prompt: TerminalPrompt.ask,
            environment: environment,
            outputWidth: width,
            errorWidth: terminalWidth(of: STDERR_FILENO),
            colours: width != nil && !plain,
            outputSize: { terminalSize(of: STDOUT_FILENO) })
    }()

    private static func terminalWidth(of descriptor: Int32) -> Int? { terminalSize(of: descriptor)?.columns }

    /// Columns and lines of the terminal behind a descriptor, 80 and 24 where it does not say; nil where it is none.
    private static func terminalSize(of descriptor: Int32) -> (columns: Int, lines: Int)? {
        guard isatty(descriptor) == 1 else { return nil }
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return (80, 24) }
        return (Int(size.ws_col), size.ws_row > 0 ? Int(size.ws_row) : 24)
    }

    /// The environment, read from the process's own record of it.
    private static func processEnvironment() -> [String: String] {
        guard let bytes = try? FileText.read("/proc/self/environ") else { return [:] }
        var variables: [String: String] = [:]
        for entry in bytes.split(separator: 0) {
            let text = String(decoding: entry, as: UTF8.self)
            guard let equals = text.firstIndex(of: "=") else { continue }
            variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
        }
        return variables
    }
}

/// Asks on the controlling terminal without echo, as `getpass(3)` does.
enum TerminalPrompt {
    /// Shows a question and reads a line; nil where the process has no terminal.
    static func ask(_ question: String) -> String? {
        let terminal = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard terminal >= 0 else { return nil }
        defer { close(terminal) }
        var settings = termios()
        guard tcgetattr(terminal, &settings) == 0 else { return nil }
        var silent = settings
        silent.c_lflag &= ~tcflag_t(ECHO)
        guard tcsetattr(terminal, TCSAFLUSH, &silent) == 0 else { return nil }
        defer { tcsetattr(terminal, TCSAFLUSH, &settings) }
        show(question, on: terminal)
        let line = readLine(from: terminal)
        show("\n", on: terminal)
        return line
    }

    private static func show(_ text: String, on terminal: Int32) {
        let bytes = Array(text.utf8)
        _ = bytes.withUnsafeBytes { Glibc.write(terminal, $0.baseAddress, $0.count) }
    }

    private static func readLine(from terminal: Int32) -> String {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while read(terminal, &byte, 1) == 1, byte != 10 { bytes.append(byte) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
