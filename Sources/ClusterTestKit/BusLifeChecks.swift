import Cluster
import Inventory

extension EventBusContract {
    /// What a bus refuses.
    static let refusalChecks: [Check] = [
        Check("a body of 1 MiB goes through, one octet more is refused") { world in
            let (bus, topic, sender) = (try await world.bus(), world.topic(), NodeID.random())
            let largest = BusMessage(
                topic: topic, sender: sender, body: (0..<BusMessage.octetsMax).map { UInt8(truncatingIfNeeded: $0) })
            var larger = largest
            larger.body.append(0)
            try await BusEar.listening(to: [topic], on: bus) { ear in
                try await expectFailure(.refused, "a body above 1 MiB") { try await bus.publish([larger]) }
                try await bus.publish([largest])
                try await ear.hears([largest], "the largest body")
            }
        },
        Check("a topic has 1 to 100 characters") { world in
            let (bus, sender) = (try await world.bus(), NodeID.random())
            for topic in ["", String(repeating: "x", count: 101)] {
                try await expectFailure(.refused, "a topic of \(topic.count) characters") {
                    try await bus.publish([BusMessage(topic, sender, "x")])
                }
            }
            let unique = world.topic()
            let longest = unique + String(repeating: "é", count: 100 - unique.count)
            let message = BusMessage(longest, sender, "x")
            try await BusEar.listening(to: [longest], on: bus) { ear in
                try await bus.publish([message])
                try await ear.hears([message], "on a topic of 100 characters")
            }
        },
        Check("nothing at all may be published") { world in
            try await world.bus().publish([])
        },
    ]

    /// How a bus ends.
    static let lifeChecks: [Check] = [
        Check("closing ends all streams of this process, and calls after it throw closed") { world in
            let (closed, other, topic) = (try await world.bus(), try await world.bus(), world.topic())
            let message = BusMessage(topic, .random(), "x")
            try await BusEar.listening(to: [topic], on: other) { ear in
                try await BusEar.listening(to: [topic], on: closed) { first in
                    try await BusEar.listening(to: [world.topic()], on: closed) { second in
                        await closed.close()
                        try await eventually("both streams end") { first.hasEnded && second.hasEnded }
                    }
                }
                try await expectFailure(.closed, "publishing after close") { try await closed.publish([message]) }
                await closed.close()
                try await other.publish([message])
                try await ear.hears([message], "another process goes on")
            }
        },
        Check("who listens to a closed bus hears nothing but the end") { world in
            let bus = try await world.bus()
            await bus.close()
            let ear = BusEar()
            await ear.collect(bus.listen(to: [world.topic()]))
            try expectEqual(ear.messages, [], "messages of a closed bus")
        },
    ]
}
