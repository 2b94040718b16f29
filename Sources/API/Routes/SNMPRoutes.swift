import Inventory
import Listing

/// `/snmp/statistics` and `/devices/{id}/snmp`: what the SNMP engine did and does.
struct SNMPRoutes: RouteGroup {
    let state: APIState
    private static let tag = "snmp"

    var routes: [Route] {
        [
            Route(
                method: "GET", path: "/snmp/statistics", operation: "getSNMPStatistics", tag: Self.tag,
                summary: "What the SNMP engine did since the start, and what is going on.",
                answers: [AnswerDescriptions.json("SNMPStatistics", "Counters, gauges and round trips.")]
            ) { _ in Answers.json(.object(Self.members(state.services.snmp.engine()))) },
            Route(
                method: "GET", path: "/devices/{id}/snmp", operation: "getDeviceSNMP", tag: Self.tag,
                summary: "What the SNMP engine knows of the agent of one device.",
                pathParameters: [PathParameters.id("Id of the device.")],
                answers: [AnswerDescriptions.json("DeviceSNMP", "What is known; empty where it never answered.")]
            ) { call in
                let device = try await DeviceLookup.require(call, state)
                let agent = await state.services.snmp.agent(device)
                return Answers.json(
                    .object(
                        [
                            JSONMember("device_id", .string("\(device.id)")),
                            JSONMember("address", agent.address.map(JSONValue.string) ?? .null),
                            JSONMember("known", .boolean(agent.statistics != nil)),
                        ] + Self.members(agent.statistics ?? SNMPStatistics())))
            },
        ]
    }

    private static func members(_ statistics: SNMPStatistics) -> [JSONMember] {
        func object(_ numbers: [SNMPStatistics.Number]) -> JSONValue {
            .object(numbers.map { JSONMember($0.name, .integer($0.value)) })
        }
        let roundTrips = statistics.roundTrips.map { range -> JSONValue in
            [
                "microseconds_max": range.microsecondsMax.map(JSONValue.integer) ?? .null,
                "count": .integer(range.count),
            ]
        }
        return [
            JSONMember("counters", object(statistics.counters)), JSONMember("gauges", object(statistics.gauges)),
            JSONMember("round_trips", .array(roundTrips)),
        ]
    }

    /// The schema of the engine's numbers.
    static var engineSchema: JSONValue { Schema.object(numbers) }

    /// The schema of the numbers of one agent.
    static var agentSchema: JSONValue {
        Schema.object(
            [
                ("device_id", Schema.identifier),
                (
                    "address",
                    Schema.documented(
                        Schema.nullable(Schema.string()), "Where it is asked; null: its host name has no address.")
                ), ("known", Schema.boolean("Whether it answered; what was learnt before a restart counts.")),
            ] + numbers)
    }

    private static var numbers: [(name: String, schema: JSONValue)] {
        [
            ("counters", Schema.documented(Schema.counts, "What only grows, by name, since the start.")),
            ("gauges", Schema.documented(Schema.counts, "What is at the moment, by name.")),
            (
                "round_trips",
                Schema.documented(
                    Schema.array(
                        Schema.object([
                            (
                                "microseconds_max",
                                Schema.documented(
                                    Schema.nullable(Schema.count()), "Upper end of the range; null: all longer ones.")
                            ), ("count", Schema.count("Round trips in this range alone.")),
                        ])), "How long answers took, a histogram.")
            ),
        ]
    }
}
