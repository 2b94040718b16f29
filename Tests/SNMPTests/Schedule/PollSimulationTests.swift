import Testing

@testable import SNMP

/// A fleet in simulated time: the real schedule, budgets, timeouts and breakers, over a network that loses packets.
private struct FleetSimulation: ~Copyable {
    static let interval: UInt32 = 60_000
    static let requestsPerPoll = 8
    private static let step: UInt64 = 4

    private enum Event {
        case answer(request: Int, number: Int)
        case timer(request: Int)
    }

    private struct Request {
        var device: Int
        var machine: RequestStateMachine
        var sentAt: UInt64
        var isDone = false
        var transmissions = 0
    }

    private struct Poll {
        var waiting = FleetSimulation.requestsPerPoll
        var answered = 0
        var retransmissions = 0
        var failures = 0
        var isProbe = false
    }

    let deadCount: Int
    private let loss: Double
    private var random: SplitMix64
    private var agents: [AgentState]
    private var schedule = PollSchedule(now: 0)
    private var requests: [Request] = []
    private var polls: [Poll?]
    private var events: [UInt64: [Event]] = [:]
    private var target = Target(TransportAddress(127, 0, 0, 1), .v2c(community: Community("public")))

    /// The intervals in which each device's polls were due, and how many polls read everything.
    var started: [[UInt64]]
    var completed = 0
    var transmissions: [Int]
    var overBudget = 0
    var missed = 0

    init(devices: Int, dead: Int, loss: Double, seed: UInt64) {
        deadCount = dead
        self.loss = loss
        random = SplitMix64(seed: seed)
        agents = (0..<devices).map { AgentState(TransportAddress(ipv4: 0x7F01_0000 + UInt32($0))) }
        polls = Array(repeating: nil, count: devices)
        started = Array(repeating: [], count: devices)
        transmissions = Array(repeating: 0, count: devices)
        for (number, agent) in agents.enumerated() {
            let device = PollSchedule.Device(
                key: UInt64(number), group: 0, agent: number, profile: 0, intervalMilliseconds: Self.interval)
            let phase = PollSchedule.phase(of: agent.address, intervalMilliseconds: Self.interval)
            _ = schedule.add(device, phase: phase, now: 0)
        }
    }

    mutating func run(intervals: Int) {
        let end = UInt64(intervals) * UInt64(Self.interval)
        for now in stride(from: UInt64(0), to: end, by: Int(Self.step)) {
            for event in events.removeValue(forKey: now / Self.step) ?? [] { handle(event, now) }
            missed += schedule.advance(to: now) { $0.breaker.verdict(at: now) == .skip }.missed
            while let device = schedule.nextDue() { begin(device, now) }
        }
    }

    private mutating func begin(_ device: Int, _ now: UInt64) {
        _ = schedule.started(device)
        started[device].append(schedule[device].dueAt / UInt64(Self.interval))
        let isProbe = schedule[device].breaker.isOpen
        polls[device] = Poll(waiting: isProbe ? 1 : Self.requestsPerPoll, isProbe: isProbe)
        send(device, now)
    }

    private mutating func send(_ device: Int, _ now: UInt64) {
        while var poll = polls[device], poll.waiting > 0, agents[device].admits(target, at: now * 1000) {
            // Before the first answer a walk has one request under way.
            if poll.answered == 0, agents[device].window.inFlight > 0 { return }
            poll.waiting -= 1
            polls[device] = poll
            var policy = RetryPolicy()
            if poll.isProbe { policy.retries = 0 }
            if agents[device].roundTrip.hasSample {
                policy.expectedMilliseconds = agents[device].roundTrip.timeoutMilliseconds(cap: 1500)
            }
            requests.append(Request(device: device, machine: RequestStateMachine(policy), sentAt: now))
            agents[device].requestSent(perSecondMax: target.requestsPerSecondMax, at: now * 1000)
            if Int(agents[device].window.inFlight) > target.inFlight { overBudget += 1 }
            let request = requests.count - 1
            perform(requests[request].machine.started(at: now, jitter: random.unit()), request, now)
        }
    }

    private mutating func perform(_ action: RequestStateMachine.Action, _ request: Int, _ now: UInt64) {
        let device = requests[request].device
        switch action {
        case .send(let deadline):
            at(deadline, .timer(request: request))
            transmissions[device] += 1
            requests[request].transmissions += 1
            requests[request].sentAt = now
            guard device >= deadCount, random.unit() >= loss, random.unit() >= loss else { return }
            at(now + 2 + random.next() % 60, .answer(request: request, number: requests[request].transmissions))
        case .scheduleTimer(let deadline): at(deadline, .timer(request: request))
        case .giveUp: failed(request, now)
        case .ignore: break
        }
    }

    private mutating func at(_ time: UInt64, _ event: Event) { events[time / Self.step + 1, default: []].append(event) }

    private mutating func handle(_ event: Event, _ now: UInt64) {
        switch event {
        case .timer(let request):
            guard !requests[request].isDone else { return }
            let action = requests[request].machine.timerFired(at: now, jitter: random.unit())
            if case .send = action {
                let device = requests[request].device
                agents[device].requestRepeated(target, sentAt: requests[request].sentAt * 1000, at: now * 1000)
                polls[device]?.retransmissions += 1
            }
            perform(action, request, now)
        case .answer(let request, _):
            guard !requests[request].isDone else { return }
            let device = requests[request].device
            requests[request].isDone = true
            agents[device].window.requestEnded()
            agents[device].responseReceived(
                sentAt: requests[request].sentAt * 1000, isSample: requests[request].machine.responseReceived(),
                at: now * 1000)
            schedule.answered(device)
            polls[device]?.answered += 1
            proceed(device, now)
        }
    }

    /// A request came to nothing: a walk asks for the same again while the agent answers others.
    private mutating func failed(_ request: Int, _ now: UInt64) {
        let device = requests[request].device
        requests[request].isDone = true
        agents[device].window.requestEnded()
        agents[device].requestTimedOut(sentAt: requests[request].sentAt * 1000, at: now * 1000)
        polls[device]?.failures += 1
        if let poll = polls[device], poll.answered > 0, poll.failures < 4 {
            polls[device]?.waiting += 1
            send(device, now)
        } else {
            end(device, isAnswered: false)
        }
    }

    private mutating func proceed(_ device: Int, _ now: UInt64) {
        guard let poll = polls[device] else { return }
        if poll.isProbe {
            polls[device] = Poll()
        } else if poll.answered == Self.requestsPerPoll {
            end(device, isAnswered: true)
            return
        }
        send(device, now)
    }

    private mutating func end(_ device: Int, isAnswered: Bool) {
        guard let poll = polls[device] else { return }
        polls[device] = nil
        let due = schedule[device].dueAt
        if isAnswered {
            completed += 1
            if poll.retransmissions == 0 { agents[device].window.pollWasClean(limit: target.inFlight) }
        } else {
            schedule.pollFailed(device, due: due)
        }
        _ = schedule.ended(device)
    }
}

@Suite("A fleet in simulated time")
struct PollSimulationTests {
    @Test(
        "with dead devices and loss, each live device is polled in each interval, within all budgets", arguments: 1...3)
    func fleet(seed: Int) {
        var fleet = FleetSimulation(devices: 1000, dead: 100, loss: 0.02, seed: UInt64(seed))
        fleet.run(intervals: 13)
        for device in fleet.deadCount..<1000 {
            #expect(fleet.started[device] == Array(0..<13), "seed \(seed), device \(device)")
            #expect(fleet.transmissions[device] < 13 * FleetSimulation.requestsPerPoll * 2)
        }
        // Three losses of the first request in a row end a poll: of 11,700 that is less than one.
        #expect(fleet.completed >= 900 * 13 * 9995 / 10_000 - 900 / 100, "seed \(seed)")
        for device in 0..<fleet.deadCount {
            // Three polls of three attempts each, then probes: in the fifth and the ninth interval.
            #expect(fleet.transmissions[device] == 3 * 3 + 2, "seed \(seed), device \(device)")
        }
        #expect(fleet.overBudget == 0)
        #expect(fleet.missed == 0)
    }
}
