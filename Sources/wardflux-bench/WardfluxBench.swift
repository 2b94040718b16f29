import Glibc

/// The processor time this process has used.
enum ProcessorTime {
    static var seconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// Drivers that `script/bench` runs beside the peers; each prints one JSON object.
@main
enum WardfluxBench {
    static let usage = """
        usage: wardflux-bench walk PORT MAX_REPETITIONS CONCURRENCY < addresses
               wardflux-bench classify INTERFACES RULES
        """

    static func main() async throws {
        let words = Array(CommandLine.arguments.dropFirst())
        let numbers = words.dropFirst().compactMap { Int($0) }
        switch (words.first, numbers.count) {
        case ("walk", 3):
            guard let port = UInt16(exactly: numbers[0]) else { return fail() }
            print(try await WalkDriver.run(port: port, repetitions: numbers[1], concurrency: numbers[2]))
        case ("classify", 2):
            print(try ClassifyDriver.run(interfaces: numbers[0], rules: numbers[1]))
        default:
            fail()
        }
    }

    private static func fail() {
        let message = Array("\(usage)\n".utf8)
        _ = write(STDERR_FILENO, message, message.count)
        exit(64)
    }
}
