import Cluster
import Inventory

extension EventBusContract {
    /// What one listener hears.
    static let hearingChecks: [Check] = [
        Check("listening begins with a gap") { world in
            let bus = try await world.bus()
            try await BusEar.listening(to: [world.topic()], on: bus) { ear in
                try expectEqual(ear.events, [.gap], "the first of what is heard")
            }
        },
        Check("what a process publishes it hears itself, as it was said") { world in
            let (bus, topic, sender) = (try await world.bus(), world.topic(), NodeID.random())
            let bodies: [[UInt8]] = [
                Array(0...255), [], [0], Array("line\r\nline\n".utf8), Array("🏦".utf8),
                Array(repeating: 0xFF, count: 9_000),
            ]
            let messages = bodies.map { BusMessage(topic: topic, sender: sender, body: $0) }
            try await BusEar.listening(to: [topic], on: bus) { ear in
                try await bus.publish(messages)
                try await ear.hears(messages, "bodies of all kinds")
            }
        },
        Check("messages of one process on one topic come in the order in which they were published") { world in
            let (bus, other, topic, sender) = (
                try await world.bus(), try await world.bus(), world.topic(), NodeID.random()
            )
            let messages = (0..<200).map { BusMessage(topic, sender, "\($0)") }
            try await BusEar.listening(to: [topic], on: other) { ear in
                for first in stride(from: 0, to: 200, by: 8) {
                    try await bus.publish(Array(messages[first..<first + 8]))
                }
                try await ear.hears(messages, "200 messages in batches of 8")
            }
        },
        Check("what was published before someone listens is not heard") { world in
            let (bus, topic, sender) = (try await world.bus(), world.topic(), NodeID.random())
            try await bus.publish([BusMessage(topic, sender, "before")])
            let after = BusMessage(topic, sender, "after")
            // Who has heard it knows that it is over.
            try await BusEar.listening(to: [topic], on: bus) { _ in }
            try await BusEar.listening(to: [topic], on: bus) { ear in
                try await bus.publish([after])
                try await ear.hears([after], "the only message")
            }
        },
        Check("topics are separate, and one may listen to several") { world in
            let (bus, sender) = (try await world.bus(), NodeID.random())
            let (left, right, both) = (world.topic(), world.topic() + ":*/ü", world.topic())
            let messages = [left, right, both].map { BusMessage($0, sender, "on \($0)") }
            try await BusEar.listening(to: [left, both], on: bus) { ear in
                try await BusEar.listening(to: [right, both], on: bus) { second in
                    try await bus.publish(messages)
                    try await ear.hears([messages[0], messages[2]], "one and both")
                    try await second.hears([messages[1], messages[2]], "the other and both")
                }
            }
        },
        Check("who does not keep up hears everything, or is told that something was missed") { world in
            let (bus, topic, sender) = (try await world.bus(), world.topic(), NodeID.random())
            var iterator = bus.listen(to: [topic]).makeAsyncIterator()
            try expectEqual(await iterator.next(), .gap, "the first of what is heard")
            for batch in 0..<30 {
                try await bus.publish((0..<100).map { BusMessage(topic, sender, "\(batch * 100 + $0)") })
            }
            var expected = 0
            while expected < 3_000 {
                guard let event = await iterator.next() else { throw ContractViolation("the stream ended") }
                guard case .message(let message) = event else { break }
                try expectEqual(String(decoding: message.body, as: UTF8.self), "\(expected)", "the next without a gap")
                expected += 1
            }
        },
    ]
}
