import ArgumentParser

/// `wardflux devices export`.
struct DeviceExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Print the devices as the CSV that `devices import` takes.",
        discussion: """
            Communities are never exported: their column stays empty, and `profile` names the credential profile; empty \
            means default. Importing the file again changes nothing.
            """)

    @OptionGroup var filters: FilterOptions
    @OptionGroup var connection: ConnectionOptions

    /// The columns that `devices import` knows, and the members of the API they come from.
    static let columns: [(name: String, member: String?)] = [
        ("name", "name"), ("ip", "ip"), ("port", "port"), ("version", nil), ("community", nil),
        ("profile", "credential_profile"), ("device_type", "device_type"), ("location", "location"), ("tags", "tags"),
    ]

    func run() async throws {
        try await connection.withAPI { client in
            let listed = try await client.list(Routes.devices, filters.query(), limit: filters.limit)
            Console.current.write(CSVWriter.write(listed.items.map(Self.row), columns: Self.columns.map(\.name)))
        }
    }

    /// One device with the columns of an import.
    private static func row(_ device: JSONValue) -> JSONValue {
        .object(columns.map { JSONValue.Member(name: $0.name, value: $0.member.flatMap { device[$0] } ?? .null) })
    }
}
