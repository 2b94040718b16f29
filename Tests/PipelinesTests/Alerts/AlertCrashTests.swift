import Alerting
import Inventory
import Jobs
import Synchronization
import Testing

@testable import Pipelines

/// Processes that are killed at any call of the store, while ports go down and up and a receiver refuses now and then.
@Suite("Alerts through crashes", .serialized, .timeLimit(.minutes(10)))
struct AlertCrashTests {
    /// A number from a seed and a place, the same each time.
    private static func draw(_ seed: UInt64, _ place: Int) -> UInt64 {
        SplitMix.mixed(seed &* 1_000_003 &+ UInt64(place))
    }

    private static let ports = 5
    /// Far more than a world needs to run its course.
    private static let secondsMax = 5_000

    /// Ports that go down and, once that is written, up again.
    private struct World {
        let seed: UInt64
        var isDown = [Bool](repeating: false, count: AlertCrashTests.ports)
        private var isDone = [Bool](repeating: false, count: AlertCrashTests.ports)

        init(seed: UInt64) { self.seed = seed }

        var isOver: Bool { isDone.allSatisfy(\.self) }

        /// Whether the port changes in this second.
        mutating func changes(_ port: Int, at second: Int, isKnown: Bool) -> Bool {
            let from = 5 + Int(draw(seed, port) % 120)
            let to = from + 20 + Int(draw(seed, 100 + port) % 100)
            if !isDown[port], !isDone[port], second >= from {
                isDown[port] = true
                return true
            }
            guard isDown[port], second >= to, isKnown else { return false }
            (isDown[port], isDone[port]) = (false, true)
            return true
        }
    }

    /// A process: a desk and a courier on one handle of the store.
    private struct Process {
        let handle: AlertHandle
        let desk: AlertDesk
        let work: Task<Void, Never>

        init(_ scene: AlertScene, killedAt call: Int?, after: Bool, refuses: @escaping @Sendable (Int) -> Bool) throws {
            let handle = scene.handle { number in
                if number == call { return after ? .diesAfter : .diesBefore }
                return refuses(number) ? .refused : .lives
            }
            let courier = try scene.courier(handle)
            let desk = try scene.desk(handle, tells: courier)
            (self.handle, self.desk) = (handle, desk)
            work = Task {
                async let one: Void = desk.run(AlertFeeds())
                await courier.run()
                await one
            }
        }

        func end() async {
            work.cancel()
            await work.value
        }
    }

    @Test("No alert is lost or opened twice, and deliveries are at most repeated, in order", arguments: 0..<100)
    func kills(seed: UInt64) async throws {
        var settings = AlertSettings()
        settings.writtenTogetherMax = seed % 3 == 0 ? 1_000 : 1
        let scene = AlertScene(Self.ports, groupBy: seed % 2 == 0 ? ["device"] : [], settings: settings)
        scene.receiver.answer { Self.draw(seed, 5_000 + $0) % 4 == 0 ? .refused("it answers 503") : .taken }
        var lives = 0
        func process(_ isLast: Bool = false) throws -> Process {
            lives += 1
            let life = lives
            let call = isLast ? nil : 3 + Int(Self.draw(seed, 1_000 + life) % 60)
            return try Process(scene, killedAt: call, after: Self.draw(seed, 2_000 + life) % 2 == 0) { number in
                Self.draw(seed, life * 10_000 + number) % 10 == 0
            }
        }
        var running = try process()
        var world = World(seed: seed)
        for second in 0..<Self.secondsMax where !world.isOver {
            let known = Set(scene.memory.alerts.compactMap(\.entity.interfaceID))
            for port in 0..<Self.ports {
                let isKnown = known.contains(scene.ports[port].id)
                let isChange = world.changes(port, at: second, isKnown: isKnown)
                guard isChange || second % 30 == port else { continue }
                if isChange { await running.desk.take([try scene.trap(port, isDown: world.isDown[port])]) }
                await running.desk.take([scene.status(port, isDown: world.isDown[port])])
            }
            _ = await scene.pass(bySeconds: 0.25, most: 4) { false }
            guard running.handle.isDead else { continue }
            await running.end()
            running = try process()
        }
        #expect(world.isOver, "seed \(seed): an alert is lost")
        await running.end()
        running = try process(true)
        for port in 0..<Self.ports { await running.desk.take([scene.status(port, isDown: false)]) }
        let isQuiet = await scene.pass(bySeconds: 0.5) {
            scene.memory.alerts.allSatisfy { !$0.isOpen && !$0.owesRecovery } && scene.memory.heads().isEmpty
        }
        await running.end()
        #expect(isQuiet, "seed \(seed)")
        expectEachOutageOnce(scene, seed)
        expectOrder(scene, seed)
    }

    private func expectEachOutageOnce(_ scene: AlertScene, _ seed: UInt64) {
        let alerts = scene.memory.alerts.filter { $0.condition == .interfaceDown }
        for (place, port) in scene.ports.enumerated() {
            let own = alerts.filter { $0.entity.interfaceID == port.id }
            #expect(own.count == 1, "seed \(seed), port \(place): \(own.map(\.startedAt))")
            for alert in own {
                let told = scene.receiver.sent.filter { $0.alerts.contains(alert.id) }
                let messages = told.flatMap { sent in
                    zip(sent.alerts, sent.messages).filter { $0.0 == alert.id }.map(\.1)
                }
                // Once that it is so, once that it is over, each with the repetitions of its delivery.
                let deliveries = Set(told.map(\.id)).count
                #expect(deliveries == 2, "seed \(seed), port \(place): \(messages)")
                let firstOver = messages.firstIndex { $0.hasPrefix("over: ") } ?? messages.endIndex
                #expect(firstOver > 0 && messages[firstOver...].allSatisfy { $0.hasPrefix("over: ") }, "seed \(seed)")
            }
        }
    }

    /// Of each group, deliveries come in the order of their numbers; one that is repeated is so before the next.
    private func expectOrder(_ scene: AlertScene, _ seed: UInt64) {
        let numbers = Dictionary(scene.memory.deliveries.map { ($0.id, $0) }) { first, _ in first }
        var last: [String: (number: Int64, attempt: Int)] = [:]
        for sent in scene.receiver.sent {
            guard let delivery = numbers[sent.id] else {
                Issue.record("seed \(seed): sent what was never written")
                continue
            }
            if let before = last[delivery.group] {
                let isNext = delivery.number > before.number
                let isAgain = delivery.number == before.number && sent.attempt > before.attempt
                #expect(isNext || isAgain, "seed \(seed): \(delivery.number) after \(before.number)")
            }
            last[delivery.group] = (delivery.number, sent.attempt)
        }
        #expect(scene.memory.deliveries.allSatisfy { $0.state == .delivered }, "seed \(seed)")
    }
}
