import Catalog
import Discovery
import Inventory
import Testing

@Suite("Reconciliation of what is stored with what was read")
struct InterfaceReconcilerTests {
    private let access = InterfaceVerdict(type: .access, confidence: 0.5, rule: "default-access")
    private let isp = InterfaceVerdict(
        type: .isp, provider: "magti", isCritical: true, confidence: 0.97, rule: "isp-magti")

    private func device(lastComplete: Timestamp? = nil) -> Device {
        var device = Device(name: "sw1", address: "10.0.0.1", at: .start)
        device.lastCompleteDiscoveryAt = lastComplete
        return device
    }

    private func reading(_ facts: [InterfaceFacts], failed: [InterfaceColumn: String] = [:]) -> DeviceReading {
        DeviceReading(interfaces: facts, failedColumns: failed)
    }

    private func reconcile(
        _ book: InterfaceBook, _ reading: DeviceReading, at now: Timestamp, verdict: InterfaceVerdict? = nil
    ) -> (InterfaceRevision, DiscoveryCounts) {
        InterfaceReconciler.reconcile(book: book, reading: reading, at: now) { _ in verdict ?? access }
    }

    /// The book after a revision was written, as a catalog does it.
    private func written(_ revision: InterfaceRevision, to book: InterfaceBook) -> InterfaceBook {
        var book = book
        if let device = revision.device { book.device = device }
        let returned = Set(revision.inserted.map(\.id))
        book.retired.removeAll { returned.contains($0.id) }
        book.live += revision.inserted
        for row in revision.updated {
            if let place = book.live.firstIndex(where: { $0.id == row.id }) { book.live[place] = row }
        }
        let gone = Set(revision.retired)
        book.retired += book.live.filter { gone.contains($0.id) }
        book.live.removeAll { gone.contains($0.id) }
        if let seen = revision.seenAt {
            for place in book.live.indices where book.live[place].missingSince == nil {
                book.live[place].lastSeenAt = seen
                book.live[place].lastDiscoveredAt = seen
            }
        }
        book.live.sort { ($0.facts.ifIndex, $0.id) < ($1.facts.ifIndex, $1.id) }
        return book
    }

    private func discovered(_ facts: [InterfaceFacts], verdict: InterfaceVerdict? = nil) -> InterfaceBook {
        let empty = InterfaceBook(device: device(), live: [], retired: [])
        return written(reconcile(empty, reading(facts), at: .start, verdict: verdict).0, to: empty)
    }

    private let two = [facts(1, name: "Gi1"), facts(2, name: "Gi2", admin: 2, oper: 2)]

    @Test("A first discovery inserts all, classified, with the automatic settings")
    func inserts() throws {
        let (revision, counts) = reconcile(
            InterfaceBook(device: device(), live: [], retired: []), reading(two), at: .start, verdict: isp)
        #expect(revision.inserted.map(\.facts) == two)
        let first = try #require(revision.inserted.first)
        #expect(first.interfaceType == .isp && first.ispProvider == "magti" && first.isCritical)
        #expect(first.classificationRule == "isp-magti" && first.classificationConfidence == 0.97)
        #expect(revision.inserted.map(\.monitoringEnabled) == [true, false])
        #expect(revision.inserted.map(\.wasUp) == [true, false])
        #expect(revision.seenAt == .start)
        #expect(counts.discovered == 2 && counts.inserted == 2 && counts.isp == 2 && counts.monitored == 1)
    }

    @Test("An unchanged rediscovery rewrites no row and advances the seen-timestamps")
    func leavesUnchangedAlone() {
        let book = discovered(two)
        let later = Timestamp.start.later(3600)
        let (revision, counts) = reconcile(book, reading(two), at: later)
        #expect(revision.inserted.isEmpty && revision.updated.isEmpty && revision.retired.isEmpty)
        #expect(revision.seenAt == later)
        #expect(counts.unchanged == 2)
        #expect(revision.device?.updatedAt == book.device.updatedAt)
        #expect(revision.device?.lastSeenAt == later && revision.device?.lastCompleteDiscoveryAt == later)
    }

    @Test("A confidence that differs in the last bits is no change")
    func roundsConfidence() {
        var verdict = access
        verdict.confidence = 0.3
        let book = discovered(two, verdict: verdict)
        verdict.confidence = 0.1 + 0.2
        #expect(reconcile(book, reading(two), at: .start.later(1), verdict: verdict).0.updated.isEmpty)
    }

    @Test("A changed column rewrites its row alone, and the history columns stay")
    func updatesChangedRows() throws {
        let book = discovered(two)
        var changed = two
        changed[1].operStatus = 1
        changed[1].adminStatus = 1
        let later = Timestamp.start.later(60)
        let (revision, counts) = reconcile(book, reading(changed), at: later)
        let row = try #require(revision.updated.first)
        #expect(revision.updated.count == 1 && counts.updated == 1 && counts.unchanged == 1)
        #expect(row.id == book.live[1].id && row.createdAt == .start && row.updatedAt == later)
        #expect(row.wasUp && row.monitoringEnabled)
    }

    @Test("What the operator set survives whatever rules and devices say")
    func overridesSurvive() {
        var book = discovered(two)
        book.live[0].overrides = Set(OverridableField.allCases)
        book.live[0].interfaceType = .voice
        book.live[0].ispProvider = "silknet"
        book.live[0].isCritical = true
        book.live[0].monitoringEnabled = false
        book.live[0].classificationRule = "operator"
        book.live[0].notes = "do not touch"
        book.live[0].enabled = false
        let (revision, _) = reconcile(book, reading(two), at: .start.later(60), verdict: isp)
        #expect(!revision.updated.contains { $0.id == book.live[0].id })
    }

    @Test("Where the operator set the type, what follows from the type follows the operator")
    func overriddenTypeLeads() throws {
        var book = discovered(two)
        book.live[0].overrides = [.interfaceType]
        book.live[0].interfaceType = .access
        book.live[1].overrides = [.interfaceType]
        book.live[1].interfaceType = .isp
        let rows = written(reconcile(book, reading(two), at: .start.later(60), verdict: isp).0, to: book).live
        #expect(!rows[0].isCritical && rows[0].ispProvider == nil)
        let other = written(reconcile(book, reading(two), at: .start.later(60), verdict: access).0, to: book).live
        #expect(other[1].isCritical)
    }

    @Test(
        "Monitoring is on except for loopbacks and ports that are off and never were up; a rule may say otherwise",
        arguments: [
            (facts(1, name: "Gi1"), nil, true),
            (facts(1, name: "Gi1", admin: 2, oper: 2), nil, false),
            (facts(1, name: "Gi1", admin: 1, oper: 2), nil, true),
            (facts(1, name: "Lo0", type: 24), nil, false),
            (facts(1, name: "Gi1", admin: 2, oper: 2), true, true),
            (facts(1, name: "Gi1"), false, false),
        ] as [(InterfaceFacts, Bool?, Bool)])
    func decidesMonitoring(facts: InterfaceFacts, rule: Bool?, expected: Bool) {
        var verdict = access
        verdict.monitoring = rule
        #expect(discovered([facts], verdict: verdict).live.map(\.monitoringEnabled) == [expected])
    }

    @Test("A port that was up once stays monitored when it is switched off")
    func remembersUp() {
        let book = discovered([facts(1, name: "Gi1")])
        let off = [facts(1, name: "Gi1", admin: 2, oper: 2)]
        let row = written(reconcile(book, reading(off), at: .start.later(60)).0, to: book).live[0]
        #expect(row.wasUp && row.monitoringEnabled)
    }

    @Test("Rows absent from a complete reading become missing once, and present again when they return")
    func missesAndFinds() throws {
        let book = discovered(two)
        let hour = Timestamp.start.later(3600)
        let (first, counts) = reconcile(book, reading([two[0]]), at: hour)
        #expect(counts.newlyMissing == 1)
        let missing = written(first, to: book)
        #expect(missing.live[1].missingSince == hour)
        #expect(missing.live[1].lastSeenAt == .start && missing.live[0].lastSeenAt == hour)
        let (second, again) = reconcile(missing, reading([two[0]]), at: hour.later(3600))
        #expect(second.updated.isEmpty && again.stillMissing == 1)
        let back = written(reconcile(missing, reading(two), at: hour.later(7200)).0, to: missing)
        #expect(back.live[1].missingSince == nil && back.live[1].id == book.live[1].id)
    }

    @Test("A partial reading misses nothing, keeps fields of failed columns, and does not count as complete")
    func partialReadingsAreGentle() throws {
        var named = two
        named[0].ifAlias = "uplink"
        named[0].ifSpeed = 10_000_000_000
        let book = discovered(named)
        var part = [named[0]]
        part[0].ifAlias = nil
        part[0].ifSpeed = nil
        let failed: [InterfaceColumn: String] = [.ifAlias: "stopped answering", .ifHighSpeed: "stopped answering"]
        let (revision, counts) = reconcile(book, reading(part, failed: failed), at: .start.later(3600))
        #expect(revision.updated.isEmpty && revision.seenAt == nil)
        #expect(counts.newlyMissing == 0 && counts.unchanged == 1)
        #expect(revision.device?.lastCompleteDiscoveryAt == .start)
        #expect(revision.device?.lastError == "ifHighSpeed: stopped answering; ifAlias: stopped answering")
    }

    @Test(
        "Duplex is that of a link: a port that is down, or a column that failed, leaves what was known",
        arguments: [
            // Known before, then ifOperStatus and what is read, and what is known after.
            (.full, 1, .half, false, .half), (.full, 1, .full, false, .full), (nil, 1, .half, false, .half),
            (.full, 2, .half, false, .full), (.full, 7, nil, false, .full), (nil, 2, .half, false, nil),
            (.full, 1, nil, false, nil), (.full, 1, nil, true, .full), (.full, 1, .half, true, .half),
            (.full, nil, .half, false, .full),
        ] as [(Duplex?, Int?, Duplex?, Bool, Duplex?)])
    func keepsDuplex(before: Duplex?, status: Int?, read: Duplex?, hasFailed: Bool, after: Duplex?) throws {
        var port = facts(1, name: "Gi1")
        (port.operStatus, port.duplex) = (1, before)
        let book = discovered([port])
        (port.operStatus, port.duplex) = (status, read)
        let failed: [InterfaceColumn: String] = hasFailed ? [.dot3StatsDuplexStatus: "stopped answering"] : [:]
        let (revision, _) = reconcile(book, reading([port], failed: failed), at: .start.later(3600))
        #expect(written(revision, to: book).live.first?.facts.duplex == after)
        #expect(revision.device?.lastError == nil && revision.seenAt != nil)
    }

    @Test("The duplex of a port that was never seen up is not known")
    func newPortWithoutLink() {
        var port = facts(1, name: "Gi1", oper: 2)
        port.duplex = .half
        #expect(discovered([port]).live.map(\.facts.duplex) == [nil])
    }

    @Test("Rows that lost their names to a failed column are matched by ifIndex or left alone, never inserted")
    func namelessRowsOfPartialReadings() {
        let book = discovered(two)
        let part = [facts(1), facts(77)]
        let failed: [InterfaceColumn: String] = [.ifName: "timeout"]
        let (revision, counts) = reconcile(book, reading(part, failed: failed), at: .start.later(60))
        #expect(revision.inserted.isEmpty && counts.undecided == 1 && counts.unchanged == 1)
    }

    @Test("Only time with complete discoveries counts towards removal")
    func countsDays() {
        let day = 86_400.0
        var book = discovered(two)
        var now = Timestamp.start
        func discover(after seconds: Double) {
            now = now.later(seconds)
            book = written(reconcile(book, reading([two[0]]), at: now).0, to: book)
        }
        for _ in 0..<(24 * 3) { discover(after: 3600) }
        discover(after: 20 * day)
        #expect(CleanUp.retire(book).retired.isEmpty)
        for _ in 0..<(24 * 3) { discover(after: 3600) }
        #expect(CleanUp.retire(book).retired.isEmpty)
        for _ in 0..<(24 + 2) { discover(after: 3600) }
        #expect(CleanUp.retire(book).retired == [book.live[1].id])
    }

    @Test("A device that is not discovered loses nothing, however long")
    func silentDevicesLoseNothing() {
        let book = discovered(two)
        let missing = written(reconcile(book, reading([two[0]]), at: .start.later(3600)).0, to: book)
        #expect(CleanUp.retire(missing).retired.isEmpty)
        #expect(CleanUp.retire(missing, afterSeconds: 0).retired.count == 1)
    }

    @Test("A removed interface that returns gets its id, its settings and its notes back")
    func returnsFromRemoval() throws {
        var book = discovered(two)
        book.live[1].notes = "spare"
        book.live[1].overrides = [.isCritical]
        book.live[1].isCritical = true
        book.live[1].missingSince = .start
        var removal = InterfaceRevision(deviceID: book.device.id)
        removal.retired = [book.live[1].id]
        let removed = written(removal, to: book)
        #expect(removed.live.count == 1 && removed.retired.count == 1)
        var renumbered = two
        renumbered[1].ifIndex = 50
        let (revision, counts) = reconcile(removed, reading(renumbered), at: .start.later(60))
        let row = try #require(revision.inserted.first)
        #expect(revision.inserted.count == 1 && counts.returned == 1 && counts.inserted == 0)
        #expect(row.id == book.live[1].id && row.notes == "spare" && row.isCritical)
        #expect(row.missingSince == nil && row.facts.ifIndex == 50)
    }

    @Test("Ids of new rows come from the given source")
    func drawsIDs() {
        var generator = SeededGenerator(seed: 5)
        let wanted = InterfaceID.random(using: &generator)
        let (revision, _) = InterfaceReconciler.reconcile(
            book: InterfaceBook(device: device(), live: [], retired: []), reading: reading([two[0]]), at: .start,
            makeID: { wanted }, classify: { _ in access })
        #expect(revision.inserted.map(\.id) == [wanted])
    }

    @Test("The neighbour of an interface reaches its classification")
    func passesNeighbours() {
        var reading = reading(two)
        let phone = NeighbourFacts(protocolName: "lldp", capabilities: [.telephone])
        reading.neighbours = [2: [phone]]
        var heard: [NeighbourFacts?] = []
        _ = InterfaceReconciler.reconcile(
            book: InterfaceBook(device: device(), live: [], retired: []), reading: reading, at: .start
        ) { subject in
            heard.append(subject.neighbour)
            return access
        }
        #expect(heard == [nil, phone])
    }

    @Test("A stored neighbour reaches the classification of its interface, whatever its ifIndex is now")
    func passesStoredNeighbours() {
        let empty = InterfaceBook(device: device(), live: [], retired: [])
        let (first, _) = reconcile(empty, reading(two), at: .start)
        var book = written(first, to: empty)
        var stored = NeighbourReading(heardBy: .cdp, localPort: "1")
        stored.capabilities = [.wlanAP]
        stored.platform = "AIR-AP2702I"
        book.neighbours = [book.live[0].id: stored, book.live[1].id: stored]
        var renumbered = two
        renumbered[0].ifIndex = 77
        var reading = reading(renumbered)
        let fresh = NeighbourFacts(protocolName: "lldp", capabilities: [.telephone])
        reading.neighbours = [2: [fresh]]
        var heard: [Int64: NeighbourFacts] = [:]
        _ = InterfaceReconciler.reconcile(book: book, reading: reading, at: .start) { subject in
            heard[subject.facts.ifIndex] = subject.neighbour
            return access
        }
        // What was read along is newer than what is stored.
        #expect(heard == [77: stored.facts, 2: fresh])
    }
}
