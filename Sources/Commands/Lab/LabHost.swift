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

    private let source: Source
    private let server: LabServer
    private let control = LabControl()

    /// Loads what is to be served; binds nothing yet.
    init(source: Source, port: UInt16) throws(CommandFailure) {
        self.source = source
        do {
            let sources: LabConfiguration.Sources =
                switch source {
                case .network(let network): .network(network)
                case .recordings(let directory): .recordings(directory: directory)
                }
            server = try LabServer(LabConfiguration(bind: .loopbackRange(port: port), sources: sources))
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

    /// Begins to answer, and to take faults where a socket is named.
    func start(controlSocket: String? = nil) throws(CommandFailure) {
        do {
            try server.start()
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
