import ArgumentParser
import SNMPLab

extension LabCommand {
    /// `wardflux lab cabling`.
    struct Cabling: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The cables of a simulated network as they truly run.",
            discussion: """
                One row a cable between two devices of the network, whether or not a neighbour protocol tells of it; \
                `reported_by` counts the ends whose agent does. Faults are left out.
                """)

        @Option(name: .long, help: "bank-876, or grid-DxP: D devices of P ports each.")
        var network = "bank-876"

        @Option(name: .long, help: "The seed the lab was given.")
        var seed: UInt64?

        @OptionGroup(title: "Output")
        var output: OutputOptions

        func run() throws {
            let network = try LabHost.network(network, seed: seed)
            let rows = network.cables.map { cable -> JSONValue in
                let (a, b) = (network.devices[cable.a.device], network.devices[cable.b.device])
                return [
                    "a_device": .string(a.name), "a_interface": .string(a.interfaces[cable.a.position].name),
                    "a_if_index": JSONValue(a.interfaces[cable.a.position].index),
                    "b_device": .string(b.name), "b_interface": .string(b.interfaces[cable.b.position].name),
                    "b_if_index": JSONValue(b.interfaces[cable.b.position].index),
                    "reported_by": JSONValue(cable.reportedBy),
                ]
            }
            output.print(rows: rows, columns: Self.columns, empty: "The network has no cables.")
        }

        private static let columns = [
            TableColumn("DEVICE", "a_device"), TableColumn("INTERFACE", "a_interface"),
            TableColumn("DEVICE", "b_device"), TableColumn("INTERFACE", "b_interface"),
            TableColumn("REPORTED BY", "reported_by", .right),
        ]
    }
}
