import API

/// Paths of the API, below `/api/v1`, in the one place that knows them.
enum Routes {
    static let devices = "/devices"
    static let deviceImport = "/devices/import"
    static let sweep = "/devices/sweep"
    static let profiles = "/profiles"
    static let interfaceList = "/interfaces/list"
    static let interfaceSummary = "/interfaces/summary"
    static let criticalInterfaces = "/interfaces/critical"
    static let ispInterfaces = "/interfaces/isp"
    static let discoverAll = "/interfaces/discover/all"
    static let jobRuns = "/jobs"
    static let schedules = "/jobs/schedules"
    static let rules = "/rules"
    static let rulesDiff = "/rules/diff"
    static let rulesReload = "/rules/reload"
    static let health = "/health"
    static let topInterfaces = "/interfaces/top"
    static let seriesExport = "/series/export"
    static let seriesImport = "/series/import"
    static let seriesStatistics = "/series/statistics"

    static func device(_ id: String) -> String { "\(devices)/\(segment(id))" }
    static func profile(_ name: String) -> String { "\(profiles)/\(segment(name))" }
    static func interface(_ id: String) -> String { "/interfaces/\(segment(id))" }
    static func metrics(of id: String) -> String { "/interfaces/\(segment(id))/metrics" }
    static func summary(of id: String) -> String { "/interfaces/\(segment(id))/summary" }
    static func interfaces(ofDevice id: String) -> String { "/interfaces/device/\(segment(id))" }
    static func discover(device id: String) -> String { "/interfaces/discover/\(segment(id))" }
    static func jobRun(_ id: String) -> String { "\(jobRuns)/\(segment(id))" }
    static func cancel(run id: String) -> String { "\(jobRuns)/\(segment(id))/cancel" }
    static func run(job name: String) -> String { "\(jobRuns)/\(segment(name))/run" }

    private static func segment(_ text: String) -> String { PercentEncoding.encode(text) }
}
