/// The devices a request is made of again and again, and the receiver of the outcomes.
///
/// Made by `Engine.poll(_:everyMilliseconds:receiver:)`. All methods may be called from any thread, also from within the
/// receiver. The polls end with `end`, when the subscription is released, or when the engine is shut down; nothing is
/// reported of them then.
public final class PollSubscription: Sendable {
    private let id: UInt64
    private let loops: [IOLoop]

    init(id: UInt64, loops: [IOLoop]) {
        self.id = id
        self.loops = loops
    }

    deinit { for loop in loops { loop.post(.close(id)) } }

    /// Adds a device under a key of the caller's choice; one with this key already is replaced.
    ///
    /// It is polled once in each interval, at a phase that follows from its address, so that the devices are spread over
    /// the interval and keep their times after a restart; `phaseMilliseconds` sets another. A target with a value out of
    /// its range is reported as `invalidArgument` by each outcome. The first use of a user's pass phrases in the process
    /// makes keys of them, which takes milliseconds.
    public func add(_ target: Target, key: UInt64, phaseMilliseconds: UInt32? = nil) {
        let home = IOLoop.home(of: target.address, among: loops.count)
        // A user's keys take milliseconds: they are made here and not on the I/O thread.
        let processing = CommunityProcessing(target.credential)
        for (number, loop) in loops.enumerated() {
            loop.post(number == home ? .add(id, target, processing, key, phaseMilliseconds) : .remove(id, key))
        }
    }

    /// Takes a device out.
    ///
    /// An outcome that is on its way may still arrive.
    public func remove(key: UInt64) {
        for loop in loops { loop.post(.remove(id, key)) }
    }

    /// Asks for a full poll at once, beside the regular ones; does nothing where one is under way.
    public func pollNow(key: UInt64) {
        for loop in loops { loop.post(.pollNow(id, key)) }
    }

    /// Ends all polls.
    ///
    /// No outcome is reported after this has returned. Waits for calls of the receiver that are going on, except for one
    /// it is called from, and for those that wait for the same end.
    public func end() {
        let id = id
        for loop in loops { loop.ask(among: loops, afterReports: true) { $0.endSubscription(id) } }
    }
}

extension Engine {
    /// Makes a request of many devices again and again, once in each interval.
    ///
    /// Add the devices to the subscription that is returned, and keep it: the polls end when it is released. The outcomes
    /// go to `receiver`, on the I/O threads.
    ///
    /// - A device slower than its interval is not polled twice at once: see `PollOutcome.missed`.
    /// - A device that did not answer three times in a row is only probed, by one request for sysUpTime, at intervals that
    ///   double up to eight intervals or ten minutes. Once it answers, the poll goes on in full.
    /// - Intervals run from 100 ms to 7 days. Throws `invalidArgument` for others, and for requests without names.
    public func poll(
        _ request: TableRequest, everyMilliseconds: UInt32, receiver: some PollReceiver
    ) throws(SNMPError) -> PollSubscription {
        if let fault = request.fault { throw SNMPError(.invalidArgument(fault), operation: .table) }
        guard (100...604_800_000).contains(everyMilliseconds) else {
            throw SNMPError(.invalidArgument("everyMilliseconds must be 100 to 604800000"), operation: .table)
        }
        return subscribe { PollGroup(id: $0, request, everyMilliseconds, receiver) }
    }
}
