import Alerting
import Catalog
import Inventory
import Topology

/// How devices were wired in a time: the graph at its begin, and what each later revision changed.
///
/// Graphs are made when their time comes.
struct PastWiring: Sendable {
    /// What a revision of the topology changed, each record as it was then.
    private struct Moment: Sendable {
        var at: Timestamp
        var revision: Int64
        var appeared: [LinkRecord] = []
        var vanished: [LinkRecord] = []
    }

    private let inventory: AlertInventory
    private let place: DeviceID?
    private let start: Timestamp
    private var book: TopologyBook
    private var links: [LinkRecordID: LinkRecord]
    private var moments: ArraySlice<Moment>
    private var hasBegun = false

    private static let changesMax = 10_000

    /// Reads the wiring of a time; of very many changes the latest.
    init(
        _ catalog: any TopologyCatalog, _ inventory: AlertInventory, place: DeviceID?, from start: Timestamp,
        to end: Timestamp
    ) async throws {
        self.inventory = inventory
        self.place = place
        self.start = start
        book = try await catalog.topologyBook()
        let first = try await catalog.links(at: start)
        links = Dictionary(first.map { ($0.id, $0) }) { first, _ in first }
        let changes = try await catalog.linkChanges(after: start, until: end, limit: Self.changesMax)
        moments = Self.moments(changes, after: start, until: end)[...]
    }

    private static func moments(
        _ changes: [LinkRecord], after start: Timestamp, until end: Timestamp
    ) -> [Moment] {
        var moments: [Timestamp: Moment] = [:]
        for record in changes {
            if record.appearedAt > start, record.appearedAt <= end {
                var young = record
                (young.vanishedAt, young.vanishedRevision) = (nil, nil)
                let new = Moment(at: record.appearedAt, revision: record.appearedRevision)
                moments[record.appearedAt, default: new].appeared.append(young)
            }
            if let at = record.vanishedAt, let revision = record.vanishedRevision, at > start, at <= end {
                moments[at, default: Moment(at: at, revision: revision)].vanished.append(record)
            }
        }
        return moments.values.sorted { $0.at < $1.at }
    }

    /// What is to be told of the time before `end`.
    mutating func facts(before end: Timestamp) -> [AlertReplayFact] {
        var facts: [AlertReplayFact] = []
        if !hasBegun {
            hasBegun = true
            facts.append(.wiring(graph(), at: start))
        }
        while let moment = moments.first, moment.at < end {
            moments = moments.dropFirst()
            for record in moment.vanished { links[record.id] = nil }
            for record in moment.appeared { links[record.id] = record }
            facts.append(.wiring(graph(), at: moment.at))
            facts.append(news(moment))
        }
        return facts
    }

    private mutating func graph() -> ReachabilityGraph {
        book.links = links.values.sorted { $0.id < $1.id }
        return ReachabilityGraph(book, place: place)
    }

    /// Whose neighbour changed: which of it is told depends on what is open then.
    private func news(_ moment: Moment) -> AlertReplayFact {
        let (now, inventory) = (book.links.map(\.link), inventory)
        return .findings(at: moment.at) { open in
            NeighbourNews(now, inventory, open: open)
                .occurrences(moment.vanished + moment.appeared, after: moment.revision - 1)
        }
    }
}
