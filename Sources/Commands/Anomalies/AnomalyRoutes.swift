import API

/// Paths of the API about what is usual and what is not.
extension Routes {
    static let anomalies = "/anomalies"
    static let anomalyActions = "/anomalies/actions"
    static let anomalyStatistics = "/anomalies/statistics"
    static let incidents = "/incidents"
    static let baselineStatistics = "/baselines/statistics"
    static let learnBaselines = "/baselines/learn"
    static let relearnBaselines = "/baselines/relearn"
    static let baselineExclusions = "/baselines/exclusions"
    static let forecasts = "/forecasts"

    static func anomaly(_ id: String) -> String { "\(anomalies)/\(PercentEncoding.encode(id))" }
    static func actions(onAnomaly id: String) -> String { "\(anomaly(id))/actions" }
    static func anomalyAction(_ id: String) -> String { "\(anomalyActions)/\(PercentEncoding.encode(id))" }
    static func incident(_ id: String) -> String { "\(incidents)/\(PercentEncoding.encode(id))" }
    static func baselineExclusion(_ id: String) -> String { "\(baselineExclusions)/\(PercentEncoding.encode(id))" }
    static func baselines(of id: String) -> String { "\(interface(id))/baselines" }
    static func forecast(of id: String) -> String { "\(interface(id))/forecast" }
    static func replay(of id: String) -> String { "\(interface(id))/replay" }
}
