public import Inventory
public import Traffic

/// The past, run through the very engine that judges the present: which alerts rules would have made, and who would
/// have been told.
///
/// Facts are given in the order of time, in pieces of any size; what is kept does not grow with them. What operators
/// said of alerts is left out. Facts of devices and interfaces that are not in the inventory are passed over.
public struct AlertReplay: Sendable {
    /// Where a reading belongs.
    private struct Place {
        var port: Int
        var device: DeviceID
    }

    private let settings: AlertReplaySettings
    private let inventory: AlertInventory
    private var places: [InterfaceID: Place] = [:]
    private var engine = AlertEngine()
    private var relevance: ReplayRelevance
    private var rates: ReplayRates
    private var polls: ReplayPolls
    private var foresight = ReplayForesight()
    private var book: ReplayBook
    /// What devices that are asked at once will have said, and when that is known.
    private var answers: [(device: DeviceID, hasAnswered: Bool)] = []
    private var answersAt: Timestamp?
    /// When news is looked at; nil where there is none.
    private var newsAt: Timestamp?
    /// When time alone changes something; nil where it does not.
    private var dueAt: Timestamp?
    private var checkAt: Timestamp
    /// What was found and not judged yet.
    private var unjudged: Set<AlertKey> = []

    /// Seconds after which a device that is asked at once has answered or has not.
    private static let probeSeconds = 1.0
    /// What is due now was just looked at.
    private static let pauseSeconds = 0.25
    /// Facts between two questions whether to go on.
    private static let factsBetween = 4_096

    /// A replay that was told nothing yet.
    ///
    /// - Parameters:
    ///   - inventory: devices and interfaces; their status as it was at `start`, or not known.
    ///   - start: the time of the first fact; before `settings.from`, so that the engine knows how things stood then.
    public init(
        _ law: AlertReplayLaw, inventory: AlertInventory, quiet: QuietBook = QuietBook(), start: Timestamp,
        settings: AlertReplaySettings, rateLaw: RateLaw = RateLaw()
    ) {
        (self.settings, self.inventory) = (settings, inventory)
        relevance = ReplayRelevance(law.rules, waitSeconds: settings.waitSeconds)
        rates = ReplayRates(law: rateLaw)
        polls = ReplayPolls(law: rateLaw)
        book = ReplayBook(settings)
        checkAt = start
        engine.revise(inventory, rules: law.rules, at: start)
        engine.revise(law.routes, keepsState: law.keepsState)
        engine.revise(quiet)
        for (place, port) in engine.ports.ports.enumerated() {
            guard let device = inventory.interfaces[port.id]?.deviceID else { continue }
            places[port.id] = Place(port: place, device: device)
        }
    }

    // MARK: - What is given

    /// Takes what comes next, ascending by time; false where it was told to stop, and is of no use any more.
    ///
    /// - Parameter goesOn: asked now and then.
    @discardableResult
    public mutating func take(_ facts: [AlertReplayFact], goesOn: () -> Bool = { true }) -> Bool {
        if settings.infersSilence {
            let places = places
            foresight = ReplayForesight(facts) { places[$0]?.device }
        }
        for (number, fact) in facts.enumerated() {
            if number % Self.factsBetween == 0, !goesOn() { return false }
            pass(to: fact.at)
            apply(fact)
        }
        return true
    }

    /// Ends the replay: all that was found up to the end of the range.
    public mutating func finish() -> AlertReplayResult {
        foresight = ReplayForesight()
        pass(to: settings.to)
        evaluate(at: settings.to, isFull: true)
        return book.result(pauses: polls.pauses(until: settings.to))
    }

    // MARK: - Facts

    private mutating func apply(_ fact: AlertReplayFact) {
        switch fact {
        case .reading(let id, let reading): read(id, reading)
        case .status(let id, let admin, let oper, let time):
            guard let place = places[id] else { return }
            // Whoever tells of its ports is heard.
            hear(place.device, at: time)
            note(id, at: time) { $0.take(status: id, admin: admin, oper: oper, at: time) }
        case .heard(let device, let time): if isKnown(device) { hear(device, at: time) }
        case .failed(let device, let askedAt, let time): if isKnown(device) { fail(device, askedAt, time) }
        case .silent(let device, let time):
            if isKnown(device) { fall(device, at: time) }
        case .occurrence(let one): take(one)
        case .findings(_, let find): for one in find(Set(engine.ledger.open.keys)) { take(one) }
        case .event(let event): engine.note(event)
        case .wiring(let graph, let time):
            engine.revise(graph, waitSeconds: settings.waitSeconds)
            hasNews(at: time)
        }
    }

    private func isKnown(_ device: DeviceID) -> Bool { inventory.devices[device] != nil }

    private mutating func read(_ id: InterfaceID, _ reading: CounterReading) {
        guard let place = places[id] else { return }
        if settings.infersSilence {
            polls.read(place.device, at: reading.at, intervalSeconds: reading.intervalSeconds)
            hear(place.device, at: reading.at)
        }
        guard let new = rates.next(id, reading) else { return }
        if settings.infersSilence, rates.showsRestart(new, of: place.device) { tellRestart(place.device, reading.at) }
        note(id, at: reading.at) { $0.take([new]) }
    }

    private mutating func tellRestart(_ device: DeviceID, _ time: Timestamp) {
        take(AlertOccurrence(AlertKey(entity: .device(device), condition: .deviceRestarted), at: time))
        let name = inventory.devices[device]?.name ?? "a device"
        engine.note(AlertEvent(at: time, deviceID: device, "\(name) started anew"))
    }

    /// Changes what is known of an interface, and looks whether that is news.
    private mutating func note(_ id: InterfaceID, at time: Timestamp, _ change: (inout AlertEngine) -> Void) {
        guard let place = places[id] else { return }
        let before = engine.ports.ports[place.port]
        change(&engine)
        let after = engine.ports.ports[place.port]
        if relevance.isTelling(from: before, to: after, place: place.port, at: time) { hasNews(at: time) }
    }

    private mutating func hear(_ device: DeviceID, at time: Timestamp) {
        let before = engine.network.devices[device]
        engine.heard(device, at: time)
        if before?.silentAt != nil || relevance.isAnswerTelling(after: before?.lastHeardAt) { hasNews(at: time) }
    }

    private mutating func fail(_ device: DeviceID, _ askedAt: Timestamp, _ time: Timestamp) {
        let before = engine.network.devices[device]?.lastFailedAt
        engine.failed(device, askedAt: askedAt, at: time)
        if relevance.isFailureTelling(after: before) { hasNews(at: time) }
    }

    private mutating func fall(_ device: DeviceID, at time: Timestamp) {
        guard engine.network.devices[device]?.silentAt == nil else { return }
        engine.silent(device, at: time)
        relevance.noteSilence(at: time)
        hasNews(at: time)
    }

    /// As the desk takes it: what was not open and has ceased is no news.
    private mutating func take(_ one: AlertOccurrence) {
        guard one.holds || engine.ledger.open[one.key] != nil || unjudged.contains(one.key) else { return }
        unjudged.insert(one.key)
        engine.take(one)
        hasNews(at: one.at)
    }

    private mutating func hasNews(at time: Timestamp) {
        guard newsAt == nil else { return }
        newsAt = Timestamp(milliseconds: time.milliseconds + Int64(settings.settleMilliseconds))
    }

    // MARK: - Time

    /// Does what is due before a time.
    private mutating func pass(to time: Timestamp) {
        while nextTime < time {
            let next = nextTime
            if let due = polls.nextDue, due <= next { takeMissed(by: next) }
            if let due = answersAt, due <= next { takeAnswers(at: next) }
            if checkAt <= next {
                evaluate(at: next, isFull: true)
            } else if isNewsDue(at: next) {
                evaluate(at: next, isFull: false)
            }
        }
    }

    /// Asked before each fact: no lists are made.
    private var nextTime: Timestamp {
        var next = checkAt
        if let newsAt { next = min(next, newsAt) }
        if let dueAt { next = min(next, dueAt) }
        if let answersAt { next = min(next, answersAt) }
        if let due = polls.nextDue { next = min(next, due) }
        return next
    }

    private func isNewsDue(at now: Timestamp) -> Bool {
        newsAt.map { $0 <= now } == true || dueAt.map { $0 <= now } == true
    }

    private mutating func takeMissed(by now: Timestamp) {
        for poll in polls.missed(by: now) {
            fail(poll.device, poll.askedAt, now)
            if poll.isSilent { fall(poll.device, at: now) }
        }
    }

    private mutating func takeAnswers(at now: Timestamp) {
        let given = answers
        (answers, answersAt) = ([], nil)
        let askedAt = now.advanced(bySeconds: -Self.probeSeconds)
        for one in given {
            if one.hasAnswered {
                engine.heard(one.device, at: now)
            } else {
                engine.failed(one.device, askedAt: askedAt, at: now)
            }
        }
        hasNews(at: now)
    }

    private mutating func evaluate(at now: Timestamp, isFull: Bool) {
        let outcome = engine.evaluate(at: now, isFull: isFull)
        (newsAt, unjudged) = (nil, [])
        relevance.noteEvaluation(of: engine, at: now)
        if isFull { checkAt = now.advanced(bySeconds: max(1, settings.checkSeconds)) }
        dueAt = outcome.nextAt.map { $0 > now ? $0 : now.advanced(bySeconds: Self.pauseSeconds) }
        book.take(outcome, at: now)
        if settings.infersSilence { ask(outcome.probes, at: now) }
    }

    /// Asks devices at once, as far as what was read later tells what they would have said.
    private mutating func ask(_ devices: [DeviceID], at now: Timestamp) {
        for device in devices where !answers.contains(where: { $0.device == device }) {
            guard let poll = polls.next(of: device) else { continue }
            // One of which a poll is missing is as it was then.
            let said = poll.isLate ? false : foresight.isRead(device, after: now, by: poll.until)
            guard let hasAnswered = said else { continue }
            answers.append((device, hasAnswered))
            answersAt = answersAt ?? now.advanced(bySeconds: Self.probeSeconds)
        }
    }
}
