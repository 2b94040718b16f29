import Alerting
import Catalog
import Inventory
import Jobs
import SNMP
import Synchronization

@testable import Pipelines

/// A receiver that remembers what it was sent, and takes it or not by script.
final class ScriptedReceiver: Sendable {
    struct Sent: Sendable, Hashable {
        var id: AlertDeliveryID
        var attempt: Int
        var alerts: [AlertID]
        var messages: [String]
        var at: Timestamp
    }

    private let clock: any WallClock
    private let state = Mutex<(sent: [Sent], answers: @Sendable (Int) -> SendingOutcome)>(([], { _ in .taken }))
    let refreshed = Mutex<[[String]]>([])

    init(_ clock: any WallClock) { self.clock = clock }

    var sent: [Sent] { state.withLock { $0.sent } }
    /// What was told, `over:` before what is.
    var messages: [String] { sent.flatMap(\.messages) }

    /// Decides by the number of the attempt, all deliveries counted, from 1.
    func answer(_ answers: @escaping @Sendable (Int) -> SendingOutcome) { state.withLock { $0.answers = answers } }

    func sender(keepsState: Bool = false) -> AlertSender {
        let refresh: @Sendable ([AlertNotice.Item]) async -> SendingOutcome = { items in
            self.refreshed.withLock { $0.append(items.map { $0.alert.message }.sorted()) }
            return .taken
        }
        return AlertSender(send: { self.take($0) }, refresh: keepsState ? refresh : nil)
    }

    private func take(_ notice: AlertNotice) -> SendingOutcome {
        let words = notice.alerts.map { ($0.alert.isOpen ? "" : "over: ") + $0.alert.message }
        let sent = Sent(
            id: notice.id, attempt: notice.attempt, alerts: notice.alerts.map(\.alert.id), messages: words,
            at: clock.now)
        // Asked outside: a script may look at what was sent.
        let (count, answers) = state.withLock { state in
            state.sent.append(sent)
            return (state.sent.count, state.answers)
        }
        return answers(count)
    }
}

/// A few devices with trunks, whose ports go down and up, and the stores that outlive a process.
final class AlertScene: Sendable {
    static let start = Timestamp(seconds: 1_795_354_200)

    let clock = ManualWallClock(now: AlertScene.start)
    let log = LogRecorder()
    let memory = AlertMemory()
    let inventory: MemoryCatalog
    let receiver: ScriptedReceiver
    let devices: [Device]
    let ports: [Interface]
    let keepsState: Bool
    let groupBy: [String]
    let probed = Mutex<[DeviceID]>([])
    let health = Mutex(SystemHealth())
    let settings: AlertSettings

    init(
        _ count: Int = 3, keepsState: Bool = false, groupBy: [String] = ["device"],
        settings: AlertSettings = AlertSettings()
    ) {
        self.settings = settings
        self.keepsState = keepsState
        self.groupBy = groupBy
        receiver = ScriptedReceiver(clock)
        devices = (1...count).map { Device(name: "SW-\($0)", address: "127.0.2.\($0)", at: Self.start) }
        ports = devices.map { device in
            var facts = InterfaceFacts(ifIndex: 1)
            (facts.ifName, facts.adminStatus, facts.operStatus) = ("Gi0/1", 1, 1)
            var port = Interface(deviceID: device.id, facts: facts, at: Self.start)
            port.interfaceType = .trunk
            return port
        }
        inventory = MemoryCatalog(devices: devices)
        let rows = ports
        inventory.state.withLock { state in for row in rows { state.live[row.id] = row } }
    }

    var laws: AlertLaws {
        var route = AlertRoute()
        (route.receivers, route.groupBy, route.intervalSeconds) = (["noc"], groupBy, 0)
        let routes = (try? RouteTree(route)) ?? .toNobody
        return AlertLaws(
            rules: AlertRuleBook(AlertFile.shipped), routes: routes, keepsState: keepsState ? ["noc"] : [], revision: 1)
    }

    func handle(fate: @escaping @Sendable (Int) -> AlertHandle.Fate = { _ in .lives }) -> AlertHandle {
        AlertHandle(memory, fate: fate)
    }

    /// A desk as a process has it.
    func desk(
        _ handle: AlertHandle, tells courier: AlertCourier? = nil, place: DeviceID? = nil, answers: Bool? = false,
        adminStatus: (@Sendable (DeviceID, Int64) async -> UInt8?)? = nil, clock: (any WallClock)? = nil
    ) throws -> AlertDesk {
        var parts = AlertDesk.Parts(
            catalog: inventory, alerts: handle,
            revision: { [inventory] in CatalogRevision(Int64(inventory.state.withLock { $0.revision })) },
            laws: { [laws] in laws },
            probe: { device in
                self.probed.withLock { $0.append(device) }
                return answers
            }, clock: clock ?? self.clock, logger: log.logger)
        parts.adminStatus = adminStatus
        parts.place = { place }
        parts.deliveriesWritten = { courier?.nudge() }
        parts.health = { self.health.withLock { $0 } }
        return try AlertDesk(parts, settings: settings)
    }

    func courier(
        _ handle: AlertHandle, senders: [String: AlertSender]? = nil,
        report: (@Sendable (AlertOccurrence) async -> Void)? = nil
    ) throws -> AlertCourier {
        let known = senders ?? ["noc": receiver.sender(keepsState: keepsState)]
        var parts = AlertCourier.Parts(alerts: handle, senders: { known }, clock: clock, logger: log.logger)
        if let report { parts.report = report }
        return try AlertCourier(parts, settings: settings)
    }

    /// A linkDown or linkUp of a device's port, as received now; the row follows, as polls write it, or does not.
    func trap(_ place: Int, isDown: Bool, isWritten: Bool = true) throws -> ReceivedTrap {
        let name: ObjectIdentifier = isDown ? "1.3.6.1.6.3.1.1.5.3" : "1.3.6.1.6.3.1.1.5.4"
        let source = TransportAddress(parsing: "\(devices[place].address):162")
        guard let source else { throw PipelineError(.invalidRequest, message: "no address") }
        let pdu = PDU(
            type: .trapV2, requestID: 1,
            varBinds: [
                VarBind("1.3.6.1.6.3.1.1.4.1.0", .objectIdentifier(name)),
                VarBind("1.3.6.1.2.1.2.2.1.1.1", .integer(1)),
            ])
        let notification = try SNMPNotification(
            pdu, from: source, version: .v2c, sender: .community(isKnown: true),
            receivedAtUnixMilliseconds: clock.now.milliseconds)
        if isWritten { set(place, isDown: isDown) }
        return ReceivedTrap(notification, device: devices[place], interface: ports[place])
    }

    /// The row of a port as the catalog has it.
    func set(_ place: Int, isDown: Bool) {
        let (id, now) = (ports[place].id, clock.now)
        inventory.state.withLock { state in
            state.live[id]?.facts.operStatus = isDown ? 2 : 1
            state.live[id]?.updatedAt = now
            state.revision += 1
        }
    }

    func status(_ place: Int, isDown: Bool) -> StatusChange {
        .interface(
            InterfaceStatusChange(
                deviceID: devices[place].id, interfaceID: ports[place].id, adminBefore: 1, admin: 1, operBefore: 0,
                oper: isDown ? 2 : 1, at: clock.now))
    }

    func context() -> JobContext {
        let run = JobRun(job: PipelineJobs.checkThresholds, trigger: .schedule, scheduledAt: clock.now)
        return JobContext(run: run, clock: clock, logger: log.logger)
    }

    /// Lets tasks work, while no time passes, until something holds; false where it does not in a long while.
    func settle(until isMet: @Sendable () -> Bool) async -> Bool {
        for _ in 0..<2_000_000 {
            if isMet() { return true }
            await Task.yield()
        }
        return false
    }

    /// Lets tasks work and time pass until something holds; false where it does not in a long while.
    func pass(bySeconds step: Double = 0.05, most: Int = 4_000, until isMet: @Sendable () -> Bool) async -> Bool {
        for _ in 0..<most {
            for _ in 0..<20 { await Task.yield() }
            if isMet() { return true }
            clock.advance(bySeconds: step)
        }
        return false
    }
}
