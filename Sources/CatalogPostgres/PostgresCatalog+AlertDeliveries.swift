#if PostgreSQL
    public import Catalog
    import CatalogRows
    public import Inventory

    extension PostgresCatalog {
        /// What is to be delivered by a time: the first of each receiver, then the second of each, and so on, by number.
        public func dueDeliveries(_ query: DueDeliveryQuery) async throws(CatalogError) -> [AlertDelivery] {
            try await read("reading the deliveries that are due") { session in
                let numbers = try await session.numbersDue(query)
                let sql = "\(AlertDelivery.selectSQL) WHERE number = ANY($1)"
                let found = try await session.deliveries(Statement(sql, [.integers(numbers)]))
                let byNumber = Dictionary(found.map { ($0.number, $0) }) { first, _ in first }
                return numbers.compactMap { byNumber[$0] }
            }
        }

        /// When the next of those that are first in their group is due that was not by a time.
        public func nextDeliveryDue(after time: Timestamp) async throws(CatalogError) -> Timestamp? {
            try await with("reading when a delivery is due") { session in
                var due: Timestamp?
                let sql = "SELECT min(due_at) FROM (\(firstWaitingSQL)) AS heads WHERE due_at > $1"
                try await session.one(Statement(sql, [.time(time.clamped)])).forEach { row in due = try row.time() }
                return due
            }
        }

        /// The deliveries a query asks for, the latest number first.
        public func deliveries(_ query: AlertDeliveryQuery) async throws(CatalogError) -> [AlertDelivery] {
            let statement = query.statement
            return try await read("reading deliveries") { session in try await session.deliveries(statement) }
        }

        /// How many deliveries wait, and how many were delivered and given up since a time, by receiver.
        public func deliveryCounts(
            since time: Timestamp
        ) async throws(CatalogError) -> [String: AlertDeliveryCounts] {
            try await read("counting deliveries") { session in
                let since = Parameter.time(time.clamped)
                let answers = try await session.all([
                    Statement(waitingCountsSQL), Statement(endedCountsSQL, [since]),
                    Statement(deliveryErrorsSQL, [since]),
                ])
                var counts: [String: AlertDeliveryCounts] = [:]
                try answers[0].forEach { row in
                    var count = AlertDeliveryCounts()
                    let receiver = row.requiredText()
                    count.waiting = Int(row.requiredInteger())
                    count.oldestWaiting = try row.time()
                    counts[receiver] = count
                }
                try answers[1].forEach { row in
                    let receiver = row.requiredText()
                    counts[receiver, default: AlertDeliveryCounts()].delivered = Int(row.requiredInteger())
                    counts[receiver, default: AlertDeliveryCounts()].failed = Int(row.requiredInteger())
                }
                try answers[2].forEach { row in counts[row.requiredText()]?.lastError = row.text() }
                return counts
            }
        }

        /// Removes deliveries that ended before a time.
        public func removeDeliveries(endedBefore time: Timestamp) async throws(CatalogError) -> Int {
            try await fencedChange("removing old deliveries") { session in
                try await session.run("DELETE FROM alert_deliveries WHERE ended_at < $1", .time(time.clamped))
            }
        }
    }

    /// Of each receiver and group the first that waits.
    private let firstWaitingSQL = """
        SELECT DISTINCT ON (receiver, group_key) number, receiver, due_at FROM alert_deliveries
        WHERE state = 'waiting' ORDER BY receiver, group_key, number
        """

    private let dueHeadsSQL = """
        SELECT receiver, number FROM (\(firstWaitingSQL)) AS heads WHERE due_at <= $1 ORDER BY receiver, number
        """

    /// Those of some deliveries that an earlier one which waits for the same receiver keeps waiting: it tells of one of
    /// their alerts.
    private let heldBackSQL = """
        SELECT mine.number FROM unnest($1::bigint[], $2::text[]) AS mine (number, receiver)
        WHERE EXISTS (
          SELECT 1 FROM alert_delivery_alerts AS told
          JOIN alert_delivery_alerts AS other ON other.alert_id = told.alert_id AND other.delivery < told.delivery
          JOIN alert_deliveries AS earlier ON earlier.number = other.delivery
          WHERE told.delivery = mine.number AND earlier.state = 'waiting' AND earlier.receiver = mine.receiver)
        """

    private let waitingCountsSQL = """
        SELECT receiver, count(*), min(created_at) FROM alert_deliveries WHERE state = 'waiting' GROUP BY receiver
        """

    private let endedCountsSQL = """
        SELECT receiver, count(*) FILTER (WHERE state = 'delivered'), count(*) FILTER (WHERE state = 'failed')
        FROM alert_deliveries WHERE ended_at >= $1 GROUP BY receiver
        """

    /// Of what was delivered in the end the last attempt did not fail.
    private let deliveryErrorsSQL = """
        SELECT DISTINCT ON (receiver) receiver, last_error FROM alert_deliveries
        WHERE (state = 'waiting' OR ended_at >= $1) AND state <> 'delivered' AND last_error IS NOT NULL
        ORDER BY receiver, number DESC
        """

    extension AlertDeliveryQuery {
        fileprivate var statement: Statement {
            var conditions = Conditions()
            if let receiver { conditions.add("receiver = \(conditions.number(.text(receiver)))") }
            conditions.add("state", in: states)
            if let alert {
                let about = "SELECT delivery FROM alert_delivery_alerts WHERE alert_id ="
                conditions.add("number IN (\(about) \(conditions.number(.id(alert))))")
            }
            if let before { conditions.add("number < \(conditions.number(.integer(before)))") }
            let limit = conditions.number(.count(max(1, limit)))
            return conditions.statement(AlertDelivery.selectSQL, "ORDER BY number DESC LIMIT \(limit)")
        }
    }

    /// What waits for one receiver, and how far it was looked at.
    private struct ReceiverHeads {
        var numbers: ArraySlice<Int64>
        /// How many may be made or are under way already.
        var place = 0
    }

    extension Session {
        /// Deliveries with the alerts they tell of.
        fileprivate func deliveries(_ statement: Statement) async throws -> [AlertDelivery] {
            var found: [AlertDelivery] = try await one(statement).rows()
            guard !found.isEmpty else { return [] }
            let sql =
                "SELECT delivery, alert FROM alert_delivery_alerts WHERE delivery = ANY($1) ORDER BY delivery, place"
            let answer = try await one(Statement(sql, [.integers(found.map(\.number))]))
            var alerts: [Int64: [Alert]] = [:]
            do {
                try answer.forEach { row in
                    let number = row.requiredInteger()
                    alerts[number, default: []].append(
                        try row.json("an alert in JSON") { try Alert(reading: &$0) })
                }
            } catch let error as UnreadableValue {
                throw error.of(DeliveryAlert.table)
            }
            for place in found.indices { found[place].alerts = alerts[found[place].number] ?? [] }
            return found
        }

        /// Numbers of deliveries that may be made, in the order of the answer.
        ///
        /// Those of a receiver are looked at until there are enough of it, some of each receiver at a time: a storm
        /// leaves thousands behind them.
        fileprivate func numbersDue(_ query: DueDeliveryQuery) async throws -> [Int64] {
            var heads: [String: ReceiverHeads] = [:]
            try await one(Statement(dueHeadsSQL, [.time(query.time.clamped)])).forEach { row in
                heads[row.requiredText(), default: ReceiverHeads(numbers: [])].numbers.append(row.requiredInteger())
            }
            var found: [(place: Int, number: Int64)] = []
            while !heads.isEmpty {
                let looked = heads.mapValues { $0.numbers.prefix(query.perReceiver - $0.place) }
                let heldBack = try await heldBack(looked, except: query.except)
                for (receiver, numbers) in looked {
                    guard var state = heads[receiver] else { continue }
                    for number in numbers where !heldBack.contains(number) {
                        state.place += 1
                        if !query.except.contains(number) { found.append((state.place, number)) }
                    }
                    state.numbers = state.numbers.dropFirst(numbers.count)
                    let isDone = state.numbers.isEmpty || state.place >= query.perReceiver
                    heads[receiver] = isDone ? nil : state
                }
            }
            return found.sorted { ($0.place, $0.number) < ($1.place, $1.number) }.prefix(query.limit).map(\.number)
        }

        private func heldBack(
            _ looked: [String: ArraySlice<Int64>], except underWay: some Collection<Int64>
        ) async throws -> Set<Int64> {
            let asked = looked.flatMap { receiver, numbers in
                numbers.filter { !underWay.contains($0) }.map { (receiver, $0) }
            }
            guard !asked.isEmpty else { return [] }
            var held: Set<Int64> = []
            let parameters: [Parameter] = [.integers(asked.map(\.1)), .texts(asked.map(\.0))]
            try await one(Statement(heldBackSQL, parameters)).forEach { row in held.insert(row.requiredInteger()) }
            return held
        }
    }
#endif
