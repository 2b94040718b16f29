/// What alerts cost: looking at all interfaces, and a storm from the first fact to the last notification.
enum AlertsDriver {
    static let options: Set<String> = ["what", "interfaces", "rounds", "folder", "url"]

    static func run(_ options: DriverOptions) throws -> String {
        switch options.word("what", default: "evaluate") {
        case "evaluate":
            let trial = AlertEvaluationTrial(
                interfaces: max(1, try options.number("interfaces", default: 42_048)),
                rounds: max(1, try options.number("rounds", default: 15)))
            return try trial.result().text
        case "storm":
            let (folder, url) = (options.word("folder", default: ""), options.word("url", default: ""))
            guard !folder.isEmpty, !url.isEmpty else { throw DriverError("'folder=' and 'url=' are needed") }
            let trial = AlertStormTrial(
                folder: folder, url: url, conditions: max(1, try options.number("interfaces", default: 100_000)))
            return try WardfluxBench.waiting { try await trial.result() }.text
        case let other: throw DriverError("what '\(other)' is not known here")
        }
    }
}
