public import Catalog
public import Inventory

/// Compares what is stored of one device with what was read of it, and says what shall change.
///
/// Pure: the same book, reading, verdicts and time give the same revision, except for the ids of new rows, which come
/// from `makeID`. A row is in the revision only where a column of it changes; seen-timestamps advance by `seenAt`.
public enum InterfaceReconciler {
    /// Says what shall change after a device answered at `now`.
    ///
    /// A reading is complete or partial (`DeviceReading.isComplete`). In a complete one, rows that are absent become
    /// missing. In a partial one no row becomes missing, fields of failed columns keep what is stored, rows without
    /// any name because the name columns failed are left alone, and seen-timestamps advance only where no row is
    /// absent.
    public static func reconcile(
        book: InterfaceBook,
        reading: DeviceReading,
        at now: Timestamp,
        policy: DiscoveryPolicy = DiscoveryPolicy(),
        makeID: () -> InterfaceID = { .random() },
        classify: (ClassificationSubject) -> InterfaceVerdict
    ) -> (InterfaceRevision, DiscoveryCounts) {
        let stored = book.live + book.retired
        let decision = InterfaceIdentity.decide(
            stored: stored, liveCount: book.live.count, facts: reading.interfaces)
        var work = Reconciliation(book: book, reading: reading, now: now, policy: policy)
        for pair in decision.pairs {
            let row = work.refreshed(stored[pair.stored], with: reading.interfaces[pair.new], classify)
            work.keep(row, over: stored[pair.stored], isReturned: pair.stored >= book.live.count)
        }
        for place in decision.unknown {
            work.add(reading.interfaces[place], makeID, classify)
        }
        for place in decision.absent where place < book.live.count {
            work.miss(stored[place])
        }
        return work.finished()
    }
}

/// The revision in the making.
private struct Reconciliation {
    let book: InterfaceBook
    let reading: DeviceReading
    let now: Timestamp
    private let uncountedSeconds: Int64
    private var revision: InterfaceRevision
    private var counts = DiscoveryCounts()
    private var absentCount = 0

    init(book: InterfaceBook, reading: DeviceReading, now: Timestamp, policy: DiscoveryPolicy) {
        self.book = book
        self.reading = reading
        self.now = now
        revision = InterfaceRevision(deviceID: book.device.id)
        let gap = book.device.lastCompleteDiscoveryAt.map { Int64(now.secondsSince($0)) } ?? 0
        uncountedSeconds = max(0, gap - policy.countedGapSecondsMax)
    }

    /// A stored row with the new facts and verdict, seen now.
    func refreshed(
        _ stored: Interface, with facts: InterfaceFacts, _ classify: (ClassificationSubject) -> InterfaceVerdict
    ) -> Interface {
        var row = stored
        row.facts = facts
        if !reading.failedColumns.isEmpty { keepFailedFields(of: stored.facts, in: &row.facts) }
        row.facts.settleDuplex(after: stored.facts)
        row.wasUp = stored.wasUp || row.facts.operStatus == InterfaceStatus.up.rawValue
        row.missingSince = nil
        row.missingUncountedSeconds = 0
        classify(subject(row.facts, of: row.id)).apply(to: &row)
        return row
    }

    /// What a row is classified by: the neighbour that was read along, else the one stored of the interface.
    private func subject(_ facts: InterfaceFacts, of interface: InterfaceID) -> ClassificationSubject {
        let heard = reading.neighbours[facts.ifIndex]?.first ?? book.neighbours[interface]?.facts
        return ClassificationSubject(facts: facts, neighbour: heard)
    }

    /// What a column that failed did not tell stays as it was.
    private func keepFailedFields(of old: InterfaceFacts, in new: inout InterfaceFacts) {
        for column in reading.failedColumns.keys {
            switch column {
            case .ifIndex: break
            case .ifDescr: new.ifDescr = new.ifDescr ?? old.ifDescr
            case .ifType: new.ifType = new.ifType ?? old.ifType
            case .ifMtu: new.ifMtu = new.ifMtu ?? old.ifMtu
            case .ifSpeed, .ifHighSpeed: new.ifSpeed = old.ifSpeed ?? new.ifSpeed
            case .ifPhysAddress: new.ifPhysAddress = new.ifPhysAddress ?? old.ifPhysAddress
            case .ifAdminStatus: new.adminStatus = new.adminStatus ?? old.adminStatus
            case .ifOperStatus: new.operStatus = new.operStatus ?? old.operStatus
            case .ifLastChange: new.ifLastChange = new.ifLastChange ?? old.ifLastChange
            case .ifName: new.ifName = new.ifName ?? old.ifName
            case .ifConnectorPresent: new.connectorPresent = new.connectorPresent ?? old.connectorPresent
            case .ifAlias: new.ifAlias = new.ifAlias ?? old.ifAlias
            case .ifCounterDiscontinuityTime:
                new.counterDiscontinuityTime = new.counterDiscontinuityTime ?? old.counterDiscontinuityTime
            case .dot3StatsDuplexStatus: new.duplex = new.duplex ?? old.duplex
            }
        }
    }

    mutating func keep(_ row: Interface, over stored: Interface, isReturned: Bool) {
        count(row)
        if row == stored, !isReturned {
            counts.unchanged += 1
            return
        }
        let changed = seen(row, isChanged: true)
        if isReturned {
            counts.returned += 1
            revision.inserted.append(changed)
        } else {
            counts.updated += 1
            revision.updated.append(changed)
        }
    }

    private func seen(_ row: Interface, isChanged: Bool) -> Interface {
        var row = row
        row.lastDiscoveredAt = now
        row.lastSeenAt = now
        if isChanged { row.updatedAt = now }
        return row
    }

    mutating func add(
        _ facts: InterfaceFacts, _ makeID: () -> InterfaceID, _ classify: (ClassificationSubject) -> InterfaceVerdict
    ) {
        if lacksItsNames(facts) {
            counts.undecided += 1
            return
        }
        var facts = facts
        facts.settleDuplex(after: nil)
        var row = Interface(id: makeID(), deviceID: book.device.id, facts: facts, at: now)
        classify(subject(facts, of: row.id)).apply(to: &row)
        count(row)
        counts.inserted += 1
        revision.inserted.append(row)
    }

    /// Whether a row has no name only because the column with its name failed.
    private func lacksItsNames(_ facts: InterfaceFacts) -> Bool {
        let failed = reading.failedColumns
        return facts.ifName == nil && facts.ifDescr == nil && (failed[.ifName] != nil || failed[.ifDescr] != nil)
    }

    private mutating func count(_ row: Interface) {
        counts.discovered += 1
        if row.isCritical { counts.critical += 1 }
        if row.monitoringEnabled { counts.monitored += 1 }
        if row.interfaceType == .isp { counts.isp += 1 }
        if row.interfaceType == .trunk { counts.trunk += 1 }
    }

    mutating func miss(_ stored: Interface) {
        guard reading.isComplete else {
            if stored.missingSince == nil { absentCount += 1 }
            return
        }
        var row = stored
        if stored.missingSince == nil {
            row.missingSince = now
            row.missingUncountedSeconds = 0
            row.updatedAt = now
            counts.newlyMissing += 1
        } else {
            row.missingUncountedSeconds += uncountedSeconds
            counts.stillMissing += 1
        }
        if row != stored { revision.updated.append(row) }
    }

    mutating func finished() -> (InterfaceRevision, DiscoveryCounts) {
        revision.seenAt = absentCount == 0 ? now : nil
        revision.device = DeviceUpdate.answered(book.device, reading: reading, at: now)
        return (revision, counts)
    }
}

extension InterfaceFacts {
    /// Without a link there is no duplex: many agents then answer unknown or half, so what was told before stays.
    fileprivate mutating func settleDuplex(after stored: InterfaceFacts?) {
        if operStatus != InterfaceStatus.up.rawValue { duplex = stored?.duplex }
    }
}
