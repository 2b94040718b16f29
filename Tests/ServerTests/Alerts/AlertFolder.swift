import FoundationEssentials
import Inventory
import Logging
import Notifiers
import RuleText
import Synchronization

@testable import Server

/// A folder with an alert file and what it names, with what is logged about it; gone with its last user.
final class AlertFolder: Sendable {
    static let now = Timestamp(seconds: 1_795_354_200)

    let path: String
    private let lines = LogLines()

    private final class LogLines: Sendable {
        let all = Mutex<[String]>([])
    }

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "wardflux-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    var log: [String] { lines.all.withLock { $0 } }

    var logger: Logger {
        let lines = lines
        return Logger(label: "test") { label in
            LineLogHandler(
                label: label, format: .text, zone: .utc, level: .info,
                sink: { bytes in lines.all.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) } })
        }
    }

    func write(_ text: String, _ name: String = "alerts.yaml") throws {
        try Data(text.utf8).write(to: URL(filePath: path + "/" + name))
    }

    func remove(_ name: String = "alerts.yaml") throws {
        try FileManager.default.removeItem(atPath: path + "/" + name)
    }

    /// The file as a server follows it.
    func watch(
        _ purpose: Services.Purpose = .serving, named file: String? = nil, environment: [String: String] = [:]
    ) throws -> AlertFileWatch {
        var configuration = ServerConfiguration(dataDirectory: path)
        configuration.alertFile = file
        return try AlertFileWatch(
            configuration, purpose, environment: environment, now: { Self.now }, logger: logger)
    }

    /// What a text says, beside the files of this folder.
    func reading(
        _ text: String, environment: [String: String] = [:], known: AlertReading = AlertReading()
    ) -> AlertReading {
        let surroundings = NotifierSurroundings(hostName: "host", now: { Self.now }, warn: { _ in })
        return AlertReading(
            text, name: "alerts.yaml", places: SecretPlaces(ofFile: path + "/alerts.yaml", environment: environment),
            surroundings: surroundings, known: known)
    }
}
