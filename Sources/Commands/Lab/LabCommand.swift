import ArgumentParser
import SNMPLab

/// `wardflux lab`.
struct LabCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lab",
        abstract: "Simulated devices on this machine's loopback: a whole network, or recordings of real devices.",
        subcommands: [Serve.self, Fault.self, Traffic.self, Cabling.self],
        defaultSubcommand: Serve.self)

    /// `wardflux lab serve`.
    struct Serve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Answer SNMP requests until Ctrl-C.",
            discussion: """
                A network answers on 127.x.y.z, one address for each device, all on one port. Recordings answer at \
                every address, each under the community that is its file name, as snmpsim does.

                With users of version 3, every device is an authoritative engine of its own, known by its address. \
                Recordings are then contexts. What a command line holds stays in a shell's history: give pass phrases \
                by file or variable where that matters.
                """)

        @Option(name: .long, help: "bank-876, or grid-DxP: D devices of P ports each.")
        var network: String?

        @Option(name: .long, help: "Directory of .snmprec recordings.", completion: .directory)
        var recordings: String?

        @Option(name: .long, help: "UDP port; 0 takes any free one.")
        var port: UInt16 = 0

        @Option(name: .long, help: "Another seed gives another network of the same sums.")
        var seed: UInt64?

        @Option(name: .long, help: "Write the devices here as CSV, as `devices import` reads it.", completion: .file())
        var devicesCsv: String?

        @Option(name: .long, help: "Socket to take faults from, as `lab fault` sends them.", completion: .file())
        var control: String?

        @Flag(name: .customLong("bind6"), help: "Serve the port of ::1 as well: the first device answers there.")
        var servesIPv6 = false

        @Option(name: .long, help: "Threads that serve, 1 to 16.")
        var threads = 1

        @OptionGroup(title: "Version 3")
        var users: LabUserOptions

        @OptionGroup(title: "Notifications")
        var traps: LabTrapOptions

        @OptionGroup(title: "Faults from the start")
        var share: LabShareOptions

        mutating func validate() throws {
            if (network == nil) == (recordings == nil) {
                throw ValidationError("Give --network NAME or --recordings DIR.")
            }
            if recordings != nil && devicesCsv != nil {
                throw ValidationError("--devices-csv goes with --network; recordings have no addresses of their own.")
            }
        }

        func run() async throws {
            var settings = LabHost.Settings()
            settings.users = try users.users()
            settings.notifications = try traps.notifications()
            settings.servesIPv6 = servesIPv6
            settings.threads = threads
            let lab = try LabHost(source: source(), port: port, settings: settings)
            defer { lab.stop() }
            try lab.start(controlSocket: control, faults: share.faults)
            if let devicesCsv, let csv = lab.devicesCSV { try FileText.write(csv, to: devicesCsv) }
            let console = Console.current
            console.line("lab: \(lab.what) on UDP port \(lab.port) of 127.0.0.0/8")
            if !settings.users.isEmpty {
                console.line("lab: version 3 for \(Units.count(Int64(settings.users.count), "user"))")
            }
            if let control { console.line("lab: faults by `wardflux lab fault \(control) …`") }
            await Interruption.wait()
            console.errorLine("lab: \(lab.figures)")
        }

        private func source() throws -> LabHost.Source {
            if let recordings { return .recordings(directory: recordings) }
            return .network(try LabHost.network(network ?? "", seed: seed))
        }
    }

    /// `wardflux lab fault`.
    struct Fault: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make something go wrong in a running lab, or put it right.",
            discussion: LabFault.usage)

        @Argument(help: "Socket of the lab, as given to --control.", completion: .file())
        var socket: String

        @Argument(help: "What happens, for example: reboot 127.1.0.5 renumber")
        var order: [String]

        func run() throws {
            let text = order.joined(separator: " ")
            do {
                _ = try LabFault.parse(text)
            } catch {
                throw CommandFailure(error.message, status: .usage)
            }
            let answer = try LabControl.send(text, to: socket)
            guard answer == "ok" else { throw CommandFailure(answer) }
            Console.current.line(answer)
        }
    }
}
