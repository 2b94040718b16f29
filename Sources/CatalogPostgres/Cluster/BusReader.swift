#if PostgreSQL
    import CatalogRows
    import Cluster
    import Inventory

    /// Reads new messages and hands them to those who listen.
    struct BusReader {
        /// The message at the place, which tells whether the table is still the one that was read.
        private struct Mark: Equatable {
            var number: Int64
            var at: Timestamp
        }

        private let audience: BusAudience
        private let lateSeconds: Double
        /// nil where nobody listens, or messages may have been missed.
        private var place: BusPlace?
        private var mark: Mark?
        /// Whether the place is still to be compared with the table, as the connection was lost.
        private var isDoubtful = false

        init(_ audience: BusAudience, lateSeconds: Double) {
            self.audience = audience
            self.lateSeconds = lateSeconds
        }

        /// Notes that another connection is used from now on.
        mutating func reconnected() { isDoubtful = true }

        /// Looks once for all that is new; without anybody to tell it to, whether the connection lives.
        mutating func look(_ connection: PostgresConnection) async throws {
            guard !audience.isEmpty else {
                place = nil
                _ = try await connection.one(Statement("SELECT 1"))
                return
            }
            // What was published before they began is read, and not told to them.
            let newcomers = audience.count
            if isDoubtful, try await !isMarkThere(connection) { place = nil }
            isDoubtful = false
            if place == nil { try await begin(connection) }
            while let known = place, try await !read(connection, from: known) {}
            if place == nil { try await begin(connection) }
            audience.admit(newcomers)
        }

        // MARK: places

        /// Begins behind the last number that was given; numbers shortly before it may be of transactions under way.
        private mutating func begin(_ connection: PostgresConnection) async throws {
            let last = try await connection.one(Statement(lastNumberSQL)).number
            let since = max(1, last - recent)
            var seen: Set<Int64> = []
            try await connection.one(Statement(recentSQL, [.integer(since), .integer(last)])).forEach { row in
                seen.insert(row.requiredInteger())
            }
            place = BusPlace(behind: last, since: since, seen: seen, lateSeconds: lateSeconds, at: .now)
            mark = nil
            audience.tellGap()
        }

        /// Whether the message at the place is there: then none behind it was removed.
        private func isMarkThere(_ connection: PostgresConnection) async throws -> Bool {
            guard let mark else { return false }
            var found: Mark?
            try await connection.one(Statement(markSQL, [.integer(mark.number)])).forEach { row in
                found = Mark(number: row.requiredInteger(), at: try row.requiredTime())
            }
            return found == mark
        }

        // MARK: messages

        /// Reads the next messages; true where these were all.
        ///
        /// Forgets the place where numbers went back: the table is another one.
        private mutating func read(_ connection: PostgresConnection, from known: BusPlace) async throws -> Bool {
            var known = known
            let topics = audience.topics.sorted()
            let answers = try await connection.run([
                .statement(Statement(readSQL, [.integer(known.number), .integers(known.awaited), .texts(topics)])),
                .statement(Statement(lastNumberSQL)), .sync,
            ])
            var page = Page()
            try answers[0].forEach { row in try page.add(&row) }
            guard answers[1].number >= known.number else {
                place = nil
                return true
            }
            let behind = known.number
            let isWhole = known.take(page.numbers, at: .now)
            if let last = page.last, last.number > behind { mark = Mark(number: last.number, at: last.at) }
            let isAll = page.numbers.count == page.total && page.numbers.count { $0 > behind } < pageSize
            if isAll { known.giveUp(at: .now) }
            place = known
            if !isWhole { audience.tellGap() }
            for message in page.messages { audience.tell(message) }
            return isAll
        }

        /// What one look found.
        private struct Page {
            var numbers: [Int64] = []
            var messages: [BusMessage] = []
            var last: (number: Int64, at: Timestamp)?
            /// How many there were, before the octets were bounded.
            var total = 0

            mutating func add(_ row: inout ResultReader) throws {
                let number = row.requiredInteger()
                numbers.append(number)
                total = Int(row.requiredInteger())
                last = (number, try row.requiredTime())
                let (topic, sender) = (row.text(), try row.requiredID(ClusterNode.self))
                if let topic { messages.append(BusMessage(topic: topic, sender: sender, body: row.bytes())) }
            }
        }
    }

    // MARK: statements

    /// Numbers before the last within which transactions may be under way.
    private let recent: Int64 = 1_000
    /// Messages that are read at a time.
    private let pageSize = 500

    private let lastNumberSQL = "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM cluster_messages_id_seq"

    private let recentSQL = "SELECT id FROM cluster_messages WHERE id BETWEEN $1 AND $2"

    private let markSQL = "SELECT id, created_at FROM cluster_messages WHERE id = $1"

    /// Late ones and new ones in one state of the table, in order, at most 16 MiB of what anybody listens to.
    private let readSQL = """
        WITH found AS (
          (SELECT * FROM cluster_messages WHERE id = ANY($2))
          UNION ALL
          (SELECT * FROM cluster_messages WHERE id > $1 ORDER BY id LIMIT \(pageSize))),
        heard AS (SELECT *, topic = ANY($3) AS is_heard FROM found),
        counted AS (
          SELECT *, count(*) OVER () AS total,
            sum(CASE WHEN is_heard THEN octet_length(body) ELSE 0 END) OVER (ORDER BY id) AS octets
          FROM heard)
        SELECT id, total, created_at, CASE WHEN is_heard THEN topic END, sender, CASE WHEN is_heard THEN body END
        FROM counted WHERE octets <= 16777216 ORDER BY id
        """
#endif
