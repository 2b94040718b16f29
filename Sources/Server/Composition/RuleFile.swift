import Classification
import FoundationEssentials
import Glibc
import Logging
import Synchronization

/// The operator's rule file: read, watched, and put in force when it changes.
final class RuleFile: Sendable {
    /// What of a file tells that it changed.
    private struct Mark: Equatable {
        var seconds: Int
        var nanoseconds: Int
        var size: Int64
        var node: UInt64
    }

    private static let textBytesMax = 4_000_000
    let path: String?
    let rules: LiveRules
    private let logger: Logger
    private let mark: Mutex<Mark?>

    /// Reads the file and makes the rules; a file that is broken at the start is an error.
    init(path: String?, logger: Logger) throws {
        self.path = path
        self.logger = logger
        mark = Mutex(path.flatMap(Self.mark))
        guard let path else {
            rules = LiveRules(rules: try RuleSet.load(user: nil))
            return
        }
        let text = try Self.read(path)
        do {
            rules = LiveRules(rules: try RuleSet.load(user: text), text: text)
        } catch {
            throw ConfigurationError([
                .init(key: "rules.file", value: path, detail: "the rules cannot be used:\n\(error)")
            ])
        }
    }

    /// Reads the file again; a broken one keeps the rules in force.
    func reload() throws -> LiveRules.Reload {
        guard let path else { return .unchanged }
        mark.withLock { $0 = Self.mark(path) }
        let outcome = rules.reload(user: try Self.read(path))
        switch outcome {
        case .replaced(let warnings):
            logger.info("Rules of \(path) are in force (\(rules.current.rules.count) rules)")
            for warning in warnings { logger.warning("\(warning)") }
        case .unchanged: break
        case .kept(let error):
            logger.error("\(path) is broken, the rules before stay in force:\n\(error)")
        }
        return outcome
    }

    /// Whether the file is another one than was read last.
    var hasChanged: Bool {
        guard let path, let present = Self.mark(path) else { return false }
        return mark.withLock { $0 != present }
    }

    private static func mark(_ path: String) -> Mark? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return Mark(
            seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec, size: Int64(status.st_size),
            node: UInt64(status.st_ino))
    }

    private static func read(_ path: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: path), data.count <= textBytesMax else {
            throw ConfigurationError([
                .init(
                    key: "rules.file", value: path,
                    detail: "the file cannot be read, or has more than \(textBytesMax) octets; correct the path")
            ])
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw ConfigurationError([
                .init(key: "rules.file", value: path, detail: "the file is not UTF-8; save it so")
            ])
        }
        return text
    }
}
