import ArgumentParser
import Inventory
import SNMPLab

extension LabCommand {
    /// `wardflux lab traffic`.
    struct Traffic: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What interfaces of a simulated network truly carry between two moments.",
            discussion: """
                Worked out by the functions the simulated agents answer from, for moments past or to come, without a \
                lab running. Faults are left out: it is the traffic, not what a broken device counts of it. Times are \
                RFC 3339, such as 2026-03-01T04:00:00Z.
                """)

        @Option(name: .long, help: "bank-876, or grid-DxP: D devices of P ports each.")
        var network = "bank-876"

        @Option(name: .long, help: "The seed the lab was given.")
        var seed: UInt64?

        @Option(name: .long, help: "Only this device, by name or address.")
        var device: String?

        @Option(name: .long, help: "Only this interface of it, by ifName, ifDescr or ifIndex.")
        var interface: String?

        @Option(name: .long, help: ArgumentHelp("The first moment.", valueName: "time"))
        var from: String

        @Option(name: .long, help: ArgumentHelp("The last moment.", valueName: "time"))
        var to: String

        @Option(name: .long, help: ArgumentHelp("A row for every so many seconds.", valueName: "seconds"))
        var step: Int?

        @OptionGroup(title: "Output")
        var output: OutputOptions

        mutating func validate() throws {
            if interface != nil && device == nil { throw ValidationError("--interface goes with --device.") }
            guard let range = Self.range(from, to) else {
                throw ValidationError("--from and --to are RFC 3339 times, --from before --to.")
            }
            if let step {
                guard step >= 1, range.count / (step * 1000) <= 100_000 else {
                    throw ValidationError("--step is at least 1 and makes at most 100,000 rows of an interface.")
                }
            }
        }

        func run() throws {
            guard let range = Self.range(from, to) else { return }
            let network = try LabHost.network(network, seed: seed)
            let rows = try devices(of: network).flatMap { device in
                try positions(of: device).flatMap { position in
                    LabTrafficRows(network: network, device: device, position: position).rows(range, stepSeconds: step)
                }
            }
            output.print(rows: rows, columns: LabTrafficRows.columns, empty: "No interface matches.")
        }

        /// Unix time in milliseconds; nil where one is no time, or they are in the wrong order.
        private static func range(_ from: String, _ to: String) -> Range<Int64>? {
            guard let from = Timestamp(from)?.milliseconds, let to = Timestamp(to)?.milliseconds, from < to else {
                return nil
            }
            return from..<to
        }

        private func devices(of network: SimulatedNetwork) throws -> [SimulatedDevice] {
            guard let device else { return network.devices }
            guard let ordinal = network.ordinal(of: device) else {
                throw CommandFailure("\(network.name) has no device '\(device)'", status: .usage)
            }
            return [network.devices[ordinal]]
        }

        private func positions(of device: SimulatedDevice) throws -> [Int] {
            guard let interface else { return Array(device.interfaces.indices) }
            guard let position = device.position(ofInterface: interface) else {
                throw CommandFailure("\(device.name) has no interface '\(interface)'", status: .usage)
            }
            return [position]
        }
    }
}

/// The rows of one interface.
struct LabTrafficRows {
    let network: SimulatedNetwork
    let device: SimulatedDevice
    let position: Int

    static let columns = [
        TableColumn("DEVICE", "device"), TableColumn("INTERFACE", "if_name"), TableColumn("FROM", "from"),
        TableColumn("TO", "to"), TableColumn("IN OCTETS", "in_octets", .right),
        TableColumn("OUT OCTETS", "out_octets", .right),
        TableColumn("IN BIT/S", "in_bits_per_second", .right), TableColumn("OUT BIT/S", "out_bits_per_second", .right),
    ]

    /// One row for the range, or one for every step of it, the last as short as it is.
    func rows(_ range: Range<Int64>, stepSeconds: Int?) -> [JSONValue] {
        let step = stepSeconds.map { Int64($0) * 1000 } ?? Int64(range.count)
        return stride(from: range.lowerBound, to: range.upperBound, by: Int64.Stride(step)).map {
            row(from: $0, to: min($0 + step, range.upperBound))
        }
    }

    private func row(from: Int64, to: Int64) -> JSONValue {
        let carried = network.traffic(interface: position, ofDevice: device.ordinal, from: from, to: to)
        let interface = device.interfaces[position]
        let seconds = Double(to - from) / 1000
        func bits(_ octets: UInt64) -> JSONValue { JSONValue(Double(octets) * 8 / seconds) }
        return [
            "device": .string(device.name), "address": .string(network.address(of: device)),
            "if_index": JSONValue(interface.index), "if_name": .string(interface.name),
            "if_speed": JSONValue(interface.speedBitsPerSecond),
            "from": .string(Timestamp(milliseconds: from).description),
            "to": .string(Timestamp(milliseconds: to).description),
            "in_octets": JSONValue(carried.inbound.octets), "out_octets": JSONValue(carried.outbound.octets),
            "in_errors": JSONValue(carried.inbound.errors), "out_errors": JSONValue(carried.outbound.errors),
            "in_discards": JSONValue(carried.inbound.discards), "out_discards": JSONValue(carried.outbound.discards),
            "in_unicast_packets": JSONValue(carried.inbound.unicast),
            "out_unicast_packets": JSONValue(carried.outbound.unicast),
            "in_bits_per_second": bits(carried.inbound.octets), "out_bits_per_second": bits(carried.outbound.octets),
        ]
    }
}
