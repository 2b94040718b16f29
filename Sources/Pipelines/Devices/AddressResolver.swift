import Dispatch
import Inventory
public import Jobs
public import SNMP
import Synchronization

/// Looks host names up without holding anyone else up.
///
/// Numeric addresses are answered at once. Names are looked up on threads of their own, each name once at a time;
/// answers and failures are kept for a while. A caller waits for a bounded time and can be cancelled.
public final class AddressResolver: Sendable {
    /// Looks a name up, blocking the calling thread.
    public typealias LookUp = @Sendable (String) throws(SNMPError) -> TransportAddress

    private typealias Answer = Result<TransportAddress, SNMPError>
    private typealias Waiter = CheckedContinuation<Answer?, Never>

    private struct State {
        var kept: [String: (answer: Answer, until: Timestamp)] = [:]
        /// Who waits for a name that is being looked up.
        var waiting: [String: [Int: Waiter]] = [:]
        var abandoned: Set<Int> = []
        var nextID = 0
        var nextQueue = 0
    }

    private static let threads = 8
    private static let namesKeptMax = 100_000
    private static let failureSecondsKept = 30.0

    private let clock: any WallClock
    private let secondsKept: Double
    private let secondsMax: Double
    private let lookUp: LookUp
    private let queues: [DispatchQueue]
    private let state = Mutex(State())

    /// A resolver.
    ///
    /// - Parameters:
    ///   - secondsKept: How long an answer is used again; a failure for at most 30 s.
    ///   - secondsMax: How long a caller waits.
    public init(
        clock: any WallClock, secondsKept: Double, secondsMax: Double,
        lookUp: @escaping LookUp = AddressResolver.system
    ) {
        self.clock = clock
        self.secondsKept = secondsKept
        self.secondsMax = secondsMax
        self.lookUp = lookUp
        queues = (0..<Self.threads).map { DispatchQueue(label: "wardflux.names.\($0)") }
    }

    /// The system's resolver; the first address it gives.
    public static let system: LookUp = { name throws(SNMPError) in try TransportAddress.resolve(host: name)[0] }

    /// The address of a host and port; throws `nameResolution` where there is none, or none in time.
    public func address(of host: String, port: UInt16) async throws -> TransportAddress {
        if let numeric = TransportAddress(parsing: host.contains(":") ? "[\(host)]" : host, defaultPort: port) {
            return numeric
        }
        let name = host.lowercased()
        if let kept = kept(name) { return try kept.get().withPort(port) }
        guard let answer = await answerInTime(name) else {
            try Task.checkCancellation()
            throw PipelineError(
                .deviceFailed,
                message: "the name \(host) was not resolved within \(Wording.seconds(secondsMax)); "
                    + "check the name server, or give a numeric address")
        }
        return try answer.get().withPort(port)
    }

    private func kept(_ name: String) -> Answer? {
        let now = clock.now
        return state.withLock { state in
            guard let entry = state.kept[name], now < entry.until else { return nil }
            return entry.answer
        }
    }

    private func answerInTime(_ name: String) async -> Answer? {
        await withTaskGroup(of: Answer?.self) { group in
            group.addTask { await self.wait(for: name) }
            group.addTask {
                try? await self.clock.sleep(seconds: self.secondsMax)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }

    private func wait(for name: String) async -> Answer? {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                enlist(continuation, id: id, name: name)
            }
        } onCancel: {
            abandon(id, name)
        }
    }

    private func enlist(_ waiter: Waiter, id: Int, name: String) {
        enum Place { case abandoned, known(Answer), first(Int), waiting }
        let now = clock.now
        let place = state.withLock { state -> Place in
            if state.abandoned.remove(id) != nil { return .abandoned }
            // Answered between the first look and this one.
            if let entry = state.kept[name], now < entry.until { return .known(entry.answer) }
            let isFirst = state.waiting[name] == nil
            state.waiting[name, default: [:]][id] = waiter
            guard isFirst else { return .waiting }
            state.nextQueue = (state.nextQueue + 1) % Self.threads
            return .first(state.nextQueue)
        }
        switch place {
        case .abandoned: waiter.resume(returning: nil)
        case .known(let answer): waiter.resume(returning: answer)
        case .waiting: break
        case .first(let queue): queues[queue].async { self.answer(name) }
        }
    }

    /// Runs on a thread of its own.
    private func answer(_ name: String) {
        let answer: Answer
        do throws(SNMPError) {
            answer = .success(try lookUp(name))
        } catch {
            answer = .failure(error)
        }
        let isSuccess = if case .success = answer { true } else { false }
        let seconds = isSuccess ? secondsKept : min(secondsKept, Self.failureSecondsKept)
        let until = clock.now.advanced(bySeconds: seconds)
        let waiters = state.withLock { state in
            if state.kept.count >= Self.namesKeptMax { state.kept = [:] }
            state.kept[name] = (answer, until)
            return state.waiting.removeValue(forKey: name) ?? [:]
        }
        for waiter in waiters.values { waiter.resume(returning: answer) }
    }

    private func abandon(_ id: Int, _ name: String) {
        let waiter = state.withLock { state -> Waiter? in
            if let waiter = state.waiting[name]?.removeValue(forKey: id) { return waiter }
            state.abandoned.insert(id)
            return nil
        }
        waiter?.resume(returning: nil)
    }
}
