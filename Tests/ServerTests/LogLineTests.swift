import Inventory
import Jobs
import Listing
import Logging
import Synchronization
import Testing

@testable import Server

@Suite struct LogLineTests {
    /// Keeps what is logged.
    private final class Paper: Sendable {
        private let content = Mutex("")
        var text: String { content.withLock { $0 } }
        func write(_ bytes: [UInt8]) { content.withLock { $0 += String(decoding: bytes, as: UTF8.self) } }
    }

    private func logged(_ format: LogFormat, level: Logger.Level = .info, _ body: (Logger) -> Void) -> String {
        let paper = Paper()
        let zone = ZoneRules.fixed(name: "X", offsetSeconds: 4 * 3600)
        body(
            Logger(label: "test") { label in
                LineLogHandler(
                    label: label, format: format, zone: zone, level: level, now: { Timestamp(seconds: 86_400) },
                    sink: { paper.write($0) })
            })
        return paper.text
    }

    @Test func textLinesBeginWithTheLocalTime() {
        #expect(
            logged(.text) { $0.info("Discovery completed in 2.1 seconds") }
                == "[1970-01-02 04:00:00] Discovery completed in 2.1 seconds\n")
        #expect(
            logged(.text) { $0.warning("w", metadata: ["b": "2", "a": "1"]) }
                == "[1970-01-02 04:00:00] warning: w a=1 b=2\n")
    }

    @Test func sentencesEndAsTheyAreWrittenAndJSONNamesTheRun() throws {
        func sentence(_ logger: Logger) {
            var logger = logger
            logger[metadataKey: "run"] = "0193"
            logger.info("Discovered 3,247 interfaces")
        }
        #expect(logged(.text, sentence) == "[1970-01-02 04:00:00] Discovered 3,247 interfaces\n")
        let document = try JSONParser.parse(Array(logged(.json, sentence).utf8.dropLast()))
        #expect(document["run"] == "0193")
        #expect(
            logged(.text) { $0.warning("12 devices did not answer", metadata: ["run": "0193"]) }
                == "[1970-01-02 04:00:00] warning: 12 devices did not answer run=0193\n")
    }

    @Test func whatADeviceSaysCannotForgeALine() {
        let text = logged(.text) { $0.info("name \u{1B}[2J\n[1970] x", metadata: ["m": "a\rb"]) }
        #expect(text.count { $0 == "\n" } == 1)
        #expect(!text.contains("\u{1B}") && !text.contains("\r"))
    }

    @Test func jsonLinesAreOneObjectEach() throws {
        let text = logged(.json) { $0.error("broken \"x\"\n", metadata: ["device": "SW"]) }
        let document = try JSONParser.parse(Array(text.utf8.dropLast()))
        #expect(document["time"] == "1970-01-02T00:00:00.000Z" && document["level"] == "error")
        #expect(document["message"] == "broken \"x\"\n" && document["device"] == "SW")
    }

    @Test func lessImportantLinesAreLeftOut() {
        #expect(logged(.text, level: .warning) { $0.info("x") } == "")
    }
}
