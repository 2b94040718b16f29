import Baselines
import Inventory
import Pipelines
import SeriesEmbedded

extension ServerConfiguration {
    /// Reads the settings of baselines and anomalies.
    mutating func readAnomalies(_ fields: inout SettingReader) {
        readModes(&fields)
        fields.number("anomalies.adaptive_threshold", 0.5...100) { anomalies.detection.adaptive.threshold = $0 }
        fields.number("anomalies.classic_threshold", 0.5...100) { anomalies.detection.classicThreshold = $0 }
        fields.number("anomalies.young_threshold", 0.5...100) { anomalies.detection.youngThreshold = $0 }
        fields.number("anomalies.minimum_confidence", 0...1) { anomalies.detection.minimumConfidence = $0 }
        fields.integer("anomalies.look_back_days", 7...56) { anomalies.detection.lookBackDays = $0 }
        fields.number("anomalies.relative_minimum", 0...10) {
            anomalies.detection.adaptive.relativeMinimum = Float($0)
        }
        fields.number("anomalies.capacity_minimum", 0...1) {
            anomalies.detection.adaptive.capacityShareMinimum = Float($0)
        }
        readHolidays(&fields)
        fields.integer("anomalies.budget_per_week", 0...100_000) {
            anomalies.budget.perWeek = $0 == 0 ? nil : $0
        }
        fields.list("anomalies.budgets", "groups with a number from 1 to 100000, such as type:isp=20, tag:core=10") {
            Self.budget($0)
        } set: {
            anomalies.budget.groups = Dictionary($0, uniquingKeysWith: { _, last in last })
        }
        fields.integer("retention.anomalies_days", 1...3650) { anomalies.keptDays = $0 }
        fields.schedule(.learn, &anomalies.learnSchedule)
        fields.schedule(.check, &anomalies.checkSchedule)
        // No more can be learnt from than is kept; how long VictoriaMetrics keeps readings is not known here.
        if series.kind == .embedded { anomalies.historyDays = min(max(series.embedded.readingDays, 7), 400) }
    }

    private mutating func readModes(_ fields: inout SettingReader) {
        fields.value("anomalies.mode", Self.words(DetectionMode.self)) {
            DetectionMode(rawValue: $0)
        } set: {
            anomalies.mode = $0
        }
        fields.list("anomalies.modes", "interfaces with a method, such as type:isp=classic, interface:ID=adaptive") {
            Self.modeRule($0)
        } set: {
            anomalies.modes = Dictionary($0, uniquingKeysWith: { _, last in last })
        }
        fields.value("anomalies.classic_for", Self.words(ClassicScope.self)) {
            ClassicScope(rawValue: $0)
        } set: {
            anomalies.classicScope = $0
        }
    }

    private mutating func readHolidays(_ fields: inout SettingReader) {
        let wanted = "dates such as 2026-12-25, spans such as 2026-12-24/2026-12-26, or --01-07 for every year"
        fields.list("anomalies.holidays", wanted) { entry in
            (try? HolidayCalendar(parsing: [entry])).map { _ in entry }
        } set: {
            holidays.dates = $0
        }
        fields.text("anomalies.holiday_file") { holidays.file = $0 }
    }

    private static func words<Word: CaseIterable & RawRepresentable>(_ type: Word.Type) -> String
    where Word.RawValue == String {
        Word.allCases.map(\.rawValue).joined(separator: " or ")
    }

    /// Reads `type:isp=classic`; nil for anything else.
    private static func modeRule(_ text: String) -> (ModeScope, DetectionMode)? {
        guard let (name, value) = halves(text), let scope = ModeScope(name), let mode = DetectionMode(rawValue: value)
        else { return nil }
        return (scope, mode)
    }

    /// Reads `type:isp=20`; nil for anything else.
    private static func budget(_ text: String) -> (AlarmGroup, Int)? {
        guard let (name, value) = halves(text), let group = AlarmGroup(name), let most = Int(value),
            (1...100_000).contains(most)
        else { return nil }
        return (group, most)
    }

    /// What stands before and after the last equals sign.
    private static func halves(_ text: String) -> (String, String)? {
        guard let place = text.lastIndex(of: "=") else { return nil }
        return (String(text[..<place]), String(text[text.index(after: place)...]))
    }
}

/// The days on which people do not work besides weekends, as they are configured.
public struct HolidaySettings: Sendable, Hashable {
    /// Dates and spans of dates.
    public var dates: [String] = []
    /// An iCalendar file, read again when it changes.
    public var file: String?

    /// None.
    public init() {}
}

extension SettingReader {
    /// Reads a number with or without decimals.
    mutating func number(_ key: String, _ range: ClosedRange<Double>, set: (Double) -> Void) {
        value(
            key, "a number from \(range.lowerBound) to \(range.upperBound)",
            { text in Double(text).flatMap { range.contains($0) ? $0 : nil } }, set: set)
    }

    /// Reads entries with commas between them; the first that cannot be read makes the setting wrong.
    mutating func list<Entry>(
        _ key: String, _ wanted: String, _ parse: (String) -> Entry?, set: ([Entry]) -> Void
    ) {
        value(
            key, wanted,
            { text -> [Entry]? in
                let entries = text.split(separator: ",").map { part in
                    String(part.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
                }.filter { !$0.isEmpty }
                let read = entries.compactMap(parse)
                return read.count == entries.count ? read : nil
            }, set: set)
    }
}

extension ConfigurationKey {
    /// The settings of baselines and anomalies.
    static let anomalies = [
        ConfigurationKey(
            "anomalies.mode", "adaptive, classic", "`adaptive`",
            "The method that raises anomalies; the other runs beside it, and each anomaly tells what it says."),
        ConfigurationKey(
            "anomalies.modes", "`type:isp=classic`, `interface:ID=adaptive`, with commas", "none",
            "Where another method raises them; an interface's own counts before its type's."),
        ConfigurationKey(
            "anomalies.classic_for", "critical, all", "`critical`",
            "For which interfaces the classic method keeps its samples, some 45 kB each, besides those it raises for."),
        ConfigurationKey(
            "anomalies.adaptive_threshold", "0.5 to 100", "`3`", "Score above which the adaptive method raises."),
        ConfigurationKey(
            "anomalies.classic_threshold", "0.5 to 100", "`3`", "Size of z above which the classic method raises."),
        ConfigurationKey(
            "anomalies.young_threshold", "0.5 to 100", "`3.5`",
            "The same while less than 14 days of an interface are known."),
        ConfigurationKey(
            "anomalies.minimum_confidence", "0 to 1", "`0.3`",
            "Confidence below which nothing is raised but by rules that need nothing learnt."),
        ConfigurationKey(
            "anomalies.look_back_days", "7 to 56", "`14`",
            "Days that baselines are learnt from; 28 are needed for reliable ones at 300 s between polls."),
        ConfigurationKey(
            "anomalies.relative_minimum", "0 to 10", "`0.3`",
            "Share of what was expected below which a deviation is never raised by the adaptive method."),
        ConfigurationKey(
            "anomalies.capacity_minimum", "0 to 1", "`0.003`", "The same as a share of the line speed."),
        ConfigurationKey(
            "anomalies.holidays", "dates, spans `2026-12-24/2026-12-26`, `--01-07` for every year, with commas",
            "none", "Days that are judged like Sundays and not learnt as the weekday they are."),
        ConfigurationKey(
            "anomalies.holiday_file", "path", "none", "An iCalendar file of such days; read again when it changes."),
        ConfigurationKey(
            "anomalies.budget_per_week", "0 to 100000", "`0`",
            "Incidents told in any seven days at most, 0 for no limit; what is above is held back and shown as that."),
        ConfigurationKey(
            "anomalies.budgets", "`type:isp=20`, `provider:NAME=5`, `tag:NAME=5`, `site:NAME=5`, with commas", "none",
            "The same for parts of the installation."),
        ConfigurationKey(
            "retention.anomalies_days", "1 to 3650", "`90`", "Days for which anomalies that are over are kept."),
    ]
}
