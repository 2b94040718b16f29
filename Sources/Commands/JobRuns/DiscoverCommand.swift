import ArgumentParser

/// `wardflux discover`.
struct DiscoverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discover",
        abstract: "Read the interfaces of one device or of all enabled devices, now.",
        discussion: "Ends with 0 where all was read, 2 where some devices did not answer, 1 where nothing was read.")

    @Argument(help: "Name or id of the device.")
    var device: String?

    @Flag(name: .long, help: "All enabled devices.")
    var all = false

    @OptionGroup var run: RunOptions
    @OptionGroup var connection: ConnectionOptions

    mutating func validate() throws {
        guard all != (device != nil) else { throw ValidationError("Name one device, or give --all.") }
    }

    func run() async throws {
        try await connection.withAPI { client in
            let path: String
            if let device {
                path = Routes.discover(device: try await Lookup.deviceID(device, client))
            } else {
                path = Routes.discoverAll
            }
            try await run.finish(client) { try await client.send("POST", path) }
        }
    }
}
