public import SNMP

/// Reads one device: a thin shell that asks, and hands the answer to `InterfaceReading`.
public struct DeviceReader: Sendable {
    private let poll: @Sendable (TableRequest) async throws(SNMPError) -> Table

    /// A reader of the device that `poll` asks.
    public init(poll: @escaping @Sendable (TableRequest) async throws(SNMPError) -> Table) {
        self.poll = poll
    }

    /// Reads the system group and the interfaces.
    ///
    /// Throws where the device did not answer at all; one that stopped answering midway gives a partial reading.
    public func read() async throws(SNMPError) -> DeviceReading {
        InterfaceReading.decode(TableAnswer(try await poll(TableAnswer.request)))
    }

    /// Reads the system group alone, as a sweep does.
    public func readSystem() async throws(SNMPError) -> SystemFacts {
        let table = try await poll(TableRequest(scalars: TableAnswer.request.scalars))
        return InterfaceReading.decode(TableAnswer(table)).system
    }
}

extension DeviceFailure {
    /// What an error of the protocol engine says of the device.
    public init(_ error: SNMPError) {
        switch error.code {
        case .timeout, .refused, .unreachable, .nameResolution, .deadline:
            self.init(.unreachable, message: error.description)
        default:
            self.init(.unusable, message: error.description)
        }
    }
}

extension DeviceReader {
    /// A reader of the device behind a target.
    public init(_ target: Target, engine: Engine) {
        self.init { request async throws(SNMPError) in try await engine.table(request, from: target) }
    }
}
