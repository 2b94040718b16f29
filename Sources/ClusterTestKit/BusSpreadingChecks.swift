import Cluster
import Inventory

extension EventBusContract {
    /// What several listeners and processes hear of each other.
    static let spreadingChecks: [Check] = [
        Check("all listeners of all processes hear each message") { world in
            let (first, second, third) = (try await world.bus(), try await world.bus(), try await world.bus())
            let (topic, sender) = (world.topic(), NodeID.random())
            let messages = (0..<20).map { BusMessage(topic, sender, "\($0)") }
            try await BusEar.listening(to: [topic], on: first) { one in
                try await BusEar.listening(to: [topic], on: first) { two in
                    try await BusEar.listening(to: [topic], on: second) { three in
                        for message in messages { try await third.publish([message]) }
                        for ear in [one, two, three] { try await ear.hears(messages, "20 messages of another") }
                    }
                }
            }
        },
        Check("each of several that publish at once is heard in its order") { world in
            let topic = world.topic()
            var buses: [any EventBus] = []
            for _ in 0..<3 { buses.append(try await world.bus()) }
            let senders = buses.map { _ in NodeID.random() }
            try await BusEar.listening(to: [topic], on: buses[0]) { ear in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for (bus, sender) in zip(buses, senders) {
                        group.addTask {
                            for number in 0..<50 { try await bus.publish([BusMessage(topic, sender, "\(number)")]) }
                        }
                    }
                    try await group.waitForAll()
                }
                try await eventually("150 messages are heard") { ear.messages.count >= 150 }
                for sender in senders {
                    let found = ear.messages.filter { $0.sender == sender }
                    try expectEqual(found.map(\.body), (0..<50).map { Array("\($0)".utf8) }, "messages of one sender")
                }
            }
        },
        Check("a listener that is cancelled ends, and the others go on") { world in
            let (bus, topic) = (try await world.bus(), world.topic())
            try await BusEar.listening(to: [topic], on: bus) { ear in
                let over = try await BusEar.listening(to: [topic], on: bus) { $0 }
                try await eventually("the cancelled one has ended") { over.hasEnded }
                let message = BusMessage(topic, .random(), "still here")
                try await bus.publish([message])
                try await ear.hears([message], "the other hears")
                try expectEqual(over.messages, [], "what the cancelled one heard")
            }
        },
    ]
}
