import API
import Alerting
import Inventory
import Pipelines

/// Runs rules over what is stored of the past, for whoever tries them before they are saved.
struct AlertPast: Sendable {
    let history: AlertHistory
    let file: AlertFileWatch
    /// Seconds between two polls of counters.
    let intervalSeconds: Int

    /// The past of this process's stores, seen from its place.
    init(_ common: CommonParts, file: AlertFileWatch, place: KnownPlace) {
        var parts = AlertHistory.Parts(catalog: common.catalog, series: common.series)
        parts.place = { await place.device() }
        history = AlertHistory(parts)
        self.file = file
        intervalSeconds = common.configuration.collection.intervalSeconds
    }

    /// What rules would have done; throws where a matcher of their routes cannot be used, and what stores throw.
    func answer(_ question: AlertReplayQuestion) async throws -> AlertReplayAnswer {
        let inForce = file.laws
        var asked = AlertHistory.Question(
            from: question.from, to: question.to, laws: try Self.laws(of: question.file, like: inForce),
            inForce: question.isCompared ? inForce : nil)
        asked.intervalSeconds = intervalSeconds
        asked.alertsMax = question.alertsMax
        let answer = try await history.replay(asked)
        return AlertReplayAnswer(
            tried: answer.tried, comparison: answer.comparison, readings: answer.readings,
            damagedBlocks: answer.damagedBlocks)
    }

    /// A file that is not in force as if it were: its receivers are those of the file in force, by their names.
    static func laws(of file: AlertFile, like inForce: AlertLaws) throws(MatcherError) -> AlertLaws {
        var laws = inForce
        laws.rules = AlertRuleBook(file.effectiveRules)
        laws.routes = .toNobody
        if let route = file.route { laws.routes = try RouteTree(route) }
        return laws
    }
}
