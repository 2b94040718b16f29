import ArgumentParser
import Inventory

/// `wardflux interfaces set`.
struct InterfaceSetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Say what an interface is for; this outlives rediscovery and rules.",
        discussion: "The value 'auto' gives a field back to rules and discovery.")

    @Argument(help: "Its id, or DEVICE:INTERFACE.")
    var interface: String

    @Option(name: .long, help: "Its type (isp, trunk, access, …), or auto.")
    var type: String?

    @Option(name: .long, help: "Its provider, none, or auto.")
    var provider: String?

    @Option(name: .long, help: "Whether it is critical: yes, no or auto.")
    var critical: Switch?

    @Option(name: .long, help: "Whether its counters are recorded: yes, no or auto.")
    var monitoring: Switch?

    @Option(name: .long, help: "Whether the row counts at all: yes or no.")
    var enabled: Switch?

    @Option(name: .long, help: "Notes; an empty text removes them.")
    var notes: String?

    @OptionGroup var output: OutputOptions
    @OptionGroup var connection: ConnectionOptions

    /// A field an operator switches or gives back.
    enum Switch: String, ExpressibleByArgument, CaseIterable, Sendable {
        case yes
        case no
        case auto

        /// As the API takes it: `null` gives the field back.
        var value: JSONValue {
            switch self {
            case .yes: true
            case .no: false
            case .auto: nil
            }
        }
    }

    mutating func validate() throws {
        if body.members?.isEmpty ?? true { throw ValidationError("Nothing to change; give at least one option.") }
        if let type, type != "auto", InterfaceType(rawValue: type) == nil {
            let types = InterfaceType.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("'\(type)' is no type; write one of \(types), or auto.")
        }
        if enabled == .auto { throw ValidationError("--enabled is yes or no.") }
    }

    /// The body of the request.
    var body: JSONValue {
        var members: [JSONValue.Member] = []
        func add(_ name: String, _ value: JSONValue?) {
            if let value { members.append(JSONValue.Member(name: name, value: value)) }
        }
        add("interface_type", type.map { $0 == "auto" ? .null : .string($0) })
        add("isp_provider", provider.map { $0 == "auto" ? .null : .string($0 == "none" ? "" : $0) })
        add("is_critical", critical?.value)
        add("monitoring_enabled", monitoring?.value)
        add("enabled", enabled?.value)
        add("notes", notes.map { $0.isEmpty ? .null : .string($0) })
        return .object(members)
    }

    func run() async throws {
        try await connection.withAPI { client in
            let found = try await Lookup.interface(interface, client)
            guard let id = found["id"]?.string else {
                throw CommandFailure("the server names no id for '\(interface)'")
            }
            output.print(object: try await client.send("PATCH", Routes.interface(id), body))
        }
    }
}
