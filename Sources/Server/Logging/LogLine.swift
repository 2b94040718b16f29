import Jobs
import Inventory
import Listing
import Logging

/// One line of a log, as text or as JSON; pure.
struct LogLine {
    let format: LogFormat
    let zone: ZoneRules

    /// The line with its line break.
    func bytes(_ event: LogEvent, label: String, metadata: Logger.Metadata, at now: Timestamp) -> [UInt8] {
        let fields = metadata.sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)") }
        switch format {
        case .text: return text(event, fields, now)
        case .json: return json(event, label, fields, now)
        }
    }

    /// Which run a line is of; the plain lines that people read and grep end with their sentence.
    private static let runField = "run"

    private func text(_ event: LogEvent, _ fields: [(String, String)], _ now: Timestamp) -> [UInt8] {
        var line = "[\(zone.text(of: now))] "
        let isPlain = event.level > .debug && event.level < .warning
        if !isPlain { line += "\(event.level.rawValue): " }
        line += Self.printable(event.message.description)
        for (name, value) in fields where !(isPlain && name == Self.runField) {
            line += " \(name)=\(Self.printable(value))"
        }
        return Array((line + "\n").utf8)
    }

    private func json(_ event: LogEvent, _ label: String, _ fields: [(String, String)], _ now: Timestamp) -> [UInt8] {
        var writer = JSONWriter(reserving: 256)
        writer.beginObject()
        writer.key("time")
        writer.time(now)
        for (name, value) in [
            ("level", event.level.rawValue), ("logger", label), ("message", event.message.description),
        ] {
            writer.key(name)
            writer.string(value)
        }
        for (name, value) in fields {
            writer.key(name)
            writer.string(value)
        }
        writer.endObject()
        return writer.bytes + [10]
    }

    /// What a device says must not move the cursor of a terminal or begin a line.
    private static func printable(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { isControl($0) ? "\u{FFFD}" : $0 }))
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 32 || (127..<160).contains(scalar.value)
    }
}
