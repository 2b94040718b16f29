import Alerting
import Catalog
import Inventory
import Jobs
import Synchronization
import Testing

@testable import Pipelines

@Suite("How alerts are delivered", .timeLimit(.minutes(5)))
struct AlertCourierTests {
    private static func delivery(_ scene: AlertScene, _ text: String, to receiver: String = "noc", group: String = "g")
        -> AlertDelivery
    {
        var alert = Alert(
            entity: .device(scene.devices[0].id), condition: .deviceUnreachable, rule: "r", severity: .high,
            at: scene.clock.now)
        (alert.message, alert.state) = (text, .firing)
        return AlertDelivery(receiver: receiver, group: group, reason: .change, alerts: [alert], at: scene.clock.now)
    }

    private static func save(_ scene: AlertScene, _ deliveries: [AlertDelivery]) throws {
        var batch = AlertBatch()
        batch.deliveries = deliveries
        try scene.memory.save(batch)
    }

    /// Runs a courier until something holds.
    private func deliver(
        _ scene: AlertScene, _ courier: AlertCourier, step: Double = 0.25, until isMet: @escaping @Sendable () -> Bool
    ) async -> Bool {
        let work = Task { await courier.run() }
        let isDone = await scene.pass(bySeconds: step, until: isMet)
        work.cancel()
        await work.value
        return isDone
    }

    @Test("What is refused is tried again with the same id and a higher number, and those behind it wait")
    func retries() async throws {
        let scene = AlertScene()
        scene.receiver.answer { $0 <= 3 ? .refused("it answers 503") : .taken }
        try Self.save(scene, ["a", "b"].map { Self.delivery(scene, $0) })
        #expect(await deliver(scene, try scene.courier(scene.handle())) { scene.memory.heads().isEmpty })
        let sent = scene.receiver.sent
        #expect(sent.flatMap(\.messages) == ["a", "a", "a", "a", "b"])
        #expect(sent.map(\.attempt) == [1, 2, 3, 4, 1])
        #expect(Set(sent.prefix(4).map(\.id)).count == 1)
        let pauses = zip(sent.dropFirst(), sent).prefix(3).map { $0.at.secondsSince($1.at) }
        for (pause, whole) in zip(pauses, [1.0, 2, 4]) { #expect(pause >= whole / 2) }
        #expect(scene.memory.deliveries.map(\.state) == [.delivered, .delivered])
    }

    @Test("A group that is refused holds up no other")
    func otherGroups() async throws {
        let scene = AlertScene()
        scene.receiver.answer { $0 == 1 ? .refused("busy", retryAfterSeconds: 3_000) : .taken }
        try Self.save(scene, [Self.delivery(scene, "a", group: "one")])
        let courier = try scene.courier(scene.handle())
        #expect(await deliver(scene, courier) { scene.memory.deliveries.first?.lastError != nil })
        try Self.save(scene, [Self.delivery(scene, "b", group: "one"), Self.delivery(scene, "c", group: "two")])
        let again = try scene.courier(scene.handle())
        #expect(await deliver(scene, again) { scene.memory.deliveries.contains { $0.state == .delivered } })
        #expect(scene.receiver.messages == ["a", "c"])
        // Retry-After is kept to.
        let due = try #require(scene.memory.deliveries.first?.dueAt)
        #expect(due.secondsSince(AlertScene.start) >= 3_000 && due.secondsSince(AlertScene.start) < 3_010)
    }

    /// What a courier says of receivers and of deliveries.
    private final class Said: Sendable {
        let reports = Mutex<[AlertOccurrence]>([])
        let ended = Mutex<[AlertDelivery]>([])

        func courier(_ scene: AlertScene, _ senders: [String: AlertSender]? = nil) throws -> AlertCourier {
            let known = senders ?? ["noc": scene.receiver.sender(keepsState: scene.keepsState)]
            var parts = AlertCourier.Parts(
                alerts: scene.handle(), senders: { known }, clock: scene.clock, logger: scene.log.logger)
            parts.report = { one in self.reports.withLock { $0.append(one) } }
            parts.ended = { one in self.ended.withLock { $0.append(one) } }
            return try AlertCourier(parts, settings: scene.settings)
        }
    }

    @Test(
        "A lasting refusal, and a receiver that is gone, are given up at once; only who is there is in trouble",
        arguments: [("noc", "it answers 400"), ("gone", "there is no receiver 'gone' any more")])
    func lasting(receiver: String, reason: String) async throws {
        let (scene, said) = (AlertScene(), Said())
        scene.receiver.answer { _ in .refused("it answers 400", isLasting: true) }
        try Self.save(scene, [Self.delivery(scene, "a", to: receiver)])
        #expect(await deliver(scene, try said.courier(scene)) { !said.ended.withLock { $0.isEmpty } })
        let delivery = try #require(scene.memory.deliveries.first)
        #expect(delivery.state == .failed && delivery.attempts == 1 && delivery.endedAt != nil)
        #expect(delivery.lastError?.contains(reason) == true)
        #expect(said.ended.withLock { $0 } == [delivery])
        let report = said.reports.withLock { $0.first }
        guard receiver == "noc" else {
            #expect(report == nil)
            return
        }
        #expect(report?.key == AlertKey(entity: .system("receiver:\(receiver)"), condition: .storeTrouble))
        #expect(report?.holds == true && report?.message.contains(reason) == true)
    }

    @Test("Receivers that do not answer hold up none that does, however much there is to tell them", arguments: [2, 6])
    func hungReceivers(count: Int) async throws {
        let scene = AlertScene()
        let hung = (1...count).map { "hung\($0)" }
        let asked = Mutex<[String: Int]>([:])
        var senders = ["noc": scene.receiver.sender()]
        for name in hung {
            senders[name] = AlertSender(send: { _ in
                asked.withLock { $0[name, default: 0] += 1 }
                try? await Task.sleep(for: .seconds(600))
                return .refused("no answer in time")
            })
        }
        let storm = (0..<20).flatMap { number in hung.map { (number, $0) } }
        try Self.save(scene, storm.map { Self.delivery(scene, "storm", to: $1, group: "g\($0)") })
        let courier = try Said().courier(scene, senders)
        let work = Task { await courier.run() }
        #expect(await scene.pass { asked.withLock { $0.values.reduce(0, +) } >= min(32, 8 * count) })
        try Self.save(scene, ["a", "b"].map { Self.delivery(scene, $0) })
        #expect(await scene.pass { scene.receiver.sent.count == 2 })
        work.cancel()
        await work.value
        #expect(scene.receiver.messages == ["a", "b"])
        let most = asked.withLock { $0 }
        #expect(most.count == hung.count && most.values.allSatisfy { $0 <= AlertSettings().deliveriesPerReceiverMax })
        #expect(most.values.reduce(0, +) <= AlertSettings().deliveriesInFlightMax + hung.count)
    }

    @Test("What is to be said later of an alert waits for what is to be said before, in another group too")
    func orderOfAnAlert() async throws {
        let scene = AlertScene()
        scene.receiver.answer { $0 == 1 ? .refused("busy", retryAfterSeconds: 60) : .taken }
        let first = Self.delivery(scene, "a", group: "high")
        var second = first
        (second.id, second.group, second.alerts[0].message) = (.random(), "critical", "b")
        try Self.save(scene, [first, second, Self.delivery(scene, "c", group: "other")])
        #expect(await deliver(scene, try scene.courier(scene.handle())) { scene.receiver.sent.count == 4 })
        let order = scene.receiver.messages.filter { $0 != "c" }
        #expect(order == ["a", "a", "b"])
    }

    @Test("A receiver that is not told for a quarter of an hour is in trouble until all of it is well again")
    func overdue() async throws {
        let (scene, said) = (AlertScene(), Said())
        let refused = Mutex<Set<String>>(["a"])
        let sender = AlertSender(send: { notice in
            let messages = notice.alerts.map(\.alert.message)
            return refused.withLock { $0.isDisjoint(with: messages) } ? .taken : .refused("it answers 503")
        })
        try Self.save(scene, [Self.delivery(scene, "a", group: "one")])
        let courier = try said.courier(scene, ["noc": sender])
        let work = Task { await courier.run() }
        #expect(await scene.pass(bySeconds: 5) { !said.reports.withLock { $0.isEmpty } })
        let seconds = scene.clock.now.secondsSince(AlertScene.start)
        #expect(seconds > 300 && seconds < 1_300)
        let report = try #require(said.reports.withLock { $0.first })
        #expect(report.holds && report.message.contains("since 2026-11-22") && report.message.contains("503"))
        #expect(scene.memory.deliveries.first?.state == .waiting && said.ended.withLock { $0.isEmpty })
        // Another group that goes through does not make it well.
        try Self.save(scene, [Self.delivery(scene, "b", group: "two")])
        #expect(await scene.pass(bySeconds: 5) { !said.ended.withLock { $0.isEmpty } })
        #expect(said.reports.withLock { $0.allSatisfy(\.holds) })
        refused.withLock { $0 = [] }
        #expect(await scene.pass(bySeconds: 5) { said.ended.withLock { $0.count } == 2 })
        work.cancel()
        await work.value
        #expect(said.reports.withLock { $0.last?.holds } == false)
    }

    /// Open alerts of which a receiver was told.
    private static func told(_ scene: AlertScene, _ count: Int, _ receivers: [String]) throws -> [Alert] {
        let alerts = (0..<count).map { number in
            var alert = Alert(
                entity: .system("job:\(number)"), condition: .jobTrouble, rule: "r", severity: .low,
                at: scene.clock.now)
            (alert.state, alert.firedAt, alert.message) = (.firing, scene.clock.now, "\(number)")
            alert.tellings = receivers.map { AlertTelling($0, at: scene.clock.now, severity: .low) }
            return alert
        }
        var batch = AlertBatch()
        batch.alerts = alerts
        try scene.memory.save(batch)
        return alerts
    }

    @Test("A receiver that hangs while it is told again holds up no other")
    func hungRefresh() async throws {
        let scene = AlertScene(keepsState: true)
        _ = try Self.told(scene, 1, ["deaf", "noc"])
        let isAsked = Mutex(false)
        let deaf = AlertSender(
            send: { _ in .taken },
            refresh: { _ in
                isAsked.withLock { $0 = true }
                try? await Task.sleep(for: .seconds(600))
                return .refused("no answer in time")
            })
        let courier = try Said().courier(scene, ["deaf": deaf, "noc": scene.receiver.sender(keepsState: true)])
        let work = Task { await courier.run() }
        let isBoth: @Sendable () -> Bool = {
            isAsked.withLock { $0 } && scene.receiver.refreshed.withLock { !$0.isEmpty }
        }
        #expect(await scene.pass(bySeconds: 1, until: isBoth))
        try Self.save(scene, [Self.delivery(scene, "a", group: "")])
        #expect(await scene.pass(bySeconds: 1) { scene.receiver.messages == ["a"] })
        work.cancel()
        await work.value
    }

    @Test("What is told again makes way for what is new, and goes on where it was")
    func refreshMakesWay() async throws {
        let scene = AlertScene(keepsState: true)
        let alerts = try Self.told(scene, 1_200, ["noc"])
        let order = Mutex<[String]>([])
        let running = Mutex<AlertCourier?>(nil)
        let sender = AlertSender(
            send: { notice in
                order.withLock { $0 += notice.alerts.map(\.alert.message) }
                return .taken
            },
            refresh: { items in
                let isFirst = order.withLock { order in
                    order.append("\(items.count)")
                    return order.count == 1
                }
                guard isFirst else { return .taken }
                try? Self.save(scene, [Self.delivery(scene, "new", group: "")])
                for _ in 0..<20_000 where await running.withLock({ $0 })?.awaited.contains("noc") != true {
                    running.withLock { $0 }?.nudge()
                    await Task.yield()
                }
                scene.clock.advance(bySeconds: 2)
                return .taken
            })
        let courier = try Said().courier(scene, ["noc": sender])
        running.withLock { $0 = courier }
        #expect(await deliver(scene, courier, step: 0.5) { order.withLock { $0.count >= 4 } })
        #expect(order.withLock { Array($0.prefix(4)) } == ["500", "new", "500", "500"])
        #expect(alerts.count == 1_200)
    }

    @Test("After 24 hours a delivery is given up, and the next of its group is made")
    func givenUp() async throws {
        let scene = AlertScene()
        scene.receiver.answer { _ in .refused("connection refused") }
        try Self.save(scene, [Self.delivery(scene, "a")])
        #expect(
            await deliver(scene, try scene.courier(scene.handle()), step: 30) {
                scene.memory.deliveries.first?.state == .failed
            })
        let delivery = try #require(scene.memory.deliveries.first)
        let hours = try #require(delivery.endedAt).secondsSince(delivery.createdAt) / 3600
        #expect(hours > 23 && delivery.attempts > 1)
    }

    @Test("What was sent and could not be written is written later, and not sent again")
    func unwritten() async throws {
        let scene = AlertScene()
        let handle = scene.handle()
        scene.receiver.answer { _ in
            handle.isRefusing.withLock { $0 = true }
            return .taken
        }
        try Self.save(scene, [Self.delivery(scene, "a"), Self.delivery(scene, "b")])
        let courier = try scene.courier(handle)
        let work = Task { await courier.run() }
        #expect(await scene.pass(bySeconds: 0.5) { !scene.receiver.sent.isEmpty })
        _ = await scene.pass(bySeconds: 0.5, most: 200) { false }
        #expect(scene.receiver.messages == ["a"])
        handle.isRefusing.withLock { $0 = false }
        scene.receiver.answer { _ in .taken }
        #expect(await scene.pass { scene.memory.heads().isEmpty })
        #expect(scene.receiver.messages == ["a", "b"])
        work.cancel()
        await work.value
    }

    @Test("A receiver with a memory of its own is told each minute what it was told and still fires")
    func refresh() async throws {
        let scene = AlertScene(keepsState: true)
        let handle = scene.handle()
        let courier = try scene.courier(handle)
        let desk = try scene.desk(handle, tells: courier)
        #expect(await desk.look() == nil)
        await desk.take([try scene.trap(0, isDown: true), try scene.trap(1, isDown: true)])
        try await desk.evaluate(isFull: false)
        let isTold: @Sendable () -> Bool = { scene.receiver.refreshed.withLock { $0.count >= 1 } }
        #expect(await deliver(scene, courier, step: 1, until: isTold))
        let both = ["SW-1", "SW-2"].map { "Interface Gi0/1 down on \($0) (CRITICAL)" }
        #expect(scene.receiver.refreshed.withLock { $0.first } == both)
        await desk.take([try scene.trap(0, isDown: false)])
        try await desk.evaluate(isFull: false)
        let again = try scene.courier(handle)
        #expect(await deliver(scene, again, step: 1) { scene.receiver.refreshed.withLock { $0.count >= 2 } })
        #expect(scene.receiver.refreshed.withLock { $0.last } == [both[1]])
    }

    @Test("A receiver that fails for good is an alert of its own, and a success ends it")
    func receiverTrouble() async throws {
        let scene = AlertScene()
        let handle = scene.handle()
        let desk = try scene.desk(handle)
        #expect(await desk.look() == nil)
        scene.receiver.answer { $0 == 1 ? .refused("it answers 401", isLasting: true) : .taken }
        try Self.save(scene, [Self.delivery(scene, "a"), Self.delivery(scene, "b")])
        let courier = try scene.courier(handle) { await desk.take($0) }
        let all: @Sendable () -> Bool = { scene.memory.heads().isEmpty }
        let work = Task { await courier.run() }
        #expect(await scene.pass { scene.memory.deliveries.first?.state == .failed })
        #expect(await scene.pass(until: all))
        work.cancel()
        await work.value
        try await desk.evaluate(isFull: false)
        // It was in trouble and is not any more: shorter than its rule asks, so nobody is told.
        #expect(scene.memory.alerts.filter(\.isOpen).isEmpty)
    }
}

@Suite("Trouble of receivers that are gone")
struct GoneReceiverTests {
    @Test(
        "is over with the next look at WARD FLUX itself",
        arguments: [(nil, false), (["noc", "old"], false), (["noc"], true), ([], true)] as [(Set<String>?, Bool)])
    func isOver(receivers: Set<String>?, isOver: Bool) {
        var health = SystemHealth()
        health.receivers = receivers
        let key = AlertKey(entity: .system("receiver:old"), condition: .storeTrouble)
        let found = health.occurrences(open: [key], at: Timestamp(seconds: 1))
        #expect(found == (isOver ? [AlertOccurrence(key, holds: false, at: Timestamp(seconds: 1))] : []))
    }
}

@Suite("When a delivery is tried again")
struct RetryPlanTests {
    private func delivery(attempts: Int, reason: AlertDelivery.Reason = .change) -> AlertDelivery {
        var delivery = AlertDelivery(
            receiver: "noc", group: "", reason: reason, alerts: [], at: Timestamp(seconds: 1_000_000))
        delivery.attempts = attempts
        return delivery
    }

    @Test("Pauses double up to five minutes, each spread over the upper half", arguments: 1...30)
    func pauses(attempts: Int) {
        var settings = AlertSettings()
        var shares: Set<Double> = []
        for seed in 0..<50 {
            settings.seed = UInt64(seed)
            let pause = RetryPlan(settings).pause(delivery(attempts: attempts), atLeast: nil)
            let whole = min(300, Double(1 << min(20, attempts - 1)))
            #expect(pause >= max(1, whole / 2) && pause <= whole)
            shares.insert(pause)
        }
        #expect(attempts == 1 || shares.count > 10)
    }

    @Test(
        "A delivery that fails a day after it was written is given up",
        arguments: [(20.0, AlertDelivery.State.waiting), (23.9, .waiting), (23.999, .waiting), (24, .failed)])
    func givenUp(hours: Double, state: AlertDelivery.State) {
        let one = delivery(attempts: 300)
        let now = one.createdAt.advanced(bySeconds: hours * 3600)
        #expect(RetryPlan(AlertSettings()).after(one, .refused("x"), at: now).state == state)
    }

    @Test(
        "A receiver that asks to wait is waited for, an hour at most",
        arguments: [(0.0, 1.0), (60, 60), (3_600, 3_600), (3_601, 3_600), (86_400, 3_600)])
    func asked(seconds: Double, pause: Double) {
        #expect(RetryPlan(AlertSettings()).pause(delivery(attempts: 1), atLeast: seconds) == pause)
    }

    @Test("The same seed and delivery give the same pause")
    func repeatable() {
        let one = delivery(attempts: 4)
        let plan = RetryPlan(AlertSettings())
        #expect(plan.pause(one, atLeast: nil) == plan.pause(one, atLeast: nil))
    }

    @Test(
        "What becomes of an attempt",
        arguments: [
            (SendingOutcome.taken, AlertDelivery.Reason.change, AlertDelivery.State.delivered),
            (.refused("x"), .change, .waiting), (.refused("x", isLasting: true), .change, .failed),
            (.refused("x"), .trial, .failed), (.refused("x", retryAfterSeconds: 90_000), .change, .waiting),
        ] as [(SendingOutcome, AlertDelivery.Reason, AlertDelivery.State)])
    func outcomes(outcome: SendingOutcome, reason: AlertDelivery.Reason, state: AlertDelivery.State) {
        let now = Timestamp(seconds: 1_000_010)
        let after = RetryPlan(AlertSettings()).after(delivery(attempts: 1, reason: reason), outcome, at: now)
        #expect(after.state == state)
        #expect((after.endedAt != nil) == (state != .waiting))
        #expect(after.attempts == 1)
    }
}
