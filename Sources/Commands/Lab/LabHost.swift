import SNMPLab

/// A lab with what is printed about it and the socket that takes its faults.
final class LabHost: Sendable {
    /// What answers.
    enum Source: Sendable {
        /// A simulated network.
        case network(SimulatedNetwork)
        /// Recordings below a directory.
        case recordings(directory: String)
    }

    /// How it answers, beyond version 2c of IPv4.
    struct Settings: Sendable {
        /// Users of version 3.
        var users: [LabUser] = []
        /// Where notifications go.
        var notifications: LabNotifications?
        /// Whether ::1 is served.
        var servesIPv6 = false
        /// Threads that serve.
        var threads = 1
    }

    private let source: Source
    private let server: LabServer
    private let control = LabControl()

    /// Loads what is to be served; binds nothing yet.
    init(source: Source, port: UInt16, settings: Settings = Settings()) throws(CommandFailure) {
        self.source = source
        do {
            let sources: LabConfiguration.Sources =
                switch source {
                case .network(let network): .network(network)
                case .recordings(let directory): .recordings(directory: directory)
                }
            var configuration = LabConfiguration(
                bind: .loopbackRange(port: port), sources: sources, threads: settings.threads)
            configuration.users = settings.users
            configuration.notifications = settings.notifications
            configuration.servesIPv6 = settings.servesIPv6
            server = try LabServer(configuration)
        } catch {
            throw CommandFailure(error.message)
        }
    }

    /// A simulated network by its name, with uptimes counted from near now.
    static func network(_ name: String, seed: UInt64? = nil) throws(CommandFailure) -> SimulatedNetwork {
        let reference = SimulatedNetwork.reference(near: LabConfiguration.systemClock())
        do {
            if let seed {
                return try SimulatedNetwork(named: name, seed: seed, referenceMilliseconds: reference)
            }
            return try SimulatedNetwork(named: name, referenceMilliseconds: reference)
        } catch {
            throw CommandFailure(error.message, status: .usage)
        }
    }

    /// Begins to answer, with faults of the whole network, and to take faults where a socket is named.
    func start(controlSocket: String? = nil, faults: [LabFault] = []) throws(CommandFailure) {
        do {
            try server.start()
            for fault in faults { try server.apply(fault, to: "*") }
        } catch {
            throw CommandFailure(error.message)
        }
        guard let controlSocket else { return }
        try control.listen(at: controlSocket) { [server] line in
            do throws(LabError) {
                try server.apply(try LabFault.parse(line))
                return "ok"
            } catch {
                return error.message.split(whereSeparator: \.isNewline).joined(separator: " ")
            }
        }
    }

    /// Ends both.
    func stop() {
        control.stop()
        server.stop()
    }

    /// The UDP port that is served.
    var port: UInt16 { server.port }

    /// What is served, for people.
    var what: String {
        switch source {
        case .network(let network): "\(network.name), \(Units.count(Int64(network.devices.count), "device"))"
        case .recordings(let directory):
            "\(Units.count(Int64(server.recordingReports.count), "recording")) of \(directory)"
        }
    }

    /// What discovery must find; nil for recordings.
    var groundTruth: GroundTruth? {
        guard case .network(let network) = source else { return nil }
        return network.groundTruth
    }

    /// The devices as CSV; nil for recordings.
    var devicesCSV: String? {
        guard case .network(let network) = source else { return nil }
        return network.devicesCSV(port: port)
    }

    /// What was done, for people.
    var figures: String {
        let figures = server.statistics
        let hundredths = Int((figures.cpuSeconds * 100).rounded())
        return
            "\(Units.count(Int64(figures.requests), "request")), \(Units.count(Int64(figures.responses), "response")), "
            + "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100) s of processor time"
    }
}
