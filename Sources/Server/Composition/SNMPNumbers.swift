import API
import Inventory
import Pipelines
import SNMP

extension SNMPStatisticsSource {
    /// The numbers of an engine.
    init(_ engine: Engine, resolver: AddressResolver) {
        self.init {
            SNMPStatistics(engine.statistics)
        } agent: { device in
            guard let port = UInt16(exactly: device.port),
                let address = try? await resolver.address(of: device.address, port: port)
            else { return SNMPAgentStatistics(address: nil, statistics: nil) }
            return SNMPAgentStatistics(address: address.description, statistics: engine.numbers(of: address))
        }
    }
}

extension SNMPStatistics {
    /// Fields of the engine that are 64 bits wide and go up and down.
    private static let wideGauges: Set<String> = ["oldestOverdueMilliseconds"]
    /// Fields of the engine that are shown apart.
    private static let apart: Set<String> = ["roundTrips"]

    /// What an engine did: its UInt64 fields are counters, the other integers gauges, those of a field within are
    /// joined to its name by `_`.
    ///
    /// Read by reflection, so that a field the engine gains is shown without anything else to do.
    init(_ statistics: EngineStatistics) {
        self.init(roundTrips: statistics.roundTripRanges)
        add(statistics, prefix: "")
    }

    private mutating func add(_ value: Any, prefix: String) {
        for child in Mirror(reflecting: value).children {
            guard let label = child.label, !Self.apart.contains(label) else { continue }
            let name = prefix + Self.snakeCase(label)
            switch child.value {
            case let number as UInt64 where !Self.wideGauges.contains(label):
                counters.append(Number(name, Int64(clamping: number)))
            case let number as any BinaryInteger: gauges.append(Number(name, Int64(clamping: number)))
            default: add(child.value, prefix: name + "_")
            }
        }
    }

    /// `receiveBufferOctets` as `receive_buffer_octets`.
    static func snakeCase(_ name: String) -> String {
        var result = ""
        for character in name {
            if character.isUppercase, !result.isEmpty { result.append("_") }
            result += character.lowercased()
        }
        return result
    }
}
