#if PostgreSQL
    import Catalog
    import CatalogRows
    import Inventory

    /// Writes what shall change of devices and their interfaces: of all devices together, one statement for each kind
    /// of change.
    struct InterfaceWriting {
        private let revisions: [InterfaceRevision]
        private let session: Session
        private let selected: Set<DeviceID>
        private let retired: Set<InterfaceID>
        private let books: [InterfaceBook]

        init(_ revisions: [InterfaceRevision], over books: [InterfaceBook], in session: Session) {
            self.revisions = revisions
            self.session = session
            self.books = books
            selected = Set(books.map(\.device.id))
            retired = Set(books.flatMap { book in book.retired.map(\.id) })
        }

        /// Writes all of it; a device that is revised more than once has its turns one after the other.
        func run() async throws {
            for revision in revisions { try revision.requireConsistent(selected: selected) }
            var rest = withoutUnchanged()[...]
            while !rest.isEmpty {
                var taken: Set<DeviceID> = []
                let turn = rest.prefix { taken.insert($0.deviceID).inserted }
                try await write(Array(turn))
                rest = rest.dropFirst(turn.count)
            }
        }

        /// The revisions without rows that are stored as they are given: they need not be sent.
        ///
        /// Not where a device is revised more than once, as then a row may be changed back.
        private func withoutUnchanged() -> [InterfaceRevision] {
            guard Set(revisions.map(\.deviceID)).count == revisions.count else { return revisions }
            let live = Dictionary(books.map { ($0.device.id, $0.live) }) { first, _ in first }
            return revisions.map { revision in
                guard revision.updated.count > 1 else { return revision }
                let stored = Dictionary((live[revision.deviceID] ?? []).map { ($0.id, $0) }) { first, _ in first }
                var revision = revision
                revision.updated = lastOfEach(revision.updated, by: \.id).filter { stored[$0.id] != $0 }
                return revision
            }
        }

        private func write(_ turn: [InterfaceRevision]) async throws {
            try await session.update(turn.compactMap(\.device))
            try await session.update(lastOfEach(turn.flatMap(\.updated), by: \.id), fixed: 2)
            try await insert(turn.flatMap(\.inserted))
            try await retire(turn)
            try await advanceSeen(turn)
        }

        private func insert(_ interfaces: [Interface]) async throws {
            try await session.insert(interfaces)
            let returned = interfaces.map(\.id).filter(retired.contains)
            guard !returned.isEmpty else { return }
            try await session.run("DELETE FROM retired_interfaces WHERE id = ANY($1)", .ids(returned))
        }

        private func retire(_ turn: [InterfaceRevision]) async throws {
            let pairs = turn.flatMap { revision in revision.retired.map { ($0, revision.deviceID) } }
            guard !pairs.isEmpty else { return }
            let parameters: [Parameter] = [.ids(pairs.map(\.0)), .ids(pairs.map(\.1))]
            _ = try await session.all(Self.retireSQL.map { Statement($0, parameters) })
        }

        private func advanceSeen(_ turn: [InterfaceRevision]) async throws {
            var times: [Timestamp: [DeviceID]] = [:]
            for revision in turn {
                if let time = revision.seenAt { times[time, default: []].append(revision.deviceID) }
            }
            let sql = """
                UPDATE device_interfaces SET last_seen_at = $1, last_discovered_at = $1
                WHERE device_id = ANY($2) AND missing_since IS NULL
                """
            for (time, devices) in times { try await session.run(sql, .time(time), .ids(devices)) }
        }

        private static let columns = Interface.retiredColumns.joined(separator: ", ")
        private static let replaced = (Interface.retiredColumns.dropFirst() + ["removed_at"])
            .map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
        private static let chosen = """
            (id, device_id) IN (SELECT id, device FROM unnest($1::uuid[], $2::uuid[]) AS chosen (id, device))
            """
        private static let retireSQL = [
            """
            INSERT INTO retired_interfaces (\(columns), removed_at)
            SELECT \(columns), \(Triggers.now) FROM device_interfaces WHERE \(chosen)
            ON CONFLICT (id) DO UPDATE SET \(replaced)
            """,
            "DELETE FROM device_interfaces WHERE \(chosen)",
        ]
    }
#endif
