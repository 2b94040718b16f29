import Baselines
import Inventory

/// Scores both methods and their peers on made-up links, or on a folder of labelled ones.
enum AnomaliesDriver {
    static let options: Set<String> = ["interfaces", "seed", "kind", "what", "data", "weeks", "methods"]

    static func run(_ options: DriverOptions) throws -> String {
        let data = options.word("data", default: "")
        if !data.isEmpty { return try scored(LabelledFolder.series(data), methods(options)).text }
        let name = options.word("kind", default: "backbone")
        guard let kind = LinkKind.named.first(where: { $0.name == name })?.kind else {
            let names = LinkKind.named.map(\.name).joined(separator: ", ")
            throw DriverError("'kind=\(name)' is not known; there are: \(names)")
        }
        let count = try options.number("interfaces", default: 187)
        let seed = UInt64(try options.number("seed", default: 1))
        let weeks = max(6, try options.number("weeks", default: 12))
        switch options.word("what", default: "score") {
        case "facts": return facts(kind, count, seed, weeks).text
        case "score":
            return try scored(Corpus.series(kind, count: count, seed: seed, weeks: weeks), methods(options)).text
        case "cold":
            return try cold(Corpus.series(kind, count: count, seed: seed, weeks: 6), methods(options)).text
        case "nuisances": return NuisanceTrial(kind: kind, count: count, seed: seed).result.text
        case "calendar": return CalendarTrial(kind: kind, count: count, seed: seed).result.text
        case "incidents": return IncidentTrial(kind: kind, seed: seed).result.text
        case let other: throw DriverError("what '\(other)' is not known here")
        }
    }

    private static func methods(_ options: DriverOptions) throws -> [Contestant] {
        let words = options.word("methods", default: "").split(separator: ",").map(String.init)
        guard !words.isEmpty else { return Contestant.allCases }
        return try words.map { word in
            guard let method = Contestant(rawValue: word) else { throw DriverError("method '\(word)' is not known") }
            return method
        }
    }

    private static func facts(_ kind: LinkKind, _ count: Int, _ seed: UInt64, _ weeks: Int) -> JSONLine {
        let corpus = Corpus.series(kind, count: count, seed: seed, weeks: weeks, hasEvents: false)
        let facts = CorpusFacts(corpus)
        var line = JSONLine()
        for (place, name) in CorpusFacts.names.enumerated() {
            var pair = JSONLine()
            pair.add("made", facts.figures[place])
            pair.add("real", kind.measured[place] ?? .nan)
            line.add(name, pair)
        }
        return line
    }

    private static func scored(_ corpus: [TrafficSeries], _ methods: [Contestant]) -> JSONLine {
        var line = JSONLine()
        for method in methods {
            var score = EventScore()
            for series in corpus { score.add(series, alarms: method.alarms(series)) }
            line.add(method.rawValue, score.line)
        }
        return line
    }

    /// The first 14 days of links of which nothing was known three days before.
    private static func cold(_ corpus: [TrafficSeries], _ methods: [Contestant]) -> JSONLine {
        var line = JSONLine()
        for method in methods {
            var score = EventScore()
            for series in corpus {
                let range = series.testFrom..<(series.testFrom + 2 * series.perWeek)
                let first = series.testFrom - 3 * series.perDay
                score.add(
                    series, alarms: method.alarms(series, from: first, to: range.upperBound), range: range)
            }
            line.add(method.rawValue, score.line)
        }
        return line
    }
}
