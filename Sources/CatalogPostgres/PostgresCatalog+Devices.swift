#if PostgreSQL
    public import Catalog
    import CatalogRows
    import FoundationEssentials
    public import Inventory

    extension PostgresCatalog {
        /// The selected devices, ordered by name (as UTF-8 octets).
        public func devices(_ selection: DeviceSelection) async throws(CatalogError) -> [Device] {
            try await with("reading devices") { session in try await session.one(selection.statement).rows() }
        }

        /// Reads, decides and writes devices in one transaction.
        public func reviseDevices<Outcome: Sendable>(
            _ selection: DeviceSelection,
            _ decide: @escaping @Sendable ([Device]) -> (DeviceRevision, Outcome)
        ) async throws(CatalogError) -> Outcome {
            try await change("saving devices", locks: { selection.locks($0) }) { session in
                let (revision, outcome) = decide(try await session.one(selection.statement).rows())
                try await session.apply(revision)
                return outcome
            }
        }

        /// Adds one device, which may be a removed one.
        public func addDevice(_ device: Device) async throws(CatalogError) -> Device {
            try await change("adding device '\(device.name)'", locks: { _ in [.take(AdvisoryLock.devices)] }) {
                session in
                let known = try await session.recognise([device])
                try await session.insert(known)
                return known[0]
            }
        }

        /// Forgets removed devices; their interfaces go with them.
        public func forgetDevices(removedBefore time: Timestamp) async throws(CatalogError) -> Int {
            try await with("forgetting removed devices") { session in
                try await session.run("DELETE FROM removed_devices WHERE removed_at < $1", .time(time.clamped))
            }
        }
    }

    extension DeviceSelection {
        var statement: Statement {
            switch self {
            case .all: Statement("\(Device.selectSQL) ORDER BY name")
            case .ids(let ids): Statement("\(Device.selectSQL) WHERE id = ANY($1) ORDER BY name", [.ids(ids)])
            }
        }

        /// Whoever may write any device keeps all others out; so does who was in the way of others before.
        func locks(_ attempt: Int) -> [AdvisoryLock] {
            switch self {
            case .ids(let ids) where attempt == 1 && !ids.isEmpty: AdvisoryLock.each(ids)
            case .all, .ids: [.take(AdvisoryLock.devices)]
            }
        }
    }

    extension AdvisoryLock {
        /// The locks of some devices.
        static func each(_ ids: [DeviceID]) -> [AdvisoryLock] {
            let keys = ids.map { id in
                withUnsafeBytes(of: id.uuid.uuid) { Int64($0.loadUnaligned(fromByteOffset: 12, as: Int32.self)) }
            }
            return [.share(AdvisoryLock.devices), .takeEach(AdvisoryLock.device, keys: keys)]
        }
    }

    extension Session {
        /// Removes first and adds last, so that a name may pass from a removed or renamed device to a new one.
        ///
        /// One that is removed and one that is added by the same revision are two devices.
        fileprivate func apply(_ revision: DeviceRevision) async throws {
            let inserted = try await recognise(revision.inserted)
            if !revision.removed.isEmpty {
                try await run("DELETE FROM standalone_devices WHERE id = ANY($1)", .ids(revision.removed))
            }
            try await update(lastOfEach(revision.updated, by: \.id))
            try await insert(inserted)
        }

        /// New devices with the ids of the removed ones they are.
        fileprivate func recognise(_ devices: [Device]) async throws -> [Device] {
            guard !devices.isEmpty else { return [] }
            let sql = "SELECT id, name, ip, port FROM removed_devices ORDER BY removed_at DESC, id"
            var removed: [RemovedDevice] = []
            try await one(Statement(sql)).forEach { row in
                removed.append(
                    RemovedDevice(
                        id: try row.requiredID(), name: row.requiredText(), address: row.requiredText(),
                        port: Int(row.requiredInteger())))
            }
            return ReturningDevices.recognise(devices, among: removed)
        }
    }
#endif
