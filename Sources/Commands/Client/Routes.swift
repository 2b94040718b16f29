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
    static let topology = "/topology"
    static let topologyDiscover = "/topology/discover"
    static let topologyChanges = "/topology/changes"
    static let topologyExport = "/topology/export"
    static let orphans = "/topology/orphans"
    static let adoptOrphan = "/topology/orphans/adopt"
    static let contradictions = "/topology/contradictions"
    static let singlePoints = "/topology/single-points"
    static let impact = "/topology/impact"
    static let path = "/topology/path"
    static let manualLinks = "/topology/links"

    static func device(_ id: String) -> String { "\(devices)/\(segment(id))" }
    static func profile(_ name: String) -> String { "\(profiles)/\(segment(name))" }
    static func interface(_ id: String) -> String { "/interfaces/\(segment(id))" }
    static func metrics(of id: String) -> String { "/interfaces/\(segment(id))/metrics" }
    static func summary(of id: String) -> String { "/interfaces/\(segment(id))/summary" }
    static func interfaces(ofDevice id: String) -> String { "/interfaces/device/\(segment(id))" }
    static func discover(device id: String) -> String { "/interfaces/discover/\(segment(id))" }
    static func topologyDiscover(device id: String) -> String { "\(topologyDiscover)/\(segment(id))" }
    static func neighbours(ofDevice id: String) -> String { "\(devices)/\(segment(id))/neighbours" }
    static func manualLink(_ id: String) -> String { "\(manualLinks)/\(segment(id))" }
    static func jobRun(_ id: String) -> String { "\(jobRuns)/\(segment(id))" }
    static func cancel(run id: String) -> String { "\(jobRuns)/\(segment(id))/cancel" }
    static func run(job name: String) -> String { "\(jobRuns)/\(segment(name))/run" }

    private static func segment(_ text: String) -> String { PercentEncoding.encode(text) }
}
