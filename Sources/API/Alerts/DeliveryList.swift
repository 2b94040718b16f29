import Catalog
import Inventory
import Listing

/// The list of deliveries: paged by the catalog in their own order, the latest first; any other order is made here.
struct DeliveryList: Sendable {
    let state: APIState

    static let schema = DeliveryRow.schema
    /// Deliveries that are read at a time: each spells out many alerts.
    private static let pieceSize = 200

    /// The list that a call asks for.
    func answer(_ call: Call) async throws -> APIResponse {
        let query = try call.listQuery(Self.schema)
        let isCSV = try Answers.wantsCSV(call)
        var question = AlertDeliveryQuery(limit: 1)
        var isExact = true
        for filter in query.filters where !question.take(filter) { isExact = false }
        let isOrdered = query.sort == Self.schema.defaultSort && query.search?.isEmpty ?? true
        let isFile = isCSV && call.value("limit") == nil && query.cursor == nil
        guard isExact, isOrdered, !isFile else {
            return try Answers.list(try await listing(question), call)
        }
        return try await page(question, query, isCSV)
    }

    private func listing(_ question: AlertDeliveryQuery) async throws -> Listing<DeliveryRow> {
        let most = state.settings.orderedRowsMax
        let found = try await rows(question, limit: most + 1)
        guard found.count <= most else {
            throw Problem.refused(
                "more than \(most) rows would have to be put in order for this answer",
                remedy: "Narrow it with receiver, state and alert_ids, or leave out sort, q and other filters.")
        }
        return Listing(found, schema: Self.schema)
    }

    private func page(_ question: AlertDeliveryQuery, _ query: ListQuery, _ isCSV: Bool) async throws -> APIResponse {
        var place = question
        if let text = query.cursor { place.before = try Self.number(text) }
        var found = try await rows(place, limit: query.limit + 1)
        let hasMore = found.count > query.limit
        if hasMore { found.removeLast() }
        let next = hasMore ? found.last.map { "\(Self.schema.name)-\($0.number)" } : nil
        return Answers.page(found, total: try await count(question), next: next, Self.schema, isCSV)
    }

    /// The place that a cursor names.
    private static func number(_ text: String) throws(ListError) -> Int64 {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == schema.name, let number = Int64(parts[1]) else {
            let detail =
                "this is no cursor of this order; give the next_cursor of the page before with the same sort and "
                + "filters, or leave it out"
            throw ListError([ListProblem(parameter: "cursor", value: text, detail: detail)])
        }
        return number
    }

    /// At most so many of the deliveries a question asks for, without what they tell.
    func rows(_ question: AlertDeliveryQuery, limit: Int) async throws -> [DeliveryRow] {
        var (question, found): (AlertDeliveryQuery, [DeliveryRow]) = (question, [])
        while found.count < limit {
            question.limit = min(Self.pieceSize, limit - found.count)
            let piece = try await state.services.catalog.deliveries(question)
            found += piece.map { DeliveryRow($0) }
            guard piece.count == question.limit, let last = piece.last else { break }
            question.before = last.number
        }
        return found
    }

    /// How many deliveries a question asks for, its place aside.
    private func count(_ question: AlertDeliveryQuery) async throws -> Int {
        // Those of one alert are few, and those of all are counted by the catalog, by receiver.
        guard question.alert == nil else { return try await rows(question, limit: Int.max).count }
        let counts = try await state.services.catalog.deliveryCounts(since: Timestamp(milliseconds: 0))
        var total = 0
        for (receiver, count) in counts where question.receiver.map({ $0 == receiver }) ?? true {
            for state in question.states.isEmpty ? Set(AlertDelivery.State.allCases) : question.states {
                switch state {
                case .waiting: total += count.waiting
                case .delivered: total += count.delivered
                case .failed: total += count.failed
                }
            }
        }
        return total
    }
}

extension AlertDeliveryQuery {
    /// Makes a filter of a list part of the question; false where the catalog cannot choose by it as a whole.
    mutating func take(_ filter: Filter) -> Bool {
        guard filter.operation == .equals else { return false }
        let only: String? = if filter.values.count == 1, case .text(let text) = filter.values[0] { text } else { nil }
        switch filter.column {
        case "state": return filter.narrow(&states)
        case "receiver":
            guard let only, receiver == nil else { return false }
            receiver = only
            return true
        case "alert_ids":
            guard let only, alert == nil, let id = AlertID(only), id.description == only else { return false }
            alert = id
            return true
        default: return false
        }
    }
}
