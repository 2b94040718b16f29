/// What is known of the engine behind one address, and what each request to it does next (RFC 3414 section 4).
///
/// Pure: messages are checked elsewhere, the time is an argument, and requests are numbers.
///
/// - One request asks for the engine ID; the others wait for its answer. What it learns serves all that follow.
/// - What anyone could have sent never changes what an authenticated message proved: another engine ID becomes a rival,
///   which takes over when a message authenticated under it arrives.
/// - Every correction a Report brings is bounded for each request.
/// - Boots and time that anyone could have sent go into one message of a request and judge none: the authenticated
///   answer to it moves the clock. So an agent that restarted is found again, though it does not sign its Reports.
struct EngineDiscoveryStateMachine {
    /// An engine as far as it is known.
    struct Engine: Hashable, Sendable {
        let id: EngineID
        var clock = EngineClock()
        /// A message under it was authenticated, or an answer came where nothing is authenticated.
        var isProven = false
        /// The largest message it takes; 0 if it said nothing sensible.
        var sizeMax: Int32 = 0
    }

    enum Stage: Hashable, Sendable {
        case idle
        /// Its message under way asks for the engine ID.
        case discovering
        /// Nothing of it is under way: another request asks for the engine ID.
        case waiting
        /// Its message under way is the request itself.
        case asking
    }

    /// What one request has been through.
    struct Request: Hashable, Sendable {
        var stage = Stage.idle
        /// Its messages go to the rival engine.
        var usesRival = false
        /// Messages sent, of either kind: the last one's number, counted from 1.
        var messages = 0
        var resynchronisations = 0
        var rediscoveries = 0
        /// Boots and time nobody vouches for, which its next message carries.
        var hint: EngineClock.Reading?
        /// It has had its one hint.
        var hasUsedHint = false
    }

    enum Step: Hashable, Sendable {
        case sendDiscovery
        case sendRequest
        /// Send nothing for now.
        case wait
        /// The message changes nothing.
        case ignore
        /// It changes nothing, though it would have without a session that works.
        case distrust
        case fail(SecurityFault.Kind)
    }

    static let messagesMax = 31
    static let correctionsMax = 2
    /// Milliseconds of silence after which a request begins by asking for the engine ID again.
    static let silenceMilliseconds: UInt64 = 15_000
    /// Milliseconds a rival is asked for, and in which no other one is: each costs the making of keys.
    static let rivalMilliseconds: UInt64 = 60_000
    /// Milliseconds in which an engine's clock is set back once: msgIDs recur, and with them what was recorded.
    static let setBackMilliseconds: UInt64 = 3_600_000

    private(set) var current: Engine?
    private(set) var rival: Engine?
    /// The request that asks for the engine ID.
    private(set) var discoverer: Int?
    /// When the engine last named itself in answer to a discovery.
    private(set) var discoveredAt: UInt64?
    private var silentSince: UInt64?
    private var repetitions = 0
    private var rivalNamedAt: UInt64?
    private var setBackAt: UInt64?
    /// How often a rival took over.
    private(set) var replacements: UInt32 = 0
    /// How often the clock was set back.
    private(set) var setBacks: UInt32 = 0

    /// The engine a request goes to, with the boots and time its next message carries.
    func engine(_ request: Request) -> Engine? {
        var engine = request.usesRival ? rival ?? current : current
        if let hint = request.hint { engine?.clock.carry(hint) }
        return engine
    }

    /// A message of the request is due: its first, or one after a silence.
    ///
    /// `isDiscovererAlive` says whether the request in `discoverer` is still under way. As long as the user is not
    /// proven, a silence leads to another discovery: its answer tells a request that is refused without a word from a
    /// dead agent.
    mutating func messageDue(
        _ number: Int, _ request: inout Request, isDiscovererAlive: Bool, isProven: Bool, at now: UInt64
    ) -> Step {
        guard request.messages < Self.messagesMax else { return .wait }
        request.hint = nil
        expireRival(at: now)
        var isDoubtful = request.messages == 0 ? isSilent(at: now) : request.stage == .discovering
        if request.stage == .asking {
            repetitions += 1
            if rival != nil { request.usesRival.toggle() }
            isDoubtful = !isProven
        }
        guard current == nil || isDoubtful else { return sendRequest(&request, at: now) }
        if let discoverer, discoverer != number, isDiscovererAlive {
            request.stage = .waiting
            return .wait
        }
        discoverer = number
        request.stage = .discovering
        request.messages += 1
        return .sendDiscovery
    }

    private mutating func expireRival(at now: UInt64) {
        guard rival != nil, let rivalNamedAt, now >= rivalNamedAt + Self.rivalMilliseconds else { return }
        rival = nil
    }

    private func isSilent(at now: UInt64) -> Bool {
        guard let silentSince else { return false }
        return repetitions >= 2 || now > silentSince + Self.silenceMilliseconds
    }

    private mutating func sendRequest(_ request: inout Request, at now: UInt64) -> Step {
        guard request.messages < Self.messagesMax else { return .wait }
        if silentSince == nil { silentSince = now }
        request.stage = .asking
        request.messages += 1
        return .sendRequest
    }

    /// Another request's discovery ended: this one, which waited, goes on.
    mutating func discoveryEnded(_ request: inout Request, at now: UInt64) -> Step {
        guard request.stage == .waiting, current != nil else { return .ignore }
        request.usesRival = false
        return sendRequest(&request, at: now)
    }

    /// An authenticated message of an engine: moves its clock and says whether the message counts.
    mutating func authenticMessageReceived(
        _ id: EngineID, boots: Int32, time: Int32, sizeMax: Int32, at now: UInt64
    ) -> EngineClock.Verdict {
        var verdict = EngineClock.Verdict.outsideWindow
        update(id) { verdict = $0.clock.messageReceived(boots: boots, time: time, at: now) }
        if verdict == .inWindow { prove(id, sizeMax) }
        return verdict
    }

    /// An answer to a user without authentication: all there is to prove such an engine.
    mutating func plainResponseReceived(_ id: EngineID, sizeMax: Int32) { prove(id, sizeMax) }

    private mutating func prove(_ id: EngineID, _ sizeMax: Int32) {
        silentSince = nil
        repetitions = 0
        if rival?.id == id {
            current = rival
            replacements &+= 1
            // Who takes over has the keys: devices that share an address may take turns.
            rivalNamedAt = nil
        }
        if current?.id == id { rival = nil }
        update(id) {
            $0.isProven = true
            $0.sizeMax = sizeMax >= V3Header.sizeMin ? sizeMax : 0
        }
    }

    private mutating func update(_ id: EngineID, _ change: (inout Engine) -> Void) {
        if var engine = current, engine.id == id {
            change(&engine)
            current = engine
        } else if var engine = rival, engine.id == id {
            change(&engine)
            rival = engine
        }
    }

    /// Anything that answers a discovery names the engine.
    mutating func discoveryAnswered(
        _ id: EngineID?, boots: Int32, time: Int32, _ request: inout Request, at now: UInt64
    ) -> Step {
        discoverer = nil
        guard let id, id.isUsable else {
            if current?.isProven == true { return .distrust }
            request.stage = .idle
            return .fail(.invalidEngineID)
        }
        discoveredAt = now
        silentSince = nil
        repetitions = 0
        request.usesRival = engineNamed(id, boots: boots, time: time, at: now) == .rival
        if let current, current.id == id, boots > 0 || time > 0,
            current.clock.disagrees(boots: boots, time: time, at: now)
        {
            _ = takeHint(boots: boots, time: time, &request, at: now)
        }
        return sendRequest(&request, at: now)
    }

    /// Lets the request's next message carry what nobody vouches for, once; false if it has had its hint.
    private func takeHint(boots: Int32, time: Int32, _ request: inout Request, at now: UInt64) -> Bool {
        guard !request.hasUsedHint else { return false }
        request.hasUsedHint = true
        request.hint = EngineClock.Reading(boots: boots, time: time, at: now)
        return true
    }

    private enum Naming {
        case current
        case rival
        /// Another rival was named a short while ago.
        case refused
    }

    /// Takes over an engine ID nobody vouches for, as the current one or as the rival of a proven one.
    private mutating func engineNamed(_ id: EngineID, boots: Int32, time: Int32, at now: UInt64) -> Naming {
        var engine = Engine(id: id)
        engine.clock.hintReceived(boots: boots, time: time, at: now)
        guard let known = current, known.id == id || known.isProven else {
            current = engine
            rival = nil
            return .current
        }
        guard known.id != id else { return .current }
        if rival?.id == id { return .rival }
        if let rivalNamedAt, now < rivalNamedAt + Self.rivalMilliseconds { return .refused }
        rival = engine
        rivalNamedAt = now
        return .rival
    }

    /// A Report whose msgID is that of the request's last message.
    ///
    /// `isProven` says whether the user has had an authenticated message from the engine before.
    mutating func reportReceived(
        _ report: V3Report, from id: EngineID?, boots: Int32, time: Int32, isAuthentic: Bool, isProven: Bool,
        _ request: inout Request, at now: UInt64
    ) -> Step {
        if request.stage == .discovering {
            return discoveryAnswered(id, boots: boots, time: time, &request, at: now)
        }
        guard request.stage == .asking else { return .ignore }
        switch report {
        case .unknownEngineID where !isAuthentic:
            return unknownEngineIDReceived(id, boots: boots, time: time, &request, at: now)
        case .notInTimeWindow:
            return notInTimeWindowReceived(id, boots: boots, time: time, isAuthentic, &request, at: now)
        default:
            guard let fault = report.fault else { return .ignore }
            return isProven && !isAuthentic ? .distrust : .fail(fault)
        }
    }

    private mutating func unknownEngineIDReceived(
        _ id: EngineID?, boots: Int32, time: Int32, _ request: inout Request, at now: UInt64
    ) -> Step {
        let isProven = current?.isProven == true
        request.rediscoveries += 1
        guard let id, id.isUsable else { return isProven ? .distrust : .fail(.invalidEngineID) }
        guard request.rediscoveries <= Self.correctionsMax, id != engine(request)?.id else {
            return isProven ? .distrust : .fail(.unknownEngineID)
        }
        let naming = engineNamed(id, boots: boots, time: time, at: now)
        guard naming != .refused else { return .distrust }
        request.usesRival = naming == .rival
        request.hint = nil
        return sendRequest(&request, at: now)
    }

    private mutating func notInTimeWindowReceived(
        _ id: EngineID?, boots: Int32, time: Int32, _ isAuthentic: Bool, _ request: inout Request, at now: UInt64
    ) -> Step {
        guard let id, id == engine(request)?.id else { return .distrust }
        if isAuthentic {
            guard mayResynchronise(to: boots, time, engine(request), at: now) else { return .distrust }
            request.hint = nil
            update(id) { $0.clock.resynchronised(boots: boots, time: time, at: now) }
            if boots == EngineClock.bootsMax { return .fail(.bootsLatched) }
            prove(id, engine(request)?.sizeMax ?? 0)
            request.usesRival = false
        } else {
            // Some agents do not sign this Report. It fills in first requests, and of others one message.
            if engine(request)?.clock.authenticated == nil {
                update(id) { $0.clock.hintReceived(boots: boots, time: time, at: now) }
            } else if !takeHint(boots: boots, time: time, &request, at: now) {
                return .distrust
            }
        }
        request.resynchronisations += 1
        guard request.resynchronisations <= Self.correctionsMax else { return .fail(.notInTimeWindow) }
        return sendRequest(&request, at: now)
    }

    /// Whether a signed Report may set the clock: forward always, back once an hour.
    private mutating func mayResynchronise(
        to boots: Int32, _ time: Int32, _ engine: Engine?, at now: UInt64
    ) -> Bool {
        guard engine?.clock.isBefore(boots: boots, time: time) == true else { return true }
        if let setBackAt, now < setBackAt + Self.setBackMilliseconds { return false }
        setBackAt = now
        setBacks &+= 1
        return true
    }

    /// Takes over what an earlier process knew.
    mutating func recalled(_ id: EngineID, boots: Int32, time: Int64, at now: UInt64) {
        guard current == nil else { return }
        var engine = Engine(id: id)
        engine.clock.recalled(boots: boots, time: time, at: now)
        engine.isProven = true
        current = engine
    }
}
