public import Inventory
public import Traffic

/// What is known of all interfaces, and which of their conditions hold.
///
/// Facts come in as they are read; signals go out for what holds and for what has ceased to. What cannot be told (a
/// device that does not answer, rates that have grown old) is left as it was.
public struct PortBook: Sendable {
    /// Intervals after which a rate is not believed any more.
    static let freshIntervals = 2.5
    /// Seconds by which what was read earlier may come later; what seems older comes after the clock was set back.
    private static let lateSecondsMax = 600.0

    private(set) var ports: [WatchedPort] = []
    private var places: [InterfaceID: Int32] = [:]
    private var devices: [DeviceID] = []
    private var devicePlaces: [DeviceID: Int32] = [:]
    private var isSilent: [Bool] = []
    private var rules = AlertRuleBook([])
    private var laws: [PortLaw] = []
    private var transitions: [Int32: TransitionRing] = [:]
    private var touched: Set<Int32> = []
    private var changes: [PortChange] = []
    private var inventory = AlertInventory()

    /// No interface.
    public init() {}

    // MARK: - Inventory

    /// Takes over an inventory and rules; answers what is not looked at any more.
    ///
    /// What is known of an interface stays with it.
    public mutating func revise(_ new: AlertInventory, _ book: AlertRuleBook, at now: Timestamp) -> [AlertSignal] {
        let before = self
        self = PortBook()
        (inventory, rules, laws, changes) = (new, book, book.rules.map(PortLaw.init), before.changes)
        for device in new.devices.keys.sorted() {
            devicePlaces[device] = Int32(devices.count)
            devices.append(device)
            isSilent.append(before.isSilent(device))
        }
        ports.reserveCapacity(new.interfaces.count)
        for (id, interface) in new.interfaces {
            guard let device = new.devices[interface.deviceID], let place = devicePlaces[device.id] else { continue }
            let known = before.isSame(interface, device, book) ? before.places[id] : nil
            let found = known.map { before.ports[Int($0)].rules } ?? book.places(of: interface, on: device)
            let row = add(WatchedPort(interface, device: place, rules: found), after: before)
            noteRow(interface, row, before, at: now)
            noteDuplex(interface, before, at: now)
        }
        return before.ports.lazy.filter { $0.holding != 0 }.flatMap { before.unwatched($0, in: self, at: now) }
    }

    /// Whether nothing that a rule may ask for is other than it was.
    private func isSame(_ interface: Interface, _ device: Device, _ book: AlertRuleBook) -> Bool {
        guard book.revision == rules.revision, let old = inventory.interfaces[interface.id],
            let oldDevice = inventory.devices[device.id]
        else { return false }
        return old.asksTheSame(as: interface) && oldDevice.asksTheSame(as: device)
    }

    private mutating func add(_ new: WatchedPort, after before: PortBook) -> Int32 {
        var port = new
        let place = Int32(ports.count)
        if let known = before.places[port.id] {
            port.keep(before.ports[Int(known)])
            transitions[place] = before.transitions[known]
            if before.touched.contains(known) { touched.insert(place) }
        }
        places[port.id] = place
        ports.append(port)
        return place
    }

    /// A status in the inventory is news where it is another one than before, and a discovery read it after all else.
    private mutating func noteRow(_ interface: Interface, _ place: Int32, _ before: PortBook, at now: Timestamp) {
        guard let old = before.inventory.interfaces[interface.id] else { return }
        let (admin, oper) = (interface.facts.adminStatus, interface.facts.operStatus)
        guard old.facts.adminStatus != admin || old.facts.operStatus != oper else { return }
        let time = min(interface.lastDiscoveredAt, now)
        guard time.milliseconds >= ports[Int(place)].statusAt else { return }
        setStatus(place, admin: UInt8(clamping: admin ?? 0), oper: UInt8(clamping: oper ?? 0), at: time)
        touched.insert(place)
    }

    /// The inventory tells the duplex of interfaces that are up, and only there: without a link it says nothing.
    private mutating func noteDuplex(_ interface: Interface, _ before: PortBook, at now: Timestamp) {
        guard interface.isWatchedForAlerts, let after = interface.facts.duplex, let place = before.places[interface.id],
            let known = before.ports[Int(place)].duplex, known != after
        else { return }
        changes.append(PortChange(id: interface.id, kind: .duplex(before: known, after: after), at: now))
    }

    /// The conditions of a port that hold and that nobody looks at in a newer book.
    private func unwatched(_ port: WatchedPort, in new: PortBook, at now: Timestamp) -> [AlertSignal] {
        let successor = new.places[port.id].map { new.ports[Int($0)] }
        let kept = successor.map { $0.isWatched ? $0.holding : 0 } ?? 0
        return AlertCondition.ofPorts.compactMap { condition in
            guard let place = condition.portPlace, port.holding & ~kept & (1 << UInt16(place)) != 0,
                port.rules[place] >= 0
            else { return nil }
            let key = AlertKey(entity: .interface(port.id, of: devices[Int(port.device)]), condition: condition)
            let reason = Self.reason(successor, place)
            return .unwatched(key, by: rules.rules[Int(port.rules[place])], at: now, because: reason)
        }
    }

    private static func reason(_ successor: WatchedPort?, _ place: Int) -> String {
        guard let successor else { return "the interface is gone" }
        return successor.isWatched ? "no rule asks for it any more" : "the interface is not monitored any more"
    }

    /// Tells what alerts were open when the program started, so that they go on.
    public mutating func adopt(_ open: [AlertKey], at now: Timestamp) {
        for key in open {
            guard let id = key.entity.interfaceID, let place = places[id], let bit = key.condition.portPlace else {
                continue
            }
            ports[Int(place)].holding |= 1 << UInt16(bit)
            if key.condition == .interfaceFlapping, transitions[place] == nil {
                transitions[place] = TransitionRing(knownSince: now)
            }
        }
    }

    /// Whether the conditions of an interface hold is told with the next news.
    mutating func touch(_ id: InterfaceID) {
        if let place = places[id] { touched.insert(place) }
    }

    /// What is known of an interface; nil where it is not.
    func port(_ id: InterfaceID) -> WatchedPort? { places[id].map { ports[Int($0)] } }

    /// The clock was set back.
    mutating func noteClock(_ now: Timestamp) {
        for place in ports.indices { ports[place].noteClock(now.milliseconds) }
    }

    // MARK: - Facts

    private func isSilent(_ device: DeviceID) -> Bool {
        devicePlaces[device].map { isSilent[Int($0)] } ?? false
    }

    /// A device began or ceased to be silent: while it is, nothing of its interfaces can be told.
    public mutating func setSilent(_ device: DeviceID, _ silent: Bool) {
        guard let place = devicePlaces[device], isSilent[Int(place)] != silent else { return }
        isSilent[Int(place)] = silent
    }

    /// Takes rates as they were read.
    public mutating func take(_ rates: [InterfaceRates]) {
        for one in rates { take(one) }
    }

    private mutating func take(_ one: InterfaceRates) {
        guard let place = places[one.interfaceID] else { return }
        let reading = one.reading
        guard !isLate(reading.at, after: ports[Int(place)].ratesAt) else { return }
        let life = Double(reading.intervalSeconds) * Self.freshIntervals
        ports[Int(place)].take(one, freshUntil: reading.at.advanced(bySeconds: life).milliseconds)
        noteSpeed(reading, place)
        setStatus(place, admin: reading.adminStatus, oper: reading.operStatus, at: reading.at)
        touched.insert(place)
    }

    /// Takes ifAdminStatus and ifOperStatus as a poll or a trap told them; 0 for what is not known.
    public mutating func take(status id: InterfaceID, admin: UInt8, oper: UInt8, at time: Timestamp) {
        guard let place = places[id] else { return }
        setStatus(place, admin: admin, oper: oper, at: time)
        touched.insert(place)
    }

    /// Whether something newer is known.
    private func isLate(_ time: Timestamp, after known: Int64) -> Bool {
        guard known != .min, time.milliseconds < known else { return false }
        return Double(known - time.milliseconds) / 1000 <= Self.lateSecondsMax
    }

    private mutating func setStatus(_ place: Int32, admin: UInt8, oper: UInt8, at time: Timestamp) {
        let before = ports[Int(place)]
        guard admin > 0 || oper > 0, !isLate(time, after: before.statusAt) else { return }
        ports[Int(place)].statusAt = time.milliseconds
        if admin > 0 { ports[Int(place)].admin = admin }
        guard oper > 0 else { return }
        ports[Int(place)].oper = oper
        if oper == 1 { ports[Int(place)].wasUp = true }
        guard before.oper > 0, (before.oper == 1) != (oper == 1) else { return }
        transitions[place, default: TransitionRing()].add(time)
        changes.append(PortChange(id: before.id, kind: .status(isUp: oper == 1), at: time))
    }

    private mutating func noteSpeed(_ reading: CounterReading, _ place: Int32) {
        // A port without a link has none, or that of before, or its least.
        let oper = reading.operStatus > 0 ? reading.operStatus : ports[Int(place)].oper
        guard oper == 1, let speed = reading.ifSpeed, speed > 0 else { return }
        let before = ports[Int(place)].speed
        ports[Int(place)].speed = speed
        guard before > 0, before != speed else { return }
        changes.append(PortChange(id: ports[Int(place)].id, kind: .speed(before: before, after: speed), at: reading.at))
    }

    /// What changed since this was asked last, in the order in which it was read.
    public mutating func takeChanges() -> [PortChange] {
        defer { changes = [] }
        return changes
    }

    // MARK: - Signals

    /// What holds of all interfaces, and what has ceased to since it was last asked.
    public mutating func signals(at now: Timestamp) -> [AlertSignal] {
        touched.removeAll(keepingCapacity: true)
        var signals: [AlertSignal] = []
        let time = now.milliseconds
        for place in ports.indices where !isSilent[Int(ports[place].device)] {
            judge(place, now, time, &signals)
        }
        judgeFlapping(Array(transitions.keys), now, &signals)
        return signals
    }

    /// The same of those of which something was read since it was last asked.
    public mutating func signalsOfNews(at now: Timestamp) -> [AlertSignal] {
        let news = touched.sorted()
        touched.removeAll(keepingCapacity: true)
        var signals: [AlertSignal] = []
        let time = now.milliseconds
        for place in news where !isSilent[Int(ports[Int(place)].device)] { judge(Int(place), now, time, &signals) }
        judgeFlapping(news.filter { transitions[$0] != nil }, now, &signals)
        return signals
    }

    private mutating func judge(_ index: Int, _ now: Timestamp, _ time: Int64, _ signals: inout [AlertSignal]) {
        for place in 0..<4 {
            let rule = ports[index].rules[place]
            guard rule >= 0, let holds = ports[index].holds(place, laws[Int(rule)], at: time) else { continue }
            note(holds, index, place, Int(rule), now, &signals)
        }
    }

    private mutating func note(
        _ holds: Bool, _ index: Int, _ place: Int, _ rule: Int, _ now: Timestamp, _ signals: inout [AlertSignal]
    ) {
        let bit = UInt16(1) << UInt16(place)
        guard holds || ports[index].holding & bit != 0 else { return }
        if holds { ports[index].holding |= bit } else { ports[index].holding &= ~bit }
        let port = ports[index]
        let condition = AlertCondition.ofPorts[place]
        let key = AlertKey(entity: .interface(port.id, of: devices[Int(port.device)]), condition: condition)
        // A rate is of when it was read, however often it is looked at.
        let isRead = condition.isRate && port.isWatched && port.ratesAt != .min
        let time = isRead ? Timestamp(milliseconds: min(port.ratesAt, now.milliseconds)) : now
        guard holds else { return signals.append(.clear(key, by: rules.rules[rule], at: time)) }
        let value =
            port.value(place) ?? transitions[Int32(index)].map { Double($0.count(since: now, rules.rules[rule])) }
        var signal = AlertSignal(key, by: rules.rules[rule], at: time, value: place == 0 ? nil : value)
        signal.message = AlertMessage.text(signal, inventory)
        signals.append(signal)
    }

    private mutating func judgeFlapping(_ news: [Int32], _ now: Timestamp, _ signals: inout [AlertSignal]) {
        let place = 4
        for index in news.sorted() where !isSilent[Int(ports[Int(index)].device)] {
            let rule = ports[Int(index)].rules[place]
            guard rule >= 0, let ring = transitions[index] else { continue }
            let isFlapping = ports[Int(index)].holding & 1 << UInt16(place) != 0
            let isWatched = ports[Int(index)].isWatched
            if let holds = isWatched ? ring.isFlapping(rules.rules[Int(rule)], at: now, before: isFlapping) : false {
                note(holds, Int(index), place, Int(rule), now, &signals)
            }
            if ring.isEmpty(at: now, rules.rules[Int(rule)]) { transitions[index] = nil }
        }
    }
}
