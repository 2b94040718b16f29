import Catalog
import Inventory
import Listing

/// Lists of anomalies, as the catalog has them, with what is known of their interfaces.
struct AnomalyList: Sendable {
    let state: APIState
    private static let schema = AnomalyRow.schema

    /// The parameters of a list of anomalies.
    static let parameters = schema.listParameters() + OpenRange.parameters

    /// The list that a call asks for; of one interface where that is given.
    func answer(_ call: Call, of interface: InterfaceID? = nil) async throws -> APIResponse {
        let (query, range) = try call.rangedQuery(Self.schema, now: state.services.now())
        let isCSV = try Answers.wantsCSV(call)
        var question = AnomalyQuery(limit: 1)
        (question.from, question.to) = (range.from, range.to)
        if let interface { question.interfaces = [interface] }
        var isExact = true
        for filter in query.filters where !question.take(filter) { isExact = false }
        return try await list(question).answer(
            query, isExact: isExact, isCSV: isCSV, isWhole: call.value("limit") == nil)
    }

    /// Anomalies as rows.
    func rows(_ anomalies: [Anomaly]) async throws -> [AnomalyRow] {
        let places = try await state.interfaces.value().listing
        return anomalies.map { AnomalyRow(anomaly: $0, place: places.row(RowID($0.interfaceID))) }
    }

    private func list(_ question: AnomalyQuery) -> CatalogList<AnomalyRow> {
        let catalog = state.services.catalog
        return CatalogList(
            schema: Self.schema,
            rows: { after, limit in
                var question = question
                question.limit = limit
                question.after = after.map { AnomalyPlace(startedAt: $0.startedAt, id: AnomalyID($0.id)) }
                return try await rows(try await catalog.anomalies(question))
            },
            count: { try await catalog.anomalyCount(question) },
            place: { CatalogPlace(startedAt: $0.anomaly.startedAt, id: $0.anomaly.id.uuid) },
            write: { $0.write(to: &$1) })
    }
}

extension AnomalyQuery {
    /// Makes a filter of a list part of the question; false where the catalog cannot choose by it as a whole.
    mutating func take(_ filter: Filter) -> Bool {
        guard filter.operation == .equals else { return false }
        switch filter.column {
        case "state": return narrow(&states, filter)
        case "severity": return narrow(&severities, filter)
        case "pattern": return narrow(&patterns, filter)
        case "interface_id" where interfaces == nil:
            interfaces = filter.values.compactMap { $0.identifier() }
        case "device_id" where devices == nil:
            devices = filter.values.compactMap { $0.identifier() }
        case "is_over" where isOver == nil:
            isOver = filter.values.first == .boolean(true)
        default: return false
        }
        return true
    }

    private func narrow<Word: RawRepresentable & Hashable>(_ words: inout Set<Word>, _ filter: Filter) -> Bool
    where Word.RawValue == String {
        guard words.isEmpty else { return false }
        words = filter.words()
        return true
    }
}

extension Filter {
    /// The values as words of a kind.
    func words<Word: RawRepresentable & Hashable>() -> Set<Word> where Word.RawValue == String {
        Set(values.compactMap { if case .text(let text) = $0 { Word(rawValue: text) } else { nil } })
    }
}

extension Cell {
    /// The identity that it holds.
    func identifier<Entity>() -> Identifier<Entity>? {
        if case .identifier(let id) = self { Identifier(id.description) } else { nil }
    }
}

extension Call {
    /// The query of a list with a range of time; throws all that is wrong with it.
    func rangedQuery<Record>(
        _ schema: ListSchema<Record>, now: Timestamp
    ) throws -> (query: ListQuery, range: OpenRange) {
        let rest = Call(
            request: request, path: path, query: query.filter { $0.name != "from" && $0.name != "to" },
            queryErrors: queryErrors)
        var query = ListQuery()
        do {
            query = try rest.listQuery(schema)
        } catch let problem as Problem where problem.status == 400 {
            do throws(Problem) { _ = try OpenRange.read(self, now: now) } catch {
                throw Problem.badQuery(problem.errors + error.errors)
            }
            throw problem
        }
        return (query, try OpenRange.read(self, now: now))
    }
}
